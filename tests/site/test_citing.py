"""Citing the book: what a student copies, what Zotero finds, what a program takes."""

from __future__ import annotations

import json
from pathlib import Path
from urllib.parse import parse_qs

import pytest
from annotated_reading.ledger.edition import read_edition
from annotated_reading.ledger.ledger import Ledger
from annotated_reading.ledger.rows import INQUIRIES
from annotated_reading.site.cards import SHOWN
from annotated_reading.site.exports import SCHEMA
from conftest import READING, ROOT, SITE, attribute, one, soup
from frictionless import Package
from jsonschema import Draft202012Validator
from playwright.sync_api import Page, expect

EDITION = read_edition(ROOT / "CITATION.cff")
CITE = SITE / "cite"
STYLES = ["Chicago, note", "Chicago, author-date", "APA", "MLA", "Harvard, Cite Them Right"]


def chapter(name: str) -> Path:
    """A chapter's page."""
    return SITE / "chapters" / "reading" / f"{name}.html"


@pytest.mark.parametrize("name", READING)
def test_everything_in_a_chapter_leads_to_its_citation(ledger: Ledger, name: str) -> None:
    """A paragraph, claim, figure or table could not be cited from where it stands, nor the chapter."""
    page = soup(chapter(name))
    links = {attribute(link, "href").rpartition("#")[2] for link in page.select("a.cite[href*='#']")}
    claims = {attribute(item, "id") for item in page.select("li.claim")}
    paragraphs = {claim.rpartition("-")[0] for claim in claims}
    shown = {tag["id"] for tag in page.select("figure.reading-figure[id], table[id^='tab-']")}
    assert claims and links == claims | paragraphs | shown
    assert page.select_one(f"a.cite[href='../../cite/chapters/reading/{name}.html']")
    cited = soup(CITE / "chapters" / "reading" / f"{name}.html")
    for key in (*links, f"chapters-reading-{name}"):
        found = one(cited, f"[id='{key}']")
        assert [term.get_text() for term in found.select("dt")] == STYLES
        assert all(f"ersion {EDITION.version}" in text.get_text() for text in found.select("dd"))


def test_a_claim_is_cited_with_the_article_and_its_contributor(ledger: Ledger) -> None:
    """What Crisis Group's authors said would be cited as ours."""
    for claim in ledger.claims.values():
        items = json.loads((CITE / f"{claim.claim}.json").read_text("utf-8"))
        assert [item["type"] for item in items] == ["chapter", "webpage"]
        said = ledger.people[ledger.sections[claim.section].contributor]
        (author,) = items[1]["author"]
        assert f"{author.get('given', '')} {author.get('family', '')}{author.get('literal', '')}".strip() in (
            said.name,
            f"International {said.name}",
        )
        assert items[1]["issued"] == {"date-parts": [[2018, 6]]}


def test_the_guide_has_an_example_of_each_kind() -> None:
    """Whoever must cite a kind of thing for the first time would see no example."""
    guide = soup(SITE / "chapters" / "using" / "citing.html")
    headings = ["book", "chapter", "paragraph", "claim", "figure", "data-set"]
    for kind in headings:
        section = one(guide, f"section#the-{kind}, section#a-{kind}")
        assert [term.get_text() for term in section.select("dt")] == STYLES, kind


@pytest.mark.parametrize("name", READING)
def test_zotero_finds_a_chapter_by_its_coins(name: str) -> None:
    """The button in the browser would save the chapter without author, title, book or date."""
    page = soup(chapter(name))
    (span,) = page.select("span.Z3988")
    said = parse_qs(attribute(span, "title"), strict_parsing=True)
    assert said["rft.genre"] == ["bookitem"] and said["rft.btitle"] == [EDITION.title]
    assert said["rft.atitle"] == [attribute(one(page, "meta[name=citation_title]"), "content")]
    assert said["rft.aucorp"] == [author.name for author in EDITION.authors] and "rft.pub" not in said
    assert said["rft.date"] == [EDITION.date]


