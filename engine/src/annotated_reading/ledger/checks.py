"""What one table of a ledger asks of another: that its keys are there, and what goes beyond keys."""

from collections.abc import Collection, Iterator, Mapping, Sequence

from annotated_reading.ledger.columns import today
from annotated_reading.ledger.ledger import Ledger
from annotated_reading.ledger.questions import NO_HEDGE, answer
from annotated_reading.ledger.rows import INQUIRIES, Claim, Row, Verdict
from annotated_reading.ledger.table import Fault, Table

#: What is expected of a cell that refers to something, in words: of one that names one, and of one that names several.
_REFERRED = {
    "claims": ("the address of a current claim of claims.csv", "addresses of current claims of claims.csv"),
    "text": ("a paragraph that sections.csv counts", "paragraphs that sections.csv counts"),
    "sources": ("a key of references.bib", "keys of references.bib"),
}


def fault(table: Table[Row], row: Row, column: str, expected: str) -> Fault:
    """What is wrong with the cell of a row."""
    value = row.columns()[column].cell(getattr(row, column))
    return Fault(table.file, expected, row.row, column, value)


def check_keys(table: Table[Row], known: Mapping[str, Collection[str]]) -> Iterator[Fault]:
    """Every key that a table has of others is there. What those have, as far as it could be read, is `known`."""
    for row in table.rows:
        for name, column in row.columns().items():
            if column.refers not in known:
                continue
            value = getattr(row, name)
            one, many = _REFERRED.get(column.refers, (f"a key of {column.refers}.csv", f"keys of {column.refers}.csv"))
            for key in value if column.separator else (value,):
                if key not in known[column.refers]:
                    yield fault(table, row, name, f"{many}; {key} is not one" if column.separator else one)
                    break


def check_order(table: Table[Row], text: Sequence[str]) -> Iterator[Fault]:
    """Claims are in the order of the paragraphs of the text, and count in each from 1 without a gap.

    Of what is out of order the first is told: what follows it would be too.
    """
    order = {address: place for place, address in enumerate(text)}
    before = (-1, 0)
    for claim in table.rows:
        assert isinstance(claim, Claim)
        place = order.get(claim.paragraph)
        if place is None:
            continue
        if claim.claim != f"{claim.paragraph}-{claim.number}":
            yield fault(table, claim, "claim", f"an address in the row's own paragraph, {claim.paragraph}")
            return
        if place < before[0]:
            yield fault(table, claim, "claim", "the claims in the order of the text")
            return
        number = before[1] + 1 if place == before[0] else 1
        if claim.number != number:
            yield fault(table, claim, "claim", f"{claim.paragraph}-{number}, the next address of its paragraph")
            return
        before = (place, number)


