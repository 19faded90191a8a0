"""Changes single cells and rows of the tables so that they mean something else, and counts which changes are told.

`python tools/mutations.py [NUMBER [SEED]]` draws that many changes (242) at random and prints, for each table and for
each kind of change, how many the rules of the tables tell, and how many the record of the reviewed state does.
"""

from __future__ import annotations

import csv
import io
import random
import re
import shutil
import sys
import tempfile
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from pathlib import Path

from annotated_reading.ledger.read import read_ledger
from annotated_reading.ledger.record import save, state, unreviewed
from annotated_reading.ledger.rows import Reviewed
from annotated_reading.ledger.table import TableError

ROOT = Path(__file__).parent.parent

Rows = list[dict[str, str]]
#: A change of a row, of which it says the number, in a column: whether there was something to change.
Change = Callable[[Rows, int, str, random.Random], bool]


def exchange(rows: Rows, row: int, column: str, chance: random.Random) -> bool:
    """Put in what another row has there."""
    others = sorted({other[column] for other in rows} - {rows[row][column]})
    if others:
        rows[row][column] = chance.choice(others)
    return bool(others)


def renumber(rows: Rows, row: int, column: str, chance: random.Random) -> bool:
    """Change a number, be it part of a date, of a text or the whole cell, by one to nine."""
    numbers = list(re.finditer(r"\d+", rows[row][column]))
    if numbers:
        found = chance.choice(numbers)
        changed = f"{int(found[0]) + chance.randint(1, 9):0{len(found[0])}d}"
        rows[row][column] = rows[row][column][: found.start()] + changed + rows[row][column][found.end() :]
    return bool(numbers)


def negate(rows: Rows, row: int, column: str, chance: random.Random) -> bool:
    """Turn a sentence into its contrary."""
    turned = re.sub(r"\b(is|was|were|had|has|did|would|will|could)\b", r"\1 not", rows[row][column], count=1)
    changed = turned != rows[row][column]
    rows[row][column] = turned
    return changed


def empty(rows: Rows, row: int, column: str, chance: random.Random) -> bool:
    """Take out what a cell says."""
    changed, rows[row][column] = bool(rows[row][column]), ""
    return changed


def drop(rows: Rows, row: int, column: str, chance: random.Random) -> bool:
    """Take out the whole row."""
    del rows[row]
    return True


def forget(rows: Rows, row: int, column: str, chance: random.Random) -> bool:
    """Take out the whole row, after which its line of the record is taken out too."""
    return drop(rows, row, column, chance)


CHANGES: Sequence[Change] = (exchange, renumber, negate, empty, drop, forget)


def told(folder: Path) -> str:
    """What tells that something is wrong with the tables of a folder: the rules, the record, or nothing."""
    try:
        ledger = read_ledger(folder)
    except TableError:
        return "rules"
    return "record" if any(True for _ in unreviewed(ledger)) else "nothing"


def forget_lines(folder: Path) -> None:
    """Take the lines out of the record whose rows are gone."""
    with suppress(TableError):
        ledger = read_ledger(folder)
        there = state(ledger, ledger.reviewed)
        save(folder, Reviewed, [one for one in ledger.reviewed if (one.table, one.key) in there])


def mutate(folder: Path, tables: Sequence[Path], chance: random.Random) -> tuple[str, str, str]:
    """Change one thing, and put it back: the table, the kind of change, and what told of it."""
    record = (folder / "reviewed.csv").read_text("utf-8")
    while True:
        table, change = chance.choice(tables), chance.choice(CHANGES)
        before = (folder / table.name).read_text("utf-8")
        rows = list(csv.DictReader(io.StringIO(before)))
        row, column = chance.randrange(len(rows)), chance.choice(list(rows[0]))
        columns = list(rows[0])
        if change(rows, row, column, chance):
            break
    text = io.StringIO()
    writer = csv.DictWriter(text, columns, lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    (folder / table.name).write_text(text.getvalue(), "utf-8")
    if change is forget:
        forget_lines(folder)
    found = told(folder)
    (folder / "reviewed.csv").write_text(record, "utf-8")
    (folder / table.name).write_text(before, "utf-8")
    return table.stem, change.__name__, found


def print_counts(found: Mapping[tuple[str, str], int], names: Sequence[str]) -> None:
    """Print a line for each name: how many changes, and how many of them the rules and the record tell."""
    for name in names:
        rules, record, nothing = (found.get((name, by), 0) for by in ("rules", "record", "nothing"))
        print(f"{name:22}{rules + record + nothing:5} changes: rules {rules}, record {record}, nothing {nothing}")


def main(number: int = 242, seed: int = 1) -> None:
    """Draw the changes and print what was told of them."""
    chance = random.Random(seed)
    with tempfile.TemporaryDirectory() as parent:
        folder = Path(parent) / "data"
        shutil.copytree(ROOT / "data", folder)
        shutil.copy(ROOT / "CITATION.cff", parent)
        assert told(folder) == "nothing", "the tables are not as they were reviewed"
        tables = sorted(folder.glob("*.csv"))
        drawn = [mutate(folder, tables, chance) for _ in range(number)]
    print(f"seed {seed}")
    print_counts(Counter((table, found) for table, _, found in drawn), sorted({one[0] for one in drawn}))
    print_counts(Counter((kind, found) for _, kind, found in drawn), [change.__name__ for change in CHANGES])
    missed = sum(found == "nothing" for *_, found in drawn)
    print(f"{number - missed} of {number} told")


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
