"""Sources: every key is in the bibliography, no event is later than its source, each work tells where it is cited."""

from __future__ import annotations

import pytest

from ..books import Book, words
from ..ledgers import ROWS, VERDICT, WORKS, assert_told

EVENTS = ROWS["events"]


@pytest.fixture
def sourced(book: Book) -> Book:
    """The tiny book with events, a verdict and a bibliography."""
    (book.data / "references.bib").write_text(WORKS, encoding="utf-8")
    book.save("events", EVENTS)
    book.save("verdicts", [VERDICT])
    return book


@pytest.mark.parametrize(("table", "row"), [("events", 2), ("verdicts", 2)])
def test_a_source_that_is_not_in_the_bibliography_is_told(sourced: Book, table: str, row: int) -> None:
    """A scholar would look for a source that is nowhere described."""
    rows = sourced.rows(table)
    rows[0]["sources"] = "jowett1881 grote1846"
    sourced.save(table, rows)
    expected = "keys of references.bib; grote1846 is not one"
    assert_told(sourced.data, sourced.table(table), expected, row=row, column="sources", value="jowett1881 grote1846")


def test_an_event_after_its_source_was_read_is_told(sourced: Book) -> None:
    """A source would be named for what had not happened when it was read."""
    sourced.save("events", [EVENTS[0], {**EVENTS[1], "date": "1881-07", "sources": "jowett1881 thucydides431"}])
    expected = "a date not after 1881-06-01, when thucydides431 was read"
    assert_told(sourced.data, sourced.table("events"), expected, row=3, column="date", value="1881-07")


@pytest.mark.parametrize(
    ("old", "new", "expected", "value"),
    [
        ("urldate = {1881-06-01}", "urldate = {June 1881}", "a date such as", "June 1881"),
        ("@misc{thucydides431", "@misc{jowett1881", "BibTeX with each key once", None),
        ("year = {1881}}", "year = {1881}", "BibTeX with each key once", None),
    ],
)
def test_a_bad_bibliography_is_told(sourced: Book, old: str, new: str, expected: str, value: str | None) -> None:
    """The build would stop with the words of a parser, or print one of two works of the same name."""
    file = sourced.data / "references.bib"
    file.write_text(WORKS.replace(old, new, 1), encoding="utf-8")
    assert_told(sourced.data, file, expected, value=value)


def test_a_work_tells_where_it_is_cited(sourced: Book) -> None:
    """A reader of the bibliography could not see what a work is there for."""
    conf = sourced.source / "conf.py"
    settings = '\nextensions.append("sphinxcontrib.bibtex")\nbibtex_bibfiles = ["data/references.bib"]\n'
    settings += 'annotated_reading_cite_role = "footcite"\nsuppress_warnings = ["myst.footnote"]\n'
    settings += "myst_footnote_transition = False\n"
    conf.write_text(conf.read_text(encoding="utf-8") + settings, encoding="utf-8")
    sourced.append("athens", "```{hindsight} ath-1\n```\n\n```{footbibliography}\n```")
    sourced.write("events", "# The events\n\n```{events}\n```\n\n```{footbibliography}\n```\n")
    sourced.write("works", "# Works\n\n```{bibliography}\n:all:\n:list: bullet\n```\n")
    built = sourced.build()
    assert not built.warnings
    works = [item for item in built.main("works").select("li") if "Jowett" in words(item)]
    assert words(works[0].select_one(".cited-in")) == "Cited in ath-2, The events"
    assert works[0].select_one("a[href='athens.html#ath-2']") is not None
    sourced.save("events", [{**event, "sources": "thucydides431", "date": "1881-05"} for event in EVENTS])
    again = sourced.build()
    works = [item for item in again.main("works").select("li") if "Jowett" in words(item)]
    assert words(works[0].select_one(".cited-in")) == "Cited in ath-2"
