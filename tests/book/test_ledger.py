"""The ledger against the article's shape, and against the article itself where it is at hand."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest
from annotated_reading.ledger.ledger import EVENT_TABLE, POSITION_TABLE, TABLES, VERDICT_TABLE, Ledger
from annotated_reading.ledger.questions import QUESTION_TABLE
from conftest import ROOT
from frictionless import Package

SECTIONS = {"frame": 8, "us": 9, "nk": 7, "sk": 8, "cn": 5, "jp": 2, "coda": 2}
"""How many paragraphs each section of the article has; 41 in all."""

DATA = ROOT / "data"


def test_no_paragraph_of_the_article_is_left_out(ledger: Ledger) -> None:
    """A scholar who looks up any of the 41 paragraphs finds its claims."""
    assert {key: section.paragraphs for key, section in ledger.sections.items()} == SECTIONS
    assert [address for address, claims in ledger.paragraphs.items() if not claims] == []


def test_what_others_say_is_not_put_into_the_contributors_mouths(ledger: Ledger) -> None:
    """A claim in the author's own voice is held by the section's author, a reported one by somebody else."""
    for claim in ledger.claims.values():
        author = ledger.sections[claim.section].contributor
        assert (claim.holder == author) == (claim.voice == "own"), claim.claim


def test_every_question_of_the_framing_is_answered_somewhere(ledger: Ledger) -> None:
    """A reader who follows a question of the framing comes to what the capitals say to it."""
    answered = {link.source for link in ledger.links if link.relation == "answers"}
    asked = {claim.claim for claim in ledger.claims.values() if claim.kind == "question"}
    assert asked <= answered


def test_the_capitals_are_joined(ledger: Ledger) -> None:
    """Whatever pair of capitals a teacher compares, at least one link joins them."""
    assert len(ledger.links) >= 90
    capitals = [key for key, section in ledger.sections.items() if section.location]
    joined = {
        frozenset((ledger.claims[link.source].section, ledger.claims[link.target].section)) for link in ledger.links
    }
    missing = [(a, b) for a in capitals for b in capitals if a < b and frozenset((a, b)) not in joined]
    assert missing == []


def test_holders_are_named_where_they_speak(ledger: Ledger) -> None:
    """The list of people says in which paragraphs each holder is heard."""
    for claim in ledger.claims.values():
        assert claim.paragraph in ledger.people[claim.holder].paragraphs, claim.claim


def test_the_tables_are_as_they_are_described() -> None:
    """An analyst who relies on datapackage.json reads every table without a surprise."""
    report = Package(DATA / "datapackage.json").validate()
    assert report.valid, report.flatten(["name", "rowNumber", "fieldName", "message"])


def test_every_table_is_described() -> None:
    """No table is published without a word on its columns."""
    package = json.loads((DATA / "datapackage.json").read_text("utf-8"))
    assert {resource["path"] for resource in package["resources"]} == {path.name for path in DATA.glob("*.csv")}
    for resource in package["resources"]:
        for column in resource["schema"]["fields"]:
            assert column["description"].endswith("."), (resource["name"], column["name"])


OPTIONAL = {
    "verdicts": VERDICT_TABLE,
    "positions": POSITION_TABLE,
    "events": EVENT_TABLE,
    "questions": QUESTION_TABLE,
}


@pytest.mark.parametrize("table", [*TABLES, *OPTIONAL])
def test_the_description_and_the_engine_agree(table: str) -> None:
    """The engine takes and refuses the same columns and words as datapackage.json describes."""
    package = json.loads((DATA / "datapackage.json").read_text("utf-8"))
    (schema,) = [resource["schema"] for resource in package["resources"] if resource["name"] == table]
    columns, key = {**TABLES, **OPTIONAL}[table]
    assert [field["name"] for field in schema["fields"]] == [column.name for column in columns]
    assert tuple(schema["primaryKey"]) == key
    for field, column in zip(schema["fields"], columns, strict=True):
        for value in field.get("constraints", {}).get("enum", []):
            assert column.accepts(value), (table, column.name, value)
        assert column.accepts("") != field.get("constraints", {}).get("required", False), (table, column.name)
        if table != "events":
            assert not ("enum" in field.get("constraints", {}) and column.accepts("something else"))


def test_every_cue_finds_its_place(ledger: Ledger, article: Path) -> None:
    """ "In the original" opens the article at the right sentence: the cue is there once, in its paragraph."""
    whole = article.read_text("utf-8")
    with article.with_name("paragraphs.tsv").open(encoding="utf-8") as file:
        rows = csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE)
        paragraphs = {row["paragraph"]: row["text"] for row in rows}
    for claim in ledger.claims.values():
        assert whole.lower().count(claim.cue.lower()) == 1, claim.claim
        assert claim.cue in paragraphs[claim.paragraph], claim.claim
        assert claim.hedge.lower() in paragraphs[claim.paragraph].lower(), claim.claim


def test_every_capital_is_judged_and_no_verdict_rests_on_the_article_alone(ledger: Ledger) -> None:
    """A scholar finds what became of claims of every section, by sources other than the article."""
    judged = {ledger.claims[claim].section for claim in ledger.verdicts}
    assert judged == set(ledger.sections)
    assert len(ledger.verdicts) >= 90
    for claim in ledger.verdicts:
        verdict = ledger.verdict(claim)
        assert verdict and "crisisgroup2018commentary" not in verdict.sources, claim
        assert ledger.claims[claim].kind != "question", claim
