"""Charts and tables of notebook cells: figures with pictures, data and words, and tables with captions.

`chart` reads plotly's JSON, `picture` keeps and cleans its SVG, and neither knows a document. `figure` and `table` are
what myst-nb calls for the output of a cell; `downloads` writes what can be taken along of a figure. `builder` writes
the charts for `draw`, the only program here that needs a browser. Nothing here knows of citations or of the site's
other files. `addresses` holds figures against those that were published. Another kind of output is a class with
`handle_mime`, named in `pyproject.toml`.
"""

from sphinx.application import Sphinx

from annotated_reading.figures import addresses, builder, downloads, figure


def setup(app: Sphinx) -> None:
    """Add the room to a Sphinx project."""
    for part in (figure, downloads, addresses, builder):
        part.setup(app)
