"""The site that is published: whether one is built, where on it everything is, and how a file gets there.

The addresses are for good: others link to them, and each edition keeps its own.
"""

import io
import os
import zipfile
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Any

from docutils import nodes
from jinja2 import Environment, PackageLoader
from sphinx.application import Sphinx
from sphinx.builders import Builder
from sphinx.config import Config
from sphinx.util.osutil import relative_uri

from annotated_reading.language import gettext, spoken
from annotated_reading.ledger.parts import fingerprint

# The folders of the site, and one file.
DATA = "data"  # the tables, here and in the archive
FIGURES = "figures"  # what can be downloaded of the figures
CARDS = "cards"  # the pictures that stand for pages elsewhere
CITE = "cite"  # the pages and files of citations
SHORT = "c"  # the short addresses of claims
EXPORTS = "exports"  # the ledger for other programs
CLASSROOM = "classroom"  # the self-checks for learning systems
ARCHIVE = "notebooks.zip"  # all notebooks with the tables

_TEMPLATES = Environment(loader=PackageLoader("annotated_reading"), autoescape=True)
_TEMPLATES.globals |= {"_": gettext, "spoken": spoken}

#: What is called for a page of the site: with the application, the page's name, what its template gets, and its
#: document, which is None for a page that has no source.
PageHandler = Callable[[Sphinx, str, dict[str, Any], nodes.document | None], None]


def is_site(builder: Builder) -> bool:
    """Whether a site of pages is built, and no book to be downloaded or printed."""
    return builder.format == "html" and builder.name != "epub"


def each_page(app: Sphinx, handler: PageHandler, priority: int = 500) -> None:
    """Have a function called for each page of a site, before the page is written."""

    def call(app: Sphinx, page: str, template: str, context: dict[str, Any], document: nodes.document | None) -> None:
        if is_site(app.builder):
            handler(app, page, context, document)

    app.connect("html-page-context", call, priority)


def at_end(app: Sphinx, handler: Callable[[Sphinx], None]) -> None:
    """Have a function called when a site has been built without an error."""

    def call(app: Sphinx, exception: Exception | None) -> None:
        if exception is None and is_site(app.builder):
            handler(app)

    app.connect("build-finished", call)


def write_unless_there(app: Sphinx, name: str, made_of: object, files: Iterable[tuple[str, str | bytes]]) -> None:
    """Write files by their places on the site, unless they are there and an earlier build made them of the same."""
    kept = Path(app.doctreedir, f"{name}.made")
    now = fingerprint((app.outdir, app.extensions["annotated_reading"].metadata, made_of))
    known, *places = kept.read_text("utf-8").split("\n") if kept.is_file() else ("",)
    if known == now and all(Path(app.outdir, place).is_file() for place in places):
        return
    places = []
    for place, content in files:
        write(Path(app.outdir, place), content)
        places.append(place)
    write(kept, "\n".join((now, *places)))


def tables(folder: Path) -> list[Path]:
    """The files of the folder of the tables that a site serves."""
    return sorted(file for file in folder.iterdir() if file.suffix in (".csv", ".json", ".bib"))


def link(builder: Builder, page: str, file: str) -> str:
    """The address of a file of the site, relative to a page of it."""
    path, mark, fragment = file.partition("#")
    return relative_uri(builder.get_target_uri(page), path) + mark + fragment


def address(config: Config, place: str) -> str:
    """The full address of a place on the site; the place alone, where the address of the site is not known."""
    return f"{config.html_baseurl}{place}"


def render(template: str, **values: object) -> str:
    """The HTML of one of the engine's templates; what is no `Markup` is escaped."""
    return _TEMPLATES.get_template(template).render(values)


def write(file: Path, content: str | bytes) -> None:
    """Write a file, unless it has that content: what did not change is not published again.

    It is whole or not there, also when the build is interrupted.
    """
    raw = content.encode() if isinstance(content, str) else content
    if file.is_file() and file.read_bytes() == raw:
        return
    file.parent.mkdir(parents=True, exist_ok=True)
    part = file.with_name(f"{file.name}.part")
    part.write_bytes(raw)
    part.replace(file)


def zipped(members: Mapping[str, bytes]) -> bytes:
    """An archive of files by their names, in their order, which is the same for the same files, whenever it is made."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        for name, content in members.items():
            info = zipfile.ZipInfo(name)
            info.external_attr = 0o644 << 16
            info.compress_type = zipfile.ZIP_STORED if name == "mimetype" else zipfile.ZIP_DEFLATED
            archive.writestr(info, content)
    return made.getvalue()


def find_address(app: Sphinx, config: Config) -> None:
    """Let the address of the site end with a slash, or be empty where it is not known.

    Where the settings do not say it, the environment variable BOOK_ADDRESS may: whoever publishes a copy has another.
    """
    base = config.html_baseurl or os.environ.get("BOOK_ADDRESS", "")
    config.html_baseurl = f"{base.rstrip('/')}/" if base else ""


def remove_parts(app: Sphinx) -> None:
    """Remove what a build that was interrupted left of files that it was writing."""
    for part in Path(app.outdir).rglob("*.part"):
        part.unlink()
