"""Builds that do only what changed: they write every page that would differ and no other, as a clean build would."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest
from annotated_reading.ledger.read import read_ledger
from annotated_reading.ledger.table import TableError
from annotated_reading.pages.domain import LedgerError
from sphinx.builders import Builder
from sphinx.util.console import strip_colors

from ..books import Book, Build, Row, words

#: Sphinx writes the page of the contents whenever it writes any page.
CONTENTS = "index"


@pytest.fixture
def settled(book: Book) -> Book:
    """The tiny book, with a page that cites one claim and one that cites none, built."""
    book.write("essay", "# Essay\n\nSee [help](#mel-2-1).\n")
    book.write("aside", "# Aside\n\nNothing of the ledger.\n")
    built = book.build()
    assert not built.warnings
    assert built.written == {"index", "athens", "melos", "thucydides", "essay", "aside"}
    return book


def rebuilt(book: Book) -> Build:
    """The book built again, without a warning."""
    built = book.build()
    assert not built.warnings
    return built


def clean(book: Book) -> dict[str, bytes]:
    """What a build from the start would publish."""
    copy = Book(book.folder.parent / "clean")
    for file in book.source.rglob("*.*"):
        if file.suffix in (".md", ".csv"):
            (copy.source / file.relative_to(book.source)).write_bytes(file.read_bytes())
    return copy.build().files()


def pages(files: dict[str, bytes]) -> dict[str, str]:
    """The pages among files, as text.

    The checksums of style sheets are left out: a first build has none for the sheet that myst-nb makes as it goes.
    """
    return {name: re.sub(r"\?v=\w+", "", file.decode()) for name, file in files.items() if name.endswith(".html")}


def text_of(build: Build, page: str) -> str:
    """The text of a page."""
    return words(build.main(page))


# In parallel


def test_a_parallel_build_makes_the_same_files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A book that is built on several processors would lose backlinks, or differ from run to run."""
    serial, parallel = Book(tmp_path / "serial"), Book(tmp_path / "parallel")
    for book in (serial, parallel):
        for number in range(1, 7):
            book.write(f"essay-{number}", f"# Essay {number}\n\nSee [](#ath-1-1) and [help](#mel-2-1).\n")
        book.write("summary", "# Summary\n\n```{overview}\n```\n\n```{register}\n```\n")
    expected = serial.build()

    def refuse(*_: object) -> None:
        raise AssertionError("this build was to be parallel")

    monkeypatch.setattr(Builder, "_read_serial", refuse)
    monkeypatch.setattr(Builder, "_write_serial", refuse)
    found = parallel.build(parallel=2)
    assert found.warnings == expected.warnings == ()
    assert pages(found.files()) == pages(expected.files())
    assert found.files() == expected.files()


# Nothing changed


def test_a_second_build_writes_nothing(settled: Book) -> None:
    """Every build would take as long as the first, and every file would be uploaded again."""
    before = {path: path.stat().st_mtime_ns for path in (settled.folder / "html" / "html").rglob("*.*")}
    built = rebuilt(settled)
    assert not built.written
    assert {path: path.stat().st_mtime_ns for path in built.folder.rglob("*.*")} == before


def test_rows_that_say_the_same_write_nothing(settled: Book) -> None:
    """A table that was saved by another program, with other quotes, would cost a full build."""
    table = settled.table("claims")
    table.write_text(table.read_text(encoding="utf-8").replace(",current", ',"current"'), encoding="utf-8")
    assert '"current"' in table.read_text(encoding="utf-8")
    assert not rebuilt(settled).written


# A claim changes


@pytest.mark.parametrize(
    ("claim", "shown_on"),
    [("thu-1-3", "thucydides"), ("ath-1-2", "athens"), ("mel-2-1", "melos")],
)
def test_a_changed_text_writes_its_page_and_its_preview(settled: Book, claim: str, shown_on: str) -> None:
    """A page would go on saying what the ledger no longer says; or every correction would cost a full build."""
    settled.change("claims", claim, text="Something else entirely.")
    built = rebuilt(settled)
    assert built.written - {CONTENTS} == {shown_on}
    assert "Something else entirely." in text_of(built, shown_on)
    assert b"Something else entirely." in built.files()["_static/annotated-reading-previews.js"]
    assert pages(built.files()) == pages(clean(settled))


