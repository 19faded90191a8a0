"""The directives of a reading. Each looks something up in the ledger and wraps it in nodes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from docutils import nodes
from docutils.statemachine import StringList
from sphinx.addnodes import pending_xref
from sphinx.application import Sphinx
from sphinx.util.docutils import SphinxDirective

from annotated_reading.ledger.ledger import Ledger, text_fragment
from annotated_reading.ledger.rows import VERDICTS, Claim, Event, Link, Person, Position, Verdict
from annotated_reading.pages.domain import ClaimDomain, claim_domain
from annotated_reading.pages.nodes import claim_group, claim_item, fold, overview, reading_time, taken_up


class LedgerDirective(SphinxDirective):
    """A directive that prints a part of the ledger."""

    has_content = False
    part: str
    """What of the ledger the directive prints, as `ClaimDomain.part_of_ledger` names it."""

    @property
    def domain(self) -> ClaimDomain:
        """The domain that holds the ledger and notes what is printed."""
        return claim_domain(self.env)

    @property
    def ledger(self) -> Ledger:
        """The ledger of the book."""
        return self.domain.ledger

    def address(self, known: Mapping[str, object], what: str) -> str:
        """The directive's argument, noted as the part of the ledger that the document prints.

        Raises an error, which names file and line, for one that the ledger does not know.
        """
        address = str(self.arguments[0])
        self.domain.note_use(self.env.docname, f"{self.part} {address}")
        if address not in known:
            raise self.error(f"found {address!r}, expected {what} of the ledger in {self.ledger.folder}")
        return address

    def reference_to(self, claim: Claim, *, words: str = "", classes: Iterable[str] = ()) -> pending_xref:
        """A reference to a claim that reads as its address, or as the words given."""
        return pending_xref(
            "",
            nodes.inline("", words or claim.claim),
            refdomain="claim",
            reftype="claim",
            reftarget=claim.claim,
            refdoc=self.env.docname,
            refexplicit=True,
            refwarn=True,
            refclasses=list(classes),
        )

    def citations(self, keys: Sequence[str]) -> list[nodes.Node]:
        """Citations by the role that the book cites with, such as `footcite`; the keys, where it has none."""
        role = self.config.annotated_reading_cite_role
        if not role:
            return [nodes.Text(f" ({', '.join(keys)})")]
        holder = nodes.container()
        line = f"{{{role}}}`{','.join(keys)}`"
        self.state.nested_parse(StringList([line], self.state.document["source"]), self.lineno, holder)
        return [nodes.Text(" "), *holder[0].children]

    def paragraph_link(self, paragraph: str) -> pending_xref:
        """A reference to the section of the book that reads a paragraph, by the paragraph's address."""
        target = {"refdomain": "std", "reftype": "ref", "reftarget": paragraph, "refexplicit": True}
        return pending_xref("", nodes.inline("", paragraph), refdoc=self.env.docname, refwarn=True, **target)

    def section_link(self, section: str, classes: Iterable[str] = ()) -> pending_xref:
        """A reference to the page that begins a section of the text, by the section's name."""
        name = self.ledger.sections[section].name
        target = {"refdomain": "claim", "reftype": "section", "reftarget": section}
        return pending_xref(
            "", nodes.inline("", name, classes=list(classes)), refdoc=self.env.docname, refwarn=True, **target
        )

    def meta(self, claim: Claim) -> nodes.paragraph:
        """Kind, holder and hedge of a claim, as a paragraph."""
        hedge = f" Hedge: “{claim.hedge}”." if claim.hedge else ""
        return nodes.paragraph("", f"{self.ledger.attribution(claim)}.{hedge}", classes=["claim-meta"])

    def original(self, claim: Claim | None, label: str) -> nodes.reference:
        """A link to the original text that opens at a claim's cue, or at its beginning where there is no claim."""
        address = self.config.annotated_reading_original
        if claim:
            address = text_fragment(address, claim.cue)
        return nodes.reference("", "", nodes.inline("", label), refuri=address, internal=False, classes=["original"])


