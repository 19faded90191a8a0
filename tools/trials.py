"""Tries on the real book what publishes it: builds that are killed, and builds upon builds.

`tools/trials.py kills 50` has builds and exchanges killed at random moments, each fifth while the exchange runs.
After each the published site has to be whole and of one edition, and the next build right. `tools/trials.py edits 10`
changes tables and chapters at random, builds after each change, and compares the last site with one that is built
anew. Both print a line for each trial; a number behind gives another seed. They work in temporary folders on the commit
that is checked out, and take as long as two builds for each trial.
"""

from __future__ import annotations

import csv
import os
import random
import re
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path

from annotated_reading.ledger.columns import today
from annotated_reading.ledger.read import read_ledger
from annotated_reading.ledger.record import accept
from manifest import digests

ROOT = Path(__file__).parent.parent
VENV = ROOT / ".venv"

#: Builds by the rules of the Makefile, with the environment that is here.
MAKE = ("make", "-s", "-o", f"{VENV}/book", f"VENV={VENV}", "book")
EXCHANGE = (sys.executable, str(ROOT / "tools" / "exchange.py"), "--lose", "_build/html", "_build/served")

#: Columns of prose that stands on pages, and in no chart, whose picture would be another.
PROSE = {
    "claims": "text",
    "links": "why",
    "positions": "position",
    "questions": "why",
    "verdicts": "why",
}

Site = dict[str, str]


class Copy:
    """The book in a folder of its own."""

    def __init__(self, folder: Path) -> None:
        """Check out what is checked out here."""
        self.folder = folder
        subprocess.run(["git", "clone", "--quiet", "--shared", ROOT, folder], check=True)

    def build(self) -> Site:
        """Build the book, which must succeed, and show it; what was built."""
        for command in (MAKE, EXCHANGE):
            subprocess.run(command, cwd=self.folder, check=True, stdout=subprocess.DEVNULL)
        return digests(self.folder / "_build" / "html")

    def shown(self) -> Site:
        """What is published."""
        return digests((self.folder / "_build" / "served").resolve())

    def state(self) -> dict[str, bytes]:
        """The files that git knows, as they are."""
        names = subprocess.check_output(["git", "ls-files", "-z"], cwd=self.folder, text=True).split("\0")
        return {name: (self.folder / name).read_bytes() for name in names if name}

    def take(self, state: dict[str, bytes]) -> None:
        """Have files as in a state, and touch none that are so already."""
        for name, content in state.items():
            file = self.folder / name
            if file.read_bytes() != content:
                file.write_bytes(content)

    def edit_table(self, chance: random.Random) -> str:
        """Change a row of a table, and take it over into the record; which row."""
        table = chance.choice(sorted(PROSE))
        file = self.folder / "data" / f"{table}.csv"
        with file.open(encoding="utf-8", newline="") as text:
            rows = list(csv.DictReader(text))
        row = chance.choice(rows)
        row[PROSE[table]] = self.other(row[PROSE[table]], chance)
        with file.open("w", encoding="utf-8", newline="") as text:
            writer = csv.DictWriter(text, list(rows[0]), lineterminator="\n")
            writer.writeheader()
            writer.writerows(rows)
        ledger = read_ledger(self.folder / "data")
        keys = {"links": ("source", "target"), "verdicts": ("claim", "asks", "as_of")}
        keys["positions"] = ("issue", "section")
        key = " ".join(row[name] for name in keys.get(table, (next(iter(row)),)))
        accept(ledger, (table, key), "A trial.", today())
        return f"{table} {key}"

    def edit_page(self, chance: random.Random) -> str:
        """Change a sentence of a chapter; which chapter."""
        page = chance.choice(sorted((self.folder / "chapters" / "reading").glob("*.md")))
        lines = page.read_text("utf-8").split("\n")
        prose = [number for number, line in enumerate(lines) if re.match(r"[A-Z][^`:]*\.$", line)]
        number = chance.choice(prose)
        lines[number] = self.other(lines[number], chance)
        page.write_text("\n".join(lines), "utf-8")
        return f"{page.name}, row {number + 1}"

    @staticmethod
    def other(text: str, chance: random.Random) -> str:
        """A text with another last word."""
        return re.sub(r"(\w)(\W*)$", rf"\g<1>{chance.choice('bcdfg')}\2", text, count=1)


