"""What a site has beside its pages: metadata in their heads, exports, an archive, offers to open notebooks, cards.

`heads` and `schema_org` say what a page is, `exports` writes the ledger for other programs, `classroom` the self-checks
for learning systems, `workbook` the tables for a spreadsheet; `archive` serves the tables and all notebooks, `epub`,
`pdf` and `offline` make the book to take along, `offers` links to them, `cards` are the pictures that stand for pages
elsewhere, `files` has the role that links to all this; `redirects` keeps addresses that lead on, `missing` is the page
for those that lead nowhere, `discovery` is for crawlers and feed readers, `search` is what a reader looks things up
with, `theme` is the engine's own page around them. The last room: it may import every other.

To add a file of the site: a name in `published`, and a module whose `files` gives its place and its content, listed in
`write_files`; for one beside each page a function that calls `published.write`, registered by `published.each_page`.
"""

import os

from sphinx.application import Sphinx

from annotated_reading.citations.domain import citing_domain
from annotated_reading.pages.domain import claim_domain
from annotated_reading.published import at_end, each_page, write_unless_there
from annotated_reading.site import (
    archive,
    cards,
    classroom,
    discovery,
    epub,
    exports,
    files,
    heads,
    missing,
    offers,
    redirects,
    search,
    theme,
    workbook,
)


def setup(app: Sphinx) -> None:
    """Add the room to Sphinx."""
    app.add_config_value("annotated_reading_archive", {}, "env", dict)
    app.add_config_value("annotated_reading_repository", lambda _: os.environ.get("BOOK_REPOSITORY", ""), "html", str)
    app.add_config_value("annotated_reading_cards", "", "html", str)
    app.add_config_value("annotated_reading_forms", lambda _: os.environ.get("BOOK_FORMS", ""), "html", str)
    app.add_config_value("annotated_reading_moved", {}, "env", dict)
    app.add_role("site", files.SiteRole())
    app.add_post_transform(files.ResolveSiteLinks)
    app.add_html_theme(theme.THEME, str(theme.FOLDER))
    app.connect("builder-inited", search.no_index)
    app.connect("builder-inited", theme.take_over)
    app.connect("doctree-read", search.note_prose)
    app.connect("env-updated", theme.write_again)
    app.connect("html-collect-pages", search.make_page)
    app.add_builder(epub.ReadingEpub, override=True)
    app.connect("config-inited", epub.settle, 900)  # when CITATION.cff has been read
    app.connect("html-page-context", epub.finish_page, 900)
    each_page(app, heads.add_metadata)
    each_page(app, offers.offer_notebook)
    each_page(app, theme.dress, priority=900)  # once all others have put into pages what they do
    at_end(app, archive.serve)
    at_end(app, write_files)
    at_end(app, cards.publish)
    at_end(app, search.write_records)


def write_files(app: Sphinx) -> None:
    """Write what is made of the tables, of what pages print, and of settings alone."""
    citing, claims = citing_domain(app.env), claim_domain(app.env)
    names = [name for name in app.config.values if name.startswith("annotated_reading")]
    settings = {name: app.config[name] for name in (*names, "project", "language", "html_baseurl")}
    made_of = claims.ledger.state, claims.documents(), citing.citations and citing.catalogue.things, settings
    for part in (exports, classroom, workbook, redirects, missing, discovery):
        write_unless_there(app, part.__name__, made_of, part.files(app))
