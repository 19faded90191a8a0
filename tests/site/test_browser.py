"""The built book in a real browser: what a reader does with it."""

from __future__ import annotations

import pytest
from annotated_reading.ledger.ledger import Ledger
from conftest import READING, SITE, pages
from playwright.sync_api import Browser, Page, expect

WASHINGTON = "chapters/reading/washington.html"
SEOUL = "chapters/reading/seoul.html"
REGISTER = "chapters/using/claims.html"


def test_a_reference_leads_to_its_claim(page: Page) -> None:
    """Whoever follows an address in the prose would not arrive at the claim, or not see which it is."""
    page.goto(WASHINGTON)
    page.locator("#us-5 > p .claim-reference > a[href$='#nk-4-2']").first.click()
    page.wait_for_url("**/pyongyang.html#nk-4-2")
    expect(page.locator("#nk-4-2:target")).to_be_in_viewport()


def test_a_preview_opens_by_keyboard_and_escape_closes_it(page: Page, ledger: Ledger) -> None:
    """A reader without a mouse could not read a claim in place, or not get it out of the way."""
    page.goto(WASHINGTON)
    reference = page.locator("#us-5 > p .claim-reference").first
    link = reference.locator("a")
    preview = reference.locator("[role=tooltip]")
    expect(preview).to_be_hidden()
    link.focus()
    expect(preview).to_be_visible()
    claim = ledger.claims[(link.get_attribute("href") or "").partition("#")[2]]
    expect(preview).to_contain_text(claim.text)
    expect(link).to_have_accessible_description(preview.inner_text())
    page.keyboard.press("Escape")
    expect(preview).to_be_hidden()
    expect(link).to_be_focused()
    page.keyboard.press("Tab")
    page.keyboard.press("Shift+Tab")
    expect(preview).to_be_visible()


def test_a_preview_opens_under_the_pointer_and_stays_while_it_is_read(page: Page) -> None:
    """The preview would vanish when the pointer moves onto it."""
    page.goto(WASHINGTON)
    reference = page.locator("#us-5 > p .claim-reference").first
    reference.locator("a").hover()
    preview = reference.locator("[role=tooltip]")
    expect(preview).to_be_visible()
    preview.hover()
    expect(preview).to_be_visible()
    page.mouse.move(5, 5)
    expect(preview).to_be_hidden()


def test_a_link_into_hindsight_opens_it(page: Page) -> None:
    """Whoever follows a verdict would come to a closed box, and not to its reason."""
    page.goto(WASHINGTON)
    record = page.locator("#hindsight-us-5-2-came-true")
    expect(record).to_be_hidden()
    page.locator("#us-5-2 a[href='#hindsight-us-5-2-came-true']").click()
    expect(record).to_be_visible()
    expect(record).to_be_in_viewport()


def test_one_switch_opens_and_closes_all_verdicts_of_a_page(page: Page) -> None:
    """A reader who wants the whole record would unfold it paragraph by paragraph."""
    page.goto(WASHINGTON)
    switch = page.get_by_role("button", name="Open all hindsight")
    switch.press("Enter")
    expect(page.locator("details.hindsight:not([open])")).to_have_count(0)
    switch.press("Enter")
    expect(page.locator("details.hindsight[open]")).to_have_count(0)


def test_verdicts_are_printed_with_the_page(page: Page) -> None:
    """What a page holds closed would be lost on paper, where nothing can be unfolded."""
    page.goto(WASHINGTON)
    visible = "document.querySelector('#hindsight-us-5-2').checkVisibility()"
    assert not page.evaluate(visible)
    page.emulate_media(media="print")
    assert page.evaluate(visible)


@pytest.mark.parametrize("script", [True, False], ids=["script", "no script"])
@pytest.mark.parametrize("width", [390, 800, 1280])
def test_every_preview_opens_within_the_window(browser: Browser, site: str, width: int, script: bool) -> None:
    """A preview would run off the screen, where it cannot be read."""
    context = browser.new_context(viewport={"width": width, "height": 900}, base_url=site, java_script_enabled=script)
    tab = context.new_page()
    tab.goto("chapters/reading/tokyo.html")
    for reference in tab.locator("#jp-1 > p .claim-reference, #jp-1 .claims .claim-reference").all():
        reference.locator("a").focus()
        box = reference.locator("[role=tooltip]").bounding_box()
        assert box is not None
        assert box["x"] >= 0 and box["x"] + box["width"] <= width
        assert box["y"] >= 0 and box["y"] + box["height"] <= 900
    context.close()


