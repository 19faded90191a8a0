"""The book, and each of its pages, as PDF: the pages of the EPUB in their order, with a sheet for paper.

`python -m annotated_reading.site.pdf EPUB SITE` takes the folder of the EPUB and puts book.pdf, a PDF beside each page,
and book.epub with the numbers of the pages of book.pdf, into that of the site. It needs WeasyPrint, which a build of
the book does without.
"""

import posixpath
import sys
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from hashlib import md5
from pathlib import Path
from typing import Any

from lxml import etree
from markupsafe import Markup

from annotated_reading.colours import filled
from annotated_reading.published import render, write
from annotated_reading.site.epub import with_page_list

_XHTML = {"h": "http://www.w3.org/1999/xhtml"}

#: What paper has no use for: what a claim says again, ways back, rows and code of charts, the log of changes.
_OFF_PAPER = (
    'p[@class="answers"][following-sibling::h:details//@data-answers]',
    'details[.//@data-table="elsewhere"]',
    'span[@class="backrefs"]',
    'details[@data-figure-menu]/*[not(contains(@id, "-description"))]',
    'details[@class="changes"]/*[not(self::h:summary)]',
)

SHEETS = [Path(__file__).parent.parent / "static" / name for name in ("book.css", "paper.css")]


@dataclass(frozen=True)
class Page:
    """A page of the EPUB: its path there, its title, and its text."""

    path: str
    title: str
    text: Any


def read_pages(folder: Path) -> Iterator[Page]:
    """The pages of an EPUB in the order of the book, without its cover and contents."""
    package = etree.parse(folder / "content.opf")
    paths = {item.get("id"): item.get("href") for item in package.iter("{*}item")}
    for reference in package.iter("{*}itemref"):
        path = paths[reference.get("idref")]
        text = etree.parse(folder / path).find(".//{*}body")
        for element in text.xpath("|".join(f".//h:{path}" for path in _OFF_PAPER), namespaces=_XHTML):
            element.getparent().remove(element)
        title = text.find(".//{*}h1")
        if title is not None and path != "nav.xhtml":
            yield Page(path, "".join(title.itertext()).strip(), text)


def places(pages: Sequence[Page]) -> dict[tuple[str, str], str]:
    """The id that each page, and each place in it, has where the pages stand together."""
    ids: dict[tuple[str, str], str] = {}
    taken: set[str] = set()
    for number, page in enumerate(pages):
        ids[page.path, ""] = f"page-{number}"
        for name in page.text.xpath(".//@id"):
            ids[page.path, name] = f"page-{number}-{name}" if name in taken else name
            taken.add(name)
    return ids


def _joined(folder: Path, page: Page, ids: dict[tuple[str, str], str]) -> Markup:
    for element in page.text.iter("{*}*"):
        if element.get("id"):
            element.set("id", ids[page.path, element.get("id")])
        if element.get("src"):
            element.set("src", (folder / posixpath.dirname(page.path) / element.get("src")).resolve().as_uri())
        address = element.get("href", "")
        if address and ":" not in address:
            path, _, place = address.partition("#")
            there = posixpath.normpath(posixpath.join(posixpath.dirname(page.path), path)) if path else page.path
            if (there, place) in ids:
                element.set("href", f"#{ids[there, place]}")
            else:
                del element.attrib["href"]
    return Markup("".join(etree.tostring(child, encoding="unicode", method="html") for child in page.text))


def set_pdf(folder: Path, paths: Sequence[str], file: Path) -> dict[int, str]:
    """Set pages of an EPUB as a PDF; what place in the EPUB comes first on each sheet, by the sheets' numbers."""
    from weasyprint import CSS, HTML

    package = etree.parse(folder / "content.opf")
    said = {etree.QName(element).localname: element.text for element in package.find(".//{*}metadata")}
    said["version"] = package.findtext(".//{*}meta[@property='schema:version']")
    pages = [page for page in read_pages(folder) if page.path in paths]
    ids, whole = places(pages), len(pages) > 1
    joined = [(ids[page.path, ""], page.title, _joined(folder, page, ids)) for page in pages]
    text = render("paper.html", said=said, pages=joined, whole=whole, title=pages[0].title)
    sheets = [CSS(string=filled(sheet.read_text("utf-8"))) for sheet in SHEETS]
    document = HTML(string=text).render(stylesheets=sheets, pdf_tags=True)
    name = md5(text.encode(), usedforsecurity=False).digest()
    write(file, document.write_pdf(pdf_variant="pdf/ua-1", pdf_identifier=name))
    return dict(_first_places(document.pages, {name: place for place, name in ids.items()}))


def _first_places(sheets: Sequence[Any], places: Mapping[str, tuple[str, str]]) -> Iterator[tuple[int, str]]:
    seen: set[str] = set()
    for number, sheet in enumerate(sheets, start=1):
        new = sheet.anchors.keys() & places.keys() - seen
        if new:
            path, place = places[min(new, key=lambda name: (sheet.anchors[name][1], sheet.anchors[name][0], name))]
            yield number, f"{path}#{place}" if place else path
        seen |= new


def main() -> None:
    """Set the book and each page, as many at a time as there are processors; the EPUB gets the numbers of its pages."""
    folder, site = map(Path, sys.argv[1:])
    paths = [page.path for page in read_pages(folder)]
    parts = [(paths, site / "book.pdf"), *(([path], (site / path).with_suffix(".pdf")) for path in paths)]
    with ProcessPoolExecutor() as processes:
        jobs = {file: processes.submit(set_pdf, folder, pages, file) for pages, file in parts}
        for file, job in jobs.items():
            job.result()
            print(file)
    packed = (folder / "book.epub").read_bytes()
    write(site / "book.epub", with_page_list(packed, jobs[site / "book.pdf"].result(), "book.pdf"))


if __name__ == "__main__":
    main()
