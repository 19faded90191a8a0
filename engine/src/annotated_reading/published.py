"""What a book is built as."""

from __future__ import annotations

from sphinx.builders import Builder


def is_site(builder: Builder) -> bool:
    """Whether a site of pages is built, and no book to be downloaded or printed."""
    return builder.format == "html" and builder.name != "epub"
