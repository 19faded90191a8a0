"""What no page may have: a part that another host serves, and sources that are cited and not listed.

Both are warnings, since Sphinx builds such a page without a word.
"""

from collections.abc import Iterator
from html.parser import HTMLParser
from urllib.parse import urlsplit

from docutils import nodes
from docutils.parsers.rst import roles
from sphinx.application import Sphinx
from sphinx.errors import ConfigError

from annotated_reading.warn import warn

#: The attributes by which an element of HTML has a browser fetch something, and the elements that do so by them.
_FETCHING = {
    "src": {"audio", "embed", "iframe", "img", "input", "script", "source", "track", "video"},
    "href": {"link", "image", "use"},
    "data": {"object"},
    "poster": {"video"},
}


class _Fetched(HTMLParser):
    """The addresses that a piece of HTML has a browser fetch."""

    def __init__(self, html: str) -> None:
        """Read the piece."""
        super().__init__()
        self.addresses: list[str] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note the addresses of an element."""
        self.addresses += [value for name, value in attrs if value and tag in _FETCHING.get(name, ())]


def fetched_elsewhere(document: nodes.document) -> Iterator[tuple[nodes.Node, str]]:
    """The pictures, scripts and frames of a document that another host serves, each with its address."""
    for node in document.findall(lambda node: isinstance(node, nodes.image | nodes.raw)):
        assert isinstance(node, nodes.Element)
        addresses = [node["uri"]] if isinstance(node, nodes.image) else _Fetched(node.astext()).addresses
        yield from ((node, address) for address in addresses if urlsplit(address).netloc)


def unlisted_source(document: nodes.document) -> nodes.Node | None:
    """The first citation by footnote of sphinxcontrib-bibtex whose note stands nowhere in the document."""
    listed = {anchor for note in document.findall(nodes.footnote) for anchor in note["ids"]}
    for reference in document.findall(nodes.footnote_reference):
        target = str(reference.get("refid", ""))
        if target.startswith("footcite") and target not in listed:
            return reference
    return None


def check_document(app: Sphinx, document: nodes.document) -> None:
    """Warn of what a document must not have."""
    for node, address in fetched_elsewhere(document):
        warn("host", "found %s, expected nothing that another host serves", address, location=node)
    reference = unlisted_source(document)
    if reference is not None:
        expected = "{footbibliography} at the end"
        warn("sources", "found a source that is cited and not listed, expected %s", expected, location=reference)


def check_settings(app: Sphinx) -> None:
    """Raise ConfigError for a role to cite with that no extension has, and for a script or sheet of another host."""
    role = app.config.annotated_reading_cite_role
    of_domains = {f"{name}:{one}" for name, domain in app.env.domains.items() for one in domain.roles}
    if role and role not in of_domains.union(vars(roles)["_roles"]):
        raise ConfigError(f"annotated_reading_cite_role: found {role!r}, expected a role such as footcite or cite:p")
    for setting in ("html_js_files", "html_css_files"):
        for entry in app.config[setting]:
            file = entry if isinstance(entry, str) else entry[0]
            if urlsplit(file).netloc:
                raise ConfigError(f"{setting}: found {file!r}, expected nothing that another host serves")
