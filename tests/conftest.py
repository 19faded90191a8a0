"""What the tests of this book share: where things are, the ledger, the built pages, and a browser to read them in."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
import yaml
from annotated_reading.ledger.ledger import Ledger
from annotated_reading.ledger.read import read_ledger
from bs4 import BeautifulSoup, Tag
from playwright.sync_api import Browser, Page, expect, sync_playwright
from serving import Served

ROOT = Path(__file__).parent.parent
SITE = ROOT / "_build" / "html"
#: How long a test waits for what a page should come to show, in milliseconds: it passes on a busy machine too.
PATIENCE = 120_000
expect.set_options(timeout=PATIENCE)

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


def documents() -> list[str]:
    """Every page that the table of contents promises, by its path in the site without an ending."""
    contents = yaml.safe_load((ROOT / "_toc.yml").read_text("utf-8"))
    chapters = [chapter for part in contents["parts"] for chapter in part["chapters"]]
    nested = [[chapter, *chapter.get("sections", ())] for chapter in chapters]
    return [contents["root"], *(page["file"] for pages in nested for page in pages)]


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
    """The pages of the built book, but those at `c/`, which only lead on to claims."""
    return sorted(path for path in SITE.rglob("*.html") if not {"_static", "_sources", "c"} & set(path.parts))


@cache
def soup(page: Path) -> BeautifulSoup:
    """A built page, parsed."""
    return BeautifulSoup(page.read_text("utf-8"), "html.parser")


def one(tag: Tag, selector: str) -> Tag:
    """The first part of a page that a selector finds, which must be there."""
    found = tag.select_one(selector)
    assert found is not None, selector
    return found


def attribute(tag: Tag, name: str) -> str:
    """What a tag's attribute says; empty where it has none."""
    return str(tag.get(name, ""))


@pytest.fixture(scope="module")
def site() -> Iterator[str]:
    """The address of a server of the built book."""
    served = Served(SITE)
    yield served.address
    served.stop()


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Chromium, whose path `make test` finds and gives in CHROMIUM."""
    path = os.environ.get("CHROMIUM")
    assert path, "CHROMIUM is not set: run the tests by 'make test'"
    with sync_playwright() as playwright:
        launched = playwright.chromium.launch(
            executable_path=path, args=["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
        )
        yield launched
        launched.close()


@pytest.fixture
def page(browser: Browser, site: str) -> Iterator[Page]:
    """A tab of 1280 by 900 pixels in which a failed script or request to another host fails the test."""
    context = browser.new_context(viewport={"width": 1280, "height": 900}, base_url=site)
    context.set_default_timeout(PATIENCE)
    tab = context.new_page()
    faults: list[str] = []
    tab.on("pageerror", lambda error: faults.append(str(error)))
    tab.on("console", lambda message: faults.append(message.text) if message.type == "error" else None)
    tab.on("request", lambda request: None if request.url.startswith((site, "data:")) else faults.append(request.url))
    yield tab
    context.close()
    assert faults == []
