"""`python -m annotated_reading FOLDER` checks the tables of a reading, and says in one line what is wrong."""

from __future__ import annotations

import sys
from pathlib import Path

from annotated_reading.ledger.ledger import read_ledger
from annotated_reading.ledger.package import check_package
from annotated_reading.ledger.table import TableError


def main() -> str | None:
    """The message of the first thing that is wrong, or None."""
    folder = Path(sys.argv[1])
    try:
        read_ledger(folder)
        check_package(folder)
    except TableError as error:
        return str(error)
    return None


if __name__ == "__main__":
    sys.exit(main())
