"""Registers the parts of the engine with Sphinx."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from docutils.nodes import document
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment
from sphinx.errors import SphinxError
from sphinx.util.typing import ExtensionMetadata

from annotated_reading import citations, published, site
from annotated_reading.figures import figure
from annotated_reading.ledger.read import read_ledger
from annotated_reading.ledger.table import TableError
from annotated_reading.notebooks import cache, notebook
from annotated_reading.pages import dictionary, directives, exercises, nodes, teaching, transforms
from annotated_reading.pages.domain import ClaimDomain, claim_domain

STATIC = Path(__file__).parent / "static"


class LedgerError(SphinxError):
    """The ledger could not be read; the build stops before it writes a page."""

    category = "The ledger"


def load_ledger(app: Sphinx) -> None:
    """Read the ledger and all tables beside it before any document is read.

    Raises LedgerError with a line for each thing that is wrong.
    """
    app.config.html_static_path.append(str(STATIC))
    folder = Path(app.srcdir) / app.config.annotated_reading_data
    try:
        claim_domain(app.env).ledger = read_ledger(folder)
    except TableError as error:
        raise LedgerError(str(error)) from error


def note_references(app: Sphinx, doctree: document) -> None:
    """Note what a document refers to and cites, once all of it is there."""
    domain = claim_domain(app.env)
    domain.note_references(app.env.docname, doctree)
    domain.note_citations(app.env.docname, doctree)


def outdated_documents(
    app: Sphinx, env: BuildEnvironment, added: set[str], changed: set[str], removed: set[str]
) -> Iterable[str]:
    """The documents that print a part of the ledger which has changed."""
    return claim_domain(env).outdated()


def documents_to_rewrite(app: Sphinx, env: BuildEnvironment) -> Iterable[str]:
    """The documents whose references would now show or lead to something else."""
    domain = claim_domain(env)
    domain.check_printed()
    listing = {key.docname for key in transforms.bibliographies(env)}
    return domain.rewritten() + sorted(listing if domain.citations_changed() else ())


def setup(app: Sphinx) -> ExtensionMetadata:
    """Add the engine to a Sphinx project; `annotated_reading` among its extensions calls this."""
    app.add_config_value("annotated_reading_data", "data", "env", str)
    app.add_config_value("annotated_reading_original", "", "env", str)
    app.add_config_value("annotated_reading_cite_role", "", "env", str)
    app.add_domain(ClaimDomain)
    parts = (
        published,
        nodes,
        directives,
        dictionary,
        teaching,
        exercises,
        transforms,
        figure,
        cache,
        notebook,
        citations,
        site,
    )
    for part in parts:
        part.setup(app)
    app.connect("builder-inited", load_ledger)
    app.connect("doctree-read", note_references)
    app.connect("env-get-outdated", outdated_documents)
    app.connect("env-updated", documents_to_rewrite)
    app.add_css_file("annotated-reading.css")
    app.add_js_file("annotated-reading.js", loading_method="defer")
    return {"version": "0.1.0", "parallel_read_safe": True, "parallel_write_safe": True}
