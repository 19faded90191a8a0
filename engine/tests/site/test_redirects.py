"""Addresses that others have written down lead on."""

from pathlib import Path

from bs4 import BeautifulSoup, Tag

from ..books import Book, Build

MOVED = {"old/athens": "athens", "athens": "melos", "gone": "nowhere"}


def leads_to(build: Build, place: str) -> str:
    """Where a file of the site leads, without a script too."""
    page = BeautifulSoup((build.folder / place).read_text("utf-8"), "html.parser")
    refresh = page.find("meta", {"http-equiv": "refresh"})
    canonical = page.find("link", rel="canonical")
    assert isinstance(refresh, Tag)
    assert isinstance(canonical, Tag)
    assert page.a is not None
    address = str(page.a["href"])
    assert (refresh["content"], canonical["href"]) == (f"0; url={address}", address)
    return address


def test_a_claim_has_a_short_address(built: Build) -> None:
    """A student would type a long one from a slide, wrongly."""
    assert leads_to(built, "c/ath-1-2/index.html") == "../../athens.html#ath-1-2"
    page = (built.folder / "c" / "ath-1-2" / "index.html").read_text("utf-8")
    assert '<script src="../../_static/annotated-reading-moved.js">' in page
    assert (built.folder / "_static" / "annotated-reading-moved.js").is_file()


def test_a_page_that_has_moved_leads_to_its_place(tmp_path: Path) -> None:
    """Every link of a syllabus to the old page would be dead; one line keeps it."""
    build = Book(tmp_path / "book").build(annotated_reading_moved=MOVED)
    assert leads_to(build, "old/athens.html") == "../athens.html"
    warnings = [f"found {pair}, expected a page that is gone" for pair in ("athens: melos", "gone: nowhere")]
    assert [warning in line for warning, line in zip(warnings, build.warnings, strict=True)] == [True, True]
