"""The "Cite" links beside everything that can be cited; they lead to the pages of citations."""

from collections.abc import Mapping
from typing import Any

from docutils import nodes
from docutils.nodes import make_id
from sphinx.transforms.post_transforms import SphinxPostTransform
from sphinx.writers.html5 import HTML5Translator

from annotated_reading.citations.domain import citing_domain
from annotated_reading.citations.formats import coins
from annotated_reading.figures.figure import figure_menu, plotly_figure
from annotated_reading.language import _
from annotated_reading.pages.domain import anchor_of, claim_domain
from annotated_reading.pages.nodes import claim_actions, claim_item, claims_head, described_table
from annotated_reading.published import CITE, DATA, is_site


class cite_link(nodes.General, nodes.Element):
    """A link to citations at `href`, which reads as `words`; `label` says in addition of what they are."""


class context_object(nodes.General, nodes.Element):
    """What programs such as Zotero find of a page: a ContextObject in Span, by its `title`."""


class AddCiteLinks(SphinxPostTransform):
    """Put a link to its citations beside everything that can be cited."""

    default_priority = 850
    formats = ("html",)

    def run(self, **kwargs: Any) -> None:
        """Add the links, but to a book that is no site or does not say how to cite it."""
        if not is_site(self.app.builder) or citing_domain(self.env).citations is None:
            return
        self._link_claims()
        for figure in list(self.document.findall(plotly_figure)):
            next(figure.findall(figure_menu)).append(self._line(figure["names"][0], _("Cite this figure")))
        for table in list(self.document.findall(nodes.table)):
            for key in table["names"]:
                if key.startswith("tab-"):
                    table.parent.insert(table.parent.index(table) + 1, self._line(key, _("Cite this table")))
        for described in list(self.document.findall(described_table)):
            key = f"data-{make_id(described['table'])}"
            described.insert(1, self._line(key, _("Cite this data set"), page=DATA))
        self._link_page()

    def _link_claims(self) -> None:
        for item in self.document.findall(claim_item):
            actions = next(item.findall(claim_actions))
            actions += [nodes.Text(" · "), self._link(item["ids"][0], _("Cite"))]
        ledger = claim_domain(self.env).ledger
        for head in self.document.findall(claims_head):
            address = anchor_of(head, ledger)
            if address in ledger.paragraphs:
                head += [nodes.Text(" · "), self._link(address, _("Cite {address}").format(address=address))]

    def _link_page(self) -> None:
        """Link the page as a whole, at the end of its text, and tell programs how to cite it."""
        section = next(self.document.findall(nodes.section), None)
        if section is None:
            return
        domain, page = citing_domain(self.env), self.env.docname
        assert domain.citations is not None
        whole = domain.catalogue.pages[page][0]
        words = _("Cite this book") if whole.kind == "book" else _("Cite this chapter")
        link = cite_link(href=self._href(page), words=words)
        found = context_object(title=coins(domain.citations.items(whole)[0]))
        section += nodes.paragraph("", "", link, found, classes=["cite-page"])

    def _link(self, key: str, words: str, page: str = "") -> cite_link:
        href = f"{self._href(page or self.env.docname)}#{make_id(key)}"
        return cite_link(href=href, words=words, label=f"{words.removesuffix(f' {key}')} {key}")

    def _line(self, key: str, words: str, page: str = "") -> nodes.paragraph:
        return nodes.paragraph("", "", self._link(key, words, page), classes=["cite-line"])

    def _href(self, page: str) -> str:
        return self.app.builder.get_relative_uri(self.env.docname, f"{CITE}/{page}")


def _visit_link(translator: HTML5Translator, node: cite_link) -> None:
    label = {"aria-label": node["label"]} if "label" in node else {}
    translator.body.append(translator.starttag(node, "a", "", href=node["href"], CLASS="cite", **label))
    translator.body.append(f"{translator.encode(node['words'])}</a>")
    raise nodes.SkipNode


def _visit_context_object(translator: HTML5Translator, node: context_object) -> None:
    translator.body.append(f"{translator.starttag(node, 'span', '', CLASS='Z3988', title=node['title'])}</span>")
    raise nodes.SkipNode


#: How a site prints the nodes.
PRINTED: Mapping[type[nodes.Element], Mapping[str, Any]] = {
    cite_link: {"html": (_visit_link, None)},
    context_object: {"html": (_visit_context_object, None)},
}
