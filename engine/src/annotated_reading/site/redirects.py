"""Addresses that only lead on: the short one of each claim, `c/ath-1-2/`, and those of pages that have moved.

A setting `annotated_reading_moved` has the old name of a page and its new one; so a page is renamed in one line.
"""

from collections.abc import Iterator
from typing import cast

from sphinx.application import Sphinx
from sphinx.builders.html import StandaloneHTMLBuilder

from annotated_reading.language import _
from annotated_reading.pages.domain import claim_domain
from annotated_reading.published import SHORT, link, render
from annotated_reading.warn import warn

#: The script that keeps the fragment of a reader's link.
SCRIPT = "annotated-reading-moved.js"


def files(app: Sphinx) -> Iterator[tuple[str, str]]:
    """A file at each of these addresses."""
    builder = cast(StandaloneHTMLBuilder, app.builder)
    for page, place, title, words in (*_claims(app), *_moved(app)):
        address, script = link(builder, page, place), link(builder, page, f"_static/{SCRIPT}")
        yield (
            f"{page}{builder.out_suffix}",
            render(
                "redirect.html", language=app.config.language, title=title, words=words, address=address, script=script
            ),
        )


def _claims(app: Sphinx) -> Iterator[tuple[str, str, str, str]]:
    domain = claim_domain(app.env)
    for claim in domain.ledger.claims.values():
        page = domain.document_of(claim.claim)
        if page:
            place = f"{app.builder.get_target_uri(page)}#{claim.claim}"
            yield f"{SHORT}/{claim.claim}/index", place, claim.claim, claim.words


def _moved(app: Sphinx) -> Iterator[tuple[str, str, str, str]]:
    for old, new in app.config.annotated_reading_moved.items():
        if new not in app.env.found_docs or old in app.env.found_docs:
            message = "annotated_reading_moved: found %s: %s, expected a page that is gone and one that is there"
            warn("moved", message, old, new)
        else:
            title = app.env.titles[new].astext()
            yield old, app.builder.get_target_uri(new), title, _("this page has moved")
