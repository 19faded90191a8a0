"""The pages of citations, one for each page of the book, and the files beside them, by the keys of what they cite.

Both are made only when something has changed of which they are made.
"""

import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, cast

from docutils.nodes import make_id
from markupsafe import Markup
from sphinx.application import Sphinx
from sphinx.builders.html import StandaloneHTMLBuilder
from sphinx.environment import BuildEnvironment

from annotated_reading.citations.domain import CitingDomain, citing_domain
from annotated_reading.citations.formats import bibtex, coins, csl_json, ris
from annotated_reading.citations.item import Item, Thing
from annotated_reading.language import N_, _
from annotated_reading.ledger.parts import fingerprint
from annotated_reading.published import CITE, is_site, link, render, write

#: What makes the text of a file of items.
Writer = Callable[[Sequence[Item]], str]

FILES: Mapping[str, tuple[str, Writer]] = {
    "bib": ("BibTeX", bibtex),
    "ris": ("RIS", ris),
    "json": ("CSL-JSON", csl_json),
}

#: What a thing is called that has no other name.
KINDS = {
    "book": N_("Book"),
    "chapter": N_("Chapter"),
    "paragraph": N_("Paragraph"),
    "claim": N_("Claim"),
    "figure": N_("Figure"),
    "table": N_("Table"),
    "data": N_("Data set"),
}


def collect_pages(app: Sphinx) -> Iterator[tuple[str, dict[str, Any], str]]:
    """The pages of citations of which something has changed; and write the files beside them.

    What the theme puts around a text is made of more than can be told. So the first page is always made, and where
    its frame is not as it was, all are.
    """
    domain = citing_domain(app.env)
    if domain.citations is None or not is_site(app.builder):
        return
    kept = Path(app.doctreedir) / "cite.json"
    known = json.loads(kept.read_text("utf-8")) if kept.is_file() else {}
    made: dict[str, str] = {}
    original = domain.citations.original
    engine = app.extensions["annotated_reading"].metadata
    frame = ""
    for page, things in domain.catalogue.pages.items():
        name = f"{CITE}/{page}"
        title, body = _page(app, domain, name, things)
        made[name] = fingerprint((app.outdir, engine, frame, title, body, domain.citations.edition, original, things))
        if not frame or made[name] != known.get(name) or not _is_there(app, page, things):
            for file, (thing, text_of) in _files(app, things).items():
                write(file, text_of(domain.citations.items(thing)))
            yield name, {"title": title, "body": body}, "page.html"
        frame = frame or fingerprint(_file(app, page).read_text("utf-8").replace(body, ""))
    domain.formatter.keep()
    write(kept, json.dumps(made))


def _page(app: Sphinx, domain: CitingDomain, name: str, things: Sequence[Thing]) -> tuple[str, str]:
    """The title and the text of the page of that name, which has the citations of things."""
    assert domain.citations is not None
    title = _("Cite: {what}").format(what=_("data") if things[0].kind == "data" else things[0].title)
    shown = [_shown(app, domain, name, thing) for thing in things]
    about = {"edition": domain.citations.edition, "original": domain.citations.original}
    return title, render("cite.html", title=title, things=shown, **about)


def _file(app: Sphinx, page: str) -> Path:
    """The file of the citations of a page and of what it has."""
    return Path(cast(StandaloneHTMLBuilder, app.builder).get_outfilename(f"{CITE}/{page}"))


def _is_there(app: Sphinx, page: str, things: Iterable[Thing]) -> bool:
    return all(file.is_file() for file in (_file(app, page), *_files(app, things)))


def pages_without(app: Sphinx, env: BuildEnvironment) -> list[str]:
    """The pages of the book whose citations are not all there. Were none to be written, neither would citations be."""
    domain = citing_domain(env)
    if domain.citations is None or not is_site(app.builder):
        return []
    lacking = [page for page, things in domain.catalogue.pages.items() if not _is_there(app, page, things)]
    return [page if page in env.found_docs else env.config.root_doc for page in lacking]


def _files(app: Sphinx, things: Iterable[Thing]) -> dict[Path, tuple[Thing, Writer]]:
    """The files of the citations of things, each with the thing and what writes it."""
    return {
        Path(app.outdir, CITE, f"{thing.key}.{suffix}"): (thing, text_of)
        for thing in things
        for suffix, (_, text_of) in FILES.items()
    }


def _shown(app: Sphinx, domain: CitingDomain, name: str, thing: Thing) -> Mapping[str, Any]:
    """A thing as the template takes it, for the page of citations of that name."""
    assert domain.citations is not None
    items = domain.citations.items(thing)
    titles = {"paragraph": f"{thing.title} ({thing.key})", "claim": _("Claim {claim}").format(claim=thing.key)}
    home = thing.place or app.builder.get_target_uri(thing.page)
    files = {program: f"{CITE}/{thing.key}.{suffix}" for suffix, (program, _) in FILES.items()}
    texts = domain.formatter.texts(items)
    return {
        "id": make_id(thing.key),
        "title": titles.get(thing.kind, thing.title),
        "kind": _(KINDS[thing.kind]),
        "abstract": thing.abstract,
        "href": "" if thing.kind == "data" else link(app.builder, name, home),
        "texts": [(_(style.name), [Markup(line) for line in lines]) for style, lines in texts.items()],
        "files": [(program, link(app.builder, name, file)) for program, file in files.items()],
        "coins": [coins(item) for item in items],
    }
