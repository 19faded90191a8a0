"""The pages of citations, one for each page of the book, and the files beside them, by the keys of what they cite."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from docutils import nodes
from docutils.nodes import make_id
from markupsafe import Markup
from sphinx.application import Sphinx

from annotated_reading.citations.domain import CitingDomain, citing_domain
from annotated_reading.citations.formats import bibtex, coins, csl_json, ris
from annotated_reading.citations.item import Thing
from annotated_reading.published import CITE, DATA, each_page, is_site, link, render, write

FILES = {"bib": ("BibTeX", bibtex), "ris": ("RIS", ris), "json": ("CSL-JSON", csl_json)}


def collect_pages(app: Sphinx) -> Iterator[tuple[str, dict[str, Any], str]]:
    """The pages of citations; and write the files beside them."""
    domain = citing_domain(app.env)
    if domain.citations is None or not is_site(app.builder):
        return
    for page, things in domain.catalogue.pages.items():
        for thing in things:
            for suffix, (_, text_of) in FILES.items():
                write(Path(app.outdir, CITE, f"{thing.key}.{suffix}"), text_of(domain.citations.items(thing)))
        name = f"{CITE}/{page}"
        title = f"Cite: {'data' if page == DATA else things[0].title}"
        shown = [_shown(app, domain, name, thing) for thing in things]
        about = {"edition": domain.citations.edition, "original": domain.citations.original}
        yield name, {"title": title, "body": render("cite.html", title=title, things=shown, **about)}, "page.html"
    domain.formatter.keep()


def _shown(app: Sphinx, domain: CitingDomain, name: str, thing: Thing) -> Mapping[str, Any]:
    """A thing as the template takes it, for the page of citations of that name."""
    assert domain.citations is not None
    items = domain.citations.items(thing)
    titles = {"paragraph": f"{thing.title} ({thing.key})", "claim": f"Claim {thing.key}"}
    home = thing.place or app.builder.get_target_uri(thing.page)
    files = {program: f"{CITE}/{thing.key}.{suffix}" for suffix, (program, _) in FILES.items()}
    texts = domain.formatter.texts(items, thing.address)
    return {
        "id": make_id(thing.key),
        "title": titles.get(thing.kind, thing.title),
        "kind": thing.kind.capitalize() if thing.kind != "data" else "Data set",
        "abstract": thing.abstract,
        "href": "" if thing.kind == "data" else link(app.builder, name, home),
        "texts": [(style.name, [Markup(line) for line in lines]) for style, lines in texts.items()],
        "files": [(program, link(app.builder, name, file)) for program, file in files.items()],
        "coins": [coins(item) for item in items],
    }


def load_script(app: Sphinx, page: str, context: dict[str, Any], document: nodes.document | None) -> None:
    """Load the script that copies on the pages that have citations."""
    if page in citing_domain(app.env).quoted or page.startswith(f"{CITE}/"):
        app.add_js_file("annotated-reading-cite.js", loading_method="defer")


def setup(app: Sphinx) -> None:
    """Make the pages and files of every site."""
    app.connect("html-collect-pages", collect_pages)
    each_page(app, load_script)
