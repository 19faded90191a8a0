"""What a page says of itself to programs: Highwire Press, Dublin Core, Open Graph, and schema.org as JSON-LD.

Zotero, search engines and whatever shows a preview of a link read these.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from html import escape
from pathlib import Path
from typing import Any

from docutils import nodes
from sphinx.application import Sphinx

from annotated_reading.citations.catalogue import DATA, Catalogue
from annotated_reading.citations.edition import Author, Edition
from annotated_reading.citations.item import Citations, Original, Thing, filled
from annotated_reading.ledger.ledger import Claim, Ledger, Person
from annotated_reading.pages.domain import claim_domain
from annotated_reading.published import CITE, FIGURES, at_end, each_page, write

#: How long a description may be before it is cut at a word.
DESCRIPTION = 300

#: Width and height of the picture that stands for a page where somebody links to it.
CARD = (1200, 630)

#: Classes of what is no prose of a chapter.
_FURNITURE = {"byline", "claims", "figure-subtitle"}


def _is_furniture(node: nodes.Node) -> bool:
    return isinstance(node, nodes.Element) and (
        isinstance(node, nodes.footnote) or bool(_FURNITURE.intersection(node.get("classes", ())))
    )


def add_metadata(app: Sphinx, page: str, context: dict[str, Any], document: nodes.document | None) -> None:
    """Put the metadata into the head of a page of the book, and of the page of its data sets."""
    domain = claim_domain(app.env)
    made = domain.citations
    if made is None:
        return
    if document is not None:
        catalogue = Catalogue(app, made.edition)
        things = tuple(catalogue.of_page(page))
        head = Head(app, made, things[0], description(document) or things[0].abstract)
        graph = Graph(made, domain.ledger, head.address).page(things)
        context["metatags"] = context.get("metatags", "") + head.html() + json_ld(graph)
    elif page == f"{CITE}/{DATA}":
        sets = [thing for thing in Catalogue(app, made.edition).things().values() if thing.kind == "data"]
        graph = Graph(made, domain.ledger, "").data_sets(sets)
        context["metatags"] = context.get("metatags", "") + json_ld(graph)


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

    def __init__(self, app: Sphinx, made: Citations, page: Thing, said: str) -> None:
        """Keep the page and what is said of it."""
        self.app, self.made, self.page, self.said = app, made, page, said
        self.edition: Edition = made.edition
        self.address = f"{made.base}{page.place}" if made.base else ""

    def html(self) -> str:
        """The elements, one a line."""
        metas = [*self._highwire(), *self._dublin_core()]
        lines = [f'<meta name="{name}" content="{escape(value)}">' for name, value in metas if value]
        lines += [f'<meta property="{name}" content="{escape(value)}">' for name, value in self._open_graph() if value]
        return "".join(f"{line}\n" for line in lines)

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
        yield "citation_public_url", self.made.address(page.place)
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
        yield "DC.identifier", self.made.address(page.place)
        yield "DC.rights", edition.licence
        yield "DC.description", self.said

    def _open_graph(self) -> Iterator[tuple[str, str]]:
        yield "og:title", self.page.title
        yield "og:type", "book" if self.page.kind == "book" else "article"
        yield "og:site_name", self.edition.title
        yield "og:description", self.said
        yield "og:url", self.address
        card = card_of(self.app, self.page.page)
        if card and self.address:
            yield "og:image", f"{self.made.base}{card}"
            yield "og:image:width", str(CARD[0])
            yield "og:image:height", str(CARD[1])
            yield "og:image:alt", f"{self.page.title}. {self.edition.title}."


def _turned(author: Author) -> str:
    """A name as Highwire Press and Dublin Core have it, in which a comma stands before the given name alone."""
    return f"{author.family}, {author.given}" if author.is_person else author.family.replace(",", "")


def card_of(app: Sphinx, page: str) -> str:
    """Where the site has the picture that stands for a page, or else the one for the book; empty without any."""
    folder = app.config.annotated_reading_cards
    for name in (page, app.config.root_doc):
        if folder and (Path(app.srcdir) / folder / f"{name}.png").is_file():
            return f"{folder}/{name}.png"
    return ""


def copy_cards(app: Sphinx) -> None:
    """Put the pictures that stand for pages into the site."""
    folder = app.config.annotated_reading_cards
    if folder:
        for picture in Path(app.srcdir, folder).rglob("*.png"):
            write(Path(app.outdir) / picture.relative_to(app.srcdir), picture.read_bytes())


# schema.org


Node = dict[str, Any]


class Graph:
    """Things as nodes of schema.org's vocabulary. `address` is that of the page; empty where it is not known."""

    def __init__(self, made: Citations, ledger: Ledger, address: str) -> None:
        """Keep what the nodes are made of."""
        self.made, self.ledger, self.address = made, ledger, address
        self.edition: Edition = made.edition

    def page(self, things: Sequence[Thing]) -> list[Node]:
        """A page, and the claims, verdicts, figures and tables on it."""
        whole = things[0]
        nodes_ = [self.book() if whole.kind == "book" else self.chapter(whole)]
        claims = [self.ledger.claims[thing.key] for thing in things if thing.kind == "claim"]
        if claims and self.made.original:
            nodes_.append(_original(self.made.original))
        nodes_ += [
            self.review(claim, whole) if self.ledger.verdict(claim.claim) else self.claim(claim) for claim in claims
        ]
        nodes_ += [self.shown_data(thing) for thing in things if thing.kind in ("figure", "table")]
        return nodes_

    def data_sets(self, things: Sequence[Thing]) -> list[Node]:
        """The tables of data."""
        return [self.data_set(thing) for thing in things]

    def book(self) -> Node:
        """The book."""
        edition = self.edition
        about = {"@id": self.made.original.url} if self.made.original and self.made.original.url else ""
        more = {"abstract": edition.abstract, "keywords": list(edition.keywords), "isBasedOn": about}
        doi = f"https://doi.org/{edition.doi}" if edition.doi else ""
        return self._work("Book", edition.title, edition.authors, edition.date) | filled(
            {"@id": self.made.base, "bookEdition": edition.version, "identifier": doi, "url": self.made.base, **more}
        )

    def chapter(self, thing: Thing) -> Node:
        """A chapter."""
        return self._work("Chapter", thing.title, thing.authors, thing.date) | filled(
            {"@id": self.address, "url": self.address, "isPartOf": self._whole()}
        )

    def claim(self, claim: Claim) -> Node:
        """A claim of the text: what it says, who holds it, where it is made and where it is read."""
        return self._claim(claim) | {"text": claim.text}

    def _claim(self, claim: Claim) -> Node:
        node: Node = {"@type": "Claim", "@id": self._at(claim.claim), "name": claim.claim}
        if self.made.original:
            node["appearance"] = {"@id": self.made.original.url}
        return node | {"author": _holder(self.ledger.people[claim.holder])}

    def review(self, claim: Claim, page: Thing) -> Node:
        """A verdict on a claim, with the claim. The reason for it stands on the page, once."""
        verdict = self.ledger.verdict(claim.claim)
        assert verdict is not None
        return {
            "@type": "ClaimReview",
            "url": self._at(f"hindsight-{claim.claim}"),
            "claimReviewed": claim.text,
            "itemReviewed": self._claim(claim),
            "reviewRating": _rating(verdict.verdict),
            "author": [_author(author) for author in page.authors],
            "datePublished": verdict.as_of,
        }

    def shown_data(self, thing: Thing) -> Node:
        """The data of a figure or a table of a page."""
        node = self._work("Dataset", thing.title, thing.authors, thing.date)
        node |= {"description": f"{thing.kind.capitalize()} of {self.edition.title}: {thing.title}"}
        if thing.kind == "figure" and self.made.base:
            node["distribution"] = _download(f"{self.made.base}{FIGURES}/{thing.key}.csv")
        return node | {"@id": self._at(thing.key), "url": self._at(thing.key)}

    def data_set(self, thing: Thing) -> Node:
        """A table of data."""
        node = self._work("Dataset", thing.title, thing.authors, thing.date)
        node |= filled({"description": thing.abstract, "version": self.edition.version, "isPartOf": self._whole()})
        if self.made.base:
            address = f"{self.made.base}{thing.place}"
            node |= {"@id": address, "url": address, "distribution": _download(address)}
        return node

    def _work(self, kind: str, name: str, authors: Sequence[Author], date: str) -> Node:
        node = {
            "@type": kind,
            "name": name,
            "author": [_author(author) for author in authors],
            "publisher": [_author(author) for author in self.edition.authors],
            "datePublished": date,
            "inLanguage": "en",
            "license": self.edition.licence_address,
        }
        return filled(node)

    def _whole(self) -> Node:
        return filled({"@type": "Book", "@id": self.made.base, "name": self.edition.title})

    def _at(self, anchor: str) -> str:
        """An address on the page; in relation to it, where the site's is not known."""
        return f"{self.address}#{anchor}"


