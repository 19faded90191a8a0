"""What a teacher takes from the book: objectives, exercises with solutions, self-checks and lessons."""

from __future__ import annotations

import ast
import re
from collections import Counter

import pandas as pd
import pytest
from annotated_reading.ledger.ledger import Ledger
from annotated_reading.ledger.questions import answer
from annotated_reading.ledger.rows import VERDICTS
from conftest import READING, ROOT

CHAPTERS = ROOT / "chapters"
LESSONS = ("lesson-polls", "lesson-roles", "lesson-forecast")
EXERCISE = re.compile(
    r"^:::\{exercise\} (?P<name>[\w ]+): [^\n]+\n"
    r":label: (?P<label>\S+)\n:class: (?P<kind>\S+)\n:nonumber:\n\n(?P<task>.*?)^:::\n",
    re.MULTILINE | re.DOTALL,
)
SOLUTION = re.compile(r"^:::\{solution\} (?P<label>\S+)\n(?P<text>.*?)^:::\n", re.MULTILINE | re.DOTALL)
CODE = re.compile(r"^```python\n(?P<code>.*?)^```\n\n```text\n(?P<printed>.*?)^```\n", re.MULTILINE | re.DOTALL)
ADDRESS = re.compile(r"\(#([a-z]+-\d+(?:-\d+)?)\)")
KINDS = {"close-reading": "Close reading", "evidence": "Evidence", "data": "Data"}


def text_of(name: str) -> str:
    """The source of a page of the reading."""
    return (CHAPTERS / "reading" / f"{name}.md").read_text("utf-8")


def work_on(name: str) -> str:
    """The source of the page to work with a chapter of the reading."""
    return text_of(f"{name}-work")


@pytest.mark.parametrize("name", READING)
def test_a_chapter_says_at_its_top_what_a_student_will_be_able_to_do(name: str) -> None:
    """A teacher could not choose a chapter by what a class will learn without reading all of it."""
    top = re.split(r"^\([a-z]+-1\)=$", text_of(name), flags=re.MULTILINE)[0]
    (goals,) = re.findall(r"^:::\{div\} objectives\n(.*?)^:::\n", top, re.MULTILINE | re.DOTALL)
    assert len(re.findall(r"^- ", goals, re.MULTILINE)) == 3
    assert ":::{byline}" in top, "the byline has the reading time"


@pytest.mark.parametrize("name", READING)
def test_a_chapter_has_two_exercises_of_different_kinds_with_solutions(name: str, ledger: Ledger) -> None:
    """A class could not be set one exercise in reading and one in something else, or not check them."""
    text = work_on(name)
    exercises = list(EXERCISE.finditer(text))
    assert len(exercises) == text.count("{exercise}") == 2
    assert len({exercise["kind"] for exercise in exercises}) == 2
    solutions = {solution["label"]: solution["text"] for solution in SOLUTION.finditer(text)}
    for exercise in exercises:
        assert exercise["name"] == KINDS[exercise["kind"]]
        assert set(ADDRESS.findall(exercise["task"])) & ledger.claims.keys(), exercise["label"]
        assert len(solutions[exercise["label"]].split()) > 60, exercise["label"]


def test_every_kind_of_exercise_is_there() -> None:
    """Reading, evidence or data would be trained once at most."""
    kinds = Counter(exercise["kind"] for name in READING for exercise in EXERCISE.finditer(work_on(name)))
    assert all(kinds[kind] >= 3 for kind in KINDS), kinds


def test_the_code_of_a_solution_prints_what_stands_under_it(monkeypatch: pytest.MonkeyPatch) -> None:
    """A student who runs the solution in the notebook would get other numbers than it talks of."""
    monkeypatch.chdir(CHAPTERS / "reading")
    found = [match for name in READING for match in CODE.finditer(work_on(name))]
    assert len(found) == sum(work_on(name).count(":class: data\n") for name in READING)
    for match in found:
        *body, last = ast.parse(match["code"]).body
        assert isinstance(last, ast.Expr)
        names: dict[str, object] = {"pd": pd, "DATA": "../../data"}  # which the page's first cell has
        exec(compile(ast.Module(body, []), "solution", "exec"), names)
        value = eval(compile(ast.Expression(last.value), "solution", "eval"), names)
        printed = value if isinstance(value, str) else value.to_string()
        assert printed.strip() == match["printed"].strip()


