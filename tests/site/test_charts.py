"""The figures of the built book: a picture for everyone, and plotly for whoever asks for it."""

from __future__ import annotations

import csv
import gzip
import json
import re
from pathlib import Path

import pytest
from bs4 import Tag
from conftest import ROOT, SITE, attribute, one, pages, soup
from playwright.sync_api import Browser, Locator, Page, ViewportSize, expect

SEOUL = "chapters/reading/seoul.html"
FIGURES = [(page, figure) for page in pages() for figure in soup(page).select("figure.reading-figure")]
each_figure = pytest.mark.parametrize(
    ("page", "figure"), FIGURES, ids=[f"{page.stem}-{figure['id']}" for page, figure in FIGURES]
)


def test_every_figure_that_the_book_promises_is_there() -> None:
    """A chart that vanished from its page would be missed by nobody but the reader."""
    where: dict[str, set[str]] = {}
    for page, figure in FIGURES:
        where.setdefault(page.stem, set()).add(str(figure["id"]))
    assert where["seoul"] == {"fig-units", "fig-seats", "fig-outcome", "fig-trust"}
    assert where["pyongyang"] == {"fig-trade"}
    assert where["hindsight"] == {"fig-kinds", "fig-sections", "fig-hedges", "fig-tests"}
    assert where["timeline"] == {"fig-century", "fig-fortnight"}
    assert where["issues"] == {"fig-links"}
    assert len(where["publics"]) >= 4


@each_figure
def test_a_figure_says_what_it_shows_and_whence(page: Path, figure: Tag) -> None:
    """A reader who cannot see the chart, or does not trust it, would lack its finding, measure, data or source."""
    assert re.match(r"Figure \d+ \S", one(figure, ".figure-title").get_text())
    assert len(one(figure, ".figure-subtitle").get_text().split()) > 4
    assert one(figure, ".figure-source").get_text().startswith("Source: ")
    menu = one(figure, "details")
    assert [tag.name for tag in figure.find_all("details", recursive=False)] == ["details"]
    assert re.match(r"[A-Z][a-z]+ ", one(menu, "p").get_text())
    table = one(menu, "table")
    assert one(menu, "details[data-code] .highlight") and one(menu, "a.cite")
    assert len(table.select("tbody tr")) >= 2
    assert all(head.get_text(strip=True) for head in table.select("thead th"))
    for link in figure.select(".figure-downloads a"):
        assert (page.parent / attribute(link, "href")).resolve().is_file()


@each_figure
def test_a_picture_is_light_and_follows_the_theme(page: Path, figure: Tag) -> None:
    """A phone on a slow line would wait for a picture, or show it in colours that cannot be read by night."""
    pictures = figure.select(".figure-canvas > svg")
    assert [picture["class"] for picture in pictures] == [["picture-wide"], ["picture-narrow"]]
    for picture in pictures:
        text = str(picture)
        assert len(gzip.compress(text.encode(), mtime=0)) < 15_000
        assert "style=" not in text and "<script" not in text
        colours = set(re.findall(r"#[0-9a-f]{6}", text)) - set(re.findall(r"var\(--[\w-]+, (#[0-9a-f]{6})\)", text))
        assert colours <= {"#000000"}, "colours that no theme changes"


def test_there_is_a_picture_for_every_figure_and_none_is_stale() -> None:
    """What is kept in the repository would be of figures that the book no longer has."""
    shown = {str(figure["id"]) for _, figure in FIGURES if figure.select("svg[data-chart]")}
    kept: dict[str, set[str]] = {}
    for file in (ROOT / "pictures" / "figures").iterdir():
        label, _, kind = file.name.partition(".")
        kept.setdefault(label, set()).add(kind)
    assert set(kept) == shown
    assert all(kinds == {"wide.svg", "narrow.svg", "png"} for kinds in kept.values())


def test_the_data_of_a_figure_can_be_read_by_a_program() -> None:
    """An analyst would have to copy the figures from the screen."""
    for _, figure in FIGURES:
        label = figure["id"]
        with (SITE / "figures" / f"{label}.csv").open(encoding="utf-8", newline="") as file:
            header, *rows = list(csv.reader(file))
        said = json.loads((SITE / "figures" / f"{label}.csv-metadata.json").read_text("utf-8"))
        assert [column["titles"] for column in said["tableSchema"]["columns"]] == header
        assert said["dc:title"] and said["dc:description"] and said["dc:source"]
        assert len(rows) == len(figure.select("details tbody tr"))
    shares = (SITE / "figures" / "fig-outcome.csv").read_text("utf-8")
    assert shares == "answer,per cent\nwent well,66\nwent badly,11\nno opinion,22\n"


