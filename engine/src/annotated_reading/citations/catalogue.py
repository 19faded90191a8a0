"""What can be cited of a book that has been read: it, its chapters, paragraphs, claims, figures, tables and data."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, cast

import yaml
from docutils.nodes import make_id
from sphinx.application import Sphinx
from sphinx.domains.std import StandardDomain
from sphinx.environment import BuildEnvironment
from sphinx.errors import SphinxError

from annotated_reading.citations.edition import Author, Edition
from annotated_reading.citations.item import Thing, person
from annotated_reading.ledger.table import is_date
from annotated_reading.pages.domain import claim_domain

#: The name under which the data sets stand together, as a page would.
DATA = "data"


class CitationError(SphinxError):
    """Something that a citation needs is missing; the build stops."""

    category = "To cite the book"


class Catalogue:
    """Everything that can be cited of a book, once all of it has been read."""

    def __init__(self, app: Sphinx, edition: Edition) -> None:
        """Look at a book that has been read."""
        self.app = app
        self.env: BuildEnvironment = app.env
        self.edition = edition
        self.domain = claim_domain(self.env)

    def things(self) -> Mapping[str, Thing]:
        """All of it by its keys: page by page, each followed by what it has, and the data sets."""
        found = [thing for page in sorted(self.env.found_docs) for thing in self.of_page(page)]
        return {thing.key: thing for thing in (*found, *self._data_sets())}

    def of_page(self, page: str) -> Iterator[Thing]:
        """A page and what it has.

        Raises CitationError for a page that says who wrote it or when, and does not say it well.
        """
        whole = self.page(page)
        yield whole
        labels = self._labels_of(page)
        printed = self.domain.data["printed"].get(page, {})
        for address, claims in self.domain.ledger.paragraphs.items():
            if address in labels:
                anchor, title = labels[address]
                yield self._part(whole, address, "paragraph", title, anchor)
            for claim in claims:
                if claim.claim in printed:
                    yield self._part(whole, claim.claim, "claim", claim.claim, claim.claim, claim.words)
        for label, (anchor, title) in labels.items():
            kind = {"fig-": "figure", "tab-": "table"}.get(label[:4])
            if kind:
                yield self._part(whole, label, kind, title, anchor)

    def page(self, page: str) -> Thing:
        """A page as a whole: the book, if it is the first, else a chapter."""
        if page == self.env.config.root_doc:
            edition = self.edition
            title, authors, date = edition.title, edition.authors, edition.date
            return Thing(page, "book", title, self._uri(page), page, authors, date, edition.abstract)
        authors, date = self._byline(page)
        return Thing(page, "chapter", self.env.titles[page].astext(), self._uri(page), page, authors, date)

    def _uri(self, page: str) -> str:
        uri = self.app.builder.get_target_uri(page)
        root = self.env.config.root_doc
        return uri.removesuffix(f"{root}.html") if page == root else uri

    def _byline(self, page: str) -> tuple[tuple[Author, ...], str]:
        """Who wrote a page and when: as its front matter says, else as the whole edition says."""
        said = _front_matter(Path(self.env.doc2path(page)))
        date = str(said.get("date", self.edition.date)).strip()
        if not is_date(date):
            self._refuse(page, "date", date, "a date such as 2026-11-24")
        if "authors" not in said:
            return self.edition.authors, date
        names = said["authors"]
        if not isinstance(names, list) or not names or not all(str(name or "").strip() for name in names):
            self._refuse(page, "authors", names, "a list of the names of its authors")
        return tuple(person(str(name).strip()) for name in names), date

    def _refuse(self, page: str, what: str, value: object, expected: str) -> None:
        path = self.env.doc2path(page, base=False)
        raise CitationError(f"{path}, front matter, {what}: found {value!r}, expected {expected}")

    def _labels_of(self, page: str) -> dict[str, tuple[str, str]]:
        """Id and title of everything on a page that has a label and a title."""
        std = cast(StandardDomain, self.env.get_domain("std"))
        return {label: (anchor, title) for label, (docname, anchor, title) in std.labels.items() if docname == page}

    def _part(self, whole: Thing, key: str, kind: str, title: str, anchor: str, abstract: str = "") -> Thing:
        contributor = None
        if kind == "claim":
            ledger = self.domain.ledger
            section = ledger.sections[ledger.claims[key].section]
            said = ledger.people[section.contributor]
            contributor = person(said.name) if said.kind == "person" else Author(said.name)
        place = f"{self._uri(whole.page)}#{anchor}"
        return Thing(key, kind, title, place, whole.page, whole.authors, whole.date, abstract, contributor)

    def _data_sets(self) -> Iterator[Thing]:
        file = self.domain.ledger.folder / "datapackage.json"
        if file.is_file():
            for one in json.loads(file.read_text("utf-8"))["resources"]:
                key = f"data-{make_id(one['name'])}"
                title = str(one.get("title") or one["name"])
                place = f"{self.domain.ledger.folder.name}/{one['path']}"
                who, when = self.edition.authors, self.edition.date
                yield Thing(key, "data", title, place, DATA, who, when, str(one.get("description", "")))


def _front_matter(file: Path) -> Mapping[str, Any]:
    """What a page says of itself before its text, in YAML. Sphinx's own record of it makes names part of one string."""
    found = re.match(r"---\n(.*?\n)---\n", file.read_text("utf-8"), re.DOTALL)
    try:
        said = yaml.safe_load(found[1]) if found else None
    except yaml.YAMLError:
        return {}  # MyST says what is wrong with it
    return said if isinstance(said, dict) else {}


__all__ = ["DATA", "Catalogue", "CitationError"]
