"""The self-checks for a class's own system: GIFT for Moodle, QTI 1.2 for Canvas, and decks for Anki.

Each is there by sections and as a whole. A question has the same key in all, so a program knows it again.
"""

import io
import re
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from html import escape
from zlib import crc32

import genanki
from sphinx.application import Sphinx

from annotated_reading.ledger.ledger import Ledger
from annotated_reading.ledger.questions import Asked, asked
from annotated_reading.pages.domain import claim_domain
from annotated_reading.published import CLASSROOM, render, zipped

#: The questions of some sections, by the names of these.
Checks = Mapping[str, Sequence[Asked]]

#: When all cards were made, in seconds: their ids count from it, and Anki opens none whose id is 0.
_MADE = 1_000_000_000

_NOTE = genanki.Model(
    1_606_122_018,
    "Question on a claim",
    fields=[{"name": name} for name in ("Question", "Answers", "Right", "Why", "Claim")],
    templates=[
        {
            "name": "Choose",
            "qfmt": "<p>{{Question}}</p>{{Answers}}",
            "afmt": "{{FrontSide}}<hr id=answer><p><b>{{Right}}</b>. {{Why}} ({{Claim}})</p>",
        }
    ],
)


def gift(title: str, checks: Checks) -> str:
    """The questions for Moodle (https://docs.moodle.org/en/GIFT_format), in a category for each section."""
    lines = []
    for section, questions in checks.items():
        lines += [f"$CATEGORY: {title}/{section}", ""]
        for one in questions:
            answers = (f"\t{'=' if option == one.right else '~'}{_plain(option)}" for option in one.options)
            reason = f"\t####{_plain(f'{one.why} ({one.claim.claim})')}"
            lines += [f"::{one.key}::{_plain(one.text)} {{", *answers, reason, "}", ""]
    return "\n".join(lines)


def _plain(text: str) -> str:
    return re.sub(r"([~=#{}:\\])", r"\\\1", text)


def qti(title: str, checks: Checks) -> bytes:
    """The questions for Canvas and others that read QTI 1.2, a quiz for each section."""
    quizzes = {f"quiz-{number}": one for number, one in enumerate(checks.items(), start=1)}
    manifest = render("imsmanifest.xml", title=title, quizzes=quizzes)
    pages = {
        f"{name}.xml": render("qti.xml", name=name, title=f"{title}: {section}", questions=questions)
        for name, (section, questions) in quizzes.items()
    }
    return zipped({name: page.encode() for name, page in {"imsmanifest.xml": manifest, **pages}.items()})


def anki(title: str, checks: Checks) -> bytes:
    """The questions as cards for Anki, a deck for each section within that of the book."""
    decks = []
    for section, questions in checks.items():
        name = f"{title}::{section}"
        decks.append(genanki.Deck(crc32(name.encode()), name))
        for one in questions:
            answers = "".join(f"<li>{escape(option)}</li>" for option in one.options)
            said = [escape(text) for text in (one.right, one.why, one.claim.claim)]
            fields = [escape(one.text), f"<ul>{answers}</ul>", *said]
            decks[-1].add_note(genanki.Note(_NOTE, fields, guid=genanki.guid_for(one.key)))
    made = io.BytesIO()
    genanki.Package(decks).write_to_file(made, timestamp=_MADE)
    with zipfile.ZipFile(made) as package:
        return zipped({name: package.read(name) for name in sorted(package.namelist())})


def packs(title: str, ledger: Ledger) -> Iterator[tuple[str, str | bytes]]:
    """The files by their names: for each section that is asked about, and for all."""
    checks: dict[str, dict[str, list[Asked]]] = {}
    for question in ledger.questions:
        one, name = asked(question, ledger), ledger.sections[question.section].name
        for part in ("all", question.section):
            checks.setdefault(part, {}).setdefault(name, []).append(one)
    for part, asks in checks.items():
        yield f"{part}.gift.txt", gift(title, asks)
        yield f"{part}.qti.zip", qti(title, asks)
        yield f"{part}.apkg", anki(title, asks)


def files(app: Sphinx) -> Iterator[tuple[str, str | bytes]]:
    """The self-checks of a book by their places on the site."""
    for name, content in packs(app.config.project, claim_domain(app.env).ledger):
        yield f"{CLASSROOM}/{name}", content
