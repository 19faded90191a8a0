"""Prints how long the book takes to build, cold and warm, and what its pages weigh. `make bench` runs it.

A cold build is one of a clone, with everything installed and nothing cached; then come a build without a change,
one after the text of one claim has changed, and one after a sentence of prose has. Weights are of the files that a
browser asks for on a first visit, compressed by gzip at its default level.
"""

from __future__ import annotations

import gzip
import os
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from urllib.parse import unquote, urlsplit

from conftest import ROOT, SITE
from playwright.sync_api import sync_playwright

PAGES = ("index.html", "chapters/reading/washington.html", "chapters/reading/seoul.html", "chapters/using/claims.html")


def build(folder: Path) -> float:
    """Build the book in a folder by Jupyter Book, warnings as errors; how long it took, in seconds."""
    started = time.perf_counter()
    command = [Path(sys.executable).with_name("jupyter-book"), "build", ".", "-W", "-n", "--keep-going"]
    subprocess.run(command, cwd=folder, check=True, capture_output=True)
    return time.perf_counter() - started


def replace(file: Path, old: str, new: str) -> None:
    """Replace a text, which must be there, in a file."""
    text = file.read_text("utf-8")
    assert old in text
    file.write_text(text.replace(old, new, 1), "utf-8")


def print_times() -> None:
    """Build a copy of what git knows, and print a line for each build."""
    with tempfile.TemporaryDirectory() as parent:
        copy = Path(parent) / "book"
        listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=True).stdout.decode()
        for name in filter(None, listed.split("\0")):
            (copy / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(ROOT / name, copy / name)
        print(f"{build(copy):7.1f} s  cold build")
        print(f"{build(copy):7.1f} s  nothing changed")
        replace(
            copy / "data" / "claims.csv",
            "The summit made a diplomatic process possible.",
            "The summit opened diplomacy.",
        )
        print(f"{build(copy):7.1f} s  one claim changed")
        replace(copy / "chapters" / "reading" / "tokyo.md", "He quotes no Japanese official.", "No official is quoted.")
        print(f"{build(copy):7.1f} s  one sentence of a chapter changed")


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
            page.on("request", lambda request, asked=asked: asked.add(Path(unquote(urlsplit(request.url).path))))
            page.goto((SITE / name).as_uri(), wait_until="networkidle")
            sizes = {path: len(gzip.compress(path.read_bytes(), mtime=0)) for path in asked if path.is_file()}
            heaviest = ", ".join(
                f"{path.name} {size / 1000:.0f}" for path, size in sorted(sizes.items(), key=lambda item: -item[1])[:4]
            )
            print(f"{sum(sizes.values()) / 1000:7.0f} kB in {len(sizes)} files  {name} (in kB: {heaviest})")
            page.close()
        browser.close()


if __name__ == "__main__":
    print_times()
    print_weights()
