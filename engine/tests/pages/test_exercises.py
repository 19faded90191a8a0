"""Exercises: each has a solution, which a reader opens when they have tried."""

from __future__ import annotations

import pytest
from annotated_reading.pages.exercises import ExerciseError

from ..books import Book, words

EXTENSIONS = ["myst_nb", "sphinx_exercise", "annotated_reading"]

EXERCISE = ":::{exercise} Who speaks\n:label: ath-exercise-1\n\nWho says [](#ath-1-1)?\n:::\n"
SOLUTION = ":::{solution} ath-exercise-1\nThe envoys, <b>as</b> [](#ath-1-1) has it.\n:::\n"


def test_a_solution_is_closed_without_a_script(book: Book) -> None:
    """A student would read the solution before the exercise, or could not open it."""
    book.append("athens", f"## Exercises\n\n{EXERCISE}\n{SOLUTION}")
    built = book.build(extensions=EXTENSIONS)
    assert not built.warnings
    exercise, solution = built.main("athens").select("div.exercise, div.solution")
    assert exercise["id"] == "ath-exercise-1"
    assert "Who speaks" in words(exercise)
    folded = solution.select_one("details:not([open])")
    assert folded is not None
    assert "The envoys" in words(folded)
    assert "The envoys" not in words(solution).replace(words(folded), "")


def test_an_exercise_is_no_section_of_its_own(book: Book) -> None:
    """Ids would stand twice in a page, and a claim would be taken up in a place that nobody can go to."""
    book.append("athens", f"## Exercises\n\n{EXERCISE}\n{SOLUTION}")
    built = book.build(extensions=EXTENSIONS)
    ids = [tag["id"] for tag in built.soup("athens").select("[id]")]
    assert len(ids) == len(set(ids))
    assert not {"exercise-content", "solution-content"} & set(ids)


@pytest.mark.parametrize("place", ["athens", "melos"])
def test_a_reference_reads_as_the_title_of_its_exercise(book: Book, place: str) -> None:
    """A student who is sent to an exercise would not learn to which, or read "ExerciseWho speaks"."""
    unnumbered = EXERCISE.replace("\n\n", "\n:nonumber:\n\n", 1)
    book.append("athens", f"## Exercises\n\n{unnumbered}\n{SOLUTION}")
    book.append(place, "Do [](#ath-exercise-1), or {ref}`ath-exercise-1`.\n")
    built = book.build(extensions=EXTENSIONS)
    assert not built.warnings
    read = [words(link) for link in built.main(place).select("p > a[href$='#ath-exercise-1']") if link.find("span")]
    assert read == ["Exercise: Who speaks"] * 2
    assert words(built.main("athens").select("div.exercise > .admonition-title")[0]) == "Exercise: Who speaks"


def test_an_exercise_without_a_solution_stops_the_build_and_says_where(book: Book) -> None:
    """A student could not check the work, and nobody would notice."""
    line = book.append("athens", f"## Exercises\n\n{EXERCISE}")
    with pytest.raises(ExerciseError, match="found no solution of exercise 'ath-exercise-1'") as caught:
        book.build(extensions=EXTENSIONS)
    assert f"athens.md:{line + 2}" in str(caught.value)
