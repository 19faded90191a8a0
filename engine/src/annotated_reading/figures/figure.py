"""Charts of notebook cells as figures of the page: a picture first, and plotly when a reader asks for it.

The chapter holds plain plotly; `charts` says what a chart must say of itself, `pictures` how its pictures are made.
"""

from __future__ import annotations

import csv
import io
import json
import re
from pathlib import Path
from typing import Any, cast

from docutils import nodes
from myst_nb.core.render import MimeData, NbElementRenderer
from sphinx.addnodes import pending_xref
from sphinx.application import Sphinx
from sphinx.domains.std import StandardDomain
from sphinx.environment import BuildEnvironment

from annotated_reading.figures.chart import Cell, Chart, ChartError, read_chart
from annotated_reading.figures.picture import PALETTE, credit, key_of, read_pictures
from annotated_reading.figures.table import data_entry, data_table
from annotated_reading.ledger.ledger import Ledger
from annotated_reading.pages.domain import ClaimDomain, claim_domain
from annotated_reading.pages.nodes import fold
from annotated_reading.pages.references import citations, claim_reference
from annotated_reading.published import FIGURES, address, each_page, is_site, link, write
from annotated_reading.warn import warn

MIME_TYPE = "application/vnd.plotly.v1+json"


class plotly_figure(nodes.General, nodes.Element):
    """A figure: its title, subtitle, pictures, caption, data and downloads; `chart` is the Chart."""


class figure_title(nodes.caption):
    """The title of a figure, which MyST takes for a reference without words of its own."""


class chart_pictures(nodes.General, nodes.Element):
    """The chart itself: `pictures` by their widths, `drawing` as JSON for plotly, `key`, and `label`."""


class figure_downloads(nodes.General, nodes.Element):
    """Links to what can be downloaded of the figure `label`."""


class PlotlyRenderer:
    """Makes a figure of the plotly output of a cell; a `MimeRenderPlugin` of myst-nb."""

    mime_priority_overrides = [("*", MIME_TYPE, 1)]

    @staticmethod
    def handle_mime(renderer: NbElementRenderer, data: MimeData, inline: bool) -> list[nodes.Element] | None:
        """The figure, or None for anything that is not plotly's.

        Warns, with the cell's line, of a figure that does not say what it must, and of one without its picture.
        """
        if inline or data.mime_type != MIME_TYPE:
            return None
        label = str(data.cell_metadata.get("label", ""))
        try:
            chart = read_chart(cast("dict[str, Any] | str", data.content))
            if not re.fullmatch(r"fig-[a-z0-9-]+", label):
                raise ChartError(f"found the label {label!r}, expected one such as fig-ships")
            _check_sources(chart, _domain(renderer).ledger)
            return [_figure(renderer, data, chart, label)]
        except ChartError as error:
            _warn(renderer, data, str(error))
            return [nodes.comment("", "The figure was not drawn.")]


def _check_sources(chart: Chart, ledger: Ledger) -> None:
    for source in chart.sources:
        known = (
            source in ledger.sources or not ledger.sources
            if source in chart.works
            else (ledger.folder / source).is_file()
        )
        if not known:
            raise ChartError(f"found {source!r} in layout.meta.source, expected a key of the bibliography or a table")


def _warn(renderer: NbElementRenderer, data: MimeData, message: str) -> None:
    place = f"{renderer.renderer.document['source']}:{data.line}"
    warn("figure", "cell %s: %s", data.cell_index, message, location=place)


def _figure(renderer: NbElementRenderer, data: MimeData, chart: Chart, label: str) -> plotly_figure:
    figure = plotly_figure(ids=[label], names=[label], chart=chart)
    renderer.renderer.document.note_explicit_target(figure, figure)
    figure += figure_title("", chart.title, ids=[f"{label}-title"])
    if chart.subtitle:
        figure += nodes.paragraph("", chart.subtitle, classes=["figure-subtitle"])
    figure += _pictures(renderer, data, chart, label)
    caption = nodes.paragraph("", chart.description, classes=["figure-description"], ids=[f"{label}-description"])
    if chart.claim:
        caption += [nodes.Text(" Claim "), _claim(renderer, chart.claim), nodes.Text(".")]
    caption += [
        nodes.Text(f" Source: {credit(chart, _domain(renderer).ledger.sources)}"),
        *_citation(renderer, data, chart),
        nodes.Text("."),
    ]
    figure += [caption, fold("", _table(renderer, chart), summary="Data as a table", classes=["figure-data"])]
    figure += figure_downloads(label=label)
    return figure


def _domain(renderer: NbElementRenderer) -> ClaimDomain:
    return claim_domain(renderer.renderer.sphinx_env)


