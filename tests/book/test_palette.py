"""The colours of the book's own charts and pictures are those of the style sheet."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from annotated_reading.colours import SHEET, light
from conftest import ROOT, tracked

COLOUR = r"#[0-9a-f]{6}\b"
PICTURES = [path for path in tracked(".svg") if path.is_relative_to(ROOT / "pictures" / "figures")]
COLOURED = [
    *(path for path in tracked(".md") if path.is_relative_to(ROOT / "chapters")),
    ROOT / "data" / "template.json",
    ROOT / "pictures" / "favicon.svg",
]


@pytest.mark.parametrize("file", COLOURED, ids=lambda path: path.name)
def test_every_colour_is_one_of_the_style_sheet(file: Path) -> None:
    """A colour that is changed there would stay as it was in charts, which would then not follow the theme."""
    assert set(re.findall(COLOUR, file.read_text("utf-8"))) <= set(re.findall(COLOUR, SHEET.read_text("utf-8")))


@pytest.mark.parametrize("file", PICTURES, ids=lambda path: path.name)
def test_a_picture_has_the_colours_of_the_light_theme(file: Path) -> None:
    """A picture that is downloaded would have other colours than the one on the page."""
    found = dict(re.findall(rf"var\((--[\w-]+), ({COLOUR})\)", file.read_text("utf-8")))
    assert found == {name: light()[name] for name in found}


def test_charts_take_the_hues_in_the_order_of_the_template() -> None:
    """Two lines of a chart would have one colour, or one that is not told apart."""
    template = json.loads((ROOT / "data" / "template.json").read_text("utf-8"))["layout"]
    hues = {value for name, value in light().items() if name.startswith("--hue-")}
    assert set(template["colorway"]) == hues
    assert len(template["colorway"]) == len(hues)
