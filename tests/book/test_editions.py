"""Editions: what is cited of one stays as it was when the next has come."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from conftest import ROOT

MAKEFILE = "book:\n\tmkdir -p _build/html && cp page _build/html/index.html\n"


def run(folder: Path, *command: str) -> None:
    """Run a command in a folder; as nobody, where it is git."""
    named = (
        ["git", "-c", "user.name=n", "-c", "user.email=n@example.org", *command[1:]] if command[0] == "git" else command
    )
    subprocess.run(named, cwd=folder, check=True, capture_output=True, env={**os.environ, "PYTHON": sys.executable})


def release(folder: Path, version: str, text: str) -> None:
    """Write a book of one page, and say that it is of a version."""
    (folder / "page").write_text(text, "utf-8")
    cff = (ROOT / "CITATION.cff").read_text("utf-8")
    (folder / "CITATION.cff").write_text(
        re.sub("^version: .*$", f"version: {version}", cff, flags=re.MULTILINE), "utf-8"
    )
    run(folder, "git", "add", ".")
    run(folder, "git", "commit", "--quiet", "--message", text)
    run(folder, "make", "book")
    run(folder, "tools/editions")


def page(folder: Path, place: str) -> str:
    """The page of the site at a place."""
    return (folder / "_build" / "site" / place / "index.html").read_text("utf-8")


def test_an_edition_stays_at_its_address(tmp_path: Path) -> None:
    """A footnote to a claim would lead to other words than its author read, or to nothing."""
    (tmp_path / "tools").mkdir()
    for tool in ("editions", "exchange.py"):
        shutil.copy(ROOT / "tools" / tool, tmp_path / "tools")
    (tmp_path / "Makefile").write_text(MAKEFILE, "utf-8")
    (tmp_path / ".gitignore").write_text("_build/\n", "utf-8")
    run(tmp_path, "git", "init", "--quiet")
    release(tmp_path, "1.0.0", "as first written")
    assert page(tmp_path, "v1.0.0") == page(tmp_path, "") == "as first written"
    run(tmp_path, "git", "tag", "v1.0.0")
    release(tmp_path, "1.0.0", "being changed")
    assert (page(tmp_path, ""), page(tmp_path, "v1.0.0")) == ("being changed", "as first written")
    release(tmp_path, '"1.1.0"', "as corrected")
    assert [page(tmp_path, place) for place in ("", "v1.1.0", "v1.0.0")] == [
        "as corrected",
        "as corrected",
        "as first written",
    ]


def test_a_version_is_what_is_written(tmp_path: Path) -> None:
    """Every citation would lead to v0.1, and the edition lie at v0.10."""
    (tmp_path / "tools").mkdir()
    for tool in ("editions", "exchange.py"):
        shutil.copy(ROOT / "tools" / tool, tmp_path / "tools")
    (tmp_path / "Makefile").write_text(MAKEFILE, "utf-8")
    run(tmp_path, "git", "init", "--quiet")
    release(tmp_path, "0.10 # first", "as first written")
    assert page(tmp_path, "v0.10") == "as first written"
    with pytest.raises(subprocess.CalledProcessError) as refused:
        release(tmp_path, "../../x", "elsewhere")
    assert b"column version: found '../../x', expected a version such as 0.1.0" in refused.value.stderr
