"""The engine's own theme, in plain Sphinx and in a Jupyter Book with all that this loads."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
import yaml
from bs4 import BeautifulSoup

from ..books import MELOS, Book, words

TITLE = "Crime & Punishment <abridged>"

#: What Jupyter Book knows of its theme, all at once.
SETTINGS = {
    "title": TITLE,
    "logo": "logo.svg",
    "repository": {"url": "https://github.com/melos/book", "branch": "main", "path_to_book": "docs"},
    "launch_buttons": {"binderhub_url": "https://hub.example", "colab_url": "https://colab.example", "thebe": True},
    "html": {
        "favicon": "logo.svg",
        "use_issues_button": True,
        "use_repository_button": True,
        "use_edit_page_button": True,
        "extra_footer": "<p>On Melos</p>",
        "home_page_in_navbar": True,
        "announcement": "A new edition",
        "analytics": {"google_analytics_id": "G-1"},
    },
    "parse": {"myst_enable_extensions": ["colon_fence"]},
    "sphinx": {
        "extra_extensions": ["annotated_reading"],
        "config": {"html_theme": "annotated_reading", "annotated_reading_data": "data", "nb_execution_mode": "off"},
    },
}
NOTEBOOK = "---\nkernelspec: {name: python3, display_name: Python 3}\n---\n\n# A notebook\n\nIt runs.\n"


@pytest.fixture(scope="module")
def jupyter_book(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The pages of the tiny book as a Jupyter Book, with every option of its theme and its usual extensions."""
    book = Book(tmp_path_factory.mktemp("jupyter") / "book")
    (book.source / "conf.py").unlink()
    book.write("index", book.page("index").read_text("utf-8").partition("```{toctree}")[0])
    book.write("run", NOTEBOOK)
    (book.source / "logo.svg").write_text('<svg xmlns="http://www.w3.org/2000/svg"/>', "utf-8")
    (book.source / "_config.yml").write_text(yaml.safe_dump(SETTINGS), "utf-8")
    chapters = [{"file": name} for name in ("athens", "melos", "thucydides", "run")]
    toc = {"format": "jb-book", "root": "index", "chapters": chapters}
    (book.source / "_toc.yml").write_text(yaml.safe_dump(toc), "utf-8")
    start = "from jupyter_book.cli.main import main; main()"
    command = [sys.executable, "-c", start, "build", str(book.source), "-W", "-n", "--keep-going"]
    run = subprocess.run(command, capture_output=True, text=True, check=False)
    assert run.returncode == 0, run.stderr
    return book.source / "_build" / "html"


def page(folder: Path, name: str) -> BeautifulSoup:
    """A page of a site."""
    return BeautifulSoup((folder / f"{name}.html").read_text("utf-8"), "html.parser")


def test_a_title_is_shown_as_it_is_written(jupyter_book: Path) -> None:
    """A book with a sign of HTML in its name would lose a word of it, or run what stands there."""
    soup = page(jupyter_book, "athens")
    assert soup.title is not None and soup.title.get_text().endswith(TITLE)
    assert words(soup.select_one("a.home")) == TITLE
    assert soup.find("abridged") is None


def test_what_jupyter_book_hands_to_its_theme_has_an_effect(jupyter_book: Path) -> None:
    """An author who sets an option by Jupyter Book's manual would see nothing of it, or a warning."""
    soup = page(jupyter_book, "run")
    links = {words(link): link["href"] for link in soup.select("footer a")}
    assert links == {
        "Repository": "https://github.com/melos/book",
        "Report a mistake": "https://github.com/melos/book/issues/new",
        "Edit this page": "https://github.com/melos/book/edit/main/docs/run.md",
        "Open in Binder": "https://hub.example/v2/gh/melos/book/main?urlpath=tree/docs/run.md",
        "Open in Colab": "https://colab.example/github/melos/book/blob/main/docs/run.md",
    }
    assert "On Melos" in words(soup.select_one("footer"))
    assert "A new edition" in words(soup.select_one("header"))
    assert soup.select_one('#contents a[href="index.html"]') is not None
    assert soup.select_one("a.home img[src]") is not None and soup.select_one('link[rel="icon"]') is not None


@pytest.mark.parametrize("name", ["index", "athens", "run"])
def test_a_page_has_nothing_that_the_usual_extensions_leave(jupyter_book: Path, name: str) -> None:
    """A page would ask for a file that is not there or for another host, and no strict policy could be set."""
    soup = page(jupyter_book, name)
    assert [str(sheet["href"]).partition("?")[0] for sheet in soup.select("link[rel=stylesheet]")] == [
        "_static/annotated-reading.css"
    ]
    assert [str(script.get("src", "inline")).partition("?")[0] for script in soup.select("script")] == [
        "_static/annotated-reading-first.js",
        "_static/annotated-reading.js",
    ]
    assert soup.select("style, [style]") == []
    assert [tag for tag in soup.find_all(True) if any(key.startswith("on") for key in tag.attrs)] == []


def test_the_theme_stands_in_plain_sphinx(tmp_path: Path) -> None:
    """A book without Jupyter Book could not have the theme, or would be warned of something."""
    command = [sys.executable, "-m", "sphinx", "-W", "-n", "-q", str(MELOS), str(tmp_path)]
    run = subprocess.run(command, capture_output=True, text=True, check=False)
    assert run.returncode == 0, run.stderr
    places = [words(link) for link in page(tmp_path, "athens").select("#place li a")]
    assert places == ["1 Strength instead of justice", "2 A law for gods and men"]
    assert page(tmp_path, "athens").select_one('a.skip[href="#ath-1-1"]') is not None
    assert page(tmp_path, "athens").select_one('#contents a[aria-current="page"]') is not None


def test_notes_stand_beside_the_prose_and_a_part_may_be_empty(book: Book) -> None:
    """A note would stand in the text as its source, or lines to write on vanish."""
    book.append("athens", ":::{margin} A word\nOf *help*.\n:::\n")
    book.append("athens", ":::{sidenote}\nAn aside.\n:::\n\n:::{div} write-here\n:::\n")
    built = book.build()
    assert built.warnings == ()
    notes = built.main("athens").select("aside.margin")
    assert [words(note) for note in notes] == ["A word Of help.", "An aside."]
    assert built.main("athens").select_one("div.write-here") is not None
