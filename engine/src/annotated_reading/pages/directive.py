"""What the directives of a reading share. Each looks something up in the ledger and wraps it in nodes."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import NamedTuple

from docutils import nodes
from sphinx.addnodes import pending_xref
from sphinx.util.docutils import SphinxDirective

from annotated_reading.language import _, quoted
from annotated_reading.ledger.ledger import Ledger, text_fragment
from annotated_reading.ledger.parts import Part
from annotated_reading.ledger.rows import Claim, Verdict
from annotated_reading.pages import references
from annotated_reading.pages.domain import ClaimDomain, claim_domain


class LedgerDirective(SphinxDirective):
    """A directive that prints a part of the ledger."""

    has_content = False

    @property
    def domain(self) -> ClaimDomain:
        """The domain that holds the ledger and notes what is printed."""
        return claim_domain(self.env)

    @property
    def ledger(self) -> Ledger:
        """The ledger of the book."""
        return self.domain.ledger

    def note_use(self, part: Callable[[Ledger, str], object], address: str = "") -> None:
        """Note that the document prints a part of the ledger, one of the functions of `parts`."""
        self.domain.note_use(self.env.docname, Part(part, address))

    def address(self, part: Callable[[Ledger, str], object], known: Mapping[str, object], what: str) -> str:
        """The directive's argument, noted as the address of the part of the ledger that the document prints.

        Raises an error, which names file and line, for one that the ledger does not know.
        """
        address = str(self.arguments[0])
        self.note_use(part, address)
        if address not in known:
            raise self.error(f"found {address!r}, expected {what} of the ledger in {self.ledger.folder}")
        return address

    def reference_to(self, claim: Claim, *, preview: bool = True) -> pending_xref:
        """A reference to a claim that reads as its address."""
        return references.claim_reference(claim.claim, self.env.docname, preview=preview)

    def paragraph_link(self, paragraph: str) -> pending_xref:
        """A reference to the section of the book that reads a paragraph, by the paragraph's address."""
        return references.paragraph_reference(paragraph, self.env.docname)

    def section_link(self, section: str, classes: Iterable[str] = ()) -> pending_xref:
        """A reference to the page that begins a section of the text, by the section's name."""
        return references.section_reference(self.ledger.sections[section], self.env.docname, classes)

    def changed(self, subject: str) -> list[nodes.Node]:
        """A reference to what changed of a claim, an event or a table, if anything did."""
        if subject not in self.ledger.changed:
            return []
        return [nodes.Text(" "), references.change_reference(subject, self.env.docname)]

    def citations(self, keys: Sequence[str]) -> list[nodes.Node]:
        """Citations of sources by the role that the book cites with; their keys, where it has none."""
        role = self.config.annotated_reading_cite_role
        cited = references.citations(role, keys, lambda markup: self.parse_inline(markup, lineno=self.lineno)[0])
        return cited or [nodes.Text(f" ({', '.join(keys)})")]

    def meta(self, claim: Claim) -> nodes.paragraph:
        """Kind, holder and hedge of a claim, as a paragraph."""
        return nodes.paragraph("", claim_meta(self.ledger, claim), classes=["claim-meta"])

    def original(self, claim: Claim | None, label: str) -> nodes.reference:
        """A link to the original text that opens at a claim's cue, or at its beginning where there is no claim."""
        address = self.config.annotated_reading_original
        if claim:
            address = text_fragment(address, claim.cue)
        return nodes.reference("", "", nodes.inline("", label), refuri=address, internal=False, classes=["original"])


def claim_meta(ledger: Ledger, claim: Claim) -> str:
    """Kind, holder and hedge of a claim."""
    holder = ledger.people[claim.holder].name
    parts = [_(claim.kind), _("{holder}, as reported").format(holder=holder) if claim.voice == "reported" else holder]
    return " · ".join([*parts, quoted(claim.hedge)] if claim.hedge else parts)


class Column(NamedTuple):
    """A column of a table."""

    name: str
    """By which scripts and style sheets find it."""
    title: str
    width: int
    label: str = ""
    """What its cells are labelled where the table is too narrow for columns."""
    heads: bool = False
    """Whether its cells head their rows."""

    @property
    def html(self) -> dict[str, str]:
        """The attributes of its cells."""
        return {"data-column": self.name} | ({"data-label": self.label} if self.label else {})


def table(columns: Sequence[Column], rows: Iterable[Sequence[nodes.Element]], name: str) -> nodes.table:
    """A table with a header, of rows that have a cell for each column."""
    heads = [nodes.paragraph("", column.title) for column in columns]
    group = nodes.tgroup("", cols=len(columns))
    group += [nodes.colspec(colwidth=column.width, stub=column.heads) for column in columns]
    group += [nodes.thead("", _row(columns, heads)), nodes.tbody("", *(_row(columns, cells) for cells in rows))]
    return nodes.table("", group, classes=[name], html={"data-table": name})


def _row(columns: Sequence[Column], cells: Sequence[nodes.Element]) -> nodes.row:
    entries = (nodes.entry("", cell, html=column.html) for column, cell in zip(columns, cells, strict=True))
    return nodes.row("", *entries)


def verdict_words(verdict: Verdict, asked: str) -> nodes.inline:
    """An answer with its sign and its gist, after the words that say what was asked."""
    html = {"data-asks": verdict.asks, **answer_html(verdict.answer)}
    words = nodes.inline("", "", nodes.inline("", asked, classes=["asked"]), classes=["verdict"], html=html)
    words += nodes.Text(f" {verdict.signed}")
    if verdict.gist:
        words += nodes.inline("", f", {verdict.gist}", classes=["gist"])
    return words


def answer_html(answer: str) -> dict[str, str]:
    """The attribute by which style sheets know an answer."""
    return {"data-verdict": answer.replace(" ", "-")}
