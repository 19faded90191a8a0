"""The builder `charts`, which writes each chart of a book as plotly's JSON, for the program that draws pictures."""

import json
from pathlib import Path

from sphinx.builders import Builder

from annotated_reading.figures.figure import plotly_figure
from annotated_reading.published import write


class ChartsBuilder(Builder):
    """Writes a file a chart, by the label of its figure."""

    name = "charts"
    epilog = "The charts are in %(outdir)s."

    def get_outdated_docs(self) -> str:
        """All: what a book no longer has must not stay."""
        return "all charts"

    def get_target_uri(self, docname: str, typ: str | None = None) -> str:
        """Nothing: no page is made."""
        return ""

    def write(self, *_: object) -> None:
        """Write the charts of all documents."""
        for file in Path(self.outdir).glob("*.json"):
            file.unlink()
        for docname in sorted(self.env.found_docs):
            for figure in self.env.get_doctree(docname).findall(plotly_figure):
                chart = figure["chart"]
                whole = {"data": list(chart.traces), "layout": dict(chart.layout)}
                write(Path(self.outdir, f"{figure['names'][0]}.json"), json.dumps(whole))
