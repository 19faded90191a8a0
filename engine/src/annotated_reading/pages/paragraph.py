"""What a section of a chapter is made of: `{byline}`, `{claims}`, `{elsewhere}` and `{hindsight}`."""

from collections.abc import Sequence

from docutils import nodes

from annotated_reading.language import _
from annotated_reading.ledger import parts
from annotated_reading.ledger.rows import RELATIONS, Claim, Link, Verdict
from annotated_reading.pages.directive import Column, LedgerDirective, table, verdict_words
from annotated_reading.pages.nodes import (
    claim_actions,
    claim_group,
    claim_item,
    claims_head,
    fold,
    reading_time,
    spread,
)


class Byline(LedgerDirective):
    """`{byline} ath`: who wrote the section, which paragraphs it has, how long the chapter takes, the original."""

    required_arguments = 1

    def run(self) -> list[nodes.Node]:
        """The byline, as a paragraph."""
        section = self.ledger.sections[self.address(parts.section, self.ledger.sections, "a section")]
        author = self.ledger.people[section.contributor].name
        said = (
            _("Paragraphs {first} to {last}, by {author}.")
            if section.paragraphs > 1
            else _("Paragraph {first}, by {author}.")
        )
        first, last = f"{section.section}-1", f"{section.section}-{section.paragraphs}"
        byline = nodes.paragraph(classes=["byline", f"hue-{section.hue}"], html={"data-byline": ""})
        byline += nodes.Text(f"{said.format(first=first, last=last, author=author)} ")
        byline += [
            reading_time(),
            nodes.Text(". "),
            self.original(self.ledger.first_of(section.section), _("Read the original")),
        ]
        return [byline]


class Claims(LedgerDirective):
    """`{claims} ath-1`: what a paragraph says as a whole, and its claims, each with all that the ledger has of it."""

    required_arguments = 1

    def run(self) -> list[nodes.Node]:
        """A spread, to which a transform adds the annotation that follows."""
        paragraph = self.address(parts.claims, self.ledger.paragraphs, "a paragraph")
        claims = self.ledger.paragraphs[paragraph]
        if not claims:
            raise self.error(f"claims.csv has no claim of {paragraph}")
        whole = spread(classes=["spread", f"hue-{self.ledger.hue(claims[0])}"], html={"data-spread": paragraph})
        if paragraph in self.ledger.precis:
            words = self.ledger.precis[paragraph]
            whole += nodes.paragraph("", words, classes=["precis"], html={"data-precis": paragraph})
        original = self.original(claims[0], _("In the original"))
        whole += claims_head("", "", original, classes=["claims-head"], html={"data-head": ""})
        name = {"role": "group", "aria-label": _("What paragraph {paragraph} claims").format(paragraph=paragraph)}
        items = nodes.bullet_list("", *map(self._item, claims), classes=["claim-list"])
        whole += claim_group("", items, classes=["claims"], html=name)
        return [whole]

    def _item(self, claim: Claim) -> claim_item:
        self.domain.note_printed(self.env.docname, claim.claim, self.lineno)
        paragraph = nodes.inline("", f"{claim.paragraph}-", classes=["claim-paragraph"])
        permalink = nodes.reference("", "", paragraph, nodes.Text(str(claim.number)), refid=claim.claim)
        permalink["classes"], permalink["reftitle"] = (
            ["claim-address"],
            _("Link to claim {claim}").format(claim=claim.claim),
        )
        permalink["html"] = {"aria-label": claim.claim}
        words = nodes.paragraph("", "", permalink, nodes.Text(" "), nodes.inline("", claim.words))
        item = claim_item("", words, self.meta(claim), ids=[claim.claim], classes=["claim"])
        item["html"] = {"data-claim": claim.claim}
        answers = self.ledger.answers(claim.claim)
        if answers:
            item += self._answers(claim, answers)
        item += self._more(claim)
        self.state.document.note_explicit_target(item)
        return item

    def _answers(self, claim: Claim, answers: Sequence[Verdict]) -> nodes.paragraph:
        """What became of a claim, in a line that leads to the reasons."""
        link = nodes.reference("", "", refid=f"hindsight-{claim.claim}")
        for number, verdict in enumerate(answers):
            link += [nodes.Text(" · " if number else ""), verdict_words(verdict, verdict.question)]
        return nodes.paragraph("", "", link, classes=["answers"], html={"data-answers": ""})

    def _more(self, claim: Claim) -> fold:
        """What a claim is linked with, what became of it, and what can be done with it."""
        more = fold(summary=_("More on {claim}").format(claim=claim.claim), sign="…", html={"data-more": ""})
        histories = self.ledger.verdicts.get(claim.claim, {})
        if histories:
            found = map(self._record, histories.values())
            record = nodes.container("", *found, ids=[f"hindsight-{claim.claim}"], classes=["records"])
            record["html"] = {"data-answers": ""}
            more += record
        links = [self._link(claim, *pair) for pair in self.ledger.links_of(claim.claim)]
        if links:
            more += nodes.bullet_list("", *links, classes=["claim-links"])
        actions = claim_actions(classes=["claim-actions"], html={"data-actions": ""})
        actions += self.original(claim, _("In the original"))
        if changed := self.changed(claim.claim):
            actions += [nodes.Text(" ·"), *changed]
        more += actions
        return more

    def _link(self, claim: Claim, link: Link, other: Claim) -> nodes.list_item:
        relation = _(RELATIONS[link.relation][link.target == claim.claim])
        section = self.ledger.sections[other.section]
        name = nodes.inline("", section.name, classes=["section-name", f"hue-{section.hue}"])
        words = nodes.paragraph(
            "", f"{relation.capitalize()} ", name, nodes.Text(f": {link.why} "), self.reference_to(other)
        )
        return nodes.list_item("", words)

    def _record(self, verdicts: Sequence[Verdict]) -> nodes.container:
        """The answer to one question, its reason, and what was answered before."""
        newest, *older = verdicts
        head = nodes.paragraph("", "", verdict_words(newest, newest.question))
        as_of = _("(as of {day})").format(day=newest.as_of)
        head += nodes.inline("", f" {as_of}", classes=["relation"])
        why = nodes.paragraph("", newest.why, *self.citations(newest.sources))
        answer = nodes.container("", head, why, ids=[f"hindsight-{newest.claim}-{newest.asks}"])
        if newest.counter:
            words = nodes.paragraph("", "", nodes.emphasis("", _("Against it:")), nodes.Text(f" {newest.counter}"))
            answer += words
        for verdict, after in zip(older, verdicts, strict=False):
            answer += nodes.paragraph(
                "", _("Until {day}: {answer}. {why}").format(day=after.as_of, answer=verdict.finding, why=verdict.why)
            )
        return answer


