"""Each page as a notebook: what it says, and that it runs alone, and from the archive without a network."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from copy import copy
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import nbformat
import pytest
import yaml
from bs4 import BeautifulSoup, Tag
from conftest import ROOT, SITE, documents, soup
from markdown_it import MarkdownIt
from playwright.sync_api import Browser
from running import complaints, outputs, run_all
from serving import Served

DOCUMENTS = sorted(documents())


@pytest.fixture(scope="module")
def published(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """The book, its pages written again with an address and a repository, and served there."""
    folder = tmp_path_factory.mktemp("published")
    built = Served(folder / "_build" / "html")
    for kept in (".doctrees", ".jupyter_cache"):
        shutil.copytree(ROOT / "_build" / kept, folder / "_build" / kept)
    settings = yaml.safe_load((ROOT / "_config.yml").read_text("utf-8"))
    settings["html"]["baseurl"] = built.address
    settings["sphinx"]["config"]["annotated_reading_repository"] = "https://github.com/example/reading"
    (folder / "_config.yml").write_text(yaml.safe_dump(settings), "utf-8")
    build = [str(Path(sys.executable).with_name("jupyter-book")), "build", str(ROOT), "--path-output", str(folder)]
    subprocess.run(
        [*build, "--config", str(folder / "_config.yml"), "--toc", str(ROOT / "_toc.yml")],
        check=True,
        capture_output=True,
    )
    yield built
    built.stop()


def notebook(document: str, site: Path = SITE) -> Any:
    """The notebook of a page."""
    return nbformat.read(site / f"{document}.ipynb", as_version=4)


def runnable_in(site: Path) -> list[Path]:
    """The notebooks of a site's pages that have something to run."""
    return [
        path
        for document in DOCUMENTS
        for path in runnable((site / document).parent)
        if path.stem == Path(document).name
    ]


def runnable(folder: Path) -> list[Path]:
    """The notebooks of a folder that have something to run."""
    return [path for path in sorted(folder.glob("*.ipynb")) if '"cell_type": "code"' in path.read_text("utf-8")]


# What a notebook says


@pytest.mark.parametrize("document", DOCUMENTS)
def test_every_page_offers_its_notebook_and_it_is_valid(document: str) -> None:
    """A reader would be offered a file that is not there, or that no program opens."""
    made = notebook(document)
    nbformat.validate(made)
    assert made.nbformat_minor == 5
    assert set(made.metadata) == {"kernelspec", "language_info"}
    assert all(cell.metadata in ({}, {"tags": ["parameters"]}) for cell in made.cells)
    page = SITE / f"{document}.html"
    (link,) = soup(page).select("a.notebook-download")
    assert (page.parent / str(link["href"])).resolve() == SITE / f"{document}.ipynb"


@pytest.mark.parametrize("document", DOCUMENTS)
def test_a_notebook_has_the_words_of_its_page(document: str) -> None:
    """Claims, verdicts or sources would be missing from it, or stand there as directives that nothing reads."""
    text = "\n".join(cell.source for cell in notebook(document).cells if cell.cell_type == "markdown")
    assert not re.search(r":::|\{(foot)?cite|\{code-cell|\]\(\)", text)
    read = BeautifulSoup(MarkdownIt().enable("table").render(text), "html.parser")
    for mark in read.find_all("a", string=re.compile(r"^\[\d+\]$")):
        mark.decompose()
    shown = squeezed(read)
    main = copy(soup(SITE / f"{document}.html").select_one("article"))
    assert main is not None
    for part in main.select(
        ".cell, figure, .overview, .preview, .headerlink, .take-along, .cite, .cite-page, sup, .footnote-reference"
    ):
        part["data-left-out"] = ""
    lost = []
    for part in main.select("p, dt, td, h1, h2"):
        if not part.find_parent(attrs={"data-left-out": True}) and not part.find("p"):
            copied = copy(part)
            for left_out in copied.select("[data-left-out]"):
                left_out.decompose()
            if squeezed(copied) not in shown:
                lost.append(copied.get_text())
    assert lost == []


def squeezed(element: Tag) -> str:
    """The letters and digits of an element."""
    return re.sub(r"[\W_]+", "", unquote(element.get_text()))


def targets_of(document: str, site: Path = SITE) -> list[str]:
    """Where the links of a notebook lead, those left out that stand there as code."""
    prose = [cell.source for cell in notebook(document, site).cells if cell.cell_type == "markdown"]
    return re.findall(r"\]\((\S+?)\)", re.sub(r"`[^`\n]*`", "", "\n".join(prose)))


def test_a_notebook_refers_to_the_book_by_full_addresses(published: Served) -> None:
    """A link of a notebook that was sent to somebody would lead nowhere."""
    for document in DOCUMENTS:
        for target in targets_of(document, published.folder):
            assert re.match("https?://", target), f"{document}: {target}"
            if target.startswith(published.address):
                path, _, anchor = target.removeprefix(published.address).partition("#")
                file = published.folder / path
                assert file.is_file(), target
                assert not anchor or f'id="{anchor}"' in file.read_text("utf-8"), target


def test_a_notebook_without_an_address_refers_to_the_pages_beside_it() -> None:
    """Links of a book that was built at home would lead to a site that does not exist."""
    for document in DOCUMENTS:
        for target in targets_of(document):
            if not re.match("https?://", target):
                assert (SITE / document).parent.joinpath(target.partition("#")[0]).is_file(), f"{document}: {target}"


def test_the_cells_import_nothing_but_what_they_are_said_to_need() -> None:
    """A notebook would stop in a program that has pandas and plotly and nothing of ours."""
    for path in runnable_in(SITE):
        code = "\n".join(cell.source for cell in nbformat.read(path, as_version=4).cells if cell.cell_type == "code")
        imported = set(re.findall(r"^(?:import|from) (\w+)", code, re.MULTILINE))
        assert imported <= {"pandas", "plotly", "importlib", "pathlib", "urllib"}, path.name


