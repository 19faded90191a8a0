"""What a cell of a column may hold: in words, as a test, in JSON Schema and in Table Schema, and what is made of it."""

import datetime
import re
import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

#: What is made of a cell: text, a number, several texts; None of an empty cell of numbers.
Value = str | int | Decimal | tuple[str, ...] | None

#: Unicode's categories of what does not print or ends a line (https://www.unicode.org/reports/tr44/#General_Category_Values).
_UNPRINTED = frozenset(("Cc", "Cf", "Cs", "Zl", "Zp"))

#: How numbers are written: in plain digits, of which fifteen are exact for every program that reads them.
_NUMBERS = {
    "integer": re.compile(r"-?[0-9]{1,15}", re.ASCII),
    "number": re.compile(r"-?[0-9]{1,15}(\.[0-9]{1,15})?", re.ASCII),
    "year": re.compile(r"[0-9]{4}", re.ASCII),
}

#: The types of Table Schema that are understood, in words.
TYPES = {
    "string": "some text on one line",
    "integer": "a whole number",
    "number": "a number such as 12.5",
    "year": "a year such as 2026",
    "date": "a date such as 2026-11-24",
}


def is_date(cell: str) -> bool:
    """Whether a cell is a day, as ISO 8601 writes it."""
    try:
        return len(cell) == 10 and bool(datetime.date.fromisoformat(cell))
    except ValueError:
        return False


def is_partial_date(cell: str) -> bool:
    """Whether a cell is a day, a month or a year."""
    return is_date(f"{cell}-01-01"[:10])


def today() -> str:
    """The present day, after which nothing can have been read, published or judged."""
    return datetime.date.today().isoformat()


def unprinted(cell: str) -> str:
    """The first sign of a cell that does not print or ends a line; empty without one."""
    # Most cells are all letters, of which Python knows by itself.
    signs = "" if cell.isprintable() else cell
    return next((sign for sign in signs if unicodedata.category(sign) in _UNPRINTED), "")


@dataclass(frozen=True)
class Column:
    """What a cell of a column may hold.

    `type` to `maximum` are those of Table Schema (https://specs.frictionlessdata.io/table-schema/), and are of each of
    the values where a `separator` divides several in a cell, of which there are `least`.
    """

    type: str = "string"
    required: bool = True
    enum: tuple[str, ...] = ()
    pattern: str = ""
    minimum: str = ""
    maximum: str = ""
    separator: str = ""
    least: int = 1
    test: Callable[[str], bool] | None = None
    """What else a good cell passes."""
    refers: str = ""
    """What each value is a key of: a table, a paragraph of the `text`, or one of the `sources`."""
    says: str = ""
    """What is expected, where the rest does not say it well."""

    @property
    def expected(self) -> str:
        """What a good cell looks like, in words."""
        said = self._said()
        return self.says or (said if self.required else f"{said.removeprefix('some ')}, or nothing")

    def _said(self) -> str:
        if self.enum:
            return f"one of {', '.join(self.enum)}"
        if self.pattern:
            return f"text of the pattern {self.pattern}"
        bounds = f" from {self.minimum}" if self.minimum else ""
        return TYPES[self.type] + bounds + (f" to {self.maximum}" if self.maximum else "")

    def expects(self, cell: str) -> str:
        """What is expected of a cell, in words; empty where it is good."""
        if self.accepts(cell):
            return ""
        sign = unprinted(cell).strip()
        named = sign and f"no sign that does not print, as U+{ord(sign):04X} {unicodedata.name(sign, '')}".rstrip()
        return named or self.expected

    def accepts(self, cell: str) -> bool:
        """Whether a cell is good."""
        if not cell:
            return not self.required
        if not cell.strip() or unprinted(cell):
            return False
        if self.type in _NUMBERS and not _NUMBERS[self.type].fullmatch(cell):
            return False
        if self.type == "date" and not is_date(cell):
            return False
        if self.enum and cell not in self.enum:
            return False
        if self.pattern and not re.fullmatch(self.whole_pattern, cell):
            return False
        return self._within(cell) and (self.test is None or self.test(cell))

    def _within(self, cell: str) -> bool:
        if not self.minimum and not self.maximum:
            return True
        value: Any = self.value(cell)
        low, high = (self.value(bound) if bound else value for bound in (self.minimum, self.maximum))
        return bool(low <= value <= high)

    @property
    def whole_pattern(self) -> str:
        """The pattern of a whole cell."""
        if not self.separator:
            return self.pattern
        times = "*" if self.least < 2 else f"{{{self.least - 1},}}"
        return f"{self.pattern}({self.separator}{self.pattern}){times}"

    def value(self, cell: str) -> Value:
        """What a good cell says."""
        if self.separator:
            return tuple(cell.split(self.separator)) if cell else ()
        if self.type in ("integer", "year"):
            return int(cell) if cell else None
        if self.type == "number":
            return Decimal(cell) if cell else None
        return cell

    def cell(self, value: Value) -> str:
        """The cell that says a value."""
        return self.separator.join(value) if isinstance(value, tuple) else str(value)

    def json_schema(self) -> Mapping[str, Any]:
        """The JSON Schema of what is made of a cell."""
        text = {"type": "string", **({"pattern": f"^(?:{self.pattern})$"} if self.pattern else {})}
        if self.separator:
            return {"type": "array", "items": text, "minItems": self.least if self.required else 0}
        if self.type == "integer":
            bounds = {"minimum": self.minimum, "maximum": self.maximum}
            return {"type": "integer", **{name: int(bound) for name, bound in bounds.items() if bound}}
        if self.enum:
            return {"enum": [*self.enum, *([] if self.required else [""])]}
        if self.type == "date":
            text["format"] = "date"
        return text if self.required or len(text) == 1 else {"anyOf": [{"const": ""}, text]}

    def table_schema(self, *, unique: bool) -> Mapping[str, Any]:
        """The type and the constraints that Table Schema gives a column like this."""
        said = {
            "required": self.required,
            "unique": unique,
            "enum": list(self.enum),
            "pattern": self.whole_pattern,
            "minimum": self.minimum and int(self.minimum),
            "maximum": self.maximum and int(self.maximum),
        }
        constraints = {name: value for name, value in said.items() if value}
        return {"type": self.type, **({"constraints": constraints} if constraints else {})}


