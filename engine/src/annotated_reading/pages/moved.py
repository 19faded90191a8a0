"""`{moved}`: what stands where something was that another page has now."""

from docutils import nodes
from sphinx.util.docutils import SphinxDirective


class Moved(SphinxDirective):
    """`{moved} exercises ath-exercise-1`: words, at the ids that something had here, which lead to where it is.

    The ids are no labels, which what has moved took along.
    """

    required_arguments = 1
    final_argument_whitespace = True
    has_content = True

    def run(self) -> list[nodes.Node]:
        """The words."""
        return [nodes.container("", *self.parse_content_to_nodes(), ids=self.arguments[0].split())]
