"""The reviewed state of the tables, and the log of what changed since: so that no row changes unnoticed.

`reviewed.csv` has a line for every row of every table that datapackage.json describes, and for every work of the
bibliography and every data set: its key, a fingerprint of what it says, and the day on which it was last held against
its sources. A row that says something else, is new or is gone differs from that, and the check names it. `accept` takes
one change over and writes why into `corrections.csv`. So a slip in one cell is a difference in two files, and what was
published is remembered without tags.

Lines are kept for good: that of a row which is gone has no fingerprint. The line of a data set stands for its
description, its rules, and the keys and days of its lines, and that of the log for all of it: none changes unnoticed.
"""

import csv
import hashlib
import io
import json
import re
import subprocess
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from annotated_reading.ledger.bibliography import FILE as BIBLIOGRAPHY
from annotated_reading.ledger.ledger import Ledger
from annotated_reading.ledger.package import FILE as PACKAGE
from annotated_reading.ledger.rows import TABLES, Correction, Reviewed, Row, Verdict
from annotated_reading.ledger.table import Fault, TableError, read_text

#: The name under which the record has the data sets.
SETS = "datapackage"

#: What is reviewed beside the tables, each by the name of its file: works, and the data sets.
FILES = {"references": BIBLIOGRAPHY, SETS: PACKAGE}

#: An entry of BibTeX, as the bibliography is written: from its first line to a brace at the start of a line.
_ENTRY = re.compile(r"^@\w+\{([^,\s]+),.*?^\}", re.MULTILINE | re.DOTALL)

Cells = Mapping[str, str]
#: A row by its table and its key, the parts of which are joined by a space.
Place = tuple[str, str]
#: What the tables say: the cells of each row.
State = Mapping[Place, Cells]


def fingerprint(cells: Cells) -> str:
    """The first 64 bits of the SHA-256 of a row's cells by their columns; an empty cell says nothing."""
    said = json.dumps({name: cell for name, cell in sorted(cells.items()) if cell}, ensure_ascii=False)
    return hashlib.sha256(said.encode()).hexdigest()[:16]


def keys(ledger: Ledger) -> Mapping[str, tuple[str, ...]]:
    """The tables that are reviewed, each with the columns of its key."""
    own = {Reviewed.TABLE, Correction.TABLE}
    return {
        str(one["name"]): tuple(one["schema"]["primaryKey"])
        for one in ledger.package.described
        if one["name"] not in own and "primaryKey" in one["schema"]
    }


def state(ledger: Ledger, reviewed: Iterable[Reviewed]) -> State:
    """What tables, works and data sets of a reading say now, by the lines of a record."""
    found: dict[Place, Cells] = {}
    for table, key in keys(ledger).items():
        for record in ledger.package.tables[f"{table}.csv"].rows:
            said: Cells = {name: "" if value is None else str(value) for name, value in record.cells.items()}
            found[table, " ".join(said[one] for one in key)] = said
    bibliography = ledger.folder / BIBLIOGRAPHY
    for address, cells in _entries_of(read_text(bibliography) if bibliography.exists() else "").items():
        found["references", address] = cells
    lines: dict[str, list[str]] = {Reviewed.TABLE: []}
    for line in reviewed:
        lines.setdefault(line.table, []).append(f"{line.key} {line.checked}")
    for one in ledger.package.said.get("resources", ()):
        name = one["name"]
        holds = sorted(lines[name]) if name in lines else read_text(ledger.folder / one["path"])
        found[SETS, name] = {"description": json.dumps(one, sort_keys=True), "said": json.dumps(holds)}
    return found


def begin(ledger: Ledger, day: str) -> None:
    """Make the record of a reading that has none."""
    known = [_line(place, cells, day) for place, cells in state(ledger, ()).items() if place[0] != SETS]
    save(ledger.folder, Reviewed, (_line(place, cells, day) for place, cells in state(ledger, known).items()))


def _line(place: Place, cells: Cells | None, day: str) -> Reviewed:
    table, key = place
    return Reviewed(row=0, table=table, key=key, fingerprint=fingerprint(cells) if cells else "", checked=day)


def unreviewed(ledger: Ledger) -> Iterator[Fault]:
    """A fault for each row that is not as it was reviewed; none for a reading that keeps no such record."""
    known = {(one.table, one.key): one for one in ledger.reviewed}
    now = state(ledger, ledger.reviewed) if known else {}
    for place, cells in now.items():
        reviewed = known.get(place)
        if reviewed is None or not reviewed.fingerprint:
            yield _fault(ledger, place, "a row that was reviewed")
        elif reviewed.fingerprint != fingerprint(cells):
            said = "the description, the lines of the record and the log" if place[0] == SETS else "what"
            yield _fault(ledger, place, f"{said} as reviewed on {reviewed.checked}")
    explained = {(one.table, one.key) for one in ledger.corrections if not one.column and not one.now}
    for place, one in known.items():
        if place not in now and one.fingerprint:
            yield _fault(ledger, place, "this row to be there still")
        elif place not in now and place not in explained:
            yield _fault(ledger, place, f"an entry of {Correction.TABLE}.csv that says why it is gone")