def _pictures(renderer: NbElementRenderer, data: MimeData, chart: Chart, label: str) -> chart_pictures:
    env = renderer.renderer.sphinx_env
    key = key_of(chart)
    _keep(chart, key, env)
    folder = Path(env.srcdir) / env.config.annotated_reading_pictures
    pictures = read_pictures(folder, key)
    if pictures is None:
        _warn(renderer, data, f"found no picture {key} of {label} in {folder}, expected one; `make figures` draws it")
    return chart_pictures(pictures=pictures or {}, drawing=_themed(chart), key=key, label=label)


def _keep(chart: Chart, key: str, env: BuildEnvironment) -> None:
    """Keep the chart beside what is built, where the program that draws pictures finds it."""
    whole = {"data": list(chart.traces), "layout": dict(chart.layout)}
    write(Path(env.app.outdir).parent / "charts" / f"{key}.json", json.dumps(whole))


def _themed(chart: Chart) -> str:
    """What is drawn as JSON, its colours by the names that the style sheet has for them."""
    drawn = json.dumps({**chart.drawing, "narrow": chart.narrowing}, separators=(",", ":"), sort_keys=True)
    for colour, name in PALETTE.items():
        drawn = drawn.replace(f'"{colour}"', f'"var({name})"')
    return drawn


def _claim(renderer: NbElementRenderer, address: str) -> pending_xref:
    return claim_reference(address, renderer.renderer.sphinx_env.docname)


def _citation(renderer: NbElementRenderer, data: MimeData, chart: Chart) -> list[nodes.Node]:
    """The sources by the role that the book cites with; nothing where it has none."""

    def parse(markup: str) -> list[nodes.Node]:
        holder = nodes.paragraph()
        with renderer.renderer.current_node_context(holder):
            renderer.renderer.nested_render_text(markup, data.line or 0, inline=True)
        return holder.children

    return citations(renderer.renderer.sphinx_env.config.annotated_reading_cite_role, chart.works, parse)


def _table(renderer: NbElementRenderer, chart: Chart) -> nodes.table:
    columns, rows = chart.table()
    head = nodes.row("", *map(data_entry, columns))
    body = [nodes.row("", *(data_entry(_shown(cell)) for cell in row)) for row in rows]
    caption = f"Data of the figure “{chart.title}”"
    table = data_table(figure_data, caption, [head], body, width=len(columns), stubs=1)
    if columns[0] == "claim":
        for paragraph, (claim, *_) in zip(_first_cells(table), rows, strict=True):
            paragraph.clear()
            paragraph += _claim(renderer, str(claim))
    return table


def _first_cells(table: nodes.table) -> list[nodes.paragraph]:
    body = next(table.findall(nodes.tbody))
    return [next(row.findall(nodes.paragraph)) for row in body.findall(nodes.row)]


class figure_data(nodes.table):
    """The data of a figure as a table, which has no number of its own."""


def _shown(cell: Cell) -> str:
    if cell is None:
        return ""
    return f"{cell:.6g}" if isinstance(cell, float) else str(cell)


# What HTML and the other writers print


def _visit_figure(translator: Any, node: plotly_figure) -> None:
    translator.body.append(translator.starttag(node, "figure", CLASS="reading-figure"))


def _depart_figure(translator: Any, node: plotly_figure) -> None:
    translator.body.append("</figure>\n")


def _visit_title_html(translator: Any, node: figure_title) -> None:
    translator.body.append(translator.starttag(node, "p", "", CLASS="figure-title"))
    translator.add_fignumber(node.parent)


def _depart_title_html(translator: Any, node: figure_title) -> None:
    translator.body.append("</p>\n")


def _visit_title(translator: Any, node: figure_title) -> None:
    translator.visit_paragraph(node)


def _depart_title(translator: Any, node: figure_title) -> None:
    translator.depart_paragraph(node)


def _visit_pictures(translator: Any, node: chart_pictures) -> None:
    drawing = {"data-figure": node["drawing"]} if is_site(translator.builder) else {}
    translator.body.append(translator.starttag(node, "div", "", CLASS="figure-canvas", **drawing))
    label = node["label"]
    for name, svg in node["pictures"].items():
        if name != "wide" and not is_site(translator.builder):
            continue
        # A picture with links in it is a group, since what is inside an image is not read out.
        role = "group" if "<a " in svg else "img"
        said = f'role="{role}" aria-labelledby="{label}-title" aria-describedby="{label}-description"'
        picture = svg.replace("<svg ", f'<svg class="picture-{name}" {said} ', 1).rstrip()
        translator.body.append(
            re.sub(r'<a href="#([^"]+)"', lambda match: _linked(translator, node, match[1]), picture)
        )
    translator.body.append("</div>\n")
    raise nodes.SkipNode


def _linked(translator: Any, node: chart_pictures, target: str) -> str:
    """The start of a link from a mark to a claim or an event, to which the page leads the keyboard elsewhere too."""
    builder = translator.builder
    domain = claim_domain(builder.env)
    docname = domain.document_of_event(target) if target.startswith("event-") else domain.document_of(target)
    if docname is None:
        warn("figure", "found a mark of %s, expected a claim or an event that a page prints", target, location=node)
        return "<a"
    uri = builder.get_relative_uri(builder.current_docname, docname) if docname != builder.current_docname else ""
    return f'<a href="{uri}#{target}" tabindex="-1"'


