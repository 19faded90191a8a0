"""Tables beside the ledger: what datapackage.json says of them holds, or the build stops and says where it does not."""

from __future__ import annotations

import json
import re
import subprocess
import sys

import pytest
from annotated_reading.ledger.package import check_package
from annotated_reading.ledger.table import TableError
from annotated_reading.pages.domain import LedgerError

from ..books import Book

FIELDS = [
    {"name": "city", "type": "string", "constraints": {"required": True, "unique": True}},
    {"name": "ships", "type": "integer", "constraints": {"required": True, "minimum": 0}},
    {"name": "side", "type": "string", "constraints": {"required": True, "enum": ["Athens", "Sparta"]}},
    {"name": "since", "type": "year"},
]
FLEETS = "city,ships,side,since\nChios,6,Athens,\nLesbos,2,Athens,\n"


@pytest.fixture
def packed(book: Book) -> Book:
    """The tiny book with a table of fleets, which a data package describes."""
    book.table("fleets").write_text(FLEETS, encoding="utf-8")
    schema = {"fields": FIELDS, "primaryKey": ["city"]}
    fleets = {"name": "fleets", "path": "fleets.csv", "encoding": "utf-8", "schema": schema}
    package = {"name": "melos", "resources": [fleets]}
    (book.data / "datapackage.json").write_text(json.dumps(package), encoding="utf-8")
    return book


def test_a_folder_without_a_package_is_fine(book: Book) -> None:
    """A reading that has no other tables would have to describe them."""
    check_package(book.data)


def test_a_table_as_described_is_fine(packed: Book) -> None:
    """A good table would stop the build."""
    check_package(packed.data)
    assert not packed.build().warnings


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("Chios,6", ",6", r"row 2, column city: found '', expected .*required"),
        ("Chios,6", "Lesbos,6", r"row 3, column city: found 'Lesbos', expected .*row at position 2"),
        ("Chios,6", "Chios,six", r"row 2, column ships: found 'six', expected .*integer"),
        ("Lesbos,2", "Lesbos,-2", r"row 3, column ships: found '-2', expected .*minimum.*0"),
        ("2,Athens", "2,Melos", r"row 3, column side: found 'Melos', expected .*Athens.*Sparta"),
        ("2,Athens,", "2,Athens,early", r"row 3, column since: found 'early', expected .*year"),
        ("2,Athens,", "2,Athens,,more", r"row 3.*: found 'more', expected "),
        ("ships,side", "side", r"column ships: found 'side', expected "),
        ("since\n", "since,until\n", r": found 'until', expected "),
        (FLEETS, "", r"fleets\.csv: expected .*empty"),
    ],
)
def test_a_bad_cell_is_told_with_its_place(packed: Book, old: str, new: str, told: str) -> None:
    """A figure would be drawn from a table that is not what its readers are told it is."""
    packed.table("fleets").write_text(FLEETS.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(TableError) as caught:
        check_package(packed.data)
    assert str(caught.value).startswith(f"{packed.table('fleets')}")
    assert re.search(told, str(caught.value)), str(caught.value)


def test_another_encoding_is_told_with_its_row(packed: Book) -> None:
    """Names would be spoilt on the page."""
    packed.table("fleets").write_bytes(FLEETS.encode().replace(b"Lesbos", b"L\xe9sbos"))
    with pytest.raises(TableError, match=r"fleets\.csv, row 3: found 'bytes e9', expected text in UTF-8"):
        check_package(packed.data)


def test_a_missing_table_is_told(packed: Book) -> None:
    """A table that is described would not be published."""
    packed.table("fleets").unlink()
    with pytest.raises(TableError, match=r"fleets\.csv: expected this file to exist"):
        check_package(packed.data)


def test_a_broken_description_is_told(packed: Book) -> None:
    """The tables would be checked against nothing."""
    package = packed.data / "datapackage.json"
    package.write_text(package.read_text(encoding="utf-8").replace('"integer"', '"number of ships"'), encoding="utf-8")
    with pytest.raises(TableError, match=r"datapackage\.json: expected a valid data package"):
        check_package(packed.data)


def test_a_bad_table_stops_the_build(packed: Book) -> None:
    """The page would be published with it."""
    packed.table("fleets").write_text(FLEETS.replace("6", "six"), encoding="utf-8")
    with pytest.raises(LedgerError, match="column ships: found 'six'"):
        packed.build()


@pytest.mark.parametrize(
    ("table", "cells", "told"),
    [
        (None, {}, ""),
        ("fleets", {"ships": "six"}, "row 2, column ships: found 'six'"),
        ("claims", {"kind": "hope"}, "row 2, column kind: found 'hope'"),
    ],
)
def test_the_check_says_in_one_line_what_is_wrong(
    packed: Book, table: str | None, cells: dict[str, str], told: str
) -> None:
    """Whoever edits a table would have to build the book to know."""
    if table:
        packed.change(table, next(iter(packed.rows(table)[0].values())), **cells)
    run = subprocess.run(
        [sys.executable, "-m", "annotated_reading", str(packed.data)], capture_output=True, text=True, check=False
    )
    assert run.returncode == (1 if table else 0)
    assert run.stderr.count("\n") == (1 if table else 0)
    assert told in run.stderr
