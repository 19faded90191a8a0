"""What a page says of itself to Zotero, to search engines and to whatever shows a preview of a link to it."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from typing import Any
from urllib.parse import parse_qsl

import pytest
from bs4 import BeautifulSoup

from ..books import Book, Build
from ..cited import SITE, build, citable

#: What Zotero's translator for embedded metadata takes from which name, and the one that makes a type certain
#: (https://www.zotero.org/support/dev/exposing_metadata; "Embedded Metadata.js" in zotero/translators).
HIGHWIRE = {
    "citation_title": "title",
    "citation_publication_date": "date",
    "citation_inbook_title": "publicationTitle",
    "citation_publisher": "publisher",
    "citation_public_url": "url",
    "citation_language": "language",
    "citation_doi": "DOI",
}
DUBLIN_CORE = {"title": "title", "date": "date", "publisher": "publisher", "identifier": "url", "rights": "rights"}
DC_TYPES = ("book", "bookSection")


def zotero(page: BeautifulSoup) -> dict[str, Any]:
    """What Zotero takes from a page's head: Dublin Core first, and Highwire Press over it."""
    metas = [(str(tag["name"]), str(tag["content"])) for tag in page.select("head meta[name][content]")]
    item: dict[str, Any] = {"creators": []}
    for name, value in metas:
        prefix, _, field = name.partition(".")
        if prefix == "DC" and field in DUBLIN_CORE:
            item[DUBLIN_CORE[field]] = value
        if name == "DC.type" and value in DC_TYPES:
            item["itemType"] = value
    for name, value in metas:
        if name in HIGHWIRE:
            item[HIGHWIRE[name]] = value
        if name == "citation_author":
            item["creators"].append(author(value))
        if name == "citation_inbook_title":
            item["itemType"] = "bookSection"
    return item


def author(name: str) -> tuple[str, str]:
    """Family and given name as Zotero divides them: at a comma, else at the last space."""
    if "," in name:
        family, given = re.split(", ?", name)[:2]
        return family, given
    given, _, family = name.rpartition(" ")
    return family, given


def coins(title: str) -> dict[str, Any]:
    """What Zotero takes from a ContextObject in the title of a span."""
    pairs = parse_qsl(title, strict_parsing=True)
    said = dict(pairs)
    assert said["ctx_ver"] == "Z39.88-2004" and said["rft_val_fmt"] == "info:ofi/fmt:kev:mtx:book"
    section = said["rft.genre"] == "bookitem"
    names: list[tuple[str, str]] = []
    for key, value in pairs:
        if key == "rft.aulast":
            names.append((value, ""))
        if key == "rft.aufirst":
            names[-1] = (names[-1][0], value)
        if key == "rft.aucorp":
            names.append((value, ""))
    return {
        "itemType": "bookSection" if section else "book",
        "title": said["rft.atitle"] if section else said["rft.btitle"],
        "publicationTitle": said["rft.btitle"] if section else None,
        "creators": names,
        "date": said["rft.date"],
        "publisher": said.get("rft.pub"),
        "url": said.get("rft_id"),
    }


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Build:
    """The tiny book with its citations, built once for a site whose address is known."""
    book = citable(Book(tmp_path_factory.mktemp("described") / "book"))
    book.replace("athens", "# Athens: what power may do", '# Athens: "power" & </script><b>')
    cards = book.source / "pictures" / "cards"
    cards.mkdir(parents=True)
    for name in ("index", "melos"):
        (cards / f"{name}.png").write_bytes(b"")
    return build(book, annotated_reading_cards="pictures/cards")


AUTHORS = [("Reader", "Ada"), ("workshop", "The Melos")]


def test_zotero_finds_author_title_date_publisher_and_address_of_a_chapter(site: Build) -> None:
    """A scholar's library would have a web page without an author."""
    assert zotero(site.soup("melos")) == {
        "itemType": "bookSection",
        "title": "Melos: what the weak may hope",
        "publicationTitle": "The Melian dialogue, annotated",
        "creators": AUTHORS,
        "date": "1881/05/04",
        "url": f"{SITE}v1.2.0/melos.html",
        "language": "en",
        "rights": "CC-BY-4.0",
    }


def test_zotero_finds_the_book_on_its_first_page(site: Build) -> None:
    """The book would be a chapter of itself."""
    found = zotero(site.soup("index"))
    assert (found["itemType"], found["title"], found["url"]) == (
        "book",
        "The Melian dialogue, annotated",
        f"{SITE}v1.2.0/",
    )


