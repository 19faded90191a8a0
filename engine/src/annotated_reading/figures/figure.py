"""Charts of notebook cells as figures of the page: a picture first, and plotly when a reader asks for it.

The chapter holds plain plotly; `chart` says what a chart must say of itself, `picture` how its pictures are made, and
`downloads` writes what can be taken along of a figure.
"""

import json
import re
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any, cast

from docutils import nodes
from markupsafe import Markup
from myst_nb.core.render import MimeData, NbElementRenderer
from sphinx.application import Sphinx
from sphinx.domains.std import StandardDomain
from sphinx.transforms import SphinxTransform
from sphinx.util.docutils import SphinxTranslator
from sphinx.writers.html5 import HTML5Translator

from annotated_reading.figures.chart import Cell, Chart, ChartError, read_chart
from annotated_reading.figures.picture import PALETTE, credit, files_of, key_of, plain, read_pictures
from annotated_reading.figures.table import data_entry, data_table
from annotated_reading.language import N_, _
from annotated_reading.ledger.ledger import Ledger
from annotated_reading.pages.domain import claim_domain, is_reading
from annotated_reading.pages.nodes import fold
from annotated_reading.pages.references import citations, claim_reference, target
from annotated_reading.published import FIGURES, is_site, link, render, write
from annotated_reading.warn import warn

Visitor = Callable[[SphinxTranslator, nodes.Element], None]

MIME_TYPE = "application/vnd.plotly.v1+json"

#: What can be downloaded of a figure: the ends of the files' names, and what they are.
DOWNLOADS = {
    "csv": N_("data (CSV)"),
    "csv-metadata.json": N_("what the data are (JSON)"),
    "svg": N_("picture (SVG)"),
    "png": N_("picture (PNG)"),
}


class plotly_figure(nodes.General, nodes.Element):
    """A figure: its title, subtitle, pictures, source and menu; `chart` is the Chart."""


class figure_title(nodes.caption):
    """The title of a figure, which MyST takes for a reference without words of its own."""


class chart_pictures(nodes.General, nodes.Element):
    """The chart itself: `pictures` by their widths, `drawing` as JSON for plotly, and `label`."""


class figure_menu(fold):
    """What a reader may open below a figure: description, downloads, data, the code, and what other rooms add."""


class figure_data(nodes.table):
    """The data of a figure as a table, which has no number of its own."""


class figure_downloads(nodes.General, nodes.Element):
    """Links to what can be downloaded of the figure `label`."""


class PlotlyRenderer:
    """Makes a figure of the plotly output of a cell; a `MimeRenderPlugin` of myst-nb."""

    mime_priority_overrides = [("*", MIME_TYPE, 1)]

    @staticmethod
    def handle_mime(renderer: NbElementRenderer, data: MimeData, inline: bool) -> list[nodes.Element] | None:
        """The figure, or None for anything that is not plotly's, or in a book without the engine.

        Warns, with the cell's line, of a figure that does not say what it must, and of one without its picture.
        """
        if inline or data.mime_type != MIME_TYPE or not is_reading(renderer.renderer.sphinx_env):
            return None
        maker = _FigureMaker(renderer, data)
        try:
            return [maker.figure()]
        except ChartError as error:
            maker.warn(str(error))
            return [nodes.comment("", "The figure was not drawn.")]


