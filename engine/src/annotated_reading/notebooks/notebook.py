"""Each page as a notebook that stands alone, made from the same document as the page.

Prose, claims, references and sources are Markdown; code cells are those of the chapter, with their outputs. Where a
chapter says in which folder the tables are, its notebook looks for them beside itself, and else at the book's address.
"""

import hashlib
import json
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import count
from pathlib import Path
from posixpath import join
from typing import Any, cast
from urllib.parse import urljoin, urlsplit

import nbformat
from docutils import nodes
from sphinx.application import Sphinx
from sphinx.builders.html import StandaloneHTMLBuilder
from sphinx.util.osutil import relative_uri

from annotated_reading.figures.figure import MIME_TYPE
from annotated_reading.language import _, listed
from annotated_reading.notebooks.cache import executed_notebook
from annotated_reading.notebooks.markdown import CodeCell, MarkdownWriter
from annotated_reading.pages.domain import claim_domain
from annotated_reading.published import ARCHIVE, DATA, render, write

Cell = dict[str, Any]

_FOLDER = re.compile(r"""^(\w+) = (["'])([^"'\n]+)\2\n?""", re.MULTILINE)


def keep_outputs(app: Sphinx, document: nodes.document) -> None:
    """Keep with a document the code and the outputs of its cells, which the page shows in part."""
    notebook = executed_notebook(app, app.env.docname)
    if notebook is not None:
        cells = [cell if cell.cell_type == "code" else None for cell in notebook.cells]
        document["notebook"] = json.dumps({"metadata": notebook.metadata, "cells": cells})


class NotebookMaker:
    """Makes the notebook of one page."""

    def __init__(self, app: Sphinx, docname: str) -> None:
        """For a page of a book that is built as a site."""
        self._app, self._docname = app, docname
        self._base = app.config.html_baseurl

    def address(self, target: str) -> str:
        """Where a link of the page leads, from the notebook: into the book by its full address, if it has one."""
        if urlsplit(target).scheme or target.startswith("//"):
            return target
        builder = cast(StandaloneHTMLBuilder, self._app.builder)
        path = join(builder.imagedir, builder.images[target]) if target in builder.images else None
        if target in {name for _, name in builder.env.dlfiles.values()}:
            path = join("_downloads", target)
        path, _, fragment = (path or urljoin(builder.get_target_uri(self._docname), target)).partition("#")
        path = self._base + path if self._base else relative_uri(f"{self._docname}.ipynb", path)
        return f"{path}#{fragment}" if fragment else path

    def notebook(self, document: nodes.document) -> dict[str, Any]:
        """The notebook, valid by nbformat 4.5 and the same in every build."""
        kept = json.loads(document.get("notebook", '{"metadata": {}, "cells": []}'))
        cells = list(self._cells(document, kept["cells"]))
        _number(cells)
        spec = {"name": "python3", "display_name": "Python 3", "language": "python"}
        spec |= kept["metadata"].get("kernelspec", {})
        metadata = {"kernelspec": spec, "language_info": {"name": spec["language"]}}
        made = {"cells": cells, "metadata": metadata, "nbformat": 4, "nbformat_minor": 5}
        nbformat.validate(made)
        return made

    def _cells(self, document: nodes.document, code: Sequence[Any]) -> Iterator[Cell]:
        """The cells in the order of the page; a code cell that the page does not show comes before the next one."""
        waiting = [index for index, cell in enumerate(code) if cell is not None]
        charts = any(MIME_TYPE in output.get("data", ()) for index in waiting for output in code[index]["outputs"])
        texts: list[str] = []
        for block in MarkdownWriter(self.address).blocks(document):
            is_heading = isinstance(block, str) and block.startswith("#")
            if texts and (is_heading or isinstance(block, CodeCell)):
                yield _markdown_cell("\n\n".join(texts))
                texts = []
            if isinstance(block, str):
                texts.append(block)
                continue
            while waiting and waiting[0] <= block.index:
                if charts:
                    yield _code_cell(render("show-charts.txt"))
                    charts = False
                yield from self._code_cells(code[waiting.pop(0)])
        if texts:
            yield _markdown_cell("\n\n".join(texts))
        for index in waiting:
            yield from self._code_cells(code[index])

    def _code_cells(self, cell: dict[str, Any]) -> Iterator[Cell]:
        """A cell of the chapter; before it one that finds the tables, where it says in which folder they are."""
        source = cell["source"]
        domain = claim_domain(self._app.env)
        here = Path(self._app.env.doc2path(self._docname)).parent
        for found in _FOLDER.finditer(source):
            if (here / found[3]).resolve() == domain.ledger.folder.resolve():
                tables = sorted(domain.inputs.get(self._docname, ()))
                yield from self._where(found[1], tables)
                source = source.replace(found[0], "", 1).strip()
        if source:
            yield _code_cell(source, [_output(output) for output in cell["outputs"]])

    def _where(self, variable: str, tables: list[str]) -> Iterator[Cell]:
        """A cell that names the folder of the tables, as a parameter for papermill, and one that looks for them.

        Where they are not to be found that one says in one sentence where they are to be had.
        """
        names = listed(tables) or _("its tables")
        address = self._base + DATA if self._base and tables else ""
        if address:
            where = _("Where the tables are: in this folder beside the notebook, or else at the address of the book.")
            sentence = _(
                "This notebook finds {tables} neither in a folder {folder} beside it nor at {address}: "
                "take {archive}, which has every chapter with its tables."
            )
        else:
            where = _(
                "Where the tables are: in this folder beside the notebook, "
                "or else in {archive} on the site of the book."
            )
            sentence = _(
                "This notebook finds {tables} not in a folder {folder} beside it: "
                "take {archive} from the site of the book, which has every chapter with its tables."
            )
        said = {"tables": names, "folder": repr(DATA), "address": address, "archive": f"{self._base}{ARCHIVE}"}
        parameter = _code_cell(f'# {where.format(**said)}\n{variable} = "{DATA}"')
        parameter["metadata"] = {"tags": ["parameters"]}
        yield parameter
        values = {"variable": variable, "tables": tables, "address": address, "sentence": repr(sentence.format(**said))}
        yield _code_cell(f"{render('find-tables.txt', **values)}\n")


