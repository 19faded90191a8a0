"""CITATION.cff: the one place of title, authors, version and date, and what is said of a malformed one."""

from __future__ import annotations

from pathlib import Path

import pytest
from annotated_reading.ledger.bibliography import Author
from annotated_reading.ledger.edition import read_edition
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
        (
            "\nversion: 1.2.0",
            "\nversion: ../x",
            "row 7, column version: found '../x', expected a version such as 0.1.0",
        ),
        ("\nversion: 1.2.0", "\nversion: 0 1", "row 7, column version: found '0 1', expected a version such as 0.1.0"),
        ("\nversion: 1.2.0", "\nversion: 1.2.0\nversion: 2", "row 8, column version: expected each key once"),
        ("title: The Melian dialogue, annotated", "title: ' '", "row 2, column title: found ' ', expected some text"),
        ("1881-05-04", "2999-05-04", "row 8, column date-released: found '2999-05-04', expected a date such as"),
        (
            "family-names: Reader",
            "family-names: Reader, orcid: https://orcid.org/0000-0002-1825-0098",
            "row 5, column authors.0.orcid: found 'https://orcid.org/0000-0002-1825-0098', expected an ORCID",
        ),
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


@pytest.mark.parametrize("written_as", ["0.10", "'0.10'", "0.10 # first"])
def test_a_version_is_what_is_written(tmp_path: Path, written_as: str) -> None:
    """YAML takes 0.10 for a number, and every citation would name edition 0.1."""
    edition = read_edition(written(tmp_path, GOOD.replace("\nversion: 1.2.0", f"\nversion: {written_as}")))
    assert edition.folder == "v0.10"


def test_an_orcid_that_is_right_is_taken(tmp_path: Path) -> None:
    """An author could not be named."""
    good = GOOD.replace("family-names: Reader", "family-names: Reader, orcid: https://orcid.org/0000-0002-1825-0097")
    assert read_edition(written(tmp_path, good)).authors[0].orcid.endswith("0097")
    last = GOOD.replace("family-names: Reader", "family-names: Reader, orcid: https://orcid.org/0000-0002-1694-233X")
    assert read_edition(written(tmp_path, last)).authors[0].orcid.endswith("233X")


def test_a_malformed_file_stops_the_build(book: Book) -> None:
    """A book would go out that names no author, or the wrong edition."""
    (book.source / "CITATION.cff").write_text(GOOD.replace("\nversion: 1.2.0\n", "\n"), "utf-8")
    with pytest.raises(Exception, match=r"CITATION\.cff, column version: expected the version"):
        book.build(annotated_reading_citation="CITATION.cff")
    (book.source / "CITATION.cff").unlink()
    with pytest.raises(Exception, match=r"CITATION\.cff: expected this file to exist"):
        book.build(annotated_reading_citation="CITATION.cff")
