"""The ledger of a reading: its sections, people, issues, claims and links, read from CSV files and checked.

Nothing here knows of Sphinx, or of the text that is read.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from urllib.parse import quote

from annotated_reading.ledger.bibliography import Source, check_days, check_sources, read_sources, tables_citing
from annotated_reading.ledger.questions import QUESTION_TABLE, Question, check_questions, question
from annotated_reading.ledger.table import (
    Column,
    Row,
    TableError,
    date,
    matching,
    one_of,
    optional,
    partial_date,
    read_table,
    text,
    words,
)

KINDS = ("fact", "assessment", "prediction", "recommendation", "question")
RELATIONS = ("agrees", "contrasts", "elaborates", "answers", "same-event")
VERDICTS = ("borne out", "held in part", "not borne out", "still open", "cannot be checked")
STANCES = ("for", "against", "mixed", "waiting", "silent")
HUES = ("slate", "blue", "red", "teal", "ochre", "violet")

_KEY = r"[a-z0-9]+(-[a-z0-9]+)*"
_NUMBER = r"[1-9][0-9]*"
_PARAGRAPH = rf"[a-z]+-{_NUMBER}"
_CLAIM = rf"[a-z]+-{_NUMBER}-{_NUMBER}"

#: The tables of a ledger: the columns of each, and which of them make its key.
TABLES: Mapping[str, tuple[tuple[Column, ...], tuple[str, ...]]] = {
    "sections": (
        (
            matching("section", "[a-z]+", "a key in lower-case letters"),
            text("name"),
            optional("location"),
            text("contributor"),
            one_of("hue", *HUES),
            matching("paragraphs", _NUMBER, "a whole number from 1"),
        ),
        ("section",),
    ),
    "issues": (
        (matching("issue", _KEY, "a key such as the-troops"), text("name"), text("about")),
        ("issue",),
    ),
    "people": (
        (
            matching("person", _KEY, "a key such as jane-doe"),
            text("name"),
            one_of("kind", "person", "body", "group", "medium", "agreement"),
            text("role"),
            matching("native", r"(\S(.*\S)?)?", "a name, or nothing"),
            matching("language", "([a-z]{2,3}(-[A-Z][a-z]{3})?)?", "a language tag such as ko or zh-Hans, or nothing"),
            matching(
                "paragraphs",
                f"([a-z]+-{_NUMBER}( [a-z]+-{_NUMBER})*)?",
                "addresses of paragraphs, separated by spaces, or nothing",
            ),
        ),
        ("person",),
    ),
    "claims": (
        (
            matching("claim", _CLAIM, "an address such as us-5-2"),
            matching("paragraph", f"[a-z]+-{_NUMBER}", "the address of a paragraph such as us-5"),
            words("text", 1, 35),
            one_of("kind", *KINDS),
            text("holder"),
            one_of("voice", "own", "reported"),
            optional("hedge"),
            text("issue"),
            words("cue", 3, 7),
            one_of("status", "current", "withdrawn"),
        ),
        ("claim",),
    ),
    "links": (
        (text("source"), text("target"), one_of("relation", *RELATIONS), text("why")),
        ("source", "target"),
    ),
}

#: The columns of verdicts.csv, a table that a reading need not have, and its key.
VERDICT_TABLE: tuple[tuple[Column, ...], tuple[str, ...]] = (
    (
        text("claim"),
        one_of("verdict", *VERDICTS),
        date("as_of"),
        words("why", 1, 50),
        matching("sources", f"{_KEY}( {_KEY})*", "keys of the bibliography, separated by spaces"),
        words("counter", 0, 30),
        Column("supersedes", "the as_of of the verdict that this one replaces, or nothing", lambda cell: True),
    ),
    ("claim", "as_of"),
)

#: The columns of positions.csv, a table that a reading need not have, and its key.
POSITION_TABLE: tuple[tuple[Column, ...], tuple[str, ...]] = (
    (
        text("issue"),
        text("section"),
        words("position", 1, 20),
        one_of("stance", *STANCES),
        matching("claims", rf"{_CLAIM}( {_CLAIM})*", "addresses of claims, separated by spaces"),
    ),
    ("issue", "section"),
)

#: The columns of events.csv, a table that a reading need not have, and its key.
EVENT_TABLE: tuple[tuple[Column, ...], tuple[str, ...]] = (
    (
        matching("event", _KEY, "a key such as the-armistice"),
        partial_date("date"),
        words("what", 1, 25),
        text("actors"),
        text("theme"),
        matching("paragraphs", f"{_PARAGRAPH}( {_PARAGRAPH})*", "addresses of paragraphs, separated by spaces"),
        matching("sources", f"{_KEY}( {_KEY})*", "keys of the bibliography, separated by spaces"),
    ),
    ("event",),
)


@dataclass(frozen=True)
class Section:
    """A section of the text: its key, name, place, author (a key of people), hue and number of paragraphs."""

    section: str
    name: str
    location: str
    contributor: str
    hue: str
    paragraphs: int


@dataclass(frozen=True)
class Issue:
    """What claims are about."""

    issue: str
    name: str
    about: str


@dataclass(frozen=True)
class Person:
    """A person, body, group, medium or agreement, with its role at the time and the paragraphs that name it.

    `native` is its name in its own script, and `language` the language of that (BCP 47), where both are known.
    """

    person: str
    name: str
    kind: str
    role: str
    native: str
    language: str
    paragraphs: tuple[str, ...]


@dataclass(frozen=True)
class Claim:
    """One thing that the text says: its address and place, our paraphrase, and who says it, and how."""

    claim: str
    paragraph: str
    text: str
    kind: str
    holder: str
    voice: str
    hedge: str
    issue: str
    cue: str
    status: str
    row: int = field(compare=False, repr=False)
    """The row of claims.csv that it stands in, for messages; it says nothing of the claim."""

    @property
    def section(self) -> str:
        """The key of the section that makes the claim."""
        return self.claim.split("-", 1)[0]

    @property
    def words(self) -> str:
        """What a page prints of it: the paraphrase, and that it is withdrawn where it is."""
        return f"{self.text} Withdrawn." if self.status == "withdrawn" else self.text

    @property
    def number(self) -> int:
        """Its place among the claims of its paragraph, from 1."""
        return int(self.claim.rsplit("-", 1)[1])


@dataclass(frozen=True)
class Link:
    """A relation between two claims of different sections, and the reason for it."""

    source: str
    target: str
    relation: str
    why: str


@dataclass(frozen=True)
class Verdict:
    """What became of a claim, as of a day: the reason, its sources, what speaks against it, what it replaced."""

    claim: str
    verdict: str
    as_of: str
    why: str
    sources: tuple[str, ...]
    counter: str
    supersedes: str


@dataclass(frozen=True)
class Position:
    """Where one section, a key of sections, stands on an issue as the text shows it, and the claims that show it."""

    issue: str
    section: str
    position: str
    stance: str
    claims: tuple[str, ...]


@dataclass(frozen=True)
class Event:
    """What happened on a day, in a month or in a year, and the paragraphs that it bears on."""

    event: str
    date: str
    what: str
    actors: str
    theme: str
    paragraphs: tuple[str, ...]
    sources: tuple[str, ...]


@dataclass(frozen=True)
class Ledger:
    """Everything that the tables say, each mapping by key and in the order of its table."""

    folder: Path
    sections: Mapping[str, Section]
    issues: Mapping[str, Issue]
    people: Mapping[str, Person]
    claims: Mapping[str, Claim]
    links: tuple[Link, ...]
    verdicts: Mapping[str, tuple[Verdict, ...]]
    """The verdicts on each claim that has any, the newest first."""
    positions: tuple[Position, ...]
    events: Mapping[str, Event]
    sources: Mapping[str, Source]
    """The bibliography; empty where there is none."""
    tables_citing: Mapping[str, tuple[str, ...]]
    """The other tables that cite a work of the bibliography."""
    questions: tuple[Question, ...]
    """What readers may check themselves with, in the order of the table."""

    def verdict(self, claim: str) -> Verdict | None:
        """The verdict on a claim that stands, if there is one."""
        return self.verdicts[claim][0] if claim in self.verdicts else None

    @cached_property
    def paragraphs(self) -> Mapping[str, tuple[Claim, ...]]:
        """The claims of every paragraph of the text, by the paragraph's address."""
        found: dict[str, list[Claim]] = {address: [] for address in _paragraphs(self.sections)}
        for claim in self.claims.values():
            found[claim.paragraph].append(claim)
        return {address: tuple(claims) for address, claims in found.items()}

    @cached_property
    def _links_of(self) -> Mapping[str, tuple[tuple[Link, Claim], ...]]:
        found: dict[str, list[tuple[Link, Claim]]] = {address: [] for address in self.claims}
        for link in self.links:
            found[link.source].append((link, self.claims[link.target]))
            found[link.target].append((link, self.claims[link.source]))
        return {address: tuple(pairs) for address, pairs in found.items()}

    def first_of(self, section: str) -> Claim | None:
        """The first claim of a section, if it has any."""
        return next((claim for claim in self.claims.values() if claim.section == section), None)

    def links_of(self, claim: str) -> tuple[tuple[Link, Claim], ...]:
        """The links of a claim, each with the claim at its other end, in the order of the text."""
        return tuple(sorted(self._links_of[claim], key=lambda pair: self._order[pair[1].claim]))

    @cached_property
    def _order(self) -> Mapping[str, int]:
        return {address: place for place, address in enumerate(self.claims)}

    def elsewhere(self, paragraph: str) -> Mapping[str, tuple[tuple[Link, Claim, Claim], ...]]:
        """The links of a paragraph's claims by the section at the other end, in the order of the text.

        Each is the link, the claim here and the claim there; within a section, in the order of links.csv.
        """
        here = {claim.claim for claim in self.paragraphs[paragraph]}
        found: dict[str, list[tuple[Link, Claim, Claim]]] = {section: [] for section in self.sections}
        for link in self.links:
            for near, far in ((link.source, link.target), (link.target, link.source)):
                if near in here:
                    there = self.claims[far]
                    found[there.section].append((link, self.claims[near], there))
        return {section: tuple(links) for section, links in found.items() if links}

    def hue(self, claim: Claim) -> str:
        """The name of the colour of the section that makes the claim."""
        return self.sections[claim.section].hue

    def attribution(self, claim: Claim) -> str:
        """Kind and holder of a claim in words, such as "assessment, reported of Jane Doe"."""
        holder = self.people[claim.holder].name
        by = f"reported of {holder}" if claim.voice == "reported" else holder
        return f"{claim.kind}, {by}"


