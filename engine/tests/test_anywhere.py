"""The same book is the same files wherever it is built, whenever and upon whatever; or one line says why it is not."""

from __future__ import annotations

import ctypes
import os
import random
import resource
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from .books import Book, Build
from .cited import build, citable
from .notebooks.test_notebooks import FLEET

#: What runs before each Python of a build: it is 400 days later, and nobody but this machine answers.
ELSEWHERE = """\
import socket, time
_now, _connect = time.time, socket.socket.connect
time.time = lambda: _now() + 400 * 86400
def connect(self, address):
    if self.family != socket.AF_UNIX and address[0] not in ("127.0.0.1", "::1", "localhost"):
        raise OSError(f"asked {address}")
    return _connect(self, address)
socket.socket.connect = connect
"""

SETTINGS = """
html_baseurl = "https://melos.example/"
annotated_reading_citation = "CITATION.cff"
annotated_reading_original_work = "hobbes1629"
nb_execution_mode = "cache"
"""

CONTENTS = "format: jb-book\nroot: index\nchapters: [{file: athens}, {file: melos}, {file: thucydides}]\n"
CONFIG = """\
title: Melos
parse: {myst_enable_extensions: [colon_fence]}
sphinx:
  config:
    extensions: [myst_nb, jupyter_book, sphinx_comments, sphinx_external_toc, annotated_reading]
    html_theme: annotated_reading
    annotated_reading_data: data
"""


def complete(folder: Path) -> Book:
    """The tiny book with all that is made of it: a notebook with a table, verdicts and citations."""
    book = citable(Book(folder))
    book.table("fleet").write_text("city,ships\nAthens,30\n", encoding="utf-8")
    package = (book.data / "datapackage.json").read_text("utf-8")
    fleet = '{"name": "fleet", "path": "fleet.csv", "schema": {"fields": [{"name": "city"}, {"name": "ships"}]}}'
    (book.data / "datapackage.json").write_text(package.replace("[{", f"[{fleet}, {{", 1), "utf-8")
    book.write("fleet", FLEET)
    with (book.source / "conf.py").open("a") as settings:
        settings.write(SETTINGS)
    return book


def made(folder: Path, **surroundings: object) -> dict[str, bytes]:
    """What a build of the book in a folder makes, by a program of its own."""
    book = complete(folder)
    command = [
        sys.executable,
        "-m",
        "sphinx",
        "-qWn",
        "-d",
        str(folder / "kept"),
        str(book.source),
        str(folder / "out"),
    ]
    done = subprocess.run(command, capture_output=True, text=True, check=False, **surroundings)  # type: ignore[call-overload]
    assert (done.returncode, done.stderr) == (0, "")
    return Build(folder / "out", (), frozenset()).files()


def test_two_builds_are_equal_on_any_path_day_and_machine(tmp_path: Path) -> None:
    """Nobody could check that an edition is what its sources say; and all of it would be uploaded for each comma."""
    (tmp_path / "lib").mkdir()
    (tmp_path / "lib" / "sitecustomize.py").write_text(ELSEWHERE, "utf-8")
    here = made(tmp_path / "here")
    odd = tmp_path / "o'brien's \"다른\" [place] & 100% #1"
    there = made(
        odd,
        umask=0o077,
        env={"PATH": os.environ["PATH"], "PYTHONPATH": str(tmp_path / "lib"), "LC_ALL": "C", "TZ": "Asia/Kolkata"},
    )
    assert [name for name in sorted(here.keys() | there) if here.get(name) != there.get(name)] == []
    assert len(here) > 100


#: Changes of the tables: a column of each, and what it may say.
CELLS = {
    "claims": ("text", ("Envoys say this.", "They say that.", "Nobody *says* <this>.")),
    "issues": ("name", ("Help", "Aid", "Rescue")),
    "links": ("why", ("Both say so.", "One denies it.")),
    "people": ("name", ("Somebody", "Somebody else", "Nobody")),
    "verdicts": ("why", ("So it was.", "So it was not.")),
}


