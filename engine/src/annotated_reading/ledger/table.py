"""Reads a CSV file whose columns are known, and says of everything that is not as expected where it is."""

import csv
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Generic, TypeVar

from annotated_reading.ledger.columns import Column, Value

T = TypeVar("T")

_CONFLICT = re.compile(r"^(<{7}|={7}|>{7})( .*)?\r?$", re.MULTILINE)
"""What git writes where two changes do not go together."""


@dataclass(frozen=True)
class Fault:
    """Something in a file that is not as expected.

    In words it names the file, the row (the header is row 1, as in a text editor), the column, the value that was found
    and what was expected; whatever of these does not apply is left out.
    """

    file: Path
    expected: str
    row: int | None = None
    column: str | None = None
    value: str | None = None

    def __str__(self) -> str:
        """The one line that tells it."""
        place = [str(self.file)]
        if self.row is not None:
            place.append(f"row {self.row}")
        if self.column is not None:
            place.append(f"column {self.column}")
        found = "" if self.value is None else f"found {_short(self.value)!r}, "
        return f"{', '.join(place)}: {found}expected {self.expected}"


def _short(value: str) -> str:
    return value if len(value) <= 300 else f"{value[:300]}…"


class TableError(ValueError):
    """Files that are not as expected. The message has a line for each fault, in the order of files and rows."""

    def __init__(self, faults: Iterable[Fault]) -> None:
        """Keep the faults, each once."""
        self.faults = tuple(sorted(dict.fromkeys(faults), key=lambda fault: (str(fault.file), fault.row or 0)))
        super().__init__("\n".join(map(str, self.faults)))


@dataclass(frozen=True)
class Shape:
    """What a table must be like: its columns by name, and those that together differ from row to row."""

    columns: Mapping[str, Column]
    unique: Sequence[Sequence[str]] = ()


@dataclass(frozen=True)
class Table(Generic[T]):
    """The good rows of a table, in their order, and what is wrong with the rest."""

    file: Path
    rows: Sequence[T]
    faults: Sequence[Fault]


def read_table(file: Path, shape: Shape, make: Callable[[int, dict[str, Value]], T]) -> Table[T]:
    """A CSV file in UTF-8, cells divided by commas. `make` makes a row of its number and what its cells say."""
    rows: list[T] = []
    faults: list[Fault] = []
    seen: dict[tuple[str, ...], int] = {}
    try:
        for number, cells in _records(file, list(shape.columns), faults):
            bad = [*_bad_cells(file, number, cells, shape), *_repeated(file, number, cells, shape, seen)]
            faults += bad
            if not bad:
                rows.append(make(number, {name: column.value(cells[name]) for name, column in shape.columns.items()}))
    except TableError as error:
        faults += error.faults
    if not rows and not faults:
        faults.append(Fault(file, "at least one row below the header"))
    return Table(file, rows, faults)


def _bad_cells(file: Path, number: int, cells: Mapping[str, str], shape: Shape) -> Iterator[Fault]:
    for name, column in shape.columns.items():
        expected = column.expects(cells[name])
        if expected:
            yield Fault(file, expected, number, name, cells[name])


def _repeated(
    file: Path, number: int, cells: Mapping[str, str], shape: Shape, seen: dict[tuple[str, ...], int]
) -> Iterator[Fault]:
    for names in shape.unique:
        values = tuple(cells[name] for name in names)
        before = seen.setdefault((*names, *values), number)
        if before != number:
            yield Fault(file, f"a value that row {before} does not have already", number, names[-1], values[-1])


def _records(file: Path, names: Sequence[str], faults: list[Fault]) -> Iterator[tuple[int, dict[str, str]]]:
    """The rows of a file that have as many cells as the header, with their numbers; the others become faults.

    Raises TableError for a file of which no more can be read.
    """
    reader = csv.reader(read_text(file).splitlines(keepends=True), strict=True)
    try:
        header = next(reader, [])
        wrong = list(_wrong_header(file, header, names))
        if wrong:
            raise TableError(wrong)
        for cells in reader:
            if len(cells) == len(header):
                yield reader.line_num, dict(zip(header, cells, strict=True))
            else:
                faults.append(Fault(file, f"{len(header)} cells", reader.line_num, value=",".join(cells)))
    except csv.Error as error:
        raise TableError([Fault(file, f"well-formed CSV ({error})", reader.line_num)]) from error


def _wrong_header(file: Path, header: Sequence[str], names: Sequence[str]) -> Iterator[Fault]:
    expected = f"the columns {', '.join(names)}"
    if not header:
        yield Fault(file, f"{expected}, not an empty file")
        return
    wrong = [name for name in names if header.count(name) != 1]
    if len(wrong) == len(names):  # divided by another sign, or another table
        yield Fault(file, expected, 1, value=",".join(header))
        return
    for name in wrong:
        yield Fault(file, expected, 1, name, ",".join(header))
    for name in header:
        if name not in names:
            yield Fault(file, expected, 1, name, name)


def read_text(file: Path) -> str:
    """The text of a file in UTF-8, without the byte order mark that some programs write before it.

    Raises TableError, with the row, where it is missing, or is not that, or was not merged.
    """
    try:
        raw = file.read_bytes()
    except OSError:
        raise TableError([Fault(file, "this file to exist")]) from None
    try:
        text = raw.decode("utf-8").removeprefix("\ufeff")
    except UnicodeDecodeError as error:
        row = raw.count(b"\n", 0, error.start) + 1
        found = raw[error.start : error.end].hex(" ")
        raise TableError([Fault(file, "text in UTF-8", row, value=f"bytes {found}")]) from None
    conflict = _CONFLICT.search(text)
    if conflict:
        row = text.count("\n", 0, conflict.start()) + 1
        raise TableError([Fault(file, "no mark of a merge that was not finished", row, value=conflict[0].rstrip())])
    return text