class _FigureMaker:
    """Makes the figure of one output."""

    def __init__(self, renderer: NbElementRenderer, data: MimeData) -> None:
        self._markup = renderer.renderer
        self._env = self._markup.sphinx_env
        self._ledger: Ledger = claim_domain(self._env).ledger
        self._data = data

    def warn(self, message: str) -> None:
        """Warn of the cell."""
        place = f"{self._markup.document['source']}:{self._data.line}"
        warn("figure", "cell %s: %s", self._data.cell_index, message, location=place)

    def figure(self) -> plotly_figure:
        """The figure. Raises ChartError for a chart that does not say what it must."""
        chart = read_chart(cast("dict[str, Any] | str", self._data.content))
        label = str(self._data.cell_metadata.get("label", ""))
        if not re.fullmatch(r"fig-[a-z0-9-]+", label):
            raise ChartError(f"found the label {label!r}, expected one such as fig-ships")
        self._check_sources(chart)
        table = self._table(chart)
        figure = plotly_figure(ids=[label], names=[label], chart=chart)
        self._markup.document.note_explicit_target(figure, figure)
        figure += figure_title("", chart.title, ids=[f"{label}-title"])
        if chart.subtitle:
            figure += nodes.paragraph("", chart.subtitle, classes=["figure-subtitle"])
        described = nodes.paragraph("", chart.description, ids=[f"{label}-description"])
        menu = figure_menu("", described, figure_downloads(label=label), table, summary=_("Data, picture, code"))
        menu["html"] = {"data-figure-menu": ""}
        figure += [self._pictures(chart, label), self._source(chart), menu]
        for node in figure.findall(nodes.Element):
            node.source, node.line = self._markup.document["source"], self._data.line
        return figure

    def _check_sources(self, chart: Chart) -> None:
        sources, folder = self._ledger.sources, self._ledger.folder
        works = [work for work in chart.works if sources and work not in sources]
        tables = [name for name in chart.sources if name not in chart.works and not (folder / name).is_file()]
        for found in [*works, *tables]:
            raise ChartError(f"found {found!r} in layout.meta.source, expected a key of the bibliography or a table")

    def _pictures(self, chart: Chart, label: str) -> chart_pictures:
        folder = Path(self._env.srcdir, self._env.config.annotated_reading_pictures)
        for file in files_of(folder, label).values():
            self._env.note_dependency(str(file))
        pictures = read_pictures(folder, label, key_of(chart))
        if pictures is None:
            self.warn(f"found no picture of {label} as it is now in {folder}, expected one; `make figures` draws it")
        return chart_pictures(pictures=pictures or {}, drawing=_themed(chart), label=label)

    def _source(self, chart: Chart) -> nodes.paragraph:
        source = nodes.paragraph("", credit(chart, self._ledger.sources), classes=["figure-source"])
        source += citations(self._env.config.annotated_reading_cite_role, chart.works, self._parsed)
        source += nodes.Text(".")
        if chart.claim:
            before, after = _("On {claim}.").split("{claim}")
            about = claim_reference(chart.claim, self._env.docname)
            source += [nodes.Text(f" {before}"), about, nodes.Text(after)]
        return source

    def _parsed(self, markup: str) -> list[nodes.Node]:
        holder = nodes.paragraph()
        with self._markup.current_node_context(holder):
            self._markup.nested_render_text(markup, self._data.line or 0, inline=True)
        return holder.children

    def _table(self, chart: Chart) -> nodes.table:
        columns, rows = chart.table()
        head = nodes.row("", *map(data_entry, columns))
        body = [nodes.row("", *(data_entry(_shown(cell)) for cell in row)) for row in rows]
        if chart.is_of_claims:
            for row, cells in zip(body, rows, strict=True):
                row[0] = nodes.entry("", nodes.paragraph("", "", claim_reference(str(cells[0]), self._env.docname)))
        caption = _("Data of the figure “{title}”").format(title=chart.title)
        return data_table(figure_data, caption, [head], body, width=len(columns), stubs=1)


def _themed(chart: Chart) -> str:
    """What is drawn as JSON, its colours by the names that the style sheet has for them."""
    drawn = json.dumps({**chart.drawing, "narrow": chart.narrowing}, separators=(",", ":"), sort_keys=True)
    for colour, name in PALETTE.items():
        drawn = drawn.replace(f'"{colour}"', f'"var({name})"')
    return drawn


def _shown(cell: Cell) -> str:
    if cell is None:
        return ""
    return f"{cell:.6g}" if isinstance(cell, float) else str(cell)


# What HTML and the other writers print


def _visit_figure(translator: HTML5Translator, node: plotly_figure) -> None:
    translator.body.append(translator.starttag(node, "figure", CLASS="reading-figure"))


def _depart_figure(translator: HTML5Translator, node: plotly_figure) -> None:
    translator.body.append("</figure>\n")


def _visit_title_html(translator: HTML5Translator, node: figure_title) -> None:
    translator.body.append(translator.starttag(node, "p", "", CLASS="figure-title"))
    translator.add_fignumber(node.parent)


def _depart_title_html(translator: HTML5Translator, node: figure_title) -> None:
    translator.body.append("</p>\n")


def _visit_pictures(translator: HTML5Translator, node: chart_pictures) -> None:
    builder, label = translator.builder, node["label"]
    if is_site(builder):
        links = dict(_links(translator, node))
        pictures = {
            name: Markup(re.sub(r'<a href="#([^"]+)"', lambda match: links[match[1]], svg).removeprefix("<svg "))
            for name, svg in node["pictures"].items()
        }
        values = {"label": label, "drawing": node["drawing"], "pictures": pictures}
        translator.body.append(f"{render('figure-pictures.html', **values)}\n")
    elif node["pictures"]:
        file = f"{FIGURES}/{label}.svg"
        write(Path(builder.outdir, file), plain(node["pictures"]["wide"]))
        said = {"src": link(builder, builder.current_docname, file), "alt": node.parent["chart"].description}
        translator.body.append(translator.emptytag(node, "img", "\n", **said))
    raise nodes.SkipNode