@pytest.mark.parametrize(
    ("cells", "shown"),
    [
        ({"kind": "question"}, "question · The Melian commissioners"),
        ({"holder": "sparta", "voice": "reported"}, "prediction · Sparta, as reported"),
        ({"hedge": "perhaps"}, "· “perhaps”"),
        ({"cue": "the aid of our allies"}, None),
    ],
    ids=["kind", "holder and voice", "hedge", "cue"],
)
def test_every_cell_that_is_shown_writes_the_page(settled: Book, cells: Row, shown: str | None) -> None:
    """A corrected holder, kind, hedge or cue would not reach the page."""
    settled.change("claims", "mel-2-1", **cells)
    built = rebuilt(settled)
    assert "melos" in built.written
    assert not {"athens", "aside"} & built.written
    assert shown is None or shown in text_of(built, "melos")
    assert pages(built.files()) == pages(clean(settled))


def test_a_withdrawn_claim_is_withdrawn_on_its_page(settled: Book) -> None:
    """The page would go on making a claim that the book has taken back."""
    settled.save("links", [row for row in settled.rows("links") if "ath-2-1" not in row.values()])
    rebuilt(settled)
    settled.change("claims", "ath-2-1", status="withdrawn")
    built = rebuilt(settled)
    assert built.written - {CONTENTS} == {"athens"}
    assert "Withdrawn." in words(built.element("athens", "ath-2-1"))


@pytest.mark.parametrize("status", ["current", "withdrawn"])
def test_a_new_claim_writes_the_page_of_its_paragraph_alone(settled: Book, status: str) -> None:
    """Every row below the new one would count as changed, and the whole book be built again."""
    settled.insert("claims", "ath-1-2", claim="ath-1-3", text="One claim more.", status=status)
    built = rebuilt(settled)
    assert built.written - {CONTENTS} == {"athens"}
    assert "One claim more." in words(built.element("athens", "ath-1-3"))
    assert pages(built.files()) == pages(clean(settled))


def test_a_changed_name_is_changed_on_every_page_that_shows_it(settled: Book) -> None:
    """A person would go by two names in one book."""
    settled.change("people", "thucydides", name="Thucydides son of Olorus")
    built = rebuilt(settled)
    assert "aside" not in built.written
    assert pages(built.files()) == pages(clean(settled))


@pytest.mark.parametrize("directive", ["overview", "register"])
def test_a_picture_of_the_whole_follows_every_claim(settled: Book, directive: str) -> None:
    """The table or the marks of all claims would be older than the claims."""
    settled.write("summary", f"# Summary\n\n```{{{directive}}}\n```\n")
    rebuilt(settled)
    settled.insert("claims", "ath-1-2", claim="ath-1-3", text="One claim more.")
    built = rebuilt(settled)
    assert built.written - {CONTENTS} == {"summary", "athens"}
    assert built.soup("summary").select_one('a[href="athens.html#ath-1-3"]') is not None


@pytest.mark.parametrize("text", ["```{excerpt} thu-1-3\n```", "[](#thu-1-3)"], ids=["excerpt", "reference"])
def test_a_removed_claim_is_told_where_it_was_used(settled: Book, text: str) -> None:
    """A page would go on quoting a claim that is gone, or link to it."""
    settled.append("essay", text)
    rebuilt(settled)
    settled.save("claims", settled.rows("claims")[:-1])
    warnings = settled.build().warnings
    assert any("essay.md" in warning and "thu-1-3" in warning for warning in warnings)


def test_a_reference_to_a_claim_that_came_later_is_a_link(settled: Book) -> None:
    """The reference would stay dead text in a build without warnings, until its page changes for another reason."""
    settled.append("essay", "See [](#mel-2-2).")
    assert "mel-2-2" in settled.build().warnings[0]
    settled.insert("claims", "mel-2-1", claim="mel-2-2", text="One claim more.")
    built = rebuilt(settled)
    assert built.soup("essay").select_one('a[href="melos.html#mel-2-2"]') is not None


def test_a_byline_follows_the_cue_that_it_opens_the_original_at(settled: Book) -> None:
    """A byline on a page of its own would open the original at words that are no longer the cue."""
    settled.append("aside", "```{byline} mel\n```")
    rebuilt(settled)
    settled.change("claims", "mel-1-1", cue="a principle which is common")
    assert pages(rebuilt(settled).files()) == pages(clean(settled))


# Links and references change


def test_a_changed_reason_writes_the_two_pages_that_give_it(settled: Book) -> None:
    """One of the two sections would give the old reason; or the whole book be built for a comma."""
    settled.change("links", "ath-1-2", why="Another reason.")
    built = rebuilt(settled)
    assert built.written - {CONTENTS} == {"athens", "thucydides"}
    for page in ("athens", "thucydides"):
        assert "Another reason." in text_of(built, page)


