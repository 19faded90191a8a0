"""What the site serves beside its pages: the tables at stable addresses, and all notebooks with them in one archive."""

from __future__ import annotations

import io
import zipfile
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path

from sphinx.application import Sphinx
from sphinx.util import logging

from annotated_reading.pages.domain import claim_domain
from annotated_reading.published import is_site

logger = logging.getLogger(__name__)

ARCHIVE = "notebooks.zip"
TABLES = "data"
"""The folder of the tables, on the site and in the archive."""

SERVED = (".csv", ".json", ".bib")
"""What of the folder of the tables is served."""


def names_in_archive(docnames: Iterable[str]) -> dict[str, str]:
    """How the notebook of each document is called in the archive, where all lie in one folder."""
    docnames = sorted(docnames)
    bases = Counter(docname.rsplit("/", 1)[-1] for docname in docnames)
    names = {}
    for docname in docnames:
        base = docname.rsplit("/", 1)[-1]
        names[docname] = f"{base if bases[base] == 1 else docname.replace('/', '-')}.ipynb"
    return names


def serve(app: Sphinx, exception: Exception | None) -> None:
    """Put the tables and the archive beside the pages of a site that was built."""
    if exception or not is_site(app.builder):
        return
    tables = _tables(app)
    served = Path(app.outdir, TABLES)
    served.mkdir(exist_ok=True)
    for table in tables:
        write_if_new(served / table.name, table.read_bytes())
    archive = Path(app.outdir, ARCHIVE)
    write_if_new(archive, _archive(archive.stem, dict(_members(app, tables))))


def write_if_new(file: Path, content: bytes) -> None:
    """Write a file, unless it is there and has that content: what did not change is not published again."""
    if not file.is_file() or file.read_bytes() != content:
        file.write_bytes(content)


def _tables(app: Sphinx) -> list[Path]:
    folder = claim_domain(app.env).ledger.folder
    return sorted(path for path in folder.iterdir() if path.suffix in SERVED)


def _members(app: Sphinx, tables: Iterable[Path]) -> Iterator[tuple[str, Path]]:
    """The files of the archive by their names there."""
    for docname, name in names_in_archive(app.env.found_docs).items():
        notebook = Path(app.outdir, f"{docname}.ipynb")
        if notebook.is_file():
            yield name, notebook
    for table in tables:
        yield f"{TABLES}/{table.name}", table
    for name, source in app.config.annotated_reading_archive.items():
        file = Path(app.srcdir, source)
        if file.is_file():
            yield name, file
        else:
            logger.warning(
                "annotated_reading_archive: found no file %s, expected one to put into the archive", source,
                type="claim", subtype="archive",
            )  # fmt: skip


def _archive(folder: str, members: dict[str, Path]) -> bytes:
    """An archive of one folder, which is the same for the same files, whenever it is made."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as file:
        for name, path in sorted(members.items()):
            info = zipfile.ZipInfo(f"{folder}/{name}")
            info.external_attr = 0o644 << 16
            info.compress_type = zipfile.ZIP_DEFLATED
            file.writestr(info, path.read_bytes())
    return made.getvalue()


def setup(app: Sphinx) -> None:
    """Serve tables and archive."""
    app.add_config_value("annotated_reading_archive", {}, "env", dict)
    app.connect("build-finished", serve)
