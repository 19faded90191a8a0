"""References to claims: from prose and from other books."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from bs4 import Tag
from sphinx.testing.util import SphinxTestApp
from sphinx.util.inventory import InventoryFile

from ..books import Book, Build, words
from ..pages.test_claims import CLAIMS, PAGES


def reference(build: Build, page: str, text: str) -> Tag:
    """The one reference to a claim in the prose of a page that reads so."""
    main = build.main(page)
    found = [link for link in main.select(":is(section, .annotation) > p > .claim-reference") if words(link) == text]
    assert len(found) == 1, f"{len(found)} references on {page} read {text!r}"
    return found[0]


def href(element: Tag | None) -> str:
    """Where a link leads."""
    assert element is not None
    return str(element["href"])


# In prose


@pytest.mark.parametrize(
    ("page", "text", "leads_to"),
    [
        ("athens", "ath-1-1", "#ath-1-1"),
        ("athens", "the common good", "melos.html#mel-1-1"),
        ("melos", "ath-1-1", "athens.html#ath-1-1"),
        ("melos", "the city fell", "thucydides.html#thu-1-1"),
    ],
)
def test_a_reference_reads_as_its_address_or_its_words_and_leads_to_the_claim(
    built: Build, page: str, text: str, leads_to: str
) -> None:
    """The link would read "#ath-1-1", lose the author's words, or lead nowhere."""
    assert href(reference(built, page, text)) == leads_to


def previews(build: Build) -> dict[str, dict[str, object]]:
    """What a script shows beside links, by the keys that the links have."""
    script = (build.folder / "_static" / "annotated-reading-previews.js").read_text("utf-8")
    found: dict[str, dict[str, object]] = json.loads(
        script.removeprefix("var annotatedReadingPreviews = ").rstrip(";\n")
    )
    return found


@pytest.mark.parametrize(
    ("page", "text", "says", "of"),
    [
        (
            "melos",
            "the city fell",
            "The Melians in the end surrendered to Athens without conditions.",
            "thu-1-1 · fact · Thucydides",
        ),
        (
            "athens",
            "the common good",
            "Athens would serve itself by keeping to a rule that protects everyone.",
            "mel-1-1 · recommendation · The Melian commissioners · “in our judgment”",
        ),
    ],
)
def test_a_reference_names_a_preview_that_tells_what_is_claimed_and_by_whom(
    built: Build, page: str, text: str, says: str, of: str
) -> None:
    """A reader would have to leave the page to know what the address stands for, or take it for the book's opinion."""
    preview = previews(built)[str(reference(built, page, text)["data-preview"])]
    assert (preview["says"], preview["of"]) == (says, of)


def test_no_preview_is_text_of_a_page(built: Build) -> None:
    """In a reader view and in the search each paraphrase would run into the line that refers to it."""
    assert "a rule that protects everyone" not in words(built.main("athens"))


@pytest.mark.parametrize(("page", "text", "hue"), [("melos", "ath-1-1", "blue"), ("athens", "the common good", "red")])
def test_a_reference_has_the_colour_of_its_section(built: Build, page: str, text: str, hue: str) -> None:
    """A reader could not see whose claim the sentence leans on."""
    classes = reference(built, page, text)["class"]
    assert [name for name in classes if name.startswith("hue-")] == [f"hue-{hue}"]


@pytest.mark.parametrize("syntax", ["<project:#mel-1-2>", "[](#mel-1-2)", "{claim:claim}`mel-1-2`", "{any}`mel-1-2`"])
def test_every_way_to_write_a_reference_leads_to_the_claim(book: Book, syntax: str) -> None:
    """An author who knows Sphinx rather than MyST would get a dead link."""
    book.write("essay", f"# Essay\n\nSee {syntax}.\n")
    built = book.build()
    assert not built.warnings
    assert href(reference(built, "essay", "mel-1-2")) == "melos.html#mel-1-2"


def test_a_reference_from_a_folder_leads_to_the_claim(book: Book) -> None:
    """References of chapters in a folder would lead into that folder."""
    (book.source / "essays").mkdir()
    book.write("essays/power", "# Power\n\nSee [](#mel-1-2) and [](#ath-1-1).\n")
    book.replace("index", "*\n```", "*\nessays/*\n```")
    built = book.build()
    assert href(reference(built, "essays/power", "mel-1-2")) == "../melos.html#mel-1-2"


# Mistakes


def test_an_unknown_address_is_told_with_file_and_line(book: Book) -> None:
    """A reference with a slip of the pen would be published as a dead link."""
    line = book.append("melos", "See [](#mel-9-9).")
    (warning,) = book.build().warnings
    assert warning.startswith(f"{book.page('melos')}:{line}: WARNING")
    assert "mel-9-9" in warning


def test_an_address_that_another_page_prints_too_is_told_with_both_places(book: Book) -> None:
    """A link would lead to either of two places, and two pages would claim to be the claim's own."""
    book.write("copy", "# Copy\n\nOnce more:\n\n```{claims} mel-2\n```\n")
    (warning,) = [warning for warning in book.build().warnings if "printed twice" in warning]
    assert warning.startswith(f"{book.page('melos')}:{book.line('melos', '{claims} mel-2')}: WARNING")
    assert "mel-2-1 is printed twice" in warning
    assert "copy.md:5" in warning


def test_an_address_that_a_page_prints_twice_is_told_with_both_lines(book: Book) -> None:
    """A link would lead to the first of two, whichever the author meant."""
    first = book.line("melos", "{claims} mel-2")
    again = book.append("melos", "```{claims} mel-2\n```")
    (warning,) = [warning for warning in book.build().warnings if "printed twice" in warning]
    assert warning.startswith(f"{book.page('melos')}:{again}: WARNING")
    assert f"melos.md:{first}" in warning


