"""Whatever a reader may want to cite has its citations, as text in five styles and as files."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from pathlib import Path

import pytest
import rispy
from annotated_reading.citations.formats import bibtex, coins, csl_json, ris
from annotated_reading.citations.item import Citations, Thing
from annotated_reading.citations.styles import STYLES, Formatter
from annotated_reading.ledger.bibliography import Author, read_sources
from annotated_reading.ledger.edition import read_edition
from annotated_reading.ledger.read import read_ledger
from annotated_reading.ledger.table import TableError
from bs4 import Tag
from pybtex.database import parse_string

from ..books import MELOS, Book, Build, words
from ..cited import BIBLIOGRAPHY, SITE, build, citable

AUTHORS = (Author("Reader", "Ada"), Author("The Melos workshop"))


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Build:
    """The tiny book with its citations, built once for a site whose address is known."""
    return build(citable(Book(tmp_path_factory.mktemp("cited") / "book")))


@pytest.fixture
def made(tmp_path: Path) -> Citations:
    """What makes the items of the tiny book."""
    (tmp_path / "references.bib").write_text(BIBLIOGRAPHY, "utf-8")
    return Citations(read_edition(MELOS / "CITATION.cff"), (read_sources(tmp_path) or {})["hobbes1629"], SITE)


def claim(address: str = "ath-1-2", title: str = "") -> Thing:
    """A claim of the tiny book, by a contributor with a name of two parts."""
    return Thing(
        address,
        "claim",
        title or address,
        f"athens.html#{address}",
        "athens",
        AUTHORS,
        "1881-05-04",
        "Justice is argued & {only} between sides\nthat can compel each other.",
        Author.of_person("Thomas Hobbes"),
    )


def thing(page: Build, key: str, name: str = "cite/athens") -> Tag:
    """What a page of citations has of a thing."""
    return page.element(name, key)


def texts(part: Tag) -> dict[str, list[str]]:
    """The citations by the names of their styles."""
    terms, bodies = (part.select(f".cite-texts > {tag}") for tag in ("dt", "dd"))
    return {words(term): [words(line) for line in body.select("p")] for term, body in zip(terms, bodies, strict=True)}


def test_a_chapter_is_cited_in_every_style(site: Build) -> None:
    """A student would hand in a citation that the style does not have."""
    assert texts(thing(site, "athens")) == {
        "Chicago, note": [
            "Ada Reader and The Melos workshop, “Athens: What Power May Do,” in The Melian Dialogue, Annotated, "
            "version 1.2.0 (1881), https://melos.example/book/v1.2.0/athens.html."
        ],
        "Chicago, author-date": [
            "Reader, Ada and The Melos workshop. 1881. “Athens: What Power May Do.” In The Melian Dialogue, "
            "Annotated, version 1.2.0. https://melos.example/book/v1.2.0/athens.html."
        ],
        "APA": [
            "Reader, A. & The Melos workshop. (1881). Athens: what power may do. In The Melian dialogue, annotated "
            "(version 1.2.0). https://melos.example/book/v1.2.0/athens.html"
        ],
        "MLA": [
            "Reader, Ada and The Melos workshop. “Athens: What Power May Do.” The Melian Dialogue, Annotated, "
            "Version 1.2.0, 1881, https://melos.example/book/v1.2.0/athens.html."
        ],
        "Harvard, Cite Them Right": [
            "Reader, A. and The Melos workshop (1881) ‘Athens: what power may do’, The Melian dialogue, annotated. "
            "version 1.2.0. Available at: https://melos.example/book/v1.2.0/athens.html."
        ],
    }


def test_a_claim_is_cited_with_the_text_that_makes_it(made: Citations) -> None:
    """What the contributor said would be cited as the book's, or the other way round."""
    found = {style.name: lines for style, lines in Formatter().texts(made.items(claim())).items()}
    assert found["Chicago, note"] == [
        "Ada Reader and The Melos workshop, “Claim #ath-1-2,” in <i>The Melian Dialogue, Annotated</i>, version 1.2.0 "
        "(1881), https://melos.example/book/v1.2.0/athens.html#ath-1-2; Thomas Hobbes, “Eight Bookes of the "
        "Peloponnesian Warre,” Henry Seile, March 1629, https://example.org/thucydides/5."
    ]
    assert found["APA"] == [
        "Hobbes, T. (1629, March). <i>Eight Bookes of the Peloponnesian Warre</i>. Henry Seile. "
        "https://example.org/thucydides/5",
        "Reader, A. &#38; The Melos workshop. (1881). Claim #ath-1-2. In <i>The Melian dialogue, annotated</i> "
        "(version 1.2.0). https://melos.example/book/v1.2.0/athens.html#ath-1-2",
    ]


