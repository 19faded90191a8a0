"""The engine's own theme: what its templates are given, and what others have put into pages that it does without."""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, cast
from urllib.parse import quote, urlencode, urlsplit

from docutils import nodes
from sphinx import addnodes
from sphinx.application import Sphinx
from sphinx.builders.html import StandaloneHTMLBuilder
from sphinx.environment import BuildEnvironment

from annotated_reading.language import _, gettext
from annotated_reading.pages.domain import claim_domain
from annotated_reading.pages.nodes import paragraph_number

THEME = "annotated_reading"
FOLDER = Path(__file__).parent.parent / "theme"

#: What is run before anything is shown.
FIRST = "annotated-reading-first.js"

#: Extensions of Jupyter Book that write into pages for its own theme.
DISPLACED = {"sphinx_book_theme", "sphinx_comments", "sphinx_copybutton", "sphinx_thebe", "sphinx_togglebutton"}

#: Words in the names of files that themes and extensions of Jupyter Book load, and this theme has no use for.
NEEDLESS = (
    "basic.css", "clipboard", "copybutton", "design-tabs", "doctools", "documentation_options", "exercise.css",
    "mystnb", "proof", "pydata-sphinx-theme", "pygments.css", "sphinx-book-theme", "sphinx-design", "sphinx_highlight",
    "thebe", "togglebutton",
)  # fmt: skip


def dress(app: Sphinx, page: str, context: dict[str, Any], document: nodes.document | None) -> None:
    """Give the templates the contents of the book and of the page; keep only what the theme loads itself."""
    if app.config.html_theme != THEME:
        return
    env, pathto = app.env, context["pathto"]
    for kind in ("css_files", "script_files"):
        context[kind] = [file for file in context[kind] if _needed(file)]
    if document is not None:
        context["sections"] = list(sections(env, page))
        noted = claim_domain(env).noted.get(page)
        context["skip"] = next(iter(noted.printed if noted else ()), "main")
    context["contents"] = list(contents(env, page, pathto))
    context["gettext"] = gettext
    context["home"] = env.titles[app.config.root_doc].astext()
    context["links"] = list(links(app, page, context))
    context |= neighbours(app, page, pathto)


def _needed(file: Any) -> bool:
    """Whether a script or sheet is one that the page has a use for; one without a file is written into the page."""
    name = str(getattr(file, "filename", file) or "")
    return bool(name) and not any(word in name for word in NEEDLESS)


def sections(env: BuildEnvironment, page: str) -> Iterator[Mapping[str, str]]:
    """The sections of a page below its title: address, title, and the number of the paragraph that each reads."""
    for title in env.tocs[page].children:
        for below in title.children:
            if isinstance(below, nodes.bullet_list):
                for item in below.children:
                    link = next(item.findall(nodes.reference), None)
                    if link is not None and isinstance(item, nodes.list_item):
                        number = next((one["number"] for one in link.findall(paragraph_number)), "")
                        yield {"anchor": link["anchorname"].removeprefix("#"), "title": link.astext(), "number": number}


def contents(env: BuildEnvironment, page: str, pathto: Any) -> Iterator[Mapping[str, Any]]:
    """The tables of contents of the first page: caption, whether the page is in it, and entries."""
    for number, tree in enumerate(_trees(env, env.config.root_doc)):
        listed = list(entries(env, tree, page, pathto))
        here = any(entry["here"] or entry["within"] for entry in listed)
        opened = here or (number == 0 and page == env.config.root_doc)
        yield {"caption": tree.get("caption"), "open": opened, "entries": listed}


def entries(env: BuildEnvironment, tree: nodes.Element, page: str, pathto: Any) -> Iterator[Mapping[str, Any]]:
    """What a table of contents lists; the pages within a page only where one of them is being read."""
    for title, name in tree["entries"]:
        if name in env.titles:
            within = [entry for below in _trees(env, name) for entry in entries(env, below, page, pathto)]
            near = page == name or any(entry["here"] or entry["within"] for entry in within)
            shown = title or env.titles[name].astext()
            yield {"href": pathto(name), "title": shown, "here": page == name, "within": within if near else []}
        elif "://" in name:
            yield {"href": name, "title": title or name, "here": False, "within": []}


