"""Directives for those who teach with a reading: self-checks from questions.csv, and briefs for a role play."""

from collections.abc import Iterable

from docutils import nodes

from annotated_reading.language import _, label
from annotated_reading.ledger import parts
from annotated_reading.ledger.questions import Asked, asked
from annotated_reading.ledger.rows import Claim, Position
from annotated_reading.pages.directive import LedgerDirective
from annotated_reading.pages.nodes import fold


class SelfCheck(LedgerDirective):
    """`{self-check} ath`: the questions on a section, each with its answers to choose from and the right one folded.

    A script makes a form of it that answers at once; without one it is a list to read.
    """

    required_arguments = 1

    def run(self) -> list[nodes.Node]:
        """The questions, as a list."""
        section = self.address(parts.self_check, self.ledger.sections, "a section")
        questions = [asked(one, self.ledger) for one in self.ledger.questions if one.section == section]
        if not questions:
            raise self.error(f"questions.csv asks nothing of {section}")
        items = map(self._item, questions)
        html = {"data-self-check": section}
        return [nodes.enumerated_list("", *items, enumtype="arabic", classes=["self-check"], html=html)]

    def _item(self, one: Asked) -> nodes.list_item:
        question = nodes.paragraph("", "", nodes.inline("", one.text, html={"data-asked": ""}))
        if self.config.annotated_reading_original:
            question += [nodes.Text(" "), self.original(one.claim, _("Look it up"))]
        options = nodes.bullet_list(classes=["options"], html={"data-options": ""})
        options += [nodes.list_item("", nodes.paragraph("", words)) for words in one.options]
        right = nodes.strong("", one.right, html={"data-right": ""})
        reason = nodes.paragraph("", "", right, nodes.Text(f". {one.why} "), self.reference_to(one.claim))
        reason["html"] = {"data-reason": ""}
        folded = fold("", reason, summary=_("Answer"), classes=["answer"])
        return nodes.list_item("", question, options, folded, html={"data-question": ""})


class RoleBrief(LedgerDirective):
    """`{role-brief} ath`: what a player who speaks for a section needs: its positions, its claims, the others' stances.

    All of it is from positions.csv and claims.csv.
    """

    required_arguments = 1

    def run(self) -> list[nodes.Node]:
        """Three lists in a box."""
        section = self.address(parts.role, self.ledger.sections, "a section")
        mine = [position for position in self.ledger.positions if position.section == section]
        if not mine:
            raise self.error(f"positions.csv has no position of {section}")
        shown = {address for position in mine for address in position.claims}
        current = [one for one in self.ledger.claims.values() if one.section == section and one.status == "current"]
        ahead = [claim for claim in current if claim.kind in ("prediction", "recommendation")]
        ahead = [claim for claim in ahead if claim.voice == "own" or claim.claim in shown]
        lists = {
            _("Where you stand"): map(self._position, mine),
            _("What is expected of you, and what you expect"): map(self._claim, ahead),
            _("Whom you have to win"): map(self._others, mine),
        }
        brief = nodes.container(classes=["role-brief", f"hue-{self.ledger.sections[section].hue}"])
        for title, items in lists.items():
            brief += [nodes.rubric("", title), nodes.bullet_list("", *items)]
        return [brief]

    def _position(self, position: Position) -> nodes.list_item:
        words = nodes.paragraph("", "", nodes.strong("", self.ledger.issues[position.issue].name))
        stance = label(f" ({_(position.stance)})")
        words += nodes.Text(f"{stance} {position.position}")
        for address in position.claims:
            words += [nodes.Text(" "), self.reference_to(self.ledger.claims[address])]
        return nodes.list_item("", words)

    def _claim(self, claim: Claim) -> nodes.list_item:
        return nodes.list_item("", nodes.paragraph("", f"{claim.words} ", self.reference_to(claim)))

    def _others(self, mine: Position) -> nodes.list_item:
        others = [one for one in self.ledger.positions if one.issue == mine.issue and one.section != mine.section]
        stances = {stance: [one for one in others if one.stance == stance] for stance in ("for", "against")}
        between = [one for one in others if one.stance not in stances]
        if mine.stance in stances:
            (opposite,) = stances.keys() - {mine.stance}
            told = []
            sides = {
                _("with you {sections}"): stances[mine.stance],
                _("against you {sections}"): stances[opposite],
                _("between {sections}"): between,
            }
        else:
            told = [_("you stand between")]
            sides = {
                _("for {sections}"): stances["for"],
                _("against {sections}"): stances["against"],
                _("between like you {sections}"): between,
            }
        told += [self._side(side, at) for side, at in sides.items() if at]
        words = nodes.paragraph("", "", nodes.strong("", self.ledger.issues[mine.issue].name))
        said = "; ".join(told) or _("the text gives nobody else’s stance")
        words += nodes.Text(f"{label('')} {said}.")
        return nodes.list_item("", words)

    def _side(self, side: str, positions: Iterable[Position]) -> str:
        return side.format(sections=", ".join(self.ledger.sections[one.section].name for one in positions))
