"""The edition of a book, as its CITATION.cff has it: title, authors, version, date, DOI and licence.

That file is the one place where they stand.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from textwrap import shorten
from typing import Any, cast

import yaml
from jsonschema import Draft7Validator
from jsonschema.exceptions import best_match
from sphinx.errors import SphinxError

from annotated_reading.ledger.table import TableError, is_date, read_text

#: The Citation File Format, as its authors publish it (https://github.com/citation-file-format, CC BY 4.0).
SCHEMA = Path(__file__).parent.parent / "schemas" / "cff-1.2.0.json"


class CitationError(SphinxError):
    """Something that a citation needs is missing; the build stops."""

    category = "To cite the book"


@dataclass(frozen=True)
class Author:
    """Who wrote something: a person by family and given name, or a body by its `family` name alone."""

    family: str
    given: str = ""
    orcid: str = ""

    @property
    def name(self) -> str:
        """The name as one says it."""
        return f"{self.given} {self.family}".strip()

    @property
    def is_person(self) -> bool:
        """Whether it is a person, of whom citations turn the name round."""
        return bool(self.given)


@dataclass(frozen=True)
class Edition:
    """One edition of a book."""

    title: str
    authors: tuple[Author, ...]
    version: str
    date: str
    doi: str = ""
    licence: str = ""
    """Its licence, as SPDX names it."""
    abstract: str = ""
    keywords: tuple[str, ...] = ()

    @property
    def folder(self) -> str:
        """Where the edition stays when the next one has come, below the address of the book."""
        return f"v{self.version}"

    @property
    def licence_address(self) -> str:
        """Where the licence is read; empty without one."""
        return f"https://spdx.org/licenses/{self.licence}.html" if self.licence else ""

    @property
    def publisher(self) -> str:
        """Who publishes it: its authors, who bring it out themselves."""
        return " and ".join(author.name for author in self.authors)


class _Loader(yaml.SafeLoader):
    """Reads YAML and leaves a date the string that it is."""

    yaml_implicit_resolvers = {
        first: [(tag, pattern) for tag, pattern in resolvers if tag != "tag:yaml.org,2002:timestamp"]
        for first, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
    }


def read_edition(file: Path) -> Edition:
    """The edition that a CITATION.cff describes.

    Raises TableError, with the line, for a file that is not of the Citation File Format 1.2.0, and for one that
    lacks a version or a date, which the format does not ask for and a citation needs.
    """
    text = read_text(file)
    try:
        root = yaml.compose(text, _Loader)
        said = yaml.load(text, _Loader)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        problem = getattr(error, "problem", None) or error
        raise TableError(file, f"YAML ({problem})", row=mark.line + 1 if mark else None) from error
    _check_format(file, root, said)
    for key, expected in (("version", "the version of this edition"), ("date-released", "the day of this edition")):
        if not str(said.get(key, "")).strip():
            raise TableError(file, expected, column=key)
    if not is_date(str(said["date-released"])):
        raise TableError(file, "a date such as 2026-11-24", **_place(root, ["date-released"]))
    return Edition(
        title=str(said["title"]),
        authors=tuple(map(_author, said["authors"])),
        version=str(said["version"]),
        date=str(said["date-released"]),
        doi=_doi(said),
        licence=_first(said.get("license", "")),
        abstract=str(said.get("abstract", "")),
        keywords=tuple(map(str, said.get("keywords", ()))),
    )


def _check_format(file: Path, root: yaml.Node | None, said: Any) -> None:
    fault = best_match(Draft7Validator(json.loads(SCHEMA.read_text("utf-8"))).iter_errors(said))
    if fault is not None:
        expected = f"the Citation File Format: {shorten(fault.message, 160)}"
        raise TableError(file, expected, **_place(root, list(fault.absolute_path)))


def _author(said: Mapping[str, Any]) -> Author:
    if "name" in said:
        return Author(str(said["name"]))
    family = " ".join(filter(None, (said.get("name-particle"), said.get("family-names"), said.get("name-suffix"))))
    given = str(said.get("given-names", ""))
    return Author(family or given, given if family else "", str(said.get("orcid", "")))


def _doi(said: Mapping[str, Any]) -> str:
    others = (str(one["value"]) for one in said.get("identifiers", ()) if one["type"] == "doi")
    return str(said.get("doi") or next(others, ""))


def _first(said: object) -> str:
    return str(said[0]) if isinstance(said, list) else str(said)


def _place(root: yaml.Node | None, path: Sequence[str | int]) -> dict[str, Any]:
    """Row, column and value of what stands at a path of keys and numbers, as far as the file has it."""
    node = root
    for step in path:
        if isinstance(node, yaml.MappingNode):
            node = next((value for key, value in node.value if key.value == step), node)
        elif isinstance(node, yaml.SequenceNode):
            node = cast(yaml.Node, node.value[int(step)])
    value = node.value if isinstance(node, yaml.ScalarNode) else None
    name = ".".join(str(step) for step in path) or None
    return {"row": node.start_mark.line + 1 if node else None, "column": name, "value": value}


__all__ = ["Author", "CitationError", "Edition", "read_edition"]
