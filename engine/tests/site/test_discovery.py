"""What leads crawlers and feed readers to a site."""

from __future__ import annotations

from xml.etree import ElementTree

from ..books import Book

ATOM = "{http://www.w3.org/2005/Atom}"
CHANGE = {"date": "2026-11-29", "table": "claims", "key": "ath-1-1", "column": "text", "was": "a", "now": "b & <c>"}


def test_a_map_has_every_page_once(book: Book) -> None:
    """A crawler would miss a page, or be sent to one that is not there."""
    built = book.build(html_baseurl="https://example.org/book")
    addresses = [one.text for one in ElementTree.parse(built.folder / "sitemap.xml").iter() if one.tag.endswith("loc")]
    pages = ("athens", "index", "melos", "thucydides")
    assert addresses == [f"https://example.org/book/{page}.html" for page in pages]
    assert "Sitemap: https://example.org/book/sitemap.xml" in (built.folder / "robots.txt").read_text("utf-8")


def test_a_feed_tells_each_reason_for_a_change_once_the_newest_first(book: Book) -> None:
    """Whoever follows the book would be told of a hundred rows one by one, or of the last change last."""
    rows = [{**CHANGE, "why": "It said <too> much."}, {**CHANGE, "key": "ath-1-2", "why": "It said <too> much."}]
    book.save("corrections", [*rows, {**CHANGE, "date": "2026-11-30", "why": "A slip."}])
    feed = ElementTree.parse(book.build(html_baseurl="https://example.org").folder / "feed.xml").getroot()
    entries = feed.findall(f"{ATOM}entry")
    assert [entry.findtext(f"{ATOM}summary") for entry in entries] == ["A slip.", "It said <too> much."]
    assert [entry.findtext(f"{ATOM}title") for entry in entries] == ["claims: ath-1-1", "claims: ath-1-2, ath-1-1"]
    assert feed.findtext(f"{ATOM}updated") == "2026-11-30T00:00:00Z"
    assert len({entry.findtext(f"{ATOM}id") for entry in entries}) == 2


def test_without_an_address_there_is_nothing_that_cannot_work(book: Book) -> None:
    """A map or a feed of relative addresses would lead nowhere."""
    files = book.build().files()
    assert not {"sitemap.xml", "robots.txt", "feed.xml"} & files.keys()
