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

#: The type that CSL has for each kind.
TYPES = {"book": "book", "figure": "figure", "table": "figure", "data": "dataset"}


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

    @property
    def address(self) -> str:
        """The address by which alone its citation differs from others of its page; empty where there is more."""
        return self.key if self.kind == "claim" else ""


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
        edition = self.edition
        item: Item = {
            "id": f"{slug(edition.title)}-{edition.version}-{slug(thing.key)}",
            "type": TYPES.get(thing.kind, "chapter"),
            "title": self._title(thing),
            "author": _names(thing.authors),
            "issued": date_parts(thing.date),
            "publisher": edition.publisher,
            "language": spoken(),
            "URL": self.address(thing.place),
            "DOI": edition.doi if thing.kind == "book" else "",
            "abstract": thing.abstract,
            # No style puts a word before an edition that is no number, and all print it.
            "edition": _("version {version}").format(version=edition.version),
            "container-title": "" if thing.kind == "book" else edition.title,
            "genre": {"figure": _("Figure"), "table": _("Table")}.get(thing.kind, ""),
        }
        return filled(item)

    def _title(self, thing: Thing) -> str:
        if thing.kind == "claim":
            return _("Claim {claim}").format(claim=nocase(thing.key))
        return f"{thing.title} {nocase(f'({thing.key})')}" if thing.kind == "paragraph" else thing.title

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


#: A part of a title that no style may set in capitals, as CSL marks it.
NOCASE = re.compile(r'<span class="nocase">(.*?)</span>')


def nocase(text: str) -> str:
    """A part of a title, marked so that no style sets it in capitals."""
    return f'<span class="nocase">{text}</span>'


def plain(title: str) -> str:
    """A title without the marks of CSL."""
    return NOCASE.sub(r"\1", title)


def filled(item: Mapping[str, Any]) -> dict[str, Any]:
    """An item without the fields that are empty."""
    return {name: value for name, value in item.items() if value not in ("", [], {})}