def wrong(found: Site, expected: Site) -> str:
    """What of a site is not as expected, in words; empty if nothing."""
    files = [file for file in sorted(found.keys() | expected) if found.get(file) != expected.get(file)]
    return f"{len(files)} files, such as {files[0]}" if files else ""


def kill(copy: Copy, moment: Callable[[], None]) -> str:
    """Build and exchange until a moment has come, then kill all of it; what was being done."""
    built = copy.folder / "_build" / "built"
    built.unlink(missing_ok=True)
    script = f"{' '.join(MAKE)} && touch _build/built && {' '.join(EXCHANGE)}"
    with subprocess.Popen(
        ["sh", "-c", script], cwd=copy.folder, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, start_new_session=True
    ) as running:
        moment()
        done = running.poll() is not None
        if not done:
            os.killpg(running.pid, signal.SIGKILL)
        assert running.stdout
        said = re.findall(rb"(reading sources|writing output|copying assets|dumping search)", running.stdout.read())
    if done:
        return "done"
    return "exchange" if built.exists() else said[-1].decode() if said else "checks and notebooks"


def kills(parent: Path, number: int, chance: random.Random) -> int:
    """Kill that many builds; how many trials failed."""
    copy = Copy(parent / "killed")
    states = [copy.state()]
    copy.edit_table(chance)
    copy.edit_page(chance)
    states.append(copy.state())
    expected = []
    for name, state in zip(("old", "new"), states, strict=True):
        anew = Copy(parent / name)
        anew.take(state)
        expected.append(anew.build())
    copy.build()
    began = time.monotonic()
    subprocess.run(EXCHANGE, cwd=copy.folder, check=True)
    exchange = time.monotonic() - began
    copy.take(states[0])
    began = time.monotonic()
    copy.build()
    lasts = time.monotonic() - began
    told: Counter[tuple[str, str, str]] = Counter()
    for trial in range(1, number + 1):
        target = trial % 2
        copy.take(states[target])

        def moment(aimed: bool = trial % 5 == 0) -> None:
            if aimed:
                while not (copy.folder / "_build" / "built").exists():
                    time.sleep(0.001)
            time.sleep(chance.uniform(0, exchange if aimed else lasts))

        doing = kill(copy, moment)
        shown = copy.shown()
        whole = next((name for name, site in zip(("old", "new"), expected, strict=True) if shown == site), "mixed")
        after = wrong(copy.build(), expected[target]) or wrong(copy.shown(), expected[target]) or "right"
        told[doing, whole, after] += 1
        print(trial, doing, f"published: {whole}", f"next build: {after}", sep="\t", flush=True)
    print("killed while", "published is", "next build", "trials", sep="\t")
    for case, times in sorted(told.items()):
        print(*case, times, sep="\t")
    return sum(times for (_, whole, after), times in told.items() if whole == "mixed" or after != "right")


def edits(parent: Path, number: int, chance: random.Random) -> int:
    """Build after each of that many changes; how many of the sites were not as if built anew, which is 0 or 1."""
    copy, anew = Copy(parent / "upon"), Copy(parent / "anew, 새로")
    copy.build()
    for trial in range(1, number + 1):
        print(trial, chance.choice((copy.edit_table, copy.edit_page))(chance), sep="\t", flush=True)
        upon = copy.build()
    anew.take(copy.state())
    differ = wrong(upon, anew.build())
    print(f"{number} changes, {len(upon)} files: {differ or 'as if built anew'}")
    return bool(differ)


def main() -> int:
    """Try what the command line names."""
    what, number, seed = sys.argv[1], int(sys.argv[2]), int([*sys.argv, "50"][3])
    with tempfile.TemporaryDirectory() as parent:
        return {"kills": kills, "edits": edits}[what](Path(parent), number, random.Random(seed))


if __name__ == "__main__":
    sys.exit(main())
