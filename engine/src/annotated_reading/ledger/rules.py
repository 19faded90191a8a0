"""Rules of a table between its columns and rows, which stand as expressions beside its description.

A rule `holds` for each row, whose cells are names in it; or, with `by`, for each group of rows that have the same in
these columns, where every other column is the list of its cells. An empty cell is "", or None in a column of numbers.
"""

import ast
import datetime
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from simpleeval import EvalWithCompoundTypes, InvalidExpression

from annotated_reading.ledger.columns import today
from annotated_reading.ledger.table import Fault


def _weekday(day: str) -> str:
    return datetime.date.fromisoformat(day).strftime("%A")


def _at(values: Sequence[object], keys: Sequence[object], key: object) -> list[object]:
    """Those of the values that stand beside a key."""
    return [value for value, found in zip(values, keys, strict=True) if found == key]


_FUNCTIONS = {**{one.__name__: one for one in (abs, len, max, min, set, sorted, sum)}, "at": _at, "weekday": _weekday}


@dataclass(frozen=True)
class Record:
    """A row of a table that only its description knows: what its cells say, and where it stands."""

    row: int | None
    cells: Mapping[str, Any]


@dataclass(frozen=True)
class Rule:
    """What holds of a table, and what is said where it does not."""

    holds: str
    expected: str
    column: str = ""
    """Where the fault is told."""
    by: tuple[str, ...] | None = None

    def broken(self, file: Path, records: Sequence[Record]) -> Iterator[Fault]:
        """A fault for each row or group in which the rule does not hold.

        Raises ValueError for a rule that cannot be evaluated, with the row and the reason.
        """
        # To make an evaluator and to parse the rule takes longer than to evaluate it.
        evaluator = EvalWithCompoundTypes(functions=_FUNCTIONS)
        for record in records if self.by is None else self._groups(self.by, records):
            if not self._holds(evaluator, file, record):
                found = record.cells.get(self.column)
                said = None if found is None or isinstance(found, list) else str(found)
                yield Fault(file, self.expected, record.row, self.column or None, said)

    @cached_property
    def _parsed(self) -> ast.AST:
        parsed: ast.AST = EvalWithCompoundTypes.parse(self.holds)
        return parsed

    def _groups(self, by: Sequence[str], records: Sequence[Record]) -> Iterator[Record]:
        groups: dict[tuple[object, ...], list[Record]] = {}
        for record in records:
            groups.setdefault(tuple(record.cells[name] for name in by), []).append(record)
        for group in groups.values():
            columns = {name: [record.cells[name] for record in group] for name in group[0].cells}
            yield Record(group[0].row, columns | {name: group[0].cells[name] for name in by})

    def _holds(self, evaluator: EvalWithCompoundTypes, file: Path, record: Record) -> bool:
        evaluator.names = {**record.cells, "today": today()}
        try:
            return bool(evaluator.eval(self.holds, self._parsed))
        except (InvalidExpression, SyntaxError, TypeError, ValueError, LookupError, ArithmeticError) as error:
            raise ValueError(f"{file.name}, row {record.row}: {error}") from error
