"""Sources: every key is in the bibliography, no event is later than its source, each work tells where it is cited."""

from __future__ import annotations

import subprocess
import sys

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
    ("old", "new", "row", "expected", "value"),
    [
        ("urldate = {1881-06-01}", "urldate = {June 1881}", 3, "a date such as", "June 1881"),
        ("@misc{thucydides431", "@misc{jowett1881", 3, "a key that row 2 does not have already", "jowett1881"),
        ("year = {1881}}", "year = {1881}", 3, "BibTeX (", None),
    ],
)
def test_a_bad_bibliography_is_told(
    sourced: Book, old: str, new: str, row: int, expected: str, value: str | None
) -> None:
    """The build would stop with the words of a parser, or print one of two works of the same name."""
    file = sourced.data / "references.bib"
    file.write_text(WORKS.replace(old, new, 1), encoding="utf-8")
    assert_told(sourced.data, file, expected, row=row, value=value)


@pytest.mark.parametrize(
    ("old", "new", "column", "expected"),
    [
        ("title = {History}, ", "", "title", "some text on one line"),
        ("title = {History}", "title = { }", "title", "some text on one line"),
        ("author = {Thucydides}, ", "", "author", "an author or an editor"),
        ("year = {1881}, urldate", "urldate", "year", "a year such as"),
        ("year = {1881}, urldate", "year = {c. 1881}, urldate", "year", "a year such as"),
        ("year = {1881}, urldate = {1881-06-01}", "year = {2126}", "year", "a year not after 2"),
        ("urldate = {1881-06-01}", "urldate = {1880-06-01}", "urldate", "a day from 1881 to 2"),
        ("urldate = {1881-06-01}", "urldate = {2126-06-01}", "urldate", "a day from 1881 to 2"),
        ("urldate", "month = {Brumaire}, urldate", "month", "a month such as mar, or nothing"),
        ("urldate", "url = {example.org/5}, urldate", "url", "one address that begins with http"),
        ("urldate", "url = {javascript:alert(1)}, urldate", "url", "one address that begins with http"),
        ("urldate", "url = {https://example.org/a b}, urldate", "url", "one address that begins with http"),
        ("urldate", "url = {https://example.org/a\\&b}, urldate", "url", "one address that begins with http"),
        ("urldate", "url = {https://example.org/a,https://example.org/b}, urldate", "url", "one address that"),
        ("@misc", "@webpage", "type", "one of article, book"),
    ],
)
def test_a_work_that_cannot_be_found_is_told(sourced: Book, old: str, new: str, column: str, expected: str) -> None:
    """A scholar could not look it up, or a link would run what is no address."""
    file = sourced.data / "references.bib"
    assert old in WORKS
    file.write_text(new.join(WORKS.rsplit(old, 1)), encoding="utf-8")
    assert_told(sourced.data, file, expected, row=3, column=column)


def test_a_bibliography_without_a_work_is_told(sourced: Book) -> None:
    """No source that a table names would be looked for."""
    (sourced.data / "references.bib").write_text("% lost\n", encoding="utf-8")
    assert_told(sourced.data, sourced.data / "references.bib", "at least one entry")


def test_a_bibliography_in_another_encoding_is_told_with_its_row(sourced: Book) -> None:
    """The parser would end in a traceback."""
    file = sourced.data / "references.bib"
    file.write_bytes(WORKS.replace("History", "Hist\u00f3ria").encode("latin-1"))
    assert_told(sourced.data, file, "text in UTF-8", row=3, value="bytes f3")


def test_a_work_that_nobody_cites_is_told(sourced: Book) -> None:
    """The bibliography would list what the book is not made of."""
    command = [sys.executable, "-m", "annotated_reading", str(sourced.data), "--pages", str(sourced.source)]
    run = subprocess.run(command, capture_output=True, text=True, check=False)
    told = "references.bib, row 3, column entry: found 'thucydides431', expected a work that a page or a table cites\n"
    assert run.stderr.endswith(told) and run.stderr.count("\n") == 1
    sourced.append("melos", "He says so {footcite}`jowett1881, thucydides431`.")
    assert subprocess.run(command, capture_output=True, check=False).returncode == 0


def test_a_work_tells_where_it_is_cited(sourced: Book) -> None:
    """A reader of the bibliography could not see what a work is there for."""
    conf = sourced.source / "conf.py"
    settings = '\nextensions.append("sphinxcontrib.bibtex")\nbibtex_bibfiles = ["data/references.bib"]\n'
    settings += 'annotated_reading_cite_role = "footcite"\nsuppress_warnings = ["myst.footnote"]\n'
    settings += "myst_footnote_transition = False\n"
    conf.write_text(conf.read_text(encoding="utf-8") + settings, encoding="utf-8")
    sourced.append("athens", "```{footbibliography}\n```")
    sourced.write("events", "# The events\n\n```{events}\n```\n\n```{footbibliography}\n```\n")
    sourced.write("works", "# Works\n\n```{bibliography}\n:all:\n:list: bullet\n```\n")
    built = sourced.build()
    assert not built.warnings
    works = [item for item in built.main("works").select("li") if "Jowett" in words(item)]
    assert words(works[0].select_one(".cited-in")) == "Cited in ath-1, The events"
    assert works[0].select_one("a[href='athens.html#ath-1']") is not None
    sourced.save("events", [{**event, "sources": "thucydides431", "date": "1881-05"} for event in EVENTS])
    again = sourced.build()
    works = [item for item in again.main("works").select("li") if "Jowett" in words(item)]
    assert words(works[0].select_one(".cited-in")) == "Cited in ath-1"
