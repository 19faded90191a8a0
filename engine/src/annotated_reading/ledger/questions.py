"""Questions on claims, for readers who check themselves: the right answer is not in the table but looked up."""

from collections.abc import Sequence
from dataclasses import dataclass

from annotated_reading.language import _, quoted
from annotated_reading.ledger.ledger import Ledger
from annotated_reading.ledger.rows import ASKS, Claim, Question

NO_HEDGE = "none"
"""The answer to `hedge` that the text does not soften the claim."""


@dataclass(frozen=True)
class Asked:
    """A question in words, as a page or a program can ask it."""

    key: str
    text: str
    options: Sequence[str]
    right: str
    why: str
    claim: Claim


def asked(question: Question, ledger: Ledger) -> Asked:
    """A question with its answers as they read, of which one is right."""
    claim = ledger.claims[question.claim]
    labels = {option: label(option, question.asks, claim, ledger) for option in question.options}
    text = f"{_(ASKS[question.asks])} {claim.text}"
    return Asked(
        question.question, text, tuple(labels.values()), labels[answer(question.asks, claim)], question.why, claim
    )


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
        said = _("The claim of {author}") if option == "own" else _("Somebody else’s, whom {author} reports")
        return said.format(author=author)
    if asks == "hedge":
        return _("None: it is not softened") if option == NO_HEDGE else quoted(option)
    return _(option).capitalize()
