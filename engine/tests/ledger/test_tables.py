"""A table that is not as expected is told in one message: where it is, what was found and what was expected."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from annotated_reading.ledger.ledger import TABLES, TableError, read_ledger

from ..books import Book

#: What a message says is expected of each column. Written out, so that a new column needs a line here.
EXPECTED = {
    ("sections", "section"): "a key in lower-case letters",
    ("sections", "name"): "some text on one line",
    ("sections", "location"): "text on one line, or nothing",
    ("sections", "contributor"): "some text on one line",
    ("sections", "hue"): "one of slate, blue, red, teal, ochre, violet",
    ("sections", "paragraphs"): "a whole number from 1",
    ("issues", "issue"): "a key such as",
    ("issues", "name"): "some text on one line",
    ("issues", "about"): "some text on one line",
    ("people", "person"): "a key such as",
    ("people", "name"): "some text on one line",
    ("people", "kind"): "one of person, body, group, medium, agreement",
    ("people", "role"): "some text on one line",
    ("people", "native"): "a name, or nothing",
    ("people", "language"): "a language tag such as ko or zh-Hans, or nothing",
    ("people", "paragraphs"): "addresses of paragraphs, separated by spaces, or nothing",
    ("claims", "claim"): "an address such as",
    ("claims", "paragraph"): "the address of a paragraph such as",
    ("claims", "text"): "1 to 35 words",
    ("claims", "kind"): "one of fact, assessment, prediction, recommendation, question",
    ("claims", "holder"): "some text on one line",
    ("claims", "voice"): "one of own, reported",
    ("claims", "hedge"): "text on one line, or nothing",
    ("claims", "issue"): "some text on one line",
    ("claims", "cue"): "3 to 7 words",
    ("claims", "status"): "one of current, withdrawn",
    ("links", "source"): "some text on one line",
    ("links", "target"): "some text on one line",
    ("links", "relation"): "one of agrees, contrasts, elaborates, answers, same-event",
    ("links", "why"): "some text on one line",
}
MAY_BE_EMPTY = {
    ("sections", "location"),
    ("people", "native"),
    ("people", "language"),
    ("people", "paragraphs"),
    ("claims", "hedge"),
}

every_table = pytest.mark.parametrize("table", list(TABLES))
every_column = pytest.mark.parametrize(("table", "column"), list(EXPECTED))


def assert_told(
    folder: Path,
    file: Path,
    expected: str,
    *,
    row: int | None = None,
    column: str | None = None,
    value: str | None = None,
) -> str:
    """Assert that reading fails, and that the message is one line with each of these parts; return it."""
    with pytest.raises(TableError) as caught:
        read_ledger(folder)
    message = str(caught.value)
    assert "\n" not in message
    place = message[: message.index(": ")]
    assert place.startswith(str(file)), message
    assert row is None or re.search(rf"\brow {row}\b", place), message
    assert column is None or re.search(rf"\bcolumn {column}\b", place), message
    assert value is None or repr(value) in message, message
    assert re.search(f"expected .*{re.escape(expected)}", message), message
    return message


def lines(book: Book, table: str) -> list[str]:
    """The lines of a table."""
    return book.table(table).read_text(encoding="utf-8").splitlines()


def save_lines(book: Book, table: str, changed: list[str]) -> None:
    """Write the lines of a table."""
    book.table(table).write_text("\n".join(changed) + "\n", encoding="utf-8")


def set_cell(book: Book, table: str, column: str, value: str) -> None:
    """Change a cell in the first row below the header."""
    rows = book.rows(table)
    rows[0][column] = value
    book.save(table, rows)


def test_every_column_is_tested() -> None:
    """A column that is added to a table without a test of its cells would be missed."""
    assert list(EXPECTED) == [(table, column.name) for table, (columns, _) in TABLES.items() for column in columns]


@every_column
def test_an_empty_cell_is_told(book: Book, table: str, column: str) -> None:
    """A missing field would be printed as nothing, or be guessed at; where one may be empty, it is read as that."""
    set_cell(book, table, column, "")
    if (table, column) in MAY_BE_EMPTY:
        read_ledger(book.data)
    else:
        assert_told(book.data, book.table(table), EXPECTED[table, column], row=2, column=column, value="")


@every_column
def test_a_cell_of_spaces_is_told(book: Book, table: str, column: str) -> None:
    """Spaces alone would pass for a field that was filled."""
    set_cell(book, table, column, "  ")
    if (table, column) in {("sections", "location"), ("claims", "hedge")}:
        read_ledger(book.data)
    else:
        assert_told(book.data, book.table(table), EXPECTED[table, column], row=2, column=column, value="  ")


@every_column
def test_a_line_break_in_a_cell_is_told(book: Book, table: str, column: str) -> None:
    """A cell of two lines would break a diff by rows, and every row number after it."""
    value = "the first line\nthe second line"
    set_cell(book, table, column, value)
    message = assert_told(book.data, book.table(table), EXPECTED[table, column], column=column, value=value)
    # The row ends a line further down than it begins; either number leads to it.
    assert re.search(r"\brow [23]\b", message)


@pytest.mark.parametrize("control", ["\r", "\u2028"], ids=["carriage return", "line separator"])
def test_any_line_break_in_a_cell_is_told(book: Book, control: str) -> None:
    """A break that an editor shows as a new line would make every later message name a wrong row."""
    changed = lines(book, "claims")
    changed[4] = changed[4].replace("in our judgment", f'"in our{control}judgment"')
    save_lines(book, "claims", changed)
    assert_told(book.data, book.table("claims"), "text on one line, or nothing", column="hedge")


@every_column
def test_a_missing_column_is_told(book: Book, table: str, column: str) -> None:
    """A table without one of its columns would lose what the column says of every row."""
    book.save(table, [{name: cell for name, cell in row.items() if name != column} for row in book.rows(table)])
    header = lines(book, table)[0]
    assert_told(book.data, book.table(table), "the columns", row=1, column=column, value=header)


@every_column
def test_a_duplicated_column_is_told(book: Book, table: str, column: str) -> None:
    """Of two columns of one name, one would win without a word."""
    save_lines(
        book, table, [f"{line},{column if place == 0 else 'x'}" for place, line in enumerate(lines(book, table))]
    )
    assert_told(book.data, book.table(table), "the columns", row=1, column=column, value=lines(book, table)[0])


@every_table
def test_an_extra_column_is_told(book: Book, table: str) -> None:
    """A column that nothing reads, such as a misspelt one, would be filled in vain."""
    book.save(table, [{**row, "remark": "x"} for row in book.rows(table)])
    assert_told(book.data, book.table(table), "the columns", row=1, column="remark", value="remark")


@every_table
def test_a_duplicate_key_is_told(book: Book, table: str) -> None:
    """Two rows of one key would be one thing said in two ways; only the last would be printed."""
    rows = book.rows(table)
    book.save(table, [*rows, rows[0]])
    column = TABLES[table][1][-1]
    told = "a value that row 2 does not have already"
    assert_told(book.data, book.table(table), told, row=len(rows) + 2, column=column, value=rows[0][column])


@every_table
def test_a_row_of_too_many_cells_is_told(book: Book, table: str) -> None:
    """A comma that is not quoted would shift the rest of its row by a column."""
    changed = lines(book, table)
    columns = len(TABLES[table][0])
    changed[1] = ",".join(["x"] * (columns + 1))
    save_lines(book, table, changed)
    assert_told(book.data, book.table(table), f"{columns} cells", row=2, value=changed[1])


@every_table
def test_a_row_of_too_few_cells_is_told(book: Book, table: str) -> None:
    """A row that was cut short would be read as one with empty cells."""
    changed = lines(book, table)
    columns = len(TABLES[table][0])
    changed[2] = ",".join(["x"] * (columns - 1))
    save_lines(book, table, changed)
    assert_told(book.data, book.table(table), f"{columns} cells", row=3, value=changed[2])


@every_table
def test_an_empty_line_is_told(book: Book, table: str) -> None:
    """A blank line would be read as a row of nothing."""
    changed = lines(book, table)
    save_lines(book, table, [changed[0], "", *changed[1:]])
    assert_told(book.data, book.table(table), f"{len(TABLES[table][0])} cells", row=2, value="")


@every_table
def test_a_quote_that_is_not_closed_is_told(book: Book, table: str) -> None:
    """The rest of the table would be swallowed by one cell."""
    changed = lines(book, table)
    changed[-1] = changed[-1].rpartition(",")[0] + ',"open'
    save_lines(book, table, changed)
    assert_told(book.data, book.table(table), "well-formed CSV", row=len(changed))


@every_table
@pytest.mark.parametrize(
    ("encoding", "row", "found"), [("latin-1", 2, "bytes e9"), ("utf-16", 1, "bytes ff")], ids=["Latin-1", "UTF-16"]
)
def test_another_encoding_is_told(book: Book, table: str, encoding: str, row: int, found: str) -> None:
    """Names would be printed with wrong letters."""
    changed = lines(book, table)
    changed[1] = changed[1].rpartition(",")[0] + ",é"
    book.table(table).write_bytes("\n".join(changed).encode(encoding))
    assert_told(book.data, book.table(table), "text in UTF-8", row=row, value=found)


@every_table
def test_a_byte_order_mark_is_told(book: Book, table: str) -> None:
    """Excel's "CSV UTF-8" begins with a mark that would hide the first column's name."""
    text = book.table(table).read_text(encoding="utf-8")
    book.table(table).write_text(text, encoding="utf-8-sig")
    first = TABLES[table][0][0].name
    header = text.splitlines()[0]
    assert_told(book.data, book.table(table), "the columns", row=1, column=first, value=f"\ufeff{header}")


@every_table
def test_an_empty_file_is_told(book: Book, table: str) -> None:
    """A table that was lost in saving would leave a book without claims that builds."""
    book.table(table).write_bytes(b"")
    assert_told(book.data, book.table(table), "not an empty file")


@every_table
def test_a_header_alone_is_told(book: Book, table: str) -> None:
    """A table whose rows were lost would leave a book without claims that builds."""
    save_lines(book, table, lines(book, table)[:1])
    assert_told(book.data, book.table(table), "at least one row below the header")


@every_table
def test_a_missing_file_is_told(book: Book, table: str) -> None:
    """A traceback would not say which table is not there."""
    book.table(table).unlink()
    assert_told(book.data, book.table(table), "this file to exist")
