"""The built book in a real browser: what a reader does with it."""

from __future__ import annotations

from collections.abc import Iterator

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
    page.locator("#us-5 .annotation > p > a[href$='#nk-4-2']").first.click()
    page.wait_for_url("**/pyongyang.html#nk-4-2")
    expect(page.locator("#nk-4-2:target")).to_be_in_viewport()


PREVIEW = ".preview"


def test_a_preview_opens_by_keyboard_and_escape_closes_it(page: Page, ledger: Ledger) -> None:
    """A reader without a mouse could not read a claim in place, or not get it out of the way."""
    page.goto(WASHINGTON)
    expect(page.locator(PREVIEW)).to_have_count(0)
    link = page.locator("#us-5 .annotation > p > a[data-preview]").first
    page.keyboard.press("Tab")
    link.focus()
    preview = page.locator(PREVIEW)
    expect(preview).to_contain_text(ledger.claims[link.get_attribute("data-preview") or ""].text)
    expect(link).to_have_accessible_description(" ".join(preview.inner_text().split()))
    page.keyboard.press("Escape")
    expect(preview).to_be_hidden()
    expect(link).to_be_focused()
    page.keyboard.press("Tab")
    page.keyboard.press("Shift+Tab")
    expect(preview).to_be_visible()


def test_a_preview_opens_under_the_pointer_and_stays_while_it_is_read(page: Page) -> None:
    """The preview would vanish when the pointer moves onto it."""
    page.goto(WASHINGTON)
    page.locator("#us-5 .annotation > p > a[data-preview]").first.hover()
    preview = page.locator(PREVIEW)
    expect(preview).to_be_visible()
    preview.hover()
    page.wait_for_timeout(400)
    expect(preview).to_be_visible()
    page.mouse.move(5, 5)
    expect(preview).to_be_hidden()


@pytest.fixture
def phone(browser: Browser, site: str) -> Iterator[Page]:
    """A page on a phone, which is touched."""
    context = browser.new_context(viewport={"width": 390, "height": 844}, has_touch=True, base_url=site)
    yield context.new_page()
    context.close()


def test_the_first_tap_shows_and_the_second_goes(phone: Page) -> None:
    """Whoever reads by thumb would leave the page at each address, or never get to the claim."""
    phone.goto(WASHINGTON)
    link = phone.locator("#us-5 .annotation > p > a[href*='pyongyang.html#']").first
    for close in ("Escape", "elsewhere"):
        link.tap()
        expect(phone.locator(PREVIEW)).to_be_visible()
        phone.keyboard.press("Escape") if close == "Escape" else phone.locator("#us-5 .precis").tap()
        expect(phone.locator(PREVIEW)).to_have_count(0)
    link.tap()
    expect(phone.locator(PREVIEW)).to_be_visible()
    link.tap()
    phone.wait_for_url("**/pyongyang.html#*")


def test_a_source_is_shown_at_its_number_and_the_list_is_one_step_away(page: Page) -> None:
    """Whoever follows a number would fall to the end of the page to learn who says so."""
    page.goto(WASHINGTON)
    sources = page.locator("details.sources")
    expect(sources).not_to_have_attribute("open", "")
    page.locator("#us-5 .annotation > p [role=doc-noteref]").first.hover()
    preview = page.locator(PREVIEW)
    expect(preview.locator("a").first).to_be_visible()
    preview.get_by_role("link", name="In the list").click()
    expect(page.locator("aside.footnote:target")).to_be_in_viewport()


def test_the_address_of_a_claim_opens_it(page: Page) -> None:
    """Whoever comes by an address from elsewhere would find a closed card and not what became of the claim."""
    page.goto(f"{WASHINGTON}#us-7-6")
    record = page.locator("#hindsight-us-7-6")
    expect(record).to_be_visible()
    expect(page.locator("#us-7-6")).to_be_in_viewport()
    page.evaluate("location.hash = 'hindsight-us-5-2-came-true'")
    expect(page.locator("#hindsight-us-5-2-came-true")).to_be_in_viewport()


def test_a_claim_opens_in_place_without_a_script(browser: Browser, site: str) -> None:
    """Whoever forbids scripts would have the claims without what became of them."""
    context = browser.new_context(base_url=site, java_script_enabled=False)
    tab = context.new_page()
    tab.goto(WASHINGTON)
    expect(tab.locator("#hindsight-us-7-6")).to_be_hidden()
    tab.locator("#us-7-6 summary").press("Enter")
    expect(tab.locator("#hindsight-us-7-6")).to_be_visible()
    context.close()


def test_a_claim_is_copied_with_its_address(page: Page, ledger: Ledger) -> None:
    """A teacher would copy the sentence by hand, and lose where it stands."""
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.goto(f"{WASHINGTON}#us-7-6")
    claim = page.locator("#us-7-6")
    for name, copied in (("Copy text", ledger.claims["us-7-6"].text), ("Copy link", "washington.html#us-7-6")):
        claim.get_by_role("button", name=name).click()
        expect(claim.get_by_role("status")).to_have_text("Copied")
        assert copied in page.evaluate("navigator.clipboard.readText()")


def test_a_reference_lights_its_claim_where_both_are_in_sight(page: Page) -> None:
    """On a wide page a reader would have a box over the text that repeats the claim beside it."""
    page.set_viewport_size({"width": 1440, "height": 900})
    page.goto(WASHINGTON)
    page.locator("#us-7 .annotation a[data-preview='us-7-2']").first.hover()
    expect(page.locator("#us-7-2")).to_have_attribute("data-lit", "")
    expect(page.locator("#us-7-2")).to_be_in_viewport()
    expect(page.locator(PREVIEW)).to_have_count(0)


