"""The reviewed state of the tables, and the log of what changed since: so that no row changes unnoticed.

`reviewed.csv` has a line for every row of every table that datapackage.json describes, and for every work of the
bibliography and every data set: its key, a fingerprint of what it says, and the day on which it was last held against
its sources. A row that says something else, is new or is gone differs from that, and the check names it. `accept` takes
one change over and writes why into `corrections.csv`. So a slip in one cell is a difference in two files, and what was
published is remembered without tags.
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
from annotated_reading.ledger.rows import Claim, Correction, Reviewed, Row, Verdict
from annotated_reading.ledger.table import Fault, TableError, read_text

#: What is reviewed beside the tables, each by the name of its file: works, and the data sets.
FILES = {"references": BIBLIOGRAPHY, "datapackage": PACKAGE}

#: An entry of BibTeX, as the bibliography is written: from its first line to a brace at the start of a line.
_ENTRY = re.compile(r"^@\w+\{([^,\s]+),.*?^\}", re.MULTILINE | re.DOTALL)

Cells = Mapping[str, str]
#: What the tables say: the cells of each row by its table and key, the parts of which are joined by a space.
State = Mapping[tuple[str, str], Cells]


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


def state(ledger: Ledger) -> State:
    """What the tables and the bibliography of a reading say now."""
    found: dict[tuple[str, str], Cells] = {}
    for table, key in keys(ledger).items():
        for address, cells in _rows(read_text(ledger.folder / f"{table}.csv"), key).items():
            found[table, address] = cells
    bibliography = ledger.folder / BIBLIOGRAPHY
    for address, cells in _entries_of(read_text(bibliography) if bibliography.exists() else "").items():
        found["references", address] = cells
    for one in ledger.package.described:
        columns = " ".join(field["name"] for field in one["schema"]["fields"])
        found["datapackage", one["name"]] = {"title": one["title"], "path": one["path"], "columns": columns}
    return found


def unreviewed(ledger: Ledger) -> Iterator[Fault]:
    """A fault for each row that is not as it was reviewed; none for a reading that keeps no such record."""
    known = {(one.table, one.key): one for one in ledger.reviewed}
    now = state(ledger) if known else {}
    for (table, key), cells in now.items():
        reviewed = known.get((table, key))
        if reviewed is None:
            yield _fault(ledger, table, key, "a row that was reviewed")
        elif reviewed.fingerprint != fingerprint(cells):
            yield _fault(ledger, table, key, f"what was reviewed on {reviewed.checked}")
    for table, key in known.keys() - now.keys() if known else ():
        yield _fault(ledger, table, key, "this row to be there still")


def _fault(ledger: Ledger, table: str, key: str, expected: str) -> Fault:
    file = ledger.folder / FILES.get(table, f"{table}.csv")
    return Fault(file, f"{expected}, or a reason by `python -m annotated_reading.accept`", value=f"{table} {key}")


def accept(ledger: Ledger, table: str, key: str, why: str, day: str) -> Sequence[Correction]:
    """Take one changed row over into the record, and write into the log what changed in it, why and when.

    Returns the entries of the log. Raises TableError where the row is as it was reviewed; where it is a claim that is
    gone, since its address was published and stays, withdrawn; and where it is a verdict with another answer, since the
    old one stays too.
    """
    known = {(one.table, one.key): one for one in ledger.reviewed}
    now, place = state(ledger).get((table, key)), (table, key)
    reviewed = known.get(place)
    if (now is None and reviewed is None) or (now and reviewed and reviewed.fingerprint == fingerprint(now)):
        raise TableError([_fault(ledger, table, key, "a row that differs from the record")])
    if now is None and table == Claim.TABLE:
        raise TableError([_fault(ledger, table, key, "this claim to stay, with the status withdrawn")])
    was = _before(ledger, table, key, reviewed.fingerprint) if reviewed else None
    if table == Verdict.TABLE and was and now and was["answer"] != now["answer"]:
        raise TableError([_fault(ledger, table, key, "another answer in a row of its own, which supersedes this one")])
    entries = list(_entries(place, reviewed is not None, was, now, why, day))
    if now is None:
        del known[place]
    else:
        known[place] = Reviewed(row=0, table=table, key=key, fingerprint=fingerprint(now), checked=day)
    order = {one: number for number, one in enumerate(state(ledger))}
    save(ledger.folder, Reviewed, [known[one] for one in sorted(known, key=lambda one: order.get(one, len(order)))])
    save(ledger.folder, Correction, [*ledger.corrections, *entries])
    return entries


def _entries(
    place: tuple[str, str], there: bool, was: Cells | None, now: Cells | None, why: str, day: str
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


def _before(ledger: Ledger, table: str, key: str, reviewed: str) -> Cells | None:
    """A row as it was reviewed, from the history of its table in git; None where that does not have it."""
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
