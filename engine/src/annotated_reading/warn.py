"""The engine's warnings: all are of the type `claim`, each cause has a subtype, so that a reader can suppress it."""

from typing import Literal

from docutils import nodes
from sphinx.util import logging

Cause = Literal["address", "archive", "figure", "host", "moved", "not_printed", "printed_twice", "sources", "table"]

#: The file, or the document, and the line; or the node that stands there.
Location = str | tuple[str, int] | nodes.Node | None

logger = logging.getLogger(__name__)


def warn(cause: Cause, message: str, *values: object, location: Location = None) -> None:
    """Warn of something in a book, by a message with places for values as in `logging`."""
    logger.warning(message, *values, location=location, type="claim", subtype=cause)
