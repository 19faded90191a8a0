"""The README has whatever a book can use of the engine; what is in no manual, nobody uses."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from annotated_reading.extension import ENGINE
from docutils.parsers.rst import directives, roles
from sphinx.testing.util import SphinxTestApp

from .books import Book

README = (Path(__file__).parent.parent / "README.md").read_text("utf-8")


@pytest.fixture(scope="module")
def registered(tmp_path_factory: pytest.TempPathFactory) -> dict[str, list[str]]:
    """The names of the directives, roles and settings that the engine adds to Sphinx."""
    book = Book(tmp_path_factory.mktemp("docs") / "book")
    app = SphinxTestApp("html", srcdir=book.source, builddir=book.folder / "html")
    ours = "annotated_reading."
    try:
        return {
            "directive": [
                name for name, kind in vars(directives)["_directives"].items() if kind.__module__.startswith(ours)
            ],
            "role": [
                *(name for name, role in vars(roles)["_roles"].items() if type(role).__module__.startswith(ours)),
                *app.registry.domains["claim"].roles,
            ],
            "setting": [name for name in app.config.values if name.startswith("annotated_reading")],
        }
    finally:
        app.cleanup()


@pytest.mark.parametrize(
    ("kind", "pattern"),
    [("directive", r"\| `{{{}}}[^`|]*` \|"), ("role", r"\| `` {{{}}}`"), ("setting", r"\| `{}` \|")],
)
def test_whatever_a_book_can_use_is_in_the_manual(registered: dict[str, list[str]], kind: str, pattern: str) -> None:
    """Somebody would read the source to learn what there is."""
    assert registered[kind]
    assert [name for name in registered[kind] if not re.search(pattern.format(re.escape(name)), README)] == []


@pytest.mark.parametrize(
    ("kind", "pattern"),
    [("directive", r"^\| `\{([\w-]+)\}"), ("role", r"^\| `` \{(\w+)\}"), ("setting", r"^\| `(annotated_reading_\w+)`")],
)
def test_the_manual_has_nothing_that_is_not_there(registered: dict[str, list[str]], kind: str, pattern: str) -> None:
    """A book would be written with what no longer exists."""
    assert set(re.findall(pattern, README, re.MULTILINE)) == set(registered[kind])


def test_the_tree_is_the_tree() -> None:
    """A newcomer would look for a room that is not there, or never find one that is."""
    tree = README.partition("## The tree")[2].partition("## How to add")[0]
    there = {path.name for path in ENGINE.iterdir() if path.name not in ("__pycache__", "__init__.py", "py.typed")}
    assert {name for name in there if name not in tree} == set()
    named = {name.rstrip("/") for name in re.findall(r"^[├└]── (\S+)", tree, re.MULTILINE)}
    assert named <= there


def test_every_room_says_what_it_holds_and_how_to_add_to_it() -> None:
    """Whoever opens a folder would have to read all of it to know what belongs there."""
    for room in ("ledger", "pages", "figures", "notebooks", "citations", "site"):
        said = (ENGINE / room / "__init__.py").read_text("utf-8").split('"""')[1]
        modules = [file.stem for file in (ENGINE / room).glob("*.py") if file.stem != "__init__"]
        assert [name for name in modules if f"`{name}`" not in said] == []
