"""A site is the same below a path, as on GitHub Pages, and at a domain of its own: all that it names is there."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import unquote, urljoin, urlsplit

import pytest
from bs4 import BeautifulSoup

from ..books import Book, Build
from ..cited import build, citable


@pytest.fixture(scope="module", params=["https://user.example/reading", "https://book.example"])
def base(request: pytest.FixtureRequest) -> str:
    """Where a site is published, as the settings of a platform say it."""
    return str(request.param)


@pytest.fixture(scope="module")
def site(base: str, tmp_path_factory: pytest.TempPathFactory) -> Build:
    """The tiny book, built for that place, with a page that has moved."""
    book = citable(Book(tmp_path_factory.mktemp("published") / "book"))
    return build(book, site=base, annotated_reading_moved={"old/athens": "athens"})


def addresses(site: Build, base: str) -> Iterator[tuple[str, str]]:
    """Every address that a file of the site names, in full, with the file; a missing page may be asked for anywhere."""
    for name, content in site.files().items():
        text = content.decode() if name.endswith((".html", ".xml", ".json", ".jsonld", ".txt", ".bib", ".ris")) else ""
        if name.endswith(".html"):
            asked = f"{base}/{'deep/below/' if name == '404.html' else ''}{name}"
            for tag in BeautifulSoup(text, "html.parser").select("[href], [src], form[action]"):
                yield name, urljoin(asked, str(tag.get("href") or tag.get("src") or tag.get("action")))
        yield from ((name, one.rstrip(".,;")) for one in re.findall(rf"{re.escape(base)}[^\s\"'<>)}}]*", text))


def test_every_address_is_that_of_a_file(site: Build, base: str) -> None:
    """Below a path, a link that begins at the root of the host leads to somebody else's site."""
    host, found = f"{urlsplit(base).scheme}://{urlsplit(base).netloc}", 0
    for name, address in addresses(site, base):
        if urlsplit(address)._replace(path="", query="", fragment="").geturl() != host:
            continue
        assert address.startswith(f"{base}/"), f"{name}: {address}"
        place = unquote(urlsplit(address).path).removeprefix(f"{urlsplit(base).path}/").removeprefix("v1.2.0/")
        file = Path(site.folder, place)
        assert (file / "index.html" if file.is_dir() else file).is_file(), f"{name}: {address}"
        found += 1
    assert found > 500


def test_programs_are_told_the_place(site: Build, base: str) -> None:
    """Crawlers, feed readers and Zotero would be sent to a site that is not there."""
    files = site.files()
    assert f"<loc>{base}/athens.html</loc>" in files["sitemap.xml"].decode()
    assert f"\nSitemap: {base}/sitemap.xml\n" in files["robots.txt"].decode()
    assert f'<link rel="canonical" href="{base}/athens.html"' in files["athens.html"].decode()
    assert f"<id>{base}/feed.xml</id>" in files["feed.xml"].decode()
    assert json.loads(files["exports/ledger.json"])["claims"][0]["url"] == f"{base}/v1.2.0/athens.html#ath-1-1"
