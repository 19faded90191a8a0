"""Registers the rooms of the engine with Sphinx, in their order, and what all pages load."""

import gc
import hashlib
import json
import re
from importlib.metadata import version
from pathlib import Path

from sphinx.application import Sphinx
from sphinx.config import Config
from sphinx.util.typing import ExtensionMetadata

from annotated_reading import citations, figures, notebooks, pages, published, site
from annotated_reading.colours import dark_without_script
from annotated_reading.language import _, speak

ENGINE = Path(__file__).parent

STYLE_SHEET = "annotated-reading.css"
SCRIPT = "annotated-reading.js"

#: The parts of the style sheet, each of one component with its rules for phones and paper, in the order in which a
#: later one may set aside an earlier.
SHEETS = (
    "colours", "base", "shell", "code", "claims", "hindsight", "register", "people", "figures", "citations", "teaching",
    "front", "notebooks", "search", "modes", "print",
)  # fmt: skip

#: What stands in the first script for the words of all of them, and the one that is loaded later.
NO_WORDS = "/* the build puts them here */ {}"
SEARCH = ENGINE / "static" / "annotated-reading-search.js"

#: The parts of the script, each of one component; the first has the words of all.
SCRIPTS = ("words", "shell", "claims", "reading", "figures", "cite", "hub", "search")


def add_rooms(app: Sphinx) -> ExtensionMetadata:
    """Add all parts of the engine to a Sphinx project."""
    # Documents are large trees of nodes that know their parents: to look for garbage among them as often as Python does
    # by default takes a quarter of a build, and most of it where pickled ones are loaded. (mypy does the same.)
    gc.set_threshold(500_000)
    app.connect("config-inited", speak_as_the_book, 1)
    app.connect("config-inited", published.find_address)
    app.connect("config-inited", leave_out_what_was_built)
    app.connect("builder-inited", published.remove_parts)
    for room in (pages, figures, notebooks, citations, site):
        room.setup(app)
    app.connect("builder-inited", add_static)
    app.add_css_file(STYLE_SHEET)
    app.add_js_file(SCRIPT, loading_method="defer")
    return {
        "version": version("annotated-reading"),
        "env_version": engine_version(),
        "parallel_read_safe": True,
        "parallel_write_safe": True,
    }


def speak_as_the_book(app: Sphinx, config: Config) -> None:
    """Print in the language of the book, by its own catalogues where it has some: in its `locale_dirs`, as Sphinx's."""
    speak(config.language, (Path(app.srcdir, folder) for folder in config.locale_dirs), otherwise=app.translator)


def leave_out_what_was_built(app: Sphinx, config: Config) -> None:
    """Leave what builds have written out of the sources, where it is among them: it has a notebook of every page."""
    patterns = ["_build", "**jupyter_execute", "**.jupyter_cache"]
    if Path(app.outdir).is_relative_to(app.srcdir):
        patterns.append(Path(app.outdir).relative_to(app.srcdir).as_posix())
    config.exclude_patterns = [*config.exclude_patterns, *patterns]  # Sphinx's own default is one list for all builds


def add_static(app: Sphinx) -> None:
    """Have Sphinx copy what is loaded by itself, and make one style sheet and one script, so that a page asks for one.

    Each part of the script stands in braces, and so has names of its own, but for the words of all.
    """
    if published.is_site(app.builder):
        app.config.html_static_path += [str(file) for file in sorted((ENGINE / "static").glob("*.js"))]
        sheets = [(ENGINE / "static" / "css" / f"{name}.css").read_text("utf-8") for name in SHEETS]
        scripts = [(ENGINE / "static" / "js" / f"{name}.js").read_text("utf-8") for name in SCRIPTS]
        published.write(
            Path(app.outdir, "_static", STYLE_SHEET), "\n".join([*sheets, dark_without_script(), paper_foot(app)])
        )
        messages = re.findall(r'\bsay\("([^"]+)"', "".join([*scripts, SEARCH.read_text("utf-8")]))
        words = json.dumps({message: _(message) for message in messages}, ensure_ascii=False)
        first, *rest = scripts
        parts = [first.replace(NO_WORDS, words), *(f"{{\n{part}}}" for part in rest)]
        script = "\n".join(['"use strict";', "{", *parts, "}"])
        published.write(Path(app.outdir, "_static", SCRIPT), script)


def paper_foot(app: Sphinx) -> str:
    """The rule that prints the name, edition and address of the book, and the page, at the foot of each sheet."""
    edition = app.config.annotated_reading_edition
    name = (
        _("{title}, version {version}").format(title=edition.title, version=edition.version)
        if edition
        else app.config.project
    )
    words = json.dumps(" · ".join(filter(None, [name, app.config.html_baseurl])), ensure_ascii=False)
    return f"@page {{ @bottom-left {{ content: {words}; }} @bottom-right {{ content: counter(page); }} }}\n"


def engine_version() -> int:
    """A number made of all files of the engine.

    Sphinx drops what it kept of a book and reads all of it again when this is not what it was. What it kept is what the
    engine made of the documents, so any change of the engine may change any page.
    """
    digest = hashlib.sha256()
    for file in sorted(ENGINE.rglob("*")):
        if file.is_file() and "__pycache__" not in file.parts:
            digest.update(f"{file.relative_to(ENGINE)}\0".encode() + file.read_bytes())
    return int.from_bytes(digest.digest()[:8])
