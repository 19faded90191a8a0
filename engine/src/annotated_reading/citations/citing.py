"""The "Cite" links of a book, and the pages and files to which they lead.

A page of the book carries a link alone beside what can be cited; the citations stand on a page of their own for each,
`cite/` before its name, and as files beside that, by the addresses of the things.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from docutils import nodes
from docutils.nodes import make_id
from jinja2 import Environment, PackageLoader
from markupsafe import Markup
from sphinx.application import Sphinx
from sphinx.config import Config
from sphinx.environment import BuildEnvironment
from sphinx.transforms.post_transforms import SphinxPostTransform
from sphinx.util.docutils import ReferenceRole, SphinxDirective

from annotated_reading.citations.catalogue import DATA, Catalogue, CitationError
from annotated_reading.citations.edition import read_edition
from annotated_reading.citations.formats import bibtex, coins, csl_json, ris
from annotated_reading.citations.item import Citations, Thing, read_original
from annotated_reading.citations.styles import Formatter
from annotated_reading.figures.figure import plotly_figure
from annotated_reading.ledger.table import TableError
from annotated_reading.pages.domain import anchor_of, claim_domain, digest
from annotated_reading.pages.nodes import claim_group, claim_item
from annotated_reading.published import CITE, each_page, is_site, link, write

FILES = {"bib": ("BibTeX", bibtex), "ris": ("RIS", ris), "json": ("CSL-JSON", csl_json)}

_TEMPLATES = Environment(loader=PackageLoader("annotated_reading"), autoescape=True)


class cite_link(nodes.General, nodes.Element):
    """A link to the citations of what has the key `key`, a thing of the page `page`; it reads as `words`."""


class citations(nodes.General, nodes.Element):
    """The citations of what has the key `key`, filled when the whole book has been read."""


class site_link(nodes.inline):
    """A link to a file of the site that no page is the source of, by its `path` there."""


class SiteRole(ReferenceRole):
    """`{site}`words <exports/claims.csv>``: a link to a file of the site that is no page, by its path there."""

    def run(self) -> tuple[list[nodes.Node], list[nodes.system_message]]:
        """The link."""
        return [site_link("", self.title, path=self.target)], []


class CitationDirective(SphinxDirective):
    """`{citation} ath-1-2`: how to cite a page, paragraph, claim, figure, table or data set, in every style.

    A page is named as in the table of contents, a data set as `data-` and its name in datapackage.json.
    """

    required_arguments = 1

    def run(self) -> list[nodes.Node]:
        """The place for the citations."""
        key = str(self.arguments[0])
        claim_domain(self.env).data["quoted"].setdefault(self.env.docname, {})[key] = ""
        node = citations(key=key)
        self.set_source_info(node)
        return [node]


class AddCiteLinks(SphinxPostTransform):
    """Put a link to its citations beside everything that can be cited."""

    default_priority = 850
    formats = ("html",)

    def run(self, **kwargs: Any) -> None:
        """Add the links, but to a book that is no site."""
        if not is_site(self.app.builder) or _citations(self.env) is None:
            return
        for group in list(self.document.findall(claim_group)):
            self._link_claims(group)
        for figure in list(self.document.findall(plotly_figure)):
            figure += self._line(figure["names"][0], "Cite this figure")
        for table in list(self.document.findall(nodes.table)):
            for key in table["names"]:
                if key.startswith("tab-"):
                    table.parent.insert(table.parent.index(table) + 1, self._line(key, "Cite this table"))
        for described in list(self.document.findall(nodes.section)):
            for name in described["ids"]:
                if name.startswith("table-"):
                    link = cite_link(key=f"data-{make_id(name[6:])}", page=DATA, words="Cite this data set")
                    described.insert(1, nodes.paragraph("", "", link, classes=["cite-line"]))
        section = next(self.document.findall(nodes.section), None)
        if section is not None:
            page = self.env.docname
            words = "Cite this book" if page == self.config.root_doc else "Cite this chapter"
            section += cite_link(key=page, page=page, words=words, whole=True)

    def _link_claims(self, group: claim_group) -> None:
        for item in group.findall(claim_item):
            meta = next(part for part in item.findall(nodes.paragraph) if "claim-meta" in part["classes"])
            meta += [nodes.Text(" "), self._link(item["ids"][0], "Cite")]
        ledger = claim_domain(self.env).ledger
        address = anchor_of(group, ledger)
        if address in ledger.paragraphs:
            head = next(part for part in group.findall(nodes.paragraph) if "claims-head" in part["classes"])
            head += [nodes.Text(" "), self._link(address, f"Cite {address}")]

    def _link(self, key: str, words: str) -> cite_link:
        return cite_link(key=key, page=self.env.docname, words=words)

    def _line(self, key: str, words: str) -> nodes.paragraph:
        return nodes.paragraph("", "", self._link(key, words), classes=["cite-line"])


class FillCitations(SphinxPostTransform):
    """Print the citations that a page asks for.

    Raises CitationError, with the place, for a key that nothing has.
    """

    default_priority = 7

    def run(self, **kwargs: Any) -> None:
        """Fill the placeholders of the document."""
        asked = list(self.document.findall(citations))
        if not asked:
            return
        made = _citations(self.env)
        if made is None:
            place = f"{asked[0].source}:{asked[0].line}"
            raise CitationError(f"{place}: annotated_reading_citation names no CITATION.cff")
        things, formatter = Catalogue(self.app, made.edition).things(), _formatter(self.app)
        for node in asked:
            node.replace_self(self._texts(node, made, things.get(node["key"]), formatter))

    def _texts(
        self, node: citations, made: Citations, thing: Thing | None, formatter: Formatter
    ) -> nodes.definition_list:
        if thing is None:
            raise CitationError(
                f"{node.source}:{node.line}: found {node['key']!r}, expected the address of a paragraph, claim, figure "
                "or table, the name of a page, or data- and the name of a data set"
            )
        texts = nodes.definition_list(classes=["cite-texts"])
        for style, lines in formatter.texts(made.items(thing), thing.address).items():
            body = nodes.definition("", *(nodes.paragraph("", "", *_inline(line)) for line in lines))
            texts += nodes.definition_list_item("", nodes.term("", style.name), body)
        return texts


class ResolveSiteLinks(SphinxPostTransform):
    """Let links to files of the site lead there; elsewhere their words alone stand."""

    default_priority = 7

    def run(self, **kwargs: Any) -> None:
        """Resolve the links of the document."""
        for node in list(self.document.findall(site_link)):
            words = nodes.inline("", node.astext())
            address = link(self.app.builder, self.env.docname, node["path"])
            node.replace_self(
                nodes.reference("", "", words, refuri=address, internal=True) if is_site(self.app.builder) else words
            )


def _inline(html: str) -> Iterator[nodes.Node]:
    """The text of a citation as nodes; of its markup italics alone mean something."""
    for place, part in enumerate(re.split(r"<i>(.*?)</i>", html)):
        text = Markup(part).striptags() if part.strip() else part
        lead, tail = part[: len(part) - len(part.lstrip())], part[len(part.rstrip()) :]
        text = f"{lead}{text}{tail}" if part.strip() else part
        yield nodes.emphasis("", text) if place % 2 else nodes.Text(text)


# What is read before the book, and checked when it has been read


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
    config.annotated_reading_edition = digest(edition)


def prepare(app: Sphinx) -> None:
    """Make ready what makes the citations.

    Raises CitationError where the bibliography does not have the text that the book reads.
    """
    config = app.config
    claim_domain(app.env).citations = None
    if config.annotated_reading_citation:
        key = config.annotated_reading_original_work
        try:
            edition = read_edition(Path(app.srcdir) / config.annotated_reading_citation)
            original = read_original(Path(app.srcdir) / config.annotated_reading_data, key) if key else None
        except TableError as error:
            raise CitationError(str(error)) from error
        claim_domain(app.env).citations = Citations(edition, original, config.html_baseurl)


def check_pages(app: Sphinx, env: BuildEnvironment) -> list[str]:
    """Check that every page has authors and a date, and find the pages whose citations have changed."""
    made = _citations(env)
    if made is None:
        return []
    catalogue = Catalogue(app, made.edition)
    things = catalogue.things()
    changed = []
    for page, quoted in claim_domain(env).data["quoted"].items():
        for key, known in quoted.items():
            quoted[key] = digest(made.items(things[key])) if key in things else ""
            if quoted[key] != known:
                changed.append(page)
    return changed


# The pages and files


def collect_pages(app: Sphinx) -> Iterator[tuple[str, dict[str, Any], str]]:
    """The page of citations for each page of the book, and for its data sets; and the files beside them."""
    made = _citations(app.env)
    if made is None or not is_site(app.builder):
        return
    pages: dict[str, list[Thing]] = {}
    for thing in Catalogue(app, made.edition).things().values():
        pages.setdefault(thing.page, []).append(thing)
        _write_files(app, made, thing)
    formatter = _formatter(app)
    template = _TEMPLATES.get_template("cite.html")
    for page, things in pages.items():
        name = f"{CITE}/{page}"
        title = f"Cite: {'data' if page == DATA else things[0].title}"
        shown = [_shown(app, made, formatter, name, thing) for thing in things]
        body = template.render(title=title, things=shown, edition=made.edition, original=made.original)
        yield name, {"title": title, "body": body}, "page.html"
    formatter.keep()


def _write_files(app: Sphinx, made: Citations, thing: Thing) -> None:
    for suffix, (_, text_of) in FILES.items():
        write(Path(app.outdir, CITE, f"{thing.key}.{suffix}"), text_of(made.items(thing)))


def _shown(app: Sphinx, made: Citations, formatter: Formatter, name: str, thing: Thing) -> Mapping[str, Any]:
    """A thing as the template takes it."""
    items = made.items(thing)
    texts = formatter.texts(items, thing.address)
    return {
        "id": make_id(thing.key),
        "title": {"paragraph": f"{thing.title} ({thing.key})", "claim": f"Claim {thing.key}"}.get(
            thing.kind, thing.title
        ),
        "kind": thing.kind.capitalize() if thing.kind != "data" else "Data set",
        "abstract": thing.abstract,
        "href": ""
        if thing.kind == "data"
        else link(app.builder, name, thing.place or app.builder.get_target_uri(thing.page)),
        "texts": [(style.name, [Markup(line) for line in lines]) for style, lines in texts.items()],
        "files": [
            (program, link(app.builder, name, f"{CITE}/{thing.key}.{suffix}")) for suffix, (program, _) in FILES.items()
        ],
        "coins": [coins(item) for item in items],
    }


def load_script(app: Sphinx, page: str, context: dict[str, Any], document: nodes.document | None) -> None:
    """Load the script that copies on the pages that have citations."""
    if page in claim_domain(app.env).data["quoted"] or page.startswith(f"{CITE}/"):
        app.add_js_file("annotated-reading-cite.js", loading_method="defer")


# What HTML and the other writers print


def _visit_link(translator: Any, node: cite_link) -> None:
    builder = translator.builder
    page, key = node["page"], node["key"]
    fragment = "" if node.get("whole") else f"#{make_id(key)}"
    href = f"{builder.get_relative_uri(builder.current_docname, f'{CITE}/{page}')}{fragment}"
    said = {} if node.get("whole") else {"aria-label": f"{node['words'].removesuffix(f' {key}')} {key}"}
    link = f"{translator.starttag({}, 'a', '', href=href, CLASS='cite', **said)}{node['words']}</a>"
    if node.get("whole"):
        made = _citations(builder.env)
        assert made is not None
        item = made.items(Catalogue(builder.app, made.edition).page(page))[0]
        span = translator.starttag({}, "span", "", CLASS="Z3988", title=coins(item))
        link = f'<p class="cite-page">{link}{span}</span></p>\n'
    translator.body.append(link)
    raise nodes.SkipNode


def _skip(translator: Any, node: nodes.Element) -> None:
    raise nodes.SkipNode


def _formatter(app: Sphinx) -> Formatter:
    return Formatter(Path(app.doctreedir) / "citations.json")


def _citations(env: BuildEnvironment) -> Citations | None:
    return claim_domain(env).citations


def setup(app: Sphinx) -> None:
    """Let a book say how to cite it, once it names its CITATION.cff."""
    app.add_config_value("annotated_reading_citation", "", "env", str)
    app.add_config_value("annotated_reading_original_work", "", "env", str)
    app.add_config_value("annotated_reading_edition", "", "html", str)
    app.add_directive("citation", CitationDirective)
    app.add_node(cite_link, html=(_visit_link, None), latex=(_skip, None), text=(_skip, None))
    app.add_role("site", SiteRole())
    app.add_post_transform(AddCiteLinks)
    app.add_post_transform(FillCitations)
    app.add_post_transform(ResolveSiteLinks)
    app.connect("config-inited", read_book)
    app.connect("builder-inited", prepare)
    app.connect("env-updated", check_pages)
    app.connect("html-collect-pages", collect_pages)
    each_page(app, load_script)