def test_a_new_link_writes_the_two_pages_that_it_joins(settled: Book) -> None:
    """A relation would be told in one of its two sections only."""
    settled.link("mel-2-1", "ath-2-1", why="A new link.")
    built = rebuilt(settled)
    assert built.written - {CONTENTS} == {"melos", "athens"}
    for page, claim, other in (("melos", "mel-2-1", "ath-2-1"), ("athens", "ath-2-1", "mel-2-1")):
        assert "A new link." in text_of(built, page)
        assert other in words(built.element(page, claim).select_one(".claim-links"))
    assert pages(built.files()) == pages(clean(settled))


def test_a_new_link_reaches_a_page_that_prints_claims_alone(book: Book) -> None:
    """A page without `elsewhere` would not tell what its claims are linked with."""
    book.replace("athens", ":::{elsewhere} ath-2\n:::\n", "")
    book.build()
    book.link("ath-2-1", "thu-1-1")
    assert "thu-1-1" in words(rebuilt(book).element("athens", "ath-2-1").select_one(".claim-links"))


def test_a_removed_link_is_gone_from_both_pages(settled: Book) -> None:
    """A relation that was given up would stand on in one of its two sections."""
    settled.save("links", settled.rows("links")[:-1])
    built = rebuilt(settled)
    assert built.written - {CONTENTS} == {"athens", "thucydides"}
    assert "The historian" not in words(built.element("athens", "ath-1-2"))
    assert "Athens" not in words(built.element("thucydides", "thu-1-2"))


@pytest.mark.parametrize("page", ["aside", "postscript"], ids=["read before", "read after"])
def test_claims_that_move_to_another_page_take_their_references_along(settled: Book, page: str) -> None:
    """References on pages that did not change would lead to where the claim was, or it would count as printed twice."""
    settled.replace("melos", ":::{claims} mel-2\n:::\n", "")
    settled.write(page, f"# {page.title()}\n\n:::{{claims}} mel-2\n:::\n")
    built = rebuilt(settled)
    for citing in ("essay", "thucydides"):
        assert built.soup(citing).select_one(f'a[href="{page}.html#mel-2-1"]') is not None
    assert pages(built.files()) == pages(clean(settled))


# A broken ledger


@pytest.mark.parametrize(
    ("table", "key", "cells"),
    [
        ("sections", "mel", {"hue": "pink"}),
        ("issues", "help", {"name": ""}),
        ("people", "sparta", {"kind": "city"}),
        ("claims", "mel-1-2", {"holder": "nobody"}),
        ("links", "mel-2-1", {"target": "nowhere"}),
    ],
)
def test_a_broken_table_stops_the_build_before_it_writes(
    settled: Book, table: str, key: str, cells: dict[str, str]
) -> None:
    """A half-written book would replace the one that is published."""
    folder = settled.folder / "html" / "html"
    before = {path: (path.stat().st_mtime_ns, path.read_bytes()) for path in folder.rglob("*.*")}
    settled.change(table, key, **cells)
    settled.append("essay", "A sentence that is not published.")
    with pytest.raises(TableError) as expected:
        read_ledger(settled.data)
    with pytest.raises(LedgerError) as told:
        settled.build()
    assert str(told.value) == str(expected.value)
    assert {path: (path.stat().st_mtime_ns, path.read_bytes()) for path in folder.rglob("*.*")} == before


def test_a_broken_table_is_told_without_a_traceback(book: Book) -> None:
    """The one line that says what to mend would be lost among a hundred that do not."""
    book.change("claims", "mel-1-2", holder="nobody")
    command = [sys.executable, "-m", "sphinx", "-q", str(book.source), str(book.folder / "site")]
    run = subprocess.run(command, capture_output=True, text=True, check=False)
    assert run.returncode != 0
    told = f"{book.table('claims')}, row 6, column holder: found 'nobody', expected a key of people.csv"
    assert strip_colors(run.stderr).split("\n")[-2:] == [told, ""]
    assert "Traceback" not in run.stderr


def test_a_missing_table_stops_the_first_build(book: Book) -> None:
    """A book without claims would be published."""
    book.table("links").unlink()
    with pytest.raises(LedgerError, match=r"links\.csv: expected this file to exist"):
        book.build()
    assert not [path for path in (book.folder / "html" / "html").rglob("*") if path.is_file()]


def test_a_mended_ledger_builds_as_if_it_had_never_been_broken(settled: Book) -> None:
    """The build after a mistake would need a clean start."""
    rows = settled.rows("claims")
    settled.change("claims", "mel-1-2", kind="hope")
    with pytest.raises(LedgerError):
        settled.build()
    settled.save("claims", rows)
    assert not rebuilt(settled).written
