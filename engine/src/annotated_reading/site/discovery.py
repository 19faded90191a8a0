"""What leads programs to a site whose address is known: a map of its pages, and a feed of what has changed."""

from collections.abc import Iterator

from sphinx.application import Sphinx

from annotated_reading.ledger.parts import fingerprint
from annotated_reading.pages.domain import claim_domain
from annotated_reading.published import render

#: How many changes a feed has, the newest first; a change of many rows for one reason is one.
NEWEST = 30


def files(app: Sphinx) -> Iterator[tuple[str, str]]:
    """The map, where crawlers look for it, and the feed."""
    base, uri = app.config.html_baseurl, app.builder.get_target_uri
    if not base:
        return
    yield "sitemap.xml", render("sitemap.xml", addresses=[base + uri(page) for page in sorted(app.env.found_docs)])
    yield "robots.txt", f"User-agent: *\nAllow: /\nSitemap: {base}sitemap.xml\n"
    changes: dict[tuple[str, str, str], list[str]] = {}
    for one in reversed(claim_domain(app.env).ledger.corrections):
        changes.setdefault((one.date, one.table, one.why), []).append(one.key)
    entries = [
        {"id": fingerprint(change), "date": date, "title": f"{table}: {', '.join(dict.fromkeys(keys))}", "why": why}
        for change, keys in list(changes.items())[:NEWEST]
        for date, table, why in [change]
    ]
    yield "feed.xml", render("feed.xml", base=base, config=app.config, entries=entries)
