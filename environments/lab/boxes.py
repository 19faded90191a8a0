"""A chapter for JupyterLab, which does not know the book's directives: what they print is written out, and taken back.

Opening a chapter turns each directive into a box that JupyterLab does know, with what the ledger has for it; saving
turns the boxes back.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping

from annotated_reading.ledger.ledger import Ledger
from annotated_reading.ledger.questions import label
from annotated_reading.ledger.rows import ASKS

#: The directives of the book, by what the box is called that stands for each.
TITLES = {
    "byline": "Who wrote the section",
    "claims": "What the paragraph claims",
    "elsewhere": "The same matter, seen from elsewhere",
    "hindsight": "With hindsight",
    "excerpt": "One claim",
    "outcomes": "How the claims fared",
    "overview": "Every claim as a mark",
    "register": "Every claim",
    "events": "Events",
    "people": "People",
    "positions": "Positions",
    "dictionary": "Every table",
    "changes": "What has changed",
    "self-check": "Check yourself",
    "role-brief": "For who speaks for the section",
    "citation": "How to cite it",
    "bibliography": "Sources",
    "footbibliography": "Sources",
    "margin": "In the margin",
    "moved": "On a page of its own",
}

_FENCED = r"^(?P<fence>:{3,}|`{3,})"
_DIRECTIVE = re.compile(
    _FENCED + r"\{(?P<name>[\w-]+)\}(?P<rest>[^\n]*)\n(?P<body>(?:.*\n)*?)(?P=fence)$", re.MULTILINE
)
_BOX = re.compile(
    _FENCED + r"\{admonition\}[^\n]*\n:class: (?P<kind>written|named) (?P<name>[\w-]+)(?P<rest>[^\n]*)\n"
    r"(?P<body>(?:.*\n)*?)(?P=fence)$",
    re.MULTILINE,
)


def write_out(text: str, ledger: Ledger) -> str:
    """A chapter with a box for each directive of the book, with the directive's own words, or else the ledger's."""

    def box(found: re.Match[str]) -> str:
        fence, name, rest, body = found.group("fence", "name", "rest", "body")
        if name not in TITLES:
            return found[0]
        kind = "named" if body else "written"
        title = rest.strip() if name == "margin" else TITLES[name] + ("" if body else " (from the tables)")
        lines = _LINES.get(name, _elsewhere_shown)
        body = body or "".join(f"{line}\n" for line in lines(ledger, rest.strip()))
        return f"{fence}{{admonition}} {title}\n:class: {kind} {name}{rest}\n{body}{fence}"

    return _DIRECTIVE.sub(box, text)


def take_back(text: str) -> str:
    """A chapter with the directives of the book in place of their boxes."""

    def directive(found: re.Match[str]) -> str:
        fence, kind, name, rest, body = found.group("fence", "kind", "name", "rest", "body")
        return f"{fence}{{{name}}}{rest}\n{body if kind == 'named' else ''}{fence}"

    return _BOX.sub(directive, text)


def _byline(ledger: Ledger, section: str) -> Iterator[str]:
    if section in ledger.sections:
        yield ledger.people[ledger.sections[section].contributor].name


def _claims(ledger: Ledger, paragraph: str) -> Iterator[str]:
    if paragraph in ledger.precis:
        yield ledger.precis[paragraph]
        yield ""
    for claim in ledger.paragraphs.get(paragraph, ()):
        yield f"- **{claim.claim}** {claim.words} ({claim.kind})"


def _excerpt(ledger: Ledger, address: str) -> Iterator[str]:
    if address in ledger.claims:
        claim = ledger.claims[address]
        yield f"- **{claim.claim}** {claim.words} ({claim.kind})"


def _elsewhere(ledger: Ledger, paragraph: str) -> Iterator[str]:
    for links in ledger.elsewhere(paragraph).values() if paragraph in ledger.paragraphs else ():
        for link, here, there in links:
            yield f"- {here.claim} and **{there.claim}** ({link.relation}): {link.why}"


def _hindsight(ledger: Ledger, paragraph: str) -> Iterator[str]:
    for claim in ledger.paragraphs.get(paragraph, ()):
        for verdict in ledger.answers(claim.claim):
            yield f"- **{claim.claim}** {verdict.question} {verdict.finding}: {verdict.why}"


def _people(ledger: Ledger, kind: str) -> Iterator[str]:
    for person in ledger.people.values():
        if person.kind == kind:
            yield f"- **{person.name}** {person.role}"


def _events(ledger: Ledger, _: str) -> Iterator[str]:
    for event in ledger.events.values():
        yield f"- **{event.date}** {event.words}"


def _self_check(ledger: Ledger, section: str) -> Iterator[str]:
    for question in ledger.questions:
        if question.section == section:
            claim = ledger.claims[question.claim]
            yield f"- {ASKS[question.asks]} {claim.text}"
            for option in question.options:
                yield f"  - {label(option, question.asks, claim, ledger)}"


def _positions(ledger: Ledger, section: str) -> Iterator[str]:
    for position in ledger.positions:
        if section in ("", position.section):
            name, issue = ledger.sections[position.section].name, ledger.issues[position.issue].name
            yield f"- **{issue}**, {name}, {position.stance}: {position.position}"


def _elsewhere_shown(ledger: Ledger, _: str) -> Iterator[str]:
    yield "The page of the book shows this, which is made from the tables."


_LINES: Mapping[str, Callable[[Ledger, str], Iterator[str]]] = {
    "byline": _byline,
    "claims": _claims,
    "elsewhere": _elsewhere,
    "hindsight": _hindsight,
    "excerpt": _excerpt,
    "people": _people,
    "events": _events,
    "positions": _positions,
    "self-check": _self_check,
    "role-brief": _positions,
}
