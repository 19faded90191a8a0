"""What can be cited of a book that has been read: it, its chapters, paragraphs, claims, figures, tables and data."""

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, NoReturn, cast

from docutils.nodes import make_id
from myst_parser.config.main import TopmatterReadError, read_topmatter
from sphinx.application import Sphinx
from sphinx.domains.std import StandardDomain
from sphinx.errors import SphinxError

from annotated_reading.citations.item import Thing
from annotated_reading.ledger.bibliography import Author
from annotated_reading.ledger.columns import is_date
from annotated_reading.ledger.edition import Edition
from annotated_reading.pages.domain import claim_domain
from annotated_reading.published import DATA


class CitationError(SphinxError):
    """Something that a citation needs is missing; the build stops."""

    category = "To cite the book"


class Catalogue:
    """Everything that can be cited of a book."""

    pages: Mapping[str, Sequence[Thing]]
    """Each page with what it has, itself first; and the data sets, which stand together as a page would."""
    things: Mapping[str, Thing]
    """All of it by its keys."""

    def __init__(self, app: Sphinx, edition: Edition) -> None:
        """Of a book of which all pages have been read.

        Raises CitationError for a page that says who wrote it or when, and does not say it well.
        """
        self._app, self._env, self._edition = app, app.env, edition
        self._domain = claim_domain(app.env)
        self._labels = self._labels_by_page()
        listed = {page: list(self._of_page(page)) for page in sorted(self._env.found_docs)}
        listed.setdefault(DATA, []).extend(self._data_sets())
        self.pages = {page: things for page, things in listed.items() if things}
        self.things = {thing.key: thing for things in listed.values() for thing in things}

    def _labels_by_page(self) -> Mapping[str, Mapping[str, tuple[str, str]]]:
        """Id and title of everything on each page that has a label and a title, by the labels."""
        labels: dict[str, dict[str, tuple[str, str]]] = {}
        for label, (page, anchor, title) in cast(StandardDomain, self._env.get_domain("std")).labels.items():
            labels.setdefault(page, {})[label] = (anchor, title)
        return labels

    def _of_page(self, page: str) -> Iterator[Thing]:
        whole = self._page(page)
        yield whole
        labels = self._labels.get(page, {})
        printed = self._domain.note(page).printed
        for address, claims in self._domain.ledger.paragraphs.items():
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

    def _page(self, page: str) -> Thing:
        """A page as a whole: the book, if it is the first, else a chapter."""
        if page == self._env.config.root_doc:
            edition = self._edition
            title, authors, date = edition.title, edition.authors, edition.date
            return Thing(page, "book", title, self._uri(page), page, authors, date, edition.abstract)
        authors, date = self._byline(page)
        return Thing(page, "chapter", self._env.titles[page].astext(), self._uri(page), page, authors, date)

    def _uri(self, page: str) -> str:
        uri = self._app.builder.get_target_uri(page)
        root = self._env.config.root_doc
        return uri.removesuffix(f"{root}.html") if page == root else uri

    def _byline(self, page: str) -> tuple[tuple[Author, ...], str]:
        """Who wrote a page and when: as its front matter says, else as the whole edition says."""
        front_matter = _front_matter(Path(self._env.doc2path(page)))
        date = str(front_matter.get("date", self._edition.date)).strip()
        if not is_date(date):
            self._refuse(page, "date", date, "a date such as 2026-11-24")
        if "authors" not in front_matter:
            return self._edition.authors, date
        names = front_matter["authors"]
        if not isinstance(names, list) or not names or not all(str(name or "").strip() for name in names):
            self._refuse(page, "authors", names, "a list of the names of its authors")
        return tuple(Author.of_person(str(name).strip()) for name in names), date

    def _refuse(self, page: str, what: str, value: object, expected: str) -> NoReturn:
        path = self._env.doc2path(page, base=False)
        raise CitationError(f"{path}, front matter, {what}: found {value!r}, expected {expected}")

    def _part(self, whole: Thing, key: str, kind: str, title: str, anchor: str, abstract: str = "") -> Thing:
        contributor = None
        if kind == "claim":
            ledger = self._domain.ledger
            section = ledger.sections[ledger.claims[key].section]
            person = ledger.people[section.contributor]
            contributor = Author.of_person(person.name) if person.kind == "person" else Author(person.name)
        place = f"{self._uri(whole.page)}#{anchor}"
        return Thing(key, kind, title, place, whole.page, whole.authors, whole.date, abstract, contributor)

    def _data_sets(self) -> Iterator[Thing]:
        for described in self._domain.ledger.package.described:
            key = f"data-{make_id(described['name'])}"
            title = str(described.get("title") or described["name"])
            place = f"{DATA}/{described['path']}"
            who, when = self._edition.authors, self._edition.date
            yield Thing(key, "data", title, place, DATA, who, when, str(described.get("description", "")))


def _front_matter(file: Path) -> Mapping[str, Any]:
    """What a page says of itself before its text, in YAML. Sphinx's own record of it makes names part of one string."""
    text = file.read_text("utf-8")
    head = text.partition("\n---")[0]
    if "authors" not in head and "date" not in head:
        return {}  # to read YAML is slow
    try:
        return read_topmatter(text) or {}
    except TopmatterReadError:
        return {}  # MyST says what is wrong with it
