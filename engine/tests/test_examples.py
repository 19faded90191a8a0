"""The example is a whole reading of a free text, which stands beside it: it builds, and quotes rightly."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from annotated_reading.ledger.ledger import Ledger
from annotated_reading.ledger.read import read_ledger

EXAMPLE = Path(__file__).parent.parent / "examples" / "melos"

#: A paragraph of the text, with its address before it.
PARAGRAPH = re.compile(r"^\[([a-z]+-\d+)\] (.*?)(?=\n\n|\n\Z)", re.MULTILINE | re.DOTALL)


@pytest.fixture(scope="module")
def paragraphs() -> dict[str, str]:
    """The paragraphs of the text by their addresses."""
    text = (EXAMPLE / "text.txt").read_text("utf-8")
    return {address: " ".join(words.split()) for address, words in PARAGRAPH.findall(text)}


@pytest.fixture(scope="module")
def ledger() -> Ledger:
    """The ledger of the example."""
    return read_ledger(EXAMPLE / "data")


def test_the_text_has_the_paragraphs_that_the_tables_count(ledger: Ledger, paragraphs: dict[str, str]) -> None:
    """An address would name nothing in the text, or something in the text would have none."""
    counted = {f"{one.section}-{n}" for one in ledger.sections.values() for n in range(1, one.paragraphs + 1)}
    assert counted == paragraphs.keys() == {claim.paragraph for claim in ledger.claims.values()}


def test_every_cue_is_once_in_the_text_and_every_hedge_in_its_paragraph(
    ledger: Ledger, paragraphs: dict[str, str]
) -> None:
    """A link into the text would mark nothing, or the wrong words; a hedge would be ours and not the speaker's."""
    for claim in ledger.claims.values():
        assert [at for at, words in paragraphs.items() if claim.cue in words] == [claim.paragraph], claim.claim
        assert paragraphs[claim.paragraph].count(claim.cue) == 1, claim.claim
        assert claim.hedge in paragraphs[claim.paragraph], claim.claim


@pytest.mark.parametrize(
    "command",
    [("sphinx", "-W", "-n", "-q", ".", "_build"), ("annotated_reading.build", ".")],
    ids=["Sphinx", "Jupyter Book"],
)
def test_the_example_builds_twice(tmp_path: Path, command: tuple[str, ...]) -> None:
    """Whoever starts from the example would start with warnings."""
    tree = shutil.copytree(EXAMPLE, tmp_path / "melos")
    for _ in range(2):
        run = [sys.executable, "-m", *command]
        done = subprocess.run(run, cwd=tree, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stderr
