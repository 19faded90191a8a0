"""What can be cited of a book, as items of the Citation Style Language (CSL-JSON).

A claim is cited together with the text that makes it, whose contributor has said it. Nothing here knows of Sphinx.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from annotated_reading.language import _, spoken
from annotated_reading.ledger.bibliography import Author, Source, names
from annotated_reading.ledger.edition import Edition

#: One item of CSL-JSON (https://docs.citationstyles.org/en/stable/specification.html).
Item = dict[str, Any]

#: The type that CSL has for each kind; it has others for what is shown, which programs do not know as parts of a book.
TYPES = {"book": "book", "data": "dataset"}


@dataclass(frozen=True)
class Thing:
    """Something of a book that can be cited."""

    key: str
    """Its own address, such as ath-1-2; of a page, its name."""
    kind: str
    """A book, chapter, paragraph, claim, figure, table or data."""
    title: str
    place: str
    """Where it is below the address of the book, such as athens.html#ath-1-2."""
    page: str
    """The name of the page that has it."""
    authors: tuple[Author, ...]
    date: str
    abstract: str = ""
    contributor: Author | None = None
    """Of a claim, whose section of the text makes it."""


@dataclass(frozen=True)
class Citations:
    """Makes the items of one edition."""

    edition: Edition
    original: Source | None
    """The text that it reads."""
    base: str
    """The address of the book's site, ending with a slash; where it is empty, no item has an address."""

    def address(self, place: str) -> str:
        """The address at which a place of the book stays with this edition; empty without an address of the book."""
        return f"{self.base}{self.edition.folder}/{place}" if self.base else ""

    def items(self, thing: Thing) -> tuple[Item, ...]:
        """What a citation of a thing cites: the thing, and of a claim also the text that makes it."""
        own = self._own(thing)
        return (own, self._behind(thing)) if thing.kind == "claim" and self.original else (own,)

    def _own(self, thing: Thing) -> Item:
        edition, is_data = self.edition, thing.kind == "data"
        # Who brings out what they have written is not named again; data are kept by the book.
        publisher = edition.publisher if names(thing.authors) != edition.publisher else ""
        item: Item = {
            "id": f"{slug(edition.title)}-{edition.version}-{slug(thing.key)}",
            "type": TYPES.get(thing.kind, "chapter"),
            "title": _title(thing),
            "author": _names(thing.authors),
            "issued": date_parts(thing.date),
            "publisher": edition.title if is_data else publisher,
            "language": spoken(),
            "URL": self.address(thing.place),
            "DOI": edition.doi if thing.kind == "book" else "",
            "abstract": thing.abstract,
            # No style puts a word before an edition that is no number, and all print it.
            "edition": "" if is_data else _("version {version}").format(version=edition.version),
            "version": edition.version if is_data else "",
            "container-title": "" if is_data or thing.kind == "book" else edition.title,
        }
        return filled(item)

    def _behind(self, thing: Thing) -> Item:
        original = self.original
        assert original is not None
        authors = (thing.contributor,) if thing.contributor else original.authors
        last = slug(authors[0].family) if authors else ""
        return filled(
            {
                "id": "-".join(filter(None, (last, original.date[:4], slug(original.title)))),
                "type": "webpage",
                "title": original.title,
                "author": _names(authors),
                "issued": date_parts(original.date),
                "publisher": original.publisher if names(authors) != original.publisher else "",
                "genre": original.genre,
                "language": spoken(),
                "URL": original.url,
            }
        )


def _title(thing: Thing) -> str:
    """The title of a thing, which says what it is: an address by its sign, for which no style has a capital letter."""
    named = {
        "claim": _("Claim {claim}").format(claim=f"#{thing.key}"),
        "paragraph": f"{thing.title} (#{thing.key})",
        "figure": _("{title} (figure)").format(title=thing.title),
        "table": _("{title} (table)").format(title=thing.title),
    }
    return named.get(thing.kind, thing.title)


def _names(authors: Sequence[Author]) -> list[Mapping[str, str]]:
    return [
        {"family": author.family, "given": author.given} if author.is_person else {"literal": author.family}
        for author in authors
    ]


def date_parts(date: str) -> Mapping[str, Any]:
    """A date as CSL has it."""
    return {"date-parts": [[int(part) for part in date.split("-")]]}


def slug(text: str) -> str:
    """A text as part of a key: letters, figures and hyphens."""
    return re.sub(r"[^a-z0-9.]+", "-", text.lower()).strip("-")


def filled(item: Mapping[str, Any]) -> dict[str, Any]:
    """An item without the fields that are empty."""
    return {name: value for name, value in item.items() if value not in ("", [], {})}
