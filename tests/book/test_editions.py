"""Releases and editions: what is cited of one stays as it was when the next has come, and says that it has come."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from annotated_reading.ledger.columns import today
from conftest import ROOT

TOOLS = ("editions.py", "exchange.py", "addresses.py", "manifest.py", "release.py")

#: A book of two pages, one of which is there in some editions alone.
MAKEFILE = """\
carried: book
book:
\tmkdir -p _build && rm -rf _build/html && cp -R pages _build/html
"""


class Small:
    """A small book in a repository of its own, with the tools of this one."""

    def __init__(self, folder: Path) -> None:
        """Begin a repository."""
        self.folder = folder
        (folder / "tools").mkdir()
        for tool in TOOLS:
            shutil.copy(ROOT / "tools" / tool, folder / "tools")
        shutil.copytree(ROOT / "engine" / "tests" / "melos" / "data", folder / "data")
        self.write("Makefile", MAKEFILE)
        self.write(".gitignore", "_build/\n__pycache__/\n")
        self.write("chapters/index.md", "")
        self.run("git", "init", "--quiet")

    def write(self, file: str, text: str) -> None:
        """Write a file."""
        (self.folder / file).parent.mkdir(exist_ok=True)
        (self.folder / file).write_text(text, "utf-8")

    def run(self, *command: str, **settings: str) -> subprocess.CompletedProcess[str]:
        """Run a command in the folder; as nobody, where it is git."""
        nobody = {f"GIT_{who}_{what}": "n" for who in ("AUTHOR", "COMMITTER") for what in ("NAME", "EMAIL")}
        return subprocess.run(
            command, cwd=self.folder, check=True, capture_output=True, text=True, env=os.environ | nobody | settings
        )

    def tool(self, name: str, *given: str, **settings: str) -> str:
        """What a tool of the book prints."""
        return self.run(sys.executable, f"tools/{name}.py", *given, **settings).stdout

    def say(self, version: str, **pages: str) -> None:
        """Commit a version of the book, whose pages say something, and build it."""
        shutil.rmtree(self.folder / "pages", ignore_errors=True)
        for name, words in pages.items():
            self.write(f"pages/{name}.html", f"<body class='page'><p id='said'>{words}")
        cff = (ROOT / "CITATION.cff").read_text("utf-8")
        self.write("CITATION.cff", re.sub("(?m)^version: .*$", f"version: {version}", cff))
        self.write("CHANGELOG.md", f"# Changes\n\n## {version}\n\n- It says other things.\n")
        self.commit()
        self.run("make", "book")

    def commit(self) -> None:
        """Commit all that there is, if there is anything."""
        self.run("git", "add", ".")
        self.run("git", "commit", "--quiet", "--allow-empty", "--message", "Changed.")

    def make_ready(self) -> None:
        """Do what a release needs: keep the addresses, and say that the tests have passed."""
        self.tool("addresses", "_build/html")
        self.commit()
        self.write("_build/tested", self.run("git", "rev-parse", "HEAD").stdout)

    def page(self, place: str, name: str = "index") -> str:
        """A page of the published site."""
        return (self.folder / "_build" / "site" / place / f"{name}.html").read_text("utf-8")


@pytest.fixture
def small(tmp_path: Path) -> Small:
    """A small book without a commit."""
    return Small(tmp_path)


def test_an_edition_stays_at_its_address(small: Small) -> None:
    """A footnote to a claim would lead to other words than its author read, or to nothing."""
    small.say("1.0.0", index="as first written")
    small.tool("editions")
    assert small.page("v1.0.0") == small.page("")
    assert "as first written" in small.page("")
    small.run("git", "tag", "v1.0.0")
    small.say("1.0.0", index="being changed")
    small.tool("editions")
    assert "being changed" in small.page("") and "as first written" in small.page("v1.0.0")
    small.say('"1.1.0"', index="as corrected")
    small.tool("editions")
    assert "as corrected" in small.page("") and small.page("") == small.page("v1.1.0")
    assert "as first written" in small.page("v1.0.0")


def test_an_edition_that_was_followed_says_so_and_leads_on(small: Small) -> None:
    """Whoever follows an old footnote would not learn that the page was corrected."""
    small.say("1.0.0", index="old", other="old")
    small.run("git", "tag", "v1.0.0")
    small.say("1.0.0", index="old", other="old")
    small.tool("editions")
    assert "This is version" not in small.page("v1.0.0")
    small.say("1.1.0", index="new")
    small.tool("editions", "--lose")
    assert '<body class=\'page\'>\n<p class="announcement" role="note">This is version 1.0.0' in small.page("v1.0.0")
    assert '<a href="../index.html">the book as it is</a> is version 1.1.0.' in small.page("v1.0.0")
    assert '<a href="../index.html">' in small.page("v1.0.0", "other")  # the page is gone
    assert "This is version" not in small.page("") + small.page("v1.1.0")


def test_a_version_is_what_is_written(small: Small) -> None:
    """Every citation would lead to v0.1, and the edition lie at v0.10."""
    small.say("0.10 # first", index="as first written")
    small.tool("editions")
    assert "as first written" in small.page("v0.10")
    small.say("../../x", index="elsewhere")
    with pytest.raises(subprocess.CalledProcessError) as refused:
        small.tool("editions")
    assert "column version: found '../../x', expected a version such as 0.1.0" in refused.value.stderr


def test_a_release_is_dated_tagged_and_kept(small: Small) -> None:
    """Nobody could say what an edition was, when it was, or what became other in it."""
    small.say("1.0.0", index="first")
    small.make_ready()
    small.tool("release")
    small.say("1.1.0", index="second", other="new")
    small.write("data/corrections.csv", "date,table,key,column,was,now,why\n")
    row = "{0},claims,ath-1-1,hedge,,perhaps,It says so.\n"
    with (small.folder / "data" / "corrections.csv").open("a") as log:
        log.write(row.format("1881-01-01"))
    small.write("data/references.bib", "@book{a1881, author={A}, title={T}, publisher={P}, year={1881}}")
    small.write("chapters/index.md", "{footcite}`a1881`")
    small.commit()
    small.make_ready()
    assert small.tool("release").splitlines()[-1] == "v1.1.0 is tagged; `git push --follow-tags` publishes it"
    assert f"\ndate-released: {today()}\n" in small.run("git", "show", "v1.1.0:CITATION.cff").stdout
    assert f"\n## 1.1.0, {today()}\n" in small.run("git", "show", "v1.1.0:CHANGELOG.md").stdout
    assert not small.run("git", "status", "--porcelain").stdout
    assert small.run("git", "cat-file", "-t", "v1.1.0").stdout == "tag\n"
    changed = (small.folder / "editions" / "v1.1.0.md").read_text("utf-8")
    assert "What has changed since v1.0.0.\n" in changed
    assert "- 1881-01-01, claims ath-1-1: It says so.\n" in changed
    assert "- 1 below the root\n" in changed
    subprocess.run(
        ["sha256sum", "--quiet", "--strict", "--check", "../../editions/v1.1.0.sha256"],
        cwd=small.folder / "_build" / "html",
        check=True,
    )


def test_an_edition_that_would_be_another_is_not_published(small: Small) -> None:
    """A library or a tool that changed would change what was cited, without a word."""
    small.say("1.0.0", index="first")
    small.make_ready()
    small.tool("release")
    small.tool("editions")
    manifest = "editions/v1.0.0.sha256"
    text = (small.folder / manifest).read_text("utf-8")
    small.write(manifest, text.replace(re.findall(r"\b[0-9a-f]{64}\b", text)[0], "0" * 64))
    small.commit()
    small.run("git", "tag", "--force", "v1.0.0")
    with pytest.raises(subprocess.CalledProcessError) as refused:
        small.tool("editions")
    assert "v1.0.0: found index.html and 0 others, expected what was released" in refused.value.stderr
    small.tool("editions", BOOK_ADDRESS="https://copy.example")  # whose pages are others, and rightly so


def newer(small: Small) -> None:
    """Say nothing of another version."""
    small.say("1.0.0", index="second")
    small.make_ready()


def dirty(small: Small) -> None:
    """Leave something that is not committed."""
    small.write("chapters/index.md", "More.")


def untested(small: Small) -> None:
    """Commit behind the tests' back."""
    small.commit()


