"""Tables beside the ledger: what datapackage.json says of them holds, or the build stops and says where it does not."""

from __future__ import annotations

import json
import subprocess
import sys
from typing import Any

import pytest
from annotated_reading.ledger.read import read_ledger
from annotated_reading.ledger.table import TableError
from annotated_reading.pages.domain import LedgerError

from ..books import Book
from ..ledgers import WORKS, assert_told

FIELDS = [
    {"name": "city", "type": "string", "constraints": {"required": True, "unique": True, "pattern": "[A-Z][a-z]+"}},
    {"name": "ships", "type": "integer", "constraints": {"required": True, "minimum": 0, "maximum": 300}},
    {"name": "lost", "type": "integer"},
    {"name": "side", "type": "string", "constraints": {"required": True, "enum": ["Athens", "Sparta"]}},
    {"name": "tribute", "type": "number"},
    {"name": "since", "type": "year"},
    {"name": "joined", "type": "date"},
]
RULES = [
    {"holds": "not lost or lost <= ships", "expected": "at most its ships", "column": "lost"},
    {"holds": "sum(ships) <= 10", "by": ["side"], "expected": "at most ten ships of a side", "column": "ships"},
    {"holds": "joined <= today", "expected": "a day that has come", "column": "joined"},
    {"holds": "len(city) == 2", "by": [], "expected": "two cities"},
]
FLEETS = "city,ships,lost,side,tribute,since,joined\nChios,6,1,Athens,,,\nLesbos,2,,Athens,12.5,1881,1881-01-02\n"


def describe(book: Book, **resource: Any) -> None:
    """Describe the table of fleets in datapackage.json, with changes."""
    schema = {"fields": FIELDS, "primaryKey": ["city"]}
    fleets = {"name": "fleets", "path": "fleets.csv", "encoding": "utf-8", "schema": schema, "rules": RULES, **resource}
    (book.data / "datapackage.json").write_text(json.dumps({"name": "melos", "resources": [fleets]}), encoding="utf-8")


@pytest.fixture
def packed(book: Book) -> Book:
    """The tiny book with a table of fleets, which a data package describes."""
    book.table("fleets").write_text(FLEETS, encoding="utf-8")
    describe(book)
    return book


def test_a_table_as_described_is_fine(packed: Book) -> None:
    """A good table would stop the build."""
    assert [record.cells["city"] for record in read_ledger(packed.data).package.tables["fleets.csv"].rows] == [
        "Chios",
        "Lesbos",
    ]
    assert not packed.build().warnings


def test_a_table_that_nothing_describes_is_told(packed: Book) -> None:
    """It would be published without a word on its columns, and unchecked."""
    packed.table("ships").write_text("name\nParalos\n", encoding="utf-8")
    assert_told(packed.data, packed.table("ships"), "a description of this table in datapackage.json")
    packed.table("ships").unlink()
    (packed.data / "datapackage.json").unlink()
    assert_told(packed.data, packed.table("fleets"), "a description of this table in datapackage.json")


