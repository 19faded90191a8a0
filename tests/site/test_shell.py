"""What stands around every page: menus that open and close, modes, and what a page asks of a browser and a network."""

from __future__ import annotations

import gzip
from collections.abc import Callable, Iterator
from urllib.parse import unquote, urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe  # type: ignore[import-untyped]
from conftest import PATIENCE, READING, SITE, pages
from playwright.sync_api import Browser, BrowserContext, Page, expect

WASHINGTON = "chapters/reading/washington.html"
#: One page of each kind.
KINDS = (
    "index.html", WASHINGTON, "chapters/reading/washington-work.html", "chapters/across/issues.html",
    "chapters/across/publics.html", "chapters/across/timeline.html", "chapters/across/hindsight.html",
    "chapters/using/claims.html", "chapters/using/data.html", "chapters/using/people.html",
    "chapters/using/citing.html", "chapters/using/sources.html", "chapters/using/handout-polls.html",
    "cite/index.html", "search.html",
)  # fmt: skip
SHEETS = {"contents": "Menu", "place": "1/9 A gate opens", "find": "Search"}


@pytest.fixture(params=[390, 800, 1280])
def window(request: pytest.FixtureRequest, browser: Browser, site: str) -> Iterator[Page]:
    """A window of a phone, a tablet and a desktop, all of which can be touched."""
    context = browser.new_context(viewport={"width": request.param, "height": 800}, base_url=site, has_touch=True)
    context.set_default_timeout(PATIENCE)
    yield context.new_page()
    context.close()


@pytest.mark.parametrize("sheet", SHEETS)
@pytest.mark.parametrize("way", ["mouse", "touch", "keyboard"])
def test_menu_place_and_search_open_and_close(window: Page, sheet: str, way: str) -> None:
    """A reader would have no way through the book but the next chapter, and no way back to the text."""
    window.goto(f"{WASHINGTON}#us-1")
    button = window.locator(f".bar [popovertarget={sheet}]")
    shown = window.locator(f"#{sheet}")
    expect(shown).to_be_hidden()
    ways: dict[str, Callable[[], None]] = {
        "mouse": button.click,
        "touch": button.tap,
        "keyboard": lambda: button.press("Enter"),
    }
    press = ways[way]
    press()
    expect(shown).to_be_visible()
    expect(shown).to_be_in_viewport()
    press()
    expect(shown).to_be_hidden()
    press()
    window.keyboard.press("Escape")
    expect(shown).to_be_hidden()
    if way == "touch":
        press()
        window.touchscreen.tap(195, 790)
        expect(shown).to_be_hidden()


def test_the_place_leads_to_a_paragraph_and_tells_it(window: Page) -> None:
    """A reader on a long page would not know where, or be left with the list over the text."""
    window.goto(WASHINGTON)
    window.locator(".bar-place").click()
    window.locator("#place a[href$='#us-5']").click()
    expect(window.locator("#place")).to_be_hidden()
    expect(window.locator("#us-5 > h2")).to_be_in_viewport()
    expect(window.locator(".bar-place")).to_contain_text("5/9 The remark")


def test_sheets_open_without_a_script(browser: Browser, site: str) -> None:
    """A reader whose browser runs no script could not leave a page but at its end."""
    context = browser.new_context(viewport={"width": 390, "height": 800}, base_url=site, java_script_enabled=False)
    tab = context.new_page()
    tab.goto(WASHINGTON)
    tab.get_by_role("button", name="Menu").click()
    expect(tab.locator("#contents")).to_be_visible()
    expect(tab.locator("[data-switches]")).to_be_hidden()
    tab.locator("#contents summary", has_text="Across").click()
    tab.get_by_role("link", name="Timeline").click()
    tab.wait_for_url("**/timeline.html")
    context.close()


