"""A build by Jupyter Book: what is wrong with settings or contents is told at once, and what fails is told last."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
from annotated_reading import build as program
from annotated_reading.build import build, main
from sphinx.errors import SphinxError

CONFIG = "title: Melos\nexecute: {execute_notebooks: cache}\nsphinx: {config: {nitpicky: true}}\n"
TOC = "format: jb-book\nroot: index\nparts:\n  - caption: All\n    chapters:\n      - file: athens\n"


@pytest.fixture
def book(tmp_path: Path) -> Path:
    """A folder with settings, a table of contents and two pages."""
    for name, text in {"_config.yml": CONFIG, "_toc.yml": TOC, "index.md": "# One\n", "athens.md": "# Two\n"}.items():
        (tmp_path / name).write_text(text, "utf-8")
    return tmp_path


@pytest.mark.parametrize(
    ("file", "old", "new", "told"),
    [
        (
            "_config.yml",
            "execute:",
            "exectue:",
            "_config.yml, exectue: found a setting that",
        ),
        (
            "_config.yml",
            "execute_notebooks",
            "execute_notebook",
            "_config.yml, execute.execute_notebook: found a setting",
        ),
        ("_config.yml", "title: Melos", "title: [", "_config.yml, row 3: expected YAML in UTF-8"),
        ("_toc.yml", "athens", "athena", "_toc.yml, row 6, file: found 'athena', expected a page that has a file"),
        (
            "_toc.yml",
            "file: athens",
            "file: index",
            "_toc.yml, row 6, file: found 'index', expected a page once",
        ),
        ("_toc.yml", "root: index\n", "", "_toc.yml: 'root' key not found"),
        ("_toc.yml", "file: athens", "fill: athens", "_toc.yml: entry does not contain one of"),
        (
            "_config.yml",
            "execute: {",
            "execute: {timeout: soon, ",
            "_config.yml, execute.timeout: 'soon' is not of type",
        ),
        ("_toc.yml", "parts:", "parts: [", "_toc.yml, row"),
        ("athens.md", "# Two", "---\ndate: 1\ntitle: [\n---\n# Two", "athens.md, row 3: expected YAML in UTF-8 ("),
    ],
)
def test_what_is_wrong_with_settings_or_contents_is_one_line(
    book: Path, file: str, old: str, new: str, told: str
) -> None:
    """A misspelt setting would have no effect, unnoticed; a missing page would show as a dozen warnings of others."""
    path = book / file
    path.write_text(path.read_text("utf-8").replace(old, new), "utf-8")
    (fault,) = build(book)
    assert fault.startswith(told)


@pytest.mark.parametrize("name", ["_config.yml", "_toc.yml"])
def test_a_missing_file_is_told(book: Path, name: str) -> None:
    """Jupyter Book would build something else without a word, or say twelve times that it is wrong."""
    (book / name).unlink()
    assert build(book) == [f"{name}: expected this file to exist"]


def fail_like_sphinx(*args: object, **options: object) -> None:
    """Fail as Jupyter Book does when Sphinx has failed: what Sphinx says, then an error of its own."""
    print("\x1b[31mThe ledger:\x1b[39m\nclaims.csv, row 2: expected a claim", file=sys.stderr)
    raise RuntimeError("There was an error") from SphinxError("claims.csv, row 2: expected a claim")


def test_the_message_is_last(book: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    """An editor would see 40 lines of a traceback, and look for the cause far above."""
    monkeypatch.setattr(program, "jupyter_book", fail_like_sphinx)
    monkeypatch.setattr("sys.argv", ["build", str(book)])
    assert main() == 1
    assert capsys.readouterr().err.splitlines()[-1] == "claims.csv, row 2: expected a claim"


def test_a_cause_is_told_after_what_follows_from_it(book: Path) -> None:
    """An editor would mend references to a page that only lacks an end."""
    (book / "athens.md").write_text("# Two\n\n[](#nowhere)\n\n:::{nothing}\n:::\n", "utf-8")
    first, last = build(book)
    assert "nowhere" in first and "Unknown directive type: 'nothing'" in last


def test_a_book_without_a_fault_says_nothing(
    book: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Whoever builds would look for a fault above an empty line."""
    monkeypatch.setattr(program, "build", lambda folder: [])
    monkeypatch.setattr("sys.argv", ["build", str(book)])
    assert main() == 0
    assert capsys.readouterr().err == ""


def test_warnings_are_told_last_with_paths_from_the_book(book: Path) -> None:
    """An editor would look for the line in a path of the machine that built the book."""
    (book / "athens.md").write_text("# Two\n\n[](#nowhere)\n", "utf-8")
    faults = build(book)
    assert faults[-1].startswith("athens.md:3: WARNING: ") and "nowhere" in faults[-1]
    assert build(book.parent / "nothing") != []