def test_names_and_titles_are_printed_as_the_style_has_them(tmp_path: Path) -> None:
    """A citation would have half a name, marks in marks of their kind, or a full stop behind a question mark."""
    made = Citations(read_edition(MELOS / "CITATION.cff"), None, "")
    who = (Author.of_person("Chung-in Moon"),)
    odd = Thing("ath", "chapter", 'Who said "the deal" is so', "ath.html", "ath", who, "1881-05-04")

    def printed(title: str) -> dict[str, str]:
        texts = Formatter().texts(made.items(replace(odd, title=title))).items()
        return {style.name: lines[0].partition(" <i>")[0] for style, lines in texts}

    assert printed('Who said "the deal" is so') == {
        "Chicago, note": "Chung-in Moon, “Who Said ‘the Deal’ Is So,” in",
        "Chicago, author-date": "Moon, Chung-in. 1881. “Who Said ‘the Deal’ Is So.” In",
        "APA": "Moon, C. (1881). Who said “the deal” is so. In",
        "MLA": "Moon, Chung-in. “Who Said ‘the Deal’ Is So.”",
        "Harvard, Cite Them Right": "Moon, C. (1881) ‘Who said “the deal” is so’,",
    }
    assert (
        printed("Is that Athens' own, and for what?")["MLA"] == "Moon, Chung-in. “Is That Athens’ Own, and for What?”"
    )


def test_an_item_that_changed_is_printed_as_it_is(made: Citations) -> None:
    """A citation would be that of an older state of what it cites, in a program that builds more than once."""
    formatter = Formatter()
    first = made.items(claim())
    later = made.items(replace(claim(), date="1882-01-01"))
    assert [item["id"] for item in first] == [item["id"] for item in later]
    assert "1881" in str(formatter.texts(first)) and "1882" in str(formatter.texts(later))


def test_no_title_reaches_a_page_unescaped(made: Citations) -> None:
    """A heading with a sign of HTML in it would break the page, or run."""
    odd = Thing("ath-1", "paragraph", 'A <script>x</script> & "b"', "a.html#ath-1", "a", AUTHORS, "1881-05-04")
    for lines in Formatter().texts(made.items(odd)).values():
        assert "<script" not in lines[0].lower()
        assert "&#60;script&#62;" in lines[0].lower() and "&#38;" in lines[0]


def test_everything_that_can_be_cited_has_its_citations_and_files(site: Build) -> None:
    """A reader would come to a place that does not say how to cite what they read."""
    files = site.files()
    for page, keys in {
        "index": ["index"],
        "athens": ["athens", "ath-1", "ath-2", "ath-1-1", "ath-1-2", "ath-2-1", "tab-ships"],
        "data": ["data-links"],
    }.items():
        for key in keys:
            part = thing(site, key, f"cite/{page}")
            assert list(texts(part)) == [style.name for style in STYLES]
            assert {f"cite/{key}.{suffix}" for suffix in ("bib", "ris", "json")} <= set(files)
            hrefs = [link["href"] for link in part.select(".cite-files a")]
            assert hrefs == [f"{key}.{suffix}" for suffix in ("bib", "ris", "json")]
    assert "Ships &amp; men, 30 &lt; 3000" in files["cite/athens.html"].decode()


def test_a_link_beside_everything_leads_to_its_citations(site: Build) -> None:
    """A reader by keyboard, or without a script, would not come to the citation."""
    for key, label in (
        ("ath-1", "Cite ath-1"),
        ("ath-1-2", "Cite ath-1-2"),
        ("tab-ships", "Cite this table tab-ships"),
    ):
        (link,) = site.soup("athens").select(f"a.cite[href='cite/athens.html#{key}']")
        assert link["aria-label"] == label
    assert words(site.soup("athens").select_one("a.cite[href='cite/athens.html']")) == "Cite this chapter"
    assert words(site.soup("index").select_one("a.cite[href='cite/index.html']")) == "Cite this book"


