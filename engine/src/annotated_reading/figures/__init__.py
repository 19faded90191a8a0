"""Charts and tables of notebook cells: figures with pictures, data and words, and tables with captions.

`chart` reads plotly's JSON, `picture` keeps and cleans its SVG, and neither knows a document. `figure` and `table` are
what myst-nb calls for the output of a cell; `downloads` writes what can be taken along of a figure. `builder` writes
the charts for `draw`, the only program here that needs a browser. Nothing here knows of citations or of the site's
other files. `addresses` holds figures against those that were published. Another kind of output is a class with
`handle_mime`, named in `pyproject.toml`.
"""

from sphinx.application import Sphinx

from annotated_reading.figures import addresses, builder, downloads, figure
from annotated_reading.published import each_page


def setup(app: Sphinx) -> None:
    """Add the room to Sphinx."""
    app.add_config_value("annotated_reading_pictures", "pictures/figures", "env", str)
    app.add_builder(builder.ChartsBuilder)
    figure.add_figure(app)
    app.add_transform(figure.FoldCode)
    for node, writers in figure.PRINTED.items():
        app.add_node(node, **writers)
    app.connect("doctree-read", figure.check_figures)
    app.connect("doctree-read", figure.note_figures)
    app.connect("env-check-consistency", addresses.check_addresses)
    each_page(app, downloads.finish_page)
