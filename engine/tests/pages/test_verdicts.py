"""Verdicts: what became of a claim stands beside it, with its reason, its sources and its history."""

from __future__ import annotations

import re

import pytest
from annotated_reading.ledger.read import read_ledger
from annotated_reading.ledger.rows import VERDICTS
from annotated_reading.ledger.table import TableError

from ..books import Book, Row, words

FIRST = {
    "claim": "ath-1-2",
    "verdict": "held in part",
    "as_of": "1881-01-01",
    "why": "The strong did what they could, <b>for a time</b>.",
    "sources": "jowett1881 thucydides431",
    "counter": "Eleven years later they could not.",
    "supersedes": "",
}


@pytest.fixture
def judged(book: Book) -> Book:
    """The tiny book with two verdicts, one of which replaced another."""
    other = {**FIRST, "claim": "mel-2-1", "verdict": "not borne out", "why": "No help came.", "counter": ""}
    newer = {
        **FIRST,
        "verdict": "not borne out",
        "as_of": "1900-05-01",
        "why": "Read again.",
        "supersedes": FIRST["as_of"],
    }
    book.save("verdicts", [FIRST, newer, other])
    for page, paragraph in (("athens", "ath-1"), ("athens", "ath-2"), ("melos", "mel-2")):
        book.append(page, f"```{{hindsight}} {paragraph}\n```")
    return book


def test_a_reading_without_verdicts_is_fine(book: Book) -> None:
    """A reading that judges nothing would have to have the table."""
    assert read_ledger(book.data).verdict("ath-1-2") is None


def test_a_verdict_stands_beside_its_claim_as_a_word_with_a_sign(judged: Book) -> None:
    """The verdict would be known only by its colour, or only to those who unfold it."""
    built = judged.build()
    assert not built.warnings
    claim = built.element("athens", "ath-1-2")
    assert words(claim.select_one(".verdict[data-verdict='not borne out']")) == "✕ not borne out"
    assert claim.select_one("a[href='#hindsight-ath-1-2'] .verdict") is not None
    assert built.element("athens", "ath-1-1").select(".verdict") == []


def test_the_story_of_the_matter_stands_before_the_verdicts(judged: Book) -> None:
    """A reader would learn what became of each claim, and not what happened."""
    judged.replace(
        "athens",
        "```{hindsight} ath-1\n```",
        "```{hindsight} ath-1\nIt fell, as [](#mel-2-1) did not expect.\n```",
    )
    built = judged.build()
    assert not built.warnings
    folded = built.main("athens").select_one("details.hindsight:not([open])")
    assert folded is not None
    assert words(folded).index("It fell") < words(folded).index("not borne out")
    assert folded.select_one("a[href='melos.html#mel-2-1']") is not None


def test_the_record_is_closed_at_first_and_has_reason_sources_and_history(judged: Book) -> None:
    """A scholar could not check the verdict, or would not see that it was once another."""
    built = judged.build()
    record = built.element("athens", "hindsight-ath-1-2")
    text = words(record)
    assert "not borne out, as of 1900-05-01" in text
    assert "Read again. (jowett1881, thucydides431)" in text
    assert "Against it: Eleven years later they could not." in text
    assert "Until 1881-01-01: held in part. The strong did what they could, <b>for a time</b>." in text
    folded = record.find_parent("details")
    assert folded is not None
    assert folded.get("open") is None
    assert words(folded.find("summary")) == "With hindsight"


def test_a_paragraph_without_verdicts_prints_none(judged: Book) -> None:
    """A reader would unfold an empty box."""
    built = judged.build()
    assert len(built.main("athens").select("details.hindsight")) == 1


def test_a_book_cites_with_its_own_role(judged: Book) -> None:
    """The sources would stand as keys that lead nowhere."""
    built = judged.build(annotated_reading_cite_role="abbr")
    record = built.element("athens", "hindsight-ath-1-2")
    assert words(record.find("abbr")) == "jowett1881,thucydides431"


def test_previews_marks_and_register_know_the_verdict(judged: Book) -> None:
    """Whoever comes to a claim by another way would not learn what became of it."""
    judged.write("summary", "# Summary\n\n[](#mel-2-1)\n\n```{overview}\n```\n\n```{register}\n```\n")
    main = judged.build().main("summary")
    assert "; not borne out)" in words(main.select_one("p > .claim-reference .preview"))
    (mark,) = main.select(".claim-mark[data-verdict='not borne out'] a[href$='#mel-2-1']")
    assert words(mark) == "mel-2-1"
    assert [words(key) for key in main.select(".legend span")] == [*VERDICTS, "not judged"]
    rows = {words(row.find("td")): words(row.find_all("td")[-1]) for row in main.select("table.register tbody tr")}
    assert rows["mel-2-1"] == "not borne out"
    assert rows["ath-1-1"] == ""


def test_a_changed_verdict_writes_the_pages_that_show_it(judged: Book) -> None:
    """A page would go on giving the old verdict."""
    judged.write("aside", "# Aside\n\nNothing of the ledger.\n")
    judged.build()
    judged.change("verdicts", "mel-2-1", why="No help came in time.")
    built = judged.build()
    assert "melos" in built.written
    assert "aside" not in built.written
    assert "No help came in time." in words(built.element("melos", "hindsight-mel-2-1"))


@pytest.mark.parametrize(
    ("cells", "told"),
    [
        ({"claim": "ath-9-9"}, "column claim: found 'ath-9-9', expected the address of a current claim"),
        ({"verdict": "true"}, "column verdict: found 'true', expected one of borne out"),
        ({"as_of": "May 1881"}, "column as_of: found 'May 1881', expected a date"),
        ({"as_of": "1881-02-30"}, "column as_of: found '1881-02-30', expected a date"),
        ({"why": ""}, "column why: found '', expected 1 to 50 words"),
        ({"why": "word " * 51}, "expected 1 to 50 words"),
        ({"sources": ""}, "column sources: found '', expected keys of the bibliography"),
        ({"sources": "see, there"}, "column sources: found 'see, there'"),
        ({"counter": "word " * 31}, "expected 0 to 30 words"),
        ({"supersedes": "1880-01-01"}, "column supersedes: found '1880-01-01', expected nothing"),
    ],
)
def test_a_bad_verdict_is_told_with_its_place(book: Book, cells: Row, told: str) -> None:
    """A verdict that nobody could follow up would be published."""
    book.save("verdicts", [{**FIRST, **cells}])
    with pytest.raises(TableError, match=re.escape(told)) as caught:
        read_ledger(book.data)
    assert str(caught.value).startswith(f"{book.table('verdicts')}, row 2")


def test_a_replaced_verdict_must_be_named(book: Book) -> None:
    """The history of a verdict would have a gap."""
    book.save("verdicts", [FIRST, {**FIRST, "as_of": "1900-05-01"}])
    with pytest.raises(TableError, match="row 3, column supersedes: found '', expected 1881-01-01"):
        read_ledger(book.data)


def test_a_withdrawn_claim_has_no_verdict(book: Book) -> None:
    """A claim that the book no longer makes of the text would still be judged."""
    book.save("links", [row for row in book.rows("links") if FIRST["claim"] not in row.values()])
    book.change("claims", FIRST["claim"], status="withdrawn")
    book.save("verdicts", [FIRST])
    with pytest.raises(TableError, match="current claim"):
        read_ledger(book.data)
