"""The book as PDF: what can be read aloud, found by its headings, and looked up on paper."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from annotated_reading.site.offline import pack
from annotated_reading.site.pdf import read_pages, set_pdf

from ..books import Book
from ..cited import build, citable
from ..figures.test_figures import with_chart


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The tiny book as EPUB, unpacked."""
    book = citable(with_chart(tmp_path_factory.mktemp("paper") / "book"))
    return build(book, builder="epub", nb_execution_mode="force").folder


@pytest.fixture(scope="module")
def whole(folder: Path) -> Iterator[pikepdf.Pdf]:
    """The whole book as PDF."""
    set_pdf(folder, [page.path for page in read_pages(folder)], folder / "book.pdf")
    with pikepdf.open(folder / "book.pdf") as pdf:
        yield pdf


def elements(node: Any) -> Iterator[Any]:
    """The elements of the structure of a PDF."""
    if isinstance(node, pikepdf.Array):
        for child in node:
            yield from elements(child)
    elif isinstance(node, pikepdf.Dictionary) and "/S" in node:
        yield node
        yield from elements(node.get("/K"))


def test_a_program_that_reads_aloud_knows_the_language_the_title_and_the_order(whole: pikepdf.Pdf) -> None:
    """A blind reader would hear a heap of words."""
    assert str(whole.Root.Lang) == "en" and whole.Root.MarkInfo.Marked and whole.Root.ViewerPreferences.DisplayDocTitle
    assert str(whole.docinfo["/Title"]) == "The Melian dialogue, annotated"
    kinds = [str(element.S) for element in elements(whole.Root.StructTreeRoot.K)]
    levels = [int(kind[2:]) for kind in kinds if kind.startswith("/H") and kind[2:].isdigit()]
    assert levels[0] == 1 and all(after - before <= 1 for before, after in pairwise(levels))
    with whole.open_metadata() as metadata:
        assert metadata["pdfuaid:part"] == "1"


def test_every_figure_says_what_it_shows_and_is_drawn_in_lines(whole: pikepdf.Pdf) -> None:
    """A picture would be silent, or blurred on paper."""
    figures = [element for element in elements(whole.Root.StructTreeRoot.K) if str(element.S) == "/Figure"]
    assert figures and all(str(figure.get("/Alt", "")) for figure in figures)
    assert not [page for page in whole.pages if page.images]


def test_bookmarks_lead_to_chapters_and_addresses_of_claims_are_places(whole: pikepdf.Pdf) -> None:
    """A reader would scroll through all of it."""
    with whole.open_outline() as outline:
        assert {"Contents", "Athens: what power may do", "Ships"} <= {item.title for item in outline.root}
    assert "ath-1-1" in {str(name) for name in pikepdf.NameTree(whole.Root.Names.Dests)}


def test_the_same_pages_make_the_same_pdf(folder: Path) -> None:
    """Each release would be another file, and nobody could compare two."""
    for name in ("one.pdf", "two.pdf"):
        set_pdf(folder, ["athens.xhtml"], folder / name)
    assert (folder / "one.pdf").read_bytes() == (folder / "two.pdf").read_bytes()


def test_the_archive_to_read_offline_has_the_whole_site(tmp_path: Path) -> None:
    """A reader on a train would miss a page, or carry the book in itself."""
    site = Book(tmp_path / "book").build().folder
    packed = pack(site)
    (site / "book.zip").write_bytes(packed)
    assert pack(site) == packed
    with zipfile.ZipFile(site / "book.zip") as archive:
        assert {"book/index.html", "book/athens.html", "book/_static/annotated-reading.css"} <= set(archive.namelist())
