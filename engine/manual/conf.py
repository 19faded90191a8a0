"""Settings of the engine's manual, which is a book of the engine itself; its examples read `examples/melos`."""

import re
from pathlib import Path

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.util.docutils import SphinxDirective

project = "A reading of your own"
extensions = ["myst_nb", "sphinxcontrib.bibtex", "annotated_reading"]
bibtex_bibfiles = ["../examples/melos/data/references.bib"]
html_theme = "annotated_reading"
nitpicky = True
nb_execution_mode = "off"
myst_enable_extensions = ["colon_fence"]
# The README's sections, which pages include, stand below headings of the second rank there.
suppress_warnings = ["myst.header"]
annotated_reading_data = "../examples/melos/data"
annotated_reading_citation = "../examples/melos/CITATION.cff"
annotated_reading_cite_role = "cite"
annotated_reading_original = "https://www.gutenberg.org/ebooks/7142"
annotated_reading_original_work = "crawley1874"


#: The paragraphs that pages of the manual show.
SHOWN = ("ath-3", "mel-3", "thu-5")


class Example(SphinxDirective):
    """`{example}`: some Markdown as an author writes it, and below what becomes of it."""

    has_content = True

    def run(self) -> list[nodes.Node]:
        """The source, and what it makes."""
        text = "\n".join(self.content)
        source = nodes.literal_block(text, text, language="markdown")
        return [source, *self.parse_content_to_nodes()]


def add_the_rest(app: Sphinx, page: str, source: list[str]) -> None:
    """Give the page `example` the chapters of the example, without what other pages show."""
    if page == "example":
        for chapter in ("athens", "melos", "thucydides"):
            text = Path(app.srcdir, "..", "examples", "melos", f"{chapter}.md").read_text("utf-8")
            shown = "|".join(SHOWN)
            text = re.sub(rf"^\(({shown})\)=.*?(?=^\([a-z]+-\d+\)=|^## Ask|\Z)", "", text, flags=re.M | re.S)
            text = re.sub(r"^## Ask yourself.*|^:::\{byline\}.*?^:::", "", text, flags=re.M | re.S)
            source[0] += "\n" + re.sub("^#", "##", text, flags=re.M)


def setup(app: Sphinx) -> None:
    """Add the directive of the manual, and the example to its last page."""
    app.add_directive("example", Example)
    app.connect("source-read", add_the_rest)
