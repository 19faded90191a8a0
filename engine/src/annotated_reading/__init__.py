"""Close readings of one text: claims with addresses, references to them, and what other claims say of the same."""

from annotated_reading.extension import setup

__all__ = ["setup"]
__version__ = "0.1.0"
