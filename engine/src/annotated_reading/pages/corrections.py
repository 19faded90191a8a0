"""`{changes}`: what has changed since it was published."""

from collections.abc import Iterator, Mapping, Sequence
from typing import cast

from docutils import nodes
from docutils.nodes import make_id
from sphinx.addnodes import pending_xref
from sphinx.domains.std import StandardDomain

from annotated_reading.language import N_, _, label, ngettext, quoted
from annotated_reading.ledger import parts
from annotated_reading.ledger.package import FILE
from annotated_reading.ledger.rows import INQUIRIES, Correction, Event, Verdict
from annotated_reading.pages.directive import Column, LedgerDirective, table
from annotated_reading.pages.nodes import fold
from annotated_reading.pages.references import change_label, claim_reference

#: The column of an entry that says how the answers to all questions about a claim became others.
ANSWERS = "answers"

#: What is called otherwise than by the titles of datapackage.json: what has none there, and fields of works.
_TITLES = {"datapackage": N_("Descriptions of the tables")}
_COLUMNS = {"": N_("The row"), "howpublished": N_("Kind of work"), "url": N_("Address"), "urldate": N_("Read on")}


class Changes(LedgerDirective):
    """`{changes} answers`: the answers that became others, in a table; `{changes} tables`: all else, by table."""

    required_arguments = 1

    def run(self) -> list[nodes.Node]:
        """The table, or a fold for each table of which something changed."""
        self.note_use(parts.changes)
        self.env.note_dependency(str(self.ledger.folder / FILE))
        if self.arguments[0] == "answers":
            changed = [one for one in self.ledger.corrections if _is_answers(one)]
            columns = (
                Column("claim", _("Claim"), 10),
                Column("was", _("Was"), 15, label(_("Was"))),
                Column("now", _("Asked, and answered now"), 35),
                Column("why", _("Why"), 40, label(_("Why"))),
            )
            return [table(columns, map(self._answers, changed), "changed-answers")]
        if self.arguments[0] == "tables":
            return [*self._tables()]
        raise self.error(f"found {self.arguments[0]!r}, expected answers or tables")

    def _answers(self, one: Correction) -> list[nodes.Element]:
        said = (part.partition(": ")[::2] for part in one.now.split(" · "))
        now = [nodes.paragraph("", "", nodes.strong("", f"{asked}:"), nodes.Text(f" {found}")) for asked, found in said]
        return [
            nodes.paragraph("", "", *self._row(one)),
            nodes.paragraph("", one.was),
            nodes.container("", *now),
            nodes.paragraph("", one.why),
        ]

    def _tables(self) -> Iterator[nodes.Element]:
        resources = {str(one["name"]): one for one in self.ledger.package.said.get("resources", ())}
        newest_first = sorted(self.ledger.corrections, key=lambda one: one.date, reverse=True)
        for name in dict.fromkeys([*resources, *(one.table for one in newest_first)]):
            found = [one for one in newest_first if one.table == name and not _is_answers(one)]
            if found:
                described = resources.get(name, {})
                fields = described.get("schema", {}).get("fields", ())
                columns = {name: _(said) for name, said in _COLUMNS.items()} | {
                    field["name"]: field["title"] for field in fields if "title" in field
                }
                title = _(_TITLES[name]) if name in _TITLES else described.get("title", name.capitalize())
                rows = ngettext("{n} row", "{n} rows", len({one.key for one in found}))
                changes = ngettext("{n} change", "{n} changes", len(found))
                entries = nodes.bullet_list("", *self._entries(found, columns))
                summary = _("{table}: {changes} in {rows}").format(table=title, changes=changes, rows=rows)
                yield fold("", entries, summary=summary, ids=self._note(name), classes=["changes"])

    def _entries(self, found: Sequence[Correction], columns: Mapping[str, str]) -> Iterator[nodes.list_item]:
        """What changed for one reason on one day: the reason, and what each cell said before."""
        alike: dict[tuple[str, str], list[Correction]] = {}
        for one in found:
            alike.setdefault((one.date, one.why), []).append(one)
        for (day, why), ones in alike.items():
            cells: nodes.Element = nodes.bullet_list("", *(self._cell(one, columns) for one in ones))
            if len(cells) > 3:
                cells = fold("", cells, summary=_("What {n} cells said, and say now").format(n=len(cells)))
            yield nodes.list_item("", nodes.paragraph("", "", nodes.strong("", day), nodes.Text(f" {why}")), cells)

    def _cell(self, one: Correction, columns: Mapping[str, str]) -> nodes.list_item:
        if one.column:
            said = _("was {was}, is {now}").format(was=_cell_words(one.was), now=_cell_words(one.now))
        else:
            said = _("says something else") if one.was and one.now else _("is gone") if one.was else _("is new")
        column = columns.get(one.column, one.column.capitalize())
        return nodes.list_item("", nodes.paragraph("", "", *self._row(one), nodes.Text(f". {label(column)} {said}")))

    def _row(self, one: Correction) -> list[nodes.Node]:
        """Which row it is, with references to claims and to the event; the first place of each is its address."""
        if one.table == Event.TABLE and one.key in self.ledger.events:
            words = nodes.inline("", self.ledger.events[one.key].what.rstrip("."))
            where = {"refdomain": "claim", "reftype": "event", "reftarget": f"event-{one.key}"}
            names: list[nodes.Node] = [
                pending_xref("", words, refdoc=self.env.docname, refexplicit=True, refwarn=True, **where)
            ]
        else:
            names = []
            for name in one.key.split(" "):
                names += [nodes.Text(" "), self._name(name, _is_answers(one))]
        subject = self.ledger.subject(one)
        return [nodes.inline("", "", *names, ids=[] if subject == one.table else self._note(subject))]

    def _name(self, name: str, preview: bool) -> nodes.Node:
        if name in self.ledger.claims:
            return claim_reference(name, self.env.docname, preview=preview)
        return nodes.Text(_(INQUIRIES[name].label) if name in INQUIRIES else name)

    def _note(self, subject: str) -> list[str]:
        """The address of what changed of a subject, where this is its first place."""
        name, std = change_label(subject), cast(StandardDomain, self.env.get_domain("std"))
        if name in std.anonlabels:
            return []
        std.note_hyperlink_target(name, self.env.docname, make_id(name), subject)
        return [make_id(name)]


def _is_answers(one: Correction) -> bool:
    return (one.table, one.column) == (Verdict.TABLE, ANSWERS)


def _cell_words(cell: str) -> str:
    return quoted(cell) if cell else _("empty")
