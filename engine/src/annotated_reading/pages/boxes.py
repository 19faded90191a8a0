"""`{margin}`, `{sidenote}` and `{div}`: a note beside the prose, and parts of a page that have a class."""

from docutils import nodes
from docutils.parsers.rst import directives
from docutils.parsers.rst.directives.body import Sidebar
from sphinx.util.docutils import SphinxDirective


class Margin(Sidebar):
    """`{margin} Title`: a note beside the prose, or in it where there is no room."""

    def run(self) -> list[nodes.Node]:
        """The note."""
        notes: list[nodes.Node] = super().run()  # type: ignore[no-untyped-call]
        for note in notes:
            if isinstance(note, nodes.Element):
                note["classes"].append("margin")
        return notes


class Div(SphinxDirective):
    """`{div} lead`: a part of a page that has a class; it may be empty."""

    required_arguments = 1
    final_argument_whitespace = True
    has_content = True

    def run(self) -> list[nodes.Node]:
        """The part with its content."""
        return [nodes.container("", *self.parse_content_to_nodes(), classes=directives.class_option(self.arguments[0]))]
