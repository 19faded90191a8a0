"""References to what a reading has: claims, events, paragraphs, sections of the text, and sources.

A directive makes one that is pending; the claim domain resolves it when the whole book has been read.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence

from docutils import nodes
from sphinx.addnodes import pending_xref
from sphinx.builders import Builder

from annotated_reading.language import _
from annotated_reading.ledger.ledger import Ledger
from annotated_reading.ledger.rows import Claim, Event, Section


def claim_reference(
    address: str, docname: str, *, classes: Iterable[str] = (), html: Mapping[str, str] = {}, preview: bool = True
) -> pending_xref:
    """A reference to a claim that reads as its address; without a preview where that would be in the way."""
    words = nodes.inline("", address)
    options = {"refclasses": list(classes), "html": html, "nopreview": not preview}
    return _pending("claim", "claim", address, words, docname, **options)


def paragraph_reference(address: str, docname: str) -> pending_xref:
    """A reference to the section of the book that reads a paragraph, by the paragraph's address."""
    return _pending("std", "ref", address, nodes.inline("", address), docname)


def section_reference(section: Section, docname: str, classes: Iterable[str] = ()) -> pending_xref:
    """A reference to the page that begins a section of the text, by the section's name."""
    words = nodes.inline("", section.name, classes=list(classes))
    return _pending("claim", "section", section.section, words, docname)


def change_label(subject: str) -> str:
    """The label of what `{changes}` says of a claim, an event or a table."""
    return f"changed-{subject}"


def change_reference(subject: str, docname: str) -> pending_xref:
    """A reference to what changed of a claim, an event or a table; mere words in a book that does not print it."""
    return _pending("claim", "change", change_label(subject), nodes.inline("", _("Changed")), docname)


def _pending(domain: str, kind: str, target: str, words: nodes.inline, docname: str, **options: object) -> pending_xref:
    where = {"refdomain": domain, "reftype": kind, "reftarget": target, "refdoc": docname}
    return pending_xref("", words, refexplicit=True, refwarn=True, **where, **options)


def citations(role: str, keys: Sequence[str], parse: Callable[[str], Iterable[nodes.Node]]) -> list[nodes.Node]:
    """Citations of sources by the role that the book cites with, such as `footcite`, as MyST parses it.

    There are none where the book has no such role, or there is nothing to cite.
    """
    return [nodes.Text(" "), *parse(f"{{{role}}}`{','.join(keys)}`")] if role and keys else []


def resolved_claim(
    claim: Claim, ledger: Ledger, pending: pending_xref, words: nodes.Element, target: Mapping[str, str]
) -> nodes.reference:
    """The link to a claim that a pending reference asks for; a script shows the claim beside it."""
    classes = ["claim-reference", f"hue-{ledger.hue(claim)}", *pending.get("refclasses", ())]
    html = {} if pending.get("nopreview") else {"data-preview": claim.claim}
    html |= pending.get("html", {})
    return nodes.reference("", "", words, internal=True, classes=classes, html=html, **target)


def resolved_event(event: Event, words: nodes.Element, target: Mapping[str, str]) -> nodes.reference:
    """The link to an event; a script shows the event beside it."""
    reference = nodes.reference("", "", words, internal=True, classes=["event-reference"], **target)
    reference["html"] = {"data-preview": f"event-{event.event}"}
    return reference


def event_words(event: Event) -> str:
    """What a reference to an event reads as, where the prose gives it no words."""
    return f"{event.what.rstrip('.')} ({event.date})"


def target(builder: Builder, here: str, there: str, anchor: str) -> Mapping[str, str]:
    """Where a link from one document to an element of another, or of the same, leads, as docutils has it."""
    if here == there:
        return {"refid": anchor}
    return {"refuri": f"{builder.get_relative_uri(here, there)}#{anchor}"}
