"""`{positions}`: who stands where."""

from docutils import nodes

from annotated_reading.language import _, label
from annotated_reading.ledger import parts
from annotated_reading.ledger.rows import Position
from annotated_reading.pages.directive import Column, LedgerDirective, table


class Positions(LedgerDirective):
    """`{positions}`: the issues by the sections, each cell a stance, a position and the claims that show it."""

    def run(self) -> list[nodes.Node]:
        """The matrix."""
        self.note_use(parts.positions)
        cells = {(position.issue, position.section): position for position in self.ledger.positions}
        sections = [key for key in self.ledger.sections if any(at == key for issue, at in cells)]
        issues = list(dict.fromkeys(position.issue for position in self.ledger.positions))
        columns = [Column("issue", _("Issue"), 12)]
        columns += [Column(section, self.ledger.sections[section].name, 18) for section in sections]
        rows = [[self._issue(issue), *(self._cell(cells.get((issue, key))) for key in sections)] for issue in issues]
        return [table(columns, rows, "positions")]

    def _issue(self, issue: str) -> nodes.paragraph:
        return nodes.paragraph("", "", nodes.strong("", self.ledger.issues[issue].name))

    def _cell(self, position: Position | None) -> nodes.paragraph:
        if position is None:
            return nodes.paragraph("", _("The text says nothing."), classes=["relation"])
        section = self.ledger.sections[position.section]
        name = nodes.inline("", section.name, classes=["section-name", "column-name", f"hue-{section.hue}"])
        stance = nodes.inline("", _(position.stance), classes=["stance", f"stance-{position.stance}"])
        cell = nodes.paragraph("", "", name, nodes.Text(" "), stance, nodes.Text(f"{label('')} {position.position}"))
        for address in position.claims:
            cell += [nodes.Text(" "), self.reference_to(self.ledger.claims[address])]
        return cell
