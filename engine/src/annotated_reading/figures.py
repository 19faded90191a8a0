"""Plotly's output of a notebook cell as a figure of the page.

The chapter holds plain plotly. What the figure says of itself travels in plotly's own layout: `title.text`,
`title.subtitle.text`, and `meta` with its `description`, the `source` of its data and the `claim` that it is about.
The page's script draws it from a copy of plotly that the site itself serves.
"""

from __future__ import annotations

import json
from typing import Any

from docutils import nodes
from myst_nb.core.render import MimeData, NbElementRenderer
from sphinx.addnodes import pending_xref
from sphinx.application import Sphinx
from sphinx.domains.std import StandardDomain
from sphinx.util import logging

logger = logging.getLogger(__name__)

MIME_TYPE = "application/vnd.plotly.v1+json"

#: The colours of the light theme, which a chapter may use, and the names under which the style sheet has
#: them for every theme.
PALETTE = {
    "#59626e": "--hue-slate",
    "#2a5d9f": "--hue-blue",
    "#a93a29": "--hue-red",
    "#0b7265": "--hue-teal",
    "#8a5a00": "--hue-ochre",
    "#75489a": "--hue-violet",
    "#8a919b": "--figure-muted",
    "#ffffff": "--pst-color-background",
}


class plotly_figure(nodes.General, nodes.Element):
    """A figure: its title, subtitle, canvas and caption."""


class figure_title(nodes.caption):
    """The title of a figure, which MyST takes for a reference without words of its own."""


class plotly_canvas(nodes.General, nodes.Element):
    """Where the chart is drawn; `figure` is its data and layout as JSON, `description` what it shows, in words."""


class PlotlyRenderer:
    """Makes a figure of the plotly output of a cell; a `MimeRenderPlugin` of myst-nb."""

    mime_priority_overrides = [("*", MIME_TYPE, 1)]

    @staticmethod
    def handle_mime(renderer: NbElementRenderer, data: MimeData, inline: bool) -> list[nodes.Element] | None:
        """The figure, or None for anything that is not plotly's.

        Warns, with the cell's line, of a figure without title or description: it would be lost to those who
        cannot see it.
        """
        if inline or data.mime_type != MIME_TYPE:
            return None
        content = data.content if isinstance(data.content, dict) else json.loads(data.content)
        layout = content.get("layout", {})
        title = layout.get("title", {})
        meta = layout.get("meta") or {}
        for what, value in (
            ("layout.title.text", title.get("text")),
            ("layout.meta.description", meta.get("description")),
        ):
            if not value:
                logger.warning(
                    "cell %s: found no %s, expected what the figure says of itself", data.cell_index, what,
                    location=f"{renderer.renderer.document['source']}:{data.line}", type="claim", subtype="figure",
                )  # fmt: skip
                return []
        return [_figure(renderer, data, content, title, meta)]


def _figure(
    renderer: NbElementRenderer, data: MimeData, content: dict[str, Any], title: dict[str, Any], meta: dict[str, str]
) -> plotly_figure:
    document = renderer.renderer.document
    label = data.cell_metadata.get("label")
    figure = plotly_figure(ids=[label or f"figure-{data.cell_index}"])
    if label:
        figure["names"].append(label)
        document.note_explicit_target(figure, figure)
    figure += figure_title("", title["text"])
    subtitle = title.get("subtitle", {}).get("text")
    if subtitle:
        figure += nodes.paragraph("", subtitle, classes=["figure-subtitle"])
    figure += plotly_canvas(figure=_drawable(content), description=meta["description"])
    caption = nodes.paragraph("", meta["description"], classes=["figure-description"])
    if "claim" in meta:
        caption += [nodes.Text(" Claim "), _claim(renderer, meta["claim"]), nodes.Text(".")]
    if "source" in meta:
        caption += nodes.Text(" Source:")
        caption += _citation(renderer, data, meta["source"])
    figure += caption
    return figure


def _claim(renderer: NbElementRenderer, address: str) -> pending_xref:
    target = {"refdomain": "claim", "reftype": "claim", "reftarget": address}
    env = renderer.renderer.sphinx_env
    return pending_xref("", nodes.inline("", address), refdoc=env.docname, refexplicit=True, refwarn=True, **target)


