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
PAGE = "# What has changed\n\n```{changes} answers\n```\n\n```{changes} tables\n```\n"


def test_a_changed_claim_leads_to_what_it_was_and_why(book: Book) -> None:
    """Whoever cited a claim would not learn that it says something else now."""
    book.save("corrections", [CHANGE])
    book.write("changes", PAGE)
    built = book.build()
    assert not built.warnings
    assert words(built.main("changes").select_one("details")) == (
        "Claims: 1 change in 1 row 2026-11-29 The envoys say less. mel-1-1. Hedge: was empty, is “perhaps”"
    )
    assert words(built.element("changes", "changed-mel-1-1")) == "mel-1-1"
    claim = built.element("melos", "mel-1-1")
    assert [link["href"] for link in claim.select("a") if words(link) == "Changed"] == ["changes.html#changed-mel-1-1"]


def test_an_answer_that_became_another_is_told_in_a_table(book: Book) -> None:
    """Whoever cited a verdict would look for it among two hundred sources that were made more exact."""
    now = "said: yes, twice · kept: no, forgotten"
    answer = {**CHANGE, "table": "verdicts", "column": "answers", "was": "borne out", "now": now}
    book.save("corrections", [CHANGE, answer])
    book.write("changes", PAGE)
    built = book.build()
    assert not built.warnings
    (row,) = built.main("changes").select("table tbody tr")
    cells = ["borne out", "said: yes, twice kept: no, forgotten", "The envoys say less."]
    assert [words(cell) for cell in row.select("td")[1:]] == cells
    assert row.find(id="changed-mel-1-1") and len(built.main("changes").select("#changed-mel-1-1")) == 1


def test_the_newest_change_stands_first_in_its_table(book: Book) -> None:
    """A reader who comes back would have to read all of it to see what is new."""
    book.save("corrections", [CHANGE, {**CHANGE, "date": "2026-12-01", "why": "They say more."}])
    book.write("changes", PAGE)
    days = [words(day) for day in book.build().main("changes").select("details > ul > li > p > strong")]
    assert days == ["2026-12-01", "2026-11-29"]


def test_many_rows_that_changed_for_one_reason_are_one_entry(book: Book) -> None:
    """Two hundred sources that were made more exact would bury the one verdict that was wrong."""
    links = [{**CHANGE, "table": "links", "key": f"a {number}", "column": "why"} for number in range(4)]
    book.save("corrections", links)
    book.write("changes", PAGE)
    item = book.build().element("changes", "changed-links")
    assert words(item).startswith("Links: 4 changes in 4 rows 2026-11-29 The envoys say less. What 4 cells said")
    assert len(item.select("ul ul li")) == 4


def test_a_book_without_that_page_builds_without_a_warning(book: Book) -> None:
    """A reading that keeps a log and prints none would not build."""
    book.save("corrections", [CHANGE])
    assert not book.build(nitpicky=True).warnings