def test_a_claim_that_no_page_prints_is_told_with_its_row(book: Book) -> None:
    """A claim would be in the tables, and nowhere in the book."""
    book.change("sections", "mel", paragraphs="3")
    book.change("people", "commissioners", paragraphs="mel-1 mel-2 mel-3 thu-1")
    book.insert("claims", "mel-2-1", claim="mel-3-1", paragraph="mel-3")
    (warning,) = book.build().warnings
    assert warning.startswith(f"{book.table('claims')}:8: WARNING")
    assert "mel-3-1" in warning


def test_a_claim_that_no_page_prints_is_told_by_every_build(book: Book) -> None:
    """The author sees a clean build, and everyone who builds from the start a failed one."""
    book.change("sections", "mel", paragraphs="3")
    book.change("people", "commissioners", paragraphs="mel-1 mel-2 mel-3 thu-1")
    assert not book.build().warnings
    book.insert("claims", "mel-2-1", claim="mel-3-1", paragraph="mel-3")
    for _ in range(2):
        (warning,) = book.build().warnings
        assert "no page prints claim mel-3-1" in warning


@pytest.mark.parametrize(
    ("directive", "argument"),
    [("claims", "mel-9"), ("claims", "mel-1-1"), ("elsewhere", "mel-9"), ("excerpt", "mel-9-9"), ("byline", "spa")],
)
def test_a_directive_that_names_nothing_is_told_with_file_and_line(book: Book, directive: str, argument: str) -> None:
    """The directive would print nothing, and nobody would notice."""
    line = book.append("melos", f"```{{{directive}}} {argument}\n```")
    (warning,) = book.build().warnings
    assert warning.startswith(f"{book.page('melos')}:{line}: ERROR: found '{argument}', expected")


def test_each_mistake_fails_a_build_with_warnings_as_errors(book: Book) -> None:
    """The published book would keep a mistake that the log had told."""
    book.append("melos", "See [](#mel-9-9).")
    app = SphinxTestApp(srcdir=book.source, warningiserror=True, keep_going=True)
    try:
        app.build()
    finally:
        app.cleanup()
    assert app.statuscode == 1


# From outside


def test_the_inventory_has_every_claim(built: Build) -> None:
    """Another book could not refer to a claim."""
    with (built.folder / "objects.inv").open("rb") as file:
        entries = InventoryFile.load(file, "https://melian.example", lambda base, uri: f"{base}/{uri}")["claim:claim"]
    found = {claim: entry[2:] for claim, entry in entries.items()}
    assert found == {
        claim: (f"https://melian.example/{PAGES[claim.partition('-')[0]]}.html#{claim}", "-") for claim in CLAIMS
    }


def other_book(folder: Path, inventory: Path, page: str, text: str) -> tuple[list[tuple[str, str]], str]:
    """The links to claims in a page of a book that does not have the engine, and the warnings of its build."""
    (folder / "conf.py").write_text(
        'extensions = ["myst_parser", "sphinx.ext.intersphinx"]\n'
        'html_theme = "basic"\n'
        'source_suffix = {".md": "markdown", ".rst": "restructuredtext"}\n'
        f'intersphinx_mapping = {{"melian": ("https://melian.example", {str(inventory)!r})}}\n',
        encoding="utf-8",
    )
    (folder / page).write_text(text, encoding="utf-8")
    app = SphinxTestApp(srcdir=folder)
    try:
        app.build()
    finally:
        app.cleanup()
    soup = Build(folder / "_build" / "html", (), frozenset()).soup("index")
    links = [(words(link), href(link)) for link in soup.select('a[href^="https://melian"]')]
    return links, app.warning.getvalue()


def test_another_myst_book_refers_to_a_claim(built: Build, tmp_path: Path) -> None:
    """A scholar's own book would have to link by hand, and never learn of a dead link."""
    text = "# Another book\n\n[](inv:melian#ath-1-1), [the gods](inv:melian:claim:claim#ath-2-1), [](inv:#thu-1-1)\n"
    assert other_book(tmp_path, built.folder / "objects.inv", "index.md", text) == (
        [
            ("ath-1-1", "https://melian.example/athens.html#ath-1-1"),
            ("the gods", "https://melian.example/athens.html#ath-2-1"),
            ("thu-1-1", "https://melian.example/thucydides.html#thu-1-1"),
        ],
        "",
    )


def test_another_sphinx_book_refers_to_a_claim(built: Build, tmp_path: Path) -> None:
    """A book in reStructuredText, without the engine, could not refer to a claim at all."""
    text = (
        "Another book\n============\n\nSee :external+melian:ref:`claim-ath-1-1` and :ref:`the end <claim-thu-1-1>`.\n"
    )
    assert other_book(tmp_path, built.folder / "objects.inv", "index.rst", text) == (
        [
            ("ath-1-1", "https://melian.example/athens.html#ath-1-1"),
            ("the end", "https://melian.example/thucydides.html#thu-1-1"),
        ],
        "",
    )


def test_another_book_of_the_engine_refers_to_a_claim(built: Build, book: Book) -> None:
    """A second reading could not refer to the claims of the first by Sphinx's own role."""
    book.write("essay", "# Essay\n\nSee {external+melian:claim:claim}`mel-1-2`.\n")
    second = book.build(
        extensions=["myst_nb", "annotated_reading", "sphinx.ext.intersphinx"],
        intersphinx_mapping={"melian": ("https://melian.example", str(built.folder / "objects.inv"))},
    )
    assert not second.warnings
    link = second.soup("essay").select_one('a[href^="https://melian"]')
    assert (words(link), href(link)) == ("mel-1-2", "https://melian.example/melos.html#mel-1-2")
