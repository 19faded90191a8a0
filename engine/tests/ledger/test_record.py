"""The record of the reviewed state: no row changes, comes or goes unnoticed, and each change says why."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest
from annotated_reading.ledger.ledger import Ledger
from annotated_reading.ledger.read import read_ledger
from annotated_reading.ledger.record import accept, begin, unreviewed
from annotated_reading.ledger.rows import TABLES
from annotated_reading.ledger.table import TableError

from ..books import Book
from ..ledgers import PRECIS, ROWS, WORKS


@pytest.fixture
def reviewed(book: Book) -> Book:
    """The tiny book, its tables described and all of them reviewed, in a repository of its own."""
    (book.data / "references.bib").write_text(WORKS, "utf-8")
    for table in ("paragraphs", "events", "figures"):
        book.save(table, ROWS[table])
    book.save("corrections", ROWS["corrections"])
    names = [path.stem for path in sorted(book.data.glob("*.csv"))]
    described = [
        {
            "name": name,
            "path": f"{name}.csv",
            "title": name.capitalize(),
            "description": "A table.",
            "schema": described_fields(name),
            "rules": [{"holds": "1 > 0", "expected": "what always holds"}],
        }
        for name in names
    ]
    (book.data / "look.json").write_text("{}", "utf-8")
    described.append({"name": "look", "path": "look.json"})
    (book.data / "datapackage.json").write_text(json.dumps({"name": "melos", "resources": described}), "utf-8")
    begin(read_ledger(book.data), "2026-11-24")
    for command in (["init", "-q"], ["add", "-A"], ["-c", "user.name=t", "-c", "user.email=t@t", "commit", "-qm", "t"]):
        subprocess.run(["git", *command], cwd=book.data, check=True)
    return book


def described_fields(name: str) -> object:
    """What a data package says of a table of the ledger."""
    schema = dict(TABLES[name].table_schema())
    return schema | {"fields": [{**one, "title": one["name"], "description": "A column."} for one in schema["fields"]]}


def faults(folder: Path) -> list[str]:
    """What differs from the record, without the folder."""
    return [str(fault).replace(f"{folder}/", "") for fault in unreviewed(read_ledger(folder))]


def test_a_reviewed_book_has_nothing_to_say(reviewed: Book) -> None:
    """Every check would end with names of rows in which nothing is wrong."""
    assert faults(reviewed.data) == []


def drop(table: str) -> Callable[[Book], None]:
    """A change that takes the last row of a table out."""
    return lambda book: book.save(table, book.rows(table)[:-1])


def exchange(table: str, column: str) -> Callable[[Book], None]:
    """A change that exchanges what two rows of a table say in a column."""

    def change(book: Book) -> None:
        first, second, *others = book.rows(table)
        first[column], second[column] = second[column], first[column]
        book.save(table, [first, second, *others])

    return change


def drop_with_its_line(table: str) -> Callable[[Book], None]:
    """A change that takes out the last row of a table, and its line of the record."""

    def change(book: Book) -> None:
        drop(table)(book)
        lines = [row for row in book.rows("reviewed") if row["table"] == table]
        book.save("reviewed", [row for row in book.rows("reviewed") if row != lines[-1]])

    return change


def edit(file: str, old: str, new: str) -> Callable[[Book], None]:
    """A change of the first words of a file that are these."""

    def change(book: Book) -> None:
        path = book.data / file
        text = path.read_text("utf-8")
        assert old in text
        path.write_text(text.replace(old, new, 1), "utf-8")

    return change


STILL, WAS = "expected this row to be there still", "expected what as reviewed on"
DESCRIBED = "expected the description, the lines of the record and the log as reviewed on"


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (lambda book: book.change("claims", "mel-1-1", kind="fact"), ["claims mel-1-1", WAS]),
        (exchange("claims", "text"), ["claims ath-1-1", WAS]),
        (lambda book: book.change("people", "envoys", role="Envoys."), ["people envoys", WAS]),
        (lambda book: book.link("ath-2-1", "mel-2-1"), ["links ath-2-1 mel-2-1", "expected a row that was reviewed"]),
        (drop("links"), [STILL]),
        (lambda book: book.change("paragraphs", "ath-1", precis=f"{PRECIS} Or not."), ["paragraphs ath-1", WAS]),
        (drop("events"), ["events the-siege", STILL]),
        (exchange("events", "what"), ["events", WAS]),
        (lambda book: book.change("events", "the-siege", what="Melos fell."), ["events the-siege", WAS]),
        (drop("figures"), ["figures tab-cities", STILL]),
        (exchange("figures", "title"), ["figures fig-ships", WAS]),
        (edit("datapackage.json", '"title": "Claims"', '"title": "Sayings"'), ["datapackage claims", DESCRIBED]),
        (edit("datapackage.json", '"A column."', '"Another."'), ["datapackage claims", DESCRIBED]),
        (edit("datapackage.json", '"holds": "1 > 0"', '"holds": "2 > 0"'), ["datapackage claims", DESCRIBED]),
        (edit("look.json", "{}", '{"a": 1}'), ["datapackage look", DESCRIBED]),
        (drop_with_its_line("links"), ["datapackage links", DESCRIBED]),
        (drop_with_its_line("events"), ["datapackage events", DESCRIBED]),
        (drop("corrections"), ["datapackage corrections", DESCRIBED]),
        (edit("corrections.csv", "The envoys say less.", "A slip."), ["datapackage corrections", DESCRIBED]),
    ],
)
def test_a_row_that_is_changed_exchanged_new_or_gone_is_told(
    reviewed: Book, change: Callable[[Book], None], told: list[str]
) -> None:
    """A verdict's day, a poll's share or a figure's title would be another, and nobody would have said so."""
    change(reviewed)
    found = faults(reviewed.data)
    assert found and all(words in found[0] for words in told), found


