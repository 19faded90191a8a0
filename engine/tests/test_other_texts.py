"""The engine reads any text: the tiny book of these tests is one, and nothing in the engine is about another."""

from __future__ import annotations

import re
from pathlib import Path

import annotated_reading
import pytest

ENGINE = Path(annotated_reading.__file__).parent

#: Names of the text that the engine was written for.
NAMES = (
    "after singapore|asan|beijing|china|chinese|crisis group|denuclearisation|denuclearization|dprk|japan|japanese|kim"
    "|korea|korean|koreans|kovrig|moon jae-in|north korea|panmunjom|pompeo|pyongyang|rok|sentosa|seoul|singapore"
    "|south korea|tokyo|trump|washington|xinhua"
    # addresses and keys of its sections
    r"|(?:cn|coda|frame|gen|jp|nk|sea|sk|us)-(?:\d+|check|exercise)[-\d]*"
)


@pytest.mark.parametrize(
    "file",
    # Plotly is another's work, and has the names of places and currencies.
    [
        path
        for path in sorted(ENGINE.rglob("*.*"))
        if path.suffix in (".py", ".css", ".js", ".html", ".svg") and ".min." not in path.name
    ],
    ids=lambda path: path.relative_to(ENGINE).as_posix(),
)
def test_no_module_names_the_text_that_it_was_written_for(file: Path) -> None:
    """Someone else's reading would carry words of this one, or have to change the engine."""
    text = file.read_text(encoding="utf-8")
    assert text
    assert re.findall(rf"\b(?:{NAMES})\b", text, flags=re.IGNORECASE) == []
