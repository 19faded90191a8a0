"""The ledger against the article's shape, and against the article itself where it is at hand."""

from __future__ import annotations

import csv
import json
import re
from pathlib import Path

import pytest
from annotated_reading.ledger.ledger import Ledger
from annotated_reading.ledger.rows import TABLES
from conftest import ROOT
from frictionless import Package

SECTIONS = {"frame": 8, "us": 9, "nk": 7, "sk": 8, "cn": 5, "jp": 2, "coda": 2}
"""How many paragraphs each section of the article has; 41 in all."""

DATA = ROOT / "data"
RESOURCES = json.loads((DATA / "datapackage.json").read_text("utf-8"))["resources"]
TOLD = ("title", "description", "unit")
"""What the description of a column only tells readers."""

ASKED_BESIDE = {("events", "theme", "enum"), ("verdicts", "as_of", "minimum")}
"""What this book asks of the engine's tables beside what the engine does."""


def test_no_paragraph_of_the_article_is_left_out(ledger: Ledger) -> None:
    """A scholar who looks up one of the 41 paragraphs would find no claim of it."""
    assert {key: section.paragraphs for key, section in ledger.sections.items()} == SECTIONS
    assert [address for address, claims in ledger.paragraphs.items() if not claims] == []


def test_every_question_of_the_framing_is_answered_somewhere(ledger: Ledger) -> None:
    """A reader who follows a question of the framing would not come to what the capitals say to it."""
    answered = {link.source for link in ledger.links if link.relation == "answers"}
    asked = {claim.claim for claim in ledger.claims.values() if claim.kind == "question"}
    assert asked <= answered


def test_the_capitals_are_joined(ledger: Ledger) -> None:
    """A teacher who compares two capitals would find nothing that joins them."""
    assert len(ledger.links) >= 90
    capitals = [key for key, section in ledger.sections.items() if section.location]
    joined = {
        frozenset((ledger.claims[link.source].section, ledger.claims[link.target].section)) for link in ledger.links
    }
    missing = [(a, b) for a in capitals for b in capitals if a < b and frozenset((a, b)) not in joined]
    assert missing == []


def test_an_independent_reader_finds_the_tables_as_they_are_described() -> None:
    """An analyst who relies on datapackage.json reads every table without a surprise."""
    report = Package(DATA / "datapackage.json").validate()
    assert report.valid, report.flatten(["name", "rowNumber", "fieldName", "message"])


def test_every_table_is_described() -> None:
    """A table would be published without a word on its columns."""
    assert {resource["path"] for resource in RESOURCES if "schema" in resource} == {
        path.name for path in DATA.glob("*.csv")
    }
    for resource in RESOURCES:
        for column in resource.get("schema", {}).get("fields", ()):
            assert column["description"].endswith("."), (resource["name"], column["name"])


@pytest.mark.parametrize("table", [name for name in TABLES if (DATA / f"{name}.csv").exists()])
def test_the_description_and_the_engine_agree(table: str) -> None:
    """The engine would take or refuse other columns and words than datapackage.json describes."""
    (said,) = [resource["schema"] for resource in RESOURCES if resource["name"] == table]
    ours = TABLES[table].table_schema()
    plain = [{name: value for name, value in one.items() if name not in TOLD} for one in said["fields"]]
    for described, column in zip(plain, ours["fields"], strict=True):
        more = {(table, column["name"], limit) for limit in described.get("constraints", {})}
        more -= {(table, column["name"], limit) for limit in column.get("constraints", {})}
        assert more <= ASKED_BESIDE
        for _, _, limit in more:
            del described["constraints"][limit]
        assert {"constraints": {}, **described} == {"constraints": {}, **column}
    assert {**said, "fields": ours["fields"]} == ours


def test_every_cue_finds_its_place(ledger: Ledger, article: Path) -> None:
    """The link "In the original" would open the article at no sentence, or at another one."""
    whole = article.read_text("utf-8")
    with article.with_name("paragraphs.tsv").open(encoding="utf-8") as file:
        rows = csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE)
        paragraphs = {row["paragraph"]: row["text"] for row in rows}
    for claim in ledger.claims.values():
        assert whole.lower().count(claim.cue.lower()) == 1, claim.claim
        assert re.search(rf"(?<!\w)(?<!\w[’']){re.escape(claim.cue)}(?!\w|[’']\w)", whole, re.IGNORECASE), claim.claim
        assert claim.cue in paragraphs[claim.paragraph], claim.claim
        assert claim.hedge.lower() in paragraphs[claim.paragraph].lower(), claim.claim


def test_no_cue_begins_or_ends_in_the_middle_of_a_word(ledger: Ledger) -> None:
    """A browser that looks for whole words would open the article and mark nothing."""
    for claim in ledger.claims.values():
        assert not re.search(r"^[’'-]|[’'-]$|^\s|\s$", claim.cue), claim.claim


def test_every_capital_is_judged(ledger: Ledger) -> None:
    """A scholar finds what became of claims of every section."""
    judged = {ledger.claims[claim].section for claim in ledger.verdicts}
    assert judged == set(ledger.sections)
    assert len(ledger.verdicts) >= 90


def test_the_answers_of_the_first_edition_are_still_there(ledger: Ledger) -> None:
    """Whoever cited a verdict of 25 November 2026 would not find what it said, and when it was replaced."""
    text = (Path(__file__).parent / "first_edition.csv").read_text("utf-8")
    first = {(row["claim"], row["answer"]) for row in csv.DictReader(text.splitlines())}
    kept = {
        (claim, verdict.answer)
        for claim, asked in ledger.verdicts.items()
        for verdicts in asked.values()
        for verdict in verdicts
        if verdict.as_of <= "2026-11-25"
    }
    assert len(first) == 187 and first <= kept


def test_other_words_are_for_what_the_book_says(ledger: Ledger) -> None:
    """Words for a term that the book never uses lead nobody anywhere."""
    terms = [row["term"] for row in csv.DictReader((DATA / "synonyms.csv").read_text("utf-8").splitlines())]
    events = (f"event-{event.event} {event.words}" for event in ledger.events.values())
    said = " ".join([*(claim.words for claim in ledger.claims.values()), *events]).lower()
    unsaid = [term for term in terms if not re.search(rf"\b{re.escape(term.lower())}\b", said)]
    assert [term for term in unsaid if term not in ledger.claims] == []
    assert len(terms) == len(set(terms))
