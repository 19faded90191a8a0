"""The chapters: their shape, their sources, and that no sentence of the article is in the repository."""

from __future__ import annotations

import re
from pathlib import Path

import overlap
import pytest
from annotated_reading.ledger.ledger import Ledger
from conftest import READING, ROOT, tracked

CHAPTERS = ROOT / "chapters" / "reading"
SECTION = re.compile(
    r"^\((?P<address>[a-z]+-\d+)\)=\n## (?P<heading>.+)\n(?P<body>(?:(?!^##? |^\().*\n?)*)", re.MULTILINE
)


def sections() -> dict[str, tuple[str, str]]:
    """The chapter and the text of each paragraph's section, by the paragraph's address, in the book's order."""
    found: dict[str, tuple[str, str]] = {}
    for name in READING:
        for match in SECTION.finditer((CHAPTERS / f"{name}.md").read_text("utf-8")):
            found[match["address"]] = (name, match["body"])
    return found


def test_the_chapters_follow_the_article(ledger: Ledger) -> None:
    """A reader with the article in the other hand would lose the order of its paragraphs, or miss one."""
    assert list(sections()) == list(ledger.paragraphs)


def test_every_section_has_its_claims_its_annotation_and_its_elsewhere(ledger: Ledger) -> None:
    """A paragraph would be left without an explanation, or without what the other capitals say of it."""
    for address, (chapter, body) in sections().items():
        claims, _, rest = body.partition(f":::{{claims}} {address}\n:::\n")
        assert not claims.strip(), f"{chapter}: something stands before the claims of {address}"
        annotation, directive, after = rest.partition(f":::{{elsewhere}} {address}\n:::\n")
        assert directive, f"{chapter}: {address} has no elsewhere"
        story = re.fullmatch(rf":::\{{hindsight\}} {address}\n(.+)\n:::", after.strip(), re.DOTALL)
        assert story, f"{chapter}: {address} does not end with what came of it"
        assert re.search(r"\(#event-|\(#[a-z]+-\d|\{footcite\}", story[1]), (
            f"{chapter}: what came of {address} has no source"
        )
        prose = re.sub(r":::\{margin\}.*?^:::\n|^```.*?^```\n", "", annotation, flags=re.MULTILINE | re.DOTALL)
        paragraphs = [part for part in prose.split("\n\n") if part.strip()]
        assert 2 <= len(paragraphs) <= 8, f"{chapter}: {address} has {len(paragraphs)} paragraphs of annotation"
        assert f"(#{address}-" in annotation, f"{chapter}: the annotation of {address} refers to none of its claims"


@pytest.mark.parametrize("name", READING)
def test_every_chapter_ends_with_its_sources_and_has_a_page_of_questions(name: str) -> None:
    """A class would have too few questions, or some that do not lead back to the text."""
    chapter, work = ((CHAPTERS / f"{page}.md").read_text("utf-8") for page in (name, f"{name}-work"))
    link, _, sources = chapter.partition("## Work with it\n")[2].partition("## Sources\n")
    assert f"]({name}-work.md)" in link
    questions, _, _ = work.partition("## Questions for discussion\n")[2].partition("## Exercises\n")
    asked = re.findall(r"^\d+\. .*(?:\n(?!\d+\. ).*)*", questions, re.MULTILINE)
    assert 3 <= len(asked) <= 5
    assert all("(#" in question for question in asked)
    assert "{footbibliography}" in sources


@pytest.mark.parametrize("name", READING)
def test_the_cells_are_plain(name: str) -> None:
    """An analyst would need more than pandas and plotly to run a chapter."""
    cells = re.findall(
        r"^```\{code-cell\}.*?\n(.*?)^```", (CHAPTERS / f"{name}.md").read_text("utf-8"), re.MULTILINE | re.DOTALL
    )
    for cell in cells:
        for module in re.findall(r"^\s*(?:import|from) (\w+)", cell, re.MULTILINE):
            assert module in ("pandas", "plotly")


OURS = (".md", ".csv", ".json", ".bib", ".yml", ".cff", ".py", ".txt", ".svg", ".ipynb", ".html", ".toml", ".css")
KNOWN = frozenset(overlap.HASHES.read_text().split())


def test_no_sentence_of_the_article_is_here() -> None:
    """Words of an article under copyright, eight or more in a row, would be published with the book."""
    ours = [path for path in tracked(*OURS) if path.is_file()]
    found = {str(path): overlap.shared(path.read_text("utf-8"), KNOWN) for path in ours}
    assert {path: runs for path, runs in found.items() if runs} == {}


def test_the_runs_that_are_looked_for_are_the_articles(article: Path) -> None:
    """The check above would find nothing, as it would not know the article from end to end, or know something else."""
    text = article.read_text("utf-8")
    assert {overlap.fingerprint(run) for run in overlap.runs(text)} == KNOWN
    assert overlap.shared(" ".join(text.split()[400:408]), KNOWN)
    eight = text.split()[400:408]
    marked = f"{' '.join(eight[:4])} [{eight[4]}](#us-5-2) {{footcite}}`key2018word` {' '.join(eight[5:])}"
    assert overlap.shared(marked, KNOWN)
    assert overlap.shared("one two three four five six seven eight nine", KNOWN) == []
