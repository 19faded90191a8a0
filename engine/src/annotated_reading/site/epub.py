"""The book as EPUB 3: Sphinx's builder of that name, so that EPUBCheck finds nothing, and the same bytes each time.

Its pages are what the PDF is made of, too (`pdf`).
"""

import html
import io
import posixpath
import re
import shutil
import uuid
import zipfile
from collections.abc import Mapping, Set
from pathlib import Path
from typing import Any
from urllib.parse import urljoin, urlsplit

from docutils import nodes
from lxml import etree
from lxml.html import HtmlElement, fragment_fromstring
from sphinx.addnodes import toctree
from sphinx.application import Sphinx
from sphinx.builders.epub3 import Epub3Builder
from sphinx.config import Config

from annotated_reading.colours import filled
from annotated_reading.language import _
from annotated_reading.ledger.edition import Edition
from annotated_reading.published import render, write, zipped

ENGINE = Path(__file__).parent.parent

#: Where the book has its style sheet and its cover.
SHEET, COVER = "_static/book.css", "_static/cover.png"

#: Elements with ids in which no mark of a page may stand.
_NO_MARK_WITHIN = {"a", "span", "img", "table", "svg"}

_OPS = "http://www.idpf.org/2007/ops"
etree.register_namespace("epub", _OPS)

#: What there is of a page on a screen alone: scripts, buttons, the code of charts, ornament.
_ON_SCREEN = (
    "script", "button", "svg[@aria-hidden]", "details[contains(@class, 'above-input')]",
    "details[contains(@class, 'below-input')]/summary",
)  # fmt: skip


class ReadingEpub(Epub3Builder):
    """Builds the book as EPUB 3."""

    template_dir = str(ENGINE / "templates" / "epub")

    def init(self) -> None:
        """Begin with an empty folder, as all that lies in it is packed."""
        for path in Path(self.outdir).iterdir():
            if path.is_dir() and path != Path(self.doctreedir):
                shutil.rmtree(path)
            elif path.is_file():
                path.unlink()
        super().init()

    def copy_static_files(self) -> None:
        """Put the sheet of the book and its cover there; nothing else is asked for."""
        write(Path(self.outdir, SHEET), filled((ENGINE / "static" / "book.css").read_text("utf-8")))
        cover = _cover(self.app, self.config)
        if cover.is_file():
            write(Path(self.outdir, COVER), cover.read_bytes())

    def content_metadata(self) -> dict[str, Any]:
        """What the package file says of the book."""
        edition: Edition | None = self.config.annotated_reading_edition
        drawn = (page for page in Path(self.outdir).rglob("*.xhtml") if "<svg" in page.read_text("utf-8"))
        properties = {page.relative_to(self.outdir).as_posix(): "svg" for page in drawn}
        date, version = (edition.date, edition.version) if edition else ("1980-01-01", "")
        accessible = _(
            "Every chart has a description and its data as a table; "
            "headings, lists, tables and notes are marked as such."
        )
        return super().content_metadata() | {
            "accessible": html.escape(accessible),
            "date": date,
            "version": version,
            "properties": {**properties, COVER: "cover-image"},
        }

    def navigation_doc_metadata(self, navlist: list[Any]) -> dict[str, Any]:
        """The contents, in the parts of the book."""
        entries = {entry.refuri.partition(".xhtml")[0]: entry for entry in navlist}
        root = self.config.root_doc
        parts = [("", [entries.pop(root)])]
        for tree in self.env.get_doctree(root).findall(toctree):
            names = [name for _, name in tree["entries"] if name in entries]
            if names:
                parts.append((html.escape(tree.get("caption") or ""), [entries[name] for name in names]))
        first = parts[min(1, len(parts) - 1)][1][0]
        said = {"parts": parts, "start": first.refuri, "start_title": first.text}
        return super().navigation_doc_metadata(navlist) | said

    def build_toc(self) -> None:
        """Write no contents for readers of EPUB 2."""

    def build_epub(self) -> None:
        """Pack the files."""
        names = ["mimetype", "META-INF/container.xml", "content.opf", *sorted(self.files)]
        packed = {name: Path(self.outdir, name).read_bytes() for name in names}
        write(Path(self.outdir, f"{self.config.epub_basename}.epub"), zipped(packed))


