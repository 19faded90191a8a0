"""Pages as notebooks, the tables and the archive beside them, and what the page of the tables says."""

from __future__ import annotations

import json
import zipfile
from pathlib import Path
from typing import Any

import nbformat
import pytest
from annotated_reading.notebooks.markdown import CodeCell, MarkdownWriter
from annotated_reading.site.archive import names_in_archive
from annotated_reading.site.offers import hub_path, launch_links
from docutils import nodes
from docutils.core import publish_doctree

from ..books import Book, Build, words

FLEET = """\
---
jupytext:
  text_representation: {extension: .md, format_name: myst}
kernelspec: {name: python3, display_name: Python 3}
---

# Ships

```{code-cell} ipython3
:tags: [remove-input]
from pathlib import Path

SHIPS = "data"
```

They came with thirty-eight ships, against [](#ath-1-1).

```{code-cell} ipython3
:tags: [remove-input, remove-output]
fleet = Path(f"{SHIPS}/fleet.csv").read_text()
```

```{code-cell} ipython3
print(fleet)
```
"""

PACKAGE = {
    "name": "melos",
    "licenses": [{"title": "Public domain", "path": "https://example.org/pd"}],
    "resources": [
        {
            "name": "fleet",
            "path": "fleet.csv",
            "title": "The fleet",
            "description": "One row is one city.",
            "made": "Counted at the harbour.",
            "schema": {
                "fields": [
                    {
                        "name": "city",
                        "type": "string",
                        "description": "Who sent them.",
                        "constraints": {"enum": ["Chios"]},
                    },
                    {"name": "ships", "type": "integer", "unit": "triremes", "description": "How many."},
                    {"name": "day", "type": "date", "description": "When they came."},
                ],
                "primaryKey": "city",
            },
        }
    ],
}


@pytest.fixture(scope="module")
def fleet(tmp_path_factory: pytest.TempPathFactory) -> Book:
    """The tiny book with a notebook, tables that are described, and a page of them; only to be built."""
    book = Book(tmp_path_factory.mktemp("fleet") / "book")
    book.table("fleet").write_text("city,ships,day\nChios,6,\n", encoding="utf-8")
    (book.data / "datapackage.json").write_text(json.dumps(PACKAGE), encoding="utf-8")
    book.write("fleet", FLEET)
    book.write("tables", "# Tables\n\n:::{dictionary}\n:::\n")
    return book


@pytest.fixture
def home(fleet: Book) -> Build:
    """That book, built without an address."""
    built = fleet.build(nb_execution_mode="cache")
    assert not built.warnings
    return built


def notebook(built: Build, page: str) -> Any:
    """The notebook of a page."""
    return nbformat.read(built.folder / f"{page}.ipynb", as_version=4)


def code(made: Any) -> list[str]:
    """The code cells of a notebook."""
    return [cell.source for cell in made.cells if cell.cell_type == "code"]


def prose(made: Any) -> str:
    """The Markdown of a notebook."""
    return "\n\n".join(cell.source for cell in made.cells if cell.cell_type == "markdown")


# The notebook of a page


def test_claims_and_what_is_linked_with_them_are_written_out(home: Build) -> None:
    """Whoever has the notebook alone would read the annotation of nothing."""
    text = prose(notebook(home, "athens"))
    assert "- [ath-1-1](athens.html#ath-1-1) " in text
    assert "## 1. Strength instead of justice" in text
    assert "<summary>The same matter, seen from elsewhere (" in text
    assert "Is elaborated by The historian: What cannot be argued is refused." in text
    assert ":::" not in text


def test_cells_are_in_the_order_of_the_page_and_none_is_missing(home: Build) -> None:
    """A cell that the page hides would be missing, and the next one would fail."""
    made = notebook(home, "fleet")
    kinds = [cell.cell_type for cell in made.cells]
    assert kinds == ["markdown", "code", "code", "code", "markdown", "code", "code"]
    assert code(made)[2] == "from pathlib import Path"
    assert code(made)[-2:] == ['fleet = Path(f"{SHIPS}/fleet.csv").read_text()', "print(fleet)"]
    assert made.cells[-1].outputs[0].text == "city,ships,day\nChios,6,\n\n"
    assert [cell.execution_count for cell in made.cells if cell.cell_type == "code"] == [1, 2, 3, 4, 5]


def test_outputs_are_there_though_they_came_from_the_cache(fleet: Book) -> None:
    """The second build of a book would offer notebooks without charts."""
    made = notebook(fleet.build(nb_execution_mode="cache", language="en"), "fleet")
    assert made.cells[-1].outputs[0].text == "city,ships,day\nChios,6,\n\n"


def test_a_notebook_without_an_address_says_which_tables_it_needs(home: Build) -> None:
    """It would look for them at an address that is no address."""
    where, finds = code(notebook(home, "fleet"))[:2]
    assert 'SHIPS = "data"' in where
    assert '["fleet.csv"]' in finds
    assert "urlopen" not in finds
    assert "fleet.csv not in a folder 'data' beside it" in finds