def _citation(renderer: NbElementRenderer, data: MimeData, key: str) -> list[nodes.Node]:
    """The source by the role that the book cites with, or its key where it has none."""
    role = renderer.renderer.sphinx_env.config.annotated_reading_cite_role
    if not role:
        return [nodes.Text(f" {key}")]
    holder = nodes.paragraph()
    with renderer.renderer.current_node_context(holder):
        renderer.renderer.nested_render_text(f"{{{role}}}`{key}`", data.line or 0, inline=True)
    return [nodes.Text(" "), *holder.children]


def _drawable(content: dict[str, Any]) -> str:
    """The figure as JSON, without what the page says in words and what the theme decides."""
    layout = {key: value for key, value in content["layout"].items() if key not in ("title", "meta", "template")}
    drawn = json.dumps({"data": content["data"], "layout": layout}, separators=(",", ":"), sort_keys=True)
    for colour, name in PALETTE.items():
        drawn = drawn.replace(f'"{colour}"', f'"var({name})"')
    return drawn


def _visit_figure(translator: Any, node: plotly_figure) -> None:
    translator.body.append(translator.starttag(node, "figure", CLASS="reading-figure"))


def _depart_figure(translator: Any, node: plotly_figure) -> None:
    translator.body.append("</figure>\n")


def _visit_title_html(translator: Any, node: figure_title) -> None:
    translator.body.append(translator.starttag(node, "p", "", CLASS="figure-title"))


def _depart_title_html(translator: Any, node: figure_title) -> None:
    translator.body.append("</p>\n")


def _visit_title(translator: Any, node: figure_title) -> None:
    translator.visit_paragraph(node)


def _depart_title(translator: Any, node: figure_title) -> None:
    translator.depart_paragraph(node)


def _visit_canvas(translator: Any, node: plotly_canvas) -> None:
    attributes = {"role": "img", "aria-label": node["description"], "data-figure": node["figure"]}
    translator.body.append(translator.starttag(node, "div", "", CLASS="figure-canvas", **attributes))
    translator.body.append("</div>\n")
    raise nodes.SkipNode


def _skip(translator: Any, node: nodes.Element) -> None:
    """Print nothing: the caption says it in words."""
    raise nodes.SkipNode


def _children(translator: Any, node: nodes.Element) -> None:
    """Print the children alone."""


def check_figures(app: Sphinx, document: nodes.document) -> None:
    """Warn of each code cell that is labelled as a figure, `fig-…`, and makes none."""
    for cell in document.findall(nodes.container):
        metadata = cell["cell_metadata"] if cell.get("nb_element") == "cell_code" else {}
        label = str(metadata.get("label", ""))
        if label.startswith("fig-") and next(cell.findall(plotly_figure), None) is None:
            logger.warning(
                "cell %s: found no plotly figure, expected one, as its label says", label,
                location=cell, type="claim", subtype="figure",
            )  # fmt: skip


def note_figures(app: Sphinx, document: nodes.document) -> None:
    """Let `[](#fig-…)` refer to the figures of a document by their titles."""
    std = app.env.get_domain("std")
    assert isinstance(std, StandardDomain)
    for figure in document.findall(plotly_figure):
        for name in figure["names"]:
            std.note_hyperlink_target(name, app.env.docname, figure["ids"][0], figure[0].astext())


def add_script(app: Sphinx, pagename: str, templatename: str, context: dict[str, Any], doctree: Any) -> None:
    """Load the script that draws figures, on pages that have one."""
    if doctree is not None and next(doctree.findall(plotly_figure), None) is not None:
        app.add_js_file("annotated-reading-figures.js", loading_method="defer")


def setup(app: Sphinx) -> None:
    """Tell Sphinx how figures are printed and referred to."""
    app.add_node(
        plotly_figure, html=(_visit_figure, _depart_figure), latex=(_children, _children), text=(_children, _children)
    )
    plain = (_visit_title, _depart_title)
    app.add_node(figure_title, html=(_visit_title_html, _depart_title_html), latex=plain, text=plain)
    app.add_node(plotly_canvas, html=(_visit_canvas, None), latex=(_skip, None), text=(_skip, None))
    app.connect("doctree-read", check_figures)
    app.connect("doctree-read", note_figures)
    app.connect("html-page-context", add_script)
