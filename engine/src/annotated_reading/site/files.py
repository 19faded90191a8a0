"""`{site}`: links to files of the site that no page is the source of."""

from typing import Any

from docutils import nodes
from sphinx.transforms.post_transforms import SphinxPostTransform
from sphinx.util.docutils import ReferenceRole

from annotated_reading.published import is_site, link


class site_link(nodes.inline):
    """A link to a file of the site, by its `path` there."""


class SiteRole(ReferenceRole):
    """`{site}`words <exports/claims.csv>``: a link to a file of the site that is no page, by its path there."""

    def run(self) -> tuple[list[nodes.Node], list[nodes.system_message]]:
        """The link."""
        return [site_link("", self.title, path=self.target)], []


class ResolveSiteLinks(SphinxPostTransform):
    """Let links to files of the site lead there; elsewhere their words alone stand."""

    default_priority = 7

    def run(self, **kwargs: Any) -> None:
        """Resolve the links of the document."""
        builder = self.app.builder
        for node in list(self.document.findall(site_link)):
            found: nodes.Element = nodes.inline("", node.astext())
            if is_site(builder):
                address = link(builder, self.env.docname, node["path"])
                found = nodes.reference("", "", found, refuri=address, internal=True)
            node.replace_self(found)
