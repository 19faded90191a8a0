"""The page for an address that does not exist."""

from __future__ import annotations

from pathlib import Path

import pytest
from bs4 import BeautifulSoup

from ..books import Book


@pytest.mark.parametrize(("base", "root"), [("", "/"), ("https://example.org/melos/", "/melos/")])
def test_a_broken_link_ends_on_a_page_that_leads_on(tmp_path: Path, base: str, root: str) -> None:
    """A dead link of a syllabus would end on the server's word for it; and here, at any depth, on links as dead."""
    built = Book(tmp_path / "book").build(html_baseurl=base)
    page = BeautifulSoup((built.folder / "404.html").read_text("utf-8"), "html.parser")
    links = [str(tag.get("href") or tag.get("src")) for tag in page.select("a[href], link, script")]
    assert {link for link in links if not (built.folder / link.removeprefix(root)).exists()} == set()
    assert all(link.startswith(root) for link in links)
    assert f"{root}athens.html" in links
    form = page.select_one("form[role=search]")
    assert form is not None and form["action"] == f"{root}search.html"
    meant = page.select_one("main[data-claims]")
    assert meant is not None
    assert "ath-1-2" in str(meant["data-claims"]).split()
    assert (built.folder / str(meant["data-short"]).removeprefix(root) / "ath-1-2" / "index.html").is_file()
