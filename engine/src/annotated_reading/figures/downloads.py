"""What can be taken along of a figure: its data as CSV, with what they are, and its picture, as SVG and PNG."""

import csv
import io
import json
from pathlib import Path
from typing import Any

from docutils import nodes
from sphinx.application import Sphinx

from annotated_reading.figures.chart import Cell, Chart
from annotated_reading.figures.figure import plotly_figure
from annotated_reading.figures.picture import files_of, read_picture, standalone
from annotated_reading.pages.domain import claim_domain
from annotated_reading.published import FIGURES, address, write


def finish_page(app: Sphinx, page: str, context: dict[str, Any], document: nodes.document | None) -> None:
    """Write what can be downloaded of the figures of a page."""
    for figure in document.findall(plotly_figure) if document is not None else ():
        chart, label = figure["chart"], figure["names"][0]
        _write_data(app, chart, label, address(app.config, f"{app.builder.get_target_uri(page)}#{label}"))
        _write_pictures(app, chart, label)


def _write_data(app: Sphinx, chart: Chart, label: str, home: str) -> None:
    """Write the data, and what they are as CSV on the Web has it (https://www.w3.org/TR/tabular-metadata/)."""
    folder = Path(app.outdir, FIGURES)
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
        "tableSchema": {"columns": [_column(name, cells) for name, *cells in zip(columns, *rows, strict=True)]},
    }
    write(folder / f"{label}.csv-metadata.json", json.dumps(said, ensure_ascii=False, indent=2) + "\n")


def _column(name: str, cells: list[Cell]) -> dict[str, str]:
    numeric = all(isinstance(cell, int | float | None) for cell in cells)
    return {"titles": name, "datatype": "number" if numeric else "string"}


def _write_pictures(app: Sphinx, chart: Chart, label: str) -> None:
    folder = Path(app.srcdir, app.config.annotated_reading_pictures)
    svg, photograph = read_picture(files_of(folder, label)["wide"]), folder / f"{label}.png"
    if svg:
        sources = claim_domain(app.env).ledger.sources
        write(Path(app.outdir, FIGURES, f"{label}.svg"), standalone(chart, svg, sources))
    if photograph.is_file():
        write(Path(app.outdir, FIGURES, f"{label}.png"), photograph.read_bytes())
