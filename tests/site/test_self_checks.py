"""Self-checks, solutions and handouts in a real browser: answered, opened and printed."""

from __future__ import annotations

import re

import pytest
from annotated_reading.ledger.ledger import Ledger
from annotated_reading.ledger.questions import answer, label
from playwright.sync_api import Browser, Page, expect

TOKYO = "chapters/reading/tokyo-work.html"
USING = "chapters/using"


def test_a_question_is_answered_by_keyboard_at_once_with_reason_and_reference(page: Page, ledger: Ledger) -> None:
    """A student without a mouse, or with a screen reader, would not learn whether the answer is right, and why."""
    question = next(question for question in ledger.questions if question.section == "jp")
    claim = ledger.claims[question.claim]
    right = answer(question.asks, claim)
    wrong = next(option for option in question.options if option != right)
    page.goto(TOKYO)
    form = page.locator("ol.self-check form").first
    group = form.get_by_role("group", name=claim.text)
    status = form.get_by_role("status")
    expect(status).to_be_empty()
    form.get_by_role("button", name="Check").press("Enter")
    expect(status).to_contain_text("Choose an answer first.")
    first = group.get_by_role("radio").first
    first.focus()
    for option, told in ((wrong, "Not so."), (right, "Right.")):
        radio = group.get_by_role("radio", name=label(option, question.asks, claim, ledger))
        while not radio.evaluate("radio => radio === document.activeElement"):
            page.keyboard.press("ArrowDown")
        page.keyboard.press("Space")
        expect(radio).to_be_checked()
        page.keyboard.press("Enter")
        expect(status).to_contain_text(told)
        expect(status).to_contain_text(_printed(question.why))
        expect(status.locator(f"a[href$='#{claim.claim}']")).to_be_visible()
    asked = sum(question.section == "jp" for question in ledger.questions)
    score = f"0 right at the first try, of 1 answered and {asked} asked."
    expect(page.locator("ol.self-check + [role=status]")).to_have_text(score)


def test_a_self_check_keeps_nothing_and_sends_nothing(page: Page) -> None:
    """Somebody would learn what a student did not know."""
    page.goto(TOKYO)
    icons = set(page.eval_on_selector_all("link[rel~=icon]", "links => links.map(link => link.href)"))
    page.wait_for_load_state("networkidle")
    before = page.evaluate("JSON.stringify([localStorage, sessionStorage, document.cookie, location.href])")
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    form = page.locator("ol.self-check form").first
    form.get_by_role("radio").first.check()
    form.get_by_role("button", name="Check").click()
    expect(form.get_by_role("status")).not_to_be_empty()
    assert page.evaluate("JSON.stringify([localStorage, sessionStorage, document.cookie, location.href])") == before
    assert set(asked) <= icons  # which a browser fetches when it pleases


def test_without_a_script_questions_are_a_list_with_folded_answers(browser: Browser, site: str, ledger: Ledger) -> None:
    """A student whose browser runs no script could not answer in the head, and look."""
    context = browser.new_context(java_script_enabled=False, base_url=site)
    tab = context.new_page()
    tab.goto(TOKYO)
    asked = [question for question in ledger.questions if question.section == "jp"]
    items = tab.locator("ol.self-check > li")
    expect(items).to_have_count(len(asked))
    first, question = items.first, asked[0]
    expect(first.locator("ul.options > li")).to_have_count(len(question.options))
    reason = first.get_by_text(_printed(question.why))
    expect(reason).to_be_hidden()
    first.locator("summary").press("Enter")
    expect(reason).to_be_visible()
    context.close()


@pytest.mark.parametrize("script", [True, False], ids=["script", "no script"])
def test_a_solution_is_closed_until_a_student_opens_it(browser: Browser, site: str, script: bool) -> None:
    """A solution would be read before its exercise is tried."""
    context = browser.new_context(java_script_enabled=script, base_url=site)
    tab = context.new_page()
    tab.goto(TOKYO)
    expect(tab.locator("div.exercise")).to_have_count(2)
    solutions = tab.locator("div.solution")
    expect(solutions).to_have_count(2)
    text = solutions.first.locator("details > p").first
    expect(text).to_be_hidden()
    solutions.first.locator("summary").press("Enter")
    expect(text).to_be_visible()
    context.close()


@pytest.mark.parametrize("handout", ["handout-polls", "handout-roles", "handout-forecast"])
def test_a_handout_prints_on_two_pages_at_most(page: Page, handout: str) -> None:
    """A teacher without computers could not copy one sheet, front and back."""
    page.goto(f"{USING}/{handout}.html")
    assert _sheets(page) <= 2
    page.emulate_media(media="print")
    expect(page.locator("nav:visible, button:visible")).to_have_count(0)


def test_each_brief_prints_on_pages_of_its_own(page: Page, ledger: Ledger) -> None:
    """A delegation would get the end of another's brief with its own."""
    page.goto(f"{USING}/roles.html")
    capitals = [section.name for section in ledger.sections.values() if section.location]
    assert _sheets(page) <= 1 + 2 * len(capitals)
    page.emulate_media(media="print")
    for name in capitals:
        section = page.locator("section", has=page.get_by_role("heading", name=re.compile(f"^{name}"))).last
        assert section.evaluate("section => getComputedStyle(section).breakBefore") == "page"


def _printed(words: str) -> str:
    """Words as a page prints them, with curved apostrophes."""
    return words.replace("'", "’")


def _sheets(page: Page) -> int:
    """How many pages of A4 a page of the book prints on."""
    return len(re.findall(rb"/Type\s*/Page\b", page.pdf(format="A4")))
