"""The Makefile: it finds a Python that the book is good for, or says in a line that there is none."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from conftest import ROOT

#: An interpreter that is as good as the one of the tests, and one that finds itself too old or too new.
GOOD, BAD = f'#!/bin/sh\nexec "{sys.executable}" "$@"\n', "#!/bin/sh\n"


def make(folder: Path, interpreters: dict[str, str]) -> subprocess.CompletedProcess[str]:
    """What make would do for an environment, where these interpreters are all that there is."""
    for name, text in interpreters.items():
        (folder / name).write_text(text, "utf-8")
        (folder / name).chmod(0o755)
    command = [shutil.which("make") or "make", "--dry-run", f"VENV={folder}/venv", f"{folder}/venv/bin/python"]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, env={"PATH": str(folder)}, check=False)


@pytest.mark.parametrize(
    ("interpreters", "taken"),
    [
        ({"python3.11": GOOD}, "python3.11"),
        ({"python3.12": GOOD, "python3": GOOD}, "python3.12"),
        ({"python3.13": GOOD, "python3.12": GOOD}, "python3.12"),
        ({"python3.11": BAD, "python3": GOOD}, "python3"),
    ],
)
def test_the_oldest_python_that_is_good_is_taken(tmp_path: Path, interpreters: dict[str, str], taken: str) -> None:
    """Whoever has a Python by another name would have to find out which the book wants."""
    assert make(tmp_path, interpreters).stdout == f"{taken} -m venv {tmp_path}/venv\n"


@pytest.mark.parametrize("interpreters", [{}, {"python3": BAD, "python3.14": GOOD}])
def test_that_there_is_none_is_one_line(tmp_path: Path, interpreters: dict[str, str]) -> None:
    """Make would end in "Error 127"."""
    run = make(tmp_path, interpreters)
    (line,) = run.stderr.splitlines()
    assert run.returncode and not run.stdout and "found no Python from 3.11 to 3.13, expected one" in line
