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
from annotated_reading.ledger.edition import Edition


def setup(app: Sphinx) -> None:
    """Add the room to Sphinx."""
    app.add_config_value("annotated_reading_citation", "", "env", str)
    app.add_config_value("annotated_reading_original_work", "", "env", str)
    app.add_config_value("annotated_reading_edition", None, "html", Edition)
    app.add_domain(domain.CitingDomain)
    app.add_directive("citation", directive.CitationDirective)
    for node, writers in links.PRINTED.items():
        app.add_node(node, **writers)
    app.add_post_transform(links.AddCiteLinks)
    app.add_post_transform(directive.FillCitations)
    app.connect("config-inited", domain.read_book)
    app.connect("builder-inited", domain.prepare)
    app.connect("builder-inited", bibtex.keep_works)  # once what the last build has left is loaded
    app.connect("env-updated", domain.list_things)
    app.connect("env-updated", pages.pages_without)
    app.connect("html-collect-pages", pages.collect_pages)
