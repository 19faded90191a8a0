"""What a section of a chapter is made of: `{byline}`, `{claims}`, `{elsewhere}` and `{hindsight}`."""

from collections.abc import Sequence

from docutils import nodes

from annotated_reading.ledger import parts
from annotated_reading.ledger.rows import Claim, Link, Verdict
from annotated_reading.pages.directive import LedgerDirective, verdict_words
from annotated_reading.pages.nodes import (
    claim_group,
    claim_item,
    claim_trail,
    claims_head,
    fold,
    reading_time,
    taken_up,
)


class Byline(LedgerDirective):
    """`{byline} ath`: who wrote the section, which paragraphs it has, how long the chapter takes, the original."""

    required_arguments = 1

    def run(self) -> list[nodes.Node]:
        """The byline, as a paragraph."""
        section = self.ledger.sections[self.address(parts.section, self.ledger.sections, "a section")]
        author = self.ledger.people[section.contributor].name
        last = f" to {section.section}-{section.paragraphs}" if section.paragraphs > 1 else ""
        byline = nodes.paragraph(classes=["byline", f"hue-{section.hue}"], html={"data-byline": ""})
        byline += nodes.Text(f"Paragraphs {section.section}-1{last}, by {author}. ")
        byline += [
            reading_time(),
            nodes.Text(". "),
            self.original(self.ledger.first_of(section.section), "Read the original"),
        ]
        return [byline]


class Claims(LedgerDirective):
    """`{claims} ath-1`: the claims of a paragraph, each with its address and all that the ledger says of it."""

    required_arguments = 1

    def run(self) -> list[nodes.Node]:
        """The box of claims, below what the paragraph says as a whole."""
        paragraph = self.address(parts.claims, self.ledger.paragraphs, "a paragraph")
        claims = self.ledger.paragraphs[paragraph]
        if not claims:
            raise self.error(f"claims.csv has no claim of {paragraph}")
        name = {"role": "group", "aria-label": f"What paragraph {paragraph} claims"}
        group = claim_group(classes=["claims", f"hue-{self.ledger.hue(claims[0])}"], html=name)
        if paragraph in self.ledger.precis:
            words = self.ledger.precis[paragraph]
            group += nodes.paragraph("", words, classes=["precis"], html={"data-precis": paragraph})
        head = claims_head("", "What the paragraph claims ", classes=["claims-head"])
        head += self.original(claims[0], "Open in the original")
        group += [head, nodes.bullet_list("", *map(self._item, claims), classes=["claim-list"])]
        return [group]

    def _item(self, claim: Claim) -> claim_item:
        self.domain.note_printed(self.env.docname, claim.claim, self.lineno)
        permalink = nodes.reference("", claim.claim, refid=claim.claim, classes=["claim-address"])
        permalink["reftitle"] = f"Link to claim {claim.claim}"
        words = nodes.paragraph("", "", permalink, nodes.Text(" "), nodes.inline("", claim.words))
        meta = self.meta(claim)
        meta += [nodes.Text(" "), self.original(claim, "In the original"), nodes.Text(" ")]
        for number, verdict in enumerate(self.ledger.answers(claim.claim)):
            words_ = verdict_words(verdict, f"{verdict.label}:")
            meta += [nodes.Text(" · " if number else ""), nodes.reference("", "", words_, refid=_record_id(verdict))]
        item = claim_item("", words, meta, self._trail(claim), ids=[claim.claim], classes=["claim"])
        self.state.document.note_explicit_target(item)
        return item

    def _trail(self, claim: Claim) -> claim_trail:
        trail = claim_trail(classes=["claim-trail"])
        for number, (_, other) in enumerate(self.ledger.links_of(claim.claim)):
            trail += [nodes.Text(" " if number else "Linked with "), self.reference_to(other)]
        trail += [taken_up(claim=claim.claim), *self.changed(claim.claim)]
        return trail