def test_the_data_of_a_figure_are_those_of_its_table() -> None:
    """A mark that is moved to be seen would be published as a figure."""
    with (SITE / "figures" / "fig-tests.csv").open(encoding="utf-8", newline="") as file:
        drawn = {(row["series"], row["year"]): row["number in the year"] for row in csv.DictReader(file)}
    with (ROOT / "data" / "weapons_tests.csv").open(encoding="utf-8", newline="") as file:
        counted = {(row["what"], row["year"]): row["count"] for row in csv.DictReader(file)}
    assert drawn["nuclear test", "2016"] == counted["nuclear tests", "2016"] == "2"
    for (series, year), number in drawn.items():
        names = {"nuclear test": "nuclear tests", "of them intercontinental": "intercontinental missiles launched"}
        assert counted[names.get(series, series), year] == number


def test_the_picture_is_there_without_javascript(browser: Browser, site: str) -> None:
    """A reader whose browser runs no script would see an empty frame."""
    context = browser.new_context(base_url=site, java_script_enabled=False, viewport={"width": 390, "height": 800})
    tab = context.new_page()
    tab.goto(SEOUL)
    expect(tab.locator("#fig-outcome svg.picture-narrow")).to_be_visible()
    expect(tab.locator("#fig-outcome svg.picture-wide")).to_be_hidden()
    expect(tab.locator("#fig-outcome button")).to_have_count(0)
    tab.locator("#fig-outcome summary").first.press("Enter")
    expect(tab.locator("#fig-outcome td").first).to_have_text("66")
    context.close()


def opened(page: Page, label: str) -> tuple[Locator, Locator]:
    """A figure whose menu is open, and the switch in it."""
    figure = page.locator(f"#{label}")
    figure.locator("[data-figure-menu] > summary").click()
    return figure, figure.get_by_role("button", name="Interactive chart")


def test_a_chart_takes_the_place_of_its_picture_by_keyboard_and_gives_it_back(page: Page) -> None:
    """A reader without a mouse could not zoom or read off a value; the page would jump under the others."""
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(SEOUL, wait_until="networkidle")
    assert not [url for url in asked if "plotly" in url], "plotly is for whoever asks for it"
    figure, switch = opened(page, "fig-outcome")
    place = "element => [element.offsetTop, element.offsetHeight, document.documentElement.scrollHeight]"
    before = figure.evaluate(place)
    switch.press("Enter")
    bar = figure.locator(".figure-chart .bars .point")
    expect(bar).to_have_count(3)
    expect(switch).to_have_attribute("aria-pressed", "true")
    assert figure.evaluate(place) == before
    expect(figure.locator("svg.picture-wide")).to_be_hidden()
    expect(figure.get_by_role("group", name="Two in three said that it went well").last).to_be_visible()
    for name in ("Zoom", "Pan", "Zoom in", "Zoom out", "Reset axes"):
        page.keyboard.press("Tab")
        expect(figure.get_by_role("button", name=name, exact=True)).to_be_focused()
    page.keyboard.press("Escape")
    expect(switch).to_be_focused()
    expect(figure.locator(".figure-chart")).to_have_count(0)
    expect(figure.locator("svg.picture-wide")).to_be_visible()
    assert figure.evaluate(place) == before
    opened(page, "fig-trust")[1].press("Enter")
    expect(page.locator("#fig-trust .figure-chart .bars .point")).to_have_count(3)
    assert len([url for url in asked if "plotly-basic" in url]) == 1


@pytest.mark.parametrize("touch", [False, True], ids=["mouse", "finger"])
@pytest.mark.parametrize("label", ["fig-outcome", "fig-seats", "fig-units"])
def test_a_chart_closes_as_it_opened(browser: Browser, site: str, touch: bool, label: str) -> None:
    """A reader would press the switch again and again, and meet the tools of the chart that lie over it."""
    viewport: ViewportSize = {"width": 390, "height": 800} if touch else {"width": 1280, "height": 900}
    context = browser.new_context(base_url=site, has_touch=touch, viewport=viewport)
    tab = context.new_page()
    tab.goto(SEOUL)
    figure, switch = opened(tab, label)
    press = switch.tap if touch else switch.click
    for _ in range(2):
        press()
        expect(figure.locator(".figure-chart .main-svg").first).to_be_visible()
        expect(switch).to_be_enabled()
        press()
        expect(figure.locator(".figure-chart")).to_have_count(0)
    press()
    expect(figure.locator(".figure-chart .main-svg").first).to_be_visible()
    figure.locator("[data-figure-menu] > summary").click()
    expect(figure.locator(".figure-chart")).to_have_count(0)
    context.close()


