"""`python -m annotated_reading FOLDER` checks the tables of a reading, and tells all that is wrong, a line each."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable
from pathlib import Path

from annotated_reading.citations.edition import read_edition
from annotated_reading.ledger.read import read_ledger
from annotated_reading.ledger.table import Fault, TableError


def main() -> str | None:
    """What is wrong, or None."""
    parser = argparse.ArgumentParser(prog="python -m annotated_reading", description="Check the tables of a reading.")
    parser.add_argument("folder", type=Path, help="the folder of the tables")
    parser.add_argument("--citation", type=Path, help="the book's CITATION.cff (default: the one beside the folder)")
    asked = parser.parse_args()
    citation = asked.citation or asked.folder.resolve().parent / "CITATION.cff"
    faults = _faults(read_ledger, asked.folder)
    if asked.citation or citation.exists():
        faults += _faults(read_edition, citation)
    return str(TableError(faults)) if faults else None


def _faults(read: Callable[[Path], object], path: Path) -> list[Fault]:
    try:
        read(path)
    except TableError as error:
        return list(error.faults)
    return []


if __name__ == "__main__":
    sys.exit(main())
