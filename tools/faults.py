"""Breaks the data of the book in hundreds of ways, one at a time, and counts how the check deals with each.

`python tools/faults.py` prints, for each file, how many faults are told, told elsewhere, rightly accepted,
silent, or end in a traceback; and below, each of the last two kinds.
"""

from __future__ import annotations

import csv
import io
import json
import re
import shutil
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from unittest.mock import patch

from annotated_reading.ledger.edition import read_edition
from annotated_reading.ledger.read import read_ledger
from annotated_reading.ledger.rows import TABLES
from annotated_reading.ledger.table import TableError
from pybtex.database import parse_string

ROOT = Path(__file__).parent.parent
DATA = ROOT / "data"

#: What no cell may be.
NEVER = {
    "spaces": "   ",
    "no width": "\u200bx",
    "direction": "\u202ex",
    "two lines": "one\ntwo",
    "too long": "x" * 140_000,
}

#: What is wrong where a column has a rule: all but free text.
RULED = {
    "empty": "",
    "nonsense": "?! no such thing",
    "digits": "1_0",
    "digits of another script": "٢٠١٨",
    "future": "2126-01-01",
}


@dataclass(frozen=True)
class Case:
    """A way to break a file: what it is replaced by, and whether that may rightly be accepted."""

    file: str
    name: str
    content: bytes
    harmless: bool = False
    row: int | None = None


def cells() -> Iterator[Case]:
    """Every column of every table with every value, in the middle row of the table."""
    for resource in json.loads((DATA / "datapackage.json").read_text("utf-8"))["resources"]:
        for field in resource.get("schema", {}).get("fields", ()):
            yield from _broken_cells(resource, field)


def _broken_cells(resource: dict[str, object], field: dict[str, object]) -> Iterator[Case]:
    name, file = str(field["name"]), str(resource["path"])
    kind = TABLES.get(str(resource["name"]))
    column = kind.columns()[name] if kind else None
    limits = field.get("constraints", {})
    assert isinstance(limits, dict)
    ruled = field["type"] != "string" or bool(set(limits) & {"enum", "pattern"})
    ruled = ruled or name in ("source", "sources") or bool(column and column.refers)
    for what, value in {**NEVER, **RULED}.items():
        content, row = _with_cell(DATA / file, name, value)
        fits = "pattern" in limits and re.fullmatch(str(limits["pattern"]), value)
        free = what not in NEVER and what != "empty" and bool(not ruled or fits)
        nothing = what == "empty" and not limits.get("required")
        yield Case(file, f"{name}: {what}", content, free or nothing, row)


