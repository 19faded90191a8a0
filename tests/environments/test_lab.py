"""JupyterLab as `make lab` starts it: every chapter opens as a notebook, runs, shows its charts, is saved as it was."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from conftest import ROOT, tracked
from playwright.sync_api import Page, sync_playwright

CHAPTERS = sorted(
    path.relative_to(ROOT).as_posix() for path in tracked(".md") if path.is_relative_to(ROOT / "chapters")
)
RUNNING = 120_000
"""How long a chapter may take to open or to run, in milliseconds."""


@pytest.fixture(scope="module")
def copied(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What running needs of the repository, in a folder of its own."""
    folder = tmp_path_factory.mktemp("lab")
    for name in ("chapters", "data", "engine/src", "environments/lab"):
        shutil.copytree(ROOT / name, folder / name, ignore=shutil.ignore_patterns("__pycache__"))
    return folder


@pytest.fixture(scope="module")
def lab(copied: Path) -> Iterator[str]:
    """The address of JupyterLab, once it answers."""
    command = [str(ROOT / ".venv-lab" / "bin" / "jupyter"), "lab", "--no-browser", "--allow-root", "--port=0"]
    state = copied / ".state"
    apart = {
        "JUPYTER_CONFIG_DIR": state / "config",
        "JUPYTER_DATA_DIR": state / "data",
        "IPYTHONDIR": state / "ipython",
    }
    configured = {"JUPYTER_CONFIG_PATH": str(copied / "environments" / "lab")}
    environment = os.environ | configured | {k: str(v) for k, v in apart.items()}
    log = copied / "lab.log"
    with log.open("w") as written:
        server = subprocess.Popen(
            [*command, "--IdentityProvider.token=", "--ServerApp.disable_check_xsrf=True"],
            cwd=copied, env=environment, stdout=written, stderr=written,
        )  # fmt: skip
    try:
        for _ in range(600):
            found = re.search(r"http://localhost:\d+", log.read_text())
            if found or server.poll() is not None:
                break
            time.sleep(0.1)
        assert found, log.read_text()
        yield found[0]
    finally:
        server.terminate()
        server.wait(30)


@pytest.fixture(scope="module")
def page(lab: str) -> Iterator[Page]:
    """A window of a browser."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=os.environ["CHROMIUM"], args=["--no-sandbox", "--disable-gpu"]
        )
        page = browser.new_page(viewport={"width": 1280, "height": 1000})
        page.set_default_timeout(RUNNING)
        yield page
        browser.close()


def open_chapter(page: Page, lab: str, chapter: str) -> None:
    """Open a chapter as a double click would, alone."""
    page.goto(f"{lab}/lab/tree/{chapter}?reset")
    page.wait_for_selector(".jp-NotebookPanel:not(.lm-mod-hidden) .jp-Cell")
    page.wait_for_selector('.jp-Notebook-ExecutionIndicator[data-status="idle"]')
    page.wait_for_selector('#jp-main-statusbar :text("| Idle")')


def save(page: Page) -> None:
    """Save the chapter, and wait until the server has."""
    with page.expect_response(lambda response: response.request.method == "PUT" and "/contents/" in response.url):
        page.keyboard.press("Control+s")


@pytest.mark.parametrize("chapter", CHAPTERS)
def test_a_chapter_opens_runs_and_is_saved_as_it_was(page: Page, lab: str, copied: Path, chapter: str) -> None:
    """Whoever looked into a chapter would find it changed, or would see an error where a chart should be."""
    before = (copied / chapter).read_bytes()
    charts = before.count(b"label: fig-")
    open_chapter(page, lab, chapter)
    assert page.get_by_text("Unknown Directive").count() == 0
    page.click('.lm-MenuBar-item:has-text("Run")')
    page.click('.lm-Menu-item:has-text("Run All Cells")')
    cells = before.count(b"```{code-cell}")
    page.wait_for_function(
        "cells => [...document.querySelectorAll('.jp-CodeCell .jp-InputPrompt')]"
        ".filter(one => /\\d/.test(one.textContent)).length >= cells || document.querySelector('.jp-mod-error')",
        arg=cells,
    )
    page.wait_for_selector('.jp-Notebook-ExecutionIndicator[data-status="idle"]')
    errors = '[data-mime-type="application/vnd.jupyter.error"], [data-mime-type="application/vnd.jupyter.stderr"]'
    assert page.locator(errors).count() == 0
    if charts:
        page.locator(".js-plotly-plot").first.wait_for(state="attached")
    save(page)
    assert (copied / chapter).read_bytes() == before


def test_the_claims_of_a_paragraph_stand_in_its_chapter(page: Page, lab: str) -> None:
    """Prose that speaks of claims would stand beside an empty box."""
    open_chapter(page, lab, "chapters/reading/seoul.md")
    box = page.locator(".jp-MarkdownCell aside", has_text="What the paragraph claims").first
    assert "sk-1-1 South Korea came out of the summit divided." in box.inner_text()


def test_what_was_edited_is_saved_and_nothing_else(page: Page, lab: str, copied: Path) -> None:
    """A change of one number would come with changes of a header and of every cell's options."""
    chapter = next(name for name in CHAPTERS if b"label: fig-" in (ROOT / name).read_bytes())
    before = (copied / chapter).read_text("utf-8").splitlines()
    open_chapter(page, lab, chapter)
    page.locator(".jp-CodeCell .cm-content").first.click()
    page.keyboard.press("Control+End")
    page.keyboard.type("\nANSWER = 42")
    save(page)
    after = (copied / chapter).read_text("utf-8").splitlines()
    assert [line for line in after if line not in before] == ["ANSWER = 42"]
    assert len(after) == len(before) + 1
