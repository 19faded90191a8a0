"""The README's examples, as they stand there."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from .books import MELOS, Book, words

README = (Path(__file__).parent.parent / "README.md").read_text("utf-8")

#: What the rooms do with what the examples add.
REGISTERS = """
def setup(app):
    import readme_file
    from annotated_reading.published import at_end, write_unless_there
    from readme_directive import IssueAbout

    app.add_directive("issue", IssueAbout)
    at_end(app, lambda app: write_unless_there(app, "readme_file", "", readme_file.files(app)))
"""


def blocks(language: str) -> list[str]:
    """The blocks of code of a language in the README."""
    return re.findall(rf"^```{language}\n(.*?)^```", README, re.MULTILINE | re.DOTALL)


SPHINX = ("sphinx", "-W", "-n", "-q", ".", "_build")
JUPYTER_BOOK = ("annotated_reading.build", ".")


@pytest.mark.parametrize(
    ("files", "command", "page"),
    [
        ({"conf.py": ("python", 0)}, SPHINX, "_build/index.html"),
        ({"_config.yml": ("yaml", 0), "_toc.yml": None}, JUPYTER_BOOK, "_build/html/index.html"),
    ],
    ids=["Sphinx", "Jupyter Book"],
)
def test_the_example_makes_a_book_twice_without_a_warning(
    tmp_path: Path, files: dict[str, tuple[str, int] | None], command: tuple[str, ...], page: str
) -> None:
    """Whoever begins a reading would begin with an example that does not work, or that works once."""
    for name, block in {"index.md": ("markdown", 0), **files}.items():
        text = blocks(block[0])[block[1]] if block else "format: jb-book\nroot: index\n"
        (tmp_path / name).write_text(text, "utf-8")
    shutil.copytree(MELOS / "data", tmp_path / "data")
    for _ in range(2):
        run = subprocess.run(
            [sys.executable, "-m", *command], capture_output=True, text=True, check=False, cwd=tmp_path
        )
        assert run.returncode == 0, run.stderr
    text = (tmp_path / page).read_text(encoding="utf-8")
    assert 'id="mel-1-1"' in text
    assert ":::" not in text


def test_the_examples_of_a_directive_and_of_a_file_do_what_they_say(
    book: Book, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whoever adds something would begin by mending the manual."""
    _, directive, file = blocks("python")
    for name, block in (("readme_directive", directive), ("readme_file", file)):
        (book.source / f"{name}.py").write_text(block, "utf-8")
    monkeypatch.syspath_prepend(str(book.source))
    conf = book.source / "conf.py"
    conf.write_text(f"{conf.read_text('utf-8')}\n{REGISTERS}", "utf-8")
    book.append("melos", "```{issue} help\n```")
    built = book.build()
    assert not built.warnings
    assert "Who would come to the aid of Melos" in words(built.main("melos"))
    assert '"mel": 3' in (built.folder / "exports" / "counts.json").read_text("utf-8")