def neighbours(app: Sphinx, page: str, pathto: Any) -> Mapping[str, Mapping[str, str] | None]:
    """What comes before and after a chapter of the first rank: chapters, and not the pages within them."""
    env, root = app.env, app.config.root_doc
    chapters = [root, *(name for tree in _trees(env, root) for _, name in tree["entries"] if name in env.titles)]
    if page not in chapters:
        return {}
    before, after = chapters.index(page) - 1, chapters.index(page) + 1
    near = {"prev": chapters[before] if before >= 0 else "", "next": "".join(chapters[after : after + 1])}
    render = cast(StandaloneHTMLBuilder, app.builder).render_partial
    return {
        name: {"link": pathto(there), "title": render(env.titles[there])["title"]} if there else None
        for name, there in near.items()
    }


def _trees(env: BuildEnvironment, page: str) -> Iterator[nodes.Element]:
    return env.tocs[page].findall(addnodes.toctree)


def links(app: Sphinx, page: str, context: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """What the foot of a page leads to in the repository of the book, as the options of Jupyter Book ask for."""
    repository = str(context["theme_repository_url"]).rstrip("/")
    if not repository:
        return
    branch = context["theme_repository_branch"] or "master"
    if context["theme_use_repository_button"]:
        yield _("Repository"), repository
    if context["theme_use_issues_button"]:
        yield _("Report a mistake"), f"{repository}/issues/new"
    if page not in app.env.found_docs:
        return
    path = "/".join(filter(None, [context["theme_path_to_docs"].strip("/"), app.env.doc2path(page, base=False)]))
    if context["theme_use_edit_page_button"]:
        yield _("Edit this page"), f"{repository}/edit/{branch}/{path}"
    if "kernelspec" in app.env.metadata[page]:
        hubs, name = context["theme_launch_buttons"] or {}, urlsplit(repository).path.strip("/")
        if hub := hubs.get("binderhub_url"):
            yield (
                _("Open in {place}").format(place="Binder"),
                f"{hub.rstrip('/')}/v2/gh/{name}/{branch}?urlpath=tree/{quote(path)}",
            )
        if hub := hubs.get("colab_url"):
            yield (
                _("Open in {place}").format(place="Colab"),
                f"{hub.rstrip('/')}/github/{name}/blob/{branch}/{quote(path)}",
            )
        if hub := hubs.get("jupyterhub_url"):
            asked = urlencode({"repo": repository, "branch": branch, "urlpath": f"tree/{name.split('/')[-1]}/{path}"})
            yield (
                _("Open in {place}").format(place="JupyterHub"),
                f"{hub.rstrip('/')}/hub/user-redirect/git-pull?{asked}",
            )


def take_over(app: Sphinx) -> None:
    """Load the script that must not wait, before all others, and let no extension of Jupyter Book's theme touch pages.

    They write scripts into them, and that of the button to edit a page fails without their theme.
    """
    if app.config.html_theme == THEME:
        app.add_js_file(FIRST, priority=1)
        for event in ("doctree-resolved", "html-page-context"):
            for listener in list(app.events.listeners.get(event, ())):
                if listener.handler.__module__.partition(".")[0] in DISPLACED:
                    app.disconnect(listener.id)


def write_again(app: Sphinx, env: BuildEnvironment) -> list[str]:
    """Every page, where the contents that each of them has are not those of the last build."""
    data, home = claim_domain(env).data, env.config.root_doc
    before, data["contents"] = data.get("contents"), list(contents(env, home, str))
    return sorted(env.found_docs) if before != data["contents"] and app.config.html_theme == THEME else []
