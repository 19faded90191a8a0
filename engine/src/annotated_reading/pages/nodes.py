"""The nodes that the engine adds to a document, and how HTML and the other writers print them.

Most are kinds of a node that docutils knows, so that every writer has something sensible to print.
"""

from __future__ import annotations

from typing import Any

from docutils import nodes
from sphinx.application import Sphinx


class claim_group(nodes.container):
    """A box of claims, with an accessible name in `label`."""


class claim_item(nodes.list_item):
    """One claim in its box, with its address as id."""


class previewed_reference(nodes.reference):
    """A link to a claim or an event; `preview` holds what a reader sees of it on hover and on focus, if anything."""


class fold(nodes.container):
    """What a reader may unfold; `summary` says what it is."""


class paragraph_number(nodes.inline):
    """The number of a paragraph before its heading; it has no text, so that titles stay as they are written."""


class taken_up(nodes.inline):
    """Where in the book the claim named in `claim` is taken up; filled when the whole book has been read."""


class reading_time(nodes.inline):
    """How long the document takes to read; filled when the document has been read."""


class overview(nodes.container):
    """All claims of the text as marks."""


def _visit_claim_group(translator: Any, node: claim_group) -> None:
    attributes = {"role": "group", "aria-label": node["label"]}
    translator.body.append(translator.starttag(node, "div", **attributes))


def _depart_claim_group(translator: Any, node: claim_group) -> None:
    translator.body.append("</div>\n")


def _visit_claim_item_latex(translator: Any, node: claim_item) -> None:
    translator.visit_list_item(node)
    translator.body.append(translator.hypertarget_to(node, anchor=True))


def _depart_claim_item_latex(translator: Any, node: claim_item) -> None:
    translator.depart_list_item(node)


def _visit_fold(translator: Any, node: fold) -> None:
    translator.body.append(translator.starttag(node, "details", ""))
    translator.body.append(f"<summary>{translator.encode(node['summary'])}</summary>")


def _depart_fold(translator: Any, node: fold) -> None:
    translator.body.append("</details>\n")


def _visit_previewed_reference(translator: Any, node: previewed_reference) -> None:
    href = node["refuri"] if "refuri" in node else f"#{node['refid']}"
    attributes = {"href": href, "class": "reference internal"}
    if "preview_id" in node:
        attributes["aria-describedby"] = node["preview_id"]
    translator.body.append(f'<span class="{" ".join(node["classes"])}">')
    translator.body.append(translator.starttag({}, "a", "", **attributes))


def _depart_previewed_reference(translator: Any, node: previewed_reference) -> None:
    translator.body.append("</a>")
    if "preview_id" in node:
        attributes = {"class": "preview", "role": "tooltip"}
        translator.body.append(translator.starttag({}, "span", "", ids=[node["preview_id"]], **attributes))
        translator.body.append(translator.encode(node["preview"]))
        translator.body.append("</span>")
    translator.body.append("</span>")


def _visit_paragraph_number_html(translator: Any, node: paragraph_number) -> None:
    translator.body.append(f'<span class="paragraph-number">{node["number"]}</span> ')
    raise nodes.SkipNode


def _visit_paragraph_number_latex(translator: Any, node: paragraph_number) -> None:
    translator.body.append(f"{node['number']}\\quad ")
    raise nodes.SkipNode


def _visit_paragraph_number_text(translator: Any, node: paragraph_number) -> None:
    translator.add_text(f"{node['number']} ")
    raise nodes.SkipNode


def _visit_entry(translator: Any, node: nodes.entry) -> None:
    """A cell as ever; a header says in addition whether it heads its column or its row."""
    before = len(translator.body)
    type(translator).visit_entry(translator, node)
    scope = "col" if isinstance(node.parent.parent, nodes.thead) else "row"
    translator.body[before] = translator.body[before].replace("<th ", f'<th scope="{scope}" ', 1)


def _depart_entry(translator: Any, node: nodes.entry) -> None:
    type(translator).depart_entry(translator, node)


def setup(app: Sphinx) -> None:
    """Tell Sphinx how its writers print the nodes."""
    app.add_node(nodes.entry, override=True, html=(_visit_entry, _depart_entry))
    app.add_node(claim_group, html=(_visit_claim_group, _depart_claim_group))
    app.add_node(claim_item, latex=(_visit_claim_item_latex, _depart_claim_item_latex))
    app.add_node(fold, html=(_visit_fold, _depart_fold))
    app.add_node(previewed_reference, html=(_visit_previewed_reference, _depart_previewed_reference))
    app.add_node(
        paragraph_number,
        html=(_visit_paragraph_number_html, None),
        latex=(_visit_paragraph_number_latex, None),
        text=(_visit_paragraph_number_text, None),
    )
