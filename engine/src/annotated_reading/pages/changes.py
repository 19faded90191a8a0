"""What must be built again: the pages that print, refer to or show what is now otherwise than in the last build."""

from collections.abc import Iterable, Mapping

from docutils.nodes import document
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment
from sphinx.environment.collectors.toctree import TocTreeCollector

from annotated_reading.ledger.parts import fingerprint
from annotated_reading.pages.domain import ClaimDomain, claim_domain
from annotated_reading.pages.transforms import bibliographies


def note_references(app: Sphinx, doctree: document) -> None:
    """Note what a document refers to and cites, once all of it is there."""
    domain = claim_domain(app.env)
    domain.note_references(app.env.docname, doctree)
    domain.note_citations(app.env.docname, doctree)


def outdated_documents(
    app: Sphinx, env: BuildEnvironment, added: set[str], changed: set[str], removed: set[str]
) -> Iterable[str]:
    """The documents of which a directive would now print something else."""
    domain = claim_domain(env)
    return [
        docname
        for docname, noted in domain.noted.items()
        if any(part.fingerprint(domain.ledger) != known for part, known in noted.uses.items())
    ]


def documents_to_rewrite(app: Sphinx, env: BuildEnvironment) -> Iterable[str]:
    """The documents whose references would now show or lead to something else, as far as Sphinx does not know."""
    domain = claim_domain(env)
    if domain.is_as_before:
        _keep_numbers(app)
    domain.check_printed()
    documents = domain.documents()
    targets = domain.changed("targets", _targets(domain, documents))
    citing = {docname: fingerprint(noted.cited) for docname, noted in domain.noted.items() if noted.cited}
    cited = domain.changed("cited", citing)
    referring = {docname for docname, noted in domain.noted.items() if targets & noted.links}
    listing = {key.docname for key in bibliographies(env)} if cited else set()
    return sorted(referring) + sorted(listing)


def _keep_numbers(app: Sphinx) -> None:
    """Let figures keep their numbers. Sphinx loads all documents to give them anew, also when it has read none."""
    for listener in list(app.events.listeners["env-get-updated"]):
        if isinstance(getattr(listener.handler, "__self__", None), TocTreeCollector):
            app.disconnect(listener.id)


def _targets(domain: ClaimDomain, documents: Mapping[str, str]) -> dict[str, str]:
    """Of each claim and event that is printed, the fingerprint of how a reference to it looks and where it leads."""
    ledger = domain.ledger
    claims = {claim: fingerprint((ledger.hue(ledger.claims[claim]), docname)) for claim, docname in documents.items()}
    return claims | {
        f"event-{event}": fingerprint((ledger.events.get(event), docname))
        for docname, noted in domain.noted.items()
        for event in noted.dated
    }