class Elsewhere(LedgerDirective):
    """`{elsewhere} ath-1`: what other sections say of the same matter, with the reason for each link."""

    UNFOLDED = 2
    """How many links of a section stand open; a reader who wants the rest unfolds it."""

    required_arguments = 1

    def run(self) -> list[nodes.Node]:
        """A title and a list by section; nothing where the ledger has no link."""
        paragraph = self.address(parts.elsewhere, self.ledger.paragraphs, "a paragraph")
        sections = self.ledger.elsewhere(paragraph)
        if not sections:
            return []
        matter = nodes.definition_list(classes=["elsewhere"])
        for section, links in sections.items():
            hue = f"hue-{self.ledger.sections[section].hue}"
            term = nodes.term("", "", self.section_link(section, classes=["section-name", hue]))
            matter += nodes.definition_list_item("", term, nodes.definition("", *self._whys(links)))
        return [nodes.rubric("", "The same matter, seen from elsewhere", classes=["elsewhere-title"]), matter]

    def _whys(self, links: Sequence[tuple[Link, Claim, Claim]]) -> list[nodes.Element]:
        items = [self._why(*link) for link in links]
        if len(items) <= self.UNFOLDED:
            return [nodes.bullet_list("", *items)]
        rest = items[self.UNFOLDED :]
        folded = fold("", nodes.bullet_list("", *rest), summary=f"{len(rest)} more")
        return [nodes.bullet_list("", *items[: self.UNFOLDED]), folded]

    def _why(self, link: Link, here: Claim, there: Claim) -> nodes.list_item:
        relation = nodes.inline("", f" ({link.relation.replace('-', ' ')}, ", classes=["relation"])
        relation += [self.reference_to(here), nodes.Text(")")]
        words = nodes.paragraph("", f"{link.why} ", self.reference_to(there), relation)
        return nodes.list_item("", words)


class Hindsight(LedgerDirective):
    """`{hindsight} ath-1`: what came of a paragraph's matter, in the chapter's words, and the verdicts on its claims.

    It is closed at first; without words and verdicts there is nothing.
    """

    required_arguments = 1
    has_content = True

    def run(self) -> list[nodes.Node]:
        """What a reader may unfold."""
        paragraph = self.address(parts.hindsight, self.ledger.paragraphs, "a paragraph")
        folded = fold("", *self.parse_content_to_nodes(), summary="With hindsight", classes=["hindsight"])
        folded["html"] = {"data-hindsight": ""}
        judged = [claim for claim in self.ledger.paragraphs[paragraph] if self.ledger.answers(claim.claim)]
        if judged:
            folded += nodes.bullet_list("", *map(self._record, judged), classes=["records"])
        return [folded] if folded.children else []

    def _record(self, claim: Claim) -> nodes.list_item:
        found = [self._answer(claim, verdicts) for verdicts in self.ledger.verdicts[claim.claim].values()]
        return nodes.list_item("", *found, ids=[f"hindsight-{claim.claim}"])

    def _answer(self, claim: Claim, verdicts: Sequence[Verdict]) -> nodes.container:
        """The answer to one question, its reason, and what was answered before."""
        newest, *older = verdicts
        words = verdict_words(newest, newest.question)
        head = nodes.paragraph("", "", self.reference_to(claim), nodes.Text(" "), words)
        head += nodes.inline("", f" (as of {newest.as_of})", classes=["relation"])
        why = nodes.paragraph("", newest.why, *self.citations(newest.sources))
        answer = nodes.container("", head, why, ids=[_record_id(newest)])
        if newest.counter:
            answer += nodes.paragraph("", "", nodes.emphasis("", "Against it:"), nodes.Text(f" {newest.counter}"))
        for verdict, after in zip(older, verdicts, strict=False):
            answer += nodes.paragraph("", f"Until {after.as_of}: {verdict.finding}. {verdict.why}")
        return answer


def _record_id(verdict: Verdict) -> str:
    return f"hindsight-{verdict.claim}-{verdict.asks}"
