"""What a site's own HTML has beyond docutils': attributes that a node asks for, and what a header cell heads."""

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.writers.html5 import HTML5Translator


class ReadingTranslator(HTML5Translator):
    """Prints the attributes in `html` of a node, and the scope of a header cell."""

    def starttag(
        self, node: nodes.Element, tagname: str, suffix: str = "\n", empty: bool = False, **attributes: object
    ) -> str:
        """The start tag of a node."""
        attributes |= node.get("html", {})
        if tagname == "th":
            attributes["scope"] = "col" if isinstance(node.parent.parent, nodes.thead) else "row"
        return str(super().starttag(node, tagname, suffix, empty, **attributes))

    def visit_table(self, node: nodes.Element) -> None:
        """A table stands in a box, so that one that is too wide is scrolled and not the page."""
        self.body.append('<div class="scroll" data-scroll="">')
        super().visit_table(node)

    def depart_table(self, node: nodes.Element) -> None:
        """Close the box."""
        super().depart_table(node)
        self.body.append("</div>\n")


def extend_translator(app: Sphinx) -> None:
    """Let the translator of the theme, or else of Sphinx, do so too."""
    if app.builder.format == "html":
        known = app.registry.get_translator_class(app.builder)
        app.set_translator(app.builder.name, type("Translator", (ReadingTranslator, known), {}), override=True)