@pytest.mark.parametrize(
    ("old", "new", "row", "column", "value", "expected"),
    [
        ("Chios,6", ",6", 2, "city", "", "text of the pattern"),
        ("Chios,6", "chios,6", 2, "city", "chios", "text of the pattern [A-Z][a-z]+"),
        ("Chios,6", "Lesbos,6", 3, "city", "Lesbos", "a value that row 2 does not have already"),
        ("Chios,6", "Chios,six", 2, "ships", "six", "a whole number from 0 to 300"),
        ("Chios,6", "Chios,1_0", 2, "ships", "1_0", "a whole number from 0 to 300"),
        ("Chios,6", "Chios,٦", 2, "ships", "٦", "a whole number from 0 to 300"),
        ("Chios,6", "Chios,6.0", 2, "ships", "6.0", "a whole number from 0 to 300"),
        ("Chios,6", "Chios, 6", 2, "ships", " 6", "a whole number from 0 to 300"),
        ("Chios,6", "Chios,301", 2, "ships", "301", "a whole number from 0 to 300"),
        ("Chios,6", f"Chios,{'9' * 5000}", 2, "ships", None, "a whole number from 0 to 300"),
        ("Lesbos,2", "Lesbos,-2", 3, "ships", "-2", "a whole number from 0 to 300"),
        ("12.5", "12,5", 3, None, None, "7 cells"),
        ("12.5", "1e3", 3, "tribute", "1e3", "a number such as 12.5, or nothing"),
        ("12.5", "nan", 3, "tribute", "nan", "a number such as 12.5, or nothing"),
        ("2,,Athens", "2,,Melos", 3, "side", "Melos", "one of Athens, Sparta"),
        (",1881,", ",early,", 3, "since", "early", "a year such as 2026, or nothing"),
        ("1881-01-02", "1881-02-30", 3, "joined", "1881-02-30", "a date such as 2026-11-24, or nothing"),
        ("1881-01-02", "1881-01-02,more", 3, None, None, "7 cells"),
        ("ships,lost", "lost", 1, "ships", None, "the columns city, ships"),
        ("joined\n", "joined,until\n", 1, "until", "until", "the columns city, ships"),
        ("city,ships", "city, ships", 1, "ships", None, "the columns city, ships"),
        (FLEETS, "", None, None, None, "not an empty file"),
        (FLEETS.partition("\n")[2], "", None, None, None, "at least one row below the header"),
        ("Chios", "C\u200bhios", 2, "city", "C\u200bhios", "as U+200B ZERO WIDTH SPACE"),
        ("Chios", "x" * 140_000, 2, None, None, "well-formed CSV"),
    ],
)
def test_a_bad_cell_is_told_with_its_place(
    packed: Book, old: str, new: str, row: int | None, column: str | None, value: str | None, expected: str
) -> None:
    """A figure would be drawn from a table that is not what its readers are told it is."""
    text = FLEETS.replace(old, new, 1)
    assert text != FLEETS
    packed.table("fleets").write_text(text, encoding="utf-8")
    with pytest.raises(TableError) as caught:
        read_ledger(packed.data)
    first = caught.value.faults[0]
    assert (first.file, first.row, first.column) == (packed.table("fleets"), row, column)
    assert value is None or first.value == value
    assert expected in first.expected


@pytest.mark.parametrize("sign", [";", "\t"])
def test_other_signs_between_cells_are_told(packed: Book, sign: str) -> None:
    """All that the description says would pass of a table of one column."""
    packed.table("fleets").write_text(FLEETS.replace(",", sign), encoding="utf-8")
    with pytest.raises(TableError, match=r"fleets\.csv, row 1: found .*, expected the columns city, ships"):
        read_ledger(packed.data)


def test_a_byte_order_mark_is_no_part_of_a_table(packed: Book) -> None:
    """What Excel saves as "CSV UTF-8" would have to be mended by hand."""
    packed.table("fleets").write_text(FLEETS, encoding="utf-8-sig")
    assert len(read_ledger(packed.data).package.tables["fleets.csv"].rows) == 2


@pytest.mark.parametrize(
    ("old", "new", "row", "column", "expected"),
    [
        ("Chios,6,1", "Chios,6,7", 2, "lost", "found '7', expected at most its ships"),
        ("Lesbos,2", "Lesbos,5", 2, "ships", "expected at most ten ships of a side"),
        ("1881-01-02", "2999-01-01", 3, "joined", "found '2999-01-01', expected a day that has come"),
        ("\nLesbos,2,,Athens,12.5,1881,1881-01-02", "", 2, None, "expected two cities"),
    ],
)
def test_a_broken_rule_is_told_with_its_place(
    packed: Book, old: str, new: str, row: int, column: str | None, expected: str
) -> None:
    """Figures that contradict each other would be drawn."""
    packed.table("fleets").write_text(FLEETS.replace(old, new), encoding="utf-8")
    message = assert_told(
        packed.data, packed.table("fleets"), expected.partition("expected ")[2], row=row, column=column
    )
    assert expected in message


def test_rules_may_ask_more_of_tables_that_the_engine_knows(packed: Book) -> None:
    """What holds of one reading alone could not be said of its claims, or of its works."""
    (packed.data / "references.bib").write_text(WORKS, encoding="utf-8")
    name = {"name": "references", "path": "references.bib", "schema": None}
    rules = [{"holds": "type == 'book' or url", "expected": "an address", "column": "url"}]
    describe(packed, **{key: value for key, value in name.items() if value}, rules=rules)
    package = packed.data / "datapackage.json"
    described = json.loads(package.read_text("utf-8"))
    del described["resources"][0]["schema"]
    package.write_text(json.dumps(described), encoding="utf-8")
    packed.table("fleets").unlink()
    assert_told(packed.data, packed.data / "references.bib", "an address", row=3, column="url", value="")


