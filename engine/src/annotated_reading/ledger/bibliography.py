"""The works of a reading, as its bibliography has them: its sources, and the text that it reads."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Self

from pybtex.database import BibliographyData, Entry, Person, parse_string
from pybtex.exceptions import PybtexError

from annotated_reading.language import listed
from annotated_reading.ledger.columns import Column, today
from annotated_reading.ledger.table import Fault, TableError, read_text

FILE = "references.bib"

#: The months, as BibTeX names them.
MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")

#: The kinds of entries that BibTeX's own styles know.
_KINDS = (
    *("article", "book", "booklet", "conference", "inbook", "incollection", "inproceedings", "manual"),
    *("mastersthesis", "misc", "phdthesis", "proceedings", "techreport", "unpublished"),
)
_MONTH = re.compile(f"({'|'.join(MONTHS)})[a-z]*", re.IGNORECASE)
_START = re.compile(r"\s*@\w+\s*[{(]\s*([^\s,]+)")
#: Braces of BibTeX, and the backslash that it wants before an ampersand, which are no part of a text.
_BRACES = re.compile(r"[{}\\]")

#: What the fields of an entry may hold that the engine reads.
_FIELDS: Mapping[str, Column] = {
    "title": Column(),
    "year": Column(type="year", minimum="1"),
    "month": Column(
        required=False, test=lambda cell: bool(_MONTH.fullmatch(cell)), says="a month such as mar, or nothing"
    ),
    "url": Column(
        required=False,
        pattern=r"https?://[^\s\\{}<>\"]+",
        test=lambda cell: not re.search(r"[,;|]https?:", cell),
        says="one address that begins with http:// or https://, without spaces, backslashes and braces, or nothing",
    ),
    "urldate": Column(type="date", required=False),
}

#: The fields that a rule can speak of in every entry.
_NAMES = ("author", "editor", "howpublished", "journal", "keywords", "note", "publisher", *_FIELDS)


@dataclass(frozen=True)
class Author:
    """Who wrote something: a person by family and given name, or a body by its `family` name alone."""

    family: str
    given: str = ""
    orcid: str = ""

    @classmethod
    def of_person(cls, name: str) -> Self:
        """A person by the name as one says it, family name last."""
        given, _, family = name.rpartition(" ")
        return cls(family, given)

    @property
    def name(self) -> str:
        """The name as one says it."""
        return f"{self.given} {self.family}".strip()

    @property
    def is_person(self) -> bool:
        """Whether it is a person, of whom citations turn the name round."""
        return bool(self.given)


def names(authors: Sequence[Author]) -> str:
    """The names of authors as one says them."""
    return listed([author.name for author in authors])


@dataclass(frozen=True)
class Source:
    """A work of the bibliography."""

    credit: str
    """Whom a chart credits with it: its authors by their last names, and its year."""
    read_on: str
    """The day on which it was read; empty where that is not known."""
    title: str = ""
    authors: tuple[Author, ...] = ()
    """Its authors; of a collection without any, its editors."""
    publisher: str = ""
    """Who published it; its authors, where nobody else is named."""
    genre: str = ""
    date: str = ""
    """A year, or a year and a month, as far as it is known."""
    url: str = ""
    row: int | None = None
    """Where its entry begins."""


@dataclass(frozen=True)
class Bibliography:
    """The works of a bibliography by their keys, and what is wrong with it."""

    sources: Mapping[str, Source]
    entries: Mapping[str, Mapping[str, str]]
    """The fields of each entry, its `type` and `author` among them; "" for those that it does not have."""
    faults: Sequence[Fault]


def read_bibliography(folder: Path) -> Bibliography | None:
    """The bibliography of a folder, if it has one; without entries where it is no BibTeX."""
    file = folder / FILE
    if not file.exists():
        return None
    try:
        text = read_text(file)
        parsed: BibliographyData = parse_string(text, "bibtex")
    except TableError as error:
        return Bibliography({}, {}, error.faults)
    except PybtexError as error:
        unread = Fault(file, f"BibTeX ({error})", getattr(error, "lineno", None))
        return Bibliography({}, {}, list(_repeated(file, text)) or [unread])
    rows = {key: row for row, key in _starts(text)}
    entries = {key: _fields(entry) for key, entry in parsed.entries.items()}
    faults = [fault for key, cells in entries.items() for fault in _bad_fields(file, rows.get(key), key, cells)]
    if not entries:
        faults.append(Fault(file, "at least one entry"))
    sources = {key: _source(entry, rows.get(key)) for key, entry in parsed.entries.items()}
    return Bibliography(sources, entries, faults)


def _starts(text: str) -> Iterator[tuple[int, str]]:
    """Where each entry begins, and its key."""
    for row, line in enumerate(text.split("\n"), start=1):
        start = _START.match(line)
        if start:
            yield row, start[1]


def _repeated(file: Path, text: str) -> Iterator[Fault]:
    seen: dict[str, int] = {}
    for row, key in _starts(text):
        before = seen.setdefault(key.lower(), row)
        if before != row:
            yield Fault(file, f"a key that row {before} does not have already", row, "entry", key)


def read_sources(folder: Path) -> Mapping[str, Source] | None:
    """The works of a folder's bibliography by their keys; None without one. Raises TableError for what is wrong."""
    found = read_bibliography(folder)
    if found is not None and found.faults:
        raise TableError(found.faults)
    return None if found is None else found.sources


def _fields(entry: Entry) -> dict[str, str]:
    people = {role: " and ".join(map(str, persons)) for role, persons in entry.persons.items()}
    fields = {name.lower(): str(value) for name, value in entry.fields.items()}
    return {**dict.fromkeys(_NAMES, ""), "type": entry.type, **people, **fields}


def _bad_fields(file: Path, row: int | None, key: str, cells: Mapping[str, str]) -> Iterator[Fault]:
    if cells["type"] not in _KINDS:
        yield Fault(file, f"one of {', '.join(_KINDS)}", row, f"type of {key}", cells["type"])
    if not (cells["author"] or cells["editor"]):
        yield Fault(file, "an author or an editor", row, f"author of {key}", "")
    bad = {name: column.expects(cells[name]) for name, column in _FIELDS.items() if not column.accepts(cells[name])}
    for name, expected in bad.items():
        yield Fault(file, expected, row, f"{name} of {key}", cells[name])
    read_on = cells["urldate"]
    if read_on and not bad and not cells["year"] <= read_on <= today():
        yield Fault(file, f"a day from {cells['year']} to {today()}", row, f"urldate of {key}", read_on)
    if not bad and cells["year"] > today()[:4]:
        yield Fault(file, f"a year not after {today()[:4]}", row, f"year of {key}", cells["year"])


def _source(entry: Entry, row: int | None) -> Source:
    def said(name: str) -> str:
        return _BRACES.sub("", str(entry.fields.get(name, "")))

    persons = entry.persons.get("author") or entry.persons.get("editor") or ()
    authors = tuple(map(_author, persons))
    month = said("month").lower()[:3]
    known = f"-{MONTHS.index(month) + 1:02}" if month in MONTHS else ""
    return Source(
        credit=f"{listed([author.family for author in authors])} {said('year')}".strip(),
        read_on=said("urldate"),
        title=said("title"),
        authors=authors,
        publisher=said("publisher") or said("institution") or names(authors),
        genre=said("howpublished"),
        date=said("year") + known,
        url=said("url"),
        row=row,
    )


def _author(person: Person) -> Author:
    family = " ".join((*person.prelast_names, *person.last_names))
    given = " ".join((*person.first_names, *person.middle_names))
    return Author(_BRACES.sub("", family), _BRACES.sub("", given))
