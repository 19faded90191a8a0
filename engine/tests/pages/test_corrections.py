"""What has changed: a log that readers can read, from each changed thing and on a page of its own."""

from __future__ import annotations

from ..books import Book, words

CHANGE = {
    "date": "2026-11-29",
    "table": "claims",
    "key": "mel-1-1",
    "column": "hedge",
    "was": "",
    "now": "perhaps",
    "why": "The envoys say less.",
}
PAGE = "# What has changed\n\n```{changes} claims\n```\n\n```{changes} tables\n```\n"


def test_a_changed_claim_leads_to_what_it_was_and_why(book: Book) -> None:
    """Whoever cited a claim would not learn that it says something else now."""
    book.save("corrections", [CHANGE])
    book.write("changes", PAGE)
    built = book.build()
    assert not built.warnings
    item = built.element("changes", "changed-mel-1-1")
    assert words(item).startswith("mel-1-1 2026-11-29, claims, hedge: The envoys say less.")
    assert "mel-1-1, hedge: was empty, is “perhaps”." in words(item)
    claim = built.element("melos", "mel-1-1")
    assert [link["href"] for link in claim.select("a") if words(link) == "Changed"] == ["changes.html#changed-mel-1-1"]


def test_many_rows_that_changed_for_one_reason_are_one_entry(book: Book) -> None:
    """Two hundred sources that were made more exact would bury the one verdict that was wrong."""
    links = [{**CHANGE, "table": "links", "key": f"a {number}", "column": "why"} for number in range(3)]
    book.save("corrections", links)
    book.write("changes", PAGE)
    item = book.build().element("changes", "changed-links")
    assert words(item).startswith("links.csv 3 changes in 3 rows 2026-11-29, links, why of 3 rows: The envoys")
    assert len(item.select("details details li")) == 3


def test_a_book_without_that_page_builds_without_a_warning(book: Book) -> None:
    """A reading that keeps a log and prints none would not build."""
    book.save("corrections", [CHANGE])
    assert not book.build(nitpicky=True).warnings
