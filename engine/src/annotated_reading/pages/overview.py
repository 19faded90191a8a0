"""Claims outside of their chapter: `{outcomes}`, `{overview}` and `{register}` of all, and `{excerpt}` of one."""

from collections import Counter
from collections.abc import Sequence

from docutils import nodes

from annotated_reading.language import N_, _, label, quoted
from annotated_reading.ledger import parts
from annotated_reading.ledger.rows import INQUIRIES, VERDICTS, Claim, Verdict
from annotated_reading.pages.directive import Column, LedgerDirective, answer_html, table, verdict_words
from annotated_reading.pages.nodes import fold, overview
from annotated_reading.pages.references import claim_reference
from annotated_reading.published import render

#: What is said of claims that nobody judged.
NOT_JUDGED = N_("not judged")


class Outcomes(LedgerDirective):
    """`{outcomes}`: how many claims were judged and how they fared, in a sentence over a bar.

    Of a claim with two answers the one on what became of the matter counts.
    """

    def run(self) -> list[nodes.Node]:
        """The sentence and the bar."""
        self.note_use(parts.everything)
        found = Counter(verdict.answer for verdict in map(self.ledger.outcome, self.ledger.claims) if verdict)
        decided, open_ = (
            [answer for answer, grade in VERDICTS.items() if bool(grade.rating) is rated] for rated in (True, False)
        )
        judged, rest = sum(found.values()), len(self.ledger.claims) - sum(found.values())
        lead = _("Of {all} claims {judged} were judged:").format(all=len(self.ledger.claims), judged=judged)
        sentence = nodes.paragraph("", f"{lead} ")
        sentence += self._counted(found, decided)
        sentence += [
            nodes.Text("; "),
            *self._counted(found, open_),
            nodes.Text(". " + _("{n} are not for judging.").format(n=rest)),
        ]
        widths = {answer: found[answer] for answer in VERDICTS} | {NOT_JUDGED: rest}
        bar = nodes.raw("", render("bar.svg", widths=widths), format="html")
        return [nodes.container("", sentence, bar, classes=["outcomes"], html={"data-hindsight": ""})]

    def _counted(self, found: Counter[str], answers: Sequence[str]) -> list[nodes.Node]:
        words: list[nodes.Node] = []
        for answer in answers:
            said = nodes.strong("", f"{VERDICTS[answer].sign} {found[answer]} {_(answer)}", html=answer_html(answer))
            words += [nodes.Text(", " if words else ""), said]
        return words


class Overview(LedgerDirective):
    """`{overview}`: every claim of the text in its order, one mark each, by section, to unfold below some words."""

    has_content = True

    def run(self) -> list[nodes.Node]:
        """The marks, as a list of lists."""
        self.note_use(parts.everything)
        sections = nodes.definition_list()
        for section in self.ledger.sections.values():
            claims = [claim for claim in self.ledger.claims.values() if claim.section == section.section]
            term = nodes.term("", "", self.section_link(section.section, classes=[f"hue-{section.hue}"]))
            marks = nodes.bullet_list("", *map(self._mark, claims), classes=["marks"])
            sections += nodes.definition_list_item("", term, nodes.definition("", marks))
        judged: list[nodes.Node] = [self._legend(), self._counts()] if self.ledger.verdicts else []
        marks_ = overview("", sections, *judged, classes=["overview"])
        summary = _("All {n} claims").format(n=len(self.ledger.claims))
        return [fold("", *self.parse_content_to_nodes(), marks_, summary=summary, html={"data-overview": ""})]

    def _legend(self) -> nodes.paragraph:
        """What the marks mean."""
        keys = [nodes.inline("", _(answer), html=answer_html(answer)) for answer in (*VERDICTS, NOT_JUDGED)]
        return nodes.paragraph("", "", *keys, classes=["legend"])

    def _counts(self) -> nodes.table:
        """How often each question has which answer."""
        found = Counter(
            (verdict.asks, verdict.answer) for claim in self.ledger.claims for verdict in self.ledger.answers(claim)
        )
        columns = [Column("asks", _("Asked"), 10, heads=True)]
        columns += [Column(answer.replace(" ", "-"), _(answer), 5, _(answer)) for answer in VERDICTS]
        rows = (
            [_(inquiry.question), *(str(found[asks, answer]) for answer in VERDICTS)]
            for asks, inquiry in INQUIRIES.items()
            if any(found[asks, answer] for answer in VERDICTS)
        )
        return table(columns, ([nodes.paragraph("", cell) for cell in row] for row in rows), "answers")

    def _mark(self, claim: Claim) -> nodes.list_item:
        verdict = self.ledger.outcome(claim.claim)
        html = answer_html(verdict.answer) if verdict else {}
        mark = claim_reference(claim.claim, self.env.docname, classes=["claim-mark"], html=html)
        return nodes.list_item("", nodes.paragraph("", "", mark))


class Register(LedgerDirective):
    """`{register}`: every claim in one table, which a script lets the reader filter, search and sort."""

    def run(self) -> list[nodes.Node]:
        """The table, with the verdicts where there are any."""
        self.note_use(parts.register)
        columns = [
            Column("claim", _("Address"), 9),
            Column("text", _("Claim"), 40),
            Column("section", _("Section"), 11),
            Column("kind", _("Kind"), 13),
            Column("holder", _("Holder"), 15),
            Column("hedge", _("Hedge"), 9),
            Column("issue", _("Issue"), 12),
        ]
        if self.ledger.verdicts:
            columns.append(Column("verdict", _("Verdict"), 12))
        return [table(columns, map(self._cells, self.ledger.claims.values()), "register")]

    def _cells(self, claim: Claim) -> list[nodes.Element]:
        ledger = self.ledger
        section = ledger.sections[claim.section].name
        holder, issue = ledger.people[claim.holder].name, ledger.issues[claim.issue].name
        hedge = quoted(claim.hedge) if claim.hedge else ""
        words = [claim.words, section, _(claim.kind), holder, hedge, issue]
        address = self.reference_to(claim, preview=False)
        cells: list[nodes.Element] = [nodes.paragraph("", "", address), *(nodes.paragraph("", cell) for cell in words)]
        if ledger.verdicts:
            cells.append(nodes.container("", *map(self._answer, ledger.answers(claim.claim))))
        return cells

    def _answer(self, verdict: Verdict) -> nodes.paragraph:
        """An answer in a cell; a filter finds all claims that have the same to the same question."""
        html = {"data-value": f"{label(verdict.label)} {_(verdict.answer)}"}
        return nodes.paragraph("", "", verdict_words(verdict, label(verdict.label)), html=html)


class Excerpt(LedgerDirective):
    """`{excerpt} ath-1-2`: one claim, quoted where it does not have its address."""

    required_arguments = 1

    def run(self) -> list[nodes.Node]:
        """The claim in a block."""
        claim = self.ledger.claims[self.address(parts.claim, self.ledger.claims, "the address of a claim")]
        words = nodes.paragraph("", "", self.reference_to(claim), nodes.Text(f" {claim.words}"))
        block = nodes.container("", words, self.meta(claim), classes=["excerpt", f"hue-{self.ledger.hue(claim)}"])
        for verdict in self.ledger.answers(claim.claim):
            answer = verdict_words(verdict, label(verdict.label))
            block += nodes.paragraph("", "", answer, nodes.Text(f". {verdict.why}"), html={"data-hindsight": ""})
        return [block]
