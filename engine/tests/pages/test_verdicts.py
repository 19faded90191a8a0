"""Verdicts: what became of a claim stands beside it, with its reason, its sources and its history."""

from __future__ import annotations

import re

import pytest
from annotated_reading.ledger.read import read_ledger
from annotated_reading.ledger.rows import INQUIRIES, VERDICTS
from annotated_reading.ledger.table import TableError

from ..books import Book, Row, words
from ..ledgers import PRECIS
from .test_references import previews

FIRST = {
    "claim": "ath-1-2",
    "asks": "so",
    "answer": "in part",
    "gist": "for a time",
    "as_of": "1881-01-01",
    "why": "The strong did what they could, <b>for a time</b>.",
    "sources": "jowett1881 thucydides431",
    "counter": "Eleven years later they could not.",
    "supersedes": "",
}


@pytest.fixture
def judged(book: Book) -> Book:
    """The tiny book with an answer that replaced another, and a claim with answers to two questions."""
    other = {**FIRST, "claim": "mel-2-1", "counter": ""}
    said = {**other, "asks": "said", "answer": "yes", "gist": "", "why": "They said it."}
    came = {**other, "asks": "came-true", "answer": "no", "gist": "no ship came", "why": "No help came."}
    newer = {
        **FIRST,
        "answer": "no",
        "gist": "not for long",
        "as_of": "1900-05-01",
        "why": "Read again.",
        "supersedes": FIRST["as_of"],
    }
    book.save("verdicts", [FIRST, newer, said, came])
    return book


def test_a_reading_without_verdicts_is_fine(book: Book) -> None:
    """A reading that judges nothing would have to have the table."""
    ledger = read_ledger(book.data)
    assert ledger.answers("ath-1-2") == ledger.history("ath-1-2", "so") == ()
    assert ledger.outcome("ath-1-2") is None


def test_the_answers_that_stand_the_one_that_decides_and_the_earlier_ones_are_found(judged: Book) -> None:
    """A mark with room for one answer would say that a promise was made, not that it was broken."""
    ledger = read_ledger(judged.data)
    assert [(one.asks, one.answer) for one in ledger.answers("mel-2-1")] == [("said", "yes"), ("came-true", "no")]
    outcome = ledger.outcome("mel-2-1")
    assert outcome is not None and outcome.asks == "came-true"
    assert [one.answer for one in ledger.history("ath-1-2", "so")] == ["no", "in part"]
    assert [one.answer for one in ledger.answers("ath-1-2")] == ["no"]


def test_a_verdict_stands_beside_its_claim_with_its_question_and_a_sign(judged: Book) -> None:
    """The answer would be known only by its colour, or only to those who unfold it, or be taken for another's."""
    built = judged.build()
    assert not built.warnings
    claim = built.element("athens", "ath-1-2")
    assert words(claim.select_one(".verdict[data-verdict='no']")) == "So at the time? ✕ no, not for long"
    assert claim.select_one("a[href='#hindsight-ath-1-2'] .verdict") is not None
    assert built.element("athens", "ath-1-1").select(".verdict") == []
    two = built.element("melos", "mel-2-1")
    (line,) = two.select("p.answers")
    assert words(line) == "Said? ● yes · Did it come true? ✕ no, no ship came"
    assert [verdict["data-asks"] for verdict in line.select(".verdict")] == ["said", "came-true"]
    assert [link["href"] for link in line.select("a")] == ["#hindsight-mel-2-1"]


def test_no_answer_stands_anywhere_without_its_question(judged: Book) -> None:
    """A "yes" to "was it said?" would be read as "it was kept"."""
    judged.write("summary", "# Summary\n\n```{excerpt} mel-2-1\n```\n\n```{overview}\n```\n\n```{register}\n```\n")
    built = judged.build()
    shown = [one for page in ("athens", "melos", "summary") for one in built.main(page).select(".verdict")]
    assert len(shown) == 3 + 3 + 2 + 3
    for verdict in shown:
        asked = INQUIRIES[str(verdict["data-asks"])]
        assert words(verdict).startswith((f"{asked.label}: ", f"{asked.question} ")), verdict


def test_the_story_of_the_matter_is_closed_at_first(judged: Book) -> None:
    """A reader would learn what happened before thinking about what is claimed."""
    judged.append("athens", "```{hindsight} ath-1\nIt fell, as [](#mel-2-1) did not expect.\n```")
    built = judged.build()
    assert not built.warnings
    folded = built.main("athens").select_one("details.hindsight:not([open])")
    assert folded is not None
    assert folded.select_one("a[href='melos.html#mel-2-1']") is not None


