"""The colours have one home, and every theme has all of them."""

from __future__ import annotations

import re
from pathlib import Path

import annotated_reading
import pytest
from annotated_reading.colours import SHEET, light
from annotated_reading.figures.picture import PALETTE

ENGINE = Path(annotated_reading.__file__).parent
COLOUR = r"(?i)#(?:[0-9a-f]{3}){1,2}\b|\b(?:rgb|hsl)a?\(\d[^)]*\)"
TRANSPARENT = "rgba(0, 0, 0, 0)"


@pytest.mark.parametrize(
    "file",
    [
        file
        for file in sorted(ENGINE.rglob("*.*"))
        if file.suffix in (".css", ".html", ".js", ".py") and file != SHEET and ".min." not in file.name
    ],
    ids=lambda file: file.relative_to(ENGINE).as_posix(),
)
def test_no_other_file_has_a_colour_of_its_own(file: Path) -> None:
    """A colour that is changed in one place would stay as it was in another."""
    assert [found for found in re.findall(COLOUR, file.read_text("utf-8")) if found != TRANSPARENT] == []


@pytest.mark.parametrize("colour", PALETTE)
def test_a_chart_has_the_colours_of_the_light_theme(colour: str) -> None:
    """A picture that was downloaded would have other colours than the page that it is from."""
    assert light()[PALETTE[colour]] == colour


@pytest.mark.parametrize("variable", PALETTE.values())
def test_the_dark_theme_has_every_colour_of_the_palette(variable: str) -> None:
    """Bars in that colour would not be seen on a dark page."""
    dark = re.search(r'html\[data-theme="dark"\] \{(.*?)\}', SHEET.read_text("utf-8"), re.DOTALL)
    assert dark
    assert re.search(rf"{variable}: #[0-9a-f]{{6}};", dark[1])
