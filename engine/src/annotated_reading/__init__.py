"""Close readings of one text: claims with addresses, references to them, and what other claims say of the same."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.util.typing import ExtensionMetadata


def setup(app: "Sphinx") -> "ExtensionMetadata":
    """Add the engine to a Sphinx project; `annotated_reading` among its extensions calls this."""
    # Here, so that a program which reads the ledger alone needs no Sphinx.
    from annotated_reading.extension import add_rooms

    return add_rooms(app)
