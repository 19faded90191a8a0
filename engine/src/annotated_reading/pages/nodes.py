"""The nodes that the engine adds to a document, and how HTML and the other writers print them.

Most are kinds of a node that docutils knows, so that every writer has something sensible to print. Other rooms find
things in a document by these kinds, never by a class meant for looks. Any node may hold in `html` what attributes its
tag has in HTML, such as those by which scripts and style sheets find it (see `translator`).
"""

from collections.abc import Mapping
from typing import Any

from docutils import nodes
from sphinx.writers.html5 import HTML5Translator
from sphinx.writers.latex import LaTeXTranslator
from sphinx.writers.text import TextTranslator


class spread(nodes.container):
    """A paragraph of the text: what it says as a whole, its claims, and their annotation."""


class claim_group(nodes.container):
    """The claims of a spread."""


class annotation(nodes.container):
    """What the book says of the claims of a spread."""


class claims_head(nodes.paragraph):
    """The line above the claims of a spread, which leads to the original."""


class claim_item(nodes.list_item):
    """One claim of a group, with its address as id."""


class claim_actions(nodes.paragraph):
    """What can be done with a claim: to open it in the original, and to cite it."""


class described_table(nodes.section):
    """The description of a table of data, whose name in the data package is `table`."""


class fold(nodes.container):
    """What a reader may unfold; `summary` says what it is, to the eye by its `sign` where it has one."""


class paragraph_number(nodes.inline):
    """The number of a paragraph before its heading; it has no text, so that titles stay as they are written."""


class reading_time(nodes.inline):
    """How long the document takes to read; filled when the document has been read."""


class overview(nodes.container):
    """All claims of the text as marks."""


def _visit_block(translator: HTML5Translator, node: nodes.container) -> None:
    translator.body.append(translator.starttag(node, "div"))


def _depart_block(translator: HTML5Translator, node: nodes.container) -> None:
    translator.body.append("</div>\n")


def _visit_claim_item_latex(translator: LaTeXTranslator, node: claim_item) -> None:
    translator.visit_list_item(node)
    translator.body.append(translator.hypertarget_to(node, anchor=True))


def _depart_claim_item_latex(translator: LaTeXTranslator, node: claim_item) -> None:
    translator.depart_list_item(node)


def _visit_fold(translator: HTML5Translator, node: fold) -> None:
    translator.body.append(translator.starttag(node, "details", ""))
    says = translator.encode(node["summary"])
    label = f' aria-label="{says}"' if "sign" in node else ""
    translator.body.append(f"<summary{label}>{node.get('sign', says)}</summary>")


def _depart_fold(translator: HTML5Translator, node: fold) -> None:
    translator.body.append("</details>\n")


def _visit_paragraph_number_html(translator: HTML5Translator, node: paragraph_number) -> None:
    translator.body.append(f'<span class="paragraph-number">{node["number"]}</span> ')
    raise nodes.SkipNode


def _visit_paragraph_number_latex(translator: LaTeXTranslator, node: paragraph_number) -> None:
    translator.body.append(f"{node['number']}\\quad ")
    raise nodes.SkipNode


def _visit_paragraph_number_text(translator: TextTranslator, node: paragraph_number) -> None:
    translator.add_text(f"{node['number']} ")
    raise nodes.SkipNode


#: How writers print the nodes that they would not print well by themselves.
PRINTED: Mapping[type[nodes.Element], Mapping[str, Any]] = {
    spread: {"html": (_visit_block, _depart_block)},
    claim_group: {"html": (_visit_block, _depart_block)},
    annotation: {"html": (_visit_block, _depart_block)},
    claim_item: {"latex": (_visit_claim_item_latex, _depart_claim_item_latex)},
    fold: {"html": (_visit_fold, _depart_fold)},
    paragraph_number: {
        "html": (_visit_paragraph_number_html, None),
        "latex": (_visit_paragraph_number_latex, None),
        "text": (_visit_paragraph_number_text, None),
    },
}