def test_a_chapter_has_six_to_ten_questions_and_prints_them(ledger: Ledger) -> None:
    """A student could not check the whole of a chapter in a few minutes, or only one thing of it."""
    for name, section in zip(READING, ledger.sections, strict=True):
        asked = [question for question in ledger.questions if question.section == section]
        assert 6 <= len(asked) <= 10, section
        assert {"holder", "kind", "hedge", "section"} <= {question.asks for question in asked}, section
        assert f":::{{self-check}} {section}\n:::" in work_on(name)
        assert len({question.claim for question in asked}) == len(asked), section


def test_the_right_answer_has_no_place_of_its_own(ledger: Ledger) -> None:
    """A student could pass by always taking the first answer, or the second."""
    places = Counter(
        question.options.index(answer(question.asks, ledger.claims[question.claim]))
        for question in ledger.questions
        if question.asks != "voice"
    )
    assert max(places.values()) <= 0.6 * places.total(), places
    holders = [question for question in ledger.questions if question.asks == "holder"]
    last = [question.options[-1] == ledger.claims[question.claim].holder for question in holders]
    assert 0.1 <= sum(last) / len(last) <= 0.4, "a student could leave the last answer out"


@pytest.mark.parametrize("page", ["teaching", "handout-polls", "handout-roles", "handout-forecast", "judge"])
def test_every_address_in_the_lessons_exists(page: str, ledger: Ledger) -> None:
    """A class would be sent to a claim or a paragraph that is not there."""
    text = (CHAPTERS / "using" / f"{page}.md").read_text("utf-8")
    named = set(ADDRESS.findall(text)) | set(re.findall(r'"([a-z]+-\d+-\d+)"', text))
    assert named <= ledger.claims.keys() | ledger.paragraphs.keys()


def test_three_lessons_have_all_that_a_teacher_needs() -> None:
    """Somebody who has an hour tomorrow could not hold the lesson from the page."""
    text = (CHAPTERS / "using" / "teaching.md").read_text("utf-8")
    for lesson in LESSONS:
        body = text.partition(f"({lesson})=\n")[2].partition("\n## ")[0]
        for part in ("Aims", "Preparation", "Roles", "Materials"):
            assert f"\n{part}\n: " in body, (lesson, part)
        assert "| minute |" in body, lesson
        assert "handout-" in body, lesson


def test_the_notebook_and_its_handout_have_the_same_claims(ledger: Ledger) -> None:
    """A class that judged on paper would not find its claims in the notebook, or no verdict to compare."""
    found = [
        re.findall(r'"([a-z]+-\d+-\d+)"', (CHAPTERS / "using" / f"{page}.md").read_text("utf-8"))
        for page in ("handout-forecast", "judge")
    ]
    asked = found[0]
    assert found[1] == [*asked, *asked]
    outcomes = [ledger.outcome(claim) for claim in asked]
    assert all(outcomes)
    assert {outcome.answer for outcome in outcomes if outcome} == set(VERDICTS)


def test_the_squares_on_the_handout_are_squares() -> None:
    """A class that reckons by hand would get another score than the notebook gives."""
    text = (CHAPTERS / "using" / "handout-forecast.md").read_text("utf-8")
    rows = {name: cells.split("|") for name, cells in re.findall(r"^\| ([\w ,]+) \|(.+)\|$", text, re.MULTILINE)}
    sure = [float(cell) / 100 for cell in rows["sure, per cent"]]
    assert [float(cell) for cell in rows["the book agrees"]] == pytest.approx([(one - 1) ** 2 for one in sure])
    assert [float(cell) for cell in rows["it does not"]] == pytest.approx([one**2 for one in sure])


def test_the_briefs_are_for_the_five_capitals(ledger: Ledger) -> None:
    """A delegation would come to the table without a brief."""
    text = (CHAPTERS / "using" / "roles.md").read_text("utf-8")
    capitals = [key for key, section in ledger.sections.items() if section.location]
    assert re.findall(r"\{role-brief\} (\w+)", text) == capitals
