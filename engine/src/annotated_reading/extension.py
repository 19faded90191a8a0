"""Registers the rooms of the engine with Sphinx, in their order, and what all pages load."""

from __future__ import annotations

import hashlib
from importlib.metadata import version
from pathlib import Path

from sphinx.application import Sphinx
from sphinx.util.typing import ExtensionMetadata

from annotated_reading import citations, figures, pages, published, site
from annotated_reading.notebooks import cache, notebook
<<<<<<< HEAD
=======
from annotated_reading.pages import checks, dictionary, directives, exercises, nodes, teaching, transforms
from annotated_reading.pages.domain import ClaimDomain, claim_domain
>>>>>>> e461742 (make book says last what is wrong, and a notebook's tables are watched whatever its path is called)

ENGINE = Path(__file__).parent

STYLE_SHEET = "annotated-reading.css"

#: The parts of the style sheet, each of one component with its rules for phones and paper, in the order in which a
#: later one may set aside an earlier.
SHEETS = (
    "colours",
    "base",
    "claims",
    "hindsight",
    "register",
    "people",
    "figures",
    "citations",
    "teaching",
    "front",
    "notebooks",
)


<<<<<<< HEAD
def add_rooms(app: Sphinx) -> ExtensionMetadata:
    """Add all parts of the engine to a Sphinx project."""
    for part in (published, pages, figures, cache, notebook, citations, site):
=======
class LedgerError(SphinxError):
    """The ledger could not be read; the build stops before it writes a page."""

    category = "The ledger"


def load_ledger(app: Sphinx) -> None:
    """Read the ledger, and check the other tables, before any document is read.

    Raises LedgerError with the place of what is wrong.
    """
    app.config.html_static_path.append(str(STATIC))
    folder = Path(app.srcdir) / app.config.annotated_reading_data
    try:
        claim_domain(app.env).ledger = read_ledger(folder)
        check_package(folder)
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
        checks,
        transforms,
        figure,
        cache,
        notebook,
        citations,
        site,
    )
    for part in parts:
>>>>>>> e461742 (make book says last what is wrong, and a notebook's tables are watched whatever its path is called)
        part.setup(app)
    app.connect("builder-inited", add_static)
    app.add_css_file(STYLE_SHEET)
    app.add_js_file("annotated-reading.js", loading_method="defer")
    return {
        "version": version("annotated-reading"),
        "env_version": engine_version(),
        "parallel_read_safe": True,
        "parallel_write_safe": True,
    }


def add_static(app: Sphinx) -> None:
    """Have Sphinx copy the scripts of the engine, and make one style sheet of all, so that a page asks for one."""
    if app.builder.format == "html":
        app.config.html_static_path += [str(file) for file in sorted((ENGINE / "static").glob("*.js"))]
        sheets = [(ENGINE / "static" / "css" / f"{name}.css").read_text("utf-8") for name in SHEETS]
        published.write(Path(app.outdir, "_static", STYLE_SHEET), "\n".join(sheets))


def engine_version() -> int:
    """A number made of all files of the engine.

    Sphinx drops what it kept of a book and reads all of it again when this is not what it was. What it kept is what the
    engine made of the documents, so any change of the engine may change any page.
    """
    digest = hashlib.sha256()
    for file in sorted(ENGINE.rglob("*")):
        if file.is_file() and "__pycache__" not in file.parts:
            digest.update(f"{file.relative_to(ENGINE)}\0".encode() + file.read_bytes())
    return int.from_bytes(digest.digest()[:8])