def column_of(described: Mapping[str, Any]) -> Column:
    """The column that a field of a Table Schema describes."""
    limits = described.get("constraints", {})
    return Column(
        type=described.get("type", "string"),
        required=limits.get("required", False),
        enum=tuple(map(str, limits.get("enum", ()))),
        pattern=limits.get("pattern", ""),
        minimum=str(limits.get("minimum", "")),
        maximum=str(limits.get("maximum", "")),
    )


# The fields of a row. Each returns Any, as `dataclasses.field` does: the class says what is made of its cells.


def _field(**said: Any) -> Any:
    return field(metadata={"column": Column(**said)})


def line(*, required: bool = True) -> Any:
    """Text on one line."""
    return _field(required=required)


def words(least: int, most: int) -> Any:
    """Between least and most words, as divided by white space; with least 0 a cell may be empty."""
    return _field(
        required=least > 0, says=f"{least} to {most} words", test=lambda cell: least <= len(cell.split()) <= most
    )


def day(*, required: bool = True, says: str = "") -> Any:
    """A day, as ISO 8601 writes it."""
    return _field(type="date", required=required, says=says)


def partial_day() -> Any:
    """A day, a month or a year, as far as it is known."""
    pattern = "[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?"
    return _field(pattern=pattern, test=is_partial_date, says="a day, a month or a year such as 2018-06-12")


def one_of(*values: str) -> Any:
    """One of a few values."""
    return _field(enum=values)


def count(most: int) -> Any:
    """A whole number from 1 to most."""
    return _field(type="integer", minimum="1", maximum=str(most))


def key(refers: str) -> Any:
    """A key of another table."""
    return _field(refers=refers)


def matching(pattern: str, says: str, *, refers: str = "", required: bool = True) -> Any:
    """Text that matches a regular expression as a whole."""
    return _field(pattern=pattern, says=says, refers=refers, required=required)


def several(
    pattern: str, says: str, *, refers: str = "", separator: str = " ", least: int = 1, required: bool = True
) -> Any:
    """Several texts in a cell, each of which matches a regular expression."""
    return _field(pattern=pattern, says=says, refers=refers, separator=separator, least=least, required=required)
