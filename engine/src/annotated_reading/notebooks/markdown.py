"""A resolved document as plain Markdown, for readers that know no directive and no role.

It is CommonMark with the tables of GitHub and a few tags of HTML, which JupyterLab, Colab and code hosts all show.
"""

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from docutils import nodes
from sphinx.addnodes import download_reference

from annotated_reading.pages.nodes import fold, overview, paragraph_number


@dataclass(frozen=True)
class CodeCell:
    """The place of a code cell, by its index in the notebook that the document was made from."""

    index: int


class MarkdownWriter:
    """Writes documents as Markdown; `address` turns the target of a link or picture into one that can be followed."""

    def __init__(self, address: Callable[[str], str]) -> None:
        """Begin with no heading."""
        self._address = address
        self._depth = 0

    def blocks(self, node: nodes.Node) -> Iterator[str | CodeCell]:
        """What a node holds, a block at a time: Markdown, or the place of a code cell."""
        for name in (cls.__name__ for cls in type(node).__mro__):
            method = getattr(self, f"_block_{name}", None)
            if method:
                yield from method(node)
                return
        if isinstance(node, nodes.TextElement | nodes.Inline | nodes.Text):
            yield from self._lines(node)
        else:
            yield from self._children(node)

    def inline(self, node: nodes.Node) -> str:
        """What a node says within a line."""
        for name in (cls.__name__ for cls in type(node).__mro__):
            method = getattr(self, f"_inline_{name}", None)
            if method:
                return str(method(node))
        return "".join(map(self.inline, node.children))

    # Blocks

    def _children(self, node: nodes.Node) -> Iterator[str | CodeCell]:
        for child in node.children:
            yield from self.blocks(child)

    def _text(self, node: nodes.Node) -> str:
        """The blocks within a node as one text."""
        return "\n\n".join(block for block in self._children(node) if isinstance(block, str))

    def _lines(self, node: nodes.Node) -> Iterator[str]:
        text = _even(self.inline(node))
        if text:
            yield re.sub(r"^(?:([-+#>=])|(\d+)([.)]))(?=\s|$)", r"\2\\\1\3", text)

    def _block_section(self, node: nodes.section) -> Iterator[str | CodeCell]:
        self._depth += 1
        yield from self._children(node)
        self._depth -= 1

    def _block_title(self, node: nodes.title) -> Iterator[str]:
        text = _even(self.inline(node))
        yield f"{'#' * self._depth} {text}" if isinstance(node.parent, nodes.section) else f"**{text}**"

    def _block_rubric(self, node: nodes.rubric) -> Iterator[str]:
        yield f"**{_even(self.inline(node))}**"

    def _block_paragraph(self, node: nodes.paragraph) -> Iterator[str]:
        yield from self._lines(node)

    def _block_container(self, node: nodes.container) -> Iterator[str | CodeCell]:
        if node.get("nb_element") == "cell_code":
            yield CodeCell(int(node["cell_index"]))
        else:
            yield from self._children(node)

    def _quote(self, node: nodes.Node) -> Iterator[str]:
        text = self._text(node)
        if text:
            yield "\n".join(f"> {line}".rstrip() for line in text.splitlines())

    _block_claim_group = _block_block_quote = _block_sidebar = _block_Admonition = _quote

    def _block_fold(self, node: fold) -> Iterator[str]:
        yield f"<details><summary>{_escape(node['summary'])}</summary>\n\n{self._text(node)}\n\n</details>"

    def _block_overview(self, node: overview) -> Iterator[str]:
        for item in node.findall(nodes.definition_list_item):
            marks = " ".join(_even(self.inline(mark)) for mark in item.findall(nodes.list_item))
            yield f"**{_even(self.inline(item[0]))}** {marks}"
        for table in node.findall(nodes.table):
            yield from self._block_table(table)

    def _block_bullet_list(self, node: nodes.bullet_list) -> Iterator[str]:
        yield self._list(node, ("- " for _ in node.children))

    def _block_enumerated_list(self, node: nodes.enumerated_list) -> Iterator[str]:
        first = int(node.get("start", 1))
        yield self._list(node, (f"{number}. " for number in range(first, first + len(node.children))))

    def _list(self, node: nodes.Element, markers: Iterable[str]) -> str:
        items = [_hang(marker, self._text(item)) for marker, item in zip(markers, node.children, strict=False)]
        return ("\n\n" if any("\n\n" in item for item in items) else "\n").join(items)

    def _block_definition_list_item(self, node: nodes.definition_list_item) -> Iterator[str | CodeCell]:
        term, *rest = node.children
        yield f"**{_even(self.inline(term))}**"
        for part in rest:
            yield from self.blocks(part)

    def _block_footnote(self, node: nodes.footnote) -> Iterator[str]:
        label, *rest = node.children
        holder = nodes.container("", *(part.deepcopy() for part in rest))
        yield _hang(f"{label.astext()}. ", self._text(holder))

    def _block_citation(self, node: nodes.citation) -> Iterator[str | CodeCell]:
        yield from self._children(node)

    def _block_label(self, node: nodes.label) -> Iterator[str]:
        yield from ()

    def _block_literal_block(self, node: nodes.literal_block) -> Iterator[str]:
        fence = "`" * max(3, *(len(run) + 1 for run in re.findall("`+", f"{node.astext()}``")))
        yield f"{fence}{node.get('language', '').replace('default', '')}\n{node.astext()}\n{fence}"

    def _block_math_block(self, node: nodes.math_block) -> Iterator[str]:
        yield f"$$\n{node.astext().strip()}\n$$"

    def _block_table(self, node: nodes.table) -> Iterator[str]:
        yield from (f"**{_even(self.inline(title))}**" for title in node.children if isinstance(title, nodes.title))
        rows = [[self._cell(entry) for entry in row.children] for row in node.findall(nodes.row)]
        if rows:
            lines = [f"| {' | '.join(row)} |" for row in rows]
            yield "\n".join([lines[0], "|" + " --- |" * len(rows[0]), *lines[1:]])

    def _cell(self, entry: nodes.Node) -> str:
        """What a cell of a table holds, in one line."""
        text = self._text(entry).replace("|", "\\|")
        return re.sub(r"\n\n+", "<br>", text).replace("\n", " ")

    def _block_transition(self, node: nodes.transition) -> Iterator[str]:
        yield "---"

    def _block_image(self, node: nodes.image) -> Iterator[str]:
        yield self._inline_image(node)

    def _block_raw(self, node: nodes.raw) -> Iterator[str]:
        if "html" in node.get("format", "").split():
            yield node.astext()

    def _nothing(self, node: nodes.Node) -> Iterator[str]:
        yield from ()

    _block_comment = _block_Invisible = _block_toctree = _block_index = _block_system_message = _nothing

    def _block_compound(self, node: nodes.compound) -> Iterator[str | CodeCell]:
        if "toctree-wrapper" not in node["classes"]:
            yield from self._children(node)

    # Within a line

    def _inline_Text(self, node: nodes.Text) -> str:
        return _escape(node.astext())

    def _inline_reference(self, node: nodes.reference) -> str:
        return self._linked(node, node["refuri"] if "refuri" in node else f"#{node['refid']}")

    def _inline_download_reference(self, node: download_reference) -> str:
        return self._linked(node, node["filename"])

    def _linked(self, node: nodes.Element, target: str) -> str:
        if node.astext() == target:
            return f"<{target}>"
        words = _even("".join(map(self.inline, node.children)))
        return f"[{words}](<{address}>)" if " " in (address := self._address(target)) else f"[{words}]({address})"

    def _inline_footnote_reference(self, node: nodes.footnote_reference) -> str:
        return f"[[{node.astext()}]]({self._address('#' + node['refid'])})"

    def _inline_emphasis(self, node: nodes.emphasis) -> str:
        return _wrapped("*", "".join(map(self.inline, node.children)))

    def _inline_strong(self, node: nodes.strong) -> str:
        return _wrapped("**", "".join(map(self.inline, node.children)))

    def _inline_literal(self, node: nodes.literal) -> str:
        fence = "`" * (1 + max((len(run) for run in re.findall("`+", node.astext())), default=0))
        pad = " " if node.astext().startswith("`") or node.astext().endswith("`") else ""
        return f"{fence}{pad}{node.astext()}{pad}{fence}"

    def _inline_math(self, node: nodes.math) -> str:
        return f"${node.astext()}$"

    def _inline_superscript(self, node: nodes.superscript) -> str:
        return f"<sup>{''.join(map(self.inline, node.children))}</sup>"

    def _inline_subscript(self, node: nodes.subscript) -> str:
        return f"<sub>{''.join(map(self.inline, node.children))}</sub>"

    def _inline_paragraph_number(self, node: paragraph_number) -> str:
        return f"{node['number']}. "

    def _inline_image(self, node: nodes.image) -> str:
        return f"![{_escape(node.get('alt', ''))}]({self._address(node['uri'])})"

    def _inline_raw(self, node: nodes.raw) -> str:
        return node.astext() if "html" in node.get("format", "").split() else ""

    def _inline_comment(self, node: nodes.Node) -> str:
        return ""

    _inline_Invisible = _inline_index = _inline_comment


def _escape(text: str) -> str:
    """A text, so that no character of it is taken for markup; line ends are spaces."""
    for sign, entity in (("&", "&amp;"), ("<", "&lt;"), ("[", "&#91;"), ("]", "&#93;")):
        text = text.replace(sign, entity)
    text = re.sub(r"([\\`*$~])", r"\\\1", text)
    return re.sub(r"(?<!\w)_|_(?!\w)", r"\\_", text).replace("\n", " ")


def _even(text: str) -> str:
    return re.sub(r"[ \n]+", " ", text).strip()


def _wrapped(sign: str, text: str) -> str:
    """A text between signs that touch it, as Markdown wants them."""
    inner = text.strip()
    if not inner:
        return text
    before, after = text[: len(text) - len(text.lstrip())], text[len(text.rstrip()) :]
    return f"{before}{sign}{inner}{sign}{after}"


def _hang(marker: str, text: str) -> str:
    """A list item: the marker, and every line of the text after it."""
    indent = " " * len(marker)
    first, *rest = text.splitlines() or [""]
    return "\n".join([f"{marker}{first}", *(f"{indent}{line}" if line else "" for line in rest)])