# That it runs


def test_each_chapter_runs_alone_with_nothing_but_the_address_of_the_book(published: Served, tmp_path: Path) -> None:
    """A downloaded chapter would fail at its first table, warn, or show other figures than the page."""
    for path in runnable_in(published.folder):
        (tmp_path / path.stem).mkdir()
        shutil.copy(path, tmp_path / path.stem)
    alone = sorted(tmp_path.glob("*/*.ipynb"))
    assert alone
    for name, ran in run_all(alone).items():
        assert complaints(ran) == [], name
        assert outputs(ran) == outputs(nbformat.read(tmp_path / Path(name).stem / name, as_version=4)), name


def test_each_chapter_of_the_archive_runs_without_a_network(published: Served, tmp_path: Path) -> None:
    """A class without a connection could not work."""
    published.stop()
    with zipfile.ZipFile(published.folder / "notebooks.zip") as archive:
        archive.extractall(tmp_path)
    folder = tmp_path / "notebooks"
    assert {path.stem for path in folder.glob("*.ipynb")} == {document.rsplit("/", 1)[-1] for document in DOCUMENTS}
    assert (folder / "requirements.txt").read_bytes() == (ROOT / ".binder" / "requirements.txt").read_bytes()
    for name, ran in run_all(runnable(folder)).items():
        assert complaints(ran) == [], name
        assert outputs(ran) == outputs(nbformat.read(folder / name, as_version=4)), name


def test_a_chapter_without_its_tables_says_in_one_sentence_where_they_are(published: Served, tmp_path: Path) -> None:
    """A reader would be shown forty lines of a library that could not open a file."""
    published.stop()
    path = runnable_in(published.folder)[0]
    shutil.copy(path, tmp_path)
    shutil.copy(SITE / path.relative_to(published.folder), tmp_path / "unpublished.ipynb")
    for name, ran in run_all(sorted(tmp_path.glob("*.ipynb"))).items():
        (said,) = complaints(ran)
        assert re.fullmatch(r"This notebook finds [^.]*(\.\w[^.]*)*\.", said), f"{name}: {said}"
        assert ("http" in said) == (name != "unpublished.ipynb")


# What the site serves and offers


def test_the_tables_are_served_as_they_are() -> None:
    """The address of a table would lead nowhere, or to an old one."""
    tables = sorted(path for path in (ROOT / "data").iterdir() if path.suffix in (".csv", ".json", ".bib"))
    assert sorted(path.name for path in (SITE / "data").iterdir()) == [path.name for path in tables]
    for table in tables:
        assert (SITE / "data" / table.name).read_bytes() == table.read_bytes()


def test_the_page_of_the_data_has_every_column_of_every_table() -> None:
    """An analyst would have to guess what a column means, in what unit it is, or how it was made."""
    package = json.loads((ROOT / "data" / "datapackage.json").read_text("utf-8"))
    page = soup(SITE / "chapters" / "using" / "data.html")
    for resource in (one for one in package["resources"] if "schema" in one):
        section = page.find(id=f"table-{resource['name']}")
        assert section is not None
        text = " ".join(section.get_text().split())
        assert resource["made"] in text.replace("’", "'")
        for field in resource["schema"]["fields"]:
            assert field["name"] in [cell.get_text() for cell in section.select("td code")]
            assert field["type"] == "string" or "unit" in field or field["type"] not in ("number", "integer")
        for way in ("pandas.read_csv(", "read.csv(", "IMPORTDATA("):
            assert way in text, resource["name"]


def test_without_a_repository_no_page_offers_to_open_its_notebook_elsewhere() -> None:
    """A reader would be sent to a place that has no such notebook."""
    for document in DOCUMENTS:
        assert not soup(SITE / f"{document}.html").select("a.launch, [data-hub-path]")


@pytest.mark.parametrize("document", DOCUMENTS)
def test_with_a_repository_each_page_opens_its_notebook_elsewhere(published: Served, document: str) -> None:
    """The one setting would leave a page out, or lead to a notebook that the archive does not have."""
    page = soup(published.folder / f"{document}.html")
    name = f"{document.rsplit('/', 1)[-1]}.ipynb"
    assert [str(link["href"]) for link in page.select("a.launch")] == [
        f"https://mybinder.org/v2/gh/example/reading/notebooks?urlpath=lab%2Ftree%2F{name}",
        f"https://colab.research.google.com/github/example/reading/blob/notebooks/{name}",
    ]
    (path,) = page.select("[data-hub-path]")
    assert path["data-hub-path"] == path.get_text()
    assert path.get_text() == (
        "/hub/user-redirect/git-pull?repo=https%3A%2F%2Fgithub.com%2Fexample%2Freading"
        f"&branch=notebooks&urlpath=lab%2Ftree%2Freading%2F{name}"
    )


def test_a_hub_once_named_is_a_link_on_every_page(published: Served, browser: Browser) -> None:
    """A student would have to put an address of two hundred letters together by hand."""
    context = browser.new_context()
    page = context.new_page()
    for document in DOCUMENTS[:2]:
        page.goto((published.folder / f"{document}.html").as_uri())
        page.locator(".take-along-hub summary").click()
        link = page.locator(".take-along-hub a.launch")
        if document == DOCUMENTS[0]:
            assert not link.is_visible()
            page.get_by_label("Address of your hub").fill("javascript:alert(1)")
            assert not link.is_visible()
            page.get_by_label("Address of your hub").fill("https://hub.example.org/")
        assert link.get_attribute("href") == ("https://hub.example.org" + page.locator("[data-hub-path]").inner_text())
    context.close()
