"""A table that is not as expected is told in one message: where it is, what was found and what was expected.

What is expected of a column, and so what is tried on it, follows from the class of its table.
"""

from __future__ import annotations

import re

import pytest
from annotated_reading.ledger.read import read_ledger
from annotated_reading.ledger.rows import OPTIONAL, TABLES
from annotated_reading.ledger.table import TableError

from ..books import Book
from ..ledgers import assert_told, complete

COLUMNS = {(table, name): column for table, kind in TABLES.items() for name, column in kind.columns().items()}

every_table = pytest.mark.parametrize("table", list(TABLES))
every_column = pytest.mark.parametrize(("table", "column"), list(COLUMNS))


@pytest.fixture
def book(book: Book) -> Book:
    """The tiny book with every table that a ledger may have."""
    return complete(book)


def expected(table: str, column: str) -> str:
    """What a message says is expected of a column."""
    return COLUMNS[table, column].expected


def lines(book: Book, table: str) -> list[str]:
    """The lines of a table."""
    return book.table(table).read_text(encoding="utf-8").splitlines()


def save_lines(book: Book, table: str, changed: list[str]) -> None:
    """Write the lines of a table."""
    book.table(table).write_text("\n".join(changed) + "\n", encoding="utf-8")


def set_cell(book: Book, table: str, column: str, value: str, *, place: int = 0) -> None:
    """Change a cell in the first row below the header, or in another."""
    rows = book.rows(table)
    rows[place][column] = value
    book.save(table, rows)


@pytest.mark.parametrize(
    ("table", "column", "said"),
    [
        ("sections", "section", "a key in lower-case letters"),
        ("sections", "location", "text on one line, or nothing"),
        ("sections", "hue", "one of slate, blue, red, teal, ochre, violet"),
        ("sections", "paragraphs", "a whole number from 1 to 999"),
        ("issues", "name", "some text on one line"),
        ("people", "kind", "one of person, body, group, medium, agreement"),
        ("people", "language", "a language tag such as el or sr-Latn, or nothing"),
        ("people", "paragraphs", "addresses of paragraphs, separated by spaces, or nothing"),
        ("claims", "claim", "an address such as ath-1-2"),
        ("claims", "cue", "3 to 7 words"),
        ("links", "relation", "one of agrees, contrasts, elaborates, answers, same-event"),
        ("paragraphs", "precis", "15 to 60 words"),
        ("verdicts", "as_of", "a date such as 2026-11-24"),
        ("verdicts", "supersedes", "the as_of of the verdict that this one replaces, or nothing"),
        ("events", "date", "a day, a month or a year such as 2018-06-12"),
        ("questions", "options", "two or more answers, separated by semicolons"),
    ],
)
def test_what_is_expected_is_said_in_words(table: str, column: str, said: str) -> None:
    """Whoever has to mend a cell would have to read the program."""
    assert expected(table, column) == said


@every_column
def test_an_empty_cell_is_told(book: Book, table: str, column: str) -> None:
    """A missing field would be printed as nothing, or be guessed at; where one may be empty, it is read as that."""
    if COLUMNS[table, column].required:
        set_cell(book, table, column, "")
        assert_told(book.data, book.table(table), expected(table, column), row=2, column=column, value="")
    else:
        set_cell(book, table, column, "", place=-1)
        read_ledger(book.data)


@every_column
def test_a_cell_of_spaces_is_told(book: Book, table: str, column: str) -> None:
    """Spaces alone would pass for a field that was filled."""
    set_cell(book, table, column, "  ")
    assert_told(book.data, book.table(table), expected(table, column), row=2, column=column, value="  ")


@every_column
@pytest.mark.parametrize("mark", ["\u202e", "\u200b", "\u00ad", "\x00"], ids=["direction", "no width", "hyphen", "NUL"])
def test_what_does_not_print_is_told(book: Book, table: str, column: str, mark: str) -> None:
    """A text would be read backwards, or two that look the same would differ."""
    value = mark + book.rows(table)[0][column]
    set_cell(book, table, column, value)
    told = f"no sign that does not print, as U+{ord(mark):04X}"
    assert_told(book.data, book.table(table), told, row=2, column=column, value=value)


@pytest.mark.parametrize(
    ("table", "column"),
    [at for at, column in COLUMNS.items() if column.enum or column.pattern or column.test or column.type != "string"],
)
def test_a_cell_that_breaks_the_rule_of_its_column_is_told(book: Book, table: str, column: str) -> None:
    """A rule that nobody tried to break may not be one."""
    for value in ("?! " * 70, " " + book.rows(table)[0][column] + " x", "١٢", "1_0"):
        if not COLUMNS[table, column].accepts(value):
            set_cell(book, table, column, value)
            assert_told(book.data, book.table(table), expected(table, column), row=2, column=column)
    assert not COLUMNS[table, column].accepts("?! " * 70)