def with_page_list(packed: bytes, pages: Mapping[int, str], source: str) -> bytes:
    """An EPUB that also says where in it each page of a printed source begins: addresses in it by numbers of pages."""
    with zipfile.ZipFile(io.BytesIO(packed)) as archive:
        files = {name: archive.read(name) for name in archive.namelist()}
    marks: dict[str, str] = {}
    for number, address in pages.items():
        page, _, place = address.partition("#")
        marks[f"pagebreak-{number}"] = page
        files[page] = _with_page_break(files[page].decode(), place, number).encode()
    listed = render("epub/page-list.xhtml", marks=marks)
    files["nav.xhtml"] = files["nav.xhtml"].replace(b"</body>", f"{listed}\n</body>".encode())
    said = render("epub/page-list.opf", source=source)
    files["content.opf"] = files["content.opf"].replace(b"  </metadata>", f"{said}\n  </metadata>".encode())
    return zipped(files)


def _with_page_break(page: str, place: str, number: int) -> str:
    """A page with the mark of a page of paper at an element: in it, or before what may hold none; else at the top."""
    element = re.search(rf'<(\w+)[^<>]*\bid="{re.escape(place)}"[^<>]*>' if place else "<(section)", page)
    assert element, f"{place} is in no page"
    at = element.start() if element[1] in _NO_MARK_WITHIN or not place else element.end()
    return page[:at] + render("epub/page-break.xhtml", number=number) + page[at:]


def _cover(app: Sphinx, config: Config) -> Path:
    return Path(app.srcdir, config.annotated_reading_cards, "cover.png")


def settle(app: Sphinx, config: Config) -> None:
    """Say of the EPUB what is known of the book."""
    edition: Edition | None = config.annotated_reading_edition
    named = f"{config.html_baseurl or config.project}{edition.folder if edition else ''}"
    settings = {
        "epub_basename": "book",
        "epub_description": (edition.abstract if edition else "") or config.project,
        "epub_identifier": f"urn:uuid:{uuid.uuid5(uuid.NAMESPACE_URL, named)}",
        "epub_uid": "book",
        "epub_contributor": config.author,
        "epub_copyright": (edition.licence if edition else "") or config.copyright or config.author,
        "epub_show_urls": "no",
        "epub_tocdepth": 2,
        "epub_tocscope": "includehidden",
        "epub_tocdup": False,
        "epub_use_index": False,
        "epub_cover": (COVER, "epub-cover.html") if _cover(app, config).is_file() else (),
        "version": config.version or "1",
        "copyright": config.copyright or config.author,
    }
    for name, value in settings.items():
        setattr(config, name, value)


def finish_page(
    app: Sphinx, page: str, template: str, context: dict[str, Any], document: nodes.document | None
) -> None:
    """Make XML of the text of a page, and leave out of it what needs a screen, a script or the site."""
    if app.builder.name == "epub":
        context["css_files"], context["script_files"] = [SHEET], []
        context["html_tag"] = context["html_tag"].replace(">", f' lang="{app.config.language}">')
        if "body" in context:
            context["body"] = _xml(app, page, context["body"])


def _xml(app: Sphinx, page: str, body: str) -> str:
    text = fragment_fromstring(body, create_parent="div")
    for element in text.xpath("|".join(f".//{path}" for path in _ON_SCREEN)):
        element.drop_tree()
    for element in text.xpath(".//details[contains(@class, 'below-input')]"):
        element.tag = "div"
    for element in text.xpath(".//summary[@aria-label]"):
        element.text = element.get("aria-label")  # a sign is enough on a screen alone
    for element in text.xpath(".//*[@role='doc-noteref']|.//*[@role='doc-footnote']"):
        element.set(f"{{{_OPS}}}type", element.get("role").removeprefix("doc-"))
    for link in text.iter("a"):
        _lead(link, page, app.env.found_docs, app.config.html_baseurl)
    return _with_namespaces(etree.tostring(text, encoding="unicode"))


def _lead(link: HtmlElement, page: str, documents: Set[str], base: str) -> None:
    """Have a link to a file of the site lead to its address there; without one its words alone stand."""
    url = urlsplit(link.get("href", ""))
    path = posixpath.normpath(posixpath.join(posixpath.dirname(page), url.path))
    if url.scheme or not url.path or path.removesuffix(".xhtml") in documents:
        return
    if base:
        link.set("href", urljoin(base, path) + (f"#{url.fragment}" if url.fragment else ""))
    else:
        link.drop_tag()


def _with_namespaces(text: str) -> str:
    """Pictures within a page in the namespace that XML wants, with the one attribute whose case HTML does not mind."""
    return re.sub(r"<svg (?!xmlns)", '<svg xmlns="http://www.w3.org/2000/svg" ', text).replace(" viewbox=", " viewBox=")
