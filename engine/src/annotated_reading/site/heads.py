"""What a page says of itself to programs: Highwire Press, Dublin Core, Open Graph, and schema.org as JSON-LD.

Zotero, search engines and whatever shows a preview of a link read these.
"""

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
_FURNITURE = {"claims-head", "byline", "claims", "figure-subtitle"}


def add_metadata(app: Sphinx, page: str, context: dict[str, Any], document: nodes.document | None) -> None:
    """Put the metadata into the head of a page of the book, and of the page of its data sets."""
    domain = citing_domain(app.env)
    citations, ledger = domain.citations, claim_domain(app.env).ledger
    if citations is None:
        return
    tags = ""
    if document is not None:
        things = domain.catalogue.pages[page]
        tags = head(citations, things[0], description(document) or things[0].abstract, card_of(app, page))
        tags += json_ld(Graph(citations, ledger, _address(citations, things[0])).page(things))
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


def head(citations: Citations, page: Thing, said: str, card: str) -> str:
    """The elements for a page, what it is about in some words, and where on the site its picture is, if any."""
    return render(
        "head.html",
        page=page,
        edition=citations.edition,
        publisher=citations.items(page)[0].get("publisher"),
        authors=[_turned(author) for author in page.authors],
        address=_address(citations, page),
        kept_at=citations.address(page.place),
        said=said,
        card=card and f"{citations.base}{card}",
        width=WIDTH,
        height=HEIGHT,
    )


def _address(citations: Citations, page: Thing) -> str:
    return f"{citations.base}{page.place}" if citations.base else ""


def _turned(author: Author) -> str:
    """A name as Highwire Press and Dublin Core have it, in which a comma stands before the given name alone."""
    return f"{author.family}, {author.given}" if author.is_person else author.family.replace(",", "")
