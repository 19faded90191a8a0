"""The chapters as JupyterLab opens and saves them, without JupyterLab."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from annotated_reading.ledger.ledger import Ledger
from boxes import take_back, write_out
from conftest import ROOT, tracked

CHAPTERS = [path for path in tracked(".md") if path.is_relative_to(ROOT / "chapters")]

#: The directives that the Markdown cells of JupyterLab know.
KNOWN = {"admonition", "code-cell", "div", "exercise", "solution"}


@pytest.mark.parametrize("chapter", CHAPTERS, ids=lambda path: path.stem)
def test_a_chapter_has_no_directive_that_jupyterlab_does_not_know(chapter: Path, ledger: Ledger) -> None:
    """Where a list of claims should be, whoever works with a chapter would read "Unknown Directive"."""
    written = write_out(chapter.read_text("utf-8"), ledger)
    assert set(re.findall(r"^[:`]{3,}\{([^}]+)\}", written, re.MULTILINE)) <= KNOWN


@pytest.mark.parametrize("chapter", CHAPTERS, ids=lambda path: path.stem)
def test_a_chapter_that_was_only_opened_is_saved_as_it_was(chapter: Path, ledger: Ledger) -> None:
    """Whoever looked into a chapter would find it changed, with the tables' words in place of directives."""
    text = chapter.read_text("utf-8")
    assert take_back(write_out(text, ledger)) == text


def test_the_boxes_have_what_the_ledger_says(ledger: Ledger) -> None:
    """Prose that speaks of claims, links, verdicts or questions would stand beside empty boxes."""
    written = "\n".join(write_out(path.read_text("utf-8"), ledger) for path in CHAPTERS)
    claims = [f"- **{claim.claim}** {claim.words} ({claim.kind})" for claim in ledger.claims.values()]
    reasons = [f"({link.relation}): {link.why}" for link in ledger.links]
    questions = [f" {ledger.claims[question.claim].text}\n  - " for question in ledger.questions]
    positions = [f", {position.stance}: {position.position}" for position in ledger.positions]
    assert [line for line in (*claims, *reasons, *questions, *positions) if line not in written] == []
