"""Notebooks that read tables: one runs again when its table changes, and only then."""

from __future__ import annotations

import pytest

from .books import Book, words

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


@pytest.fixture
def counted(book: Book) -> Book:
    """The tiny book with a table, a notebook that prints it and one that does not, built with a cache."""
    book.table("fleet").write_text("city,ships\nChios,6\n", encoding="utf-8")
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


def test_prose_alone_runs_nothing(counted: Book, monkeypatch: pytest.MonkeyPatch) -> None:
    """To mend a sentence would cost the time of all cells."""
    counted.replace("fleet", "# Fleet", "# The fleet")

    def refuse(*_: object, **__: object) -> None:
        raise AssertionError("a cell was run")

    monkeypatch.setattr("nbclient.NotebookClient.execute", refuse)
    assert "The fleet" in words(counted.build(nb_execution_mode="cache").main("fleet"))
