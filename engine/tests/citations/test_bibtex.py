"""What sphinxcontrib-bibtex prints of a work follows the work's entry, though it is kept from one build to the next."""

from __future__ import annotations

import pytest
from annotated_reading.citations.bibtex import Keeping
from pybtex.plugin import find_plugin
from pybtex.style.formatting.alpha import Style as AlphaStyle

from ..books import Book, Build, words

ENTRY = "@book{hobbes1629, author = {Hobbes, Thomas}, title = {Eight Bookes}, year = {1629}, publisher = {Seile}}\n"
OTHER = "@book{smith1910, author = {Smith, Charles}, title = {Thucydides}, year = {1919}, publisher = {Heinemann}}\n"


def build(book: Book, bibliography: str, style: str = "alpha") -> Build:
    """The tiny book with a page of sources, which cites one of them in a footnote too."""
    (book.data / "references.bib").write_text(bibliography, "utf-8")
    extensions = ["myst_nb", "annotated_reading", "sphinxcontrib.bibtex"]
    files = ["data/references.bib"]
    return book.build(extensions=extensions, bibtex_bibfiles=files, bibtex_default_style=style)


def sources(built: Build) -> list[str]:
    """The works as the page prints them."""
    return [words(work) for work in built.main("melos").select("div.citation, aside.footnote")]


def test_a_changed_work_is_printed_as_it_is_now(book: Book) -> None:
    """A corrected title or author would never reach the reader."""
    book.append(
        "melos", "Said once {footcite}`hobbes1629`.\n\n```{footbibliography}\n```\n\n```{bibliography}\n:all:\n```"
    )
    first = sources(build(book, ENTRY + OTHER))
    assert len(first) == 3 and sum("Eight Bookes" in work for work in first) == 2
    again = sources(build(book, ENTRY.replace("Eight", "Nine") + OTHER))
    assert [work.replace("Nine", "Eight") for work in again] == first and "Nine Bookes" in "".join(again)
    assert sources(build(book, ENTRY + OTHER)) == first


def test_titles_of_works_are_their_links(book: Book) -> None:
    """Addresses of three lines would stand between a reader and what the sources are."""
    address = "https://example.org/eight-bookes"
    entry = f"@misc{{hobbes, author = {{Hobbes}}, title = {{Bookes}}, year = {{1881}}, url = {{{address}}}, "
    entry += "urldate = {1881-01-01}}\n"
    book.append("melos", "Said {footcite}`hobbes,hobbes1629`.\n\n```{footbibliography}\n```")
    built = build(book, entry + ENTRY, style="linked-titles")
    assert sorted(work.partition("] ")[2] for work in sources(built)) == [
        "Hobbes. Bookes. 1881. Read on 1881-01-01.",
        "Thomas Hobbes. Eight Bookes. Seile, 1629.",
    ]
    assert [words(link) for link in built.main("melos").select(f"a[href='{address}']")] == ["Bookes"]
    fold = built.main("melos").select_one("details.sources:not([open])")
    assert fold is not None and words(fold.find("summary")) == "2 sources"


def test_a_work_that_has_not_changed_is_not_formatted_again(book: Book, monkeypatch: pytest.MonkeyPatch) -> None:
    """An editor would wait for a thousand sources after each sentence."""
    book.append("melos", "```{bibliography}\n:all:\n```")
    build(book, ENTRY + OTHER)
    style = find_plugin("pybtex.style.formatting", "alpha")
    assert issubclass(style, Keeping)
    monkeypatch.setattr(style, "known", {})
    formatted: list[str] = []
    monkeypatch.setattr(AlphaStyle, "get_book_template", lambda *args: formatted.append("book"), raising=True)
    book.append("athens", "A sentence.")
    build(book, ENTRY + OTHER)
    assert formatted == []
