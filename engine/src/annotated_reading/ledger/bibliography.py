"""The sources of a reading, as its bibliography has them."""

from __future__ import annotations

import csv
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from pybtex.database import Entry, parse_file
from pybtex.exceptions import PybtexError

from annotated_reading.ledger.table import Row, TableError, is_date, read_text

FILE = "references.bib"


@dataclass(frozen=True)
class Source:
    """A work of the bibliography: whom a chart credits with it, and the day on which it was read, if that is known."""

    credit: str
    read_on: str


def read_sources(folder: Path) -> Mapping[str, Source] | None:
    """The entries of a folder's references.bib by their keys; None without a file.

    Raises TableError for a file that is no BibTeX, a key that is there twice, and an `urldate` that is no date.
    """
    file = folder / FILE
    if not file.is_file():
        return None
    try:
        entries = parse_file(str(file), "bibtex").entries
    except PybtexError as error:
        raise TableError(file, f"BibTeX with each key once: {error}") from error
    sources = {key: Source(_credit(entry), str(entry.fields.get("urldate", ""))) for key, entry in entries.items()}
    for key, source in sources.items():
        if source.read_on and not is_date(source.read_on):
            raise TableError(file, "a date such as 2026-11-24", column=f"urldate of {key}", value=source.read_on)
    return sources


def _credit(entry: Entry) -> str:
    """The authors of a work, by their last names, and its year."""
    persons = entry.persons.get("author") or entry.persons.get("editor") or ()
    names = [" ".join((*person.prelast_names, *person.last_names)).translate(_BRACES) for person in persons]
    return f"{' and '.join(names)} {entry.fields.get('year', '')}".strip()


#: BibTeX's braces, and the backslash that it wants before an ampersand.
_BRACES = str.maketrans("", "", "{}\\")


def check_sources(rows: Iterable[Row], sources: Mapping[str, Source] | None) -> None:
    """Check that the column `sources` of a table names entries of the bibliography, if there is one.

    Raises TableError for the first that is not there.
    """
    if sources is None:
        return
    for row in rows:
        for key in row.cells["sources"].split():
            if key not in sources:
                raise row.error("sources", f"keys of {FILE}; {key} is not one")


def tables_citing(folder: Path, own: Collection[str], sources: Mapping[str, Source]) -> Mapping[str, tuple[str, ...]]:
    """The tables of a folder besides the ledger's own, by the sources that their column `source` names.

    Raises TableError for a cell that names a work which is not in the bibliography.
    """
    found: dict[str, list[str]] = {}
    for file in sorted(file for file in folder.glob("*.csv") if file.stem not in own):
        for number, row in enumerate(csv.DictReader(read_text(file).splitlines()), start=2):
            for key in (row.get("source") or "").split():
                if key not in sources:
                    expected = f"keys of {FILE}; {key} is not one"
                    raise TableError(file, expected, row=number, column="source", value=row["source"])
                if file.name not in found.setdefault(key, []):
                    found[key].append(file.name)
    return {key: tuple(names) for key, names in found.items()}


def check_days(rows: Iterable[Row], sources: Mapping[str, Source] | None) -> None:
    """Check that no row has a `date` after the day on which one of its `sources` was read.

    Raises TableError for the first that has: its source cannot have said so.
    """
    if sources is None:
        return
    for row in rows:
        for key in row.cells["sources"].split():
            day = sources[key].read_on
            if day and row.cells["date"] > day:
                raise row.error("date", f"a date not after {day}, when {key} was read")
