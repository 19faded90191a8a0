"""What a script shows of claims and events beside links to them: one file, which it loads on first use.

It is a script that sets a variable, since a page that is opened from disk may not fetch anything else.
"""

import json
from pathlib import Path

from sphinx.application import Sphinx

from annotated_reading.ledger.ledger import Ledger
from annotated_reading.ledger.rows import Claim
from annotated_reading.pages.directive import answer_html, claim_meta
from annotated_reading.pages.domain import claim_domain
from annotated_reading.published import write

FILE = "_static/annotated-reading-previews.js"


def write_previews(app: Sphinx) -> None:
    """Write what there is to see of every claim and event, by address: what it says, of whom or when, its verdicts."""
    ledger = claim_domain(app.env).ledger
    shown: dict[str, object] = {address: _claim(ledger, claim) for address, claim in ledger.claims.items()}
    shown |= {f"event-{key}": {"says": event.what, "of": event.date} for key, event in ledger.events.items()}
    write(Path(app.outdir, FILE), f"var annotatedReadingPreviews = {json.dumps(shown, ensure_ascii=False)};\n")


def _claim(ledger: Ledger, claim: Claim) -> object:
    answers = [
        {"asked": one.question, "found": f"{one.signed}{one.gist and f', {one.gist}'}", **answer_html(one.answer)}
        for one in ledger.answers(claim.claim)
    ]
    return {"says": claim.words, "of": f"{claim.claim} · {claim_meta(ledger, claim)}", "answers": answers}
