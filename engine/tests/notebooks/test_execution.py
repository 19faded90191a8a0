"""Notebooks: each runs again when its code or a table that it reads has changed, and only then; none fails unseen."""

from __future__ import annotations

import asyncio
import json
import re
import shutil
from pathlib import Path

import pytest
from annotated_reading.notebooks import running
from annotated_reading.notebooks.cache import ChapterError, NotebookError
from nbformat import NotebookNode
from nbformat.v4 import new_code_cell, new_notebook
from sphinx.errors import ExtensionError

from ..books import Book, words

NOTEBOOK = """---
jupytext:
  text_representation: {extension: .md, format_name: myst}
kernelspec: {name: python3, display_name: Python 3}
---

# Fleet

```{code-cell} ipython3
from pathlib import Path
print(Path("data/fleet.csv").read_text())
```
"""


PACKAGE = {
    "resources": [{"name": "fleet", "path": "fleet.csv", "schema": {"fields": [{"name": "city"}, {"name": "ships"}]}}]
}


def save_fleet(book: Book) -> None:
    """Give the tiny book a table of its own, with a description."""
    book.table("fleet").write_text("city,ships\nChios,6\n", encoding="utf-8")
    (book.data / "datapackage.json").write_text(json.dumps(PACKAGE), encoding="utf-8")


@pytest.fixture
def counted(book: Book) -> Book:
    """The tiny book with a table, a notebook that prints it and one that does not, built with a cache."""
    save_fleet(book)
    book.write("fleet", NOTEBOOK)
    book.write("other", NOTEBOOK.replace("fleet.csv", "issues.csv").replace("# Fleet", "# Other"))
    built = book.build(nb_execution_mode="cache")
    assert "Chios,6" in words(built.main("fleet"))
    return book


def test_a_changed_table_runs_the_notebooks_that_read_it_and_no_others(counted: Book) -> None:
    """A chart would go on showing figures that the table no longer has."""
    counted.table("fleet").write_text("city,ships\nChios,7\n", encoding="utf-8")
    built = counted.build(nb_execution_mode="cache")
    assert "Chios,7" in words(built.main("fleet"))
    assert built.written - {"index"} == {"fleet"}


def test_a_table_that_changed_while_nothing_was_known_is_not_taken_from_the_cache(counted: Book) -> None:
    """After a fresh start the old outputs would come back."""
    counted.table("fleet").write_text("city,ships\nChios,8\n", encoding="utf-8")
    built = counted.build(nb_execution_mode="cache", language="de")
    assert "Chios,8" in words(built.main("fleet"))


def test_a_table_that_comes_back_to_what_it_was_shows_what_it_showed(counted: Book) -> None:
    """A mistake that was undone would stay on the page."""
    for ships in (7, 6):
        counted.table("fleet").write_text(f"city,ships\nChios,{ships}\n", encoding="utf-8")
        assert f"Chios,{ships}" in words(counted.build(nb_execution_mode="cache").main("fleet"))


def test_a_table_is_followed_whatever_the_code_calls_it(counted: Book) -> None:
    """A cell that puts a table's name together would go on showing old figures."""
    counted.replace("fleet", '"data/fleet.csv"', 'f"data/{name}.csv"')
    counted.replace("fleet", "from pathlib import Path", 'from pathlib import Path; name = "fle" + "et"')
    assert "Chios,6" in words(counted.build(nb_execution_mode="cache").main("fleet"))
    counted.table("fleet").write_text("city,ships\nChios,9\n", encoding="utf-8")
    assert "Chios,9" in words(counted.build(nb_execution_mode="cache").main("fleet"))


def refuse(*_: object, **__: object) -> None:
    """Stands for running a notebook, where none may be run."""
    raise AssertionError("a notebook was run")


def test_prose_runs_nothing_though_it_names_a_table(counted: Book, monkeypatch: pytest.MonkeyPatch) -> None:
    """To mend a sentence would cost the time of all cells."""
    counted.replace("fleet", "# Fleet", "# The fleet\n\nSee claims.csv.")
    monkeypatch.setattr("annotated_reading.notebooks.cache.run", refuse)
    assert "The fleet" in words(counted.build(nb_execution_mode="cache").main("fleet"))
    counted.change("claims", "ath-1-1", text="The strong do as they please.")
    assert "fleet" not in counted.build(nb_execution_mode="cache").written


