"""`tools/release.py` makes a release of the book, once nothing that it needs is missing; `make release` runs it.

What is missing is told, a line each, and then nothing is done. Else the release gets the present day in CITATION.cff
and CHANGELOG.md, is built, and is kept: `editions/v<version>.sha256` is the manifest of what was built, and
`editions/v<version>.md` what has changed since the last one. Both are committed, and the commit gets the tag.
"""

import csv
import re
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from addresses import KEPT, dead, kept
from annotated_reading.ledger.columns import today
from annotated_reading.ledger.edition import Edition, read_edition
from annotated_reading.ledger.table import TableError
from editions import ROOT, run, tags
from exchange import addresses
from manifest import manifest
from packaging.version import Version

CITATION, CHANGES = ROOT / "CITATION.cff", ROOT / "CHANGELOG.md"
EDITIONS, SITE = ROOT / "editions", ROOT / "_build" / "html"

#: What is made of the site besides its pages has no kept address: an edition can be published without it.
FORMS = {".epub", ".pdf"}


def newest() -> str:
    """The tag of the last release; empty, if this is the first."""
    return max(tags(), key=Version, default="")


def missing() -> Iterator[str]:
    """What a release needs and lacks."""
    try:
        edition = read_edition(CITATION)
    except TableError as error:
        yield str(error)
        return
    last = newest()
    if last and Version(edition.version) <= Version(last):
        yield f"CITATION.cff, version: found {edition.version}, expected one after {last}"
    heading = next(re.finditer("^## .*$", CHANGES.read_text("utf-8"), re.MULTILINE), None)
    if not heading or not re.fullmatch(rf"## {re.escape(edition.version)}(, .*)?", heading[0]):
        found = heading[0] if heading else "no section"
        yield f"CHANGELOG.md: found {found}, expected '## {edition.version}' as its first"
    changed = run("git", "status", "--porcelain").splitlines()
    if changed:
        yield f"git status: found {changed[0].strip()!r}, {len(changed)} in all, expected nothing that is not committed"
    commit, tested = run("git", "rev-parse", "HEAD").strip(), ROOT / "_build" / "tested"
    found = tested.read_text("utf-8").strip() if tested.is_file() else "nothing"
    if found != commit:
        yield f"_build/tested: found {found}, expected {commit}: run `make test`"
    told = [sys.executable, "-m", "annotated_reading", "data", "--pages", "chapters"]
    yield from subprocess.run(told, cwd=ROOT, capture_output=True, text=True, check=False).stderr.splitlines()
    for address in dead(SITE, kept()):
        yield f"_build/html: found nothing at {address}, expected every address of {KEPT.name}"
    new = sorted(one for one in addresses(SITE) - set(kept()) if Path(one).suffix not in FORMS)
    if new and new != ["book.zip"]:
        yield f"{KEPT.name}: found no {new[0]}, {len(new)} in all, expected every address: run `tools/addresses.py`"


def date(edition: Edition) -> None:
    """Write the present day where the edition has its date."""
    for file, pattern, line in (
        (CITATION, "^date-released:.*$", f"date-released: {today()}"),
        (CHANGES, f"^## {re.escape(edition.version)}\\b.*$", f"## {edition.version}, {today()}"),
    ):
        file.write_text(re.sub(pattern, line, file.read_text("utf-8"), count=1, flags=re.MULTILINE), "utf-8")


def changes(edition: Edition, last: str) -> str:
    """What has changed since the tag of the last release, which may be none: corrections, and addresses."""
    rows = {tuple(row.values()): row for row in _table(ROOT / "data" / "corrections.csv")}
    before = {tuple(row.values()) for row in csv.DictReader(_then(last, "data/corrections.csv"))}
    reasons: dict[tuple[str, str, str], list[str]] = {}
    for cells, row in rows.items():
        if cells not in before:
            reasons.setdefault((row["date"], row["table"], row["why"]), []).append(row["key"])
    added = sorted(set(kept()) - set(_then(last, "tools/addresses.txt")))
    lines = [f"# Version {edition.version}, {today()}", "", f"What has changed since {last or 'the beginning'}.", ""]
    lines += ["## Corrections", ""]
    lines += [f"- {d}, {table} {', '.join(dict.fromkeys(keys))}: {why}" for (d, table, why), keys in reasons.items()]
    lines += ["", "## New addresses", ""]
    counted = Counter(address.partition("/")[0] if "/" in address else "the root" for address in added)
    lines += [f"- {number} below {place}" for place, number in counted.items()]
    return "\n".join([*lines, ""])


def _table(file: Path) -> Iterator[dict[str, str]]:
    if file.is_file():
        with file.open(encoding="utf-8", newline="") as text:
            yield from csv.DictReader(text)


def _then(tag: str, file: str) -> list[str]:
    """The lines of a file at a tag; none, where it was not there."""
    if not tag or not run("git", "ls-tree", "--name-only", tag, file):
        return []
    return run("git", "show", f"{tag}:{file}").splitlines()


def main() -> None:
    """Make the release, or tell what is missing."""
    lacks = list(missing())
    if lacks:
        sys.exit("\n".join(lacks))
    edition, last = read_edition(CITATION), newest()
    date(edition)
    if subprocess.run(["make", "carried"], cwd=ROOT, check=False).returncode:
        run("git", "checkout", "--quiet", "--", CITATION, CHANGES)
        sys.exit("the build failed; nothing was released")
    EDITIONS.mkdir(exist_ok=True)
    (EDITIONS / f"{edition.folder}.sha256").write_text(manifest(SITE), "utf-8")
    (EDITIONS / f"{edition.folder}.md").write_text(changes(edition, last), "utf-8")
    run("git", "add", CITATION, CHANGES, EDITIONS)
    run("git", "commit", "--quiet", "--message", f"Version {edition.version}")
    run("git", "tag", "--annotate", "--message", f"{edition.title}, version {edition.version}", edition.folder)
    print(f"{edition.folder} is tagged; `git push --follow-tags` publishes it")


if __name__ == "__main__":
    main()
