"""The ledger for other programs: a table (CSV), the whole of it (JSON, with its schema), and W3C Web Annotations.

A site has them below `exports/`, and an edition's own copy keeps them for good. Each says of which edition it is.
"""

import csv
import io
import json
from collections.abc import Iterator, Mapping
from typing import Any

from sphinx.application import Sphinx

from annotated_reading.citations.domain import citing_domain
from annotated_reading.citations.item import Citations, Thing
from annotated_reading.language import N_, _, label, spoken
from annotated_reading.ledger.ledger import Ledger
from annotated_reading.ledger.rows import INQUIRIES, TABLES, VERDICTS, Claim, Reviewed, Row, Verdict
from annotated_reading.pages.domain import claim_domain
from annotated_reading.published import EXPORTS

COLUMNS: Mapping[str, str] = {
    "claim": N_("Its address"),
    "paragraph": N_("The paragraph of the text that makes it"),
    "section": N_("The section of the text that makes it, by name"),
    "contributor": N_("Who wrote the section"),
    "text": N_("What the text claims, in our words"),
    "kind": N_("What the sentence does"),
    "holder": N_("Who says it, by name"),
    "voice": N_("Whether the contributor says it or reports it"),
    "hedge": N_("The words by which the text softens it"),
    "issue": N_("What it is about, by name"),
    "cue": N_("The few words of the text at which it is found"),
    "status": N_("Whether it stands or is withdrawn"),
    "answers": N_("What was asked of the record, and what it answers, where the claim was judged"),
    **{name.replace("-", "_"): inquiry.question for name, inquiry in INQUIRIES.items()},
    "as_of": N_("The day as of which the newest answer holds"),
    "why": N_("The reason for each answer, after its question"),
    "against": N_("What speaks against each answer, after its question"),
    "url": N_("Where it is read; empty where the site's address is not known"),
}


class Exports:
    """The exports of one edition. `things` has where each claim is read."""

    def __init__(self, citations: Citations, ledger: Ledger, things: Mapping[str, Thing], original: str) -> None:
        """Of a ledger; `original` is the address of the text."""
        self.citations, self.ledger, self.things, self.original = citations, ledger, things, original

    def files(self) -> Iterator[tuple[str, str]]:
        """The exports: the name and the content of each file."""
        yield "claims.csv", self.claims_csv()
        yield "datapackage.json", _json(self.package())
        yield "ledger.json", _json(self.ledger_json())
        yield "ledger.schema.json", _json(SCHEMA)
        yield "annotations.jsonld", _json(self.annotations())

    def claims_csv(self) -> str:
        """Every claim with its verdicts, keys written out as names."""
        text = io.StringIO()
        writer = csv.DictWriter(text, list(COLUMNS), lineterminator="\n")
        writer.writeheader()
        writer.writerows(self._row(claim) for claim in self.ledger.claims.values())
        return text.getvalue()

    def _row(self, claim: Claim) -> dict[str, str]:
        ledger = self.ledger
        section = ledger.sections[claim.section]
        answers = ledger.answers(claim.claim)
        said = {name: str(getattr(claim, name)) for name in COLUMNS if hasattr(claim, name)}
        return said | {
            "section": section.name,
            "contributor": ledger.people[section.contributor].name,
            "holder": ledger.people[claim.holder].name,
            "issue": ledger.issues[claim.issue].name,
            "answers": "; ".join(f"{label(verdict.label)} {verdict.finding}" for verdict in answers),
            **{verdict.asks.replace("-", "_"): verdict.answer for verdict in answers},
            "as_of": max((verdict.as_of for verdict in answers), default=""),
            "why": " ".join(f"{verdict.question} {verdict.why}" for verdict in answers),
            "against": " ".join(f"{verdict.question} {verdict.counter}" for verdict in answers if verdict.counter),
            "url": self._address(claim),
        }

    def package(self) -> Mapping[str, Any]:
        """What claims.csv is, as a data package (Frictionless)."""
        edition = self.citations.edition
        limits: dict[str, dict[str, Any]] = {name.replace("-", "_"): {"enum": list(VERDICTS)} for name in INQUIRIES}
        limits |= {"section": {"required": True}, "contributor": {"required": True}}
        for name, column in Claim.columns().items():
            enum = {"enum": list(column.enum)} if column.enum else {}
            limits[name] = enum | ({"required": True} if column.required else {})
        fields = [
            {"name": name, "type": "date" if name == "as_of" else "string", "description": _(said)}
            | ({"constraints": limits[name]} if limits.get(name) else {})
            for name, said in COLUMNS.items()
        ]
        resource = {
            "name": "claims",
            "path": "claims.csv",
            "encoding": "utf-8",
            "schema": {"fields": fields, "primaryKey": ["claim"]},
        }
        return {
            "name": "claims",
            "title": edition.title,
            "version": edition.version,
            "created": f"{edition.date}T00:00:00Z",
            "licenses": [{"name": edition.licence}] if edition.licence else [],
            "resources": [resource],
        }

    def ledger_json(self) -> Mapping[str, Any]:
        """The whole ledger, as its tables have it."""
        edition, ledger = self.citations.edition, self.ledger
        return {
            "$schema": "ledger.schema.json",
            "title": edition.title,
            "version": edition.version,
            "date": edition.date,
            "licence": edition.licence,
            "original": self.original,
            **{name: [row.values() for row in rows] for name, rows in ledger.tables.items() if name in _LISTS},
            "claims": [claim.values() | {"url": self._address(claim)} for claim in ledger.claims.values()],
        }

    def annotations(self) -> Mapping[str, Any]:
        """Every current claim as an annotation of the text, at its cue (https://www.w3.org/TR/annotation-model/)."""
        edition = self.citations.edition
        items = [self._annotation(claim) for claim in self.ledger.claims.values() if claim.status == "current"]
        home = self._home()
        return {
            "@context": "http://www.w3.org/ns/anno.jsonld",
            "id": home,
            "type": "AnnotationCollection",
            "label": _("{title}, version {version}").format(title=edition.title, version=edition.version),
            "total": len(items),
            "first": {"id": f"{home}#page-1", "type": "AnnotationPage", "startIndex": 0, "items": items},
        }

    def _home(self) -> str:
        return f"{self.citations.address(EXPORTS)}/annotations.jsonld" if self.citations.base else "urn:annotations"

    def _annotation(self, claim: Claim) -> Mapping[str, Any]:
        edition = self.citations.edition
        bodies = [_body(f"{claim.claim}: {claim.text} ({self.ledger.attribution(claim)})", "describing")]
        bodies += [_body(_assessment(verdict), "assessing") for verdict in self.ledger.answers(claim.claim)]
        address = self._address(claim)
        if address:
            bodies.append({"id": address, "type": "Text", "format": "text/html", "purpose": "linking"})
        creators = [
            {"type": "Person" if author.is_person else "Organization", "name": author.name}
            for author in edition.authors
        ]
        annotation = {
            "id": f"{self._home()}#{claim.claim}" if address else f"urn:annotation:{claim.claim}",
            "type": "Annotation",
            "motivation": "describing",
            "creator": creators,
            "created": f"{edition.date}T00:00:00Z",
            "body": bodies,
            "target": {"source": self.original, "selector": {"type": "TextQuoteSelector", "exact": claim.cue}},
        }
        return annotation | ({"rights": edition.licence_address} if edition.licence else {})

    def _address(self, claim: Claim) -> str:
        thing = self.things.get(claim.claim)
        return self.citations.address(thing.place) if thing else ""


