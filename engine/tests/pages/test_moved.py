"""What has moved to another page: the addresses that it had lead on."""

from __future__ import annotations

from ..books import Book, words


def test_an_old_address_stands_where_a_link_leads_on(book: Book) -> None:
    """A link in a syllabus would end at the top of a long page, with no word on where its exercise is."""
    book.append("melos", "(old-place)=\n## What moved\n\nHere it is.\n")
    book.append("athens", ":::{moved} old-place older-place\nIt is at [](#old-place) now.\n:::\n")
    built = book.build()
    assert not built.warnings
    for anchor in ("old-place", "older-place"):
        (place,) = built.soup("athens").select(f"#{anchor}")
        link = place.find_next("a")
        assert link is not None
        assert link["href"] == "melos.html#old-place"
        assert words(link) == "What moved"
