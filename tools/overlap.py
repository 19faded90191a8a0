"""The runs of words that a text shares with the article, known by their hashes, so that the article need not be here.

`python tools/overlap.py ARTICLE` writes the hashes of an article's runs to `article-runs.txt`.
"""

from __future__ import annotations

import hashlib
import re
import sys
from pathlib import Path

RUN = 8
"""How many words in a row are too many to share."""

HASHES = Path(__file__).parent / "article-runs.txt"

# Titles and names, which may be given in full.
ALLOWED = (
    "After the Trump-Kim Summit: Now Comes the Hard Part",
    "Summits: Six Meetings That Shaped the Twentieth Century",
    "Presidential Committee on Northern Economic Cooperation",
)

# Targets of links and roles, which stand between words and are not read as words.
_MARKUP = re.compile(r"\]\([^)]*\)|\{[\w:]+\}`[^`]*`|</?[a-z][^>]*>")

_WORD = re.compile(r"[0-9A-Za-zÀ-ž]+(?:['’.-][0-9A-Za-zÀ-ž]+)*")


def words(text: str) -> list[str]:
    """The words of a text in lower case, apostrophes made plain."""
    plain = _MARKUP.sub(" ", text)
    return [word.lower().replace("’", "'") for word in _WORD.findall(plain)]


def runs(text: str) -> list[str]:
    """Every run of RUN words in a text, those that touch an allowed title left out."""
    found = words(text)
    for title in map(words, ALLOWED):
        for start in range(len(found) - len(title) + 1):
            if found[start : start + len(title)] == title:
                found[start : start + len(title)] = [""] * len(title)
    windows = (found[start : start + RUN] for start in range(len(found) - RUN + 1))
    return [" ".join(window) for window in windows if "" not in window]


def fingerprint(run: str) -> str:
    """The first 40 bits of a run's SHA-256: enough that chance does not match in a book of this length."""
    return hashlib.sha256(run.encode()).hexdigest()[:10]


def shared(text: str, known: frozenset[str]) -> list[str]:
    """The runs of a text whose fingerprints are known."""
    return [run for run in runs(text) if fingerprint(run) in known]


if __name__ == "__main__":
    article = Path(sys.argv[1]).read_text("utf-8")
    HASHES.write_text("".join(f"{one}\n" for one in sorted({fingerprint(run) for run in runs(article)})))