def test_the_register_can_be_filtered_searched_and_sorted(page: Page, ledger: Ledger) -> None:
    """A scholar could not find all claims of one holder, of one kind or with one word, or order them."""
    page.goto(REGISTER)
    rows = page.locator("table.register tbody tr:visible")
    status = page.get_by_role("status")
    total = len(ledger.claims)
    expect(status).to_have_text(f"{total} of {total} claims")
    page.get_by_role("combobox", name="Section", exact=True).select_option("Seoul")
    page.get_by_role("combobox", name="Kind", exact=True).select_option("prediction")
    wanted = [claim for claim in ledger.claims.values() if claim.section == "sk" and claim.kind == "prediction"]
    expect(status).to_have_text(f"{len(wanted)} of {total} claims")
    expect(rows).to_have_count(len(wanted))
    page.get_by_role("combobox", name="Holder", exact=True).select_option("Mike Pence")
    expect(rows.first).to_contain_text("sk-3-5")
    for label in ("Section", "Kind", "Holder"):
        page.get_by_role("combobox", name=label, exact=True).select_option("")
    page.get_by_role("combobox", name="Issue", exact=True).select_option("Rights and abductees")
    page.get_by_role("searchbox", name="Search", exact=True).fill("abducted")
    expect(rows).to_have_count(1)
    page.get_by_role("searchbox", name="Search", exact=True).fill("")
    page.get_by_role("combobox", name="Issue", exact=True).select_option("")
    verdict = page.get_by_role("combobox", name="Verdict", exact=True)
    for answer in ("said: yes", "kept: no"):
        verdict.select_option(answer)
        alike = [
            one for claim in ledger.claims for one in ledger.answers(claim) if answer == f"{one.asks}: {one.answer}"
        ]
        expect(status).to_have_text(f"{len(alike)} of {total} claims")
        expect(rows.first).to_contain_text(alike[0].claim)
    verdict.select_option("")
    page.get_by_role("button", name="Kind").press("Enter")
    expect(rows.first).to_contain_text("assessment")
    page.get_by_role("button", name="Kind").press("Enter")
    expect(rows.first).to_contain_text("recommendation")
    page.set_viewport_size({"width": 390, "height": 800})
    page.get_by_role("combobox", name="Sort by", exact=True).select_option("Holder")
    expect(rows.first).to_contain_text("Chinese analysts")
    page.set_viewport_size({"width": 1280, "height": 900})
    page.get_by_role("button", name="Address").click()
    expect(rows.first).to_contain_text(next(iter(ledger.claims)))


@pytest.mark.parametrize("chapter", [f"chapters/reading/{name}.html" for name in READING] + ["index.html", REGISTER])
def test_all_text_is_there_without_javascript(browser: Browser, site: str, chapter: str) -> None:
    """A reader whose browser runs no script, or whose line fails, would lose words."""
    shown = {}
    for script in (True, False):
        context = browser.new_context(java_script_enabled=script, base_url=site)
        tab = context.new_page()
        tab.goto(chapter)
        shown[script] = set(tab.locator("article").inner_text().split())
        context.close()
    added_by_scripts = {
        "Search",
        "all",
        "of",
        "claims",
        "↕",
        "Open",
        "hindsight",
        "Sort",
        "Interactive",
        "chart",
        "Check",
        "Copy",
        "yes",  # of a filter; a cell has "yes" and more words
    }
    assert shown[True] - shown[False] - added_by_scripts - {"#"} <= {word for word in shown[True] if word.isdigit()}
    assert len(shown[False]) > 150


SEEN = [str(page.relative_to(SITE)) for page in pages() if page.name != "genindex.html"]


@pytest.mark.parametrize("path", [path for path in SEEN if not path.startswith("cite/") or "washington" in path])
def test_no_page_is_wider_than_the_screen_or_asks_another_host(browser: Browser, site: str, path: str) -> None:
    """A reader would push the page sideways to read it, or a visit be known to somebody else.

    The pages of citations are all made alike; one stands for them.
    """
    context = browser.new_context(base_url=site)
    tab = context.new_page()
    asked: list[str] = []
    tab.on("request", lambda request: asked.append(request.url))
    for width in (390, 1280):
        tab.set_viewport_size({"width": width, "height": 800})
        tab.goto(path, wait_until="networkidle" if width == 390 else "load")
        assert tab.evaluate("document.documentElement.scrollWidth") <= width
    assert [url for url in asked if not url.startswith((site, "data:"))] == []
    context.close()
