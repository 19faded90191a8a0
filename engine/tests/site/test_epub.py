"""The book as EPUB: a file that readers' programs open, with everything in it that it leads to."""

from __future__ import annotations

import io
import posixpath
import zipfile
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from lxml import etree

from ..books import Book, Build
from ..cited import SITE, build, citable

XHTML = {"h": "http://www.w3.org/1999/xhtml", "epub": "http://www.idpf.org/2007/ops"}


@pytest.fixture(scope="module")
def book(tmp_path_factory: pytest.TempPathFactory) -> Book:
    """The tiny book with what HTML permits and XML does not, a note, and links to files of the site."""
    book = citable(Book(tmp_path_factory.mktemp("carried") / "book"))
    book.append("athens", "A note[^1], <br> a {site}`file <exports/claims.csv>`.\n\n[^1]: Said & done.\n")
    book.replace("index", ":glob:", ":glob:\n:hidden:\n:caption: The dialogue")
    book.append("athens", '<details hidden><summary>More</summary>Said</details>\n\n<script>alert("1")</script>\n')
    book.append("athens", '<svg viewBox="0 0 1 1"><title>A square</title><rect width="1" height="1"></rect></svg>\n')
    return book


@pytest.fixture(scope="module")
def carried(book: Book) -> Build:
    """That book as EPUB."""
    cover = book.source / "cards" / "cover.png"
    cover.parent.mkdir()
    cover.write_bytes(b"PNG")
    return build(book, builder="epub", annotated_reading_cards="cards")


def packed(carried: Build) -> dict[str, bytes]:
    """The files of the EPUB, by their names."""
    with zipfile.ZipFile(carried.folder / "book.epub") as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def test_a_program_finds_what_it_looks_for_first(carried: Build) -> None:
    """It would say that this is no book."""
    assert not carried.warnings
    with zipfile.ZipFile(carried.folder / "book.epub") as archive:
        first = archive.infolist()[0]
        assert (first.filename, first.compress_type, first.header_offset) == ("mimetype", zipfile.ZIP_STORED, 0)
        assert archive.read("mimetype") == b"application/epub+zip"


def test_all_that_is_packed_is_listed_and_all_that_is_listed_is_packed(carried: Build) -> None:
    """Programs refuse a book that lacks a file which it lists, and do not show one that it does not."""
    files = packed(carried)
    package = etree.fromstring(files["content.opf"])
    items = {item.get("href"): item for item in package.iter("{*}item")}
    assert set(items) == files.keys() - {"mimetype", "META-INF/container.xml", "content.opf"}
    ids = {item.get("id") for item in items.values()}
    spine = [ref.get("idref") for ref in package.iter("{*}itemref")]
    assert len(ids) == len(items) and set(spine) <= ids and len(spine) == len(set(spine))
    assert [name for name in files if name.startswith("_static/")] == ["_static/book.css", "_static/cover.png"]
    assert items["_static/cover.png"].get("properties") == "cover-image" and files["_static/cover.png"] == b"PNG"
    assert items["athens.xhtml"].get("properties") == "svg" and items["melos.xhtml"].get("properties") is None


def test_every_page_is_xml_and_leads_only_to_what_is_there(carried: Build) -> None:
    """A page would not open, or a reference to a claim lead nowhere."""
    files = packed(carried)
    pages = {name: etree.fromstring(raw) for name, raw in files.items() if name.endswith(".xhtml")}
    places = {name: set(page.xpath("//@id")) for name, page in pages.items()}
    assert "ath-1-1" in places["athens.xhtml"]
    for name, page in pages.items():
        assert page.get("lang") == "en", name
        assert not page.xpath("//h:script|//h:button", namespaces=XHTML)
        for address in page.xpath("//@href|//@src"):
            url = urlsplit(address)
            if not url.scheme:
                target = posixpath.normpath(posixpath.join(posixpath.dirname(name), url.path)) if url.path else name
                assert target in files, f"{name} leads to {address}"
                assert not url.fragment or url.fragment in places[target], f"{name} leads to {address}"
    athens = pages["athens.xhtml"]
    assert "Everything here rests on ath-1-1" in " ".join("".join(athens.itertext()).split())
    assert {"More on ath-1-1", "More"} <= {summary.text for summary in athens.iter("{*}summary")}
    (mark,) = athens.xpath('//h:a[@epub:type="noteref"]', namespaces=XHTML)
    assert athens.xpath(f'//h:aside[@epub:type="footnote"][@id="{mark.get("href")[1:]}"]', namespaces=XHTML)
    assert athens.xpath("//*[local-name()='svg']/@viewBox") == ["0 0 1 1"]


def test_the_contents_have_every_page_in_its_part(carried: Build) -> None:
    """A reader would have to turn pages until a chapter begins."""
    nav = etree.fromstring(packed(carried)["nav.xhtml"]).find(".//{*}nav")
    assert [part.text for part in nav.iter("{*}span")] == ["The dialogue"]
    pages = {link.get("href").partition("#")[0] for link in nav.iter("{*}a")}
    assert pages == {"index.xhtml", "athens.xhtml", "melos.xhtml", "thucydides.xhtml"}


def test_the_package_says_whose_book_it_is_and_how_it_can_be_read(carried: Build, book: Book) -> None:
    """A library could not list it, and a blind reader not know whether it can be read aloud."""
    package = etree.fromstring(packed(carried)["content.opf"])
    said = {element.get("property") or etree.QName(element).localname: element.text for element in package[0]}
    assert said["title"] == "The Melian dialogue, annotated"
    assert said["schema:version"] == "1.2.0"
    assert said["dcterms:modified"] == "1881-05-04T00:00:00Z"
    assert said["schema:accessModeSufficient"] == "textual" and "unknown" not in said.values()


def test_the_same_book_makes_the_same_file(carried: Build, tmp_path: Path) -> None:
    """Each release would be another file, and nobody could compare two."""
    book = citable(Book(tmp_path / "book"))
    again = build(book, builder="epub")
    first = (again.folder / "book.epub").read_bytes()
    (again.folder / "left.xhtml").write_text("of a page that is gone")
    again = build(book, builder="epub")
    assert (again.folder / "book.epub").read_bytes() == first
    same = build(citable(Book(tmp_path / "other" / "book")), builder="epub")
    assert (again.folder / "book.epub").read_bytes() == (same.folder / "book.epub").read_bytes()
    entries = zipfile.ZipFile(io.BytesIO((carried.folder / "book.epub").read_bytes())).infolist()
    assert {entry.date_time for entry in entries} == {(1980, 1, 1, 0, 0, 0)}


def test_links_to_files_of_a_site_without_an_address_are_words(tmp_path: Path) -> None:
    """A link would lead into the reader's own device."""
    book = citable(Book(tmp_path / "book"))
    book.append("athens", '<p><a href="data/links.csv">The links</a></p>\n')
    assert "data/links.csv" not in packed(build(book, site="", builder="epub"))["athens.xhtml"].decode()
    known = packed(build(book, builder="epub"))["athens.xhtml"].decode()
    assert f'href="{SITE}data/links.csv"' in known