def test_the_files_are_read_by_the_programs_that_they_are_for(made: Citations) -> None:
    """A scholar would import an entry without author, title, date or address, or none."""
    items = made.items(claim())
    address = "https://melos.example/book/v1.2.0/athens.html#ath-1-2"
    own, behind = parse_string(bibtex(items), "bibtex").entries.values()
    assert [str(one) for one in own.persons["author"]] == ["Reader, Ada", "{The Melos workshop}"]
    assert (own.fields["title"], own.fields["year"], own.fields["url"]) == (r"Claim {\#ath-1-2}", "1881", address)
    assert (str(behind.persons["author"][0]), behind.fields["month"]) == ("Hobbes, Thomas", "March")
    first, second = rispy.loads(ris(items))
    assert (first["authors"], first["title"]) == (["Reader, Ada", "The Melos workshop,"], "Claim #ath-1-2")
    assert (first["date"], first["urls"], first["secondary_title"]) == (
        "1881/05/04",
        [address],
        "The Melian dialogue, annotated",
    )
    assert second["authors"] == ["Hobbes, Thomas"]
    assert [one["title"] for one in json.loads(csl_json(items))] == [
        "Claim #ath-1-2",
        "Eight Bookes of the Peloponnesian Warre",
    ]
    assert '"' not in coins(items[0]) and "<" not in coins(items[0])


def test_a_doi_is_cited_for_the_book_and_not_for_its_parts(tmp_path: Path) -> None:
    """A DOI would lead whoever follows it to another thing than the one cited."""
    file = tmp_path / "CITATION.cff"
    file.write_text((MELOS / "CITATION.cff").read_text("utf-8") + "doi: 10.5281/zenodo.1\n", "utf-8")
    made = Citations(read_edition(file), None, "")
    whole = Thing("index", "book", made.edition.title, "", "index", AUTHORS, "1881-05-04")
    part = Thing("athens", "chapter", "Athens", "athens.html", "athens", AUTHORS, "1881-05-04")
    assert made.items(whole)[0]["DOI"] == "10.5281/zenodo.1"
    assert "DOI" not in made.items(part)[0]
    assert all("10.5281/zenodo.1" in lines[0] for lines in Formatter().texts(made.items(whole)).values())


def test_a_book_without_an_address_is_cited_without_one(book: Book) -> None:
    """A citation would have half an address, or the build would fail before the site has one."""
    built = build(citable(book), site="")
    assert built.warnings == ()
    note = texts(thing(built, "ath-1-2"))["Chicago, note"][0]
    assert "version 1.2.0 (1881); The Athenian envoys, “Eight Bookes" in note
    assert "URL" not in json.loads(built.files()["cite/ath-1-2.json"])[0]


