"""A chapter that JupyterLab saves: what was not edited stays as it was.

jupytext writes a header and the options of a cell in a form of its own, and the name of whatever kernel was running;
saving keeps the old words of what says what it said.
"""

from __future__ import annotations

import re
from typing import Any

import jupytext
import yaml

_HEADER = re.compile(r"\A---\n(.*?)^---\n\n*", re.DOTALL | re.MULTILINE)
_CELL = re.compile(r"^(`{3,})\{code-cell\}.*?^\1 *$", re.DOTALL | re.MULTILINE)
_HEAD = re.compile(r"`{3,}\{code-cell\}[^\n]*\n(?:---\n.*?^---\n|(?::[^\n]*\n)+\n?)?", re.DOTALL | re.MULTILINE)

#: What the programs note in a header about themselves.
_OF_PROGRAMS = ("jupytext", "kernelspec", "language_info")


def keep(old: str, new: str) -> str:
    """The new text of a chapter, with the old words wherever it says the same."""
    form = "md:myst" if "format_name: myst" in old else "md"
    rewritten = jupytext.writes(jupytext.reads(old, fmt=form), fmt=form)
    (old_header, old_body), (header, body), (new_header, new_body) = map(_split, (old, rewritten, new))
    words = dict(zip(_cells(body), _cells(old_body), strict=True))
    heads = {_head(cell): _head(old_cell) for cell, old_cell in words.items()}

    def kept_cell(match: re.Match[str]) -> str:
        cell = match[0]
        head = _head(cell)
        return words.get(cell) or heads.get(head, head) + cell.removeprefix(head)

    kept = _CELL.sub(kept_cell, new_body)
    return (old_header if _said(header) == _said(new_header) else new_header) + kept


def _split(text: str) -> tuple[str, str]:
    header = _HEADER.match(text)
    return (header[0], text[header.end() :]) if header else ("", text)


def _cells(body: str) -> list[str]:
    return [cell[0] for cell in _CELL.finditer(body)]


def _head(cell: str) -> str:
    """The first line of a cell with the options below it."""
    found = _HEAD.match(cell)
    return found[0] if found else ""


def _said(header: str) -> dict[str, Any]:
    """What a header says of the chapter."""
    settings = yaml.safe_load(header.strip().strip("-")) or {}
    return {key: value for key, value in settings.items() if key not in _OF_PROGRAMS}
