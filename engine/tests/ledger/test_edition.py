"""CITATION.cff: the one place of title, authors, version and date, and what is said of a malformed one."""

from __future__ import annotations

from pathlib import Path

import pytest
from annotated_reading.citations.edition import read_edition
from annotated_reading.ledger.bibliography import Author
from annotated_reading.ledger.table import TableError

from ..books import MELOS, Book

GOOD = (MELOS / "CITATION.cff").read_text("utf-8")


def written(folder: Path, text: str) -> Path:
    """A file with this text."""
    file = folder / "CITATION.cff"
    file.write_text(text, "utf-8")
    return file


def test_everything_that_a_citation_needs_is_read(tmp_path: Path) -> None:
    """A citation would lack what the file says, or have it wrong."""
    more = "doi: 10.5281/zenodo.1\nkeywords: [Melos]\nabstract: What was said.\n"
    edition = read_edition(written(tmp_path, GOOD + more))
    assert edition.title == "The Melian dialogue, annotated"
    assert edition.authors == (Author("Reader", "Ada"), Author("The Melos workshop"))
    assert (edition.version, edition.date, edition.licence) == ("1.2.0", "1881-05-04", "CC-BY-4.0")
    assert (edition.doi, edition.keywords, edition.abstract) == ("10.5281/zenodo.1", ("Melos",), "What was said.")
    assert edition.publisher == "Ada Reader and The Melos workshop"


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("title: The", "title: [The", "row 3: expected YAML"),
        (
            "title: The Melian dialogue, annotated\n",
            "",
            "row 1: expected the Citation File Format: 'title' is a required",
        ),
        ("family-names", "family-name", "row 5, column authors.0: expected the Citation File Format"),
        ("1881-05-04", "May", "row 8, column date-released: found 'May', expected the Citation File Format"),
        ("1881-05-04", "1881-02-31", "row 8, column date-released: found '1881-02-31', expected a date such as"),
        ("date-released: 1881-05-04\n", "", "column date-released: expected the day of this edition"),
        ("\nversion: 1.2.0\n", "\n", "column version: expected the version of this edition"),
        ("CC-BY-4.0", "mine", "row 9, column license: found 'mine', expected the Citation File Format"),
        (
            "cff-version: 1.2.0",
            "cff-version: 9",
            "row 1, column cff-version: found '9', expected the Citation File Format",
        ),
    ],
)
def test_a_malformed_file_is_told_with_its_line(tmp_path: Path, old: str, new: str, said: str) -> None:
    """Whoever has to mend it would have to look for what is wrong."""
    assert GOOD.count(old) == 1
    file = written(tmp_path, GOOD.replace(old, new))
    with pytest.raises(TableError) as raised:
        read_edition(file)
    assert str(raised.value).startswith(f"{file}, {said}")


def test_a_malformed_file_stops_the_build(book: Book) -> None:
    """A book would go out that names no author, or the wrong edition."""
    (book.source / "CITATION.cff").write_text(GOOD.replace("\nversion: 1.2.0\n", "\n"), "utf-8")
    with pytest.raises(Exception, match=r"CITATION\.cff, column version: expected the version"):
        book.build(annotated_reading_citation="CITATION.cff")
    (book.source / "CITATION.cff").unlink()
    with pytest.raises(Exception, match=r"CITATION\.cff: expected this file to exist"):
        book.build(annotated_reading_citation="CITATION.cff")
