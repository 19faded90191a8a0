"""Prints what the book takes to build and its chapters to run, and what its pages weigh. `make bench` runs it.

`builds` says what is built. Weights are of the files that a
browser asks for on a first visit, compressed by gzip at its default level, and of each figure without and with plotly.
Of a chapter's run, imports are the cells that begin with them, and memory is the most that its kernel held.
"""

from __future__ import annotations

import gzip
import os
import tempfile
import time
import zipfile
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

import nbformat
from builds import print_builds
from conftest import SITE
from playwright.sync_api import Request, sync_playwright
from running import run_all

PAGES = ("index.html", "chapters/reading/washington.html", "chapters/reading/seoul.html", "chapters/using/claims.html")

MEMORY = "import resource; print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)"


def print_runs() -> None:
    """Print, for each chapter with cells, what its imports and its other cells take, and how much memory."""
    with tempfile.TemporaryDirectory() as folder:
        with zipfile.ZipFile(SITE / "notebooks.zip") as archive:
            archive.extractall(folder)
        for path in sorted(Path(folder, "notebooks").glob("*.ipynb")):
            notebook = nbformat.read(path, as_version=4)
            if any(cell.cell_type == "code" for cell in notebook.cells):
                notebook.cells.append(nbformat.v4.new_code_cell(MEMORY))
                path.write_text(nbformat.writes(notebook), "utf-8")
                (ran,) = run_all([path]).values()
                *cells, memory = [cell for cell in ran.cells if cell.cell_type == "code"]
                imports = sum(seconds(cell) for cell in cells if cell.source.startswith("import "))
                rest = sum(map(seconds, cells)) - imports
                megabytes = int(memory.outputs[0].text) / 1024
                print(f"{imports:7.2f} s  imports, {rest:.2f} s other cells, {megabytes:.0f} MB  {path.stem}")


def seconds(cell: Any) -> float:
    """How long a cell took, by the kernel's own word."""
    timing = cell.metadata.execution
    begun, done = (timing[f"iopub.{what}"] for what in ("execute_input", "status.idle"))
    return (datetime.fromisoformat(done) - datetime.fromisoformat(begun)).total_seconds()


def note(asked: set[Path], request: Request) -> None:
    """Note the file that a browser asks for."""
    asked.add(Path(unquote(urlsplit(request.url).path)))


def print_weights() -> None:
    """Print, for some pages, what a first visit asks for in Chromium."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=os.environ["CHROMIUM"],
            args=["--no-sandbox", "--disable-gpu", "--allow-file-access-from-files"],
        )
        for name in PAGES:
            page = browser.new_page()
            asked: set[Path] = set()
            page.on("request", partial(note, asked))
            page.goto((SITE / name).as_uri(), wait_until="networkidle")
            sizes = {path: len(gzip.compress(path.read_bytes(), mtime=0)) for path in asked if path.is_file()}
            heaviest = ", ".join(
                f"{path.name} {size / 1000:.0f}" for path, size in sorted(sizes.items(), key=lambda item: -item[1])[:4]
            )
            print(f"{sum(sizes.values()) / 1000:7.0f} kB in {len(sizes)} files  {name} (in kB: {heaviest})")
            page.close()
        browser.close()


def print_figures() -> None:
    """Print, for each figure, what it weighs on its page and with plotly, and how long plotly takes from a click on."""
    plotly = len(gzip.compress((SITE / "_static" / "plotly-basic.min.js").read_bytes(), mtime=0)) / 1000
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=os.environ["CHROMIUM"], args=["--no-sandbox", "--disable-gpu"]
        )
        for path in sorted((SITE / "chapters").rglob("*.html")):
            if 'class="reading-figure"' not in path.read_text("utf-8"):
                continue
            page = browser.new_page()
            page.goto(path.as_uri())
            for figure in page.locator("figure.reading-figure").all():
                pictures = [
                    picture.evaluate("svg => svg.outerHTML") for picture in figure.locator("svg[data-chart]").all()
                ]
                drawing = figure.locator(".figure-canvas").get_attribute("data-figure") or ""
                still, drawn = (
                    len(gzip.compress(text.encode(), mtime=0)) / 1000 for text in ("".join(pictures), drawing)
                )
                started = time.perf_counter()
                figure.get_by_role("button", name="Interactive chart").click()
                figure.locator(".figure-canvas.interactive").wait_for()
                took = time.perf_counter() - started
                name = figure.get_attribute("id")
                print(
                    f"{still:7.1f} kB  {name}; interactive {drawn:.1f} and plotly {plotly:.0f}, {took:.2f} s from click"
                )
            page.close()
        browser.close()


if __name__ == "__main__":
    print_runs()
    print_builds()
    print_weights()
    print_figures()