@pytest.mark.parametrize(
    ("change", "place", "expected"),
    [
        ({"rules": [{"holds": "ship >", "expected": "x"}]}, "resources.fleets.rules.0.holds", "an expression"),
        ({"rules": [{"holds": "masts > 1", "expected": "x"}]}, "resources.fleets.rules.0.holds", "an expression"),
        ({"rules": [{"holds": "open('x')", "expected": "x"}]}, "resources.fleets.rules.0.holds", "an expression"),
        (
            {"rules": [{"holds": "ships / 0", "expected": "x"}]},
            "resources.fleets.rules.0.holds",
            "fleets.csv, row 2: div",
        ),
        (
            {"rules": [{"holds": "city[9]", "expected": "x"}]},
            "resources.fleets.rules.0.holds",
            "fleets.csv, row 2: str",
        ),
        ({"rules": [{"holds": "ships"}]}, "resources.fleets.rules.0", "a data package"),
        ({"path": "http://127.0.0.1/fleets.csv"}, "resources.fleets.path", "a data package"),
        ({"path": "../fleets.csv"}, "resources.fleets.path", "a data package"),
        ({"dialect": {"delimiter": ";"}}, "resources.fleets.dialect", "no dialect"),
        ({"schema": {"fields": []}}, "resources.fleets.schema.fields", "a data package"),
        (
            {"schema": {"fields": [{"name": "city", "type": "town"}]}},
            "resources.fleets.schema.fields.city.type",
            "a data package",
        ),
        (
            {"schema": {"fields": [{"name": "city", "constraints": {"pattern": "["}}]}},
            "resources.fleets.schema.fields.city.constraints.pattern",
            "a regular expression",
        ),
        (
            {"schema": {"fields": [{"name": "city", "constraints": {"minLength": 3}}]}},
            "resources.fleets.schema.fields.city.constraints",
            "a data package",
        ),
        ({"schema": {"fields": FIELDS, "primaryKey": "town"}}, "resources.fleets.schema.primaryKey", "columns"),
    ],
)
def test_a_broken_description_is_told_with_its_place(
    packed: Book, change: dict[str, Any], place: str, expected: str
) -> None:
    """The tables would be checked against nothing, or the check end in a traceback."""
    describe(packed, **change)
    assert_told(packed.data, packed.data / "datapackage.json", expected, column=place)


@pytest.mark.parametrize(
    ("text", "row", "expected"),
    [("{\n\n,}", 3, "JSON"), ("[]", None, "a data package"), ("{}", None, "a data package"), ("", 1, "JSON")],
)
def test_a_description_that_is_none_is_told(packed: Book, text: str, row: int | None, expected: str) -> None:
    """Nothing would be checked."""
    (packed.data / "datapackage.json").write_text(text, encoding="utf-8")
    assert_told(packed.data, packed.data / "datapackage.json", expected, row=row)


def test_a_file_of_json_that_is_described_is_there_and_is_that(packed: Book) -> None:
    """The charts would fail one by one, long after the check."""
    package = packed.data / "datapackage.json"
    described = json.loads(package.read_text("utf-8"))
    described["resources"].append({"name": "look", "path": "look.json"})
    package.write_text(json.dumps(described), encoding="utf-8")
    file = packed.data / "look.json"
    assert_told(packed.data, file, "this file to exist")
    file.write_text('{"font":\n', encoding="utf-8")
    assert_told(packed.data, file, "JSON", row=2)
    file.write_text("{}", encoding="utf-8")
    read_ledger(packed.data)


def test_a_key_that_is_not_in_its_table_is_told(packed: Book) -> None:
    """A row would speak of something that is nowhere."""
    reference = {"resource": "fleets", "fields": ["city"]}
    schema = {"fields": FIELDS, "foreignKeys": [{"fields": "side", "reference": reference}]}
    describe(packed, schema=schema, rules=[])
    with pytest.raises(TableError, match=r"fleets\.csv, row 2, column side: found 'Athens', expected a key of fleets"):
        read_ledger(packed.data)


def test_another_encoding_is_told_with_its_row(packed: Book) -> None:
    """Names would be spoilt on the page."""
    packed.table("fleets").write_bytes(FLEETS.encode().replace(b"Lesbos", b"L\xe9sbos"))
    assert_told(packed.data, packed.table("fleets"), "text in UTF-8", row=3, value="bytes e9")


