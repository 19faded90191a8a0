"""The page for an address that does not exist: a search, the sections of the text, and the claim that was meant."""

from collections.abc import Iterator
from urllib.parse import urlsplit

from sphinx.application import Sphinx

from annotated_reading.pages.domain import claim_domain
from annotated_reading.published import SHORT, render


def files(app: Sphinx) -> Iterator[tuple[str, str]]:
    """The page, whose links begin at the root of the site, since it is shown at any depth."""
    domain, builder = claim_domain(app.env), app.builder
    root = urlsplit(app.config.html_baseurl).path or "/"
    sections = {
        section.name: root + builder.get_target_uri(page)
        for section in domain.ledger.sections.values()
        if (page := domain.document_of(f"{section.section}-1-1"))
    }
    home = {"title": app.env.titles[app.config.root_doc].astext(), "address": root}
    values = {"language": app.config.language, "root": root, "home": home, "short": SHORT}
    yield "404.html", render("missing.html", sections=sections, claims=" ".join(domain.documents()), **values)
