"""A chapter in JupyterLab: what the book takes from the tables is written out, and what was not edited stays.

JupyterLab does not know the book's directives. Opening a chapter turns each into a box that it does know, with the
claims and links of the tables in it; saving turns the boxes back. jupytext writes a header and the options of a cell in
a form of its own, and the name of whatever kernel was running; saving keeps the old words of what says what it said.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from pathlib import Path
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


#: The directives of the book, by what the box is called that stands for each.
_TITLES = {
    "byline": "Who wrote the section",
    "claims": "What the paragraph claims",
    "elsewhere": "The same matter, seen from elsewhere",
    "hindsight": "With hindsight",
    "excerpt": "One claim",
    "overview": "Every claim as a mark",
    "register": "Every claim",
    "events": "Events",
    "people": "People",
    "positions": "Positions",
    "dictionary": "Every table",
    "bibliography": "Sources",
    "footbibliography": "Sources",
    "margin": "In the margin",
}

_FENCED = r"^(?P<fence>:{3,}|`{3,})"
_DIRECTIVE = re.compile(_FENCED + r"\{(?P<name>\w+)\}(?P<rest>[^\n]*)\n(?P<body>(?:.*\n)*?)(?P=fence)$", re.MULTILINE)
_BOX = re.compile(
    _FENCED + r"\{admonition\}[^\n]*\n:class: (?P<kind>written|named) (?P<name>\w+)(?P<rest>[^\n]*)\n"
    r"(?P<body>(?:.*\n)*?)(?P=fence)$",
    re.MULTILINE,
)


def write_out(text: str, data: Path) -> str:
    """A chapter with a box for each directive of the book, which has the directive's own words, or else the tables'."""

    def box(found: re.Match[str]) -> str:
        fence, name, rest, body = found.group("fence", "name", "rest", "body")
        if name not in _TITLES:
            return found[0]
        kind = "named" if body else "written"
        title = rest.strip() if name == "margin" else _TITLES[name] + ("" if body else " (from the tables)")
        body = body or "".join(f"{line}\n" for line in _lines(name, rest.strip(), data))
        return f"{fence}{{admonition}} {title}\n:class: {kind} {name}{rest}\n{body}{fence}"

    return _DIRECTIVE.sub(box, text)


def take_back(text: str) -> str:
    """A chapter with the directives of the book in place of their boxes."""

    def directive(found: re.Match[str]) -> str:
        fence, kind, name, rest, body = found.group("fence", "kind", "name", "rest", "body")
        return f"{fence}{{{name}}}{rest}\n{body if kind == 'named' else ''}{fence}"

    return _BOX.sub(directive, text)


def _lines(name: str, address: str, data: Path) -> Iterator[str]:
    """What the tables have for a directive, as a list; or where it is to be seen."""
    claims = {row["claim"]: row for row in _rows(data / "claims.csv")}
    here = [claim for claim, row in claims.items() if address in (claim, row["paragraph"])]
    if name == "byline":
        people = {row["person"]: row["name"] for row in _rows(data / "people.csv")}
        yield from (people[row["contributor"]] for row in _rows(data / "sections.csv") if row["section"] == address)
    elif name in ("claims", "excerpt"):
        yield from (f"- **{claim}** {claims[claim]['text']} ({claims[claim]['kind']})" for claim in here)
    elif name == "elsewhere":
        for link in _rows(data / "links.csv"):
            for near, far in ((link["source"], link["target"]), (link["target"], link["source"])):
                if near in here:
                    yield f"- {near} and **{far}** ({link['relation']}): {link['why']}"
    elif name == "hindsight":
        for verdict in _rows(data / "verdicts.csv"):
            if verdict["claim"] in here:
                yield f"- **{verdict['claim']}** {verdict['verdict']}: {verdict['why']}"
    else:
        yield "The page of the book shows this list, which is made from the tables."


def _rows(table: Path) -> list[dict[str, str]]:
    with table.open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))