def test_the_rail_has_place_search_and_contents_in_sight(page: Page) -> None:
    """On a wide window a reader would open by a press what there is room for."""
    page.set_viewport_size({"width": 1440, "height": 900})
    page.goto(f"{WASHINGTON}#us-5")
    for sheet in SHEETS:
        expect(page.locator(f"#{sheet}")).to_be_visible()
    expect(page.locator(".bar")).to_be_hidden()
    expect(page.locator("#place [aria-current]")).to_have_text("5 The remark that outran the document")
    expect(page.locator("[data-progress]")).to_have_text("5 of 9")


def test_the_first_tab_leads_to_the_first_claim(page: Page) -> None:
    """A reader without a mouse would pass the menu on every page."""
    page.goto(WASHINGTON)
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.wait_for_url("**/washington.html#us-1-1")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.closest('#us-1-1') !== null")


def test_a_mode_is_kept_in_the_address_and_on_the_way(page: Page) -> None:
    """A teacher could not send a link, or the next chapter would give the answers away."""
    page.goto(f"{WASHINGTON}?mode=teach")
    root = page.locator("html")
    expect(root).to_have_attribute("data-mode", "teach")
    expect(page.locator("[data-verdict]:visible")).to_have_count(0)
    page.locator("a[rel=next]").click()
    page.wait_for_url("**/pyongyang.html?mode=teach")
    page.locator(".bar [popovertarget=contents]").click()
    page.get_by_role("group", name="Mode").get_by_role("button", name="Read").click()
    expect(root).to_have_attribute("data-mode", "read")
    page.wait_for_url("**/pyongyang.html")
    page.get_by_role("group", name="Mode").get_by_role("button", name="Check").click()
    page.goto("index.html")
    expect(root).to_have_attribute("data-mode", "check")


@pytest.mark.parametrize("path", ["index.html", "chapters/using/claims.html"])
def test_no_verdict_is_seen_by_whoever_is_taught(page: Page, path: str) -> None:
    """A class would be told what it is to judge."""
    page.goto(f"{path}?mode=check")
    assert page.locator("[data-verdict]:visible").count(), "the page has verdicts"
    page.goto(f"{path}?mode=teach")
    expect(page.locator("[data-verdict]:not(.claim-mark):visible")).to_have_count(0)


def test_light_and_dark_are_kept(page: Page) -> None:
    """A reader by night would be blinded on every page."""
    page.goto(WASHINGTON)
    page.locator(".bar [popovertarget=contents]").click()
    page.get_by_role("button", name="Dark").click()
    page.goto("index.html")
    expect(page.locator("html")).to_have_attribute("data-theme", "dark")


def test_a_page_works_where_nothing_may_be_kept(browser: Browser, site: str) -> None:
    """In the frame of a learning platform the menus would be dead."""
    context = browser.new_context(viewport={"width": 390, "height": 800}, base_url=site)
    faults: list[str] = []
    tab = context.new_page()
    tab.on("pageerror", lambda error: faults.append(str(error)))
    tab.add_init_script("Object.defineProperty(window, 'localStorage', { get() { throw new Error('forbidden'); } })")
    tab.goto(f"{WASHINGTON}?mode=check")
    tab.get_by_role("button", name="Menu").click()
    tab.get_by_role("button", name="Teach", exact=True).click()
    expect(tab.locator("html")).to_have_attribute("data-mode", "teach")
    assert faults == []
    context.close()


def watched(context: BrowserContext) -> Page:
    """A tab that notes in `broken` each thing that the policy keeps a page from."""
    tab = context.new_page()
    tab.add_init_script(
        "window.broken = []; document.addEventListener('securitypolicyviolation',"
        "event => broken.push(`${event.effectiveDirective} ${event.blockedURI} ${event.sample}`))"
    )
    return tab


SEEN = [str(page.relative_to(SITE)) for page in pages()]


@pytest.mark.parametrize("path", [path for path in SEEN if not path.startswith("cite/") or "washington" in path])
def test_a_page_keeps_the_strict_policy_with_its_charts_opened(browser: Browser, site: str, path: str) -> None:
    """No strict policy could be set for the site. The pages of citations are all made alike; one stands for them."""
    context = browser.new_context(base_url=site)
    tab = watched(context)
    tab.goto(path)
    for switch in tab.get_by_role("button", name="Interactive chart").all():
        switch.press("Enter")
        expect(switch).to_have_attribute("aria-pressed", "true", timeout=PATIENCE)
    assert tab.evaluate("broken") == []
    context.close()


