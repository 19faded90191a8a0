"""The tiny book with every table that a ledger may have, and how a test says that something wrong is told."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from annotated_reading.ledger.read import read_ledger
from annotated_reading.ledger.table import TableError

from .books import Book, Row

VERDICT = {
    "claim": "ath-1-2",
    "asks": "so",
    "answer": "in part",
    "gist": "for a time",
    "as_of": "1881-07-01",
    "why": "The strong did what they could.",
    "sources": "jowett1881",
    "counter": "",
    "supersedes": "",
}
POSITION = {
    "issue": "help",
    "section": "mel",
    "position": "Melos trusts that help will come.",
    "stance": "for",
    "claims": "mel-2-1 mel-1-1",
}
EVENT = {
    "event": "the-landing",
    "date": "1881",
    "what": "The Athenians landed on Melos.",
    "actors": "Athens",
    "theme": "war",
    "paragraphs": "ath-1 mel-2",
    "sources": "jowett1881",
    "status": "current",
}
QUESTION = {
    "question": "ath-check-1",
    "section": "ath",
    "claim": "thu-1-2",
    "asks": "holder",
    "options": "thucydides; commissioners",
    "why": "He reports them.",
}
PRECIS = "The speakers say what they hold to be just and what they expect of the other side in the end."

REVIEWED = {"table": "claims", "key": "mel-1-1", "fingerprint": "0123456789abcdef", "checked": "2026-11-24"}
CORRECTION = {
    "date": "2026-11-24",
    "table": "claims",
    "key": "mel-1-1",
    "column": "hedge",
    "was": "not very likely",
    "now": "perhaps",
    "why": "The envoys say less.",
}

#: Good rows of the tables that a ledger need not have.
ROWS: dict[str, list[Row]] = {
    "paragraphs": [{"paragraph": place, "precis": PRECIS} for place in ("ath-1", "ath-2", "mel-1", "mel-2", "thu-1")],
    "verdicts": [VERDICT, {**VERDICT, "claim": "mel-2-1", "answer": "no"}],
    "positions": [POSITION, {**POSITION, "section": "ath", "stance": "against", "claims": "ath-2-1"}],
    "events": [EVENT, {**EVENT, "event": "the-siege", "date": "1881-05", "what": "Melos was shut in."}],
    "questions": [QUESTION, {**QUESTION, "question": "ath-check-2", "asks": "kind", "options": "fact; recommendation"}],
    "figures": [
        {"figure": "fig-ships", "title": "Ships by year", "status": "current"},
        {"figure": "tab-cities", "title": "Cities", "status": "current"},
    ],
    "reviewed": [REVIEWED, {**REVIEWED, "key": "mel-1-2"}],
    "corrections": [CORRECTION, {**CORRECTION, "key": "mel-1-2"}],
}

WORKS = """
@book{jowett1881, author = {Jowett, Benjamin}, title = {Thucydides}, publisher = {Clarendon}, year = {1881}}
@misc{thucydides431, author = {Thucydides}, title = {History}, year = {1881}, urldate = {1881-06-01}}
"""


def complete(book: Book) -> Book:
    """Give the tiny book a bibliography and every table that a ledger may have."""
    (book.data / "references.bib").write_text(WORKS, encoding="utf-8")
    for table, rows in ROWS.items():
        book.save(table, rows)
    return book


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
    assert column is None or re.search(rf"\bcolumn {re.escape(column)}( of |$)", place), message
    assert value is None or repr(value) in message, message
    assert re.search(f"expected .*{re.escape(expected)}", message), message
    return message