class Checks:
    """What goes beyond keys, of a ledger whose cells and keys are good."""

    def __init__(self, ledger: Ledger, tables: Mapping[str, Table[Row]]) -> None:
        """Keep the ledger, and its tables by name."""
        self.ledger, self.tables = ledger, tables

    def faults(self) -> Iterator[Fault]:
        """Everything that is wrong, table by table."""
        for check in (
            self._people,
            self._voices,
            self._links,
            self._paragraphs,
            self._verdicts,
            self._events,
            self._questions,
        ):
            yield from check()

    def _fault(self, row: Row, column: str, expected: str) -> Fault:
        return fault(self.tables[row.TABLE], row, column, expected)

    def _people(self) -> Iterator[Fault]:
        for person in self.ledger.people.values():
            if bool(person.native) != bool(person.language):
                yield self._fault(person, "native", "a name where its language is given, and only there")

    def _voices(self) -> Iterator[Fault]:
        """Who holds a claim goes with its voice, and is named where they speak."""
        for claim in self.ledger.claims.values():
            yield from self._voice(claim)

    def _voice(self, claim: Claim) -> Iterator[Fault]:
        author = self.ledger.sections[claim.section].contributor
        if claim.voice == "own" and claim.holder != author:
            yield self._fault(claim, "holder", f"{author}, who wrote the section, as the voice is their own")
        if claim.voice == "reported" and claim.holder == author:
            yield self._fault(claim, "holder", f"somebody else than {author}, who reports it")
        if claim.paragraph not in self.ledger.people[claim.holder].paragraphs:
            expected = f"somebody whom people.csv has in {claim.paragraph}; its column paragraphs does not name it"
            yield self._fault(claim, "holder", expected)

    def _links(self) -> Iterator[Fault]:
        joined: set[frozenset[str]] = set()
        for link in self.ledger.links:
            source, target = (self.ledger.claims[end] for end in (link.source, link.target))
            pair = frozenset((link.source, link.target))
            if source.section == target.section:
                yield self._fault(link, "target", f"a claim of another section than {link.source}")
            elif pair in joined:
                yield self._fault(link, "target", f"a claim that is not yet linked with {link.source}")
            joined.add(pair)

    def _paragraphs(self) -> Iterator[Fault]:
        """Where paragraphs have a precis, all have."""
        if not self.ledger.precis:
            return
        for address in self.ledger.paragraphs:
            if address not in self.ledger.precis:
                yield Fault(self.tables["paragraphs"].file, f"a row for {address}, which sections.csv counts")

    def _verdicts(self) -> Iterator[Fault]:
        """Verdicts are in the order of claims, questions and days, and each is of the record that it names."""
        claims, asked = list(self.ledger.claims), list(INQUIRIES)
        before = (0, 0, "")
        for row in self.tables["verdicts"].rows:
            assert isinstance(row, Verdict)
            place = (claims.index(row.claim), asked.index(row.asks), row.as_of)
            if place < before:
                yield self._fault(row, "claim", f"the verdicts by claim, by question ({', '.join(asked)}) and by day")
                break
            before = place
        for claim in self.ledger.verdicts:
            yield from self._asked(self.ledger.claims[claim], self.ledger.answers(claim))
            for asks in self.ledger.verdicts[claim]:
                yield from self._history(self.ledger.history(claim, asks))

    def _asked(self, claim: Claim, answers: Sequence[Verdict]) -> Iterator[Fault]:
        """What a claim is asked is what a claim of its kind can be asked."""
        if claim.kind == "question":
            yield self._fault(answers[0], "claim", "a claim that says something; this one asks")
        if len(answers) > 2:
            yield self._fault(answers[2], "asks", f"at most two questions about {claim.claim}")
        for verdict in answers:
            if verdict.asks == "followed" and claim.kind != "recommendation":
                yield self._fault(verdict, "asks", f"another question; {claim.claim} recommends nothing to follow")
            if verdict.asks == "came-true" and claim.kind in ("fact", "recommendation"):
                yield self._fault(verdict, "asks", f"another question; {claim.claim} expects nothing to come")

    def _history(self, verdicts: Sequence[Verdict]) -> Iterator[Fault]:
        """Each verdict names the one that it replaced, and is not older than its sources."""
        for verdict, before in zip(verdicts, (*verdicts[1:], None), strict=True):
            expected = before.as_of if before else ""
            if verdict.supersedes != expected:
                said = f"{expected or 'nothing'}, the day of the verdict before it on {verdict.claim}"
                yield self._fault(verdict, "supersedes", said)
            day, source = max(((day, key) for key, day in self._read(verdict.sources)), default=("", ""))
            if verdict.as_of > today():
                yield self._fault(verdict, "as_of", f"a day not after {today()}, which is today")
            elif verdict.as_of < day:
                yield self._fault(verdict, "as_of", f"a day not before {day}, when {source} was read")

    def _read(self, sources: Sequence[str]) -> Sequence[tuple[str, str]]:
        """The sources of which the day is known on which they were read, with that day."""
        known = ((key, self.ledger.sources[key].read_on) for key in sources if key in self.ledger.sources)
        return [(key, day) for key, day in known if day]

    def _events(self) -> Iterator[Fault]:
        """Events are in the order of their dates, and none is after its sources."""
        before = ""
        for event in self.ledger.events.values():
            if event.date < before:
                yield self._fault(event, "date", f"the events in the order of their dates, after {before}")
            before = max(before, event.date)
            for key, day in self._read(event.sources):
                if event.date > day:
                    yield self._fault(event, "date", f"a date not after {day}, when {key} was read")
                    break

    def _questions(self) -> Iterator[Fault]:
        """Every answer to a question is one that the ledger has, and the right one is among them."""
        claims = self.ledger.claims.values()
        known: Mapping[str, tuple[Collection[str], str]] = {
            "holder": (self.ledger.people, "keys of people.csv"),
            "kind": ({claim.kind for claim in claims}, "kinds of claims.csv"),
            "section": (self.ledger.sections, "keys of sections.csv"),
            "voice": (("own", "reported"), "own and reported"),
            "hedge": ({claim.hedge or NO_HEDGE for claim in claims}, f"hedges of claims.csv or {NO_HEDGE}"),
        }
        for question in self.ledger.questions:
            values, expected = known[question.asks]
            wrong = [option for option in question.options if option not in values]
            right = answer(question.asks, self.ledger.claims[question.claim])
            if wrong:
                yield self._fault(question, "options", f"{expected}; {wrong[0]} is not one")
            elif len(set(question.options)) < len(question.options):
                yield self._fault(question, "options", "each answer once")
            elif right not in question.options:
                said = f"{right} among them, the {question.asks} of {question.claim} in claims.csv"
                yield self._fault(question, "options", said)
