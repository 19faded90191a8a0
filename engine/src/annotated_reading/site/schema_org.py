"""What a page says in schema.org's vocabulary, as JSON-LD: the book, chapters, claims, verdicts and data."""

import json
from collections.abc import Sequence
from typing import Any

from annotated_reading.citations.item import Citations, Thing, filled
from annotated_reading.language import N_, _, label, spoken
from annotated_reading.ledger.bibliography import Author, Source
from annotated_reading.ledger.edition import Edition
from annotated_reading.ledger.ledger import Ledger
from annotated_reading.ledger.rows import VERDICTS, Claim, Person, Verdict
from annotated_reading.published import FIGURES

Node = dict[str, Any]

OF_THE_BOOK = {"figure": N_("Figure of {book}: {title}"), "table": N_("Table of {book}: {title}")}


class Graph:
    """Things as nodes of schema.org's vocabulary. `address` is that of the page; empty where it is not known."""

    def __init__(self, citations: Citations, ledger: Ledger, address: str) -> None:
        """Keep what the nodes are made of."""
        self.citations, self.ledger, self.address = citations, ledger, address
        self.edition: Edition = citations.edition

    def page(self, things: Sequence[Thing]) -> list[Node]:
        """A page, and the claims, verdicts, figures and tables on it."""
        whole = things[0]
        nodes_ = [self.book() if whole.kind == "book" else self.chapter(whole)]
        claims = [self.ledger.claims[thing.key] for thing in things if thing.kind == "claim"]
        if claims and self.citations.original:
            nodes_.append(_original(self.citations.original))
        for claim in claims:
            answers = self.ledger.answers(claim.claim)
            nodes_ += [self.review(claim, verdict, whole) for verdict in answers] or [self.claim(claim)]
        nodes_ += [self.shown_data(thing) for thing in things if thing.kind in ("figure", "table")]
        return nodes_

    def data_sets(self, things: Sequence[Thing]) -> list[Node]:
        """The tables of data."""
        return [self.data_set(thing) for thing in things]

    def book(self) -> Node:
        """The book."""
        edition = self.edition
        about = {"@id": self.citations.original.url} if self.citations.original and self.citations.original.url else ""
        more = {"abstract": edition.abstract, "keywords": list(edition.keywords), "isBasedOn": about}
        doi = f"https://doi.org/{edition.doi}" if edition.doi else ""
        return self._work("Book", edition.title, edition.authors, edition.date) | filled(
            {
                "@id": self.citations.base,
                "bookEdition": edition.version,
                "identifier": doi,
                "url": self.citations.base,
                **more,
            }
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
        if self.citations.original:
            node["appearance"] = {"@id": self.citations.original.url}
        return node | {"author": _holder(self.ledger.people[claim.holder])}

    def review(self, claim: Claim, verdict: Verdict, page: Thing) -> Node:
        """The answer to one question about a claim, with the claim. The reason for it stands on the page, once."""
        return {
            "@type": "ClaimReview",
            "url": self._at(f"hindsight-{claim.claim}-{verdict.asks}"),
            "claimReviewed": f"{verdict.question} {claim.text}",
            "itemReviewed": self._claim(claim),
            "reviewRating": _rating(verdict),
            "author": [_author(author) for author in page.authors],
            "datePublished": verdict.as_of,
        }

    def shown_data(self, thing: Thing) -> Node:
        """The data of a figure or a table of a page."""
        node = self._work("Dataset", thing.title, thing.authors, thing.date)
        node |= {"description": _(OF_THE_BOOK[thing.kind]).format(book=self.edition.title, title=thing.title)}
        if thing.kind == "figure" and self.citations.base:
            node["distribution"] = _download(f"{self.citations.base}{FIGURES}/{thing.key}.csv")
        return node | {"@id": self._at(thing.key), "url": self._at(thing.key)}

    def data_set(self, thing: Thing) -> Node:
        """A table of data."""
        node = self._work("Dataset", thing.title, thing.authors, thing.date)
        node |= filled({"description": thing.abstract, "version": self.edition.version, "isPartOf": self._whole()})
        if self.citations.base:
            address = f"{self.citations.base}{thing.place}"
            node |= {"@id": address, "url": address, "distribution": _download(address)}
        return node

    def _work(self, kind: str, name: str, authors: Sequence[Author], date: str) -> Node:
        node = {
            "@type": kind,
            "name": name,
            "author": [_author(author) for author in authors],
            "publisher": [_author(author) for author in self.edition.authors],
            "datePublished": date,
            "inLanguage": spoken(),
            "license": self.edition.licence_address,
        }
        return filled(node)

    def _whole(self) -> Node:
        return filled({"@type": "Book", "@id": self.citations.base, "name": self.edition.title})

    def _at(self, anchor: str) -> str:
        """An address on the page; in relation to it, where the site's is not known."""
        return f"{self.address}#{anchor}"


def _rating(verdict: Verdict) -> Node:
    """A verdict as a rating: its words, and what it rates as where the record decides."""
    words = f"{label(_(verdict.answer))} {verdict.gist}" if verdict.gist else _(verdict.answer)
    rating: Node = {"@type": "Rating", "alternateName": words}
    value = VERDICTS[verdict.answer].rating
    return rating if value is None else rating | {"ratingValue": value, "worstRating": 1, "bestRating": 3}


def _author(author: Author) -> Node:
    if not author.is_person:
        return {"@type": "Organization", "name": author.name}
    orcid = author.orcid
    return filled({"@type": "Person", "name": author.name, "@id": orcid})


def _holder(person: Person) -> Node:
    return {"@type": "Person" if person.kind == "person" else "Organization", "name": person.name}


def _original(original: Source) -> Node:
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
