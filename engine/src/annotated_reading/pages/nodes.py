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


class claim_group(nodes.container):
    """A box of claims."""


class claims_head(nodes.paragraph):
    """The line above the claims of a box."""


class claim_item(nodes.list_item):
    """One claim in its box, with its address as id."""


class claim_meta(nodes.paragraph):
    """Kind, holder and hedge of a claim, and links to more of it."""


class claim_trail(nodes.paragraph):
    """What a claim is linked with, and where it is taken up."""


class described_table(nodes.section):
    """The description of a table of data, whose name in the data package is `table`."""


class previewed_reference(nodes.reference):
    """A link to a claim or an event; `preview` holds what a reader sees of it on hover and on focus, if anything."""


class preview(nodes.Invisible, nodes.Element):
    """What a reader sees of a claim or an event beside a link to it, in `words`: search does not find it twice."""


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


def _visit_claim_group(translator: HTML5Translator, node: claim_group) -> None:
    translator.body.append(translator.starttag(node, "div"))


def _depart_claim_group(translator: HTML5Translator, node: claim_group) -> None:
    translator.body.append("</div>\n")


def _visit_claim_item_latex(translator: LaTeXTranslator, node: claim_item) -> None:
    translator.visit_list_item(node)
    translator.body.append(translator.hypertarget_to(node, anchor=True))


def _depart_claim_item_latex(translator: LaTeXTranslator, node: claim_item) -> None:
    translator.depart_list_item(node)


def _visit_fold(translator: HTML5Translator, node: fold) -> None:
    translator.body.append(translator.starttag(node, "details", ""))
    translator.body.append(f"<summary>{translator.encode(node['summary'])}</summary>")


def _depart_fold(translator: HTML5Translator, node: fold) -> None:
    translator.body.append("</details>\n")


def _visit_preview(translator: HTML5Translator, node: preview) -> None:
    translator.body.append(f"{translator.starttag(node, 'span', '')}{translator.encode(node['words'])}</span>")
    raise nodes.SkipNode


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
    claim_group: {"html": (_visit_claim_group, _depart_claim_group)},
    claim_item: {"latex": (_visit_claim_item_latex, _depart_claim_item_latex)},
    fold: {"html": (_visit_fold, _depart_fold)},
    preview: {"html": (_visit_preview, None)},
    paragraph_number: {
        "html": (_visit_paragraph_number_html, None),
        "latex": (_visit_paragraph_number_latex, None),
        "text": (_visit_paragraph_number_text, None),
    },
}