def _assessment(verdict: Verdict) -> str:
    as_of = _("(as of {day})").format(day=verdict.as_of)
    return f"{verdict.question} {verdict.finding} {as_of}. {verdict.why}"


def _body(text: str, purpose: str) -> Mapping[str, str]:
    return {"type": "TextualBody", "value": text, "format": "text/plain", "language": spoken(), "purpose": purpose}


def _json(value: Mapping[str, Any]) -> str:
    return json.dumps(value, ensure_ascii=False, indent=1) + "\n"


# What ledger.json is


def _list_of(kind: type[Row]) -> Mapping[str, Any]:
    row = dict(kind.json_schema())
    if kind is Claim:
        row |= {"properties": {**row["properties"], "url": _TEXT}, "required": [*row["required"], "url"]}
    return {"type": "array", "items": row}


_TEXT = {"type": "string"}
_ABOUT = dict.fromkeys(("$schema", "title", "version", "licence", "original"), _TEXT)
_LISTS = {name: _list_of(kind) for name, kind in TABLES.items() if kind is not Reviewed}

#: The JSON Schema of ledger.json.
SCHEMA: Mapping[str, Any] = {
    "$schema": "https://json-schema.org/draft/2020-12/schema",
    "title": "The ledger of a reading",
    "description": "A text's sections, people, issues, claims, the links between these, and what became of them.",
    "type": "object",
    "properties": {**_ABOUT, "date": {"type": "string", "format": "date"}, **_LISTS},
    "required": [*_ABOUT, "date", *_LISTS],
    "additionalProperties": False,
}


def files(app: Sphinx) -> Iterator[tuple[str, str]]:
    """The exports of a book that says how to cite it, by their places on the site."""
    domain = citing_domain(app.env)
    if domain.citations is not None:
        ledger, original = claim_domain(app.env).ledger, app.config.annotated_reading_original
        for name, text in Exports(domain.citations, ledger, domain.catalogue.things, original).files():
            yield f"{EXPORTS}/{name}", text
