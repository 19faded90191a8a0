"""Cards: the pictures that stand for pages where somebody links to them.

The build says what stands on them, in cards.json beside the site; `python -m annotated_reading.site.cards CARDS FOLDER`
draws those that the folder lacks or that show something else. That needs playwright, and the Chromium that the
environment variable CHROMIUM names.
"""

import json
import os
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from sphinx.application import Sphinx

from annotated_reading.citations.domain import citing_domain
from annotated_reading.colours import SHEET
from annotated_reading.language import _
from annotated_reading.pages.domain import claim_domain
from annotated_reading.published import CARDS, render, write

#: What a card measures, in pixels, and how tall the cover of the EPUB is.
WIDTH, HEIGHT, TALL = 1200, 630, 1800

#: The file that says what stands on the cards, beside the site and beside the pictures.
SHOWN = "cards.json"


def card_of(app: Sphinx, page: str) -> str:
    """Where the site has the card of a page, or else the one of the book; empty without any."""
    folder = app.config.annotated_reading_cards
    for name in (page, app.config.root_doc):
        if folder and Path(app.srcdir, folder, f"{name}.png").is_file():
            return f"{CARDS}/{name}.png"
    return ""


def shown(app: Sphinx) -> Mapping[str, Mapping[str, Any]]:
    """What stands on the cards: of the book, on its cover, and of each page that begins a section of the text."""
    citing, domain = citing_domain(app.env), claim_domain(app.env)
    if citing.citations is None:
        return {}
    edition, ledger = citing.citations.edition, domain.ledger
    counts = {key: sum(claim.section == key for claim in ledger.claims.values()) for key in ledger.sections}
    whole = [[section.hue, counts[key]] for key, section in ledger.sections.items()]
    card = {"title": edition.title, "over": "", "under": edition.publisher, "hue": "slate", "marks": whole}
    cards: dict[str, Mapping[str, Any]] = {app.config.root_doc: card, "cover": {**card, "height": TALL}}
    for key, section in ledger.sections.items():
        page = domain.document_of(f"{key}-1-1")
        if page and page not in cards:
            cards[page] = {
                "title": citing.catalogue.pages[page][0].title,
                "over": edition.title,
                "under": _("{section}, read claim by claim").format(section=section.name),
                "hue": section.hue,
                "marks": [[section.hue if other == key else "", number] for other, number in counts.items()],
            }
    return cards


def publish(app: Sphinx) -> None:
    """Put the cards into the site, and write what is to be drawn beside it."""
    folder = app.config.annotated_reading_cards
    if folder:
        kept = Path(app.srcdir, folder)
        for picture in kept.rglob("*.png"):
            write(Path(app.outdir, CARDS, picture.relative_to(kept)), picture.read_bytes())
        write(Path(app.outdir).parent / SHOWN, json.dumps(shown(app)))


def draw(cards: Mapping[str, Mapping[str, Any]], folder: Path) -> None:
    """Draw the cards that a folder lacks or that show something else than they should."""
    from playwright.sync_api import sync_playwright  # only to draw: a build needs no browser

    known: Mapping[str, Any] = json.loads((folder / SHOWN).read_text("utf-8")) if (folder / SHOWN).is_file() else {}
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=os.environ["CHROMIUM"], args=["--no-sandbox"])
        page = browser.new_page()
        for name, card in cards.items():
            file = folder / f"{name}.png"
            if known.get(name) != card or not file.is_file():
                page.set_viewport_size({"width": WIDTH, "height": card.get("height", HEIGHT)})
                page.set_content(render("card.html", card=card))
                page.add_style_tag(path=SHEET)
                write(file, page.screenshot())
                print(f"drew {file}")
        browser.close()
    write(folder / SHOWN, json.dumps(cards, ensure_ascii=False, indent=1) + "\n")


if __name__ == "__main__":
    draw(json.loads(Path(sys.argv[1]).read_text("utf-8")), Path(sys.argv[2]))