def _markdown_cell(text: str) -> Cell:
    return {"cell_type": "markdown", "metadata": {}, "source": text.splitlines(keepends=True)}


def _code_cell(source: str, outputs: Sequence[Any] = ()) -> Cell:
    lines = source.splitlines(keepends=True)
    return {"cell_type": "code", "metadata": {}, "source": lines, "outputs": list(outputs), "execution_count": None}


def _number(cells: Sequence[Cell]) -> None:
    """Give each cell an id, and each code cell and its result the number of its turn.

    The id comes from what a cell says, and not from its place: a cell more before it leaves it what it was, so that a
    merge into a student's copy knows it again.
    """
    turns = count(1)
    seen: Counter[str] = Counter()
    for cell in cells:
        said = hashlib.sha256("".join([cell["cell_type"], *cell["source"]]).encode()).hexdigest()[:12]
        seen[said] += 1
        cell["id"] = said if seen[said] == 1 else f"{said}-{seen[said]}"
        if cell["cell_type"] == "code":
            cell["execution_count"] = next(turns)
            for output in cell["outputs"]:
                if output["output_type"] == "execute_result":
                    output["execution_count"] = cell["execution_count"]


def _output(output: dict[str, Any]) -> dict[str, Any]:
    """An output as it was, but that a chart says in words what it shows, for readers that cannot draw it."""
    data = output.get("data", {})
    if MIME_TYPE in data:
        layout = data[MIME_TYPE].get("layout", {})
        said = [layout.get("title", {}).get("text"), (layout.get("meta") or {}).get("description")]
        data.setdefault("text/plain", "\n".join(filter(None, said)))
    return output


def write_notebook(app: Sphinx, page: str, context: dict[str, Any], document: nodes.document | None) -> None:
    """Write the notebook of a page beside it."""
    if document is not None:
        made = NotebookMaker(app, page).notebook(document)
        text = json.dumps(made, ensure_ascii=False, indent=1, sort_keys=True)
        write(Path(app.outdir, f"{page}.ipynb"), f"{text}\n")
