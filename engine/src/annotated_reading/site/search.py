"""The search: records of claims, events, people, figures, terms, tables and prose, and the page that looks them up.

The records are scripts, as a page that is read from a disk may not fetch anything; the browser makes the index. Most of
them are prose, which comes apart, after the first answer. Sphinx's own search, which leaves out numbers, is off.
"""

from __future__ import annotations

import csv
import json
import re
from calendar import month_name
from collections.abc import Iterator
from pathlib import Path
from typing import cast

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.domains.std import StandardDomain

from annotated_reading.ledger import parts
from annotated_reading.ledger.parts import Part
from annotated_reading.pages.domain import anchor_of, claim_domain
from annotated_reading.published import is_site, link, render, write

#: What can be found: `kind`, `address`, `place` on the site, `title`, `text`, what is said `about` it, `hue`, `more`
#: words by which it is found, and the `answers` to what was asked of it. What is empty is left out.
Record = dict[str, str]

#: If the reading has this table: addresses of claims, and words of any record, with other words for them.
SYNONYMS = "synonyms.csv"

#: What is found by its label, by how that begins.
LABELLED = {"fig": "figure", "tab": "table"}

#: What has a line of the source, and is no prose all the same.
_NO_PROSE = {"byline", "cell"}


def note_prose(app: Sphinx, document: nodes.document) -> None:
    """Note what the author of a document wrote, by section. What directives make has no line of the source."""
    domain = claim_domain(app.env)
    found: dict[tuple[str, str, str], list[str]] = {}
    for paragraph in document.findall(nodes.paragraph):
        around = [paragraph, *_around(paragraph)]
        classes = {name for one in around for name in one["classes"]}
        section = next((one for one in around if isinstance(one, nodes.section | nodes.sidebar)), None)
        if paragraph.line and section and not classes & _NO_PROSE:
            kind = "term" if isinstance(section, nodes.sidebar) else "hindsight" if "hindsight" in classes else "prose"
            title = next(section.findall(nodes.title), nodes.Text("")).astext()
            found.setdefault((kind, anchor_of(paragraph, domain.ledger), title), []).append(_words(paragraph))
    domain.note(app.env.docname).prose = [(*key, " ".join(" ".join(texts).split())) for key, texts in found.items()]


def _words(paragraph: nodes.paragraph) -> str:
    texts = paragraph.findall(nodes.Text)
    return "".join(text for text in texts if not isinstance(text.parent, nodes.footnote_reference))


def _around(node: nodes.Node) -> Iterator[nodes.Element]:
    while node.parent is not None:
        node = node.parent
        yield cast(nodes.Element, node)


class Records:
    """The records of a site."""

    def __init__(self, app: Sphinx) -> None:
        """Of a book that has been read."""
        self.app, self.env, self.domain, self.ledger = app, app.env, claim_domain(app.env), claim_domain(app.env).ledger
        file = self.ledger.folder / SYNONYMS
        lines = csv.DictReader(file.read_text("utf-8").splitlines()) if file.is_file() else ()
        self._synonyms = {line["term"].lower(): line["words"] for line in lines}
        longest_first = sorted(map(re.escape, self._synonyms), key=len, reverse=True)
        self._terms = re.compile(rf"\b({'|'.join(longest_first) or '(?!)'})\b", re.IGNORECASE)

    def first(self) -> Iterator[Record]:
        """Those of the ledger, of what has a label, and of terms."""
        ledger = self.ledger
        for address, page in self.domain.documents().items():
            claim = ledger.claims[address]
            section = ledger.sections[claim.section]
            hedge = f" · “{claim.hedge}”" if claim.hedge else ""
            yield self._record(
                "claim", address, page, title="", text=claim.words, hue=section.hue,
                about=f"{section.name} · {ledger.attribution(claim)}{hedge}",
                more=f"{claim.cue} {ledger.issues[claim.issue].name} {self._synonyms.get(address, '')}",
                answers="; ".join(f"{verdict.label}: {verdict.finding}" for verdict in ledger.answers(address)),
            )  # fmt: skip
        for event in ledger.events.values():
            if home := self.domain.document_of_event(address := f"event-{event.event}"):
                said, month = f"{event.date} · {event.actors}", month_name[int(event.date[5:7] or 0)]
                yield self._record("event", address, home, title="", text=event.words, about=said, more=month)
        for person in ledger.people.values():
            if page := page_that_prints(self.app, Part(parts.people, person.kind)):
                name = f"{person.name} {person.native}".strip()
                yield self._record(person.kind, f"person-{person.person}", page, title=name, text=person.role)
        std = cast(StandardDomain, self.env.get_domain("std"))
        for label, (page, anchor, title) in std.labels.items():
            if kind := LABELLED.get(label.split("-")[0]):
                yield self._record(kind, anchor, page, title=title, text="", about=self._name(page))
        for table in ledger.package.described:
            page, anchor = std.anonlabels.get(f"table-{table['name']}", ("", ""))
            if page:
                yield self._record("data set", anchor, page, title=table["title"], text=table["description"])
        yield from self.prose("term")

    def prose(self, *kinds: str) -> Iterator[Record]:
        """Those of what authors wrote, of some kinds."""
        for page in sorted(self.env.found_docs):
            for kind, anchor, title, text in self.domain.note(page).prose:
                if kind in kinds:
                    yield self._record(kind, anchor, page, title=title, text=text, about=self._name(page))

    def _name(self, page: str) -> str:
        return self.env.titles[page].astext()

    def _record(self, kind: str, address: str, page: str, **said: str) -> Record:
        terms = dict.fromkeys(term.lower() for term in self._terms.findall(f"{said['title']} {said['text']}"))
        said["more"] = " ".join([said.get("more", ""), *(self._synonyms[term] for term in terms)]).strip()
        place = f"{self.app.builder.get_target_uri(page)}#{address}"
        return {"kind": kind, "address": address, "place": place, **{name: text for name, text in said.items() if text}}


def page_that_prints(app: Sphinx, part: Part) -> str:
    """The first document that prints a part of the ledger; empty where none does."""
    return min((page for page, noted in claim_domain(app.env).noted.items() if part in noted.uses), default="")


def no_index(app: Sphinx) -> None:
    """Let Sphinx make no index, and no page that reads it."""
    app.builder.search = False  # type: ignore[attr-defined]


def write_records(app: Sphinx) -> None:
    """Write the records of a site that was built, and remove what Sphinx's own search had."""
    records = Records(app)
    for name, found in {"records": records.first(), "prose": records.prose("prose", "hindsight")}.items():
        data = json.dumps(list(found), ensure_ascii=False, separators=(",", ":"))
        write(Path(app.outdir, "_static", f"search-{name}.js"), f"searchRecords({data});\n")
    for name in ("searchindex.js", "_static/searchtools.js", "_static/language_data.js"):
        Path(app.outdir, name).unlink(missing_ok=True)


def make_page(app: Sphinx) -> Iterator[tuple[str, dict[str, str], str]]:
    """The page that searches."""
    if is_site(app.builder):
        register = page_that_prints(app, Part(parts.register))
        places = {"register": register and link(app.builder, "search", app.builder.get_target_uri(register))}
        places["contents"] = link(app.builder, "search", app.builder.get_target_uri(app.config.root_doc))
        yield "search", {"title": "Search", "body": render("search.html", **places)}, "page.html"
