"""The manual is a book of the engine, whose examples are what they make."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from sphinx.testing.util import SphinxTestApp

ENGINE = Path(__file__).parent.parent

#: Directives that need a table which the example lacks, or that say nothing by themselves.
WITHOUT_EXAMPLE = {"events", "changes", "dictionary", "moved", "sidenote", "div"}


@pytest.fixture(scope="module")
def manual(tmp_path_factory: pytest.TempPathFactory) -> dict[str, BeautifulSoup]:
    """The pages of the manual by their names; it builds without a warning."""
    app = SphinxTestApp("html", srcdir=ENGINE / "manual", builddir=tmp_path_factory.mktemp("manual"))
    try:
        app.build()
    finally:
        app.cleanup()
    assert app.warning.getvalue() == ""
    names = [page.stem for page in (ENGINE / "manual").glob("*.md")]
    return {name: BeautifulSoup((app.outdir / f"{name}.html").read_text("utf-8"), "html.parser") for name in names}


def test_every_directive_has_an_example(manual: dict[str, BeautifulSoup]) -> None:
    """A directive that is only named has to be tried out to be known."""
    named = set(re.findall(r"^\| `\{([\w-]+)\}", (ENGINE / "README.md").read_text("utf-8"), re.MULTILINE))
    shown = {
        name
        for page in (ENGINE / "manual").glob("*.md")
        for example in re.findall(r"^:::::\{example\}\n(.*?)^:::::$", page.read_text("utf-8"), re.MULTILINE | re.DOTALL)
        for name in re.findall(r"^:::\{([\w-]+)\}", example, re.MULTILINE)
    }
    assert named - WITHOUT_EXAMPLE <= shown


def test_an_example_is_followed_by_what_it_makes(manual: dict[str, BeautifulSoup]) -> None:
    """A reader would see the words and not what becomes of them."""
    start = manual["start"]
    assert ":::{claims} ath-3" in (start.find("section", id="ath-3") or start).get_text()
    assert start.find(id="ath-3-2") and manual["directives"].find(id="ath-3-2") is None
    assert "In the original" in start.get_text()
