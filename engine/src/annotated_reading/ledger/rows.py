"""The tables of a ledger: a class for each, a field for each column, with what its cells may hold.

Reading, messages, the schema of the exported ledger and what datapackage.json says of a table follow from its class.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from typing import Any, ClassVar

from annotated_reading.language import N_, _
from annotated_reading.ledger.columns import (
    Column,
    Value,
    count,
    day,
    key,
    line,
    matching,
    one_of,
    partial_day,
    several,
    words,
)

KINDS = (N_("fact"), N_("assessment"), N_("prediction"), N_("recommendation"), N_("question"))
#: What the first claim of a link does to the second, and the second to the first.
RELATIONS = {
    "agrees": (N_("agrees with"), N_("agrees with")),
    "contrasts": (N_("contrasts with"), N_("contrasts with")),
    "elaborates": (N_("is elaborated by"), N_("elaborates")),
    "answers": (N_("is answered by"), N_("answers")),
    "same-event": (N_("is of the same event as"), N_("is of the same event as")),
}
STANCES = (N_("for"), N_("against"), N_("mixed"), N_("waiting"), N_("silent"))
#: What has an address that was published is never gone, but can be withdrawn.
STATES = ("current", "withdrawn")
HUES = ("slate", "blue", "red", "teal", "ochre", "violet")

#: What may be asked of a claim, and how.
ASKS = {
    "holder": N_("Who says this?"),
    "kind": N_("What kind of claim is this?"),
    "section": N_("Which section says this?"),
    "voice": N_("Whose claim is this?"),
    "hedge": N_("Which words of the text soften this?"),
}


@dataclass(frozen=True)
class Grade:
    """An answer of the scale: the sign before it, so that colour does not carry it alone, and what it rates as."""

    sign: str
    rating: int | None
    """From 1 for the worst to 3 for the best; None where the record does not decide."""


#: The scale of verdicts.
VERDICTS: Mapping[str, Grade] = {
    N_("yes"): Grade("●", 3),
    N_("in part"): Grade("◐", 2),
    N_("no"): Grade("✕", 1),
    N_("still open"): Grade("○", None),
    N_("cannot be checked"): Grade("–", None),
}


@dataclass(frozen=True)
class Inquiry:
    """What a verdict answers."""

    label: str
    """In the few words that stand before every answer."""
    question: str


#: What may be asked of the record. Where a claim has two answers they stand in this order.
INQUIRIES: Mapping[str, Inquiry] = {
    "said": Inquiry(N_("said"), N_("Said?")),
    "so": Inquiry(N_("so at the time"), N_("So at the time?")),
    "came-true": Inquiry(N_("came true"), N_("Did it come true?")),
    "kept": Inquiry(N_("kept"), N_("Was it kept?")),
    "justified": Inquiry(N_("justified"), N_("Was it justified?")),
    "followed": Inquiry(N_("followed"), N_("Was it followed?")),
}

_KEY = "[a-z0-9]+(-[a-z0-9]+)*"
_PARAGRAPH = "[a-z]+-[1-9][0-9]{0,2}"
_CLAIM = f"{_PARAGRAPH}-[1-9][0-9]{{0,2}}"
_PARAGRAPHS = "addresses of paragraphs, separated by spaces"
_SOURCES = "keys of the bibliography, separated by spaces"


@dataclass(frozen=True, kw_only=True)
class Row:
    """A row of a table, whose name and key are TABLE and KEY."""

    TABLE: ClassVar[str]
    KEY: ClassVar[tuple[str, ...]]

    row: int = field(compare=False, repr=False)
    """Where it stands in its file, for messages; it says nothing of what the row is about."""

    @classmethod
    def columns(cls) -> Mapping[str, Column]:
        """The columns of the table, in their order."""
        return {one.name: one.metadata["column"] for one in fields(cls) if "column" in one.metadata}

    @classmethod
    def json_schema(cls) -> Mapping[str, Any]:
        """The JSON Schema of what `values` says."""
        properties = {name: column.json_schema() for name, column in cls.columns().items()}
        return {
            "type": "object",
            "properties": properties,
            "required": list(properties),
            "additionalProperties": False,
        }

    @classmethod
    def table_schema(cls) -> Mapping[str, Any]:
        """What a data package says of the table: types and constraints, keys and foreign keys."""
        described = [
            {"name": name, **column.table_schema(unique=(name,) == cls.KEY)} for name, column in cls.columns().items()
        ]
        foreign = [
            {"fields": [name], "reference": {"resource": column.refers, "fields": list(TABLES[column.refers].KEY)}}
            for name, column in cls.columns().items()
            if column.refers in TABLES and not column.separator
        ]
        return {"fields": described, "primaryKey": list(cls.KEY), **({"foreignKeys": foreign} if foreign else {})}

    def values(self) -> dict[str, Value]:
        """What the row says, by column."""
        return {name: getattr(self, name) for name in self.columns()}


@dataclass(frozen=True, kw_only=True)
class Section(Row):
    """A section of the text: its key, name, place, author (a key of people), hue and number of paragraphs."""

    TABLE, KEY = "sections", ("section",)

    section: str = matching("[a-z]+", "a key in lower-case letters")
    name: str = line()
    location: str = line(required=False)
    contributor: str = key("people")
    hue: str = one_of(*HUES)
    paragraphs: int = count(999)


@dataclass(frozen=True, kw_only=True)
class Issue(Row):
    """What claims are about."""

    TABLE, KEY = "issues", ("issue",)

    issue: str = matching(_KEY, "a key such as right-and-strength")
    name: str = line()
    about: str = line()


@dataclass(frozen=True, kw_only=True)
class Person(Row):
    """A person, body, group, medium or agreement, with its role at the time and the paragraphs that name it.

    `native` is its name in its own script, and `language` the language of that (BCP 47), where both are known.
    """

    TABLE, KEY = "people", ("person",)

    person: str = matching(_KEY, "a key such as jane-doe")
    name: str = line()
    kind: str = one_of(N_("person"), N_("body"), N_("group"), N_("medium"), N_("agreement"))
    role: str = line()
    native: str = matching(r"\S(.*\S)?", "a name, or nothing", required=False)
    language: str = matching(
        "[a-z]{2,3}(-[A-Z][a-z]{3})?", "a language tag such as el or sr-Latn, or nothing", required=False
    )
    paragraphs: tuple[str, ...] = several(_PARAGRAPH, f"{_PARAGRAPHS}, or nothing", refers="text", required=False)


@dataclass(frozen=True, kw_only=True)
class Claim(Row):
    """One thing that the text says: its address and place, our paraphrase, and who says it, and how."""

    TABLE, KEY = "claims", ("claim",)

    claim: str = matching(_CLAIM, "an address such as ath-1-2")
    paragraph: str = matching(_PARAGRAPH, "the address of a paragraph such as ath-1", refers="text")
    text: str = words(1, 35)
    kind: str = one_of(*KINDS)
    holder: str = key("people")
    voice: str = one_of("own", "reported")
    hedge: str = line(required=False)
    issue: str = key("issues")
    cue: str = words(3, 7)
    status: str = one_of(*STATES)

    @property
    def section(self) -> str:
        """The key of the section that makes the claim."""
        return self.claim.split("-", 1)[0]

    @property
    def words(self) -> str:
        """What a page prints of it: the paraphrase, and that it is withdrawn where it is."""
        return " ".join((self.text, _("Withdrawn."))) if self.status == "withdrawn" else self.text

    @property
    def number(self) -> int:
        """Its place among the claims of its paragraph, from 1."""
        return int(self.claim.rsplit("-", 1)[1])


@dataclass(frozen=True, kw_only=True)
class Link(Row):
    """A relation between two claims of different sections, and the reason for it."""

    TABLE, KEY = "links", ("source", "target")

    source: str = key("claims")
    target: str = key("claims")
    relation: str = one_of(*RELATIONS)
    why: str = line()


@dataclass(frozen=True, kw_only=True)
class Paragraph(Row):
    """What a paragraph of the text says, in our words."""

    TABLE, KEY = "paragraphs", ("paragraph",)

    paragraph: str = matching(_PARAGRAPH, "the address of a paragraph such as ath-1", refers="text")
    precis: str = words(15, 60)


@dataclass(frozen=True, kw_only=True)
class Verdict(Row):
    """What the record answers to a question about a claim, as of a day, and why; `gist` says that in few words."""

    TABLE, KEY = "verdicts", ("claim", "asks", "as_of")

    claim: str = key("claims")
    asks: str = one_of(*INQUIRIES)
    answer: str = one_of(*VERDICTS)
    gist: str = words(0, 6)
    as_of: str = day()
    why: str = words(1, 50)
    sources: tuple[str, ...] = several(_KEY, _SOURCES, refers="sources")
    counter: str = words(0, 30)
    supersedes: str = day(required=False, says="the as_of of the verdict that this one replaces, or nothing")

    @property
    def label(self) -> str:
        """What was asked, in few words. No page prints an answer without it or the question."""
        return _(INQUIRIES[self.asks].label)

    @property
    def question(self) -> str:
        """What was asked, as a question."""
        return _(INQUIRIES[self.asks].question)

    @property
    def finding(self) -> str:
        """The answer with its gist, such as "no, rebuilt in 2019"."""
        return f"{_(self.answer)}, {self.gist}" if self.gist else _(self.answer)

    @property
    def signed(self) -> str:
        """The answer alone with its sign before it."""
        return f"{VERDICTS[self.answer].sign}\N{NO-BREAK SPACE}{_(self.answer)}"


@dataclass(frozen=True, kw_only=True)
class Position(Row):
    """Where one section, a key of sections, stands on an issue as the text shows it, and the claims that show it."""

    TABLE, KEY = "positions", ("issue", "section")

    issue: str = key("issues")
    section: str = key("sections")
    position: str = words(1, 20)
    stance: str = one_of(*STANCES)
    claims: tuple[str, ...] = several(_CLAIM, "addresses of claims, separated by spaces", refers="claims")


@dataclass(frozen=True, kw_only=True)
class Event(Row):
    """What happened on a day, in a month or in a year, and the paragraphs that it bears on."""

    TABLE, KEY = "events", ("event",)

    event: str = matching(_KEY, "a key such as the-armistice")
    date: str = partial_day()
    what: str = words(1, 25)
    actors: str = line()
    theme: str = line()
    paragraphs: tuple[str, ...] = several(_PARAGRAPH, _PARAGRAPHS, refers="text")
    sources: tuple[str, ...] = several(_KEY, _SOURCES, refers="sources")
    status: str = one_of(*STATES)

    @property
    def words(self) -> str:
        """What a page prints of it: what happened, and that it is withdrawn where it is."""
        return " ".join((self.what, _("Withdrawn."))) if self.status == "withdrawn" else self.what


@dataclass(frozen=True, kw_only=True)
class Question(Row):
    """What is asked of a claim in the self-check of a section, the answers to choose from, and the reason."""

    TABLE, KEY = "questions", ("question",)

    question: str = matching(_KEY, "a key such as ath-check-1")
    section: str = key("sections")
    claim: str = key("claims")
    asks: str = one_of(*ASKS)
    options: tuple[str, ...] = several(
        r"[^;\s][^;]*", "two or more answers, separated by semicolons", separator="; ", least=2
    )
    why: str = words(1, 50)


@dataclass(frozen=True, kw_only=True)
class Figure(Row):
    """A figure or table of a page that was published: its label, which is its address, and its title."""

    TABLE, KEY = "figures", ("figure",)

    figure: str = matching("(fig|tab)-[a-z0-9-]+", "a label such as fig-ships or tab-cities")
    title: str = line()
    status: str = one_of(*STATES)


@dataclass(frozen=True, kw_only=True)
class Reviewed(Row):
    """A row of another table as it was last held against its sources: a fingerprint of its cells, and the day.

    Where the row is gone there is no fingerprint.
    """

    TABLE, KEY = "reviewed", ("table", "key")

    table: str = line()
    key: str = line()
    fingerprint: str = matching("[0-9a-f]{16}", "16 digits of a fingerprint, or nothing", required=False)
    checked: str = day()


@dataclass(frozen=True, kw_only=True)
class Correction(Row):
    """What changed since it was published: a cell, or a row where `column` is empty; what it was, and why."""

    TABLE, KEY = "corrections", ("date", "table", "key", "column", "was", "why")

    date: str = day()
    table: str = line()
    key: str = line()
    column: str = line(required=False)
    was: str = line(required=False)
    now: str = line(required=False)
    why: str = words(1, 60)


#: The tables that every ledger has, by name, and those that one may have.
REQUIRED: Mapping[str, type[Row]] = {kind.TABLE: kind for kind in (Section, Issue, Person, Claim, Link)}
OPTIONAL: Mapping[str, type[Row]] = {
    kind.TABLE: kind for kind in (Paragraph, Verdict, Position, Event, Question, Figure, Reviewed, Correction)
}
TABLES: Mapping[str, type[Row]] = {**REQUIRED, **OPTIONAL}
