"""`python -m annotated_reading.site.card_drawing CARDS FOLDER` draws the pictures that stand for pages.

CARDS is what the last build has written of them beside its site, FOLDER where the pictures are kept. It needs
playwright and the Chromium that the environment variable CHROMIUM names.
"""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from jinja2 import Environment, PackageLoader
from playwright.sync_api import sync_playwright

from annotated_reading.site.cards import SHOWN
from annotated_reading.site.heads import CARD

_STYLE = Path(__file__).parent.parent / "static" / "annotated-reading.css"


def draw(cards: Mapping[str, Mapping[str, Any]], folder: Path) -> None:
    """Draw the cards that a folder lacks or that show something else than they should."""
    known: Mapping[str, Any] = json.loads((folder / SHOWN).read_text("utf-8")) if (folder / SHOWN).is_file() else {}
    template = Environment(loader=PackageLoader("annotated_reading"), autoescape=True).get_template("card.html")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=os.environ["CHROMIUM"], args=["--no-sandbox"])
        page = browser.new_page(viewport={"width": CARD[0], "height": CARD[1]})
        for name, card in cards.items():
            file = folder / f"{name}.png"
            if known.get(name) != card or not file.is_file():
                file.parent.mkdir(parents=True, exist_ok=True)
                page.set_content(template.render(card=card))
                page.add_style_tag(path=_STYLE)
                page.screenshot(path=file)
                print(f"drew {file}")
        browser.close()
    (folder / SHOWN).write_text(json.dumps(cards, ensure_ascii=False, indent=1) + "\n", "utf-8")


if __name__ == "__main__":
    draw(json.loads(Path(sys.argv[1]).read_text("utf-8")), Path(sys.argv[2]))