def _fault(ledger: Ledger, place: Place, expected: str) -> Fault:
    table, key = place
    file = ledger.folder / FILES.get(table, f"{table}.csv")
    return Fault(file, f"{expected}, or a reason by `python -m annotated_reading.accept`", value=f"{table} {key}")


def accept(ledger: Ledger, place: Place, why: str, day: str) -> Sequence[Correction]:
    """Take one changed row over into the record, and write into the log what changed in it, why and when.

    Of a row that did not change, and without a reason, the record notes that it was found right on that day. Returns
    the entries of the log. Raises TableError where there is a reason and no change, or the contrary; where the log has
    the same entry of that day; where what is gone has an address, which stays, withdrawn; and where a verdict has
    another answer, since the old one stays too.
    """
    known = {(one.table, one.key): one for one in ledger.reviewed}
    before = state(ledger, ledger.reviewed)
    table, now, reviewed = place[0], before.get(place), known.get(place)
    was_there = reviewed is not None and bool(reviewed.fingerprint)
    changed = was_there != (now is not None) or (now and reviewed and reviewed.fingerprint != fingerprint(now))
    if changed != bool(why.strip()):
        expected = "a reason for its change" if changed else "a row that differs from the record"
        raise TableError([_fault(ledger, place, expected)])
    if now is None and table in TABLES and "status" in TABLES[table].columns():
        raise TableError([_fault(ledger, place, "this row to stay, with the status withdrawn")])
    was = _before(ledger, place, reviewed.fingerprint) if reviewed and was_there else None
    if table == Verdict.TABLE and was and now and was["answer"] != now["answer"]:
        raise TableError([_fault(ledger, place, "another answer in a row of its own, which supersedes this one")])
    entries = list(_entries(place, was_there, was, now, why, day)) if changed else []
    if {_key(one) for one in entries} & {_key(one) for one in ledger.corrections}:
        raise TableError([_fault(ledger, place, "a reason that this row does not have today already")])
    # The lines of the data sets follow, of those that are as they were reviewed.
    following = {(SETS, table), (SETS, Correction.TABLE)} & known.keys()
    following = {one for one in following if one == place or known[one].fingerprint == fingerprint(before[one])}
    known[place] = _line(place, now, day)
    save(ledger.folder, Correction, [*ledger.corrections, *entries])
    after = state(ledger, known.values())
    known |= {one: replace(known[one], fingerprint=fingerprint(after[one])) for one in following}
    order = {one: number for number, one in enumerate(after)}
    save(ledger.folder, Reviewed, [known[one] for one in sorted(known, key=lambda one: order.get(one, len(order)))])
    return entries


def _key(entry: Correction) -> tuple[str, ...]:
    return tuple(getattr(entry, name) for name in Correction.KEY)


def _entries(
    place: Place, there: bool, was: Cells | None, now: Cells | None, why: str, day: str
) -> Iterator[Correction]:
    """An entry for each cell that changed; one for the whole row where it is new or gone, or was not found before."""
    table, key = place
    entry = Correction(row=0, date=day, table=table, key=key, column="", was="", now="", why=why)
    if was is None or now is None:
        yield replace(entry, was="there" if there else "", now="there" if now is not None else "")
        return
    for column in [*now, *(one for one in was if one not in now)]:
        before, after = was.get(column, ""), now.get(column, "")
        if before != after:
            yield replace(entry, column=column, was=before, now=after)


def _before(ledger: Ledger, place: Place, reviewed: str) -> Cells | None:
    """A row as it was reviewed, from the history of its table in git; None where that does not have it."""
    table, key = place
    columns, file = keys(ledger).get(table), FILES.get(table, f"{table}.csv")
    for commit in _git(ledger.folder, "log", "--format=%H", "--", file).split():
        text = _git(ledger.folder, "show", f"{commit}:./{file}")
        cells = (_rows(text, columns) if columns else _entries_of(text)).get(key)
        if cells is not None and fingerprint(cells) == reviewed:
            return cells
    return None


def _entries_of(text: str) -> dict[str, Cells]:
    """The entries of a bibliography by their keys."""
    return {entry[1]: {"entry": entry[0]} for entry in _ENTRY.finditer(text)}


def _git(folder: Path, *command: str) -> str:
    done = subprocess.run(["git", *command], cwd=folder, capture_output=True, text=True)
    return done.stdout if done.returncode == 0 else ""


def _rows(text: str, key: Sequence[str]) -> dict[str, Cells]:
    """The cells of each row of a table by its key; none where a former state of the table has not these columns."""
    rows = list(csv.DictReader(io.StringIO(text)))
    return {" ".join(row[one] for one in key): row for row in rows} if rows and set(key) <= rows[0].keys() else {}


def save(folder: Path, kind: type[Row], rows: Iterable[Row]) -> None:
    """Write a table of the ledger, all of it."""
    columns = kind.columns()
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(columns)
    writer.writerows([columns[name].cell(value) for name, value in row.values().items()] for row in rows)
    (folder / f"{kind.TABLE}.csv").write_text(text.getvalue(), "utf-8")