def test_an_accepted_change_is_in_the_log_with_what_it_was_and_why(reviewed: Book) -> None:
    """A reader who cited the old words would not find them, or the reason."""
    before = next(row for row in reviewed.rows("claims") if row["claim"] == "mel-1-1")["text"]
    reviewed.change("claims", "mel-1-1", text="Justice should count.")
    accept(read_ledger(reviewed.data), ("claims", "mel-1-1"), "Said more exactly.", "2026-11-29")
    ledger: Ledger = read_ledger(reviewed.data)
    entry = ledger.corrections[-1]
    assert (entry.table, entry.key, entry.column) == ("claims", "mel-1-1", "text")
    assert (entry.was, entry.now, entry.why) == (before, "Justice should count.", "Said more exactly.")
    assert faults(reviewed.data) == []
    assert ledger.changed == {"mel-1-1", "mel-1-2"}


def test_a_row_that_is_as_it_was_reviewed_cannot_be_accepted(reviewed: Book) -> None:
    """A log of changes that were none would bury those that were."""
    with pytest.raises(TableError, match="expected a row that differs from the record"):
        accept(read_ledger(reviewed.data), ("claims", "mel-1-1"), "None.", "2026-11-29")


def test_a_row_that_was_found_right_has_a_new_day_and_no_entry(reviewed: Book) -> None:
    """Nobody would know which rows were read again, or the log would be full of changes that were none."""
    assert not accept(read_ledger(reviewed.data), ("links", "ath-1-1 mel-1-1"), "", "2026-12-01")
    ledger = read_ledger(reviewed.data)
    assert {one.key for one in ledger.reviewed if one.checked == "2026-12-01"} == {"ath-1-1 mel-1-1"}
    assert len(ledger.corrections) == 2 and faults(reviewed.data) == []


def test_a_change_is_not_accepted_without_a_reason(reviewed: Book) -> None:
    """Whoever cited the row would learn that it changed, and never why."""
    reviewed.change("claims", "mel-1-1", kind="fact")
    with pytest.raises(TableError, match="expected a reason for its change"):
        accept(read_ledger(reviewed.data), ("claims", "mel-1-1"), " ", "2026-11-29")


def test_the_same_entry_is_not_written_twice(reviewed: Book) -> None:
    """The command would write a log that the next check refuses."""
    for text in ("Justice should count.", "Justice should weigh."):
        reviewed.change("claims", "mel-1-1", text=text)
        accept(read_ledger(reviewed.data), ("claims", "mel-1-1"), "Said more exactly.", "2026-11-29")
    reviewed.change("claims", "mel-1-1", text="Justice should decide.")
    before = (reviewed.data / "corrections.csv").read_bytes()
    with pytest.raises(TableError, match="expected a reason that this row does not have today already"):
        accept(read_ledger(reviewed.data), ("claims", "mel-1-1"), "Said more exactly.", "2026-11-29")
    assert (reviewed.data / "corrections.csv").read_bytes() == before


def test_a_row_that_is_gone_keeps_its_line_and_its_reason(reviewed: Book) -> None:
    """What was published could be taken out, and then the reason for it."""
    last = " ".join(list(reviewed.rows("links")[-1].values())[:2])
    drop("links")(reviewed)
    accept(read_ledger(reviewed.data), ("links", last), "No such relation.", "2026-11-29")
    assert faults(reviewed.data) == []
    assert [row["fingerprint"] for row in reviewed.rows("reviewed") if row["key"] == last] == [""]
    drop("corrections")(reviewed)
    assert any(
        last in fault and "an entry of corrections.csv that says why it is gone" in fault
        for fault in faults(reviewed.data)
    )


def test_what_else_changed_is_not_accepted_with_a_row(reviewed: Book) -> None:
    """One reason would cover a change of which it does not tell."""
    edit("datapackage.json", '"title": "Claims"', '"title": "Sayings"')(reviewed)
    reviewed.change("claims", "mel-1-1", kind="fact")
    accept(read_ledger(reviewed.data), ("claims", "mel-1-1"), "It can be looked up.", "2026-11-29")
    assert [fault.partition(":")[2].split(",")[0] for fault in faults(reviewed.data)] == [" found 'datapackage claims'"]
    accept(read_ledger(reviewed.data), ("datapackage", "claims"), "Another name.", "2026-11-29")
    edit("datapackage.json", '"title": "Sayings"', '"title": "Claims"')(reviewed)
    accept(read_ledger(reviewed.data), ("datapackage", "claims"), "The first name was better.", "2026-11-29")
    assert faults(reviewed.data) == []


@pytest.mark.parametrize("table", ["claims", "events", "figures"])
def test_what_has_an_address_is_withdrawn_and_never_gone(reviewed: Book, table: str) -> None:
    """An address in somebody's footnote would lead nowhere."""
    last = next(iter(reviewed.rows(table)[-1].values()))
    drop(table)(reviewed)
    reviewed.save("links", [row for row in reviewed.rows("links") if last not in row.values()])
    with pytest.raises(TableError, match="expected this row to stay, with the status withdrawn"):
        accept(read_ledger(reviewed.data), (table, last), "Wrong.", "2026-11-29")