def test_the_record_is_closed_at_first_and_has_reason_sources_and_history(judged: Book) -> None:
    """A scholar could not check the verdict, or would not see that it was once another."""
    built = judged.build()
    record = built.element("athens", "hindsight-ath-1-2")
    text = words(record)
    assert "So at the time? ✕ no, not for long (as of 1900-05-01)" in text
    assert "Read again. (jowett1881, thucydides431)" in text
    assert "Against it: Eleven years later they could not." in text
    assert "Until 1900-05-01: in part, for a time. The strong did what they could, <b>for a time</b>." in text
    folded = record.find_parent("details")
    assert folded is not None
    assert folded.get("open") is None
    assert str(folded.find("summary")) == '<summary aria-label="More on ath-1-2">…</summary>'


def test_each_answer_has_its_own_record(judged: Book) -> None:
    """The reason that a promise was broken would be given for its having been made."""
    built = judged.build()
    records = [built.element("melos", f"hindsight-mel-2-1-{asks}") for asks in ("said", "came-true")]
    assert words(records[0].find("p")) == "Said? ● yes (as of 1881-01-01)"
    assert words(records[1].find("p")) == "Did it come true? ✕ no, no ship came (as of 1881-01-01)"
    assert "They said it." in words(records[0]) and "No help came." in words(records[1])
    assert all(one.find_parent(id="hindsight-mel-2-1") for one in records)


def test_a_claim_without_verdicts_prints_none(judged: Book) -> None:
    """A reader would unfold an empty record."""
    built = judged.build()
    assert built.element("athens", "ath-1-1").select("[data-verdict], [data-answers]") == []


def test_a_book_cites_with_its_own_role(judged: Book) -> None:
    """The sources would stand as keys that lead nowhere."""
    built = judged.build(annotated_reading_cite_role="abbr")
    record = built.element("athens", "hindsight-ath-1-2")
    assert words(record.find("abbr")) == "jowett1881,thucydides431"


def test_previews_marks_and_register_know_the_verdict(judged: Book) -> None:
    """Whoever comes to a claim by another way would not learn what became of it."""
    judged.write("summary", "# Summary\n\n[](#mel-2-1)\n\n```{overview}\n```\n\n```{register}\n```\n")
    built = judged.build()
    main = built.main("summary")
    assert previews(built)["mel-2-1"]["answers"] == [
        {"asked": "Said?", "found": "●\N{NO-BREAK SPACE}yes", "data-verdict": "yes"},
        {"asked": "Did it come true?", "found": "✕\N{NO-BREAK SPACE}no, no ship came", "data-verdict": "no"},
    ]
    (mark,) = main.select("a.claim-mark[data-verdict='no'][href$='#mel-2-1']")
    assert words(mark) == "mel-2-1"
    assert [words(key) for key in main.select(".legend span")] == [*VERDICTS, "not judged"]
    rows = {words(row.find("td")): words(row.find_all("td")[-1]) for row in main.select("table.register tbody tr")}
    assert rows["mel-2-1"] == "said: ● yes came true: ✕ no, no ship came"
    assert rows["ath-1-1"] == ""
    values = [one["data-value"] for one in main.select("table.register [data-value]")]
    assert values == ["so at the time: no", "said: yes", "came true: no"]


def test_the_answer_in_one_line_counts_each_claim_once(judged: Book) -> None:
    """A visitor would learn from hundreds of marks how the text fared, or count a claim with two answers twice."""
    judged.write("summary", "# Summary\n\n```{outcomes}\n```\n")
    outcomes = judged.build().main("summary").select_one(".outcomes[data-hindsight]")
    assert outcomes is not None
    claims = len(judged.rows("claims"))
    assert words(outcomes.find("p")) == (
        f"Of {claims} claims 2 were judged: ● 0 yes, ◐ 0 in part, ✕ 2 no; ○ 0 still open, – 0 cannot be checked. "
        f"{claims - 2} are not for judging."
    )
    bar = {str(part["data-verdict"]): int(str(part["width"])) for part in outcomes.select("svg[aria-hidden] rect")}
    assert (bar["no"], bar["not-judged"], sum(bar.values())) == (2, claims - 2, claims)


