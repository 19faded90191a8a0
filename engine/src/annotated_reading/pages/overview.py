"""Claims outside of their chapter: `{overview}` and `{register}` of all, and `{excerpt}` of one."""

from __future__ import annotations

from docutils import nodes
from sphinx.application import Sphinx

from annotated_reading.ledger import parts
from annotated_reading.ledger.rows import VERDICTS, Claim
from annotated_reading.pages.directive import Column, LedgerDirective, table, verdict_words
from annotated_reading.pages.nodes import overview
from annotated_reading.pages.references import claim_reference


class Overview(LedgerDirective):
    """`{overview}`: every claim of the text in its order, one mark each, by section."""

    def run(self) -> list[nodes.Node]:
        """The marks, as a list of lists."""
        self.note_use(parts.everything)
        sections = nodes.definition_list()
        for section in self.ledger.sections.values():
            claims = [claim for claim in self.ledger.claims.values() if claim.section == section.section]
            term = nodes.term("", "", self.section_link(section.section, classes=[f"hue-{section.hue}"]))
            marks = nodes.bullet_list("", *map(self._mark, claims), classes=["marks"])
            sections += nodes.definition_list_item("", term, nodes.definition("", marks))
        return [overview("", sections, *self._legend(), classes=["overview"])]

    def _legend(self) -> list[nodes.Node]:
        """What the marks mean, where there are verdicts."""
        if not self.ledger.verdicts:
            return []
        keys = [nodes.inline("", verdict, html={"data-verdict": verdict}) for verdict in (*VERDICTS, "not judged")]
        return [nodes.paragraph("", "", *keys, classes=["legend"])]

    def _mark(self, claim: Claim) -> nodes.list_item:
        verdict = self.ledger.verdict(claim.claim)
        html = {"data-verdict": verdict.verdict} if verdict else {}
        mark = claim_reference(claim.claim, self.env.docname, classes=["claim-mark"], html=html)
        return nodes.list_item("", nodes.paragraph("", "", mark))


class Register(LedgerDirective):
    """`{register}`: every claim in one table, which a script lets the reader filter, search and sort."""

    COLUMNS = (
        Column("claim", "Address", 9),
        Column("text", "Claim", 40),
        Column("section", "Section", 11),
        Column("kind", "Kind", 13),
        Column("holder", "Holder", 15),
        Column("issue", "Issue", 12),
    )

    def run(self) -> list[nodes.Node]:
        """The table, with the verdicts where there are any."""
        self.note_use(parts.everything)
        columns = (*self.COLUMNS, Column("verdict", "Verdict", 12)) if self.ledger.verdicts else self.COLUMNS
        return [table(columns, map(self._cells, self.ledger.claims.values()), "register")]

    def _cells(self, claim: Claim) -> list[nodes.Element]:
        ledger = self.ledger
        section = ledger.sections[claim.section].name
        holder, issue = ledger.people[claim.holder].name, ledger.issues[claim.issue].name
        words = [claim.words, section, claim.kind, holder, issue]
        if ledger.verdicts:
            verdict = ledger.verdict(claim.claim)
            words.append(verdict.verdict if verdict else "")
        address = self.reference_to(claim, preview=False)
        return [nodes.paragraph("", "", address), *(nodes.paragraph("", cell) for cell in words)]


class Excerpt(LedgerDirective):
    """`{excerpt} ath-1-2`: one claim, quoted where it does not have its address."""

    required_arguments = 1

    def run(self) -> list[nodes.Node]:
        """The claim in a block."""
        claim = self.ledger.claims[self.address(parts.claim, self.ledger.claims, "the address of a claim")]
        words = nodes.paragraph("", "", self.reference_to(claim), nodes.Text(f" {claim.words}"))
        block = nodes.container("", words, self.meta(claim), classes=["excerpt", f"hue-{self.ledger.hue(claim)}"])
        verdict = self.ledger.verdict(claim.claim)
        if verdict:
            block += nodes.paragraph("", "", verdict_words(verdict), nodes.Text(f". {verdict.why}"))
        return [block]


def setup(app: Sphinx) -> None:
    """Add the directives."""
    app.add_directive("overview", Overview)
    app.add_directive("register", Register)
    app.add_directive("excerpt", Excerpt)