def _with_cell(file: Path, column: str, value: str) -> tuple[bytes, int]:
    with file.open(encoding="utf-8", newline="") as lines:
        rows = list(csv.DictReader(lines))
    middle = len(rows) // 2
    rows[middle][column] = value
    text = io.StringIO()
    writer = csv.DictWriter(text, list(rows[0]), lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return text.getvalue().encode(), middle + 2


def whole_files() -> Iterator[Case]:
    """Every file of data as a whole: empty, cut, of another dialect or encoding, not merged."""
    for path in [*sorted(DATA.iterdir()), ROOT / "CITATION.cff"]:
        raw = path.read_bytes()
        if path.suffix == ".md":
            continue
        yield Case(path.name, "empty", b"")
        yield Case(path.name, "UTF-16", raw.decode().encode("utf-16"))
        yield Case(path.name, "Latin-1", raw + "é\n".encode("latin-1"))
        yield Case(path.name, "not merged", raw + b"<<<<<<< HEAD\n")
        yield Case(path.name, "byte order mark", b"\xef\xbb\xbf" + raw, harmless=True)
        if path.suffix == ".csv":
            header, _, rest = raw.partition(b"\n")
            yield Case(path.name, "header alone", header + b"\n")
            yield Case(path.name, "semicolons", raw.replace(b",", b";"))
            yield Case(path.name, "space in the header", header.replace(b",", b", ", 1) + b"\n" + rest)
            yield Case(path.name, "a row twice", raw + rest.split(b"\n")[-2] + b"\n")
            yield Case(path.name, "CRLF", raw.replace(b"\n", b"\r\n"), harmless=True)


#: What the rules of this book and of its files forbid: a file, what stands there, and what is put in its place.
EDITS = (
    ("sections.csv", ",8\n", ",9\n"),
    ("sections.csv", ",8\n", ",1000000000\n"),
    ("sections.csv", ",8\n", f",{'9' * 5000}\n"),
    ("verdicts.csv", ",2026-11-24,", ",0001-01-01,"),
    ("verdicts.csv", ",2026-11-24,", ",2017-01-01,"),
    ("verdicts.csv", ",2026-11-24,", ",2018-07-01,"),
    ("verdicts.csv", "crs2018summit ap2018leaders", "crisisgroup2018commentary"),
    ("claims.csv", ",crisis-group,own,", ",crisis-group,reported,"),
    ("claims.csv", ",crisis-group,own,", ",donald-trump,own,"),
    ("polls.csv", ",2015-08-25,2015-08-27,", ",2015-08-29,2015-08-27,"),
    ("polls.csv", ",2015-08-27,2015-08-28,", ",2015-08-27,2015-08-20,"),
    ("polls.csv", ",went well,65,", ",went well,95,"),
    ("polls.csv", ",went well,65,", ",went well,0.65,"),
    ("polls.csv", ",65,3.1,", ",65,310,"),
    ("polls.csv", ",1004,", ",1005,"),
    ("polls.csv", ",South Korea,", ",South Koera,"),
    ("approval.csv", ",83,10,", ",93,10,"),
    ("approval.csv", ",1011,82", ",0,82"),
    ("approval.csv", "2017-06-16", "2017-06-17"),
    ("local_elections.csv", ",2619497,4961872,", ",2619497,2619496,"),
    ("local_elections.csv", ",52.79,", ",53.79,"),
    ("local_elections.csv", "Park Won-soon,no,1,2", "Park Won-soon,yes,1,2"),
    ("local_elections.csv", "Park Won-soon,no,1,2", "Park Won-soon,no,4,4"),
    ("local_elections.csv", ",Kim Moon-soo,", ",Park Won-soon,"),
    ("local_elections.csv", "Kim Moon-soo,Liberty Korea Party", "Kim Moon-soo,Liberal Party"),
    ("local_elections.csv", "KR-11", "KR-99"),
    ("trade.csv", "total,6033.9,", "total,6043.9,"),
    ("weapons_tests.csv", "2017,intercontinental missiles launched,3,", "2017,intercontinental missiles launched,300,"),
    ("references.bib", "  url = {https://dev.360magazine.nl/sources/chosun-ilbo},\n", ""),
    ("references.bib", "url = {https://dev.", "url = {dev."),
    ("references.bib", "url = {https://dev.", "url = {javascript:dev."),
    ("references.bib", "/chosun-ilbo}", "/chosun ilbo}"),
    ("references.bib", "/chosun-ilbo}", "/chosun\\&ilbo}"),
    ("references.bib", "/chosun-ilbo}", "/chosun-ilbo;https://example.org}"),
    ("references.bib", "  urldate = {2026-11-25},\n", ""),
    ("references.bib", "urldate = {2026-11-25}", "urldate = {2126-11-25}"),
    ("references.bib", "urldate = {2026-11-25}", "urldate = {1990-11-25}"),
    ("references.bib", "  year = {2026},\n", ""),
    ("references.bib", "year = {2026}", "year = {2126}"),
    ("references.bib", "month = jan", "month = {Brumaire}"),
    ("references.bib", "  title = {{Chosun Ilbo}},\n", ""),
    ("references.bib", "  author = {{360 Magazine}},\n", ""),
    ("references.bib", "keywords = {press}", "keywords = {gossip}"),
    ("references.bib", "@misc{360", "@webpage{360"),
    ("references.bib", "@misc{38north2019address", "@misc{360magazine2026chosun"),
    ("references.bib", "@misc{aa2025parade", "@misc{aa2025parades"),
    ("CITATION.cff", "version: 0.1.0", "version: ../../x"),
    ("CITATION.cff", "version: 0.1.0", "version: 0 1"),
    ("CITATION.cff", "\nversion: 0.1.0", ""),
    ("CITATION.cff", "\ndate-released", "\ndate-released: 2126-01-01\nx"),
    ("CITATION.cff", "type: software", "title: Another\ntype: software"),
    ("CITATION.cff", "type: software", "type: song"),
    ("CITATION.cff", "license: CC-BY-4.0", "license: mine"),
    ("datapackage.json", '"path": "polls.csv"', '"path": "http://127.0.0.1:9/polls.csv"'),
    ("datapackage.json", '"path": "polls.csv"', '"path": "poll.csv"'),
    ("datapackage.json", '"pattern": "[a-z]+"', '"pattern": "["'),
    ("datapackage.json", '"type": "date"', '"type": "day"'),
    ("datapackage.json", '"resources": [', '"resources": [], "x": ['),
    ("datapackage.json", '"holds": "votes > runner_up_votes"', '"holds": "votes >"'),
    ("datapackage.json", '"holds": "votes > runner_up_votes"', '"holds": "voices > 1"'),
)


def edits() -> Iterator[Case]:
    """The cases of EDITS."""
    for file, old, new in EDITS:
        text = _path(ROOT, file).read_text("utf-8")
        if old not in text:
            sys.exit(f"{file} no longer has {old!r}")
        yield Case(file, f"{old.strip()[:50]} → {new.strip()[:40]}", text.replace(old, new, 1).encode())


def _path(root: Path, file: str) -> Path:
    return root / file if file == "CITATION.cff" else root / "data" / file


def outcome(case: Case) -> str:
    """How the check deals with a case."""
    with tempfile.TemporaryDirectory() as folder, patch("annotated_reading.ledger.bibliography.parse_string", _parsed):
        shutil.copytree(DATA, Path(folder, "data"))
        changed = _path(Path(folder), case.file)
        changed.write_bytes(case.content)
        try:
            if case.file == "CITATION.cff":
                read_edition(changed)
            else:
                read_ledger(Path(folder, "data"))
        except TableError as error:
            there = any(fault.file.name in (case.file, "datapackage.json") for fault in error.faults)
            return "told" if there else "elsewhere"
        except Exception as error:
            return f"crash: {type(error).__name__}"
    return "accepted" if case.harmless else "silent"


_parsed = cache(parse_string)
"""The bibliography, parsed once for all cases that do not touch it: it takes most of a check."""


def main() -> None:
    """Print the counts."""
    cases = [*cells(), *whole_files(), *edits()]
    with ProcessPoolExecutor() as workers:
        outcomes = list(workers.map(outcome, cases, chunksize=8))
    kinds = ("told", "accepted", "elsewhere", "silent", "crash")
    counts = Counter((case.file, found.partition(":")[0]) for case, found in zip(cases, outcomes, strict=True))
    print("file", "cases", *kinds, sep="\t")
    for file in dict.fromkeys(case.file for case in cases):
        numbers = [counts[file, kind] for kind in kinds]
        print(file, sum(numbers), *numbers, sep="\t")
    totals = [sum(counts[file, kind] for file, found in counts if found == kind) for kind in kinds]
    print("all", len(cases), *totals, sep="\t")
    for case, found in zip(cases, outcomes, strict=True):
        if found not in ("told", "accepted"):
            print(found, case.file, case.name, sep="\t")


if __name__ == "__main__":
    main()
