"""How long this commit takes to build, beside another one and beside the same pages without the engine.

`BASELINE=23d8c0c make bench` names the other commit; without it this one is measured alone. Both are checked out into
temporary folders with environments of their own, and take turns at each step, so that what else the machine does
weighs on both. A line has the seconds of each, as processor time of all processes and in brackets by the clock, and
the ratio of processor times. The floor is Jupyter Book with its defaults on the same pages: no engine, no tables,
and directives that it does not know.
"""

from __future__ import annotations

import os
import resource
import shutil
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from pathlib import Path
from statistics import median
from typing import NamedTuple

import yaml
from conftest import ROOT

#: How often each step but the cold build is done; the median counts.
ROUNDS = 3

CLAIM = ("data/claims.csv", "The summit made a diplomatic process possible")
ACCEPT = ("-m", "annotated_reading.accept", "data", "claims", "us-1-2")
SENTENCE = ("chapters/reading/tokyo.md", "He quotes no Japanese official")


class Took(NamedTuple):
    """What something took, in seconds: of processors, all child processes together, and by the clock."""

    processor: float
    clock: float


def run(folder: Path, *command: str) -> Took:
    """Run a command in a folder, which must succeed; what it took."""
    before, begun = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True)
    if done.returncode:
        raise SystemExit(f"{' '.join(command)} failed in {folder}:\n{done.stdout[-2000:]}{done.stderr[-2000:]}")
    clock, after = time.perf_counter() - begun, resource.getrusage(resource.RUSAGE_CHILDREN)
    return Took(after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime, clock)


def edit(folder: Path, place: tuple[str, str], number: int) -> None:
    """Put a number behind words of a file, or another number if there is one already."""
    file = folder / place[0]
    before, words, after = file.read_text("utf-8").partition(place[1])
    assert words, place
    tail = after.lstrip(" 0123456789")
    file.write_text(f"{before}{words} {number}{tail}", "utf-8")


def checks(folder: Path, number: int) -> Took:
    """What it takes to check the tables."""
    return run(folder, ".venv/bin/python", "-m", "annotated_reading", "data")


def again(folder: Path, number: int) -> Took:
    """What a build takes when nothing has changed."""
    return run(folder, "make", "book")


def after_claim(folder: Path, number: int) -> Took:
    """What a build takes when the words of one claim have changed."""
    edit(folder, CLAIM, number)
    if (folder / "data" / "reviewed.csv").exists():
        run(folder, ".venv/bin/python", *ACCEPT, f"The bench counts {number}.")
    return run(folder, "make", "book")


def after_sentence(folder: Path, number: int) -> Took:
    """What a build takes when one sentence of a chapter has changed."""
    edit(folder, SENTENCE, number)
    return run(folder, "make", "book")


STEPS: Mapping[str, tuple[Callable[[Path, int], Took], int]] = {
    "cold": (again, 1),
    "checks alone": (checks, ROUNDS),
    "nothing changed": (again, ROUNDS),
    "one claim changed": (after_claim, ROUNDS),
    "one sentence changed": (after_sentence, ROUNDS),
}


@contextmanager
def checked_out(commit: str, parent: Path) -> Iterator[Path]:
    """A folder with a commit, and an environment in which it can be built."""
    folder = parent / commit
    subprocess.run(["git", "worktree", "add", "--quiet", "--detach", folder, commit], cwd=ROOT, check=True)
    try:
        run(folder, "make", ".venv/book")
        yield folder
    finally:
        subprocess.run(["git", "worktree", "remove", "--force", folder], cwd=ROOT, check=True)


def floor(tree: Path, folder: Path) -> tuple[Took, Took]:
    """What Jupyter Book alone takes for the same pages: cold, and when nothing has changed."""
    shutil.copytree(tree, folder, ignore=shutil.ignore_patterns(".git", ".venv", "_build"))
    settings = yaml.safe_load((folder / "_config.yml").read_text("utf-8"))
    settings["sphinx"] = {"extra_extensions": ["sphinx_exercise"]}
    settings["execute"] = {"execute_notebooks": "cache"}
    settings["title"] = "The floor"
    (folder / "_config.yml").write_text(yaml.safe_dump(settings), "utf-8")
    command = (str(tree / ".venv" / "bin" / "jupyter-book"), "build", ".", "--quiet")
    return run(folder, *command), run(folder, *command)


def print_builds() -> None:
    """Build and print a line for each step."""
    names = [one for one in (os.environ.get("BASELINE"), "HEAD") if one]
    commits = [
        subprocess.check_output(["git", "rev-parse", "--short", name], cwd=ROOT, text=True).strip() for name in names
    ]
    with tempfile.TemporaryDirectory() as temporary:
        parent = Path(temporary)
        with ExitStack() as stack:
            trees = {one: stack.enter_context(checked_out(one, parent)) for one in dict.fromkeys(commits)}
            for name, (step, rounds) in STEPS.items():
                taken: dict[str, list[Took]] = {commit: [] for commit in trees}
                for number in range(1, rounds + 1):
                    for commit, folder in trees.items():
                        taken[commit].append(step(folder, number))
                print(line(name, {commit: middle(each) for commit, each in taken.items()}), flush=True)
            cold, warm = floor(trees[commits[-1]], parent / "floor")
            print(line("cold, without the engine", {"floor": cold}))
            print(line("nothing changed, without the engine", {"floor": warm}))


def middle(taken: list[Took]) -> Took:
    """The median of what a step took."""
    return Took(median(one.processor for one in taken), median(one.clock for one in taken))


def line(name: str, taken: Mapping[str, Took]) -> str:
    """A step as a line: what it took in each, and the ratio of the last to the first where there are two."""
    told = [f"{commit} {took.processor:6.1f} s ({took.clock:.1f})" for commit, took in taken.items()]
    first, *others = taken.values()
    ratio = f"  ratio {others[-1].processor / first.processor:.2f}" if others else ""
    return f"{name:36}{'  '.join(told)}{ratio}"


if __name__ == "__main__":
    print_builds()
