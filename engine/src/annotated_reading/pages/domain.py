"""The `claim` domain: where claims and events are printed, what refers to them, and what must be built again."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from typing import Any, cast

from docutils import nodes
from docutils.nodes import make_id
from sphinx.addnodes import pending_xref
from sphinx.builders import Builder
from sphinx.domains import Domain, ObjType
from sphinx.domains.std import StandardDomain
from sphinx.environment import BuildEnvironment
from sphinx.roles import XRefRole
from sphinx.util.nodes import make_refnode

from annotated_reading.ledger.ledger import Ledger
from annotated_reading.ledger.rows import Claim, Event
from annotated_reading.pages.nodes import previewed_reference
from annotated_reading.warn import warn

#: How the names of the footnotes begin that the footcite role makes, before the source's key.
FOOTNOTE = "footcite-"


def digest(value: object) -> str:
    """A short fingerprint of a value of frozen dataclasses, tuples and strings, the same in every process."""
    return hashlib.sha256(repr(value).encode()).hexdigest()[:16]


class ClaimDomain(Domain):
    """Claims, events and sections of the text as targets of references.

    `ledger` is set before anything is read. What `data` holds is by document, so that documents can be read in
    parallel and merged:

    - `printed`: the claims that a document prints, each with the lines of the directives that print it;
    - `dated`: the events that it prints;
    - `uses`: the parts of the ledger that its directives printed, each with its fingerprint;
    - `mentions`: what its prose refers to, each with the ids of the sections that do;
    - `links`: what it refers to in any way;
    - `citations`: the keys of the sources that it cites, each with the ids of the sections that do;

    of the notebooks, noted before they are read, `inputs`: the tables that each read when it ran, with fingerprints;

    and, of the last build, `previews`: of each claim and event the fingerprint of what a reference to it shows,
    `trails`: of each claim the fingerprint of where it is taken up, and `cited`: the fingerprint of all citations.
    """

    name = "claim"
    label = "Claim"
    object_types = {
        "claim": ObjType("claim", "claim"),
        "event": ObjType("event", "event"),
        "section": ObjType("section of the text", "section"),
    }
    roles = {"claim": XRefRole()}
    initial_data = {
        **{kind: {} for kind in ("printed", "dated", "uses", "mentions", "links", "citations")},
        "inputs": {},
        "previews": {},
        "trails": {},
        "cited": "",
    }
    data_version = 6
    ledger: Ledger

    _BY_DOCUMENT = ("printed", "dated", "uses", "mentions", "links", "citations")

    # What is noted while a document is read

    def note_printed(self, docname: str, claim: str, line: int) -> None:
        """Note that a document prints a claim, by a directive in this line.

        The claim becomes a label too, `claim-` before its address, so that books which have no claim domain can
        refer to it by `:ref:`.
        """
        self.data["printed"].setdefault(docname, {}).setdefault(claim, []).append(line)
        std = cast(StandardDomain, self.env.get_domain("std"))
        if f"claim-{claim}" not in std.labels:
            std.note_hyperlink_target(f"claim-{claim}", docname, claim, claim)

    def note_event(self, docname: str, event: str) -> None:
        """Note that a document prints an event, which `[](#event-…)` then refers to."""
        self.data["dated"].setdefault(docname, []).append(event)

    def note_use(self, docname: str, part: str) -> None:
        """Note that a document prints a part of the ledger, named as `part_of_ledger` takes it."""
        self.data["uses"].setdefault(docname, {})[part] = digest(self.part_of_ledger(part))

    def part_of_ledger(self, part: str) -> object:
        """What a directive printed: "claims us-5", "elsewhere us-5", "hindsight us-5", "claim us-5-2", "section us",
        "people body", "positions", "events", "self-check us", "role us" or "all".

        A part that the ledger no longer has is None.
        """
        ledger = self.ledger
        what, _, address = part.partition(" ")
        if what == "all":
            return tuple(self._shown(claim) for claim in ledger.claims.values()), tuple(ledger.sections.values())
        if what == "section":
            section = ledger.sections.get(address)
            first = ledger.first_of(address)
            return section and (section, ledger.people[section.contributor], first and first.cue)
        if what == "events":
            return ledger.events
        if what == "positions":
            return ledger.positions, tuple(ledger.sections.values()), tuple(ledger.issues.values())
        if what == "self-check":
            asked = (question for question in ledger.questions if question.section == address)
            shown = tuple((one, self._shown(ledger.claims[one.claim])) for one in asked)
            return shown, tuple(ledger.people.values()), tuple(ledger.sections.values())
        if what == "role":
            claims = tuple(claim for claim in ledger.claims.values() if claim.section == address)
            return self.part_of_ledger("positions"), tuple(map(self._shown, claims))
        if what == "people":
            holders = tuple((claim.claim, claim.holder, ledger.hue(claim)) for claim in ledger.claims.values())
            return tuple(person for person in ledger.people.values() if person.kind == address), holders
        if what == "claim":
            return address in ledger.claims and self._shown(ledger.claims[address])
        claims = ledger.paragraphs.get(address, ())
        if what == "hindsight":
            return tuple((claim.claim, ledger.hue(claim), ledger.verdicts.get(claim.claim)) for claim in claims)
        if what == "claims":
            return tuple((self._shown(c), [other.claim for _, other in ledger.links_of(c.claim)]) for c in claims)
        pairs = ledger.elsewhere(address).items() if claims else ()
        return tuple((ledger.sections[section], found) for section, found in pairs)

    def _shown(self, claim: Claim) -> object:
        ledger = self.ledger
        verdict = ledger.verdict(claim.claim)
        return claim, ledger.attribution(claim), ledger.hue(claim), ledger.issues[claim.issue].name, verdict

    def note_references(self, docname: str, document: nodes.document) -> None:
        """Note what a document refers to, and in which of its sections its prose does.

        What is no claim yet may be one when the ledger has grown. This is for the end of reading: MyST makes
        references of its links later than Sphinx calls `process_doc`.
        """
        links: set[str] = set()
        mentions: dict[str, list[str]] = {}
        for node in document.findall(pending_xref):
            target = node["reftarget"]
            if node["reftype"] == "myst" or node.get("refdomain") == self.name:
                links.add(target)
            if node["reftype"] == "myst":
                anchor = anchor_of(node, self.ledger)
                if anchor not in mentions.setdefault(target, []):
                    mentions[target].append(anchor)
        self.data["links"][docname] = sorted(links)
        self.data["mentions"][docname] = mentions

    def note_citations(self, docname: str, document: nodes.document) -> None:
        """Note which sources a document cites in footnotes of sphinxcontrib-bibtex, and in which sections."""
        citing: dict[str, list[str]] = {}
        for note in document.findall(nodes.footnote):
            for name in note["names"]:
                if name.startswith(FOOTNOTE):
                    places = (anchor_of(document.ids[one], self.ledger) for one in note["backrefs"])
                    citing[name.removeprefix(FOOTNOTE)] = list(dict.fromkeys(places))
        self.data["citations"][docname] = citing

    # What Sphinx asks of a domain

    def clear_doc(self, docname: str) -> None:
        """Forget what a document printed and referred to."""
        for kind in self._BY_DOCUMENT:
            self.data[kind].pop(docname, None)

    def merge_domaindata(self, docnames: Iterable[str], otherdata: dict[str, Any]) -> None:
        """Take over what another process noted of the documents that it read."""
        for kind in self._BY_DOCUMENT:
            for docname in docnames:
                if docname in otherdata[kind]:
                    self.data[kind][docname] = otherdata[kind][docname]

    def get_objects(self) -> Iterator[tuple[str, str, str, str, str, int]]:
        """Every claim and event that is printed, for objects.inv and for the search index."""
        for claim, docname in self.places().items():
            yield claim, claim, "claim", docname, claim, 1
        for docname, events in self.data["dated"].items():
            for event in events:
                yield f"event-{event}", f"event-{event}", "event", docname, f"event-{event}", 1

    def resolve_xref(
        self,
        env: BuildEnvironment,
        fromdocname: str,
        builder: Builder,
        typ: str,
        target: str,
        node: pending_xref,
        contnode: nodes.Element,
    ) -> nodes.reference | None:
        """A link to a claim, to an event, or to the page that begins a section of the text."""
        if typ == "section":
            docname = self.place_of(f"{target}-1-1")
            return make_refnode(builder, fromdocname, docname, "", contnode) if docname else None
        if typ == "event":
            event = self.ledger.events.get(target.removeprefix("event-"))
            docname = self.place_of_event(target)
            if event is None or docname is None:
                return None
            return self._event_reference(builder, fromdocname, docname, event, contnode)
        docname = self.place_of(target)
        if docname is None or target not in self.ledger.claims:
            return None
        return self._claim_reference(builder, fromdocname, docname, self.ledger.claims[target], node, contnode)

    def resolve_any_xref(
        self,
        env: BuildEnvironment,
        fromdocname: str,
        builder: Builder,
        target: str,
        node: pending_xref,
        contnode: nodes.Element,
    ) -> list[tuple[str, nodes.Element]]:
        """The same for `[](#us-5-2)` and `[](#event-…)`, of which it is not known what they refer to."""
        kind = "event" if target.startswith("event-") else "claim"
        if not node.get("refexplicit") and not contnode.astext():
            event = self.ledger.events.get(target.removeprefix("event-")) if kind == "event" else None
            contnode = nodes.inline("", _heading(event) if event else target)
        found = self.resolve_xref(env, fromdocname, builder, kind, target, node, contnode)
        return [(f"claim:{kind}", found)] if found else []

    def check_printed(self) -> None:
        """Warn of each claim that is printed twice, and of each that no page prints.

        Sphinx's own check of a domain is left out where nothing has changed; this is for every build.
        """
        printers: dict[str, list[tuple[str, int]]] = {}
        for docname, claims in self.data["printed"].items():
            for claim, lines in claims.items():
                printers.setdefault(claim, []).extend((docname, line) for line in lines)
        for address, places in printers.items():
            first, *others = sorted(places)
            for other in others:
                path = self.env.doc2path(first[0], base=False)
                message = "claim %s is printed twice, first in %s:%s"
                warn("printed_twice", message, address, path, first[1], location=other)
        for claim in self.ledger.claims.values():
            if claim.claim not in printers:
                place = f"{self.ledger.folder / 'claims.csv'}:{claim.row}"
                warn("not_printed", "no page prints claim %s", claim.claim, location=place)

    # What has to be built again

    def outdated(self) -> list[str]:
        """The documents of which a directive would now print something else."""
        return [
            docname
            for docname, parts in self.data["uses"].items()
            if any(digest(self.part_of_ledger(part)) != known for part, known in parts.items())
        ]

    def rewritten(self) -> list[str]:
        """The documents that refer to a claim or event whose preview or place has changed since this was last asked,

        or that print a claim which is taken up elsewhere than before.
        """
        places = self.places()
        previews = {c: digest((self._shown(self.ledger.claims[c]), d)) for c, d in places.items()}
        for docname, events in self.data["dated"].items():
            previews |= {f"event-{event}": digest((self.ledger.events.get(event), docname)) for event in events}
        trails = {claim: digest(self.trail(claim)) for claim in places}
        changed = _changed(self.data["previews"], previews)
        moved = _changed(self.data["trails"], trails)
        self.data["previews"], self.data["trails"] = previews, trails
        referring = {doc for doc, claims in self.data["links"].items() if changed.intersection(claims)}
        printing = {places[claim] for claim in moved if claim in places}
        return sorted(referring | printing)

    def citations_changed(self) -> bool:
        """Whether any source is cited elsewhere than when this was last asked."""
        known, self.data["cited"] = self.data["cited"], digest(sorted(self.data["citations"].items()))
        return bool(known != self.data["cited"])

    # What the claims' own pages show

    def places(self) -> dict[str, str]:
        """The document that prints each claim, in the order of the text."""
        found = {claim: docname for docname, claims in self.data["printed"].items() for claim in claims}
        return {claim: found[claim] for claim in self.ledger.claims if claim in found}

    def place_of(self, claim: str) -> str | None:
        """The document that prints a claim, if one does."""
        return next((docname for docname, claims in self.data["printed"].items() if claim in claims), None)

    def place_of_event(self, address: str) -> str | None:
        """The document that prints an event, by its address `event-…`, if one does."""
        event = address.removeprefix("event-")
        return next((docname for docname, events in self.data["dated"].items() if event in events), None)

    def trail(self, claim: str) -> list[tuple[str, str, str]]:
        """Every place whose prose refers to a claim: its document, the id of its section, and what to call it.

        The annotation of the claim's own paragraph is left out. Other paragraphs come first, in the order of
        the text, then the rest of the book by its documents' names, once a document.
        """
        own = self.ledger.claims[claim].paragraph
        return [place for place in self._noted("mentions", claim) if place[1] != own]

    def cited_in(self, key: str) -> list[tuple[str, str, str]]:
        """Every place that cites a source, in the same way."""
        return self._noted("citations", make_id(key))

    def _noted(self, what: str, key: str) -> list[tuple[str, str, str]]:
        """The places of which `what` is noted of a key: each paragraph, and each document outside of these, once."""
        order = {address: place for place, address in enumerate(self.ledger.paragraphs)}
        found: dict[str, tuple[str, str, str]] = {}
        for docname, noted in sorted(self.data[what].items()):
            for anchor in noted.get(key, ()):
                name = anchor if anchor in order else self._name_of(docname)
                found.setdefault(name, (docname, anchor, name))
        return sorted(found.values(), key=lambda place: order.get(place[2], len(order)))

    def _name_of(self, docname: str) -> str:
        """What to call a document: by the section of the text that it begins, else by its title."""
        for section in self.ledger.sections.values():
            if self.place_of(f"{section.section}-1-1") == docname:
                return section.name
        return str(self.env.titles[docname].astext())

    def _event_reference(
        self, builder: Builder, fromdocname: str, docname: str, event: Event, contnode: nodes.Element
    ) -> previewed_reference:
        reference = previewed_reference("", "", contnode, internal=True, classes=["previewed", "event-reference"])
        _lead(reference, builder, fromdocname, docname, f"event-{event.event}")
        reference["preview"] = f"{event.date}: {event.what}"
        return reference

    def _claim_reference(
        self,
        builder: Builder,
        fromdocname: str,
        docname: str,
        claim: Claim,
        node: pending_xref,
        contnode: nodes.Element,
    ) -> previewed_reference:
        classes = ["previewed", "claim-reference", f"hue-{self.ledger.hue(claim)}", *node.get("refclasses", ())]
        reference = previewed_reference("", "", contnode, internal=True, classes=classes)
        _lead(reference, builder, fromdocname, docname, claim.claim)
        if not node.get("nopreview"):
            verdict = self.ledger.verdict(claim.claim)
            found = f"; {verdict.verdict}" if verdict else ""
            reference["preview"] = f"{claim.words} ({claim.claim}: {self.ledger.attribution(claim)}{found})"
        return reference


def claim_domain(env: BuildEnvironment) -> ClaimDomain:
    """The claim domain of a book."""
    return cast(ClaimDomain, env.get_domain("claim"))


def _lead(reference: nodes.reference, builder: Builder, fromdocname: str, docname: str, anchor: str) -> None:
    """Let a reference lead to an element of a document."""
    if docname == fromdocname:
        reference["refid"] = anchor
    else:
        reference["refuri"] = f"{builder.get_relative_uri(fromdocname, docname)}#{anchor}"


def _heading(event: Event) -> str:
    """What a reference to an event reads as, where the prose gives it no words."""
    return f"{event.what.rstrip('.')} ({event.date})"


def anchor_of(node: nodes.Node, ledger: Ledger) -> str:
    """The id of the section that holds a node: a paragraph's address where it has one, else its first id."""
    ids: list[str] = []
    parent = node.parent
    while parent is not None:
        if isinstance(parent, nodes.section):
            for address in parent["ids"]:
                if address in ledger.paragraphs:
                    return str(address)
            ids = ids or list(parent["ids"])
        parent = parent.parent
    return str(ids[0]) if ids else ""


def _changed(old: dict[str, str], new: dict[str, str]) -> set[str]:
    return {key for key in old.keys() | new.keys() if old.get(key) != new.get(key)}
