"""What a site has beside its pages: metadata in their heads, exports, an archive, offers to open notebooks, cards.

`heads` and `schema_org` say what a page is, `exports` writes the ledger for other programs, `archive` serves the
tables and all notebooks, `offers` links to them, `cards` are the pictures that stand for pages elsewhere, `files` has
the role that links to all this; `sheets` has style sheets of others in time. The last room: it may import every other.

To add a file of the site: a name in `published`, and a function that calls `published.write`, registered by
`published.at_end`, or by `published.each_page` for one beside each page.
"""

from sphinx.application import Sphinx

from annotated_reading.site import archive, cards, exports, files, heads, offers, sheets


def setup(app: Sphinx) -> None:
    """Add the room to Sphinx."""
    for part in (archive, offers, heads, exports, cards, files, sheets):
        part.setup(app)
