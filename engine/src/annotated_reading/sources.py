"""The sources of a reading: the keys of its bibliography, and the day on which each was read."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path

from pybtex.database import parse_file
from pybtex.exceptions import PybtexError

from annotated_reading.tables import Row, TableError, is_date

FILE = "references.bib"


def read_sources(folder: Path) -> Mapping[str, str] | None:
    """The `urldate` of each entry of a folder's references.bib, or nothing where it has none; None without a file.

    Raises TableError for a file that is no BibTeX, a key that is there twice, and an `urldate` that is no date.
    """
    file = folder / FILE
    if not file.is_file():
        return None
    try:
        entries = parse_file(str(file), "bibtex").entries
    except PybtexError as error:
        raise TableError(file, f"BibTeX with each key once: {error}") from error
    days = {key: str(entry.fields.get("urldate", "")) for key, entry in entries.items()}
    for key, day in days.items():
        if day and not is_date(day):
            raise TableError(file, "a date such as 2026-11-24", column=f"urldate of {key}", value=day)
    return days


def check_sources(rows: Iterable[Row], sources: Mapping[str, str] | None) -> None:
    """Check that the column `sources` of a table names entries of the bibliography, if there is one.

    Raises TableError for the first that is not there.
    """
    if sources is None:
        return
    for row in rows:
        for key in row.cells["sources"].split():
            if key not in sources:
                raise row.error("sources", f"keys of {FILE}; {key} is not one")


def check_days(rows: Iterable[Row], sources: Mapping[str, str] | None) -> None:
    """Check that no row has a `date` after the day on which one of its `sources` was read.

    Raises TableError for the first that has: its source cannot have said so.
    """
    for row in rows:
        for key in row.cells["sources"].split():
            day = (sources or {}).get(key, "")
            if day and row.cells["date"] > day:
                raise row.error("date", f"a date not after {day}, when {key} was read")
