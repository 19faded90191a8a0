"""What of a ledger each directive prints, by name, and its fingerprint: where that changes, a page is made again."""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass

from annotated_reading.ledger.ledger import Ledger
from annotated_reading.ledger.rows import Claim


def fingerprint(value: object) -> str:
    """A short fingerprint of a value of frozen dataclasses, tuples and strings, the same in every process."""
    return hashlib.sha256(repr(value).encode()).hexdigest()[:16]


@dataclass(frozen=True)
class Part:
    """What one of the functions below finds in a ledger for an address; None where the ledger no longer has it."""

    find: Callable[[Ledger, str], object]
    address: str = ""

    def fingerprint(self, ledger: Ledger) -> str:
        """The fingerprint of what is found."""
        return fingerprint(self.find(ledger, self.address))


def everything(ledger: Ledger, _: str) -> object:
    """All claims and sections: `{overview}`."""
    return tuple(_shown(ledger, claim) for claim in ledger.claims.values()), tuple(ledger.sections.values())


def register(ledger: Ledger, _: str) -> object:
    """The same: `{register}`."""
    return everything(ledger, "")


def section(ledger: Ledger, key: str) -> object:
    """A section, its author and where its text begins: `{byline}`."""
    found = ledger.sections.get(key)
    first = ledger.first_of(key)
    return found and (found, ledger.people[found.contributor], first and first.cue)


def claim(ledger: Ledger, address: str) -> object:
    """A claim: `{excerpt}`."""
    return _shown(ledger, ledger.claims[address]) if address in ledger.claims else None


def claims(ledger: Ledger, paragraph: str) -> object:
    """The precis of a paragraph, its claims, what they are linked with and what became of them: `{claims}`."""
    found = ledger.paragraphs.get(paragraph, ())
    links = ([link for link, _ in ledger.links_of(one.claim)] for one in found)
    verdicts = (ledger.verdicts.get(one.claim) for one in found)
    shown = tuple(zip((_shown(ledger, one) for one in found), links, verdicts, strict=True))
    return shown, ledger.precis.get(paragraph), tuple(ledger.sections.values())


def elsewhere(ledger: Ledger, paragraph: str) -> object:
    """The links of a paragraph's claims by section: `{elsewhere}`."""
    pairs = ledger.elsewhere(paragraph).items() if paragraph in ledger.paragraphs else ()
    return tuple((ledger.sections[key], [link for link, _, _ in links]) for key, links in pairs)


def hindsight(ledger: Ledger, paragraph: str) -> object:
    """Whether the text has a paragraph: `{hindsight}`."""
    return paragraph in ledger.paragraphs


def people(ledger: Ledger, kind: str) -> object:
    """The people of a kind and who holds which claim: `{people}`."""
    holders = tuple((one.claim, one.holder, ledger.hue(one)) for one in ledger.claims.values())
    return tuple(person for person in ledger.people.values() if person.kind == kind), holders


def positions(ledger: Ledger, _: str) -> object:
    """All positions: `{positions}`."""
    return ledger.positions, tuple(ledger.sections.values()), tuple(ledger.issues.values())


def events(ledger: Ledger, _: str) -> object:
    """All events: `{events}`."""
    return tuple(ledger.events.values())


def changes(ledger: Ledger, _: str) -> object:
    """All corrections, and the events that some are of: `{changes}`."""
    return ledger.corrections, events(ledger, "")


def self_check(ledger: Ledger, section: str) -> object:
    """The questions on a section, each with its claim, and what answers may be called: `{self-check}`."""
    asked = (question for question in ledger.questions if question.section == section)
    shown = tuple((one, _shown(ledger, ledger.claims[one.claim])) for one in asked)
    return shown, tuple(ledger.people.values()), tuple(ledger.sections.values())


def role(ledger: Ledger, section: str) -> object:
    """All positions, and the claims of a section: `{role-brief}`."""
    found = tuple(_shown(ledger, one) for one in ledger.claims.values() if one.section == section)
    return positions(ledger, ""), found


def _shown(ledger: Ledger, claim: Claim) -> object:
    """What pages print of a claim."""
    answers = ledger.answers(claim.claim)
    return claim, ledger.attribution(claim), ledger.hue(claim), ledger.issues[claim.issue].name, answers
