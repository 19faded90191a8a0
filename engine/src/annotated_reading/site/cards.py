"""What stands on the pictures that stand for pages where somebody links to them; `card_drawing` draws them."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from sphinx.application import Sphinx

from annotated_reading.citations.catalogue import Catalogue
from annotated_reading.pages.domain import claim_domain
from annotated_reading.published import at_end, write

#: The file that says so, beside what is built and beside the pictures that show it.
SHOWN = "cards.json"


def shown(app: Sphinx) -> Mapping[str, Mapping[str, Any]]:
    """What stands on the pictures: of the book, and of each page that begins a section of the text."""
    domain = claim_domain(app.env)
    made = domain.citations
    if made is None:
        return {}
    ledger = domain.ledger
    marks = [(key, section.hue) for key, section in ledger.sections.items()]
    counts = {key: sum(claim.section == key for claim in ledger.claims.values()) for key, _ in marks}
    catalogue = Catalogue(app, made.edition)
    root = app.config.root_doc
    whole = [[hue, counts[key]] for key, hue in marks]
    found: dict[str, Mapping[str, Any]] = {
        root: {"title": made.edition.title, "over": "", "under": made.edition.publisher, "hue": "slate", "marks": whole}
    }
    for key, section in ledger.sections.items():
        page = domain.place_of(f"{key}-1-1")
        if page and page not in found:
            found[page] = {
                "title": catalogue.page(page).title,
                "over": made.edition.title,
                "under": f"{section.name}, read claim by claim",
                "hue": section.hue,
                "marks": [[hue if other == key else "", counts[other]] for other, hue in marks],
            }
    return found


def write_shown(app: Sphinx) -> None:
    """Write what is to be drawn beside what is built, where the program that draws finds it."""
    if app.config.annotated_reading_cards:
        write(Path(app.outdir).parent / SHOWN, json.dumps(shown(app)))


def setup(app: Sphinx) -> None:
    """Note with every build what its cards show."""
    at_end(app, write_shown)
