"""`{changes}`: what has changed since it was published."""

from collections.abc import Iterable, Iterator
from itertools import groupby
from typing import cast

from docutils import nodes
from docutils.nodes import make_id
from sphinx.addnodes import pending_xref
from sphinx.domains.std import StandardDomain

from annotated_reading.ledger import parts
from annotated_reading.ledger.rows import Correction
from annotated_reading.pages.directive import LedgerDirective
from annotated_reading.pages.nodes import fold
from annotated_reading.pages.references import change_label, claim_reference


class Changes(LedgerDirective):
    """`{changes} claims`: the corrections of claims, of `events`, or of `tables`: what each said before, and why."""

    required_arguments = 1

    def run(self) -> list[nodes.Node]:
        """The corrections as a list, those of tables folded."""
        self.note_use(parts.changes)
        kinds = {"claims": self.ledger.claims, "events": self.ledger.events, "tables": {}}
        if self.arguments[0] not in kinds:
            raise self.error(f"found {self.arguments[0]!r}, expected one of {', '.join(kinds)}")
        known = {**self.ledger.claims, **self.ledger.events}
        subjects = [
            subject
            for subject in self.ledger.changes
            if subject in kinds[self.arguments[0]] or (self.arguments[0] == "tables" and subject not in known)
        ]
        return [nodes.bullet_list("", *map(self._item, subjects), classes=["changes"])]

    def _item(self, subject: str) -> nodes.list_item:
        label = change_label(subject)
        std = cast(StandardDomain, self.env.get_domain("std"))
        std.note_hyperlink_target(label, self.env.docname, make_id(label), subject)
        corrections = self.ledger.changes[subject]
        head = nodes.paragraph("", "", nodes.strong("", "", self._name(subject)))
        entries: nodes.Element = nodes.bullet_list("", *map(self._entry, _alike(corrections)))
        if subject not in self.ledger.claims and subject not in self.ledger.events:
            rows = len({one.key for one in corrections})
            entries = fold("", entries, summary=f"{len(corrections)} changes in {rows} rows")
        return nodes.list_item("", head, entries, ids=[make_id(label)])

    def _name(self, subject: str) -> nodes.Node:
        """What changed: a claim or an event, which is referred to, or a table."""
        if subject in self.ledger.claims:
            return claim_reference(subject, self.env.docname, preview=False)
        if subject in self.ledger.events:
            words = nodes.inline("", self.ledger.events[subject].what)
            where = {"refdomain": "claim", "reftype": "event", "reftarget": f"event-{subject}"}
            return pending_xref("", words, refdoc=self.env.docname, refexplicit=True, refwarn=True, **where)
        return nodes.inline("", f"{subject}.csv")

    def _entry(self, alike: list[Correction]) -> nodes.list_item:
        """Corrections of one table for one reason: the reason, and what each cell said before."""
        first, rows = alike[0], {one.key for one in alike}
        columns = ", ".join(dict.fromkeys(one.column or "the whole row" for one in alike))
        what = f"{columns} of {len(rows)} rows" if len(rows) > 1 else columns
        told = nodes.paragraph("", f"{first.date}, {first.table}, {what}: {first.why}")
        cells = nodes.bullet_list("", *(nodes.list_item("", nodes.paragraph("", _before(one))) for one in alike))
        return nodes.list_item("", told, fold("", cells, summary="What it said, and says now"))


def _alike(corrections: Iterable[Correction]) -> Iterator[list[Correction]]:
    """Corrections of the same day and table for the same reason, together."""

    def kind(one: Correction) -> tuple[str, ...]:
        return one.date, one.table, one.why

    for _, group in groupby(sorted(corrections, key=kind), key=kind):
        yield list(group)


def _before(one: Correction) -> str:
    if not one.column:
        return f"{one.key}: {'says something else' if one.was and one.now else 'is gone' if one.was else 'is new'}."
    return f"{one.key}, {one.column}: was {_quoted(one.was)}, is {_quoted(one.now)}."


def _quoted(cell: str) -> str:
    return f"“{cell}”" if cell else "empty"