def unsaid(small: Small) -> None:
    """Leave out what has changed."""
    small.write("CHANGELOG.md", "# Changes\n\n## Unreleased\n")
    small.make_ready()


def gone(small: Small) -> None:
    """Take a page away."""
    (small.folder / "_build" / "html" / "index.html").unlink()


def unkept(small: Small) -> None:
    """Add a page whose address is not kept."""
    (small.folder / "_build" / "html" / "more.html").touch()


def unaccepted(small: Small) -> None:
    """Break a table."""
    claims = (small.folder / "data" / "claims.csv").read_text("utf-8")
    small.write("data/claims.csv", claims.replace("current", "curent", 1))
    small.make_ready()


def undated(small: Small) -> None:
    """Say that the version came out in the future."""
    cff = (small.folder / "CITATION.cff").read_text("utf-8")
    small.write("CITATION.cff", re.sub("(?m)^date-released:.*$", "date-released: 2999-01-01", cff))
    small.make_ready()


LACKS: dict[Callable[[Small], None], str] = {
    newer: "CITATION.cff, version: found 1.0.0, expected one after v1.0.0",
    dirty: "git status: found 'M chapters/index.md', 1 in all, expected nothing that is not committed",
    untested: "expected {head}: run `make test`",
    unsaid: "CHANGELOG.md: found ## Unreleased, expected '## 1.1.0' as its first",
    gone: "_build/html: found nothing at index.html, expected every address of addresses.txt",
    unkept: "addresses.txt: found no more.html, 1 in all, expected every address: run `tools/addresses.py`",
    unaccepted: "claims.csv, row 2, column status: found 'curent'",
    undated: "column date-released: found '2999-01-01', expected a date",
}


@pytest.mark.parametrize("spoil", LACKS, ids=lambda spoil: spoil.__name__)
def test_what_a_release_lacks_is_one_line(small: Small, spoil: Callable[[Small], None]) -> None:
    """A release would be cited that is not tested, not dated, or without what others link to."""
    small.say("1.0.0", index="first")
    small.make_ready()
    small.tool("release")
    small.say("1.1.0", index="second")
    small.make_ready()
    spoil(small)
    before = small.run("git", "status", "--porcelain").stdout
    with pytest.raises(subprocess.CalledProcessError) as refused:
        small.tool("release")
    (line,) = refused.value.stderr.splitlines()
    assert LACKS[spoil].format(head=small.run("git", "rev-parse", "HEAD").stdout.strip()) in line
    assert small.run("git", "tag").stdout == "v1.0.0\n"
    assert small.run("git", "status", "--porcelain").stdout == before


def test_a_release_whose_build_fails_is_none(small: Small) -> None:
    """The version would be dated, and nothing of that day be there."""
    small.say("1.0.0", index="first")
    small.write("Makefile", MAKEFILE.replace("carried: book", "carried:\n\tfalse"))
    small.commit()
    small.make_ready()
    with pytest.raises(subprocess.CalledProcessError) as failed:
        small.tool("release")
    assert failed.value.stderr.endswith("the build failed; nothing was released\n")
    assert not small.run("git", "status", "--porcelain").stdout + small.run("git", "tag").stdout