def _rating(verdict: str) -> Node:
    """A verdict as a rating: its word, and where the record decides, 1 for not borne out to 3 for borne out."""
    rating: Node = {"@type": "Rating", "alternateName": verdict}
    decided = ("not borne out", "held in part", "borne out")
    if verdict in decided:
        rating |= {"ratingValue": decided.index(verdict) + 1, "worstRating": 1, "bestRating": 3}
    return rating


def _author(author: Author) -> Node:
    if not author.is_person:
        return {"@type": "Organization", "name": author.name}
    orcid = author.orcid
    return filled({"@type": "Person", "name": author.name, "@id": orcid})


def _holder(person: Person) -> Node:
    return {"@type": "Person" if person.kind == "person" else "Organization", "name": person.name}


def _original(original: Original) -> Node:
    node = {"@type": "Article", "@id": original.url, "url": original.url, "name": original.title}
    authors = [_author(author) for author in original.authors]
    return filled({**node, "author": authors, "datePublished": original.date})


def _download(address: str) -> Node:
    return {"@type": "DataDownload", "encodingFormat": "text/csv", "contentUrl": address}


def json_ld(graph: Sequence[Node]) -> str:
    """Nodes as a block of data in the head of a page. No browser runs it, whatever policy the site has."""
    data = {"@context": "https://schema.org", "@graph": list(graph)}
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":")).replace("<", "\\u003c")
    return f'<script type="application/ld+json">{text}</script>\n'


def setup(app: Sphinx) -> None:
    """Let pages say what they are."""
    app.add_config_value("annotated_reading_cards", "", "html", str)
    each_page(app, add_metadata)
    at_end(app, copy_cards)


__all__ = ["CARD", "Graph", "Head", "card_of", "description", "json_ld"]
