"""Tables of data: with a caption, headers of columns and rows, numbers to the right. Those of pandas are made such.

A cell says what its table is in its metadata: `label: tab-…` and `caption`.
"""

import re
from collections.abc import Iterable
from xml.etree import ElementTree as ET

from docutils import nodes
from myst_nb.core.render import MimeData, NbElementRenderer

from annotated_reading.pages.domain import is_reading
from annotated_reading.warn import warn


class FrameRenderer:
    """Makes a table of the HTML that pandas gives for a data frame; a `MimeRenderPlugin` of myst-nb."""

    mime_priority_overrides = [("*", "text/html", 2)]

    @staticmethod
    def handle_mime(renderer: NbElementRenderer, data: MimeData, inline: bool) -> list[nodes.Element] | None:
        """The table, or None for anything that is no data frame, or in a book without the engine.

        Warns, with the cell's line, of a table without label or caption: nobody could refer to it, or know what it
        is of.
        """
        if inline or data.mime_type != "text/html" or 'class="dataframe"' not in str(data.content):
            return None
        if not is_reading(renderer.renderer.sphinx_env):
            return None
        label, caption = (str(data.cell_metadata.get(name, "")) for name in ("label", "caption"))
        for name, value, expected in (("label", label, "tab-[a-z0-9-]+"), ("caption", caption, ".+")):
            if not re.fullmatch(expected, value):
                place = f"{renderer.renderer.document['source']}:{data.line}"
                message = "cell %s: found the %s %r, expected one that says what the table is, such as tab-ships"
                warn("table", message, data.cell_index, name, value, location=place)
                return []
        table = frame_table(str(data.content), caption)
        table["ids"], table["names"] = [label], [label]
        renderer.renderer.document.note_explicit_target(table, table)
        return [table]


def frame_table(html: str, caption: str) -> nodes.table:
    """The table of pandas' HTML, whose header cells and index cells stay such."""
    source = re.search(r"<table.*</table>", html, re.DOTALL)
    root = ET.fromstring(source[0]) if source else ET.Element("table")
    rows = [*root.iterfind("thead/tr"), *root.iterfind("tbody/tr")]
    width = max(sum(int(cell.get("colspan", "1")) for cell in row) for row in rows)
    stubs = len(root.findall("tbody/tr[1]/th"))
    heads, body = map(_row, _heads(root, stubs)), map(_row, root.iterfind("tbody/tr"))
    return data_table(nodes.table, caption, heads, body, width=width, stubs=stubs)


def data_table(
    kind: type[nodes.table],
    caption: str,
    heads: Iterable[nodes.row],
    rows: Iterable[nodes.row],
    *,
    width: int,
    stubs: int,
) -> nodes.table:
    """A table of data, so many columns wide, of which the first `stubs` head their rows; numbers stand to the right."""
    group = nodes.tgroup("", *(nodes.colspec(colwidth=100 // width, stub=place < stubs) for place in range(width)))
    group["cols"] = width
    group += [nodes.thead("", *heads), nodes.tbody("", *rows)]
    _set_right(group, stubs)
    return kind("", nodes.title("", caption), group, classes=["data"])


def data_entry(text: str) -> nodes.entry:
    """A cell of a table of data."""
    return nodes.entry("", nodes.paragraph("", text))


def _heads(root: ET.Element, stubs: int) -> list[ET.Element]:
    """The header's rows; pandas gives names of the index a row of their own, which joins the one above."""
    *above, last = root.findall("thead/tr")
    if not above or any("".join(cell.itertext()).strip() for cell in last[stubs:]):
        return [*above, last]
    for cell, name in zip(above[-1], last[:stubs], strict=False):
        cell.text = name.text
    return above


def _row(row: ET.Element) -> nodes.row:
    entries = nodes.row()
    for cell in row:
        entry = data_entry("".join(cell.itertext()).strip())
        for name, span in (("morecols", "colspan"), ("morerows", "rowspan")):
            if int(cell.get(span, "1")) > 1:
                entry[name] = int(cell.get(span, "1")) - 1
        entries += entry
    return entries


def _set_right(group: nodes.tgroup, stubs: int) -> None:
    """Let columns of numbers stand to the right, with their heads."""
    columns = sum(isinstance(part, nodes.colspec) for part in group)
    rows = [list(row.findall(nodes.entry)) for row in group.findall(nodes.row)]
    whole = [row for row in rows if len(row) == columns]
    for place in range(stubs, columns):
        head, *cells = (row[place] for row in whole)
        if cells and all(re.fullmatch(r"([-−+]?[\d,.]+( ?%)?)?", cell.astext()) for cell in cells):
            for entry in (head, *cells):
                entry["classes"].append("number")