def test_coins_keep_a_body_one_name(site: Build) -> None:
    """Zotero would divide the name of a body into family and given name, as it does with the metadata of a head."""
    (span,) = site.soup("melos").select("span.Z3988")
    assert coins(str(span["title"])) == {
        "itemType": "bookSection",
        "title": "Melos: what the weak may hope",
        "publicationTitle": "The Melian dialogue, annotated",
        "creators": [("Reader", "Ada"), ("The Melos workshop", "")],
        "date": "1881-05-04",
        "publisher": None,
        "url": f"{SITE}v1.2.0/melos.html",
    }


def test_where_a_claim_is_cited_zotero_finds_it_and_the_text_that_makes_it(site: Build) -> None:
    """A scholar would have the book for a witness of what another has said."""
    spans = site.element("cite/athens", "ath-1-2").select("span.Z3988")
    own, behind = (dict(parse_qsl(str(span["title"]))) for span in spans)
    assert (own["rft.atitle"], own["rft_id"]) == ("Claim #ath-1-2", f"{SITE}v1.2.0/athens.html#ath-1-2")
    assert (behind["rft.title"], behind["rft.aucorp"], behind["rft.date"], behind["rft.pub"]) == (
        "Eight Bookes of the Peloponnesian Warre",
        "The Athenian envoys",
        "1629-03",
        "Henry Seile",
    )


def test_a_link_shared_has_title_words_and_a_picture(site: Build) -> None:
    """Who is sent a link would see an address alone."""

    def og(page: str) -> dict[str, str]:
        return {str(tag["property"]): str(tag["content"]) for tag in site.soup(page).select("meta[property^='og:']")}

    assert og("melos")["og:image"] == f"{SITE}cards/melos.png"
    assert og("thucydides")["og:image"] == f"{SITE}cards/index.png"
    assert {"cards/melos.png", "cards/index.png"} <= set(site.files())
    assert og("melos")["og:url"] == f"{SITE}melos.html"
    assert og("melos")["og:description"].startswith("The commissioners were told before they began")
    assert (og("melos")["og:type"], og("index")["og:type"]) == ("article", "book")


@pytest.mark.parametrize("page", ["index", "melos", "cite/melos"])
def test_a_page_has_one_canonical_address(site: Build, page: str) -> None:
    """Copies of an edition would be taken for other pages."""
    (link,) = site.soup(page).select("link[rel=canonical]")
    assert link["href"] == f"{SITE}{page}.html"


# JSON-LD: what schema.org (release 30.0) expects of each type, as far as the engine says it.

WORK = {"name", "author", "publisher", "datePublished", "inLanguage", "license", "url", "isPartOf", "abstract"}
EXPECTED: Mapping[str, set[str]] = {
    "Book": WORK | {"bookEdition", "identifier", "keywords", "isBasedOn"},
    "Chapter": WORK,
    "Article": WORK,
    "Claim": {"name", "text", "author", "appearance"},
    "ClaimReview": {"url", "claimReviewed", "itemReviewed", "reviewRating", "author", "datePublished"},
    "Rating": {"alternateName", "ratingValue", "worstRating", "bestRating"},
    "Dataset": WORK | {"description", "distribution", "version"},
    "DataDownload": {"encodingFormat", "contentUrl"},
    "Person": {"name"},
    "Organization": {"name"},
}
REQUIRED: Mapping[str, set[str]] = {
    "Book": {"name", "author", "publisher", "datePublished", "bookEdition", "license", "url"},
    "Chapter": {"name", "author", "publisher", "datePublished", "isPartOf", "license", "url"},
    "Claim": {"@id", "author"},
    "ClaimReview": {"url", "claimReviewed", "itemReviewed", "reviewRating", "author", "datePublished"},
    "Rating": {"alternateName"},
    "Dataset": {"name", "description", "author", "license", "url"},
}


def graph(page: BeautifulSoup) -> list[dict[str, Any]]:
    """The nodes of a page's JSON-LD, each checked against what schema.org expects."""
    (block,) = page.select("head script[type='application/ld+json']")
    data = json.loads(block.get_text())
    assert data["@context"] == "https://schema.org"
    for node in data["@graph"]:
        check(node)
        assert REQUIRED.get(node["@type"], set()) <= set(node), node
    return list(data["@graph"])


