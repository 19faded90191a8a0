"""How everything is cited: pages, paragraphs, claims, figures, tables and data, in text and in files.

`item` makes items of the Citation Style Language, `styles` makes texts of these and
`formats` makes files. `catalogue` lists what can be cited, and `domain` keeps it with the edition. `links` puts links
beside things, `pages` makes the pages to which they lead, `directive` shows citations in a text. `bibtex` spares
sphinxcontrib-bibtex what it has done before. Imports `ledger`, `pages` and `figures`, never `site`.

To add a format: a function of items in `formats`, and its suffix in `pages.FILES`. To add a style: a line of
`styles.STYLES`. To let something more be cited: a `Thing` in `catalogue`, and its link in `links`.
"""

from sphinx.application import Sphinx

from annotated_reading.citations import bibtex, directive, domain, links, pages


def setup(app: Sphinx) -> None:
    """Add the room to Sphinx."""
    for part in (domain, links, directive, pages, bibtex):
        part.setup(app)