def _visit_downloads(translator: Any, node: figure_downloads) -> None:
    if not is_site(translator.builder):
        raise nodes.SkipNode
    builder = translator.builder
    label = node["label"]
    kinds = {
        "csv": "data (CSV)",
        "csv-metadata.json": "what the data are (JSON)",
        "svg": "picture (SVG)",
        "png": "picture (PNG)",
    }
    links = [
        f'<a href="{link(builder, builder.current_docname, f"{FIGURES}/{label}.{kind}")}" download>{name}</a>'
        for kind, name in kinds.items()
    ]
    translator.body.append(f'<p class="figure-downloads">Download: {", ".join(links)}</p>\n')
    raise nodes.SkipNode


def _skip(translator: Any, node: nodes.Element) -> None:
    """Print nothing: the caption says it in words."""
    raise nodes.SkipNode


def _children(translator: Any, node: nodes.Element) -> None:
    """Print the children alone."""


def _title_of(node: nodes.Node) -> str:
    return str(node["chart"].title) if isinstance(node, plotly_figure) else ""


# What is noted of a document, and written beside its page


def check_figures(app: Sphinx, document: nodes.document) -> None:
    """Warn of each code cell that is labelled as a figure, `fig-…`, and makes none."""
    for cell in document.findall(nodes.container):
        metadata = cell["cell_metadata"] if cell.get("nb_element") == "cell_code" else {}
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


def finish_page(app: Sphinx, page: str, context: dict[str, Any], document: nodes.document | None) -> None:
    """On pages with figures, load the script and write what can be downloaded of them."""
    figures = list(document.findall(plotly_figure)) if document is not None else []
    if figures:
        app.add_js_file("annotated-reading-figures.js", loading_method="defer")
    for figure in figures:
        place = f"{app.builder.get_target_uri(page)}#{figure['names'][0]}"
        _write_downloads(app, figure, address(app.config, place))


def _write_downloads(app: Sphinx, figure: plotly_figure, home: str) -> None:
    chart: Chart = figure["chart"]
    label = figure["names"][0]
    folder = Path(app.outdir) / FIGURES
    columns, rows = chart.table()
    text = io.StringIO()
    csv.writer(text, lineterminator="\n").writerows([columns, *rows])
    write(folder / f"{label}.csv", text.getvalue())
    said = {
        "@context": "http://www.w3.org/ns/csvw",
        "url": f"{label}.csv",
        "dc:title": chart.title,
        "dc:description": f"{chart.subtitle}. {chart.description}" if chart.subtitle else chart.description,
        "dc:source": list(chart.sources),
        "dc:isPartOf": home,
        "tableSchema": {"columns": [_column(name, place, rows) for place, name in enumerate(columns)]},
    }
    write(folder / f"{label}.csv-metadata.json", json.dumps(said, ensure_ascii=False, indent=2) + "\n")
    kept = Path(app.srcdir) / app.config.annotated_reading_pictures
    (shown,) = figure.findall(chart_pictures)
    for suffix in ("svg", "png"):
        picture = kept / f"{shown['key']}.{suffix}"
        if picture.is_file():
            write(folder / f"{label}.{suffix}", picture.read_bytes())


def _column(name: str, place: int, rows: list[list[Cell]]) -> dict[str, str]:
    """A column as CSV on the Web describes it (https://www.w3.org/TR/tabular-metadata/)."""
    numeric = all(isinstance(row[place], int | float | None) for row in rows)
    return {"titles": name, "datatype": "number" if numeric else "string"}


def setup(app: Sphinx) -> None:
    """Tell Sphinx how figures are printed, numbered and referred to."""
    app.add_config_value("annotated_reading_pictures", "figures", "env", str)
    app.add_enumerable_node(
        plotly_figure,
        "figure",
        _title_of,
        html=(_visit_figure, _depart_figure),
        latex=(_children, _children),
        text=(_children, _children),
    )
    plain = (_visit_title, _depart_title)
    app.add_node(figure_title, html=(_visit_title_html, _depart_title_html), latex=plain, text=plain)
    app.add_node(chart_pictures, html=(_visit_pictures, None), latex=(_skip, None), text=(_skip, None))
    app.add_node(figure_downloads, html=(_visit_downloads, None), latex=(_skip, None), text=(_skip, None))
    as_table = (
        lambda translator, node: translator.visit_table(node),
        lambda translator, node: translator.depart_table(node),
    )
    app.add_node(figure_data, html=as_table, latex=as_table, text=as_table)
    app.connect("doctree-read", check_figures)
    app.connect("doctree-read", note_figures)
    each_page(app, finish_page)
