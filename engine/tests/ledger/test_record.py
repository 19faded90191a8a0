"""The record of the reviewed state: no row changes, comes or goes unnoticed, and each change says why."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest
from annotated_reading.ledger.ledger import Ledger
from annotated_reading.ledger.read import read_ledger
from annotated_reading.ledger.record import accept, fingerprint, save, state, unreviewed
from annotated_reading.ledger.rows import TABLES, Reviewed
from annotated_reading.ledger.table import TableError

from ..books import Book
from ..ledgers import PRECIS, ROWS, WORKS


@pytest.fixture
def reviewed(book: Book) -> Book:
    """The tiny book, its tables described and all of them reviewed, in a repository of its own."""
    (book.data / "references.bib").write_text(WORKS, "utf-8")
    for table in ("paragraphs", "events", "figures"):
        book.save(table, ROWS[table])
    names = [path.stem for path in sorted(book.data.glob("*.csv"))]
    described = [
        {
            "name": name,
            "path": f"{name}.csv",
            "title": name.capitalize(),
            "description": "A table.",
            "schema": described_fields(name),
        }
        for name in names
    ]
    (book.data / "datapackage.json").write_text(json.dumps({"name": "melos", "resources": described}), "utf-8")
    ledger = read_ledger(book.data)
    rows = [
        Reviewed(row=0, table=table, key=key, fingerprint=fingerprint(cells), checked="2026-11-24")
        for (table, key), cells in state(ledger).items()
    ]
    save(book.data, Reviewed, rows)
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


def rename_data_set(book: Book) -> None:
    """Give a data set another title."""
    file = book.data / "datapackage.json"
    file.write_text(file.read_text("utf-8").replace('"title": "Claims"', '"title": "Sayings"'), "utf-8")


STILL, WAS = "expected this row to be there still", "expected what was reviewed on"


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
        (rename_data_set, ["datapackage claims", WAS]),
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
    accept(read_ledger(reviewed.data), "claims", "mel-1-1", "Said more exactly.", "2026-11-29")
    ledger: Ledger = read_ledger(reviewed.data)
    (entry,) = ledger.corrections
    assert (entry.table, entry.key, entry.column) == ("claims", "mel-1-1", "text")
    assert (entry.was, entry.now, entry.why) == (before, "Justice should count.", "Said more exactly.")
    assert faults(reviewed.data) == []
    assert ledger.changes["mel-1-1"] == (entry,)


def test_a_row_that_is_as_it_was_reviewed_cannot_be_accepted(reviewed: Book) -> None:
    """A log of changes that were none would bury those that were."""
    with pytest.raises(TableError, match="expected a row that differs from the record"):
        accept(read_ledger(reviewed.data), "claims", "mel-1-1", "None.", "2026-11-29")


def test_a_claim_that_was_published_is_withdrawn_and_never_gone(reviewed: Book) -> None:
    """An address in somebody's footnote would lead nowhere."""
    rows = reviewed.rows("claims")
    last = rows[-1]["claim"]
    reviewed.save("claims", rows[:-1])
    reviewed.save("links", [row for row in reviewed.rows("links") if last not in row.values()])
    with pytest.raises(TableError, match="expected this claim to stay, with the status withdrawn"):
        accept(read_ledger(reviewed.data), "claims", last, "Wrong.", "2026-11-29")
