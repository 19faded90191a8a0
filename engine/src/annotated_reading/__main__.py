"""`python -m annotated_reading FOLDER` checks the tables of a reading, and tells all that is wrong, a line each."""

import argparse
import os
import re
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

from annotated_reading.ledger.bibliography import FILE
from annotated_reading.ledger.edition import read_edition
from annotated_reading.ledger.ledger import Ledger
from annotated_reading.ledger.read import kept_ledger
from annotated_reading.ledger.record import unreviewed
from annotated_reading.ledger.table import Fault, TableError

#: Citations on pages, by whatever role.
_CITED = re.compile(r"\{[\w:]*cite[\w:]*\}`([^`]+)`")


def main() -> str | None:
    """What is wrong, or None."""
    parser = argparse.ArgumentParser(prog="python -m annotated_reading", description="Check the tables of a reading.")
    parser.add_argument("folder", type=Path, help="the folder of the tables")
    parser.add_argument("--citation", type=Path, help="the book's CITATION.cff (default: the one beside the folder)")
    parser.add_argument(
        "--pages", type=Path, help="the folder of the pages: works that neither they nor tables cite are told"
    )
    asked = parser.parse_args()
    faults = check(asked.folder, asked.citation, asked.pages)
    return str(TableError(faults)) if faults else None


def check(folder: Path, citation: Path | None = None, pages: Path | None = None) -> list[Fault]:
    """All that is wrong with the tables in a folder, with a CITATION.cff, and with what pages cite."""
    beside = Path(os.path.normpath(folder / "..")) / "CITATION.cff"
    faults = _faults(lambda tables: _read(tables, pages), folder)
    if citation or beside.exists():
        faults += _faults(read_edition, citation or beside)
    return faults


def _read(folder: Path, pages: Path | None) -> None:
    """Read a ledger, and once all of it is good, hold it against its record and against what cites its works."""
    ledger = kept_ledger(folder, Path(os.path.normpath(folder / ".."), "_build", ".doctrees", "ledger.pickle"))
    faults = [*unreviewed(ledger), *(_uncited(ledger, pages) if pages else ())]
    if faults:
        raise TableError(faults)


def _uncited(ledger: Ledger, pages: Path) -> Iterator[Fault]:
    """A fault for each work that neither the pages of a folder nor a table cites."""
    texts = [page.read_text("utf-8") for page in pages.rglob("*.md")]
    cited = {key.strip() for text in texts for keys in _CITED.findall(text) for key in keys.split(",")} | ledger.cited
    for key, source in ledger.sources.items():
        if key not in cited:
            yield Fault(ledger.folder / FILE, "a work that a page or a table cites", source.row, "entry", key)


def _faults(read: Callable[[Path], object], path: Path) -> list[Fault]:
    try:
        read(path)
    except TableError as error:
        return list(error.faults)
    return []


if __name__ == "__main__":
    sys.exit(main())