def text_fragment(address: str, cue: str) -> str:
    """The address of a page that opens at a few words of it, by a text fragment.

    A dash, a comma and an ampersand have a meaning of their own there
    (https://wicg.github.io/scroll-to-text-fragment/), so all three are escaped.
    """
    return f"{address}#:~:text={quote(cue, safe='').replace('-', '%2D')}"


def read_ledger(folder: Path) -> Ledger:
    """The ledger in a folder that holds the files sections, issues, people, claims and links, all .csv,

    and perhaps verdicts.csv, positions.csv, events.csv and questions.csv, and references.bib with what these cite.

    Raises TableError, which names the place and what was expected, for the first thing that is wrong.
    """
    rows = {name: read_table(folder / f"{name}.csv", *spec) for name, spec in TABLES.items()}
    sections = {
        row.cells["section"]: Section(**{**row.cells, "paragraphs": int(row.cells["paragraphs"])})  # type: ignore[arg-type]
        for row in rows["sections"]
    }
    people = {
        row.cells["person"]: Person(**{**row.cells, "paragraphs": tuple(row.cells["paragraphs"].split())})  # type: ignore[arg-type]
        for row in rows["people"]
    }
    issues = {row.cells["issue"]: Issue(**row.cells) for row in rows["issues"]}
    claims = {row.cells["claim"]: Claim(**row.cells, row=row.number) for row in rows["claims"]}
    links = tuple(Link(**row.cells) for row in rows["links"])
    sources = read_sources(folder)
    verdict_rows = _read_optional(folder / "verdicts.csv", VERDICT_TABLE)
    position_rows = _read_optional(folder / "positions.csv", POSITION_TABLE)
    positions = tuple(
        Position(**{**row.cells, "claims": tuple(row.cells["claims"].split())})  # type: ignore[arg-type]
        for row in position_rows
    )
    event_rows = _read_optional(folder / "events.csv", EVENT_TABLE)
    events = {row.cells["event"]: _event(row) for row in event_rows}
    question_rows = _read_optional(folder / "questions.csv", QUESTION_TABLE)
    ledger = Ledger(
        folder,
        sections,
        issues,
        people,
        claims,
        links,
        _verdicts(verdict_rows),
        positions,
        events,
        sources or {},
        tables_citing(folder, TABLES, sources) if sources else {},
        tuple(map(question, question_rows)),
    )
    _check_sections(rows["sections"], ledger)
    _check_people(rows["people"], ledger)
    _check_claims(rows["claims"], ledger)
    _check_links(rows["links"], ledger)
    _check_verdicts(verdict_rows, ledger)
    check_sources(verdict_rows, sources)
    _check_positions(position_rows, ledger)
    _check_events(event_rows, ledger)
    check_sources(event_rows, sources)
    check_days(event_rows, sources)
    check_questions(question_rows, ledger)
    return ledger