def test_a_notebook_of_a_book_with_an_address_leads_there(fleet: Book) -> None:
    """A notebook that was sent to somebody would find neither pages nor tables."""
    built = fleet.build(nb_execution_mode="cache", html_baseurl="https://example.org/melos")
    made = notebook(built, "fleet")
    assert "[ath-1-1](https://example.org/melos/athens.html#ath-1-1)" in prose(made)
    assert 'SHIPS = "https://example.org/melos/data"' in code(made)[1]
    assert "https://example.org/melos/notebooks.zip" in code(made)[1]
    compile(code(made)[1], "cell", "exec")


def test_papermill_can_say_where_the_tables_are(home: Build) -> None:
    """Whoever runs all notebooks over other tables would have to edit each."""
    tagged = [cell for cell in notebook(home, "fleet").cells if cell.metadata == {"tags": ["parameters"]}]
    assert [cell.source.splitlines()[-1] for cell in tagged] == ['SHIPS = "data"']


def test_a_cell_keeps_its_id_when_others_come_before_it(fleet: Book, tmp_path: Path) -> None:
    """A class that merges a new edition into its own copies would get cells twice, and lose others."""

    def ids(page: str, text: str) -> dict[str, str]:
        changed.write(page, text)
        made = notebook(changed.build(nb_execution_mode="off"), page)
        return {cell.id: cell.source for cell in made.cells}

    changed = Book(tmp_path / "changed")
    before = ids("fleet", FLEET)
    more = FLEET.replace(
        "# Ships\n", "# Ships\n\n```{code-cell} ipython3\nprint(1)\n```\n\n```{code-cell} ipython3\nprint(1)\n```\n"
    )
    after = ids("fleet", more.replace("thirty-eight", "38"))
    assert len(after) == len(before) + 2
    assert {id: said for id, said in before.items() if "thirty-eight" not in said}.items() <= after.items()
    assert not {id for id, said in before.items() if "thirty-eight" in said} & after.keys()


def test_notebooks_are_valid_clean_and_the_same_in_every_build(home: Build, fleet: Book, tmp_path: Path) -> None:
    """A program would refuse them, or each build would offer other files for the same book."""
    again = Book(tmp_path / "again" / "book")
    for file in fleet.source.glob("*.md"):
        again.write(file.stem, file.read_text(encoding="utf-8"))
    for file in fleet.data.iterdir():
        (again.data / file.name).write_bytes(file.read_bytes())
    built = again.build(nb_execution_mode="cache", parallel=2)
    for page in home.folder.rglob("*.ipynb"):
        made = nbformat.read(page, as_version=4)
        nbformat.validate(made)
        assert len({cell.id for cell in made.cells}) == len(made.cells)
        assert all(cell.metadata in ({}, {"tags": ["parameters"]}) for cell in made.cells)
        assert (built.folder / page.relative_to(home.folder)).read_bytes() == page.read_bytes()
    assert (built.folder / "notebooks.zip").read_bytes() == (home.folder / "notebooks.zip").read_bytes()


def test_every_page_offers_its_notebook_without_javascript(home: Build) -> None:
    """Nobody would find it."""
    for page in ("athens", "fleet", "index"):
        link, archive = home.soup(page).select(".take-along a[download]")
        assert (link["href"], archive["href"]) == (f"{page}.ipynb", "notebooks.zip")


# Beside the pages


def test_the_archive_has_notebooks_tables_and_what_is_asked_for(fleet: Book) -> None:
    """A class without a network would lack what the cells read."""
    (fleet.source / "terms.txt").write_text("Public domain\n", encoding="utf-8")
    built = fleet.build(nb_execution_mode="cache", annotated_reading_archive={"LICENCE": "terms.txt"})
    with zipfile.ZipFile(built.folder / "notebooks.zip") as archive:
        names = set(archive.namelist())
        assert archive.read("notebooks/data/fleet.csv") == fleet.table("fleet").read_bytes()
        assert archive.read("notebooks/LICENCE") == b"Public domain\n"
    assert {f"notebooks/{page}.ipynb" for page in ("athens", "fleet", "index")} <= names
    assert (built.folder / "data" / "fleet.csv").read_bytes() == fleet.table("fleet").read_bytes()


def test_a_file_that_the_archive_lacks_is_told(fleet: Book) -> None:
    """An archive without its requirements would be published."""
    (warning,) = fleet.build(nb_execution_mode="cache", annotated_reading_archive={"LICENCE": "no.txt"}).warnings
    assert "no.txt" in warning


def test_two_pages_of_one_name_are_two_files_of_the_archive() -> None:
    """One would overwrite the other."""
    assert names_in_archive(["a/one", "b/one", "b/two"]) == {
        "a/one": "a-one.ipynb",
        "b/one": "b-one.ipynb",
        "b/two": "two.ipynb",
    }


