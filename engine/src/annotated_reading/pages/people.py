"""`{people}`: whom the text names."""

from docutils import nodes

from annotated_reading.ledger import parts
from annotated_reading.ledger.rows import Person
from annotated_reading.pages.directive import Column, LedgerDirective, table


class People(LedgerDirective):
    """`{people} body`: everyone or everything of a kind that the text names, with role, claims and places."""

    required_arguments = 1
    COLUMNS = (
        Column("name", "Name", 20),
        Column("role", "Role", 35),
        Column("claims", "Holds", 25, label="Holds"),
        Column("paragraphs", "Named in", 20, label="Named in"),
    )

    def run(self) -> list[nodes.Node]:
        """A table."""
        kinds = {person.kind: person for person in self.ledger.people.values()}
        kind = self.address(parts.people, kinds, "a kind of person")
        people = [person for person in self.ledger.people.values() if person.kind == kind]
        by_name = sorted(people, key=lambda person: person.name.casefold())
        return [table(self.COLUMNS, map(self._cells, by_name), "people")]

    def _cells(self, person: Person) -> tuple[nodes.paragraph, ...]:
        claims = nodes.paragraph()
        for claim in self.ledger.claims.values():
            if claim.holder == person.person:
                claims += [self.reference_to(claim, preview=False), nodes.Text(" ")]
        paragraphs = nodes.paragraph()
        for paragraph in person.paragraphs:
            paragraphs += [self.paragraph_link(paragraph), nodes.Text(" ")]
        name = nodes.paragraph("", person.name, ids=[f"person-{person.person}"])
        if person.native:
            # docutils makes a language of such a class.
            native = nodes.inline("", person.native, classes=["native", f"language-{person.language}"])
            name += [nodes.Text(" "), native]
        return name, nodes.paragraph("", person.role), claims, paragraphs