def test_a_missing_table_is_told(packed: Book) -> None:
    """A table that is described would not be published."""
    packed.table("fleets").rename(packed.table("boats"))
    assert_told(packed.data, packed.table("fleets"), "this file to exist")


def test_a_missing_bibliography_is_told(packed: Book) -> None:
    """Each work that the tables cite would be told as unknown."""
    describe(packed, name="references", path="references.bib", schema=None)
    package = packed.data / "datapackage.json"
    package.write_text(package.read_text("utf-8").replace(', "schema": null', ""), "utf-8")
    packed.table("fleets").unlink()
    assert_told(packed.data, packed.data / "references.bib", "this file to exist")


def test_a_missing_folder_is_told(packed: Book) -> None:
    """Whoever mistypes a path would look for five files."""
    assert_told(packed.folder / "date", packed.folder / "date", "the folder of the tables")


def test_a_source_that_is_not_in_the_bibliography_is_told(packed: Book) -> None:
    """A scholar could not look up where a figure was read."""
    (packed.data / "references.bib").write_text(WORKS, encoding="utf-8")
    describe(packed, schema={"fields": [{"name": "city"}, {"name": "source"}]}, rules=[])
    packed.table("fleets").write_text("city,source\nChios,jowett1881 grote1846\n", encoding="utf-8")
    told = "keys of references.bib; grote1846 is not one"
    assert_told(packed.data, packed.table("fleets"), told, row=2, column="source", value="jowett1881 grote1846")


def test_a_bad_table_stops_the_build(packed: Book) -> None:
    """The page would be published with it."""
    packed.table("fleets").write_text(FLEETS.replace("Chios,6", "Chios,six"), encoding="utf-8")
    with pytest.raises(LedgerError, match="column ships: found 'six'"):
        packed.build()


@pytest.mark.parametrize(
    ("cells", "told"),
    [
        ({}, []),
        ({"fleets": {"ships": "six"}}, ["data/fleets.csv, row 2, column ships: found 'six'"]),
        (
            {"fleets": {"ships": "six"}, "claims": {"kind": "hope"}},
            ["data/claims.csv, row 2, column kind: found 'hope'", "data/fleets.csv, row 2, column ships: found 'six'"],
        ),
        (
            {"claims": {"kind": "hope"}, "CITATION.cff": {"version: 1.2.0": "version: one"}},
            ["CITATION.cff, row 7, column version: found 'one'", "data/claims.csv, row 2, column kind: found 'hope'"],
        ),
    ],
)
def test_the_check_says_in_a_line_each_what_is_wrong(
    packed: Book, cells: dict[str, dict[str, str]], told: list[str]
) -> None:
    """Whoever edits a table would have to build the book to know."""
    for table, changes in cells.items():
        if table == "CITATION.cff":
            ((old, new),) = changes.items()
            file = packed.source / table
            file.write_text(file.read_text("utf-8").replace(f"\n{old}", f"\n{new}"), encoding="utf-8")
        else:
            packed.change(table, next(iter(packed.rows(table)[0].values())), **changes)
    run = subprocess.run(
        [sys.executable, "-m", "annotated_reading", str(packed.data)], capture_output=True, text=True, check=False
    )
    assert run.returncode == (1 if told else 0)
    lines = run.stderr.splitlines()
    assert [line.removeprefix(f"{packed.source}/")[: len(said)] for line, said in zip(lines, told, strict=True)] == told


def test_the_check_names_files_as_they_are_seen_from_where_one_stands(packed: Book) -> None:
    """A path of the machine would hide the name of the file."""
    (packed.source / "CITATION.cff").write_text("title: [", "utf-8")
    run = subprocess.run(
        [sys.executable, "-m", "annotated_reading", "data"], capture_output=True, text=True, cwd=packed.source
    )
    assert run.stderr.startswith("CITATION.cff, row 1: expected YAML")


def test_the_check_reads_another_citation_file_when_it_is_named(packed: Book) -> None:
    """A book whose CITATION.cff lies elsewhere would go unchecked."""
    missing = packed.folder / "elsewhere.cff"
    run = subprocess.run(
        [sys.executable, "-m", "annotated_reading", str(packed.data), "--citation", str(missing)],
        capture_output=True,
        text=True,
        check=False,
    )
    assert run.stderr == f"{missing}: expected this file to exist\n"
