"""`tools/compress.py SITE` puts compressed copies beside the files of a site, for a server that sends those.

`page.html.br` and `page.html.gz` lie beside `page.html`; what has not changed is not done again. The same file has the
same copies, whenever they are made.
"""

import gzip
import sys
from pathlib import Path

import brotli

#: Kinds of files that get smaller; pictures in PNG, archives and the like are compressed already.
KINDS = {
    ".bib",
    ".css",
    ".csv",
    ".html",
    ".inv",
    ".ipynb",
    ".js",
    ".json",
    ".jsonld",
    ".md",
    ".ris",
    ".svg",
    ".txt",
    ".xml",
}

WAYS = {".br": brotli.compress, ".gz": lambda raw: gzip.compress(raw, mtime=0)}


def compress(site: Path) -> tuple[int, int]:
    """Compress the files of a site, drop copies whose files are gone, and count the bytes before and after."""
    before = after = 0
    for file in sorted(site.rglob("*")):
        if file.suffix in WAYS and file.with_suffix("").suffix in KINDS and not file.with_suffix("").is_file():
            file.unlink()
        elif file.is_file() and file.suffix in KINDS:
            raw = file.read_bytes()
            sizes = [_copy(file, raw, ending) for ending in WAYS]
            before, after = before + len(raw), after + sizes[0]
    return before, after


def _copy(file: Path, raw: bytes, ending: str) -> int:
    """Write a compressed copy of a file, unless there is one that is newer; its size."""
    copy = file.with_name(f"{file.name}{ending}")
    if not (copy.is_file() and copy.stat().st_mtime_ns >= file.stat().st_mtime_ns):
        small = WAYS[ending](raw)
        copy.write_bytes(small)
    return copy.stat().st_size


if __name__ == "__main__":
    print("{:,} bytes, {:,} as sent".format(*compress(Path(sys.argv[1]))))