def test_a_fresh_start_runs_nothing_that_is_known(counted: Book, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each change of the engine or of a setting would run the whole book again."""
    monkeypatch.setattr("annotated_reading.notebooks.cache.run", refuse)
    assert "Chios,6" in words(counted.build(nb_execution_mode="cache", language="de").main("fleet"))


def test_another_version_of_a_library_runs_what_imports_it(counted: Book, monkeypatch: pytest.MonkeyPatch) -> None:
    """Outputs of a library that is no longer installed would be published."""
    counted.replace("fleet", "from pathlib import Path", "from pathlib import Path\nimport nbformat")
    counted.build(nb_execution_mode="cache")
    monkeypatch.setattr("annotated_reading.notebooks.cache.version", lambda name: "0")
    monkeypatch.setattr("annotated_reading.notebooks.cache.run", refuse)
    with pytest.raises(ExtensionError, match="was run"):
        counted.build(nb_execution_mode="cache", language="de")


def test_notebooks_run_at_the_same_time(book: Book) -> None:
    """A book of twenty chapters would wait for each in turn."""
    meet = book.folder / "meet"
    meet.mkdir()
    for name, other in (("one", "two"), ("two", "one")):
        code = (
            f"import time; from pathlib import Path; Path({str(meet / name)!r}).touch()\n"
            f"for _ in range(3000):\n    time.sleep(0.1)\n    if Path({str(meet / other)!r}).exists(): break\n"
            "else:\n    raise RuntimeError\n"
        )
        book.write(name, NOTEBOOK.partition("from pathlib")[0] + code + "```\n")
    assert not book.build(nb_execution_mode="cache").warnings


@pytest.mark.parametrize(
    ("code", "said"),
    [
        ("1 / 0", "cell 2 (fig-ships) failed: ZeroDivisionError: division by zero"),
        ("import warnings; warnings.warn('the oars are old')", "cell 2 (fig-ships) wrote to standard error: "),
        ("import time; time.sleep(3600)", "cell 2 (fig-ships) took longer than 2 seconds"),
        ("import os; os._exit(1)", "cell 2 (fig-ships) ended its kernel"),
    ],
)
def test_a_cell_that_fails_warns_or_takes_too_long_stops_the_build(book: Book, code: str, said: str) -> None:
    """A chart would be missing, or wrong, on a page that nobody looked at."""
    book.write("fleet", NOTEBOOK + f"\n```{{code-cell}} ipython3\n:label: fig-ships\n{code}\n```\n")
    save_fleet(book)
    with pytest.raises(NotebookError) as stopped:
        book.build(nb_execution_mode="cache", nb_execution_timeout=2, nb_output_stderr="error")
    *details, last = str(stopped.value).splitlines()
    place = re.match(rf"{re.escape(str(book.page('fleet')))}:(\d+): {re.escape(said)}", last)
    assert place is not None, last
    assert abs(int(place[1]) - book.line("fleet", "fig-ships")) <= 2
    assert code.split(";")[-1].split("(")[0].strip() in "\n".join(details) or "ended" in said
    assert not (book.folder / "html" / "html" / "fleet.html").exists()


def test_every_failure_is_told_at_once(book: Book) -> None:
    """An author would mend one cell, wait for the build, and meet the next."""
    for name in ("one", "two"):
        book.write(name, NOTEBOOK.replace('"data/fleet.csv"', f'"no-{name}"'))
    with pytest.raises(NotebookError) as stopped:
        book.build(nb_execution_mode="cache")
    for name, line in zip(("one", "two"), str(stopped.value).splitlines()[-2:], strict=True):
        assert re.search(rf"{name}\.md:\d+: cell 1 failed: FileNotFoundError: .*no-{name}", line)


def test_an_apostrophe_or_a_quotation_mark_in_a_path_hides_no_changed_table(tmp_path: Path) -> None:
    """In a folder named after O'Brien a chart would go on showing figures that the table no longer has."""
    book = Book(tmp_path / 'o\'brien "and" sons')
    save_fleet(book)
    for ships in (6, 7):
        book.table("fleet").write_text(f"city,ships\nChios,{ships}\n", encoding="utf-8")
        book.write("fleet", NOTEBOOK)
        assert f"Chios,{ships}" in words(book.build(nb_execution_mode="cache").main("fleet"))


def test_tables_that_nobody_watches_stop_the_build(book: Book, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Nothing would say that a page shows an old table, until a reader compares."""
    blind = tmp_path / "blind.py"
    blind.write_text("", "utf-8")
    monkeypatch.setattr("annotated_reading.notebooks.running.WATCH", blind)
    save_fleet(book)
    book.write("fleet", NOTEBOOK)
    with pytest.raises(NotebookError, match="the kernel did not say which tables it opens"):
        book.build(nb_execution_mode="cache")


def test_a_kernel_has_nothing_to_warn_of(book: Book, capfd: pytest.CaptureFixture[str]) -> None:
    """Whoever builds would read ten times that code is sent in plain text, and miss what matters."""
    book.write("prose", NOTEBOOK.partition("from pathlib")[0] + "print(1)\n```\n")
    book.build(nb_execution_mode="cache")
    said = capfd.readouterr()
    assert "encryption" not in said.out + said.err


def test_an_unknown_kernel_is_told_with_the_chapter(book: Book) -> None:
    """An author would read the name of a kernel, and not where it stands."""
    book.write("fleet", NOTEBOOK.replace("name: python3", "name: python9"))
    with pytest.raises(NotebookError, match=r"fleet\.md:\d+: found the kernel 'python9', expected one of: .*python3"):
        book.build(nb_execution_mode="cache")


def test_a_chapter_in_another_encoding_is_told_with_its_line(book: Book) -> None:
    """An author would read the number of a byte, and not of which file."""
    book.page("fleet").write_bytes(NOTEBOOK.replace("Fleet", "Flott\u00e9").encode("latin-1"))
    with pytest.raises(ChapterError, match=r"fleet\.md:7: found the byte 0xe9, expected UTF-8$"):
        book.build(nb_execution_mode="cache")


@pytest.mark.parametrize("date", ["2026-13-45", "["])
def test_front_matter_that_cannot_be_read_is_told_with_the_chapter(book: Book, date: str) -> None:
    """An author would read that a month is not among twelve, and not of which chapter."""
    book.write("fleet", f"---\ndate: {date}\n---\n\n# Fleet\n")
    with pytest.raises(ChapterError, match=r"fleet\.md:1: found what is no YAML \(.*\), expected front matter"):
        book.build(nb_execution_mode="cache")


def test_a_notebook_without_code_starts_no_kernel(book: Book, monkeypatch: pytest.MonkeyPatch) -> None:
    """A page of prose would cost as much as one of charts."""
    monkeypatch.setattr("annotated_reading.notebooks.cache.run", refuse)
    book.write("prose", NOTEBOOK.partition("```")[0] + "Nothing to run.\n")
    assert "Nothing to run." in words(book.build(nb_execution_mode="cache").main("prose"))


def test_watching_a_kernel_leaves_no_trace_in_it(book: Book) -> None:
    """A cell could see, or come to rely on, names that no other kernel has."""
    book.write("names", NOTEBOOK.partition("from pathlib")[0] + "print(sorted(n for n in dir() if n[0] != '_'))\n```\n")
    shown = words(book.build(nb_execution_mode="cache").main("names"))
    assert "['In', 'Out', 'exit', 'get_ipython', 'open', 'quit']" in shown


@pytest.fixture
def notebook(tmp_path: Path) -> NotebookNode:
    """A notebook that reads a table by its path from a folder beside it."""
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "fleet.csv").write_text("Chios,6", "utf-8")
    made: NotebookNode = new_notebook(cells=[new_code_cell('print(open("data/fleet.csv").read())')])
    return made


def ran(notebook: NotebookNode, folder: Path) -> tuple[str, ...]:
    """The tables that a notebook reads in a folder."""
    return asyncio.run(running.run(notebook, folder, folder / "data", timeout=60, quiet=True))


@pytest.mark.parametrize("name", ["o'brien", 'two "words"', "with\nline"])
def test_a_table_is_seen_whatever_the_folders_are_called(
    notebook: NotebookNode, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    """On a machine of such a name a chart would go on showing figures that the table no longer has."""
    folder = tmp_path / name
    shutil.copytree(tmp_path / "data", folder / "data")
    monkeypatch.setattr(running, "WATCH", Path(shutil.copy(running.WATCH, folder)))
    assert ran(notebook, folder) == ("fleet.csv",)
