"""What the tests of this book share: where things are, the ledger, and the built pages."""

from __future__ import annotations

import os
import subprocess
from functools import cache
from pathlib import Path

import pytest
from annotated_reading.ledger.ledger import Ledger, read_ledger
from bs4 import BeautifulSoup

ROOT = Path(__file__).parent.parent
SITE = ROOT / "_build" / "html"
READING = ("question", "washington", "pyongyang", "seoul", "beijing", "tokyo", "long-view")


@pytest.fixture(scope="session")
def ledger() -> Ledger:
    """The ledger of the book."""
    return read_ledger(ROOT / "data")


@pytest.fixture(scope="session")
def article() -> Path:
    """The article, which is not in the repository: ARTICLE says where it is, or it lies beside the project."""
    path = Path(os.environ.get("ARTICLE", ROOT.parent / "shared" / "source" / "article.txt"))
    if not path.is_file():
        pytest.skip("the article is not at hand: set ARTICLE=path to check against it")
    return path


def tracked(*suffixes: str) -> list[Path]:
    """The files of the project with one of these endings, as git knows them, those not yet added included."""
    listed = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard", "-z"],
        cwd=ROOT,
        capture_output=True,
        check=True,
    )
    paths = (ROOT / name for name in listed.stdout.decode().split("\0") if name)
    return sorted(path for path in paths if path.suffix in suffixes and path.is_file())


def pages() -> list[Path]:
    """The pages of the built book."""
    return sorted(path for path in SITE.rglob("*.html") if not {"_static", "_sources"} & set(path.parts))


@cache
def soup(page: Path) -> BeautifulSoup:
    """A built page, parsed."""
    return BeautifulSoup(page.read_text("utf-8"), "html.parser")
