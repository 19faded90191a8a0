"""Offers each page as a notebook, to download and to open where notebooks run, and the book to take along.

Without JavaScript all of it is links. Places that fetch notebooks themselves need a repository that has them: a branch
with the files of the archive.
"""

from collections.abc import Iterator
from typing import Any
from urllib.parse import quote, urlsplit

from docutils import nodes
from sphinx.application import Sphinx

from annotated_reading.language import N_, _
from annotated_reading.published import ARCHIVE, link, render
from annotated_reading.site.archive import names_in_archive

#: What else may be made of a site that was built: the files by their forms, and how they are called.
FORMS = {
    "page": ("{page}.pdf", N_("This page (.pdf)")),
    "pdf": ("book.pdf", N_("The book (.pdf)")),
    "epub": ("book.epub", N_("The book (.epub)")),
    "zip": ("book.zip", N_("The site, to read offline (.zip)")),
}

BRANCH = "notebooks"
"""The branch of the repository that has the files of the archive."""


def launch_links(repository: str, notebook: str) -> dict[str, str]:
    """Where a notebook of the repository can be opened, by the names of the places; nothing without a repository."""
    if not repository:
        return {}
    parts = urlsplit(repository)
    path = parts.path.strip("/").removesuffix(".git")
    lab = quote(f"lab/tree/{notebook}", safe="")
    if parts.netloc != "github.com":
        return {"Binder": f"https://mybinder.org/v2/git/{quote(repository, safe='')}/{BRANCH}?urlpath={lab}"}
    return {
        "Binder": f"https://mybinder.org/v2/gh/{path}/{BRANCH}?urlpath={lab}",
        "Colab": f"https://colab.research.google.com/github/{path}/blob/{BRANCH}/{quote(notebook)}",
    }


def hub_path(repository: str, notebook: str) -> str:
    """What follows the address of a JupyterHub that has nbgitpuller, to open a notebook of the repository there."""
    name = urlsplit(repository).path.strip("/").rsplit("/", 1)[-1].removesuffix(".git")
    opened = quote(f"lab/tree/{name}/{notebook}", safe="")
    return f"/hub/user-redirect/git-pull?repo={quote(repository, safe='')}&branch={BRANCH}&urlpath={opened}"


def _forms(app: Sphinx, page: str) -> Iterator[tuple[str, str]]:
    made = app.config.annotated_reading_forms.split()
    for form, (file, name) in FORMS.items():
        if form in made or (form == "page" and "pdf" in made):
            yield _(name), link(app.builder, page, file.format(page=page))


def offer_notebook(app: Sphinx, page: str, context: dict[str, Any], document: nodes.document | None) -> None:
    """Offer the notebook of a page below its text, and whatever else is made of the book."""
    if document is None:
        return
    notebook = link(app.builder, page, f"{page}.ipynb")
    repository = app.config.annotated_reading_repository.rstrip("/")
    name = names_in_archive(app.env.found_docs)[page]
    context["body"] = context.get("body", "") + render(
        "offers.html",
        notebook=notebook,
        archive=link(app.builder, page, ARCHIVE),
        forms=dict(_forms(app, page)),
        places=launch_links(repository, name),
        hub=hub_path(repository, name) if repository else "",
    )