class Byline(LedgerDirective):
    """`{byline} us`: who wrote the section, which paragraphs it has, how long the chapter takes, the original."""

    required_arguments = 1
    part = "section"

    def run(self) -> list[nodes.Node]:
        """The byline, as a paragraph."""
        section = self.ledger.sections[self.address(self.ledger.sections, "a section")]
        author = self.ledger.people[section.contributor].name
        last = f" to {section.section}-{section.paragraphs}" if section.paragraphs > 1 else ""
        byline = nodes.paragraph(classes=["byline", f"hue-{section.hue}"])
        byline += nodes.Text(f"Paragraphs {section.section}-1{last}, by {author}. ")
        byline += [
            reading_time(),
            nodes.Text(". "),
            self.original(self.ledger.first_of(section.section), "Read the original"),
        ]
        return [byline]


class Claims(LedgerDirective):
    """`{claims} us-5`: the claims of a paragraph, each with its address and all that the ledger says of it."""

    required_arguments = 1
    part = "claims"

    def run(self) -> list[nodes.Node]:
        """The box of claims."""
        paragraph = self.address(self.ledger.paragraphs, "a paragraph")
        claims = self.ledger.paragraphs[paragraph]
        if not claims:
            raise self.error(f"claims.csv has no claim of {paragraph}")
        label = f"What paragraph {paragraph} claims"
        group = claim_group(classes=["claims", f"hue-{self.ledger.hue(claims[0])}"], label=label)
        head = nodes.paragraph("", "What the paragraph claims ", classes=["claims-head"])
        head += self.original(claims[0], "Open in the original")
        group += [head, nodes.bullet_list("", *map(self._item, claims), classes=["claim-list"])]
        return [group]

    def _item(self, claim: Claim) -> claim_item:
        self.domain.note_printed(self.env.docname, claim.claim, self.lineno)
        permalink = nodes.reference("", claim.claim, refid=claim.claim, classes=["claim-address"])
        permalink["reftitle"] = f"Link to claim {claim.claim}"
        words = nodes.paragraph("", "", permalink, nodes.Text(" "), nodes.inline("", claim.words))
        meta = self.meta(claim)
        meta += [nodes.Text(" "), self.original(claim, "In the original"), nodes.Text(" ")]
        verdict = self.ledger.verdict(claim.claim)
        if verdict:
            meta += nodes.reference("", "", verdict_words(verdict), refid=f"hindsight-{claim.claim}")
        item = claim_item("", words, meta, self._trail(claim), ids=[claim.claim], classes=["claim"])
        self.state.document.note_explicit_target(item)
        return item

    def _trail(self, claim: Claim) -> nodes.paragraph:
        trail = nodes.paragraph(classes=["claim-trail"])
        for place, (_, other) in enumerate(self.ledger.links_of(claim.claim)):
            trail += [nodes.Text(" " if place else "Linked with "), self.reference_to(other)]
        trail += taken_up(claim=claim.claim)
        return trail


