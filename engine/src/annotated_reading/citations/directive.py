"""`{citation}`: how to cite something, shown in the text of a page."""

import re
from collections.abc import Iterator
from typing import Any, NoReturn

from docutils import nodes
from markupsafe import Markup
from sphinx.transforms.post_transforms import SphinxPostTransform
from sphinx.util.docutils import SphinxDirective

from annotated_reading.citations.catalogue import CitationError
from annotated_reading.citations.domain import citing_domain
from annotated_reading.language import _
from annotated_reading.pages.domain import claim_domain


class citation_texts(nodes.General, nodes.Element):
    """The citations of what has the key `key`, filled when the whole book has been read."""


class CitationDirective(SphinxDirective):
    """`{citation} ath-1-2`: how to cite a page, paragraph, claim, figure, table or data set, in every style.

    A page is named as in the table of contents, a data set as `data-` and its name in datapackage.json.
    """

    required_arguments = 1

    def run(self) -> list[nodes.Node]:
        """The place for the citations."""
        node = citation_texts(key=str(self.arguments[0]))
        claim_domain(self.env).note(self.env.docname).quoted.append(node["key"])
        self.set_source_info(node)
        return [node]


class FillCitations(SphinxPostTransform):
    """Print the citations that a page asks for."""

    default_priority = 7

    def run(self, **kwargs: Any) -> None:
        """Fill the placeholders of the document.

        Raises CitationError, with the place, for a key that nothing has, and in a book without CITATION.cff.
        """
        domain = citing_domain(self.env)
        for node in list(self.document.findall(citation_texts)):
            if domain.citations is None:
                self._refuse(node, "annotated_reading_citation names no CITATION.cff")
            if node["key"] not in domain.catalogue.things:
                self._refuse(
                    node,
                    f"found {node['key']!r}, expected the address of a paragraph, claim, figure or table, the name of "
                    "a page, or data- and the name of a data set",
                )
            thing = domain.catalogue.things[node["key"]]
            texts = nodes.definition_list(classes=["cite-texts"])
            for style, lines in domain.formatter.texts(domain.citations.items(thing)).items():
                body = nodes.definition("", *(nodes.paragraph("", "", *_inline(line)) for line in lines))
                body["html"] = {"data-citation": _(style.name)}
                texts += nodes.definition_list_item("", nodes.term("", _(style.name)), body)
            node.replace_self(texts)

    def _refuse(self, node: citation_texts, why: str) -> NoReturn:
        raise CitationError(f"{node.source}:{node.line}: {why}")


def _inline(html: str) -> Iterator[nodes.Node]:
    """The text of a citation as nodes; of its markup italics alone mean something."""
    for number, part in enumerate(re.split(r"<i>(.*?)</i>", html)):
        # Markup.striptags evens out white space, and takes away that at the ends.
        lead, tail = part[: len(part) - len(part.lstrip())], part[len(part.rstrip()) :]
        text = f"{lead}{Markup(part).striptags()}{tail}" if part.strip() else part
        yield nodes.emphasis("", text) if number % 2 else nodes.Text(text)
