"""The matrix of positions: where each section stands on each issue, with the claims that show it."""

from __future__ import annotations

import re

import pytest
from annotated_reading.ledger.read import read_ledger
from annotated_reading.ledger.table import TableError

from ..books import Book, Row, words

FIRST = {
    "issue": "help",
    "section": "mel",
    "position": "Melos trusts that help will come.",
    "stance": "for",
    "claims": "mel-2-1 mel-1-1",
}


def test_the_matrix_has_a_row_an_issue_and_a_column_an_actor(book: Book) -> None:
    """A reader who compares the sides would have to gather the claims of every chapter."""
    book.save("positions", [FIRST, {**FIRST, "section": "ath", "stance": "against", "claims": "ath-2-1"}])
    book.write("issues", "# Issues\n\n```{positions}\n```\n")
    built = book.build()
    assert not built.warnings
    table = built.main("issues").select_one("table.positions")
    assert table is not None
    assert len(table.select("thead th")) == 3
    (row,) = table.select("tbody tr")
    athens, melos = row.find_all("td")[1:]
    assert "against: Melos trusts" in words(athens)
    assert [words(link) for link in melos.select(".claim-reference")] == ["mel-2-1", "mel-1-1"]


def test_a_changed_position_writes_the_page(book: Book) -> None:
    """The matrix would be older than its table."""
    book.save("positions", [FIRST])
    book.write("issues", "# Issues\n\n```{positions}\n```\n")
    book.build()
    book.change("positions", "help", position="Melos waits.")
    built = book.build()
    assert "Melos waits." in words(built.main("issues"))


@pytest.mark.parametrize(
    ("cells", "told"),
    [
        ({"issue": "ships"}, "column issue: found 'ships', expected a key of issues.csv"),
        ({"section": "sparta"}, "column section: found 'sparta', expected a key of sections.csv"),
        ({"position": "word " * 21}, "expected 1 to 20 words"),
        ({"stance": "angry"}, "column stance: found 'angry', expected one of for"),
        ({"claims": "mel-9-9"}, "column claims: found 'mel-9-9', expected addresses of current claims"),
        ({"claims": ""}, "column claims: found '', expected addresses of claims"),
    ],
)
def test_a_bad_position_is_told_with_its_place(book: Book, cells: Row, told: str) -> None:
    """A stance that no claim shows would be published."""
    book.save("positions", [{**FIRST, **cells}])
    with pytest.raises(TableError, match=re.escape(told)) as caught:
        read_ledger(book.data)
    assert str(caught.value).startswith(f"{book.table('positions')}, row 2")
