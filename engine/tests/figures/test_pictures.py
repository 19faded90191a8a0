"""Pictures: what is kept of plotly's SVG, and under which name."""

from __future__ import annotations

import re
from pathlib import Path

import plotly.graph_objects as go
from annotated_reading.figures.picture import clean, credit, key_of, read_pictures, standalone
from annotated_reading.ledger.bibliography import Source

from ..figures.test_charts import SAID, chart

BARS = go.Bar(x=[1, 2], y=[3, 4], marker_color="#2a5d9f")
SVG = """<svg class="main-svg" xmlns="http://www.w3.org/2000/svg" width="720" height="280" style="">
<rect x="0" y="0" width="720" height="280" style="fill: rgb(0, 0, 0); fill-opacity: 0;"/>
<defs id="defs-1a2b3c">
<clipPath id="clip1a2b3cxy"><rect width="640" height="180"/></clipPath><g class="gradients"/></defs>
<g class="plot" clip-path="url(#clip1a2b3cxy)"><path class="point" d="M0,0V10.123456H5Z"
style="vector-effect: none; opacity: 1; stroke-width: 0.5px; fill: rgb(42, 93, 159); fill-opacity: 1;"/></g>
<g class="legend" clip-path="url(#legend1a2b3c)"><text data-notex="1"
style="font-family: 'Open Sans'; font-size: 12px; fill: rgb(29, 35, 43); white-space: pre;">A &lt; B</text></g></svg>"""


def test_a_picture_is_in_the_colours_of_the_theme_and_has_no_styles() -> None:
    """The chart would be black on black by night, and break on a site that forbids inline styles."""
    picture = clean(SVG, "0123456789abcdef", "wide")
    assert 'fill="var(--hue-blue, #2a5d9f)"' in picture
    assert 'fill="var(--ink, #1d232b)"' in picture
    assert not re.search(r"style=|class=|data-notex|rgb\(|1a2b3c", picture)
    assert 'viewBox="0 0 720 280"' in picture and " width=" not in picture.partition(">")[0]
    assert "A &lt; B" in picture


def test_nothing_is_kept_that_shows_nothing() -> None:
    """Every page would carry plotly's empty layers."""
    picture = clean(SVG, "0123456789abcdef", "wide")
    assert picture.count("<rect") == 1  # that of the clip
    assert "gradients" not in picture and "M0,0V10.12H5Z" in picture


def test_two_pictures_of_a_page_have_different_ids() -> None:
    """One chart would be cut to the frame of another."""
    wide, narrow = (clean(SVG, "0123456789abcdef", name) for name in ("wide", "narrow"))
    (first,), (second,) = (re.findall(r'clipPath id="([^"]+)"', picture) for picture in (wide, narrow))
    assert first != second
    assert f"url(#{first})" in wide


def test_a_picture_has_another_name_when_anything_on_it_changes() -> None:
    """An old picture would stay beside new figures or under a new title."""
    names = {
        key_of(chart(BARS)),
        key_of(chart(go.Bar(x=[1, 2], y=[3, 5], marker_color="#2a5d9f"))),
        key_of(chart(BARS, title={"text": "Another finding"})),
        key_of(chart(BARS, height=300)),
        key_of(chart(BARS, meta={**SAID["meta"], "narrow": {"height": 400}})),
    }
    assert len(names) == 5
    assert key_of(chart(BARS)) == key_of(chart(BARS))


def test_a_picture_of_another_chart_is_none(tmp_path: Path) -> None:
    """A renamed file would be shown for a chart that it is not of."""
    for name in ("wide", "narrow"):
        (tmp_path / f"fig-a.{name}.svg").write_text(clean(SVG, "aa", name), "utf-8")
        (tmp_path / f"fig-b.{name}.svg").write_text(clean(SVG, "aa", name), "utf-8")
    assert set(read_pictures(tmp_path, "fig-a", "aa") or {}) == {"wide", "narrow"}
    assert read_pictures(tmp_path, "fig-b", "bb") is None
    assert read_pictures(tmp_path, "fig-c", "aa") is None


def test_a_picture_to_download_says_what_it_is_and_whence() -> None:
    """Passed on without its page, it would be a chart of nothing by nobody."""
    whole = standalone(chart(BARS), clean(SVG, "aa", "wide"), {"jowett1881": Source("Jowett 1881", "")})
    assert "A finding in two lines" in whole and "Ships by year" in whole
    assert "Source: Jowett 1881; this book, fleet.csv" in whole
    assert "var(" not in whole
    assert credit(chart(BARS), {}) == "Source: jowett1881; this book, fleet.csv"