def _event(row: Row) -> Event:
    lists = {column: tuple(row.cells[column].split()) for column in ("paragraphs", "sources")}
    return Event(**{**row.cells, **lists})  # type: ignore[arg-type]


def _read_optional(file: Path, spec: tuple[tuple[Column, ...], tuple[str, ...]]) -> list[Row]:
    return read_table(file, *spec) if file.is_file() else []


def _verdicts(rows: list[Row]) -> dict[str, tuple[Verdict, ...]]:
    found: dict[str, list[Verdict]] = {}
    for row in sorted(rows, key=lambda row: row.cells["as_of"], reverse=True):
        verdict = Verdict(**{**row.cells, "sources": tuple(row.cells["sources"].split())})  # type: ignore[arg-type]
        found.setdefault(verdict.claim, []).append(verdict)
    return {claim: tuple(verdicts) for claim, verdicts in found.items()}


def _paragraphs(sections: Mapping[str, Section]) -> list[str]:
    return [f"{key}-{n}" for key, section in sections.items() for n in range(1, section.paragraphs + 1)]


def _check_sections(rows: list[Row], ledger: Ledger) -> None:
    for row in rows:
        if row.cells["contributor"] not in ledger.people:
            raise row.error("contributor", "a key of people.csv")


def _check_people(rows: list[Row], ledger: Ledger) -> None:
    known = set(_paragraphs(ledger.sections))
    for row in rows:
        if bool(row.cells["native"]) != bool(row.cells["language"]):
            raise row.error("native", "a name where its language is given, and only there")
        for address in row.cells["paragraphs"].split():
            if address not in known:
                raise row.error("paragraphs", f"paragraphs that sections.csv counts; {address} is not one")