def test_the_overview_counts_the_answers_by_question(judged: Book) -> None:
    """A sum over all questions would add what was said to what was kept."""
    judged.write("summary", "# Summary\n\n```{overview}\n```\n")
    counts = judged.build().main("summary").select_one(".overview table.answers")
    assert counts is not None
    rows = [[words(cell) for cell in row.find_all(["th", "td"])] for row in counts.find_all("tr")]
    assert rows == [
        ["Asked", *VERDICTS],
        ["Said?", "1", "0", "0", "0", "0"],
        ["So at the time?", "0", "0", "1", "0", "0"],
        ["Did it come true?", "0", "0", "1", "0", "0"],
    ]
    assert [words(head) for head in counts.select("tbody th[scope=row]")] == [row[0] for row in rows[1:]]


def test_a_notebook_has_both_answers_and_the_counts(judged: Book) -> None:
    """Whoever reads the page as a notebook would see one answer, or none."""
    judged.write("summary", "# Summary\n\n```{overview}\n```\n")
    folder = judged.build().folder
    melos, summary = ((folder / f"{page}.ipynb").read_text("utf-8") for page in ("melos", "summary"))
    for said in ("Said? ●", "Did it come true? ✕", "no ship came", "No help came."):
        assert said in melos, said
    assert "| Did it come true? | 0 | 0 | 1 | 0 | 0 |" in summary


def test_a_changed_verdict_writes_the_pages_that_show_it(judged: Book) -> None:
    """A page would go on giving the old verdict."""
    judged.write("aside", "# Aside\n\nNothing of the ledger.\n")
    judged.build()
    rows = judged.rows("verdicts")
    judged.save("verdicts", [*rows[:-1], {**rows[-1], "why": "No help came in time."}])
    built = judged.build()
    assert "melos" in built.written
    assert "aside" not in built.written
    assert "No help came in time." in words(built.element("melos", "hindsight-mel-2-1"))


@pytest.mark.parametrize(
    ("cells", "told"),
    [
        ({"claim": "ath-9-9"}, "column claim: found 'ath-9-9', expected the address of a current claim"),
        ({"answer": "true"}, "column answer: found 'true', expected one of yes, in part, no"),
        ({"asks": "true"}, "column asks: found 'true', expected one of said, so, came-true"),
        ({"asks": "followed"}, "column asks: found 'followed', expected another question; ath-1-2 recommends nothing"),
        ({"claim": "thu-1-1", "asks": "came-true"}, "column asks: found 'came-true', expected another question"),
        ({"gist": "word " * 7}, "expected 0 to 6 words"),
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


def test_two_answers_to_different_questions_do_not_replace_each_other(book: Book) -> None:
    """A promise's "said: yes" would have to be withdrawn for its "kept: no"."""
    other = {**FIRST, "asks": "justified", "as_of": "1900-05-01"}
    book.save("verdicts", [FIRST, other])
    assert len(read_ledger(book.data).answers("ath-1-2")) == 2


def test_a_claim_has_at_most_two_answers_in_the_order_of_questions(book: Book) -> None:
    """A claim would be judged to pieces, and two rows of one claim would stand far apart."""
    kept, justified = ({**FIRST, "asks": asks} for asks in ("kept", "justified"))
    book.save("verdicts", [FIRST, kept, justified])
    with pytest.raises(TableError, match="row 4, column asks: found 'justified', expected at most two questions"):
        read_ledger(book.data)
    book.save("verdicts", [kept, FIRST])
    with pytest.raises(TableError, match=r"row 3, column claim: .*expected the verdicts by claim, by question"):
        read_ledger(book.data)


def test_a_precis_stands_above_the_claims(book: Book) -> None:
    """A reader would have the claims of a paragraph and not what it says as a whole."""
    rows = [{"paragraph": place, "precis": f"{PRECIS} {place}"} for place in read_ledger(book.data).paragraphs]
    book.save("paragraphs", rows)
    built = book.build()
    assert not built.warnings
    (precis,) = built.section("melos", "mel-2").select(".spread > p.precis[data-precis='mel-2']")
    assert words(precis) == f"{PRECIS} mel-2"
    assert precis.find_next_sibling("div", class_="claims") is not None
    assert f"{PRECIS} mel-2" in (built.folder / "melos.ipynb").read_text("utf-8")
    book.change("paragraphs", "mel-2", precis=f"{PRECIS} Indeed.")
    written = book.build().written
    assert "melos" in written and "athens" not in written


def test_a_withdrawn_claim_has_no_verdict(book: Book) -> None:
    """A claim that the book no longer makes of the text would still be judged."""
    book.save("links", [row for row in book.rows("links") if FIRST["claim"] not in row.values()])
    book.change("claims", FIRST["claim"], status="withdrawn")
    book.save("verdicts", [FIRST])
    with pytest.raises(TableError, match="current claim"):
        read_ledger(book.data)
