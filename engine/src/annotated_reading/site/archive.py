"""What the site serves beside its pages: the tables at stable addresses, and all notebooks with them in one archive."""

import hashlib
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path

from sphinx.application import Sphinx

from annotated_reading.pages.domain import claim_domain
from annotated_reading.published import ARCHIVE, DATA, tables, write, write_unless_there, zipped
from annotated_reading.warn import warn


def names_in_archive(docnames: Iterable[str]) -> dict[str, str]:
    """How the notebook of each document is called in the archive, where all lie in one folder."""
    bases = {docname: docname.rpartition("/")[2] for docname in sorted(docnames)}
    number = Counter(bases.values())
    return {name: f"{base if number[base] == 1 else name.replace('/', '-')}.ipynb" for name, base in bases.items()}


def serve(app: Sphinx) -> None:
    """Put the tables and the archive beside the pages of a site that was built."""
    served = tables(claim_domain(app.env).ledger.folder)
    for table in served:
        write(Path(app.outdir, DATA, table.name), table.read_bytes())
    archive = Path(app.outdir, ARCHIVE)
    members = {f"{archive.stem}/{name}": file.read_bytes() for name, file in sorted(_members(app, served))}
    made_of = {name: hashlib.sha256(content).hexdigest() for name, content in members.items()}
    write_unless_there(app, __name__, made_of, ((ARCHIVE, zipped(one)) for one in (members,)))


def _members(app: Sphinx, served: Iterable[Path]) -> Iterator[tuple[str, Path]]:
    """The files of the archive by their names there."""
    for docname, name in names_in_archive(app.env.found_docs).items():
        notebook = Path(app.outdir, f"{docname}.ipynb")
        if notebook.is_file():
            yield name, notebook
    for table in served:
        yield f"{DATA}/{table.name}", table
    for name, source in app.config.annotated_reading_archive.items():
        file = Path(app.srcdir, source)
        if file.is_file():
            yield name, file
        else:
            message = "annotated_reading_archive: found no file %s, expected one to put into the archive"
            warn("archive", message, source)
