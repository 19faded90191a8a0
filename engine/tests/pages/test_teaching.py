"""Self-checks and briefs: what a class works with is made from the ledger, and wrong where the ledger says so."""

from __future__ import annotations

import re

import pytest
from annotated_reading.ledger.read import read_ledger
from annotated_reading.ledger.table import TableError

from ..books import Book, Row, words

FIRST = {
    "question": "ath-check-1",
    "section": "ath",
    "claim": "thu-1-2",
    "asks": "holder",
    "options": "thucydides; commissioners",
    "why": "He reports <b>them</b>.",
}

POSITION = {
    "issue": "help",
    "section": "mel",
    "position": "Melos trusts that help will come.",
    "stance": "for",
    "claims": "mel-2-1 mel-1-1",
}


def asking(book: Book, *rows: Row) -> Book:
    """The tiny book with a self-check of these questions on the section on Athens."""
    book.save("questions", [{**FIRST, "question": f"ath-check-{n}", **row} for n, row in enumerate(rows, start=1)])
    book.append("athens", "## Check yourself\n\n```{self-check} ath\n```")
    return book


def test_a_question_is_a_list_with_a_folded_answer(book: Book) -> None:
    """Without a script a reader would have no question, or would see the answer with it."""
    built = asking(book, {}).build()
    assert not built.warnings
    (item,) = built.main("athens").select("ol.self-check > li")
    assert words(item.find("p")).startswith("Who says this? A city that has been free")
    assert [words(option) for option in item.select("ul.options li")] == ["Thucydides", "The Melian commissioners"]
    answer = item.select_one("details.answer")
    assert answer is not None and answer.get("open") is None
    assert words(answer.find("strong")) == "The Melian commissioners"
    assert "He reports <b>them</b>." in words(answer)
    assert answer.select_one("a[href='thucydides.html#thu-1-2']") is not None


@pytest.mark.parametrize(
    ("row", "right"),
    [
        ({"asks": "kind", "options": "fact; recommendation"}, "Recommendation"),
        ({"asks": "section", "options": "mel; thu"}, "The historian"),
        ({"asks": "voice", "options": "own; reported"}, "Somebody else’s, whom Thucydides reports"),
        ({"asks": "hedge", "options": "we hope; none"}, "None: it is not softened"),
        ({"asks": "hedge", "claim": "mel-1-2", "options": "we hope; we believe"}, "“we hope”"),
    ],
)
def test_the_right_answer_is_looked_up(book: Book, row: Row, right: str) -> None:
    """An answer that was typed would stay when the claim is corrected."""
    built = asking(book, row).build()
    assert not built.warnings
    assert words(built.main("athens").select_one("details.answer strong")) == right


def test_a_corrected_claim_changes_the_answer_on_the_page(book: Book) -> None:
    """The page would go on calling the right answer wrong."""
    asking(book, {"claim": "mel-1-2", "asks": "kind", "options": "fact; prediction"}).build()
    book.change("claims", "mel-1-2", kind="fact")
    built = book.build()
    assert words(built.main("athens").select_one("details.answer strong")) == "Fact"


@pytest.mark.parametrize(
    ("cells", "told"),
    [
        ({"section": "sparta"}, "column section: found 'sparta', expected a key of sections.csv"),
        ({"claim": "thu-9-9"}, "column claim: found 'thu-9-9', expected the address of a current claim"),
        ({"claim": "thu-1-3"}, "column claim: found 'thu-1-3', expected the address of a current claim"),
        ({"asks": "mood"}, "column asks: found 'mood', expected one of holder"),
        ({"options": "commissioners"}, "column options: found 'commissioners', expected two or more answers"),
        ({"options": "commissioners; pericles"}, "expected keys of people.csv; pericles is not one"),
        ({"options": "commissioners; commissioners"}, "expected each answer once"),
        ({"options": "thucydides; envoys"}, "expected commissioners among them, the holder of thu-1-2 in claims.csv"),
        ({"asks": "hedge", "options": "none; maybe"}, "expected hedges of claims.csv or none; maybe is not one"),
        ({"asks": "kind", "options": "fact; joke"}, "expected kinds of claims.csv; joke is not one"),
        ({"why": ""}, "column why: found '', expected 1 to 50 words"),
    ],
)
def test_a_question_that_the_ledger_does_not_answer_stops_the_build(book: Book, cells: Row, told: str) -> None:
    """A class would be marked by an answer that nobody can look up."""
    book.save("questions", [{**FIRST, **cells}])
    with pytest.raises(TableError, match=re.escape(told)) as caught:
        read_ledger(book.data)
    assert str(caught.value).startswith(f"{book.table('questions')}, row 2")


def test_a_section_without_questions_is_told_with_its_place(book: Book) -> None:
    """A page would have a heading with nothing under it."""
    asking(book, {})
    line = book.append("melos", "```{self-check} mel\n```")
    (warning,) = book.build().warnings
    assert f"melos.md:{line}" in warning
    assert "questions.csv asks nothing of mel" in warning


def test_a_brief_has_positions_expectations_and_sides(book: Book) -> None:
    """A player would not know what to defend, what to expect, or whom to talk to."""
    book.save(
        "positions",
        [
            POSITION,
            {**POSITION, "section": "ath", "stance": "against"},
            {**POSITION, "section": "thu", "stance": "silent"},
        ],
    )
    book.write("roles", "# Roles\n\n```{role-brief} mel\n```\n\n```{role-brief} thu\n```\n")
    built = book.build()
    assert not built.warnings
    melos, historian = built.main("roles").select(".role-brief")
    stand, ahead, sides = melos.find_all("ul")
    assert words(stand).startswith("Help (for): Melos trusts that help will come.")
    assert [str(link["href"]).partition("#")[2] for link in stand.select(".claim-reference")] == [
        "mel-2-1",
        "mel-1-1",
    ]
    assert [words(item.select_one("a")) for item in ahead.find_all("li")] == ["mel-1-1", "mel-1-2", "mel-2-1"]
    assert words(sides) == "Help: against you Athens; between The historian."
    assert words(historian.find_all("ul")[-1]) == "Help: you stand between; for Melos; against Athens."


def test_a_changed_position_writes_the_brief(book: Book) -> None:
    """A delegation would argue what the table no longer says."""
    book.save("positions", [POSITION])
    book.write("roles", "# Roles\n\n```{role-brief} mel\n```\n")
    book.build()
    book.change("positions", "help", position="Melos waits.")
    assert "Melos waits." in words(book.build().main("roles"))
