"""A style for the lists of sources; and lets sphinxcontrib-bibtex format a work once, until its entry changes.

It formats every work of a bibliography in every build, and the work of a footnote at each footnote; and each time
pybtex looks for its own parts among all installed packages. With a thousand works that takes most of a build in which
nothing has changed.
"""

from functools import cache

from pybtex import plugin
from pybtex.database import Entry
from pybtex.plugin import find_plugin, register_plugin
from pybtex.style import FormattedEntry
from pybtex.style.formatting import BaseStyle
from pybtex.style.formatting.plain import Style as PlainStyle
from pybtex.style.template import Node, field, first_of, href, optional, sentence
from sphinx.application import Sphinx

from annotated_reading.language import _

_STYLES = "pybtex.style.formatting"


class LinkedTitles(PlainStyle):  # type: ignore[misc]
    """The plain style, where the title of a work leads to its address and that is not written out: `linked-titles`."""

    def format_title(self, e: Entry, which_field: str, as_sentence: bool = True) -> Node:
        """The title of a work in its own letters, as a link where the work has an address."""
        return _linked(field(which_field), as_sentence)

    def format_btitle(self, e: Entry, which_field: str, as_sentence: bool = True) -> Node:
        """The title of a book, in the same way."""
        return _linked(super().format_btitle(e, which_field, as_sentence=False), as_sentence)

    def format_web_refs(self, e: Entry) -> Node:
        """The day on which the work was read, and other numbers of it."""
        read = optional[_("Read on"), " ", field("urldate")]
        return sentence[read, optional[self.format_eprint(e)], optional[self.format_doi(e)]]


def _linked(title: Node, as_sentence: bool) -> Node:
    linked = first_of[optional[href(field("url", raw=True))[title]], title]
    return sentence[linked] if as_sentence else linked


register_plugin(_STYLES, "linked-titles", LinkedTitles)


class Keeping(BaseStyle):  # type: ignore[misc]
    """What a style inherits from first, so that it keeps what it has formatted."""

    known: dict[str, tuple[Entry, FormattedEntry]]
    """Entries by their keys, as they were when they were formatted, and what was made of them."""

    def format_entry(self, label: str, entry: Entry, bib_data: object = None) -> FormattedEntry:
        """The entry as the style formats it."""
        made_of, formatted = self.known.get(entry.key, (None, None))
        # An entry with a cross-reference is made of another one too.
        if formatted is None or made_of != entry or "crossref" in entry.fields:
            formatted = super().format_entry(label, entry, bib_data)
            self.known[entry.key] = entry, formatted
        return FormattedEntry(formatted.key, formatted.text, label)


def keep_works(app: Sphinx) -> None:
    """Let the style of the bibliographies keep works, and know those that the last build has formatted."""
    bibliographies = app.env.domains.get("cite")
    if bibliographies is None:
        return
    name = app.config.bibtex_default_style
    style = find_plugin(_STYLES, name)
    if not issubclass(style, Keeping):
        plugin.entry_points = cache(plugin.entry_points)  # each is looked for once
        style = type(style.__name__, (Keeping, style), {"known": {}})
        register_plugin(_STYLES, name, style, force=True)
    for cited in bibliographies.data["citations"]:
        if bibliographies.data["bibliographies"][cited.bibliography_key].style == name:
            style.known[cited.entry.key] = (cited.entry, cited.formatted_entry)
