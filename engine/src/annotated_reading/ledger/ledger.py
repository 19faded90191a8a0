"""The ledger of a reading: what its tables say, and what is looked up in it."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TypeVar, cast
from urllib.parse import quote

from annotated_reading.language import _
from annotated_reading.ledger.bibliography import FILE as BIBLIOGRAPHY
from annotated_reading.ledger.bibliography import Source
from annotated_reading.ledger.package import Package
from annotated_reading.ledger.rows import (
    INQUIRIES,
    TABLES,
    Claim,
    Correction,
    Event,
    Figure,
    Issue,
    Link,
    Paragraph,
    Person,
    Position,
    Question,
    Reviewed,
    Row,
    Section,
    Verdict,
)
from annotated_reading.ledger.table import Fault, TableError

R = TypeVar("R", bound=Row)


@dataclass(frozen=True)
class Ledger:
    """Everything that the tables say, each mapping by key and in the order of its table."""

    folder: Path
    tables: Mapping[str, Sequence[Row]]
    """The rows of each table by its name; of one that the reading does not have, none."""
    sources: Mapping[str, Source]
    """The bibliography; empty where there is none."""
    package: Package
    """What describes the tables, and those that it alone knows."""
    tables_citing: Mapping[str, tuple[str, ...]]
    """The other tables that cite a work of the bibliography."""
    state: str = ""
    """A digest of all that it was made of, if it was kept."""

    def _rows(self, kind: type[R]) -> tuple[R, ...]:
        return cast(tuple[R, ...], tuple(self.tables[kind.TABLE]))

    @cached_property
    def sections(self) -> Mapping[str, Section]:
        """The sections of the text."""
        return {row.section: row for row in self._rows(Section)}

    @cached_property
    def issues(self) -> Mapping[str, Issue]:
        """What claims are about."""
        return {row.issue: row for row in self._rows(Issue)}

    @cached_property
    def people(self) -> Mapping[str, Person]:
        """Whom the text names."""
        return {row.person: row for row in self._rows(Person)}

    @cached_property
    def claims(self) -> Mapping[str, Claim]:
        """What the text says."""
        return {row.claim: row for row in self._rows(Claim)}

    @cached_property
    def links(self) -> tuple[Link, ...]:
        """What joins claims of different sections."""
        return self._rows(Link)

    @cached_property
    def reviewed(self) -> tuple[Reviewed, ...]:
        """Every row of the tables as it was last held against its sources."""
        return self._rows(Reviewed)

    @cached_property
    def corrections(self) -> tuple[Correction, ...]:
        """What changed since it was published, in the order of the log."""
        return self._rows(Correction)

    @cached_property
    def figures(self) -> Mapping[str, Figure]:
        """The figures and tables that were published, by their labels."""
        return {row.figure: row for row in self._rows(Figure)}

    def subject(self, one: Correction) -> str:
        """What a change is of, which has a place of its own on a page: a claim, an event, or else a table."""
        key = one.key.split(" ")[0]
        of_claim = one.table in (Claim.TABLE, Verdict.TABLE) and key in self.claims
        return key if of_claim or (one.table == Event.TABLE and key in self.events) else one.table

    @cached_property
    def changed(self) -> frozenset[str]:
        """The claims, events and tables that the log is of."""
        return frozenset(map(self.subject, self.corrections))

    @cached_property
    def precis(self) -> Mapping[str, str]:
        """What each paragraph of the text says, in our words; empty where the reading does not say it."""
        return {row.paragraph: row.precis for row in self._rows(Paragraph)}

    @cached_property
    def verdicts(self) -> Mapping[str, Mapping[str, tuple[Verdict, ...]]]:
        """The verdicts on each claim that has any by what they ask, in the order of INQUIRIES, the newest first."""
        found: dict[str, dict[str, tuple[Verdict, ...]]] = {}
        order = list(INQUIRIES)
        newest_first = sorted(self._rows(Verdict), key=lambda verdict: verdict.as_of, reverse=True)
        for verdict in sorted(newest_first, key=lambda verdict: order.index(verdict.asks)):
            asked = found.setdefault(verdict.claim, {})
            asked[verdict.asks] = (*asked.get(verdict.asks, ()), verdict)
        return found

    @cached_property
    def positions(self) -> tuple[Position, ...]:
        """Where sections stand on issues."""
        return self._rows(Position)

    @cached_property
    def events(self) -> Mapping[str, Event]:
        """What happened."""
        return {row.event: row for row in self._rows(Event)}

    @cached_property
    def questions(self) -> tuple[Question, ...]:
        """What readers may check themselves with."""
        return self._rows(Question)

    def history(self, claim: str, asks: str) -> tuple[Verdict, ...]:
        """All that was ever answered to one question about a claim, the newest first."""
        return self.verdicts.get(claim, {}).get(asks, ())

    def answers(self, claim: str) -> tuple[Verdict, ...]:
        """The verdicts on a claim that stand, one a question, in the order of INQUIRIES."""
        return tuple(verdicts[0] for verdicts in self.verdicts.get(claim, {}).values())

    def outcome(self, claim: str) -> Verdict | None:
        """The verdict for a place that has room for one: what became of the matter, rather than that it was said."""
        return next(reversed(self.answers(claim)), None)

    @property
    def cited(self) -> frozenset[str]:
        """The works of the bibliography that tables cite."""
        found = set(self.tables_citing)
        for table, rows in self.tables.items():
            columns = [name for name, column in TABLES[table].columns().items() if column.refers == "sources"]
            found.update(key for row in rows for name in columns for key in getattr(row, name))
        return frozenset(found)

    def original(self, key: str) -> Source:
        """The text that the book reads. Raises TableError where the bibliography does not have it."""
        if key not in self.sources:
            file = self.folder / BIBLIOGRAPHY
            raise TableError([Fault(file, "the text that the book reads", column="entry", value=key)])
        return self.sources[key]

    @cached_property
    def paragraphs(self) -> Mapping[str, tuple[Claim, ...]]:
        """The claims of every paragraph of the text, by the paragraph's address."""
        found: dict[str, list[Claim]] = {address: [] for address in paragraphs(self.sections.values())}
        for claim in self.claims.values():
            found[claim.paragraph].append(claim)
        return {address: tuple(claims) for address, claims in found.items()}

    @cached_property
    def order_of_paragraphs(self) -> Mapping[str, int]:
        """The place of each paragraph in the text."""
        return {address: place for place, address in enumerate(self.paragraphs)}

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
        by = _("reported of {holder}").format(holder=holder) if claim.voice == "reported" else holder
        return f"{_(claim.kind)}, {by}"


def text_fragment(address: str, cue: str) -> str:
    """The address of a page that opens at a few words of it, by a text fragment.

    A dash, a comma and an ampersand have a meaning of their own there
    (https://wicg.github.io/scroll-to-text-fragment/), so all three are escaped.
    """
    return f"{address}#:~:text={quote(cue, safe='').replace('-', '%2D')}"


def paragraphs(sections: Iterable[Section]) -> list[str]:
    """The addresses of all paragraphs of the text, in its order."""
    return [f"{section.section}-{n}" for section in sections for n in range(1, section.paragraphs + 1)]