def check(node: object) -> None:
    """Nothing is said of a thing that schema.org does not expect of its type."""
    if isinstance(node, list):
        for one in node:
            check(one)
    elif isinstance(node, dict) and "@type" in node:
        assert set(node) - {"@type", "@id"} <= EXPECTED[node["@type"]], node
        check(list(node.values()))


def test_search_engines_find_chapter_claims_verdicts_and_tables(site: Build) -> None:
    """A verdict would not be found by whoever looks for checks of the claim."""
    nodes = graph(site.soup("athens"))
    kinds = [node["@type"] for node in nodes]
    assert kinds == ["Chapter", "Article", "Claim", "ClaimReview", "Claim", "Dataset"]
    assert nodes[0]["isPartOf"] == {"@type": "Book", "@id": SITE, "name": "The Melian dialogue, annotated"}
    assert nodes[3] == {
        "@type": "ClaimReview",
        "url": f"{SITE}athens.html#hindsight-ath-1-2-so",
        "claimReviewed": "So at the time? Justice is argued only between sides that can compel each other.",
        "itemReviewed": {
            "@type": "Claim",
            "@id": f"{SITE}athens.html#ath-1-2",
            "name": "ath-1-2",
            "appearance": {"@id": "https://example.org/thucydides/5"},
            "author": {"@type": "Organization", "name": "The Athenian envoys"},
        },
        "reviewRating": {
            "@type": "Rating",
            "alternateName": "in part: for a time",
            "ratingValue": 2,
            "worstRating": 1,
            "bestRating": 3,
        },
        "author": [{"@type": "Person", "name": "Ada Reader"}, {"@type": "Organization", "name": "The Melos workshop"}],
        "datePublished": "1881-01-01",
    }
    assert site.element("athens", "hindsight-ath-1-2-so")
    (book,) = graph(site.soup("index"))
    assert (book["@type"], book["bookEdition"], book["url"]) == ("Book", "1.2.0", SITE)
    (table,) = graph(site.soup("cite/data"))
    assert (table["@type"], table["distribution"]["contentUrl"]) == ("Dataset", f"{SITE}data/links.csv")


def test_a_claim_with_two_answers_is_reviewed_twice_at_addresses_of_their_own(site: Build) -> None:
    """A search engine would show one answer under the claim, and not say to which question."""
    reviews = [node for node in graph(site.soup("melos")) if node["@type"] == "ClaimReview"]
    claim = "Sparta will have to help because Melos is its kin."
    assert [(one["claimReviewed"], one["reviewRating"]["alternateName"], one["datePublished"]) for one in reviews] == [
        (f"Said? {claim}", "yes", "1881-01-01"),
        (f"Did it come true? {claim}", "no: no ship came", "1881-02-01"),
    ]
    assert [one["reviewRating"]["ratingValue"] for one in reviews] == [3, 1]
    anchors = [one["url"].partition("#")[2] for one in reviews]
    assert anchors == ["hindsight-mel-2-1-said", "hindsight-mel-2-1-came-true"]
    assert all(site.element("melos", anchor) for anchor in anchors)


def test_no_title_or_verdict_leaves_its_place_in_the_head(site: Build) -> None:
    """A heading could end the data and begin a script."""
    head = re.search(r"<head>.*?</head>", site.files()["athens.html"].decode(), re.DOTALL)
    assert head is not None and "</script><b>" not in head[0]
    assert graph(site.soup("athens"))[0]["name"] == "Athens: “power” & </script><b>"
    assert zotero(site.soup("athens"))["title"] == "Athens: “power” & </script><b>"


def test_a_site_of_unknown_address_says_what_it_can(book: Book) -> None:
    """A page would have metadata with half an address in it."""
    built = build(citable(book), site="")
    assert built.warnings == ()
    found = zotero(built.soup("melos"))
    assert found["title"] == "Melos: what the weak may hope" and "url" not in found
    (block,) = built.soup("athens").select("head script[type='application/ld+json']")
    claims = [node["@id"] for node in json.loads(block.get_text())["@graph"] if node["@type"] == "Claim"]
    assert "#ath-1-1" in claims
    assert built.soup("melos").select("link[rel=canonical], meta[property='og:url'], meta[property='og:image']") == []


def test_a_book_that_does_not_say_how_to_cite_it_has_none_of_this(built: Build) -> None:
    """A reading would have to have a CITATION.cff."""
    assert built.soup("melos").select("meta[name^='citation_'], script[type='application/ld+json'], a.cite") == []
    assert not any(name.startswith(("cite/", "exports/")) for name in built.files())
