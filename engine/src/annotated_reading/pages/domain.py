"""The `claim` domain: the ledger of a book, where its claims and events are printed, and what refers to them."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, cast

from docutils import nodes
from docutils.nodes import make_id
from sphinx.addnodes import pending_xref
from sphinx.builders import Builder
from sphinx.domains import Domain, ObjType
from sphinx.domains.std import StandardDomain
from sphinx.environment import BuildEnvironment
from sphinx.errors import SphinxError
from sphinx.roles import XRefRole
from sphinx.util.nodes import make_refnode

from annotated_reading.ledger.ledger import Ledger
from annotated_reading.ledger.parts import Part
from annotated_reading.ledger.read import kept_ledger
from annotated_reading.ledger.table import TableError
from annotated_reading.pages import references
from annotated_reading.warn import warn

#: How the names of the footnotes begin that the footcite role makes, before the source's key.
FOOTNOTE = "footcite-"


class LedgerError(SphinxError):
    """The ledger could not be read; the build stops before it writes a page."""

    category = "The ledger"


@dataclass
class Noted:
    """What is noted of a document while it is read."""

    printed: dict[str, list[int]] = field(default_factory=dict)
    """The claims that it prints, each with the lines of the directives that print it."""
    dated: list[str] = field(default_factory=list)
    """The events that it prints."""
    uses: dict[Part, str] = field(default_factory=dict)
    """The parts of the ledger that its directives printed, each with its fingerprint."""
    links: set[str] = field(default_factory=set)
    """What it refers to in any way."""
    cited: dict[str, list[str]] = field(default_factory=dict)
    """The keys of the sources that it cites, each with the ids of the sections that do."""
    quoted: list[str] = field(default_factory=list)
    """The keys of what it shows the citations of."""
    prose: list[tuple[str, str, str, str]] = field(default_factory=list)
    """What its author wrote: whether prose, hindsight or a term, the id of its section, its title, and the text."""


class ClaimDomain(Domain):
    """Claims, events and sections of the text as targets of references."""

    name = "claim"
    label = "Claim"
    object_types = {
        "claim": ObjType("claim", "claim"),
        "event": ObjType("event", "event"),
        "section": ObjType("section of the text", "section"),
        "change": ObjType("change", "change"),
    }
    roles = {"claim": XRefRole()}
    initial_data = {"noted": {}, "inputs": {}, "fingerprints": {}}
    data_version = 9

    def __init__(self, env: BuildEnvironment) -> None:
        """Read and check the tables of the book.

        Raises LedgerError with the place of what is wrong.
        """
        super().__init__(env)
        folder = Path(env.app.srcdir) / env.app.config.annotated_reading_data
        try:
            self.ledger: Ledger = kept_ledger(folder, Path(env.app.doctreedir) / "ledger.pickle")
        except TableError as error:
            raise LedgerError(str(error)) from error

    is_as_before = True
    """Whether each document is as the last build has read it."""

    # What is noted of documents

    @property
    def noted(self) -> dict[str, Noted]:
        """What is noted of each document."""
        return cast(dict[str, Noted], self.data["noted"])

    @property
    def inputs(self) -> dict[str, dict[str, str]]:
        """The tables that each notebook read when it ran, noted before it is read, each with its fingerprint."""
        return cast(dict[str, dict[str, str]], self.data["inputs"])

    @property
    def fingerprints(self) -> dict[str, dict[str, str]]:
        """What the last build printed, by kinds and keys, as `changes` compares it with the next one."""
        return cast(dict[str, dict[str, str]], self.data["fingerprints"])

    def note(self, docname: str) -> Noted:
        """What is noted of a document, to note more."""
        return self.noted.setdefault(docname, Noted())

    def note_printed(self, docname: str, claim: str, line: int) -> None:
        """Note that a document prints a claim, by a directive in this line.

        The claim becomes a label too, `claim-` before its address, so that books which have no claim domain can
        refer to it by `:ref:`.
        """
        self.note(docname).printed.setdefault(claim, []).append(line)
        std = cast(StandardDomain, self.env.get_domain("std"))
        if f"claim-{claim}" not in std.labels:
            std.note_hyperlink_target(f"claim-{claim}", docname, claim, claim)

    def note_event(self, docname: str, event: str) -> None:
        """Note that a document prints an event, which `[](#event-…)` then refers to."""
        self.note(docname).dated.append(event)

    def note_use(self, docname: str, part: Part) -> None:
        """Note that a document prints a part of the ledger."""
        self.note(docname).uses[part] = part.fingerprint(self.ledger)

    def note_references(self, docname: str, document: nodes.document) -> None:
        """Note what a document refers to.

        What is no claim yet may be one when the ledger has grown. This is for the end of reading: MyST makes
        references of its links later than Sphinx calls `process_doc`.
        """
        noted = self.note(docname)
        for node in document.findall(pending_xref):
            if node["reftype"] == "myst" or node.get("refdomain") == self.name:
                noted.links.add(node["reftarget"])

    def note_citations(self, docname: str, document: nodes.document) -> None:
        """Note which sources a document cites in footnotes of sphinxcontrib-bibtex, and in which sections."""
        cited = self.note(docname).cited
        for note in document.findall(nodes.footnote):
            for name in note["names"]:
                if name.startswith(FOOTNOTE):
                    anchors = (anchor_of(document.ids[one], self.ledger) for one in note["backrefs"])
                    cited[name.removeprefix(FOOTNOTE)] = list(dict.fromkeys(anchors))

    def changed(self, kind: str, now: dict[str, str]) -> set[str]:
        """The keys of a kind of fingerprints that are new, gone or other than when this was last asked."""
        before = self.fingerprints.get(kind, {})
        self.fingerprints[kind] = now
        return {key for key in before.keys() | now.keys() if before.get(key) != now.get(key)}

    # What Sphinx asks of a domain

    def clear_doc(self, docname: str) -> None:
        """Forget what a document printed and referred to; it is gone, or about to be read."""
        self.is_as_before = False
        self.noted.pop(docname, None)

    def merge_domaindata(self, docnames: Iterable[str], otherdata: dict[str, Any]) -> None:
        """Take over what another process noted of the documents that it read."""
        self.noted.update(
            {docname: otherdata["noted"][docname] for docname in docnames if docname in otherdata["noted"]}
        )

    def get_objects(self) -> Iterator[tuple[str, str, str, str, str, int]]:
        """Every claim and event that is printed, for objects.inv and for the search index."""
        for claim, docname in self.documents().items():
            yield claim, claim, "claim", docname, claim, 1
        for docname, noted in self.noted.items():
            for event in noted.dated:
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
    ) -> nodes.Element | None:
        """A link to a claim, to an event, to the page that begins a section of the text, or to what has changed."""
        if typ == "change":
            return self._change(builder, fromdocname, target, contnode)
        if typ == "section":
            docname = self.document_of(f"{target}-1-1")
            return make_refnode(builder, fromdocname, docname, "", contnode) if docname else None
        docname = self.document_of_event(target) if typ == "event" else self.document_of(target)
        if docname is None:
            return None
        where = references.target(builder, fromdocname, docname, target)
        if typ == "event":
            event = self.ledger.events.get(target.removeprefix("event-"))
            return references.resolved_event(event, contnode, where) if event else None
        claim = self.ledger.claims.get(target)
        return references.resolved_claim(claim, self.ledger, node, contnode, where) if claim else None

    def _change(self, builder: Builder, fromdocname: str, label: str, words: nodes.Element) -> nodes.Element:
        """A link to what has changed, or its words in a book that does not print that."""
        docname, anchor = cast(StandardDomain, self.env.get_domain("std")).anonlabels.get(label, ("", ""))
        return make_refnode(builder, fromdocname, docname, anchor, words) if docname else words

    def resolve_any_xref(
        self,
        env: BuildEnvironment,
        fromdocname: str,
        builder: Builder,
        target: str,
        node: pending_xref,
        contnode: nodes.Element,
    ) -> list[tuple[str, nodes.Element]]:
        """The same for `[](#ath-1-2)` and `[](#event-…)`, of which it is not known what they refer to."""
        kind = "event" if target.startswith("event-") else "claim"
        if not node.get("refexplicit") and not contnode.astext():
            event = self.ledger.events.get(target.removeprefix("event-")) if kind == "event" else None
            contnode = nodes.inline("", references.event_words(event) if event else target)
        found = self.resolve_xref(env, fromdocname, builder, kind, target, node, contnode)
        return [(f"claim:{kind}", found)] if found else []

    def check_printed(self) -> None:
        """Warn of each claim that is printed twice, and of each that no page prints.

        Sphinx's own check of a domain is left out where nothing has changed; this is for every build.
        """
        printers: dict[str, list[tuple[str, int]]] = {}
        for docname, noted in self.noted.items():
            for claim, lines in noted.printed.items():
                printers.setdefault(claim, []).extend((docname, line) for line in lines)
        for address, lines_of in printers.items():
            first, *others = sorted(lines_of)
            for other in others:
                path = self.env.doc2path(first[0], base=False)
                message = "claim %s is printed twice, first in %s:%s"
                warn("printed_twice", message, address, path, first[1], location=other)
        for said in self.ledger.claims.values():
            if said.claim not in printers:
                row = f"{self.ledger.folder / 'claims.csv'}:{said.row}"
                warn("not_printed", "no page prints claim %s", said.claim, location=row)

    # What the claims' own pages show

    def documents(self) -> dict[str, str]:
        """The document that prints each claim, in the order of the text."""
        found = {claim: docname for docname, noted in self.noted.items() for claim in noted.printed}
        return {claim: found[claim] for claim in self.ledger.claims if claim in found}

    def document_of(self, claim: str) -> str | None:
        """The document that prints a claim, if one does."""
        return next((docname for docname, noted in self.noted.items() if claim in noted.printed), None)

    def document_of_event(self, address: str) -> str | None:
        """The document that prints an event, by its address `event-…`, if one does."""
        event = address.removeprefix("event-")
        return next((docname for docname, noted in self.noted.items() if event in noted.dated), None)

    def cited_in(self, key: str) -> list[tuple[str, str, str]]:
        """Every place that cites a source: its document, the id of its section, and what to call it.

        Paragraphs come first, in the order of the text, then the rest of the book by its documents' names, each once.
        """
        order = self.ledger.order_of_paragraphs
        found: dict[str, tuple[str, str, str]] = {}
        for docname, noted in sorted(self.noted.items(), key=lambda one: one[0]):
            for anchor in noted.cited.get(make_id(key), ()):
                name = anchor if anchor in order else self._name_of(docname)
                found.setdefault(name, (docname, anchor, name))
        return sorted(found.values(), key=lambda one: order.get(one[2], len(order)))

    def _name_of(self, docname: str) -> str:
        """What to call a document: by the section of the text that it begins, else by its title."""
        for section in self.ledger.sections.values():
            if self.document_of(f"{section.section}-1-1") == docname:
                return section.name
        return str(self.env.titles[docname].astext())


def claim_domain(env: BuildEnvironment) -> ClaimDomain:
    """The claim domain of a book."""
    return cast(ClaimDomain, env.get_domain("claim"))


def is_reading(env: BuildEnvironment | None) -> bool:
    """Whether a document is of a book that uses the engine: beside other books it may merely be installed."""
    return env is not None and "claim" in env.domains


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