MODES = {"read": False, "check": True, "teach": False}


@pytest.mark.parametrize("mode", MODES)
def test_a_verdict_is_in_sight_in_check_alone(page: Page, mode: str) -> None:
    """A reader would be told what to think of a claim before thinking, or a checker have to unfold each."""
    page.goto(WASHINGTON)
    page.evaluate(f"document.documentElement.dataset.mode = '{mode}'")
    expect(page.locator("#us-7-6 p.answers")).to_be_visible(visible=MODES[mode])


def test_no_verdict_shows_in_teach(page: Page) -> None:
    """The class would be given the answer by what it unfolds, or by a preview."""
    page.goto(f"{WASHINGTON}#us-7-6")
    page.evaluate("document.documentElement.dataset.mode = 'teach'")
    page.evaluate("for (const fold of document.querySelectorAll('details')) fold.open = true")
    page.locator(".annotation > p > a[data-preview='us-5-2']").first.hover()
    expect(page.locator(PREVIEW)).to_be_visible()
    expect(page.locator(":is([data-verdict], [data-hindsight], [data-answers]):visible")).to_have_count(0)


def test_j_and_k_go_from_claim_to_claim_in_check_alone(page: Page) -> None:
    """A checker would go through a chapter by Tab; or a reader's own keys would be taken."""
    page.goto(f"{WASHINGTON}#us-7-2")
    first = page.locator("#us-7-2 a.claim-address")
    first.focus()
    page.keyboard.press("j")
    expect(first).to_be_focused()
    page.evaluate("document.documentElement.dataset.mode = 'check'")
    page.keyboard.press("j")
    expect(page.locator("#us-7-3 a.claim-address")).to_be_focused()
    page.keyboard.press("k")
    expect(first).to_be_focused()


def test_brackets_go_from_paragraph_to_paragraph(page: Page) -> None:
    """A reader by keyboard would go through every link of a paragraph to reach the next."""
    page.goto(f"{WASHINGTON}#us-7")
    page.locator("main").focus()
    for key, there in (("]", "us-8"), ("]", "us-9"), ("[", "us-8")):
        page.keyboard.press(key)
        expect(page.locator(f"#{there} [data-head] a").first).to_be_focused()
        expect(page.locator(f"#{there} h2")).to_be_in_viewport()


def test_a_paragraph_is_printed_alone_with_lines_or_with_verdicts(page: Page) -> None:
    """A teacher would print a chapter for one paragraph, or hand out the answers with it."""
    page.goto(WASHINGTON)
    page.evaluate("document.documentElement.dataset.mode = 'teach'; window.print = () => 0")
    page.emulate_media(media="print")
    line = "getComputedStyle(document.querySelector('#us-7-6'), '::after').height"
    for name, verdicts in (("Print this paragraph", False), ("Print with verdicts", True)):
        page.emulate_media(media="screen")
        page.locator("#us-7").get_by_role("button", name=name).click()
        page.emulate_media(media="print")
        expect(page.locator("#us-7-6")).to_be_visible()
        expect(page.locator("#us-8-1")).to_be_hidden()
        expect(page.locator("#us-7-6 p.answers")).to_be_visible(visible=verdicts)
        assert (page.evaluate(line) == "auto") == verdicts
        page.evaluate("dispatchEvent(new Event('afterprint'))")
    expect(page.locator("#us-8-1")).to_be_visible()


@pytest.mark.parametrize("width", [390, 800, 1280])
def test_every_preview_opens_within_the_window(browser: Browser, site: str, width: int) -> None:
    """A preview would run off the screen, where it cannot be read."""
    context = browser.new_context(viewport={"width": width, "height": 900}, base_url=site)
    tab = context.new_page()
    tab.goto("chapters/reading/tokyo.html")
    tab.keyboard.press("Tab")
    for link in tab.locator("#jp-1 .annotation > p :is(a[data-preview], [role=doc-noteref])").all():
        link.focus()
        preview = tab.locator(f"{PREVIEW}:popover-open")
        expect(preview).to_be_visible()
        box = preview.bounding_box()
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


def test_what_is_asked_of_the_register_is_in_its_address(page: Page) -> None:
    """A teacher could not send a selection, and a reader who looked at one claim would have lost it on the way back."""
    page.goto(f"{REGISTER}?section=Seoul&q=poll&sort=-kind")
    rows = page.locator("table.register tbody tr:visible")
    expect(page.get_by_role("combobox", name="Section", exact=True)).to_have_value("Seoul")
    found = rows.all_inner_texts()
    assert found and all("poll" in text.lower() and "Seoul" in text for text in found)
    rows.first.get_by_role("link").first.click()
    page.go_back()
    assert rows.all_inner_texts() == found


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
        "Print",
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


@pytest.mark.parametrize("width", [1440, 1280, 1100, 1024, 800, 390])
def test_the_register_breaks_no_word_and_needs_no_scrolling(page: Page, site: str, width: int) -> None:
    """Half words below each other cannot be scanned, and a column beyond the edge is not found."""
    page.set_viewport_size({"width": width, "height": 800})
    page.goto(f"{site}/chapters/using/claims.html")
    table = page.locator("table.register")
    assert table.evaluate("table => table.offsetWidth <= table.parentElement.clientWidth")
    assert table.evaluate(
        "table => [...table.querySelectorAll('p')].every(p => p.scrollWidth <= p.clientWidth || !p.clientWidth)"
    )
    wraps = table.locator("td p").first.evaluate("p => getComputedStyle(p).overflowWrap")
    assert wraps == "break-word", "which leaves words whole where a column can be as wide as they are"