def _links(translator: HTML5Translator, node: chart_pictures) -> Iterator[tuple[str, str]]:
    """For each claim and event that a mark stands for the start of the link to it, which is for eye and hand alone.

    The table of the figure has the same in words, for the keyboard and to be read out. It is where a claim that no
    page prints is told.
    """
    builder = translator.builder
    domain = claim_domain(builder.env)
    for address in dict.fromkeys(re.findall(r'<a href="#([^"]+)"', "".join(node["pictures"].values()))):
        is_event = address.startswith("event-")
        document = domain.document_of_event(address) if is_event else domain.document_of(address)
        if document is not None:
            there = target(builder, builder.current_docname, document, address)
            uri = there.get("refuri") or f"#{address}"
            yield address, f'<a href="{uri}" tabindex="-1" aria-hidden="true"'
        else:
            yield address, "<a"
            if is_event:
                warn("figure", "found a mark of %s, expected an event that a page prints", address, location=node)


def _visit_downloads(translator: HTML5Translator, node: figure_downloads) -> None:
    builder = translator.builder
    if is_site(builder):
        here, label = builder.current_docname, node["label"]
        links = {_(name): link(builder, here, f"{FIGURES}/{label}.{kind}") for kind, name in DOWNLOADS.items()}
        translator.body.append(f"{render('figure-downloads.html', links=links)}\n")
    raise nodes.SkipNode


def _skip(translator: SphinxTranslator, node: nodes.Element) -> None:
    """Print nothing: the caption says it in words."""
    raise nodes.SkipNode


def _children(translator: SphinxTranslator, node: nodes.Element) -> None:
    """Print the children alone."""


def _printed_as(kind: str) -> tuple[Visitor, Visitor]:
    """What prints a node as one of docutils' own."""
    return (
        lambda translator, node: getattr(translator, f"visit_{kind}")(node),
        lambda translator, node: getattr(translator, f"depart_{kind}")(node),
    )


def _title_of(node: nodes.Node) -> str:
    return str(node["chart"].title) if isinstance(node, plotly_figure) else ""


# What is noted of a document


class FoldCode(SphinxTransform):
    """Fold what a cell hides: its code goes into the menu of its figure, or else behind what it made."""

    default_priority = 500

    def apply(self, **kwargs: Any) -> None:
        """Fold parts of cells, and leave none to myst-nb, which would put paragraphs into summaries."""
        for cell in list(self.document.findall(nodes.container)):
            hidden = str(cell.attributes.pop("hide_mode", ""))
            for part in cast("list[nodes.Element]", cell.children[:]) if hidden else ():
                is_code = part["nb_element"] == "cell_code_source"
                if hidden != ("output" if is_code else "input"):
                    cell.remove(part)
                    folded = fold("", part, summary=_("Code") if is_code else _("Result"))
                    folded["html"] = {"data-code": ""} if is_code else {}
                    (next(iter(cell.findall(figure_menu)), cell) if is_code else cell).append(folded)


def check_figures(app: Sphinx, document: nodes.document) -> None:
    """Warn of each code cell that is labelled as a figure, `fig-…`, and makes none."""
    for cell in document.findall(nodes.container):
        metadata: Mapping[str, Any] = cell["cell_metadata"] if cell.get("nb_element") == "cell_code" else {}
        label = str(metadata.get("label", ""))
        drawn = next(cell.findall(lambda node: isinstance(node, plotly_figure | nodes.comment)), None)
        if label.startswith("fig-") and drawn is None:
            warn("figure", "cell %s: found no plotly figure, expected one, as its label says", label, location=cell)


def note_figures(app: Sphinx, document: nodes.document) -> None:
    """Let `[](#fig-…)` refer to the figures of a document by their titles."""
    std = cast(StandardDomain, app.env.get_domain("std"))
    for figure in document.findall(plotly_figure):
        label = figure["names"][0]
        std.note_hyperlink_target(label, app.env.docname, figure["ids"][0], figure["chart"].title)


_AS_PARAGRAPH, _AS_TABLE = _printed_as("paragraph"), _printed_as("table")

#: How writers print the nodes, but for the figure itself, which is numbered.
PRINTED: Mapping[type[nodes.Element], Mapping[str, Any]] = {
    figure_title: {"html": (_visit_title_html, _depart_title_html), "latex": _AS_PARAGRAPH, "text": _AS_PARAGRAPH},
    chart_pictures: {"html": (_visit_pictures, None), "latex": (_skip, None), "text": (_skip, None)},
    figure_downloads: {"html": (_visit_downloads, None), "latex": (_skip, None), "text": (_skip, None)},
    figure_data: {"html": _AS_TABLE, "latex": _AS_TABLE, "text": _AS_TABLE},
}


def add_figure(app: Sphinx) -> None:
    """Tell Sphinx how figures are printed, numbered and referred to."""
    html, plain = (_visit_figure, _depart_figure), (_children, _children)
    app.add_enumerable_node(plotly_figure, "figure", _title_of, html=html, latex=plain, text=plain)
