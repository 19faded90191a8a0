"""The ledger for other programs: each export is what its schema says, and says of which edition it is."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path
from typing import Any

import pytest
from annotated_reading.ledger.read import read_ledger
from annotated_reading.site.exports import SCHEMA
from frictionless import Package
from jsonschema import Draft202012Validator

from ..books import MELOS, Book, Build
from ..cited import BIBLIOGRAPHY, SITE, build, citable
from ..ledgers import WORKS, complete

#: What the Web Annotation Data Model asks of a collection on one page, of an annotation, and of a quotation
#: (https://www.w3.org/TR/annotation-model/, sections 3, 4.2.4, 5), as far as the engine uses it.
ANNOTATIONS: dict[str, Any] = {
    "$defs": {
        "iri": {"type": "string", "pattern": "^[a-z][a-z0-9+.-]*:[^ ]+$"},
        "time": {"type": "string", "pattern": r"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$"},
        "motivation": {"enum": ["assessing", "describing", "linking"]},
        "body": {
            "type": "object",
            "required": ["type"],
            "properties": {"id": {"$ref": "#/$defs/iri"}, "purpose": {"$ref": "#/$defs/motivation"}},
            "if": {"properties": {"type": {"const": "TextualBody"}}},
            "then": {"required": ["value"]},
            "else": {"required": ["id"]},
        },
        "target": {
            "type": "object",
            "required": ["source", "selector"],
            "properties": {
                "source": {"$ref": "#/$defs/iri"},
                "selector": {
                    "type": "object",
                    "required": ["type", "exact"],
                    "properties": {"type": {"const": "TextQuoteSelector"}, "exact": {"type": "string", "minLength": 1}},
                },
            },
        },
        "annotation": {
            "type": "object",
            "required": ["id", "type", "target", "body", "motivation", "creator", "created"],
            "properties": {
                "id": {"$ref": "#/$defs/iri"},
                "type": {"const": "Annotation"},
                "motivation": {"$ref": "#/$defs/motivation"},
                "created": {"$ref": "#/$defs/time"},
                "body": {"type": "array", "items": {"$ref": "#/$defs/body"}, "minItems": 1},
                "target": {"$ref": "#/$defs/target"},
            },
        },
    },
    "type": "object",
    "required": ["@context", "id", "type", "total", "first"],
    "properties": {
        "@context": {"const": "http://www.w3.org/ns/anno.jsonld"},
        "id": {"$ref": "#/$defs/iri"},
        "type": {"const": "AnnotationCollection"},
        "total": {"type": "integer"},
        "first": {
            "type": "object",
            "required": ["id", "type", "startIndex", "items"],
            "properties": {
                "type": {"const": "AnnotationPage"},
                "items": {"type": "array", "items": {"$ref": "#/$defs/annotation"}},
            },
        },
    },
}


@pytest.fixture(scope="session", params=[SITE, ""], ids=["address known", "address unknown"])
def site(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Build:
    """The tiny book with its exports, built once for a site and once for a folder."""
    return build(citable(Book(tmp_path_factory.mktemp("exported") / "book")), site=request.param)


def exported(site: Build, name: str) -> Any:
    """An export in JSON."""
    return json.loads(site.files()[f"exports/{name}"])


def test_the_whole_ledger_is_there_as_its_schema_says(site: Build) -> None:
    """A program that reads the ledger would have to guess what may be in it."""
    assert exported(site, "ledger.schema.json") == SCHEMA
    Draft202012Validator.check_schema(dict(SCHEMA))
    ledger = exported(site, "ledger.json")
    Draft202012Validator(dict(SCHEMA)).validate(ledger)
    assert ledger["verdicts"][0]["why"] == "The strong did, <b>for a time</b> & at a cost."
    assert [(one["claim"], one["asks"], one["answer"], one["gist"]) for one in ledger["verdicts"]] == [
        ("ath-1-2", "so", "in part", "for a time"),
        ("mel-2-1", "said", "yes", ""),
        ("mel-2-1", "came-true", "no", "no ship came"),
    ]
    assert (ledger["version"], ledger["date"], ledger["licence"]) == ("1.2.0", "1881-05-04", "CC-BY-4.0")
    assert not Draft202012Validator(dict(SCHEMA)).is_valid({**ledger, "claims": [{"claim": "ath-1-1"}]})


def test_every_table_is_exported_as_it_is_on_disk(tmp_path: Path) -> None:
    """A program would miss a table, a row or a cell, and could not know it."""
    book = complete(Book(tmp_path / "book"))
    (book.data / "references.bib").write_text(WORKS + BIBLIOGRAPHY, "utf-8")
    ledger = exported(build(book), "ledger.json")
    Draft202012Validator(dict(SCHEMA)).validate(ledger)
    files = [file for file in sorted(book.data.glob("*.csv")) if file.stem != "reviewed"]
    assert len(files) == 12
    for file in files:
        rows = book.rows(file.stem)
        assert len(ledger[file.stem]) == len(rows)
        for there, row in zip(ledger[file.stem], rows, strict=True):
            there.pop("url", None)
            separator = {"options": "; "}
            cells = {
                name: separator.get(name, " ").join(v) if isinstance(v, list) else str(v) for name, v in there.items()
            }
            assert cells == row


def test_the_table_of_claims_is_as_its_package_says(site: Build) -> None:
    """Whoever opens it in a spreadsheet would find keys of other tables, or no verdicts."""
    report = Package(str(site.folder / "exports" / "datapackage.json")).validate()
    assert report.valid, report.flatten(["rowNumber", "fieldName", "note"])
    rows = {row["claim"]: row for row in csv.DictReader(io.StringIO(site.files()["exports/claims.csv"].decode()))}
    assert rows["ath-1-2"]["answers"] == "so at the time: in part, for a time"
    assert rows["ath-1-2"]["so"] == "in part"
    two = rows["mel-2-1"]
    assert two["answers"] == "said: yes; came true: no, no ship came"
    assert (two["said"], two["came_true"], two["so"], two["as_of"]) == ("yes", "no", "", "1881-02-01")
    assert two["why"] == "Said? They said it. Did it come true? Sparta sent nobody."
    assert two["against"] == "Did it come true? It had a war elsewhere."
    assert rows["ath-1-1"]["answers"] == rows["ath-1-1"]["as_of"] == rows["ath-1-1"]["why"] == ""
    assert (rows["ath-1-2"]["section"], rows["ath-1-2"]["holder"]) == ("Athens", "The Athenian envoys")
    assert exported(site, "datapackage.json")["version"] == "1.2.0"


def test_the_claims_are_annotations_of_the_text_at_their_cues(site: Build) -> None:
    """A reader could not lay the book over the text in a program for annotations."""
    annotations = exported(site, "annotations.jsonld")
    Draft202012Validator(ANNOTATIONS).validate(annotations)
    items = {item["body"][0]["value"].partition(":")[0]: item for item in annotations["first"]["items"]}
    current = {key: claim for key, claim in read_ledger(MELOS / "data").claims.items() if claim.status == "current"}
    assert annotations["total"] == len(items) and set(items) == set(current)
    assert [body["value"] for body in items["mel-2-1"]["body"] if body.get("purpose") == "assessing"] == [
        "Said? yes (as of 1881-01-01). They said it.",
        "Did it come true? no, no ship came (as of 1881-02-01). Sparta sent nobody.",
    ]
    for key, claim in current.items():
        assert items[key]["target"] == {
            "source": "https://example.org/thucydides/5",
            "selector": {"type": "TextQuoteSelector", "exact": claim.cue},
        }
    assert items["ath-1-2"]["body"][1]["value"].startswith(
        "So at the time? in part, for a time (as of 1881-01-01). The strong did"
    )
    ids = [item["id"] for item in items.values()]
    assert len(ids) == len(set(ids))


def test_addresses_are_those_of_the_edition(site: Build) -> None:
    """A claim quoted from an export would be looked for in another edition."""
    address = f"{SITE}v1.2.0/athens.html#ath-1-1"
    known = exported(site, "ledger.json")["claims"][0]["url"]
    assert known in (address, "")
    own = f"{SITE}v1.2.0/exports/annotations.jsonld#ath-1-1" if known else "urn:annotation:ath-1-1"
    annotation = exported(site, "annotations.jsonld")["first"]["items"][0]
    assert annotation["id"] == own
    assert [body["id"] for body in annotation["body"] if "id" in body] == ([known] if known else [])
