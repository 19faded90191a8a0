"""Reads a CSV file whose columns are known, and says exactly what is wrong with one that is not as expected."""

from __future__ import annotations

import csv
import datetime
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

_CONTROL = re.compile("[\x00-\x1f\x7f\x85\u2028\u2029]")
"""What ends a line or does not print; no cell holds it."""


class TableError(ValueError):
    """Something in a table that is not as expected.

    The message names the file, the row (the header is row 1, as in a text editor), the column, the value
    that was found and what was expected; whatever of these does not apply is left out.
    """

    def __init__(
        self,
        file: Path,
        expected: str,
        *,
        row: int | None = None,
        column: str | None = None,
        value: str | None = None,
    ) -> None:
        """Compose the message from the place, the value and what was expected."""
        self.file = file
        self.row = row
        self.column = column
        self.value = value
        self.expected = expected
        place = [str(file)]
        if row is not None:
            place.append(f"row {row}")
        if column is not None:
            place.append(f"column {column}")
        found = "" if value is None else f"found {value!r}, "
        super().__init__(f"{', '.join(place)}: {found}expected {expected}")


@dataclass(frozen=True)
class Column:
    """A column of a table: its name, what a good cell looks like in words, and the test for it."""

    name: str
    expected: str
    accepts: Callable[[str], bool]


@dataclass(frozen=True)
class Row:
    """One row of a table, with the place that an error about it names."""

    file: Path
    number: int
    cells: dict[str, str]

    def error(self, column: str, expected: str) -> TableError:
        """The error that this row's cell in a column is not what was expected of it."""
        return TableError(self.file, expected, row=self.number, column=column, value=self.cells[column])


def text(name: str) -> Column:
    """A column whose cells must not be empty."""
    return Column(name, "some text on one line", lambda cell: bool(cell.strip()))


def optional(name: str) -> Column:
    """A column whose cells may be empty."""
    return Column(name, "text on one line, or nothing", lambda cell: True)


def words(name: str, least: int, most: int) -> Column:
    """A column whose cells hold between least and most words, as divided by white space."""
    return Column(name, f"{least} to {most} words", lambda cell: least <= len(cell.split()) <= most)


def date(name: str) -> Column:
    """A column whose cells hold a day, as ISO 8601 writes it."""
    return Column(name, "a date such as 2026-11-24", is_date)


def partial_date(name: str) -> Column:
    """A column whose cells hold a day, a month or a year, as far as it is known."""
    return Column(name, "a day, a month or a year such as 2018-06-12", lambda cell: is_date(f"{cell}-01-01"[:10]))


def is_date(cell: str) -> bool:
    """Whether a cell is a day, as ISO 8601 writes it."""
    try:
        return len(cell) == 10 and bool(datetime.date.fromisoformat(cell))
    except ValueError:
        return False


def one_of(name: str, *values: str) -> Column:
    """A column whose cells hold one of a few values."""
    return Column(name, f"one of {', '.join(values)}", lambda cell: cell in values)


def matching(name: str, pattern: str, expected: str) -> Column:
    """A column whose cells match a regular expression as a whole."""
    compiled = re.compile(pattern)
    return Column(name, expected, lambda cell: compiled.fullmatch(cell) is not None)


def read_table(file: Path, columns: Sequence[Column], key: Sequence[str]) -> list[Row]:
    """The rows of a CSV file in UTF-8, in their order, each cell tested.

    `key` names the columns that together must differ from row to row.
    Raises TableError at the first thing that is not as expected.
    """
    rows: list[Row] = []
    seen: dict[tuple[str, ...], int] = {}
    for row in _rows(file, columns):
        for column in columns:
            cell = row.cells[column.name]
            if _CONTROL.search(cell) or not column.accepts(cell):
                raise row.error(column.name, column.expected)
        identity = tuple(row.cells[name] for name in key)
        if identity in seen:
            raise row.error(key[-1], f"a value that row {seen[identity]} does not have already")
        seen[identity] = row.number
        rows.append(row)
    if not rows:
        raise TableError(file, "at least one row below the header")
    return rows


def _rows(file: Path, columns: Sequence[Column]) -> Iterator[Row]:
    names = [column.name for column in columns]
    reader = csv.reader(read_text(file).splitlines(keepends=True), strict=True)
    try:
        header = next(reader, [])
        _check_header(file, header, names)
        for cells in reader:
            if len(cells) != len(header):
                raise TableError(file, f"{len(header)} cells", row=reader.line_num, value=",".join(cells))
            yield Row(file, reader.line_num, dict(zip(header, cells, strict=True)))
    except csv.Error as error:
        raise TableError(file, f"well-formed CSV ({error})", row=reader.line_num) from error


def read_text(file: Path) -> str:
    """The text of a file in UTF-8. Raises TableError, with the row, where it is missing or is not that."""
    try:
        raw = file.read_bytes()
    except FileNotFoundError:
        raise TableError(file, "this file to exist") from None
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError as error:
        row = raw.count(b"\n", 0, error.start) + 1
        found = raw[error.start : error.end].hex(" ")
        raise TableError(file, "text in UTF-8", row=row, value=f"bytes {found}") from None


def _check_header(file: Path, header: Sequence[str], names: Sequence[str]) -> None:
    expected = f"the columns {', '.join(names)}"
    if not header:
        raise TableError(file, f"{expected}, not an empty file")
    for name in names:
        if header.count(name) != 1:
            raise TableError(file, expected, row=1, column=name, value=",".join(header))
    for name in header:
        if name not in names:
            raise TableError(file, expected, row=1, column=name, value=name)
