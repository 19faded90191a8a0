"""The search: records of claims, events, people, figures, terms, tables and prose, and the page that looks them up.

The records are scripts, as a page that is read from a disk may not fetch anything; the browser makes the index. Most of
them are prose, which comes apart, after the first answer. Sphinx's own search, which leaves out numbers, is off.
"""

import csv
import json
import re
from calendar import month_name
from collections.abc import Iterator
from pathlib import Path
from typing import cast

from docutils import nodes
from sphinx import addnodes
from sphinx.application import Sphinx
from sphinx.domains.std import StandardDomain

from annotated_reading.language import _, label, quoted
from annotated_reading.ledger import parts
from annotated_reading.ledger.parts import Part
from annotated_reading.pages.domain import anchor_of, claim_domain
from annotated_reading.published import is_site, link, render, write

#: What a record may have, in this order: kind, page and address; title, text, and what is said about it; more words by
#: which it is found, answers to what was asked of it, and its hue. A script has its `place` on the site for its page.
FIELDS = ("kind", "page", "address", "title", "text", "about", "more", "answers", "hue")

#: If the reading has this table: addresses of claims, and words of any record, with other words for them.
SYNONYMS = "synonyms.csv"

#: Classes of what has a line of the source, and is no prose all the same.
_NO_PROSE = {"byline", "cell"}


def note_prose(app: Sphinx, document: nodes.document) -> None:
    """Note what the author of a document wrote, by section. What directives make has no line of the source."""
    domain = claim_domain(app.env)
    found: dict[tuple[str, str, str], list[str]] = {}
    for paragraph in document.findall(nodes.paragraph):
        classes, part = set(paragraph["classes"]), paragraph.parent
        while not isinstance(part, nodes.section | nodes.sidebar | nodes.document):
            classes.update(part["classes"])
            part = part.parent
        if paragraph.line and not classes & _NO_PROSE:
            kind = "term" if isinstance(part, nodes.sidebar) else "hindsight" if "hindsight" in classes else "prose"
            title = next(part.findall(nodes.title), nodes.Text("")).astext()
            found.setdefault((kind, anchor_of(paragraph, domain.ledger), title), []).extend(_words(paragraph))
    domain.note(app.env.docname).prose = [
        (*key, re.sub(r" (?=[.,;:])", "", " ".join("".join(words).split()))) for key, words in found.items()
    ]


def _words(paragraph: nodes.paragraph) -> Iterator[str]:
    """What a reader sees of a paragraph but for notes, and a space."""
    for node in paragraph.findall():
        if isinstance(node, nodes.Text) and not isinstance(node.parent, nodes.footnote_reference):
            yield str(node)
        elif isinstance(node, addnodes.pending_xref) and not node.astext():
            yield node["reftarget"]
    yield " "


def first_records(app: Sphinx) -> Iterator[tuple[str, ...]]:
    """Those of the ledger, of figures and tables, and of terms."""
    domain, std = claim_domain(app.env), cast(StandardDomain, app.env.get_domain("std"))
    ledger = domain.ledger
    for address, page in domain.documents().items():
        claim = ledger.claims[address]
        section = ledger.sections[claim.section]
        about = f"{section.name} · {ledger.attribution(claim)}" + (f" · {quoted(claim.hedge)}" if claim.hedge else "")
        more = f"{claim.cue} {ledger.issues[claim.issue].name}"
        answers = "; ".join(f"{label(verdict.label)} {verdict.finding}" for verdict in ledger.answers(address))
        yield "claim", page, address, "", claim.words, about, more, answers, section.hue
    for event in ledger.events.values():
        about, month = f"{event.date} · {event.actors}", month_name[int(event.date[5:7] or 0)]
        if home := domain.document_of_event(address := f"event-{event.event}"):
            yield "event", home, address, "", event.words, about, month
    for person in ledger.people.values():
        if page := page_that_prints(app, Part(parts.people, person.kind)):
            yield person.kind, page, f"person-{person.person}", f"{person.name} {person.native}".strip(), person.role
    for name, (page, anchor, title) in std.labels.items():
        if kind := {"fig": "figure", "tab": "table"}.get(name.split("-")[0]):
            yield kind, page, anchor, title, "", app.env.titles[page].astext()
    for table in ledger.package.described:
        page, anchor = std.anonlabels.get(f"table-{table['name']}", ("", ""))
        if page:
            yield "data set", page, anchor, table["title"], table["description"]
    yield from prose_records(app, "term")


def prose_records(app: Sphinx, *kinds: str) -> Iterator[tuple[str, ...]]:
    """Those of what authors wrote, of some kinds."""
    for page in sorted(app.env.found_docs):
        for kind, *noted in claim_domain(app.env).note(page).prose:
            if kind in kinds:
                yield kind, page, *noted, app.env.titles[page].astext()


def page_that_prints(app: Sphinx, part: Part) -> str:
    """The first document that prints a part of the ledger; empty where none does."""
    return min((page for page, noted in claim_domain(app.env).noted.items() if part in noted.uses), default="")


def no_index(app: Sphinx) -> None:
    """Let Sphinx make no index, and no page that reads it."""
    app.builder.search = False  # type: ignore[attr-defined]


def write_records(app: Sphinx) -> None:
    """Write the records of a site that was built, and remove what Sphinx's own search had."""
    file = claim_domain(app.env).ledger.folder / SYNONYMS
    lines = csv.DictReader(file.read_text("utf-8").splitlines()) if file.is_file() else ()
    synonyms = {line["term"].lower(): line["words"] for line in lines}
    longest_first = sorted(map(re.escape, synonyms), key=len, reverse=True)
    terms = re.compile(rf"\b({'|'.join(longest_first) or '(?!)'})\b")

    def complete(values: tuple[str, ...]) -> dict[str, str]:
        record = dict(zip(FIELDS, values, strict=False))
        said = " ".join(values[2:5]).lower()
        more = [record.get("more", ""), *(synonyms[term] for term in dict.fromkeys(terms.findall(said)))]
        place = f"{app.builder.get_target_uri(record.pop('page'))}#{record['address']}"
        record |= {"place": place, "more": " ".join(more).strip()}
        return {name: value for name, value in record.items() if value}

    for name, found in {"records": first_records(app), "prose": prose_records(app, "prose", "hindsight")}.items():
        data = json.dumps(list(map(complete, found)), ensure_ascii=False, separators=(",", ":"))
        write(Path(app.outdir, "_static", f"search-{name}.js"), f"searchRecords({data});\n")
    for name in ("searchindex.js", "_static/searchtools.js", "_static/language_data.js"):
        Path(app.outdir, name).unlink(missing_ok=True)


def make_page(app: Sphinx) -> Iterator[tuple[str, dict[str, str], str]]:
    """The page that searches."""
    if is_site(app.builder):
        pages = {"register": page_that_prints(app, Part(parts.register)), "contents": app.config.root_doc}
        uri = app.builder.get_target_uri
        places = {name: page and link(app.builder, "search", uri(page)) for name, page in pages.items()}
        yield "search", {"title": _("Search"), "body": render("search.html", **places)}, "page.html"
