"""How the engine stands in Sphinx: what it loads, and when it has a book read again."""

from __future__ import annotations

import subprocess
import sys
import tomllib
from pathlib import Path

import annotated_reading
import pytest
from annotated_reading import extension

from .books import Book


def test_a_change_of_the_engine_makes_every_page_again(book: Book, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever builds by hand after a change of the engine would publish what the old one made."""
    first = book.build().written
    assert not book.build().written
    monkeypatch.setattr(extension, "engine_version", lambda: 1)
    assert book.build().written == first


@pytest.mark.parametrize("name", ["module.py", "static/css/colours.css", "static/sheet.js", "templates/page.html"])
def test_any_file_of_the_engine_counts(name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Pages would keep what one kind of file made of them, such as a template."""
    monkeypatch.setattr(extension, "ENGINE", tmp_path)
    file = tmp_path / name
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text("before", "utf-8")
    before = extension.engine_version()
    assert extension.engine_version() == before
    file.write_text("after", "utf-8")
    assert extension.engine_version() != before


def test_what_python_keeps_of_a_module_does_not_count(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The second build would read the whole book again, and so would each one by another Python."""
    monkeypatch.setattr(extension, "ENGINE", tmp_path)
    before = extension.engine_version()
    (tmp_path / "__pycache__").mkdir()
    (tmp_path / "__pycache__" / "module.pyc").write_bytes(b"")
    assert extension.engine_version() == before


def test_every_style_sheet_is_in_the_one_that_pages_load(book: Book) -> None:
    """A component would stand on its page without a style."""
    folder = extension.ENGINE / "static" / "css"
    assert {file.stem for file in folder.iterdir()} == set(extension.SHEETS)
    made = (book.build().folder / "_static" / extension.STYLE_SHEET).read_text("utf-8")
    assert all(file.read_text("utf-8") in made for file in folder.iterdir())


def test_the_ledger_is_read_without_sphinx() -> None:
    """A check of the tables, and JupyterLab, would need all that a book is built with."""
    code = "import sys, annotated_reading.ledger.read as _; sys.exit('sphinx' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_what_an_interrupted_build_left_is_gone(book: Book) -> None:
    """Half a file would be published beside the whole one."""
    part = book.build().folder / "exports" / "claims.csv.part"
    part.parent.mkdir(exist_ok=True)
    part.write_text("claim,te", "utf-8")
    book.build()
    assert not part.exists()


def test_the_package_has_every_file_of_the_engine() -> None:
    """Who installs the engine without its folder would have pages without a theme, and no e-book."""
    engine = Path(annotated_reading.__file__).parent
    described = tomllib.loads((engine.parents[1] / "pyproject.toml").read_text("utf-8"))
    patterns = described["tool"]["setuptools"]["package-data"]["annotated_reading"]
    packed = {file for pattern in patterns for file in engine.glob(pattern) if file.is_file()}
    files = {file for file in engine.rglob("*") if file.is_file() and "__pycache__" not in file.parts}
    assert {file for file in files - packed if file.suffix != ".py"} == set()