class Elsewhere(LedgerDirective):
    """`{elsewhere} us-5`: what other sections say of the same matter, with the reason for each link."""

    UNFOLDED = 2
    """How many links of a section stand open; a reader who wants the rest unfolds it."""

    required_arguments = 1
    part = "elsewhere"

    def run(self) -> list[nodes.Node]:
        """A title and a list by section; nothing where the ledger has no link."""
        paragraph = self.address(self.ledger.paragraphs, "a paragraph")
        sections = self.ledger.elsewhere(paragraph)
        if not sections:
            return []
        matter = nodes.definition_list(classes=["elsewhere"])
        for section, links in sections.items():
            hue = f"hue-{self.ledger.sections[section].hue}"
            term = nodes.term("", "", self.section_link(section, classes=["section-name", hue]))
            matter += nodes.definition_list_item("", term, nodes.definition("", *self._whys(links)))
        return [nodes.rubric("", "The same matter, seen from elsewhere", classes=["elsewhere-title"]), matter]

    def _whys(self, links: Sequence[tuple[Link, Claim, Claim]]) -> list[nodes.Element]:
        items = [self._why(*link) for link in links]
        if len(items) <= self.UNFOLDED:
            return [nodes.bullet_list("", *items)]
        rest = items[self.UNFOLDED :]
        folded = fold("", nodes.bullet_list("", *rest), summary=f"{len(rest)} more")
        return [nodes.bullet_list("", *items[: self.UNFOLDED]), folded]

    def _why(self, link: Link, here: Claim, there: Claim) -> nodes.list_item:
        relation = nodes.inline("", f" ({link.relation.replace('-', ' ')}, ", classes=["relation"])
        relation += [self.reference_to(here), nodes.Text(")")]
        words = nodes.paragraph("", f"{link.why} ", self.reference_to(there), relation)
        return nodes.list_item("", words)


class Hindsight(LedgerDirective):
    """`{hindsight} us-5`: what came of a paragraph's matter, in the chapter's words, and the verdicts on its claims.

    It is closed at first; without words and verdicts there is nothing.
    """

    required_arguments = 1
    has_content = True
    part = "hindsight"

    def run(self) -> list[nodes.Node]:
        """What a reader may unfold."""
        paragraph = self.address(self.ledger.paragraphs, "a paragraph")
        folded = fold("", *self.parse_content_to_nodes(), summary="With hindsight", classes=["hindsight"])
        judged = [claim for claim in self.ledger.paragraphs[paragraph] if self.ledger.verdict(claim.claim)]
        if judged:
            folded += nodes.bullet_list("", *map(self._record, judged), classes=["records"])
        return [folded] if folded.children else []

    def _record(self, claim: Claim) -> nodes.list_item:
        newest, *older = self.ledger.verdicts[claim.claim]
        head = nodes.paragraph("", "", self.reference_to(claim), nodes.Text(" "), verdict_words(newest))
        head += nodes.inline("", f", as of {newest.as_of}", classes=["relation"])
        record = nodes.list_item("", head, nodes.paragraph("", newest.why, *self.citations(newest.sources)))
        if newest.counter:
            record += nodes.paragraph("", "", nodes.emphasis("", "Against it:"), nodes.Text(f" {newest.counter}"))
        for verdict in older:
            was = nodes.paragraph("", f"Until {newest.supersedes}: {verdict.verdict}. {verdict.why}")
            record += was
        record["ids"].append(f"hindsight-{claim.claim}")
        return record


class Excerpt(LedgerDirective):
    """`{excerpt} us-5-2`: one claim, quoted where it does not have its address."""

    required_arguments = 1
    part = "claim"

    def run(self) -> list[nodes.Node]:
        """The claim in a block."""
        claim = self.ledger.claims[self.address(self.ledger.claims, "the address of a claim")]
        words = nodes.paragraph("", "", self.reference_to(claim), nodes.Text(f" {claim.words}"))
        block = nodes.container("", words, self.meta(claim), classes=["excerpt", f"hue-{self.ledger.hue(claim)}"])
        verdict = self.ledger.verdict(claim.claim)
        if verdict:
            block += nodes.paragraph("", "", verdict_words(verdict), nodes.Text(f". {verdict.why}"))
        return [block]


