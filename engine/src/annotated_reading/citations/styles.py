"""Citations as text, in the styles that people use: made by citeproc-js from the styles of citationstyles.org."""

import atexit
import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from py_mini_racer import MiniRacer

from annotated_reading.citations.item import Item
from annotated_reading.language import N_
from annotated_reading.published import write

#: The processor, what calls it, the styles and their locales.
CSL = Path(__file__).parent / "csl"


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


@dataclass
class Formatter:
    """Makes texts of items, and knows those that it has made before: a style has some five milliseconds for one."""

    file: Path | None = None
    """Where the texts are kept from one build to the next."""
    _known: dict[str, list[str]] = field(default_factory=dict)
    _used: dict[str, list[str]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Read what was kept."""
        if self.file and self.file.is_file():
            self._known = json.loads(self.file.read_text("utf-8"))

    def texts(self, items: Sequence[Item]) -> Mapping[Style, Sequence[str]]:
        """The citation of items in every style, as HTML: one line a note, one line a work of a list."""
        # No style prints an abstract.
        shown = [{name: value for name, value in item.items() if name != "abstract"} for item in items]
        return {style: self._text(style, shown) for style in STYLES}

    def _text(self, style: Style, shown: Sequence[Item]) -> Sequence[str]:
        key = hashlib.sha256(json.dumps([_digest(style), shown]).encode()).hexdigest()
        if key not in self._used:
            made = self._known.get(key) or _processor(style).call("format", style.csl, shown, style.note)
            self._used[key] = list(made)
        return self._used[key]

    def keep(self) -> None:
        """Write down the texts that were asked for."""
        if self.file:
            write(self.file, json.dumps(self._used))


def _read(name: str) -> str:
    return (CSL / name).read_text("utf-8")


@cache
def _digest(style: Style) -> str:
    """What all texts of a style are made of besides their items."""
    parts = ("citeproc.min.js", "format.js", f"{style.csl}.csl", f"locales-{style.locale}.xml")
    return hashlib.sha256("".join(map(_read, parts)).encode()).hexdigest()


@cache
def _engine() -> MiniRacer:
    """What runs JavaScript; closed before Python ends, which else may wait for it for good."""
    engine = MiniRacer()
    atexit.register(engine.close)
    engine.eval(_read("citeproc.min.js"))
    engine.eval(_read("format.js"))
    return engine


@cache
def _processor(style: Style) -> MiniRacer:
    """The processor, which knows the style. To read one of the larger styles takes a second."""
    locales = {name: _read(f"locales-{name}.xml") for name in {"en-US", style.locale}}
    _engine().call("start", style.csl, _read(f"{style.csl}.csl"), locales, style.locale)
    return _engine()