def test_a_number_has_a_bound(book: Book) -> None:
    """The machine would run out of memory for a digit too many."""
    for value in ("1000", "1000000000", "1" * 5000):
        set_cell(book, "sections", "paragraphs", value)
        assert_told(book.data, book.table("sections"), "a whole number from 1 to 999", row=2, column="paragraphs")


@every_table
def test_a_cell_of_any_length_is_told(book: Book, table: str) -> None:
    """The check would end in the words of a parser, without file or row."""
    set_cell(book, table, list(TABLES[table].columns())[-1], "word" * 40_000)
    assert_told(book.data, book.table(table), "well-formed CSV", row=2)


@every_column
def test_a_line_break_in_a_cell_is_told(book: Book, table: str, column: str) -> None:
    """A cell of two lines would break a diff by rows, and every row number after it."""
    value = "the first line\nthe second line"
    set_cell(book, table, column, value)
    message = assert_told(book.data, book.table(table), expected(table, column), column=column, value=value)
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
    column = TABLES[table].KEY[-1]
    told = "a value that row 2 does not have already"
    assert_told(book.data, book.table(table), told, row=len(rows) + 2, column=column, value=rows[0][column])


@every_table
def test_a_row_of_too_many_cells_is_told(book: Book, table: str) -> None:
    """A comma that is not quoted would shift the rest of its row by a column."""
    changed = lines(book, table)
    columns = len(TABLES[table].columns())
    changed[1] = ",".join(["x"] * (columns + 1))
    save_lines(book, table, changed)
    assert_told(book.data, book.table(table), f"{columns} cells", row=2, value=changed[1])


@every_table
def test_a_row_of_too_few_cells_is_told(book: Book, table: str) -> None:
    """A row that was cut short would be read as one with empty cells."""
    changed = lines(book, table)
    columns = len(TABLES[table].columns())
    changed[2] = ",".join(["x"] * (columns - 1))
    save_lines(book, table, changed)
    assert_told(book.data, book.table(table), f"{columns} cells", row=3, value=changed[2])


@every_table
def test_an_empty_line_is_told(book: Book, table: str) -> None:
    """A blank line would be read as a row of nothing."""
    changed = lines(book, table)
    save_lines(book, table, [changed[0], "", *changed[1:]])
    assert_told(book.data, book.table(table), f"{len(TABLES[table].columns())} cells", row=2, value="")


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
def test_a_byte_order_mark_is_no_part_of_a_table(book: Book, table: str) -> None:
    """What Excel saves as "CSV UTF-8" would have to be mended by hand."""
    text = book.table(table).read_text(encoding="utf-8")
    before = read_ledger(book.data).tables[table]
    book.table(table).write_text(text, encoding="utf-8-sig")
    assert read_ledger(book.data).tables[table] == before


@every_table
def test_other_signs_between_cells_are_told(book: Book, table: str) -> None:
    """What a German Excel saves would be one column."""
    text = book.table(table).read_text(encoding="utf-8")
    book.table(table).write_text(text.replace(",", ";"), encoding="utf-8")
    with pytest.raises(TableError, match=rf"{table}\.csv, row 1: found .*, expected the columns"):
        read_ledger(book.data)


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
    """A traceback would not say which table is not there; one that a ledger need not have may be missing."""
    book.table(table).unlink()
    if table in OPTIONAL:
        assert read_ledger(book.data).tables[table] == ()
    else:
        assert_told(book.data, book.table(table), "this file to exist")


@every_table
def test_a_folder_in_place_of_a_table_is_told(book: Book, table: str) -> None:
    """The check would end in a traceback."""
    book.table(table).unlink()
    book.table(table).mkdir()
    assert_told(book.data, book.table(table), "this file to exist")


def test_a_merge_that_was_not_finished_is_told(book: Book) -> None:
    """Two versions of a row would be published, or a bibliography with marks that BibTeX takes for remarks."""
    for file in (book.table("links"), book.data / "references.bib"):
        text = file.read_text(encoding="utf-8")
        file.write_text(f"{text}<<<<<<< HEAD\n", encoding="utf-8")
        row = text.count("\n") + 1
        assert_told(book.data, file, "no mark of a merge", row=row, value="<<<<<<< HEAD")
        file.write_text(text, encoding="utf-8")


def test_everything_that_is_wrong_is_told_in_the_order_of_the_files(book: Book) -> None:
    """Whoever mends the tables would have to run the check once for each fault."""
    book.change("links", "mel-2-1", relation="likes", target="mel-9-9")
    book.change("claims", "thu-1-2", cue="one", kind="hope")
    book.change("events", "the-siege", date="May")
    with pytest.raises(TableError) as caught:
        read_ledger(book.data)
    told = [line.partition(": ")[0].removeprefix(f"{book.data}/") for line in str(caught.value).splitlines()]
    assert told == [
        "claims.csv, row 9, column kind",
        "claims.csv, row 9, column cue",
        "events.csv, row 3, column date",
        "links.csv, row 4, column relation",
    ]
