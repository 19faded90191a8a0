"""`{people}`: whom the text names."""

from collections.abc import Iterable
from typing import ClassVar

from docutils import nodes
from sphinx.util.typing import OptionSpec

from annotated_reading.language import _
from annotated_reading.ledger import parts
from annotated_reading.ledger.rows import Person
from annotated_reading.pages.directive import Column, LedgerDirective, table
from annotated_reading.pages.nodes import fold


class People(LedgerDirective):
    """`{people} body`: everyone or everything of a kind that the text names, with role, claims and places."""

    FEW = 8
    """How many links stand open in a cell; a reader who wants the rest unfolds it."""

    required_arguments = 1
    option_spec: ClassVar[OptionSpec] = {"family-first": str.split}

    def run(self) -> list[nodes.Node]:
        """A table."""
        kinds = {person.kind: person for person in self.ledger.people.values()}
        kind = self.address(parts.people, kinds, "a kind of person")
        people = [person for person in self.ledger.people.values() if person.kind == kind]
        by_name = sorted(people, key=lambda person: (self._family(person).casefold(), person.name.casefold()))
        columns = (
            Column("name", _("Name"), 20),
            Column("role", _("Role"), 35),
            Column("claims", _("Holds"), 25, label=_("Holds")),
            Column("paragraphs", _("Named in"), 20, label=_("Named in")),
        )
        return [table(columns, map(self._cells, by_name), "people")]

    def _family(self, person: Person) -> str:
        """The name by which somebody is looked for; of what is no person, the whole name."""
        if person.kind != "person":
            return person.name
        names = person.name.split()
        return names[0 if person.language in self.options.get("family-first", ()) else -1]

    def _cells(self, person: Person) -> tuple[nodes.Element, ...]:
        claims = [claim for claim in self.ledger.claims.values() if claim.holder == person.person]
        before, family, after = person.name.rpartition(self._family(person))
        name = nodes.paragraph("", before, nodes.strong("", family), nodes.Text(after), ids=[f"person-{person.person}"])
        if person.native:
            # docutils makes a language of such a class.
            native = nodes.inline("", person.native, classes=["native", f"language-{person.language}"])
            name += [nodes.Text(" "), native]
        held = self._links([self.reference_to(claim, preview=False) for claim in claims])
        return name, nodes.paragraph("", person.role), held, self._links(map(self.paragraph_link, person.paragraphs))

    def _links(self, links: Iterable[nodes.Node]) -> nodes.container:
        """Links one after the other, the rest of many folded."""
        first, rest = nodes.paragraph(), nodes.paragraph()
        for number, link in enumerate(links):
            (first if number < self.FEW else rest).extend([link, nodes.Text(" ")])
        cell = nodes.container("", first)
        if rest.children:
            cell += fold("", rest, summary=_("{n} more").format(n=len(rest) // 2))
        return cell
