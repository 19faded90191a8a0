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


def test_the_example_makes_a_book_without_a_warning(tmp_path: Path) -> None:
    """Whoever begins a reading of another text would begin with an example that does not work."""
    for language, name in (("python", "conf.py"), ("markdown", "index.md")):
        (tmp_path / name).write_text(blocks(language)[0], "utf-8")
    shutil.copytree(MELOS / "data", tmp_path / "data")
    command = [sys.executable, "-m", "sphinx", "-W", "-n", "-q", str(tmp_path), str(tmp_path / "_build")]
    run = subprocess.run(command, capture_output=True, text=True, check=False)
    assert run.returncode == 0, run.stderr
    page = (tmp_path / "_build" / "index.html").read_text(encoding="utf-8")
    assert 'id="mel-1-1"' in page
    assert ":::" not in page


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
