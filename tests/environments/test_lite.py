"""JupyterLite as `make lite` builds it: it opens in a browser from this machine alone and lists chapters and tables.

To run a cell it fetches Pyodide from another host, so running is not tested here.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from conftest import ROOT
from playwright.sync_api import Page, sync_playwright
from serving import Served

LITE = ROOT / "_build" / "lite"


@pytest.fixture(scope="module")
def lite() -> Iterator[str]:
    """The address at which JupyterLite is served."""
    served = Served(LITE)
    yield served.address.rstrip("/")
    served.stop()


@pytest.fixture
def page() -> Iterator[Page]:
    """A window of a browser."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=os.environ["CHROMIUM"], args=["--no-sandbox", "--disable-gpu"]
        )
        page = browser.new_page(viewport={"width": 1280, "height": 1400})
        page.set_default_timeout(60_000)
        yield page
        browser.close()


def test_it_lists_the_chapters_and_the_tables(page: Page, lite: str) -> None:
    """A student would open an empty desk."""
    page.goto(f"{lite}/lab/index.html")
    page.wait_for_selector(".jp-DirListing-item")
    listed = set(page.locator(".jp-DirListing-itemText").all_inner_texts())
    assert {path.name for path in (LITE / "files").glob("*.ipynb")} <= listed
    page.locator(".jp-DirListing-item", has_text="data").first.dblclick()
    page.wait_for_selector('.jp-DirListing-item:has-text("claims.csv")')


def test_a_chapter_opens_with_its_outputs_and_the_outside_is_asked_for_pyodide_alone(page: Page, lite: str) -> None:
    """The page would tell hosts that it does not name who reads what."""
    asked: set[str] = set()
    page.route(lambda address: not address.startswith(lite), lambda route: route.abort())
    page.on("request", lambda request: asked.add(urlsplit(request.url).netloc))
    chapter = next(path for path in sorted((LITE / "files").glob("*.ipynb")) if "vnd.plotly" in path.read_text("utf-8"))
    page.goto(f"{lite}/lab/index.html?path={chapter.name}")
    page.wait_for_selector(".jp-NotebookPanel .jp-MarkdownCell h1")
    page.locator(".jp-CodeCell").first.wait_for()
    assert "%pip install -q plotly" in page.locator(".jp-CodeCell").first.inner_text()
    page.wait_for_timeout(3000)
    assert {host for host in asked if host} <= {urlsplit(lite).netloc, "cdn.jsdelivr.net"}


def test_it_brings_plotly_along() -> None:
    """A chart would need another host than the page names."""
    wheels = {path.name.partition("-")[0] for path in (LITE / "pypi").glob("*.whl")}
    assert {"plotly", "narwhals"} <= wheels
    assert Path(LITE / "files" / "data" / "claims.csv").read_bytes() == (ROOT / "data" / "claims.csv").read_bytes()
