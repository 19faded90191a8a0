"""The reviewed state of the tables, and the log of what changed since: so that no row changes unnoticed.

`reviewed.csv` has a line for every row of every table, and for every work of the bibliography: its key, a fingerprint of
what it says, and the day on which it was last held against its sources. A row that says something else, is new or is
gone differs from that, and the check names it. `accept` takes one change over and writes why into `corrections.csv`.
So a slip in one cell is a difference in two files, and what was published is remembered without tags.
"""

from __future__ import annotations

import csv
import hashlib
import io
import json
import subprocess
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import astuple, dataclass, fields
from pathlib import Path

REVIEWED = "reviewed.csv"
CORRECTIONS = "corrections.csv"

Cells = Mapping[str, str]
#: What the tables say: the cells of each row by table and key, the parts of which are joined by a space.
State = Mapping[tuple[str, str], Cells]


@dataclass(frozen=True)
class Reviewed:
    """A row as it was reviewed: its table and key, the fingerprint of its cells, and the day of the review."""

    table: str
    key: str
    fingerprint: str
    checked: str


@dataclass(frozen=True)
class Correction:
    """A change of one cell, or of a whole row where `column` is empty: what it was, what it is, why, and since when."""

    date: str
    table: str
    key: str
    column: str
    was: str
    now: str
    why: str


def fingerprint(cells: Cells) -> str:
    """The first 64 bits of the SHA-256 of a row's cells by their columns; an empty cell says nothing."""
    said = json.dumps({name: cell for name, cell in sorted(cells.items()) if cell}, ensure_ascii=False)
    return hashlib.sha256(said.encode()).hexdigest()[:16]


def rows(text: str, key: Sequence[str]) -> dict[str, Cells]:
    """The cells of each row of a table, by its key."""
    return {" ".join(row[column] for column in key): row for row in csv.DictReader(io.StringIO(text.lstrip("\ufeff")))}


def differences(state: State, reviewed: Iterable[Reviewed]) -> Iterator[tuple[str, str, str]]:
    """Table, key and what is the matter, for each row that is not as it was reviewed."""
    known = {(one.table, one.key): one for one in reviewed}
    for place, cells in state.items():
        if place not in known:
            yield *place, "is new"
        elif known[place].fingerprint != fingerprint(cells):
            yield *place, "says something else"
    for place in known:
        if place not in state:
            yield *place, "is gone"


def corrections(place: tuple[str, str], was: Cells | None, now: Cells | None, why: str, day: str) -> list[Correction]:
    """The entries of the log for one row: one for each cell that changed, or one for a row that is new or gone."""
    if was is None or now is None:
        return [Correction(day, *place, "", "" if was is None else "there", "" if now is None else "there", why)]
    columns = [column for column in now if now[column] != was.get(column, "")]
    return [Correction(day, *place, column, was.get(column, ""), now[column], why) for column in columns]


def before(file: Path, key: Sequence[str], address: str, reviewed: str) -> Cells | None:
    """A row as it was reviewed, from the history of its file in git; None where that does not have it."""
    log = _git(file, "log", "--format=%H", "--", file.name)
    for commit in log.split():
        cells = rows(_git(file, "show", f"{commit}:./{file.name}"), key).get(address)
        if cells is not None and fingerprint(cells) == reviewed:
            return cells
    return None


def _git(file: Path, *command: str) -> str:
    done = subprocess.run(["git", *command], cwd=file.parent, capture_output=True, text=True)
    return done.stdout if done.returncode == 0 else ""


def save(file: Path, kind: type[Reviewed] | type[Correction], said: Iterable[Reviewed | Correction]) -> None:
    """Write a table of the record."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(one.name for one in fields(kind))
    writer.writerows(map(astuple, said))
    file.write_text(text.getvalue(), "utf-8")
