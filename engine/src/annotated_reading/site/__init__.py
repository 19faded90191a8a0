"""What a site has beside its pages: metadata in their heads, exports, an archive, offers to open notebooks, cards.

`heads` and `schema_org` say what a page is, `exports` writes the ledger for other programs, `classroom` the self-checks
for learning systems, `workbook` the tables for a spreadsheet; `archive` serves the tables and all notebooks, `offers`
links to them, `cards` are the pictures that stand for pages elsewhere, `files` has the role that links to all this;
`redirects` keeps addresses that lead on, `sheets` has style sheets of others in time. The last room: it may import
every other.

To add a file of the site: a name in `published`, and a function that calls `published.write`, registered by
`published.at_end`, or by `published.each_page` for one beside each page.
"""

from sphinx.application import Sphinx

from annotated_reading.published import at_end, each_page
from annotated_reading.site import archive, cards, classroom, exports, files, heads, offers, redirects, sheets, workbook


def setup(app: Sphinx) -> None:
    """Add the room to Sphinx."""
    app.add_config_value("annotated_reading_archive", {}, "env", dict)
    app.add_config_value("annotated_reading_repository", "", "html", str)
    app.add_config_value("annotated_reading_cards", "", "html", str)
    app.add_config_value("annotated_reading_moved", {}, "env", dict)
    app.add_role("site", files.SiteRole())
    app.add_post_transform(files.ResolveSiteLinks)
    app.connect("env-updated", sheets.place_sheets)
    each_page(app, heads.add_metadata)
    each_page(app, offers.offer_notebook, priority=600)  # after the theme has made its menus
    for write in (
        archive.serve,
        exports.write_exports,
        classroom.write_classroom,
        workbook.write_workbook,
        cards.publish,
        redirects.lead_on,
    ):
        at_end(app, write)
