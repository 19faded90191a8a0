"""`tools/editions.py` lays out the site as it is published: the book as it is at the root, each edition at v<version>/.

An edition is what the tag v<version> builds, byte for byte, where its manifest in `editions/` was made with the same
settings. The version of CITATION.cff is laid out from the present book until it is tagged, so that what is cited is
there at once; from then on its address shows what the tag builds, whatever comes later. Pages of an edition that was
followed by another say so and lead to the same page of the book as it is. All of it is laid out beside the published
site and takes its place when it is whole; what is said behind the command goes to `exchange.py`, which does that.
"""

import re
import shutil
import subprocess
import sys
import tempfile
from html import escape
from pathlib import Path

from annotated_reading.ledger.edition import Edition, read_edition
from annotated_reading.ledger.table import TableError
from manifest import differing, settings

ROOT = Path(__file__).parent.parent

#: What stands at the head of each page of an edition that was followed by another.
FOLLOWED = (
    '\n<p class="announcement" role="note">This is version {old} of {title}. It stays as it was cited; '
    '<a href="{place}">the book as it is</a> is version {new}.</p>'
)


def run(*command: str | Path, folder: Path = ROOT) -> str:
    """What a command in a folder prints; its own error ends the program."""
    done = subprocess.run(command, cwd=folder, stdout=subprocess.PIPE, text=True, check=False)
    if done.returncode:
        sys.exit(done.returncode)
    return done.stdout


def tags() -> list[str]:
    """The tags of editions."""
    return run("git", "tag", "--list", "v[0-9]*").split()


def lay_out(tag: str, folder: Path) -> None:
    """Build the edition of a tag into a folder; ends the program where it is not what was released."""
    with tempfile.TemporaryDirectory() as copy:
        tree = Path(copy, "book")
        run("git", "worktree", "add", "--quiet", "--detach", tree, tag)
        try:
            # The first edition could not be carried.
            carried = re.search("^carried:", (tree / "Makefile").read_text("utf-8"), re.MULTILINE)
            print(run("make", "carried" if carried else "book", folder=tree), end="", flush=True)
            released = tree / "editions" / f"{tag}.sha256"
            if released.is_file() and settings() in released.read_text("utf-8"):
                wrong = differing(tree / "_build" / "html", released)
                if wrong:
                    sys.exit(f"{tag}: found {wrong[0]} and {len(wrong) - 1} others, expected what was released")
            shutil.copytree(tree / "_build" / "html", folder)
        finally:
            run("git", "worktree", "remove", "--force", tree)


def say_followed(site: Path, folder: str, now: Edition) -> None:
    """Let each page of an edition say that it was followed, and lead to the same page at the root, or to the first."""
    for page in sorted((site / folder).rglob("*.html")):
        place = page.relative_to(site / folder).as_posix()
        there = place if (site / place).is_file() else "index.html"
        values = {"old": folder.removeprefix("v"), "new": now.version, "title": now.title}
        line = FOLLOWED.format(
            **{name: escape(value) for name, value in values.items()}, place="../" * (place.count("/") + 1) + there
        )
        text = page.read_text("utf-8")
        head, body, rest = re.split(r"(<body\b[^>]*>)", text, maxsplit=1)
        page.write_text(f"{head}{body}{line}{rest}", "utf-8")


def main() -> None:
    """Lay out and publish."""
    try:
        edition = read_edition(ROOT / "CITATION.cff")
    except TableError as error:
        sys.exit(str(error))
    site = ROOT / "_build" / "site.new"
    shutil.rmtree(site, ignore_errors=True)
    shutil.copytree(ROOT / "_build" / "html", site)
    for tag in tags():
        lay_out(tag, site / tag)
        if tag != edition.folder:
            say_followed(site, tag, edition)
    if not (site / edition.folder).exists():
        shutil.copytree(ROOT / "_build" / "html", site / edition.folder)
    run(sys.executable, ROOT / "tools" / "exchange.py", site, ROOT / "_build" / "site", *sys.argv[1:])
    shutil.rmtree(site)


if __name__ == "__main__":
    main()
