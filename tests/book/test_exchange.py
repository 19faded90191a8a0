"""What is published is whole: readers see the old site or the new one, whatever happens between."""

import random
import subprocess
import sys
import time
from pathlib import Path

from conftest import ROOT

PAGES = 300


def site(folder: Path, edition: str, pages: int = PAGES) -> Path:
    """A site each of whose pages names its edition."""
    folder.mkdir()
    for page in range(pages):
        (folder / f"page-{page}.html").write_text(edition, "utf-8")
    return folder


def command(new: Path, published: Path, *options: str) -> list[str]:
    """What publishes a site."""
    return [sys.executable, str(ROOT / "tools" / "exchange.py"), str(new), str(published), *options]


def said(new: Path, published: Path, *options: str) -> str:
    """What is said when a site is published; nothing, if it was."""
    done = subprocess.run(command(new, published, *options), stderr=subprocess.PIPE, text=True, check=False)
    assert bool(done.stderr) == bool(done.returncode)
    return done.stderr


def editions(published: Path) -> tuple[set[str], int]:
    """The editions that the published pages name, and how many pages there are."""
    pages = list(published.glob("*.html"))
    return {page.read_text("utf-8") for page in pages}, len(pages)


def test_a_killed_publisher_leaves_one_whole_edition(tmp_path: Path) -> None:
    """A reader would get pages of two editions, or none."""
    published, chance = tmp_path / "site", random.Random(50)
    sites = [site(tmp_path / edition, edition) for edition in ("old", "new")]
    begun = time.monotonic()
    assert not said(sites[0], published)
    lasts = time.monotonic() - begun
    shown = "old"
    for turn in range(20):
        with subprocess.Popen(command(sites[turn % 2], published)) as publisher:
            time.sleep(chance.uniform(0, lasts))
            publisher.kill()
        named, pages = editions(published)
        assert (len(named), pages) == (1, PAGES)
        shown = named.pop()
    after = sites[shown == "old"]
    assert not said(after, published)
    assert editions(published) == ({after.name}, PAGES)


def test_a_lost_address_stops_the_publication(tmp_path: Path) -> None:
    """A page that others cite would be gone since yesterday, and nobody would know."""
    published = tmp_path / "site"
    assert not said(site(tmp_path / "old", "old", 3), published)
    fewer = site(tmp_path / "fewer", "fewer", 2)
    assert f"{fewer}: found no page-2.html, expected every address of {published}" in said(fewer, published)
    assert editions(published) == ({"old"}, 3)
    assert not said(fewer, published, "--lose")
    assert editions(published) == ({"fewer"}, 2)


def test_a_web_server_may_read_it(tmp_path: Path) -> None:
    """The server would answer each request with 403."""
    new = site(tmp_path / "new", "new", 1)
    (new / "page-0.html").chmod(0o600)
    new.chmod(0o700)
    assert not said(new, tmp_path / "site")
    shown = (tmp_path / "site").resolve()
    assert [path.stat().st_mode & 0o777 for path in (shown, shown / "page-0.html")] == [0o755, 0o644]


def test_a_folder_in_its_place_is_told(tmp_path: Path) -> None:
    """A site that somebody laid out by hand would be lost."""
    (tmp_path / "site").mkdir()
    new = site(tmp_path / "new", "new", 1)
    assert "expected a link that this program made" in said(new, tmp_path / "site")
