"""The exercises of sphinx-exercise, where a book has them: each has a solution, which is closed at first, and a title.

References take the title: sphinx-exercise's own has a subtitle, which Sphinx leaves out and MyST runs into it.
"""

from typing import Any

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.errors import SphinxError
from sphinx.transforms import SphinxTransform

from annotated_reading.language import _
from annotated_reading.pages.nodes import fold

EXERCISES = ("exercise_node", "exercise_enumerable_node")
SOLUTION = "solution_node"


class ExerciseError(SphinxError):
    """An exercise that nobody could check; the build stops."""

    category = "An exercise"


class CloseSolutions(SphinxTransform):
    """Fold each solution, without a script, and give each exercise its title.

    What both say is taken out of the sections that hold it. These are no sections of the document: all have the same
    id, and a claim is not taken up "in" them.
    """

    default_priority = 480  # after sphinx-exercise has joined the parts of exercises that hold cells

    def apply(self, **kwargs: Any) -> None:
        """Change the exercises and solutions of the document."""
        for node in _nodes(self.document, *EXERCISES, SOLUTION):
            content = [inner for child in node[1:] for inner in _unwrapped(child)]
            if node.tagname == SOLUTION:
                content = [fold("", *content, summary=_("Open the solution"), classes=["answer"])]
            node[1:] = content
            if node.tagname == "exercise_node":
                name, *subtitle = node[0].children
                words = [inner for part in subtitle for inner in (nodes.Text(": "), *part.children)]
                node[0] = nodes.title("", "", name, *words)
                node["title"] = node[0].astext()


def check_exercises(app: Sphinx, document: nodes.document) -> None:
    """Raise ExerciseError for the first exercise of a document that has no solution there."""
    solved = {node["target_label"] for node in _nodes(document, SOLUTION) if any(part.astext() for part in node[1:])}
    for node in _nodes(document, *EXERCISES):
        if node["label"] not in solved:
            line = next((inner.line for inner in node.findall() if inner.line), None)
            where = f"{app.env.doc2path(app.env.docname)}{f':{line}' if line else ''}"
            what = f"found no solution of exercise {node['label']!r}, expected one in this document"
            raise ExerciseError(f"{where}: {what}")


def _nodes(document: nodes.document, *tags: str) -> list[nodes.Element]:
    return [node for node in document.findall(nodes.Element) if node.tagname in tags]


def _unwrapped(node: nodes.Node) -> list[nodes.Node]:
    return list(node.children) if isinstance(node, nodes.section) else [node]
