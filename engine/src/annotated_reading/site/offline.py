"""The site as an archive to read from disk: `python -m annotated_reading.site.offline SITE` puts book.zip into it."""

import sys
from pathlib import Path

from annotated_reading.published import write, zipped

#: What a reader from disk has no use for: other forms of the book, and compressed copies for a server.
_LEFT_OUT = {".br", ".epub", ".gz", ".pdf"}


def pack(site: Path) -> bytes:
    """All files of a site in one folder, which is the same archive for the same files."""
    files = sorted(file for file in site.rglob("*") if file.is_file() and file.suffix not in _LEFT_OUT)
    return zipped({f"book/{f.relative_to(site).as_posix()}": f.read_bytes() for f in files if f != site / "book.zip"})


if __name__ == "__main__":
    folder = Path(sys.argv[1])
    write(folder / "book.zip", pack(folder))