class Overview(LedgerDirective):
    """`{overview}`: every claim of the text in its order, one mark each, by section."""

    def run(self) -> list[nodes.Node]:
        """The marks, as a list of lists."""
        self.domain.note_use(self.env.docname, "all")
        sections = nodes.definition_list()
        for section in self.ledger.sections.values():
            claims = [claim for claim in self.ledger.claims.values() if claim.section == section.section]
            term = nodes.term("", "", self.section_link(section.section, classes=[f"hue-{section.hue}"]))
            marks = nodes.bullet_list("", *map(self._mark, claims), classes=["marks"])
            sections += nodes.definition_list_item("", term, nodes.definition("", marks))
        return [overview("", sections, *self._legend(), classes=["overview"])]

    def _legend(self) -> list[nodes.Node]:
        """What the marks mean, where there are verdicts."""
        if not self.ledger.verdicts:
            return []
        names = [(verdict, verdict.replace(" ", "-")) for verdict in VERDICTS]
        keys = [nodes.inline("", words, classes=[f"key-{name}"]) for words, name in names]
        return [
            nodes.paragraph("", "", *keys, nodes.inline("", "not judged", classes=["key-none"]), classes=["legend"])
        ]

    def _mark(self, claim: Claim) -> nodes.list_item:
        verdict = self.ledger.verdict(claim.claim)
        classes = ["claim-mark", f"mark-{verdict.verdict.replace(' ', '-')}"] if verdict else ["claim-mark"]
        return nodes.list_item("", nodes.paragraph("", "", self.reference_to(claim, classes=classes)))


class Register(LedgerDirective):
    """`{register}`: every claim in one table, which a script lets the reader filter, search and sort."""

    COLUMNS = (
        ("Address", 9),
        ("Claim", 40),
        ("Section", 11),
        ("Kind", 13),
        ("Holder", 15),
        ("Issue", 12),
    )

    def run(self) -> list[nodes.Node]:
        """The table, with the verdicts where there are any."""
        self.domain.note_use(self.env.docname, "all")
        columns = (*self.COLUMNS, ("Verdict", 12)) if self.ledger.verdicts else self.COLUMNS
        return [table(columns, [self._row(claim) for claim in self.ledger.claims.values()], "register")]

    def _row(self, claim: Claim) -> nodes.row:
        address = self.reference_to(claim)
        address["nopreview"] = True
        ledger = self.ledger
        section = ledger.sections[claim.section].name
        holder, issue = ledger.people[claim.holder].name, ledger.issues[claim.issue].name
        cells = [claim.words, section, claim.kind, holder, issue]
        if ledger.verdicts:
            verdict = ledger.verdict(claim.claim)
            cells.append(verdict.verdict if verdict else "")
        entries = [nodes.entry("", nodes.paragraph("", "", address))]
        entries += [nodes.entry("", nodes.paragraph("", cell)) for cell in cells]
        return nodes.row("", *entries)


class People(LedgerDirective):
    """`{people} body`: everyone or everything of a kind that the text names, with role, claims and places."""

    required_arguments = 1
    part = "people"
    COLUMNS = (("Name", 20), ("Role", 35), ("Holds", 25), ("Named in", 20))

    def run(self) -> list[nodes.Node]:
        """A table."""
        kind = self.address({person.kind: person for person in self.ledger.people.values()}, "a kind of person")
        people = [person for person in self.ledger.people.values() if person.kind == kind]
        rows = [self._row(person) for person in sorted(people, key=lambda person: person.name.casefold())]
        return [table(self.COLUMNS, rows, "people")]

    def _row(self, person: Person) -> nodes.row:
        held = [claim for claim in self.ledger.claims.values() if claim.holder == person.person]
        claims = nodes.paragraph()
        for claim in held:
            reference = self.reference_to(claim)
            reference["nopreview"] = True
            claims += [reference, nodes.Text(" ")]
        places = nodes.paragraph()
        for paragraph in person.paragraphs:
            places += [self.paragraph_link(paragraph), nodes.Text(" ")]
        name = nodes.paragraph("", person.name)
        if person.native:
            # docutils makes a language of such a class.
            native = nodes.inline("", person.native, classes=["native", f"language-{person.language}"])
            name += [nodes.Text(" "), native]
        cells = (name, nodes.paragraph("", person.role), claims, places)
        return nodes.row("", *(nodes.entry("", cell) for cell in cells))


