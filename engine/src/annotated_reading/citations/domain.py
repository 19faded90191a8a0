"""The `citing` domain: how a book says that it is cited, and all that can be cited of it."""

from collections.abc import Iterable
from pathlib import Path
from typing import Any, cast

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.config import Config
from sphinx.domains import Domain
from sphinx.environment import BuildEnvironment

from annotated_reading.citations.catalogue import Catalogue, CitationError
from annotated_reading.citations.item import Citations
from annotated_reading.citations.styles import Formatter
from annotated_reading.ledger.edition import Edition, read_edition
from annotated_reading.ledger.parts import fingerprint
from annotated_reading.ledger.table import TableError
from annotated_reading.pages.domain import claim_domain


class CitingDomain(Domain):
    """How a book is cited."""

    name = "citing"
    label = "Citing"

    citations: Citations | None = None
    """What makes the citations; None where the book does not say how to cite it."""
    formatter: Formatter
    """What makes texts of them."""
    catalogue: Catalogue
    """All that can be cited, once the book has been read; not there where nothing says how."""

    def merge_domaindata(self, docnames: Iterable[str], otherdata: dict[str, Any]) -> None:
        """Nothing: what documents show is noted by the claim domain."""

    def resolve_any_xref(self, *_: Any, **__: Any) -> list[tuple[str, nodes.Element]]:
        """Nothing: no reference leads to a citation. MyST warns of a domain that does not say so."""
        return []


def citing_domain(env: BuildEnvironment) -> CitingDomain:
    """The citing domain of a book."""
    return cast(CitingDomain, env.get_domain("citing"))


def read_book(app: Sphinx, config: Config) -> None:
    """Take title, authors and version of the book from its CITATION.cff, if it has one.

    Raises CitationError with the place of what is wrong.
    """
    if not config.annotated_reading_citation:
        return
    try:
        edition = read_edition(Path(app.srcdir) / config.annotated_reading_citation)
    except TableError as error:
        raise CitationError(str(error)) from error
    config.project = config.html_title = edition.title
    config.author = edition.publisher
    config.version = config.release = edition.version
    config.annotated_reading_edition = edition


def prepare(app: Sphinx) -> None:
    """Prepare what makes the citations of the edition, where there is one.

    Raises CitationError where the bibliography does not have the text that the book reads.
    """
    domain, config = citing_domain(app.env), app.config
    domain.formatter = Formatter(Path(app.doctreedir) / "citations.json")
    edition: Edition | None = config.annotated_reading_edition
    if edition is not None:
        key = config.annotated_reading_original_work
        try:
            original = claim_domain(app.env).ledger.original(key) if key else None
        except TableError as error:
            raise CitationError(str(error)) from error
        domain.citations = Citations(edition, original, config.html_baseurl)


def list_things(app: Sphinx, env: BuildEnvironment) -> list[str]:
    """List what can be cited, and return the pages that show citations which have changed.

    Raises CitationError for a page that says who wrote it or when, and does not say it well.
    """
    domain = citing_domain(env)
    if domain.citations is None:
        return []
    domain.catalogue = Catalogue(app, domain.citations.edition)
    claims, things = claim_domain(env), domain.catalogue.things
    shown = {docname: [things.get(key) for key in noted.quoted] for docname, noted in claims.noted.items()}
    now = {
        docname: fingerprint([domain.citations.items(thing) for thing in found if thing])
        for docname, found in shown.items()
        if found
    }
    return sorted(claims.changed("quoted", now) & env.found_docs)
