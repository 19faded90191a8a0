"""Pages as notebooks: those of chapters are run, and every page is offered as one.

`cache` decides which notebooks run, has them run in parallel and keeps what they printed; `running` runs one, and
`watch` sees, in its kernel, which tables it opens. `markdown` writes a document as Markdown, and `notebook` makes of
that, and of the cells of the chapter, the notebook of a page. Nothing here knows of citations, or of the archive.
How a node of the engine reads in Markdown is a method of `MarkdownWriter` with the name of the node.
"""

from sphinx.application import Sphinx

from annotated_reading.notebooks import cache, notebook
from annotated_reading.published import each_page


def setup(app: Sphinx) -> None:
    """Add the room to Sphinx."""
    app.connect("env-get-outdated", cache.outdated_notebooks)
    app.connect("env-before-read-docs", cache.run_notebooks)
    app.connect("doctree-read", notebook.keep_outputs)
    each_page(app, notebook.write_notebook)
