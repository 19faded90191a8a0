"""The book as PDF: what can be read aloud, found by its headings, and looked up on paper."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Any

import pikepdf
import pypdfium2
import pytest
from annotated_reading.site.epub import with_page_list
from annotated_reading.site.offline import pack
from annotated_reading.site.pdf import read_pages, set_pdf
from lxml import etree

from ..books import Book
from ..cited import build, citable
from ..figures.test_figures import with_chart


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The tiny book as EPUB, unpacked."""
    book = citable(with_chart(tmp_path_factory.mktemp("paper") / "book"))
    return build(book, builder="epub", nb_execution_mode="force").folder


@dataclass
class Paper:
    """The whole book as PDF: the file, and what place in the EPUB comes first on each page."""

    file: Path
    places: dict[int, str]

    def texts(self) -> list[str]:
        """The words of each page, in one line."""
        pdf = pypdfium2.PdfDocument(self.file)
        return [" ".join(page.get_textpage().get_text_range().split()) for page in pdf]


@pytest.fixture(scope="module")
def paper(folder: Path) -> Paper:
    """The whole book, set once."""
    file = folder / "book.pdf"
    return Paper(file, set_pdf(folder, [page.path for page in read_pages(folder)], file))


@pytest.fixture(scope="module")
def whole(paper: Paper) -> Iterator[pikepdf.Pdf]:
    """The structure of that file."""
    with pikepdf.open(paper.file) as pdf:
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


def test_a_reference_names_the_page_of_its_claim(paper: Paper) -> None:
    """On paper nothing can be pressed: a reader would look through the whole book for a claim."""
    texts = paper.texts()
    claimed = "ath-1-1 The strong take what their strength allows"
    (page,) = (number for number, text in enumerate(texts, start=1) if claimed in text)
    referring = [text for text in texts if "Everything here rests on" in text]
    assert len(referring) == 1 and f"Everything here rests on ath-1-1, p. {page}." in referring[0]
    assert "Edition 1.2.0" in texts[0]


def test_an_answer_and_a_link_stand_once(paper: Paper) -> None:
    """Each verdict and each link between sections would be read twice, and the book be a third longer."""
    text = " ".join(paper.texts())
    assert text.count("Said?") == 1 and text.count("no ship came") == 1
    assert "What it says" not in text


def test_an_epub_knows_the_pages_of_the_pdf(folder: Path, paper: Paper) -> None:
    """A class in which one has paper and another a screen could not turn to the same page."""
    assert list(paper.places) == sorted(paper.places) and set(paper.places) <= set(range(1, len(paper.texts()) + 1))
    packed = with_page_list((folder / "book.epub").read_bytes(), paper.places, "book.pdf")
    with zipfile.ZipFile(io.BytesIO(packed)) as archive:
        assert archive.infolist()[0].filename == "mimetype"
        nav = etree.fromstring(archive.read("nav.xhtml"))
        said = archive.read("content.opf").decode()
        links = nav.findall(".//{*}nav[@role='doc-pagelist']//{*}a")
        assert [int(link.text) for link in links] == list(paper.places)
        for link, address in zip(links, paper.places.values(), strict=True):
            page, _, mark = link.get("href").partition("#")
            assert page == address.partition("#")[0]
            (there,) = etree.fromstring(archive.read(page)).xpath("//*[@id=$mark]", mark=mark)
            assert (there.get("role"), there.get("aria-label")) == ("doc-pagebreak", link.text)
    assert '<meta property="pageBreakSource">book.pdf</meta>' in said and "pageNavigation" in said


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