def change(book: Book, chance: random.Random) -> None:
    """Change something of the book at random: a cell, a page, a row, the edition, the order of claims' pages."""
    kind = chance.choice([*CELLS, *CELLS, "page", "new page", "old page", "new claim", "edition", "fleet"])
    if kind in CELLS:
        column, values = CELLS[kind]
        rows = book.rows(kind)
        chance.choice(rows)[column] = chance.choice(values)
        book.save(kind, rows)
    elif kind == "page":
        book.append(
            chance.choice(["athens", "melos", "thucydides", "index"]), chance.choice(["More.", "See [](#ath-1-2)."])
        )
    elif kind == "new page":
        book.write(chance.choice(["essay", "note"]), f"# {chance.choice(['One', 'Two'])}\n\nSee [](#mel-2-1).\n")
    elif kind == "old page":
        book.page(chance.choice(["essay", "note"])).unlink(missing_ok=True)
    elif kind == "new claim":
        numbers = [
            int(row["claim"].rpartition("-")[2]) for row in book.rows("claims") if row["claim"].startswith("ath-2-")
        ]
        book.insert("claims", f"ath-2-{max(numbers)}", claim=f"ath-2-{max(numbers) + 1}", text="They say more.")
    elif kind == "edition":
        file = book.source / "CITATION.cff"
        lines = file.read_text("utf-8").splitlines()
        lines[1] = f"title: The {chance.choice(['Melian', 'Athenian'])} dialogue"
        file.write_text("\n".join(lines) + "\n", "utf-8")
    else:
        book.table("fleet").write_text(f"city,ships\nAthens,{chance.randrange(99)}\n", encoding="utf-8")


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_what_is_built_upon_equals_what_is_built_anew(tmp_path: Path, seed: int) -> None:
    """After some changes a page would say what no table says any more, until somebody begins anew."""
    book, chance = complete(tmp_path / "upon"), random.Random(seed)
    build(book, nb_execution_mode="cache")
    for _ in range(6):
        change(book, chance)
        upon = build(book, nb_execution_mode="cache").files()
    anew = Book(tmp_path / "anew")
    shutil.rmtree(anew.source)
    shutil.copytree(book.source, anew.source, ignore=shutil.ignore_patterns("_build", "jupyter_execute"))
    expected = build(anew, nb_execution_mode="cache").files()
    assert [name for name in sorted(upon.keys() | expected) if upon.get(name) != expected.get(name)] == []


def small_files() -> None:
    """Let no file become larger than 60 kB, as on a disk that is full."""
    resource.setrlimit(resource.RLIMIT_FSIZE, (60_000, 60_000))


def no_special_rights() -> None:
    """Let even root heed the rights of files (CAP_DAC_OVERRIDE and CAP_DAC_READ_SEARCH of Linux)."""
    for right in (1, 2):
        ctypes.CDLL(None).prctl(24, right, 0, 0, 0)


@pytest.mark.parametrize(
    ("limit", "mode", "told"),
    [
        (small_files, 0o755, "File too large"),
        (no_special_rights, 0o555, "_build/html: Permission denied, expected room"),
    ],
    ids=["full disk", "read-only folder"],
)
def test_a_place_that_cannot_be_written_to_is_one_line(
    tmp_path: Path, limit: Callable[[], None], mode: int, told: str
) -> None:
    """Whoever builds would read a traceback, and look for a mistake in the book."""
    book = Book(tmp_path / "book")
    (book.source / "_config.yml").write_text(CONFIG, "utf-8")
    (book.source / "_toc.yml").write_text(CONTENTS, "utf-8")
    book.write("index", "# Melos\n")
    (book.source / "_build").mkdir(mode=mode)
    command = [sys.executable, "-m", "annotated_reading.build", str(book.source)]
    done = subprocess.run(command, capture_output=True, text=True, check=False, preexec_fn=limit)
    (line,) = done.stderr.splitlines()
    assert done.returncode and told in line, line