@pytest.mark.parametrize("path", KINDS)
def test_a_page_is_light(browser: Browser, site: str, path: str) -> None:
    """A reader on a cheap phone would wait, and pay, for what a page does not need."""
    context = browser.new_context(base_url=site)
    tab = context.new_page()
    asked: list[str] = []
    tab.on("request", lambda request: asked.append(request.url))
    tab.goto(path, wait_until="networkidle")
    assert len(asked) <= 8
    files = [SITE / unquote(urlsplit(url).path.lstrip("/")) for url in asked if url.startswith(site)]
    around = sum(len(gzip.compress(file.read_bytes())) for file in files if file.suffix != ".html")
    assert around < 30_000 or "search" in path, "style sheet and scripts"
    context.close()


@pytest.mark.parametrize("path", KINDS)
@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("width", [390, 1280, 1440])
def test_axe_finds_nothing(browser: Browser, site: str, path: str, theme: str, width: int) -> None:
    """A reader with a screen reader, without a mouse or with weak eyes would be kept from something."""
    context = browser.new_context(
        base_url=site, color_scheme="dark" if theme == "dark" else "light", bypass_csp=True,
        viewport={"width": width, "height": 900},
    )  # fmt: skip
    tab = context.new_page()
    tab.goto(path)
    found = Axe().run(tab).response["violations"]
    assert [(one["id"], [node["html"][:200] for node in one["nodes"][:3]]) for one in found] == []
    context.close()


@pytest.mark.parametrize("path", KINDS)
def test_no_page_is_pushed_sideways_at_320_pixels(browser: Browser, site: str, path: str) -> None:
    """Who enlarges a page to 400 per cent would push every line to and fro."""
    context = browser.new_context(base_url=site, viewport={"width": 320, "height": 640})
    tab = context.new_page()
    tab.goto(path)
    assert tab.evaluate("document.documentElement.scrollWidth") <= 320
    context.close()


@pytest.mark.parametrize("name", READING)
def test_on_paper_a_chapter_has_its_address_and_nothing_is_cut(page: Page, name: str) -> None:
    """A copy on paper would not tell where it is from, or end at the edge of the sheet."""
    page.goto(f"chapters/reading/{name}.html")
    page.emulate_media(media="print")
    page.set_viewport_size({"width": 673, "height": 900})
    expect(page.locator(".shell")).to_be_hidden()
    assert page.evaluate("document.documentElement.scrollWidth") <= 673
    assert "@bottom-left" in (SITE / "_static" / "annotated-reading.css").read_text("utf-8")


def test_chapters_follow_each_other_and_what_a_class_works_with_leads_back(page: Page) -> None:
    """A reader of the argument would be led through exercises between two chapters."""
    for here, before, after in (
        (WASHINGTON, "The question", "Pyongyang"),
        ("chapters/reading/washington-work.html", "Washington", "Pyongyang"),
    ):
        page.goto(here)
        expect(page.locator(".neighbours [rel=prev]")).to_contain_text(before)
        expect(page.locator(".neighbours [rel=next]")).to_contain_text(after)


def test_without_script_a_dark_system_gets_a_dark_page(browser: Browser, site: str) -> None:
    """Whoever reads at night without scripts would be dazzled; and paper would be black."""
    context = browser.new_context(base_url=site, java_script_enabled=False, color_scheme="dark")
    tab = context.new_page()
    tab.goto(WASHINGTON)
    colours = {}
    for media in ("screen", "print"):
        tab.emulate_media(media=media, color_scheme="dark")
        colours[media] = tab.locator("body").evaluate("body => getComputedStyle(body).backgroundColor")
    context.close()
    assert colours["screen"] == "rgb(21, 23, 26)"
    assert colours["print"] in ("rgb(255, 255, 255)", "rgba(0, 0, 0, 0)")
