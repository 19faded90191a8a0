"""What no page may have: parts of another host, sources that are not listed, a role to cite with that is not there."""

from __future__ import annotations

from typing import Any

import pytest
from annotated_reading.pages.checks import fetched_elsewhere, unlisted_source
from docutils import nodes
from docutils.utils import new_document
from sphinx.errors import ConfigError

from ..books import Book


def document(*parts: nodes.Node) -> nodes.document:
    """A document of these parts."""
    whole = new_document("page")
    whole += list(parts)
    return whole


@pytest.mark.parametrize(
    "html",
    [
        '<img src="https://other.example/a.png">',
        "<iframe src='//other.example/frame'></iframe>",
        '<script async src="http://other.example/a.js"></script>',
        '<link rel="stylesheet" href="https://other.example/a.css">',
        '<object data="https://other.example/a.svg"></object>',
    ],
)
def test_a_part_of_another_host_is_found(html: str) -> None:
    """Another host would learn who reads the book, and could change what they see."""
    assert len(list(fetched_elsewhere(document(nodes.raw("", html, format="html"))))) == 1


@pytest.mark.parametrize(
    "html",
    [
        '<a href="https://other.example/">words</a>',
        '<img src="pictures/a.png">',
        '<img src="data:image/png;base64,AA==">',
    ],
)
def test_a_link_and_a_part_of_the_site_are_not(html: str) -> None:
    """No page could lead to its sources, or show a picture of its own."""
    assert list(fetched_elsewhere(document(nodes.raw("", html, format="html")))) == []


def test_a_picture_of_another_host_is_told_with_its_place(book: Book) -> None:
    """An author would not know which page asks another host for something."""
    book.append("melos", "![A ship](https://other.example/ship.png)\n")
    (warning,) = [one for one in book.build().warnings if "other.example" in one]
    assert "melos.md:" in warning and "expected nothing that another host serves" in warning


def test_a_source_that_is_cited_and_not_listed_is_found() -> None:
    """A reader would see a number that leads nowhere, and no source."""
    reference = nodes.footnote_reference("", "1", refid="footcite-jowett1881")
    assert unlisted_source(document(nodes.paragraph("", "", reference))) is reference
    note = nodes.footnote("", ids=["footcite-jowett1881"])
    assert unlisted_source(document(nodes.paragraph("", "", reference.deepcopy()), note)) is None


def test_a_role_that_does_not_exist_is_told(book: Book) -> None:
    """Every figure would stand without its source, and nobody would be told."""
    with pytest.raises(ConfigError, match="annotated_reading_cite_role: found 'footcyte', expected a role such as"):
        book.build(annotated_reading_cite_role="footcyte")


@pytest.mark.parametrize("setting", ["html_js_files", "html_css_files"])
def test_a_file_of_another_host_among_the_settings_is_told(book: Book, setting: str) -> None:
    """Every page would tell another host who reads it."""
    settings: dict[str, Any] = {setting: ["https://other.example/a"]}
    with pytest.raises(ConfigError, match=f"{setting}: found 'https://other.example/a', expected nothing"):
        book.build("html", parallel=1, **settings)
