"""What a page says of itself to programs: Highwire Press, Dublin Core, Open Graph, and schema.org as JSON-LD.

Zotero, search engines and whatever shows a preview of a link read these.
"""

from collections.abc import Iterator
from typing import Any

from docutils import nodes
from sphinx.application import Sphinx

from annotated_reading.citations.domain import citing_domain
from annotated_reading.citations.item import Citations, Thing
from annotated_reading.ledger.bibliography import Author
from annotated_reading.pages.domain import claim_domain
from annotated_reading.published import CITE, DATA, render
from annotated_reading.site.cards import HEIGHT, WIDTH, card_of
from annotated_reading.site.schema_org import Graph, json_ld

#: How long a description may be before it is cut at a word.
DESCRIPTION = 300

#: Classes of what is no prose of a chapter.
_FURNITURE = {"byline", "claims", "figure-subtitle"}


def add_metadata(app: Sphinx, page: str, context: dict[str, Any], document: nodes.document | None) -> None:
    """Put the metadata into the head of a page of the book, and of the page of its data sets."""
    domain = citing_domain(app.env)
    citations, ledger = domain.citations, claim_domain(app.env).ledger
    if citations is None:
        return
    tags = ""
    if document is not None:
        things = domain.catalogue.pages[page]
        head = Head(citations, things[0], description(document) or things[0].abstract, card_of(app, page))
        tags = head.html() + json_ld(Graph(citations, ledger, head.address).page(things))
    elif page == f"{CITE}/{DATA}":
        sets = [thing for thing in domain.catalogue.pages[DATA] if thing.kind == "data"]
        tags = json_ld(Graph(citations, ledger, "").data_sets(sets))
    context["metatags"] = context.get("metatags", "") + tags


def _is_furniture(node: nodes.Node) -> bool:
    return isinstance(node, nodes.Element) and (
        isinstance(node, nodes.footnote) or bool(_FURNITURE.intersection(node.get("classes", ())))
    )


def description(document: nodes.document) -> str:
    """The first paragraph of prose of a page, cut at a word."""
    furniture = {id(part) for group in document.findall(_is_furniture) for part in group.findall(nodes.paragraph)}
    for paragraph in document.findall(nodes.paragraph):
        if id(paragraph) not in furniture:
            text = " ".join(paragraph.astext().split())
            if len(text) > DESCRIPTION:
                text = text[:DESCRIPTION].rpartition(" ")[0] + " …"
            if text:
                return text
    return ""


class Head:
    """The elements that the head of a page gets."""

    def __init__(self, citations: Citations, page: Thing, said: str, card: str) -> None:
        """For a page, what it is about in some words, and where on the site its picture is, if there is one."""
        self.citations, self.page, self.said, self.card = citations, page, said, card
        self.edition = citations.edition
        self.address = f"{citations.base}{page.place}" if citations.base else ""

    def html(self) -> str:
        """The elements, one a line."""
        named = [(name, value) for name, value in (*self._highwire(), *self._dublin_core()) if value]
        properties = [(name, value) for name, value in self._open_graph() if value]
        return render("head.html", named=named, properties=properties)

    def _highwire(self) -> Iterator[tuple[str, str]]:
        page, edition = self.page, self.edition
        yield "citation_title", page.title
        for author in page.authors:
            yield "citation_author", _turned(author)
        yield "citation_publication_date", page.date.replace("-", "/")
        if page.kind == "chapter":
            yield "citation_inbook_title", edition.title
        yield "citation_publisher", edition.publisher
        yield "citation_language", "en"
        yield "citation_public_url", self.citations.address(page.place)
        if page.kind == "book":
            yield "citation_doi", edition.doi

    def _dublin_core(self) -> Iterator[tuple[str, str]]:
        page, edition = self.page, self.edition
        yield "DC.title", page.title
        for author in page.authors:
            yield "DC.creator", _turned(author)
        yield "DC.date", page.date
        yield "DC.publisher", edition.publisher
        yield "DC.type", "book" if page.kind == "book" else "bookSection"
        yield "DC.language", "en"
        yield "DC.identifier", self.citations.address(page.place)
        yield "DC.rights", edition.licence
        yield "DC.description", self.said

    def _open_graph(self) -> Iterator[tuple[str, str]]:
        yield "og:title", self.page.title
        yield "og:type", "book" if self.page.kind == "book" else "article"
        yield "og:site_name", self.edition.title
        yield "og:description", self.said
        yield "og:url", self.address
        if self.card and self.address:
            yield "og:image", f"{self.citations.base}{self.card}"
            yield "og:image:width", str(WIDTH)
            yield "og:image:height", str(HEIGHT)
            yield "og:image:alt", f"{self.page.title}. {self.edition.title}."


def _turned(author: Author) -> str:
    """A name as Highwire Press and Dublin Core have it, in which a comma stands before the given name alone."""
    return f"{author.family}, {author.given}" if author.is_person else author.family.replace(",", "")
