"""The colours of the style sheet: whatever else has a colour takes it from there."""

import re
from collections.abc import Mapping
from pathlib import Path

SHEET = Path(__file__).parent / "static" / "css" / "colours.css"


def light() -> Mapping[str, str]:
    """The colours of the light theme, as six hexadecimal digits, by the names of their variables."""
    rules, _, _ = SHEET.read_text("utf-8").partition("@media")
    return dict(re.findall(r"(--[\w-]+): (#[0-9a-f]{6});", rules))


def filled(sheet: str) -> str:
    """A style sheet with the colours of the light theme in place of their variables, for what knows none."""
    colours = light()
    return re.sub(r"var\((--[\w-]+)\)", lambda variable: colours[variable[1]], sheet)


def dark_without_script() -> str:
    """The rules of the dark theme for a reader whose system is dark and whose browser runs no script that says so."""
    dark = re.search(r'html\[data-theme="dark"\] (\{[^}]*\})', SHEET.read_text("utf-8"))
    assert dark, f"{SHEET} has no dark theme"
    return f"@media screen and (prefers-color-scheme: dark) {{ html:not([data-theme]) {dark[1]} }}"