class Elsewhere(LedgerDirective):
    """`{elsewhere} ath-1`: what other sections say of the same matter, with the reason for each link."""

    required_arguments = 1

    def run(self) -> list[nodes.Node]:
        """A closed table by section; nothing where the ledger has no link."""
        paragraph = self.address(parts.elsewhere, self.ledger.paragraphs, "a paragraph")
        found = [link for links in self.ledger.elsewhere(paragraph).values() for link in links]
        if not found:
            return []
        columns = (
            Column("section", _("Section"), 16, heads=True),
            Column("why", _("What it says"), 56),
            Column("relation", _("Relation"), 28),
        )
        summary = _("The same matter, seen from elsewhere ({n})").format(n=len(found))
        return [fold("", table(columns, [self._cells(*one) for one in found], "elsewhere"), summary=summary)]

    def _cells(self, link: Link, here: Claim, there: Claim) -> list[nodes.Element]:
        hue = f"hue-{self.ledger.sections[there.section].hue}"
        words = _(RELATIONS[link.relation][link.target == here.claim])
        relation = nodes.paragraph("", "", self.reference_to(here), nodes.Text(f" {words} "), self.reference_to(there))
        section = self.section_link(there.section, classes=["section-name", hue])
        return [nodes.paragraph("", "", section), nodes.paragraph("", link.why), relation]


class Hindsight(LedgerDirective):
    """`{hindsight} ath-1`: what came of a paragraph's matter, in the chapter's words; closed at first."""

    required_arguments = 1
    has_content = True

    def run(self) -> list[nodes.Node]:
        """What a reader may unfold."""
        self.assert_has_content()
        self.address(parts.hindsight, self.ledger.paragraphs, "a paragraph")
        folded = fold("", *self.parse_content_to_nodes(), summary=_("With hindsight"), classes=["hindsight"])
        folded["html"] = {"data-hindsight": ""}
        return [folded]
