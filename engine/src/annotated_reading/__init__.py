"""Close readings of one text: claims with addresses, references to them, and what other claims say of the same."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.util.typing import ExtensionMetadata


def setup(app: Sphinx) -> ExtensionMetadata:
    """Add the engine to a Sphinx project; `annotated_reading` among its extensions calls this."""
    # Not at the top: whoever only checks tables would wait for Sphinx and all that makes pages.
    from annotated_reading.extension import setup

    return setup(app)


__all__ = ["setup"]
__version__ = "0.1.0"
