"""The addresses of figures and tables: a published one stays, with the title under which it was cited."""

from __future__ import annotations

import pytest

from ..books import Book, words

TABLE = "\n```{list-table} Ships by year\n:name: tab-ships\n\n* - 416\n  - 38\n```\n"


@pytest.mark.parametrize(
    ("rows", "told"),
    [
        ([("tab-ships", "Ships by city")], "tab-ships: found the title 'Ships by city', expected 'Ships by year'"),
        ([("tab-ships", "Ships by year"), ("fig-walls", "Walls")], "fig-walls: found the title 'Walls', expected None"),
        ([("fig-walls", "Walls")], "tab-ships: found the title None, expected 'Ships by year'"),
    ],
)
def test_a_figure_that_is_gone_new_or_says_another_thing_is_told(
    book: Book, rows: list[tuple[str, str]], told: str
) -> None:
    """Whoever cited a figure would be led to another, or to nothing."""
    book.append("melos", TABLE)
    book.save("figures", [{"figure": figure, "title": title, "status": "current"} for figure, title in rows])
    assert any(told in warning for warning in book.build().warnings)


def test_a_figure_that_was_withdrawn_keeps_its_address(book: Book) -> None:
    """A footnote to a chart that was wrong would lead to nothing, and not to the reason."""
    book.save("figures", [{"figure": "fig-walls", "title": "Walls", "status": "withdrawn"}])
    assert any("fig-walls: found no place" in warning for warning in book.build().warnings)
    book.append("melos", "\n(fig-walls)=\nThe chart of walls is withdrawn: nobody had counted them.\n")
    built = book.build()
    assert not built.warnings
    assert words(built.element("melos", "fig-walls")).startswith("The chart of walls is withdrawn")


def test_a_reading_without_that_table_keeps_no_addresses(book: Book) -> None:
    """A first draft would not build before its figures are listed."""
    book.append("melos", TABLE)
    assert not book.build().warnings