def _check_claims(rows: list[Row], ledger: Ledger) -> None:
    places = {address: place for place, address in enumerate(_paragraphs(ledger.sections))}
    before = (-1, 0)
    for row in rows:
        claim = ledger.claims[row.cells["claim"]]
        if claim.paragraph not in places:
            raise row.error("paragraph", "a paragraph that sections.csv counts")
        if claim.claim != f"{claim.paragraph}-{claim.number}":
            raise row.error("claim", f"an address in the row's own paragraph, {claim.paragraph}")
        place = places[claim.paragraph]
        if place < before[0]:
            raise row.error("claim", "the claims in the order of the text")
        number = before[1] + 1 if place == before[0] else 1
        if claim.number != number:
            raise row.error("claim", f"{claim.paragraph}-{number}, the next address of its paragraph")
        before = (place, number)
        if claim.holder not in ledger.people:
            raise row.error("holder", "a key of people.csv")
        if claim.issue not in ledger.issues:
            raise row.error("issue", "a key of issues.csv")


def _check_links(rows: list[Row], ledger: Ledger) -> None:
    joined: set[frozenset[str]] = set()
    for row in rows:
        for column in ("source", "target"):
            claim = ledger.claims.get(row.cells[column])
            if claim is None or claim.status != "current":
                raise row.error(column, "the address of a current claim of claims.csv")
        source, target = (ledger.claims[row.cells[column]] for column in ("source", "target"))
        if source.section == target.section:
            raise row.error("target", f"a claim of another section than {source.claim}")
        pair = frozenset((source.claim, target.claim))
        if pair in joined:
            raise row.error("target", f"a claim that is not yet linked with {source.claim}")
        joined.add(pair)


def _check_verdicts(rows: list[Row], ledger: Ledger) -> None:
    for row in rows:
        claim = ledger.claims.get(row.cells["claim"])
        if claim is None or claim.status != "current":
            raise row.error("claim", "the address of a current claim of claims.csv")
        days = [verdict.as_of for verdict in ledger.verdicts[claim.claim]]
        before = [day for day in days if day < row.cells["as_of"]]
        expected = before[0] if before else ""
        if row.cells["supersedes"] != expected:
            raise row.error("supersedes", f"{expected or 'nothing'}, the day of the verdict before it on {claim.claim}")


def _check_positions(rows: list[Row], ledger: Ledger) -> None:
    for row in rows:
        if row.cells["issue"] not in ledger.issues:
            raise row.error("issue", "a key of issues.csv")
        if row.cells["section"] not in ledger.sections:
            raise row.error("section", "a key of sections.csv")
        for address in row.cells["claims"].split():
            claim = ledger.claims.get(address)
            if claim is None or claim.status != "current":
                raise row.error("claims", f"addresses of current claims of claims.csv; {address} is not one")


def _check_events(rows: list[Row], ledger: Ledger) -> None:
    before = ""
    for row in rows:
        if row.cells["date"] < before:
            raise row.error("date", f"the events in the order of their dates, after {before}")
        before = row.cells["date"]
        for address in row.cells["paragraphs"].split():
            if address not in ledger.paragraphs:
                raise row.error("paragraphs", f"paragraphs that sections.csv counts; {address} is not one")


__all__ = [
    "EVENT_TABLE",
    "HUES",
    "KINDS",
    "POSITION_TABLE",
    "RELATIONS",
    "TABLES",
    "VERDICTS",
    "VERDICT_TABLE",
    "Claim",
    "Event",
    "Issue",
    "Ledger",
    "Link",
    "Person",
    "Position",
    "Section",
    "TableError",
    "Verdict",
    "read_ledger",
    "text_fragment",
]