def test_the_environment_may_say_where_the_site_is(book: Book, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever publishes a copy would have to change the book's settings, or cite another's site."""
    monkeypatch.setenv("BOOK_ADDRESS", "https://copy.example/melos")
    built = build(citable(book), site="")
    (canonical,) = built.soup("melos").select("link[rel=canonical]")
    assert canonical["href"] == "https://copy.example/melos/melos.html"
    assert "https://copy.example/melos/v1.2.0/athens.html#ath-1-2" in texts(thing(built, "ath-1-2"))["APA"][0]


def test_a_page_shows_citations_that_follow_what_they_cite(book: Book) -> None:
    """The examples of a book would cite an edition that is no longer this one."""
    book.append("thucydides", "```{citation} melos\n```\n")
    first = build(citable(book))
    assert texts(first.main("thucydides"))["MLA"][0].startswith("Reader, Ada and The Melos workshop. “Melos: What")
    assert build(book).written == frozenset()
    book.replace("melos", "# Melos: what the weak may hope", "# Melos: hope")
    assert "thucydides" in (again := build(book)).written
    assert "“Melos: Hope.”" in texts(again.main("thucydides"))["MLA"][0]
    cff = book.source / "CITATION.cff"
    cff.write_text(cff.read_text("utf-8").replace("\nversion: 1.2.0", "\nversion: 2.0.0"), "utf-8")
    newer = build(book)
    assert "Version 2.0.0" in texts(newer.main("thucydides"))["MLA"][0]
    assert "/v2.0.0/" in texts(thing(newer, "ath-1"))["MLA"][0]


@pytest.mark.parametrize(
    ("front", "said"),
    [
        ("date: soon", r"melos\.md, front matter, date: found 'soon', expected a date such as"),
        ("date: ''", r"melos\.md, front matter, date: found '', expected a date"),
        ("authors: []", r"melos\.md, front matter, authors: found .*, expected a list"),
        ("authors: ['']", r"melos\.md, front matter, authors: found .*, expected a list"),
    ],
)
def test_a_chapter_without_authors_or_date_stops_the_build(book: Book, front: str, said: str) -> None:
    """A chapter would be cited as nobody's, or of no day."""
    book.write("melos", f"---\n{front}\n---\n{book.page('melos').read_text('utf-8')}")
    with pytest.raises(Exception, match=said):
        build(citable(book))


def test_a_chapter_may_have_authors_and_a_date_of_its_own(book: Book) -> None:
    """Who wrote one chapter of a book by many would not be named."""
    book.write("melos", f"---\nauthors: [Zoë Klein]\ndate: 1882-01-02\n---\n{book.page('melos').read_text('utf-8')}")
    built = build(citable(book))
    assert built.warnings == ()
    assert "Klein, Z. (1882). Melos" in texts(thing(built, "melos", "cite/melos"))["APA"][0]
    assert "Klein, Z. (1882). Claim #mel-1-1" in texts(thing(built, "mel-1-1", "cite/melos"))["APA"][0]
    assert "Reader, A. & The Melos workshop. (1881)" in texts(thing(built, "athens"))["APA"][0]


def test_an_unknown_thing_stops_the_build_with_its_line(book: Book) -> None:
    """A page would show an empty citation."""
    line = book.append("melos", "```{citation} ath-9-9\n```\n")
    with pytest.raises(Exception, match=rf"melos\.md:{line}: found 'ath-9-9', expected the address"):
        build(citable(book))


def test_a_text_that_the_bibliography_lacks_stops_the_build(book: Book) -> None:
    """Claims would be cited without the text that makes them."""
    (citable(book).data / "references.bib").write_text(BIBLIOGRAPHY.replace("hobbes1629", "hobbes"), "utf-8")
    (book.data / "verdicts.csv").unlink()
    with pytest.raises(TableError, match="found 'hobbes1629', expected the text that the book reads"):
        read_ledger(book.data).original("hobbes1629")
    with pytest.raises(Exception, match=r"references\.bib, column entry: found 'hobbes1629'"):
        build(book)


def test_other_builders_print_no_links_to_pages_that_they_lack(book: Book) -> None:
    """A printed book, or one on an e-reader, would have links that lead nowhere."""
    citable(book).append("melos", "```{citation} ath-1-2\n```\n")
    text = build(book, builder="text")
    assert "Cite ath-1" not in (text.folder / "athens.txt").read_text("utf-8")
    assert re.search(r"Claim\s+#ath-1-2", (text.folder / "melos.txt").read_text("utf-8"))
    epub = build(book, builder="epub")
    assert not any(name.startswith(("cite/", "exports/")) for name in epub.files())
    assert 'class="cite"' not in epub.files()["athens.xhtml"].decode()


def test_two_builds_have_the_same_bytes(book: Book, tmp_path: Path, site: Build) -> None:
    """An edition could not be compared with itself."""
    again = build(citable(book), parallel=2)
    cited = {name: raw for name, raw in site.files().items() if name.startswith(("cite/", "exports/"))}
    assert cited and {name: again.files().get(name) for name in cited} == cited


def test_citations_are_made_again_only_where_something_changed(book: Book) -> None:
    """An editor would wait for hundreds of pages and files that stay as they are, after each sentence.

    The first page is always made: it tells whether what the theme puts around a text has changed.
    """
    folder = build(citable(book)).folder / "cite"
    before = {path: path.stat().st_mtime_ns for path in folder.iterdir() if path.name != "athens.html"}
    book.change("claims", "mel-1-1", text="Melos asks for justice.")
    build(book)
    changed = {path.name for path, time in before.items() if path.stat().st_mtime_ns != time}
    assert changed == {"melos.html", "mel-1-1.bib", "mel-1-1.ris", "mel-1-1.json"}


@pytest.mark.parametrize("name", ["ath-1-2.bib", "athens.html", "data.html"])
def test_a_citation_that_was_deleted_comes_back(book: Book, name: str) -> None:
    """A link would lead nowhere until something else of the book changes."""
    folder = build(citable(book)).folder / "cite"
    kept = (folder / name).read_bytes()
    (folder / name).unlink()
    build(book)
    assert (folder / name).read_bytes() == kept


def test_citations_follow_what_the_theme_puts_around_them(book: Book) -> None:
    """Pages of citations would keep the menus and the looks of an older site."""
    build(citable(book))
    again = build(book, html_title="Melos", html_short_title="The island")
    assert "The island" in (again.folder / "cite" / "athens.html").read_text("utf-8")