def test_a_chart_follows_width_and_theme_and_keeps_the_zoom(page: Page) -> None:
    """Who turns a phone would see half a chart, or lose its part of it, or follow a mark twice."""
    page.goto(SEOUL)
    figure, switch = opened(page, "fig-seats")
    switch.click()
    plot = figure.locator(".figure-chart")
    figure.get_by_role("button", name="Zoom in", exact=True).click()
    said = "plot => [plot.offsetWidth, plot._fullLayout.width, plot._fullLayout.xaxis.range.join()]"
    width, drawn, zoomed = plot.evaluate(said)
    assert width == drawn
    for narrower in (1000, 700, 390):
        page.set_viewport_size({"width": narrower, "height": 800})
        page.evaluate("theme => document.documentElement.dataset.theme = theme", "dark" if narrower == 700 else "light")
        page.wait_for_function(
            "label => { const plot = document.querySelector(`#${label} .figure-chart`);"
            " return plot.offsetWidth === document.querySelector(`#${label} .figure-canvas`).offsetWidth"
            " && plot._fullLayout.width === plot.offsetWidth; }",
            arg="fig-seats",
        )
        assert plot.evaluate(said)[2] == zoomed
    assert plot.evaluate(said)[0] < width
    assert plot.evaluate("plot => [].concat(plot._ev._events.plotly_click).length") == 1


def test_a_chart_keeps_to_a_strict_policy(browser: Browser, site: str) -> None:
    """A site that forbids styles within its pages would show a chart in pieces, its tools over one another."""
    context = browser.new_context(base_url=site)
    tab = context.new_page()
    tab.goto(SEOUL)
    tab.evaluate(
        """() => {
          window.broken = [];
          document.addEventListener("securitypolicyviolation", (event) => broken.push(event.sample));
          const policy = { httpEquiv: "Content-Security-Policy", content: "default-src 'self'" };
          document.head.append(Object.assign(document.createElement("meta"), policy));
        }"""
    )
    figure, switch = opened(tab, "fig-seats")
    switch.click()
    expect(figure.locator(".figure-chart .bars .point").first).to_be_visible()
    assert tab.evaluate("broken") == []
    assert (
        figure.locator(".figure-chart .main-svg").first.evaluate("svg => getComputedStyle(svg).position") == "absolute"
    )
    context.close()


@pytest.mark.parametrize("where", ["svg.picture-wide", ".figure-chart"])
def test_picture_and_chart_follow_the_theme(page: Page, where: str) -> None:
    """The figures that the article is known for would not be seen by night."""
    page.goto(SEOUL)
    if where == ".figure-chart":
        opened(page, "fig-outcome")[1].click()
    for theme, colour in (
        ("light", "rgb(11, 114, 101)"),
        ("dark", "rgb(99, 203, 187)"),
        ("light", "rgb(11, 114, 101)"),
    ):
        page.evaluate("theme => document.documentElement.dataset.theme = theme", theme)
        page.wait_for_function(
            "([where, colour]) => [...document.querySelectorAll(`#fig-outcome ${where} path`)]"
            ".some((path) => getComputedStyle(path).fill === colour)",
            arg=[where, colour],
        )


def test_the_picture_stays_where_plotly_does_not_come(browser: Browser, site: str) -> None:
    """A lost line would leave a hole in the page, and no word of why."""
    context = browser.new_context(base_url=site)
    tab = context.new_page()
    tab.route("**/plotly-basic*", lambda route: route.abort())
    tab.goto(SEOUL)
    figure, switch = opened(tab, "fig-units")
    switch.press("Enter")
    expect(figure.get_by_role("status")).to_contain_text("could not be loaded")
    expect(figure.locator("svg.picture-wide")).to_be_visible()
    expect(switch).to_be_enabled()
    tab.unroute("**/plotly-basic*")
    switch.press("Enter")
    expect(figure.locator(".figure-chart .scatterlayer").first).to_be_attached()
    context.close()


@pytest.mark.parametrize("interactive", [False, True], ids=["picture", "chart"])
def test_a_mark_leads_to_its_claim(page: Page, interactive: bool) -> None:
    """A reader who wonders which claim failed could not go and see."""
    page.goto("chapters/across/hindsight.html")
    if interactive:
        opened(page, "fig-kinds")[1].click()
        marks = page.locator("#fig-kinds .figure-chart g.scatterlayer > g.trace")
        marks.nth(2).locator(".points path").first.hover(force=True)
        box = marks.nth(2).locator(".points path").first.bounding_box()
        assert box is not None
        page.mouse.click(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    else:
        page.locator("#fig-kinds svg.picture-wide a[href$='#frame-4-4']").click()
    page.wait_for_url("**/question.html#frame-4-4")
