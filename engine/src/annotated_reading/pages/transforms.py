"""What is put into a document once it has been read, and once the whole book has."""

from collections.abc import Mapping, Sequence
from itertools import takewhile
from typing import Any

from docutils import nodes
from sphinx.environment import BuildEnvironment
from sphinx.transforms import SphinxTransform
from sphinx.transforms.post_transforms import SphinxPostTransform
from sphinx.util.nodes import make_refnode

from annotated_reading.language import _, ngettext
from annotated_reading.pages.domain import claim_domain
from annotated_reading.pages.nodes import (
    annotation,
    claim_actions,
    fold,
    paragraph_number,
    reading_time,
    spread,
)

#: Words of non-fiction that adults read silently in a minute, on average of 190 studies
#: (Brysbaert 2019, How many words do we read per minute?, Journal of Memory and Language 109).
WORDS_A_MINUTE = 238


class NumberParagraphs(SphinxTransform):
    """Put the number of its paragraph before each heading whose label is a paragraph's address.

    The address becomes the section's first id, which is the one that its permalink has.
    """

    default_priority = 500

    def apply(self, **kwargs: Any) -> None:
        """Number the headings of the document."""
        domain = claim_domain(self.env)
        for section in self.document.findall(nodes.section):
            for address in domain.ledger.paragraphs.keys() & set(section["ids"]):
                section["ids"].remove(address)
                section["ids"].insert(0, address)
                title = next(section.findall(nodes.title))
                title.insert(0, paragraph_number(number=address.rsplit("-", 1)[1]))


class JoinAnnotations(SphinxTransform):
    """Put what follows a paragraph's claims in their section beside them, as their annotation."""

    default_priority = 500

    def apply(self, **kwargs: Any) -> None:
        """Complete the spreads of the document."""
        for whole in list(self.document.findall(spread)):
            after = whole.parent[whole.parent.index(whole) + 1 :]
            followed = list(takewhile(lambda node: not isinstance(node, spread | nodes.section), after))
            for node in followed:
                whole.parent.remove(node)
            if followed:
                whole += annotation("", *followed, classes=["annotation"])


class FoldSources(SphinxTransform):
    """Fold the notes that sphinxcontrib-bibtex makes of the sources of a document."""

    default_priority = 500

    def apply(self, **kwargs: Any) -> None:
        """Fold each list of notes."""
        for notes in {note.parent for note in self.document.findall(nodes.footnote)}:
            if isinstance(notes, nodes.container):
                count = len(notes.children)
                folded = fold(summary=ngettext("{n} source", "{n} sources", count), classes=["sources"])
                notes.parent.replace(notes, folded)
                folded += notes


class TellReadingTime(SphinxTransform):
    """Say how many minutes a document takes to read."""

    default_priority = 800

    def apply(self, **kwargs: Any) -> None:
        """Fill each node of the document that asks for its reading time."""
        for node in self.document.findall(reading_time):
            minutes = max(1, round(_words_of_prose(self.document) / WORDS_A_MINUTE))
            node += nodes.Text(ngettext("{n} minute", "{n} minutes", minutes))


def _words_of_prose(document: nodes.document) -> int:
    """How many words the paragraphs of a document have, sources left out."""
    paragraphs = (
        paragraph
        for paragraph in document.findall(nodes.paragraph)
        if not isinstance(paragraph, claim_actions) and not isinstance(paragraph.parent, nodes.footnote)
    )
    return sum(len(paragraph.astext().split()) for paragraph in paragraphs)


def _links(transform: SphinxPostTransform, targets: Sequence[tuple[str, str, str]], lead: str) -> list[nodes.Node]:
    """Links to parts of documents with what to call each, after words that lead to them."""
    found: list[nodes.Node] = []
    for docname, anchor, words in targets:
        found.append(nodes.Text(", " if found else lead))
        here = transform.env.docname
        found.append(make_refnode(transform.app.builder, here, docname, anchor, nodes.inline("", words)))
    return found


def bibliographies(env: BuildEnvironment) -> Mapping[Any, Any]:
    """The bibliographies that sphinxcontrib-bibtex prints in a book, by their keys; none without it."""
    found: Mapping[Any, Any] = getattr(env.domains.get("cite"), "bibliographies", {})
    return found


class TellWhereCited(SphinxPostTransform):
    """List, with each work of a bibliography, the places of the book that cite it in a footnote.

    sphinxcontrib-bibtex, which has the bibliography, does so for citations of the same page only.
    """

    default_priority = 6  # just after sphinxcontrib-bibtex has made its entries

    def run(self, **kwargs: Any) -> None:
        """Fill the bibliographies of the document."""
        domain, lead = claim_domain(self.env), _("Cited in") + " "
        for key, bibliography in bibliographies(self.env).items():
            if key.docname == self.env.docname:
                for work, entry in bibliography.citation_nodes.items():
                    cited = nodes.paragraph(classes=["cited-in"])
                    cited += _links(self, domain.cited_in(work), lead)
                    for table in domain.ledger.tables_citing.get(work, ()):
                        cited += [nodes.Text(", " if cited.children else lead), nodes.literal("", table)]
                    entry += cited
                    entry["html"] = {"data-filtered": ""}
