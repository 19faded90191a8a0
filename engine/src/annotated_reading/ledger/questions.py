"""Questions on claims, for readers who check themselves: what each asks, and the answer that the ledger has.

The table names a claim, what is asked of it and the answers to choose from. Which of them is right is looked up.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from annotated_reading.ledger.table import Column, Row, matching, one_of, text, words

if TYPE_CHECKING:
    from annotated_reading.ledger.ledger import Claim, Ledger

#: What may be asked of a claim, and how.
ASKS = {
    "holder": "Who says this?",
    "kind": "What kind of claim is this?",
    "section": "Which section says this?",
    "voice": "Whose claim is this?",
    "hedge": "Which words of the text soften this?",
}

NO_HEDGE = "none"
"""The answer to `hedge` that the text does not soften the claim."""

#: The columns of questions.csv, a table that a reading need not have, and its key.
QUESTION_TABLE: tuple[tuple[Column, ...], tuple[str, ...]] = (
    (
        matching("question", r"[a-z0-9]+(-[a-z0-9]+)*", "a key such as us-check-1"),
        text("section"),
        text("claim"),
        one_of("asks", *ASKS),
        matching("options", r"[^;\s][^;]*(; [^;\s][^;]*)+", "two or more answers, separated by semicolons"),
        words("why", 1, 50),
    ),
    ("question",),
)


@dataclass(frozen=True)
class Question:
    """What is asked of a claim in the self-check of a section, the answers to choose from, and the reason."""

    question: str
    section: str
    claim: str
    asks: str
    options: tuple[str, ...]
    why: str


def question(row: Row) -> Question:
    """The question that a row of questions.csv asks."""
    return Question(**{**row.cells, "options": tuple(row.cells["options"].split("; "))})  # type: ignore[arg-type]


def answer(asks: str, claim: Claim) -> str:
    """The right answer, as the ledger has it: a key, or the words of the hedge."""
    if asks == "hedge":
        return claim.hedge or NO_HEDGE
    return str({"holder": claim.holder, "kind": claim.kind, "section": claim.section, "voice": claim.voice}[asks])


def label(option: str, asks: str, claim: Claim, ledger: Ledger) -> str:
    """How an answer reads."""
    author = ledger.people[ledger.sections[claim.section].contributor].name
    if asks == "holder":
        return ledger.people[option].name
    if asks == "section":
        return ledger.sections[option].name
    if asks == "voice":
        return f"The claim of {author}" if option == "own" else f"Somebody else’s, whom {author} reports"
    if asks == "hedge":
        return "None: it is not softened" if option == NO_HEDGE else f"“{option}”"
    return option.capitalize()


def check_questions(rows: Sequence[Row], ledger: Ledger) -> None:
    """Raise TableError for the first question whose claim, options or answer the ledger does not have."""
    known = {
        "holder": (ledger.people, "keys of people.csv"),
        "kind": ({claim.kind for claim in ledger.claims.values()}, "kinds of claims.csv"),
        "section": (ledger.sections, "keys of sections.csv"),
        "voice": (("own", "reported"), "own and reported"),
        "hedge": ({claim.hedge or NO_HEDGE for claim in ledger.claims.values()}, f"hedges of claims.csv or {NO_HEDGE}"),
    }
    for row in rows:
        asked = question(row)
        if asked.section not in ledger.sections:
            raise row.error("section", "a key of sections.csv")
        claim = ledger.claims.get(asked.claim)
        if claim is None or claim.status != "current":
            raise row.error("claim", "the address of a current claim of claims.csv")
        values, expected = known[asked.asks]
        for option in asked.options:
            if option not in values:
                raise row.error("options", f"{expected}; {option} is not one")
        if len(set(asked.options)) < len(asked.options):
            raise row.error("options", "each answer once")
        right = answer(asked.asks, claim)
        if right not in asked.options:
            raise row.error("options", f"{right} among them, the {asked.asks} of {claim.claim} in claims.csv")
