"""A server of the built book, and a browser to read it in."""

from __future__ import annotations

import os
from collections.abc import Iterator

import pytest
from conftest import SITE
from playwright.sync_api import Browser, Page, sync_playwright
from serving import Served


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
    tab = context.new_page()
    faults: list[str] = []
    tab.on("pageerror", lambda error: faults.append(str(error)))
    tab.on("console", lambda message: faults.append(message.text) if message.type == "error" else None)
    tab.on("request", lambda request: None if request.url.startswith((site, "data:")) else faults.append(request.url))
    yield tab
    context.close()
    assert faults == []
