"""The edition of a book, as its CITATION.cff has it: title, authors, version, date, DOI and licence.

That file is the one place where they stand. `python -m annotated_reading.ledger.edition FILE` prints the version.
"""

import json
import re
import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from textwrap import shorten
from typing import Any, cast

import yaml
from jsonschema import Draft7Validator
from jsonschema.exceptions import best_match

from annotated_reading.ledger.bibliography import Author, names
from annotated_reading.ledger.columns import is_date, today
from annotated_reading.ledger.table import Fault, TableError, read_text

#: The Citation File Format, as its authors publish it (https://github.com/citation-file-format, CC BY 4.0).
SCHEMA = Path(__file__).parent.parent / "schemas" / "cff-1.2.0.json"

#: What a version is, which is part of the addresses of its edition.
VERSION = re.compile(r"[0-9]+([.-][0-9A-Za-z]+)*")


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
        return names(self.authors)


class _Loader(yaml.SafeLoader):
    """Reads YAML and leaves a date the string that it is."""

    yaml_implicit_resolvers = {
        first: [(tag, pattern) for tag, pattern in resolvers if tag != "tag:yaml.org,2002:timestamp"]
        for first, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
    }


def read_edition(file: Path) -> Edition:
    """The edition that a CITATION.cff describes.

    Raises TableError, with lines, for a file that is not of the Citation File Format 1.2.0, and for one that lacks a
    version or a date, which the format does not ask for and a citation needs.
    """
    text = read_text(file)
    try:
        root = yaml.compose(text, _Loader)
        said = yaml.load(text, _Loader)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        problem = getattr(error, "problem", None) or error
        raise TableError([Fault(file, f"YAML ({problem})", mark.line + 1 if mark else None)]) from error
    faults = [*_repeated(file, root), *_wrong_format(file, root, said)]
    if not faults:
        # A version is what is written: read as a number, 0.10 would be 0.1.
        said["version"] = cast(yaml.Node, _node(root, ["version"])).value if "version" in said else ""
        faults += _wrong_values(file, root, said)
    if faults:
        raise TableError(faults)
    return Edition(
        title=str(said["title"]),
        authors=tuple(map(_author, said["authors"])),
        version=said["version"],
        date=str(said["date-released"]),
        doi=_doi(said),
        licence=_first(said.get("license", "")),
        abstract=str(said.get("abstract", "")),
        keywords=tuple(map(str, said.get("keywords", ()))),
    )


def _repeated(file: Path, root: yaml.Node | None) -> Iterator[Fault]:
    """YAML lets the later of two keys win without a word."""
    seen = set()
    for key, _ in root.value if isinstance(root, yaml.MappingNode) else ():
        if key.value in seen:
            yield Fault(file, "each key once", key.start_mark.line + 1, key.value)
        seen.add(key.value)


def _wrong_format(file: Path, root: yaml.Node | None, said: Any) -> Iterator[Fault]:
    for error in Draft7Validator(json.loads(SCHEMA.read_text("utf-8"))).iter_errors(said):
        fault = best_match([error]) or error
        expected = f"the Citation File Format: {shorten(fault.message, 160)}"
        yield _fault(file, root, list(fault.absolute_path), expected)


def _wrong_values(file: Path, root: yaml.Node | None, said: Mapping[str, Any]) -> Iterator[Fault]:
    day = str(said.get("date-released", ""))
    for key, is_good, expected in (
        ("title", bool(str(said["title"]).strip()), "some text"),
        ("version", bool(VERSION.fullmatch(said["version"])), "a version such as 0.1.0"),
        ("date-released", is_date(day) and day <= today(), f"a date such as 2026-11-24, not after {today()}"),
    ):
        if not str(said.get(key, "")).strip() and key != "title":
            yield Fault(file, f"the {'day' if key == 'date-released' else key} of this edition", column=key)
        elif not is_good:
            yield _fault(file, root, [key], expected)
    for number, author in enumerate(said["authors"]):
        if "orcid" in author and not _is_orcid(author["orcid"]):
            yield _fault(file, root, ["authors", number, "orcid"], "an ORCID whose last digit fits the others")


def _is_orcid(address: str) -> bool:
    """Whether the check digit is right (ISO/IEC 7064, MOD 11-2), of an address whose form is."""
    *digits, last = list(address.rpartition("/")[2].replace("-", ""))
    total = 0
    for digit in digits:
        total = (total + int(digit)) * 2
    return "0123456789X"[(12 - total % 11) % 11] == last


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


def _fault(file: Path, root: yaml.Node | None, path: Sequence[str | int], expected: str) -> Fault:
    """A fault at a path of keys and numbers."""
    node = _node(root, path)
    value = node.value if isinstance(node, yaml.ScalarNode) else None
    return Fault(file, expected, node.start_mark.line + 1 if node else None, ".".join(map(str, path)) or None, value)


def _node(node: yaml.Node | None, path: Sequence[str | int]) -> yaml.Node | None:
    """What stands at a path of keys and numbers, as far as the file has it."""
    for step in path:
        if isinstance(node, yaml.MappingNode):
            node = next((value for key, value in node.value if key.value == step), node)
        elif isinstance(node, yaml.SequenceNode):
            node = cast(yaml.Node, node.value[int(step)])
    return node


if __name__ == "__main__":
    try:
        print(read_edition(Path(sys.argv[1])).version)
    except TableError as error:
        sys.exit(str(error))
