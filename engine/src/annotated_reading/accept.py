"""`python -m annotated_reading.accept FOLDER TABLE KEY WHY` takes a changed row of a table over into the record.

One row at a time: whoever changes a table says of each row why. `begin` in place of TABLE makes the record of a reading
that has none.
"""

import argparse
import sys
from pathlib import Path

from annotated_reading.ledger.columns import today
from annotated_reading.ledger.read import read_ledger
from annotated_reading.ledger.record import accept, begin
from annotated_reading.ledger.table import TableError


def main() -> str | None:
    """What is wrong, or None."""
    parser = argparse.ArgumentParser(prog="python -m annotated_reading.accept", description=__doc__)
    parser.add_argument("folder", type=Path, help="the folder of the tables")
    parser.add_argument("table", help="the name of a table without .csv; references for a work of the bibliography")
    parser.add_argument("key", nargs="?", default="", help="the key of the row, its parts joined by spaces")
    parser.add_argument(
        "why",
        nargs="?",
        default="",
        help="the reason, in a sentence that a reader understands; none "
        "for a row that was held against its sources and found right",
    )
    asked = parser.parse_args()
    try:
        ledger = read_ledger(asked.folder)
        if asked.table == "begin" and not ledger.reviewed:
            begin(ledger, today())
        else:
            for entry in accept(ledger, (asked.table, asked.key), asked.why, today()):
                print(f"{entry.table} {entry.key}, {entry.column or 'row'}: {entry.was!r} became {entry.now!r}")
    except TableError as error:
        return str(error)
    return None


if __name__ == "__main__":
    sys.exit(main())
