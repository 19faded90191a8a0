"""Another book, which has no claim domain, refers to the claims and events of a reading by intersphinx."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from bs4 import BeautifulSoup

from ..books import Build

CONF = """\
project = "A course on Melos"
extensions = ["myst_parser", "sphinx.ext.intersphinx"]
intersphinx_mapping = {"melos": ("https://melos.example/book/", %r)}
nitpicky = True
"""

PAGE = """\
# Week three

The envoys begin with [](inv:melos:claim:claim#ath-1-1), then [narrow it](inv:melos#ath-1-2).
Its paragraph is [](inv:melos:std:label#ath-1).
Sphinx's own way is {external+melos:ref}`claim-mel-1-1`, which every Sphinx knows.
"""


def test_another_book_refers_to_a_claim_by_its_address(built: Build, tmp_path: Path) -> None:
    """A course could link to a page of the reading alone, by an address that it must keep right by itself."""
    (tmp_path / "conf.py").write_text(CONF % str(built.folder / "objects.inv"), "utf-8")
    (tmp_path / "index.md").write_text(PAGE, "utf-8")
    # In a process of its own, since the engine has told docutils of its roles in this one.
    command = [sys.executable, "-m", "sphinx", "-W", "-n", "-q", str(tmp_path), str(tmp_path / "_build")]
    run = subprocess.run(command, capture_output=True, text=True, check=False)
    assert run.returncode == 0, run.stderr
    page = BeautifulSoup((tmp_path / "_build" / "index.html").read_text("utf-8"), "html.parser")
    links = {str(link["href"]): link.get_text() for link in page.select("a.external")}
    base = "https://melos.example/book/"
    assert links == {
        f"{base}athens.html#ath-1-1": "ath-1-1",
        f"{base}athens.html#ath-1-2": "narrow it",
        f"{base}athens.html#ath-1": "Strength instead of justice",
        f"{base}melos.html#mel-1-1": "mel-1-1",
    }