def test_every_verdict_is_a_claim_review(ledger: Ledger) -> None:
    """Whoever looks for checks of a claim by their standard vocabulary would not find ours."""
    found = {}
    for name in READING:
        page = soup(chapter(name))
        (block,) = page.select("head script[type='application/ld+json']")
        for node in json.loads(block.get_text())["@graph"]:
            if node["@type"] == "ClaimReview":
                anchor = node["url"].partition("#")[2]
                assert page.find(id=anchor), anchor
                found[anchor] = (node["claimReviewed"], node["reviewRating"]["alternateName"])
    expected = {
        f"hindsight-{one.claim}-{one.asks}": (
            f"{one.question} {ledger.claims[one.claim].text}",
            f"{one.answer}: {one.gist}" if one.gist else one.answer,
        )
        for claim in ledger.claims
        for one in ledger.answers(claim)
    }
    assert found == expected


@pytest.mark.parametrize("name", READING)
def test_no_answer_of_a_chapter_stands_without_its_question(name: str) -> None:
    """A "yes" to "was it said?" would be read as "it was kept"."""
    shown = soup(chapter(name)).select("article .verdict")
    assert shown
    for verdict in shown:
        asked = INQUIRIES[attribute(verdict, "data-asks")]
        assert verdict.get_text().startswith((f"{asked.label}: ", f"{asked.question} ")), verdict


def test_the_exports_are_as_their_schemas_say(ledger: Ledger) -> None:
    """A program that reads the ledger of this book would stop at something that its schema does not have."""
    exports = SITE / "exports"
    Draft202012Validator(dict(SCHEMA)).validate(json.loads((exports / "ledger.json").read_text("utf-8")))
    assert Package(str(exports / "datapackage.json")).validate().valid
    annotations = json.loads((exports / "annotations.jsonld").read_text("utf-8"))
    cues = [item["target"]["selector"]["exact"] for item in annotations["first"]["items"]]
    assert cues == [claim.cue for claim in ledger.claims.values() if claim.status == "current"]


def test_the_cards_show_what_the_chapters_are_called() -> None:
    """Where somebody links to a chapter, its picture would have an old title; `make cards` draws it."""
    drawn = json.loads((ROOT / "pictures" / "cards" / SHOWN).read_text("utf-8"))
    wanted = json.loads((SITE.parent / SHOWN).read_text("utf-8"))
    assert {f"chapters/reading/{name}" for name in READING} | {"index", "cover"} == set(wanted)
    for page, card in wanted.items():
        assert {**drawn[page], "marks": None} == {**card, "marks": None}, page
        assert (SITE / "cards" / f"{page}.png").read_bytes().startswith(b"\x89PNG")


def test_a_citation_is_copied_with_one_press(page: Page) -> None:
    """A student would mark and copy by hand, or not be told that the citation is there to paste."""
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.goto("cite/chapters/reading/washington.html#us-5-2")
    claim = page.locator("#us-5-2")
    button = claim.get_by_role("button", name="Copy Chicago, note")
    button.focus()
    page.keyboard.press("Enter")
    expect(claim.locator(".cite-said").first).to_have_text("Copied")
    copied = page.evaluate("navigator.clipboard.readText()")
    assert copied == claim.locator("dd").first.inner_text()
    assert copied.startswith(EDITION.authors[0].name) and "Stephen Pomper" in copied


def test_cite_leads_from_a_claim_to_its_citation_by_keyboard(page: Page) -> None:
    """A reader without a mouse could not come from a claim to its citation."""
    page.goto("chapters/reading/washington.html#us-5-2")
    link = page.get_by_role("link", name="Cite us-5-2", exact=True)
    link.focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**/cite/chapters/reading/washington.html#us-5-2")
    expect(page.locator("#us-5-2 h2")).to_be_in_viewport()


def test_a_page_of_citations_fits_a_phone(page: Page) -> None:
    """A reader would scroll sideways to read an address."""
    page.set_viewport_size({"width": 390, "height": 800})
    page.goto("cite/chapters/reading/washington.html#us-5-2")
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