def test_the_page_of_the_tables_says_what_the_data_package_does(fleet: Book) -> None:
    """A reader would have to guess what a column means, or open a file of braces."""
    built = fleet.build(nb_execution_mode="cache", html_baseurl="https://example.org/melos/")
    section = built.element("tables", "table-fleet")
    text = words(section)
    for said in ("Counted at the harbour.", "1 row,", "integer, triremes", "Chios, or nothing", "When they came."):
        assert said in text
    assert section.select_one('a[href="data/fleet.csv"]')
    assert 'fleet = pandas.read_csv("https://example.org/melos/data/fleet.csv", parse_dates=["day"])' in text
    assert 'fleet <- read.csv("https://example.org/melos/data/fleet.csv"' in text


def test_a_changed_description_is_changed_on_the_page(fleet: Book) -> None:
    """The page would describe a table that is no longer so."""
    package = json.loads((fleet.data / "datapackage.json").read_text(encoding="utf-8"))
    package["resources"][0]["made"] = "Counted at sea."
    (fleet.data / "datapackage.json").write_text(json.dumps(package), encoding="utf-8")
    assert "Counted at sea." in words(fleet.build(nb_execution_mode="cache").element("tables", "table-fleet"))


# Where else it opens


def test_places_are_offered_for_a_repository_and_only_then(fleet: Book) -> None:
    """Readers would be sent to a notebook that no repository has."""
    assert not launch_links("", "one.ipynb")
    assert set(launch_links("https://github.com/a/b.git", "one.ipynb")) == {"Binder", "Colab"}
    assert set(launch_links("https://git.example.org/a/b", "one.ipynb")) == {"Binder"}
    assert "urlpath=lab%2Ftree%2Fb%2Fone.ipynb" in hub_path("https://github.com/a/b.git", "one.ipynb")
    offered = fleet.build(nb_execution_mode="cache", annotated_reading_repository="https://github.com/a/b")
    assert len(offered.soup("athens").select("a.launch")) == 2
    assert offered.soup("athens").select_one("code[data-hub-path]")
    assert not fleet.build(nb_execution_mode="cache").soup("athens").select("a.launch, code[data-hub-path]")


# Markdown


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("A *b* **c** ``d_e`` f_g *_h*.", r"A *b* **c** `d_e` f_g *\_h*."),
        ("Costs $5 or $6 [sic] <b> & more_", r"Costs \$5 or \$6 &#91;sic&#93; &lt;b> &amp; more\_"),
        ("* one\n* two\n\n  more", "- one\n\n- two\n\n  more"),
        ("4. four\n5. five", "4. four\n5. five"),
        ("\\- not a list", "\\- not a list"),
        ("1918\\. That year", "1918\\. That year"),
        ("::\n\n  a ``` b", "````\na ``` b\n````"),
        ("=== ===\na   b\n=== ===\n1|1 2\n=== ===", "| a | b |\n| --- | --- |\n| 1\\|1 | 2 |"),
        ("term\n  words", "**term**\n\nwords"),
        ("  quoted\n\n  twice", "> quoted\n>\n> twice"),
        (".. comment", ""),
        ("https://example.org/a_b", "<https://example.org/a_b>"),
        ("`words <https://example.org>`__", "[words](https://example.org)"),
        ("a\n\n----\n\nb", "a\n\n---\n\nb"),
    ],
)
def test_markdown_says_what_the_document_does(source: str, expected: str) -> None:
    """A dollar, a bracket or an underscore of the prose would be taken for markup."""
    document = publish_doctree(source, settings_overrides={"report_level": 5})
    blocks = MarkdownWriter(lambda target: target).blocks(document)
    text = "\n\n".join(block for block in blocks if isinstance(block, str))
    assert text == expected


def test_markdown_keeps_the_place_of_each_cell() -> None:
    """Charts would stand at the end of the notebook."""
    cell = nodes.container(nb_element="cell_code", cell_index=3)
    section = nodes.section("", nodes.title("", "One"), cell, nodes.paragraph("", "after"))
    assert list(MarkdownWriter(str).blocks(section)) == ["# One", CodeCell(3), "after"]


def test_a_page_that_is_a_notebook_may_link_to_a_file(book: Book) -> None:
    """The build would end in a traceback at the first page that offers a file to download."""
    cell = nbformat.v4.new_markdown_cell("# A notebook\n\nIt offers [the rows](../data/claims.csv), see [](#ath-1-1).")
    (book.source / "old").mkdir()
    nbformat.write(nbformat.v4.new_notebook(cells=[cell]), book.source / "old" / "page.ipynb")
    built = book.build()
    text = nbformat.read(built.folder / "old" / "page.ipynb", 4).cells[0].source
    (file,) = (built.folder / "_downloads").rglob("claims.csv")
    assert f"[the rows](../{file.relative_to(built.folder).as_posix()})" in text
    assert "[ath-1-1](../athens.html#ath-1-1)" in text
