"""The words that the engine prints, in the language of a book: catalogues of gettext, whose messages are English.

What a message leaves open stands in braces, for `str.format`. Keys of tables are no messages until they are printed.
`speak` comes first; a program speaks one language at a time.
"""

from __future__ import annotations

import gettext as catalogues
from collections.abc import Iterable, Sequence
from pathlib import Path

CATALOGUE = "annotated_reading"

#: The engine's own catalogues, by language.
LOCALE = Path(__file__).parent / "locale"


class _Spoken:
    language = "en"
    words = catalogues.NullTranslations()


def speak(language: str, folders: Iterable[Path] = (), *, otherwise: catalogues.NullTranslations | None = None) -> None:
    """Print in a language by catalogues in these folders, else the engine's, else otherwise, else in English."""
    words = catalogues.NullTranslations()
    for folder in (*folders, LOCALE):
        words.add_fallback(
            catalogues.translation(CATALOGUE, folder, [language.replace("-", "_")], fallback=True),
        )
    if otherwise:
        words.add_fallback(otherwise)
    _Spoken.language, _Spoken.words = language, words


def spoken() -> str:
    """The language that is printed (BCP 47)."""
    return _Spoken.language


def gettext(message: str) -> str:
    """A message in that language."""
    return _Spoken.words.gettext(message)


def ngettext(one: str, many: str, number: int) -> str:
    """One of two messages, as the number wants it in that language; `{n}` in it is the number."""
    return _Spoken.words.ngettext(one, many, number).format(n=number)


def N_(message: str) -> str:
    """A message that is printed elsewhere, by `gettext`."""
    return message


_ = gettext


def quoted(words: str) -> str:
    """Words in quotation marks."""
    return _("“{words}”").format(words=words)


def label(words: str) -> str:
    """A few words that say what follows them."""
    return _("{label}:").format(label=words)


def listed(words: Sequence[str]) -> str:
    """Words one after the other."""
    *first, last = words or [""]
    return _("{first} and {last}").format(first=", ".join(first), last=last) if first else last