class Positions(LedgerDirective):
    """`{positions}`: the issues by the sections, each cell a stance, a position and the claims that show it."""

    def run(self) -> list[nodes.Node]:
        """The matrix."""
        self.domain.note_use(self.env.docname, "positions")
        cells = {(position.issue, position.section): position for position in self.ledger.positions}
        sections = [key for key in self.ledger.sections if any(at == key for _, at in cells)]
        issues = list(dict.fromkeys(position.issue for position in self.ledger.positions))
        columns = [("Issue", 12), *((self.ledger.sections[section].name, 18) for section in sections)]
        rows = [self._row(issue, [cells.get((issue, section)) for section in sections]) for issue in issues]
        return [table(columns, rows, "positions")]

    def _row(self, issue: str, positions: Sequence[Position | None]) -> nodes.row:
        head = nodes.entry("", nodes.paragraph("", "", nodes.strong("", self.ledger.issues[issue].name)))
        return nodes.row("", head, *(nodes.entry("", self._cell(position)) for position in positions))

    def _cell(self, position: Position | None) -> nodes.paragraph:
        if position is None:
            return nodes.paragraph("", "The text says nothing.", classes=["relation"])
        section = self.ledger.sections[position.section]
        name = nodes.inline("", section.name, classes=["section-name", "column-name", f"hue-{section.hue}"])
        stance = nodes.inline("", position.stance, classes=["stance", f"stance-{position.stance}"])
        cell = nodes.paragraph("", "", name, nodes.Text(" "), stance, nodes.Text(f": {position.position}"))
        for address in position.claims:
            cell += [nodes.Text(" "), self.reference_to(self.ledger.claims[address])]
        return cell


class Events(LedgerDirective):
    """`{events}`: what happened, by date, with sources and the paragraphs that each event bears on.

    `[](#event-…)` refers to an event by what happened, `[words](#event-…)` keeps its words.
    """

    def run(self) -> list[nodes.Node]:
        """The events, as a list."""
        self.domain.note_use(self.env.docname, "events")
        return [nodes.bullet_list("", *map(self._item, self.ledger.events.values()), classes=["events"])]

    def _item(self, event: Event) -> nodes.list_item:
        date = nodes.inline("", event.date, classes=["date"])
        what = nodes.paragraph("", "", date, nodes.Text(f" {event.what}"), *self.citations(event.sources))
        places = nodes.paragraph("", f"{event.theme.capitalize()}. Bears on", classes=["claim-meta"])
        for paragraph in event.paragraphs:
            places += [nodes.Text(" "), self.paragraph_link(paragraph)]
        self.domain.note_event(self.env.docname, event.event)
        item = nodes.list_item("", what, places, ids=[f"event-{event.event}"])
        self.state.document.note_explicit_target(item)
        return item


def table(columns: Sequence[tuple[str, int]], rows: Sequence[nodes.row], name: str) -> nodes.table:
    """A table with a header; each column has a name and a width."""
    group = nodes.tgroup("", cols=len(columns))
    group += [nodes.colspec(colwidth=width) for _, width in columns]
    group += nodes.thead("", nodes.row("", *(nodes.entry("", nodes.paragraph("", title)) for title, _ in columns)))
    group += nodes.tbody("", *rows)
    return nodes.table("", group, classes=[name])


def verdict_words(verdict: Verdict) -> nodes.inline:
    """A verdict as a word with its sign."""
    name = verdict.verdict.replace(" ", "-")
    return nodes.inline(
        "", f"{VERDICTS[verdict.verdict].sign} {verdict.verdict}", classes=["verdict", f"verdict-{name}"]
    )


def setup(app: Sphinx) -> None:
    """Add the directives to Sphinx."""
    app.add_directive("byline", Byline)
    app.add_directive("claims", Claims)
    app.add_directive("elsewhere", Elsewhere)
    app.add_directive("hindsight", Hindsight)
    app.add_directive("excerpt", Excerpt)
    app.add_directive("overview", Overview)
    app.add_directive("register", Register)
    app.add_directive("events", Events)
    app.add_directive("people", People)
    app.add_directive("positions", Positions)
