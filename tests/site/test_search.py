"""The search of the built book in Chromium: whether what readers ask comes first, wherever they read."""

from __future__ import annotations

import csv
import gzip
import unicodedata
from collections.abc import Iterator
from pathlib import Path

import pytest
from annotated_reading.ledger.ledger import Ledger
from conftest import PATIENCE, SITE
from playwright.sync_api import Browser, BrowserContext, Page, Route, expect

#: Questions of readers, each with the addresses of which one should be among the first three. The last twenty were
#: written before anybody had seen what the search finds for them.
QUESTIONS = Path(__file__).with_name("search.csv")

#: What a site may send with its pages.
POLICY = "default-src 'self'; object-src 'none'; base-uri 'none'; frame-ancestors 'none'"

RESULTS = "[data-search-results] a"


class Search:
    """The page that searches, open in a tab."""

    def __init__(self, context: BrowserContext, address: str) -> None:
        """Open it and wait for all records."""
        context.set_default_timeout(PATIENCE)
        self.page = context.new_page()
        self.faults: list[str] = []
        self.page.on("pageerror", lambda error: self.faults.append(str(error)))
        self.page.goto(f"{address}search.html?q=Singapore")
        self.page.wait_for_selector("[data-search-results][aria-busy=false]", state="attached")

    def first(self, words: str, number: int = 3) -> list[str]:
        """The addresses of the first results."""
        self.page.fill("main [name=q]", words)
        found: list[str] = self.page.eval_on_selector_all(RESULTS, "all => all.map(one => one.hash.slice(1))")
        return found[:number]


@pytest.fixture(scope="module")
def search(browser: Browser, site: str) -> Iterator[Search]:
    """The page of a site."""
    context = browser.new_context()
    opened = Search(context, site)
    yield opened
    assert opened.faults == []
    context.close()


def test_what_readers_ask_is_among_the_first_three(search: Search) -> None:
    """A reader with three words in mind would give up."""
    with QUESTIONS.open(encoding="utf-8", newline="") as file:
        asked = {row["question"]: set(row["address"].split()) for row in csv.DictReader(file)}
    assert len(asked) == 60
    missed = {words: first for words, right in asked.items() if right.isdisjoint(first := search.first(words))}
    assert len(missed) <= 3, missed


def test_the_forms_of_a_word_find_the_same(search: Search) -> None:
    """A reader would have to guess whether the book says elected, elections or elects."""
    for one, other in (("local election", "local elections"), ("abductee", "abductees"), ("resigning", "resigned")):
        assert search.first(one, 30) == search.first(other, 30) != []


def test_an_address_comes_first(search: Search, ledger: Ledger) -> None:
    """Whoever has an address from a footnote would look for it among words."""
    assert [claim for claim in ledger.claims if search.first(claim, 1) != [claim]] == []
    paragraph = list(ledger.paragraphs)[12]
    assert set(search.first(paragraph, 1)) == {paragraph}
    assert search.first("event-hanoi-summit", 1) == ["event-hanoi-summit"]
    assert search.first("US‑5‑2", 1) == ["us-5-2"]


@pytest.mark.parametrize(
    "words, address",
    [
        ("1905", "event-taft-katsura-talk"),
        ("66", "sk-6-1"),
        ("14 of 17", "sk-5-7"),
        ("80.7 per cent", "event-border-closed"),
        ("53,000", "jp-1-12"),
        ("53000", "jp-1-12"),
    ],
)
def test_numbers_are_words(search: Search, words: str, address: str) -> None:
    """Dates and percentages, of which the book is full, would find nothing, or whatever has the same digits."""
    assert address in search.first(words)
    assert search.first("80.70001") == []


def test_a_name_is_found_by_its_beginning_and_by_the_given_name_in_any_form(search: Search, ledger: Ledger) -> None:
    """A reader of Korean, Chinese or Japanese would have to type a whole name, in the one form that the book has."""
    for person in ledger.people.values():
        if not person.native:
            continue
        address, name = f"person-{person.person}", person.native
        beginning = name[: max(2, len(name) - 1)]
        for words in (name, beginning, unicodedata.normalize("NFD", name)):
            assert address in search.first(words, 12), words
    for words, address in {
        "정은": "kim-jong-un",
        "재인": "moon-jae-in",
        "近平": "xi-jinping",
        "晋三": "shinzo-abe",
    }.items():
        assert f"person-{address}" in search.first(words), words


