"""The built pages as files: what a reader gets before any script runs."""

from __future__ import annotations

import zlib
from functools import cache
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pytest
from annotated_reading.ledger.ledger import Ledger, text_fragment
from annotated_reading.pages.directive import claim_meta
from conftest import SITE, attribute, documents, one, pages, soup
from plotly.offline import get_plotlyjs_version

PAGES = pages()
ORIGINAL = (
    "https://www.crisisgroup.org/asia/north-east-asia/korean-peninsula/after-trump-kim-summit-now-comes-hard-part"
)


def name(page: Path) -> str:
    """A page by its path in the site, for the names of tests."""
    return str(page.relative_to(SITE))


def test_the_book_is_built() -> None:
    """A page that the table of contents promises would not be there."""
    assert {f"{document}.html" for document in documents()} <= {name(page) for page in PAGES}


@cache
def places(page: Path) -> frozenset[str]:
    """The places of a page that a link can lead to."""
    return frozenset(str(tag["id"]) for tag in soup(page).select("[id]"))


@pytest.mark.parametrize("page", PAGES, ids=name)
def test_every_link_within_the_book_leads_somewhere(page: Path) -> None:
    """A reader would come to a page, or a place of a page, that is not there."""
    for link in soup(page).select("a[href]"):
        url = urlsplit(attribute(link, "href"))
        if url.scheme or url.netloc or link["href"] in ("#", ""):
            continue
        # The page for what does not exist is shown at any depth, so its links begin at the root of the site.
        folder, path = (SITE, url.path[1:] or "index.html") if url.path.startswith("/") else (page.parent, url.path)
        target = (folder / unquote(path)).resolve() if url.path else page
        assert target.is_file(), f"{name(page)} links to {link['href']}"
        if url.fragment and target.suffix == ".html":
            assert unquote(url.fragment) in places(target), f"{name(page)} links to {link['href']}"


@pytest.mark.parametrize("page", PAGES, ids=name)
def test_an_id_stands_once_in_a_page(page: Path) -> None:
    """A link to a place would lead to another one."""
    ids = [tag["id"] for tag in soup(page).select("[id]")]
    assert len(ids) == len(set(ids)), [one for one in ids if ids.count(one) > 1]


@pytest.mark.parametrize("page", PAGES, ids=name)
def test_nothing_is_fetched_from_another_host(page: Path) -> None:
    """A reader's visit would be known to somebody else, or the book not work where only its own site can be reached."""
    for tag in soup(page).select("script[src], img[src], iframe[src], link[href]:not([rel=canonical])"):
        address = urlsplit(attribute(tag, "src") or attribute(tag, "href"))
        assert address.scheme in ("", "data") and not address.netloc, tag


@pytest.mark.parametrize("page", [page for page in PAGES if page.name != "search.html"], ids=name)
def test_what_we_add_to_a_page_is_no_inline_script(page: Path) -> None:
    """No strict policy could be set for the site, as the article of a page would hold a script."""
    main = one(soup(page), "main")
    assert main.select("script") == []
    assert [tag for tag in main.find_all(True) if any(key.startswith("on") for key in tag.attrs)] == []


def test_every_claim_is_printed_once_with_all_that_is_known_of_it(ledger: Ledger) -> None:
    """A claim would lack its words, its holder, its hedge, its original or its links at its address."""
    places: dict[str, list[Path]] = {}
    for page in PAGES:
        for item in soup(page).select("li.claim"):
            places.setdefault(attribute(item, "id"), []).append(page)
    assert set(places) == set(ledger.claims)
    assert {claim for claim, found in places.items() if len(found) != 1} == set()
    for claim in ledger.claims.values():
        item = one(soup(places[claim.claim][0]), f"[id='{claim.claim}']")
        words = " ".join(item.get_text(" ").replace("’", "'").split())
        assert claim.text.replace("’", "'") in words
        assert claim_meta(ledger, claim).replace("’", "'") in words
        assert attribute(one(item, "a.claim-address"), "href") == f"#{claim.claim}"
        assert attribute(one(item, "a.original"), "href") == text_fragment(ORIGINAL, claim.cue)
        linked = {attribute(link, "href").partition("#")[2] for link in item.select(".claim-links .claim-reference")}
        assert linked == {other.claim for _, other in ledger.links_of(claim.claim)}


def test_every_claim_is_in_the_inventory(ledger: Ledger) -> None:
    """Another book could not refer to a claim."""
    lines = zlib.decompress((SITE / "objects.inv").read_bytes().split(b"\n", 4)[4]).decode().splitlines()
    listed = {line.split()[0] for line in lines if " claim:claim " in line}
    assert listed == set(ledger.claims)


def test_the_register_and_the_front_page_have_every_claim(ledger: Ledger) -> None:
    """The one table or the one picture of the whole article would leave a claim out."""
    rows = soup(SITE / "chapters/using/claims.html").select("table.register tbody tr")
    assert [one(row, "a").get_text() for row in rows] == list(ledger.claims)
    marks = soup(SITE / "index.html").select("a.claim-mark")
    assert [mark.get_text() for mark in marks] == list(ledger.claims)


def test_the_copy_of_plotly_is_of_the_version_that_made_the_figures() -> None:
    """A figure would be drawn by another plotly.js than its chapter's plotly wrote it for."""
    script = (SITE / "_static" / "plotly-basic.min.js").read_text("utf-8")
    assert f"plotly.js (basic - minified) v{get_plotlyjs_version()}" in script[:200]


def test_every_file_for_a_class_is_offered() -> None:
    """A teacher would not find the questions of a chapter."""
    links = soup(SITE / "chapters/using/teaching.html").select('a[href*="/classroom/"]')
    assert {Path(attribute(link, "href")).name for link in links} == {f.name for f in (SITE / "classroom").iterdir()}