def test_quotation_marks_dashes_and_accents_do_not_matter(search: Search) -> None:
    """What a keyboard or a copied text has in place of the book's own sign would find nothing."""
    for one, other in (("Trump's", "Trump’s"), ("Taft-Katsura", "Taft–Katsura"), ('"war games"', "“war games”")):
        assert search.first(one, 30) == search.first(other, 30) != []
    assert search.first("Punggye-rí") == search.first("Punggye-ri")


def test_a_misspelt_word_is_understood(search: Search) -> None:
    """A slip of a finger would find nothing."""
    assert "sk-5-9" in search.first("Hong resing election", 6)


def test_a_result_opens_at_its_place_with_the_words_marked(page: Page) -> None:
    """A reader would have to look for the words once more, on a page of many screens."""
    page.goto("search.html?q=naval+base+53,000")
    page.locator(RESULTS, has_text="53,000").first.click()
    page.wait_for_url("**/tokyo.html*#jp-1-12")
    expect(page.locator("#jp-1-12")).to_be_in_viewport()
    marked = page.evaluate("[...CSS.highlights.get('found')].map(range => range.toString())")
    assert "53,000" in marked


def test_results_are_walked_by_the_arrows(page: Page) -> None:
    """A reader without a mouse would have to pass everything else by the Tab key."""
    page.goto("search.html?q=Hanoi")
    expect(page.locator(RESULTS).first).to_be_visible()
    page.locator("#search-words").focus()
    page.keyboard.press("ArrowDown")
    expect(page.locator(RESULTS).first).to_be_focused()
    page.keyboard.press("ArrowDown")
    expect(page.locator(RESULTS).nth(1)).to_be_focused()
    page.keyboard.press("ArrowUp")
    page.keyboard.press("ArrowUp")
    expect(page.locator("#search-words")).to_be_focused()


def test_without_a_result_the_table_of_every_claim_is_offered_with_the_words(page: Page) -> None:
    """A reader would stand before an empty page."""
    page.goto("search.html?q=Xyzzyq")
    expect(page.locator("[data-search-status]")).to_contain_text("Nothing")
    page.locator("[data-search-register]").click()
    expect(page.get_by_role("searchbox", name="Search", exact=True)).to_have_value("Xyzzyq")


def test_no_verdict_is_shown_to_a_class_that_is_to_judge(search: Search) -> None:
    """The answer would be read before the claim has been thought about."""
    shown = {}
    for mode in ("read", "teach"):
        search.page.evaluate("mode => (document.documentElement.dataset.mode = mode)", mode)
        search.first("us-7-6", 1)
        shown[mode] = search.page.locator("[data-search-results] li").first.inner_text()
    search.page.evaluate("delete document.documentElement.dataset.mode")
    assert "kept: no" in shown["read"]
    assert "kept" not in shown["teach"]


def under_policy(route: Route) -> None:
    """Send a page with the strict policy."""
    answer = route.fetch()
    route.fulfill(response=answer, headers={**answer.headers, "content-security-policy": POLICY})


def test_it_works_from_a_disk_under_the_strict_policy_and_without_storage(browser: Browser, site: str) -> None:
    """A copy on a stick, a careful school or a frame of a learning system would have no search."""
    context = browser.new_context()
    assert Search(context, SITE.as_uri() + "/").first("1905")
    context.close()
    context = browser.new_context()
    context.add_init_script("Object.defineProperty(window, 'localStorage', { get() { throw Error('none') } })")
    context.route("**/*.html*", under_policy)
    assert Search(context, site).first("1905")
    context.close()


def test_the_first_answer_takes_sixty_kilobytes(page: Page) -> None:
    """On a slow line a reader would wait for the search, or for it on pages that are only read."""
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url.rpartition("/")[2].partition("?")[0]))
    page.goto("chapters/reading/tokyo.html", wait_until="networkidle")
    parts = ["minisearch.min.js", "search-records.js"]
    assert not {*parts, "annotated-reading-search.js", "search-prose.js", "searchindex.js"} & set(asked)
    page.goto("search.html?q=Hanoi", wait_until="networkidle")
    assert [name for name in asked if name in (*parts, "search-prose.js")] == [*parts, "search-prose.js"]
    files = [SITE / "_static" / name for name in (*parts, "annotated-reading-search.js")]
    assert sum(len(gzip.compress(file.read_bytes())) for file in files) <= 60_000
