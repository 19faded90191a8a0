"""Items of the Citation Style Language as records that programs read: BibTeX, RIS, CSL-JSON and COinS."""

import json
import re
from collections.abc import Sequence
from urllib.parse import quote, urlencode

from pybtex.database import BibliographyData, Entry, Person

from annotated_reading.citations.item import Item
from annotated_reading.ledger.bibliography import MONTHS

_BIBTEX = {"book": "book", "chapter": "inbook", "dataset": "dataset", "webpage": "online"}
_RIS = {"book": "BOOK", "chapter": "CHAP", "dataset": "DATA", "webpage": "WEB"}
_COINS = {"book": "book", "chapter": "bookitem"}


def csl_json(items: Sequence[Item]) -> str:
    """The items as they are."""
    return json.dumps(list(items), ensure_ascii=False, indent=2) + "\n"


def bibtex(items: Sequence[Item]) -> str:
    """The items as entries of BibTeX, of the types and with the fields of biblatex."""
    text = BibliographyData({item["id"]: _entry(item) for item in items}).to_string("bibtex")
    # Months are names that each style of BibTeX spells in its own way.
    text = re.sub(r'(?m)^( +month = )"(\w+)"', r"\1\2", text)
    # An address is no text that TeX sets: what pybtex escapes in it would become part of it.
    return re.sub(r"(?m)^ +(url|doi) = .*$", lambda line: line[0].replace("\\", ""), text)


def _entry(item: Item) -> Entry:
    year, *rest = item["issued"]["date-parts"][0]
    fields = {
        "title": _protected(item["title"]),
        "booktitle": _protected(item.get("container-title", "")),
        "organization" if item["type"] == "webpage" else "publisher": _wrapped(item.get("publisher", "")),
        "type": _bare(item.get("genre", "")),
        "edition": item.get("edition", ""),
        "version": item.get("version", ""),
        "year": str(year),
        "month": MONTHS[rest[0] - 1] if rest else "",
        "day": str(rest[1]) if len(rest) > 1 else "",
        "doi": item.get("DOI", ""),
        "url": item.get("URL", ""),
        "abstract": _bare(item.get("abstract", "")),
        "language": item.get("language", ""),
    }
    people = [
        Person(f"{{{name['literal']}}}") if "literal" in name else Person(last=name["family"], first=name["given"])
        for name in item.get("author", ())
    ]
    kept = {name: value for name, value in fields.items() if value}
    return Entry(_BIBTEX.get(item["type"], "misc"), kept, {"author": people} if people else {})


def _bare(text: str) -> str:
    """A text without braces, which BibTeX must find in pairs."""
    return re.sub("[{}]", "", text)


def _protected(title: str) -> str:
    """A title as BibTeX has it: a style may change the case of every word that is not in braces, but for the first."""
    return re.sub(r"(?<=[\s“‘(])(#[\w-]+|[\w’'-]*[A-Z][\w’'-]*)", r"{\1}", _bare(title))


def _wrapped(text: str) -> str:
    """A name that no style of BibTeX may split."""
    return f"{{{_bare(text)}}}" if text else ""


def ris(items: Sequence[Item]) -> str:
    """The items as records of RIS."""
    return "\n".join("".join(f"{tag}  - {value}\n" for tag, value in _tags(item)) for item in items)


def _date(item: Item, between: str) -> str:
    """The date of an item as far as it is known, its parts joined."""
    year, *rest = item["issued"]["date-parts"][0]
    return between.join((str(year), *(f"{part:02}" for part in rest)))


def _tags(item: Item) -> list[tuple[str, str]]:
    year, *rest = item["issued"]["date-parts"][0]
    tags = [("TY", _RIS[item["type"]]), ("ID", item["id"]), ("TI", item["title"])]
    for name in item.get("author", ()):
        # A comma in a name of RIS stands before the given name, which a body does not have.
        family = name.get("literal", "").replace(",", "") or name["family"]
        tags.append(("AU", f"{family}, {name.get('given', '')}".strip()))
    tags += [
        ("T2", item.get("container-title", "")),
        ("PB", item.get("publisher", "")),
        ("M3", item.get("genre", "")),
        ("ET", item.get("edition", "") or item.get("version", "")),
        ("PY", str(year)),
        ("DA", _date(item, "/") if rest else ""),
        ("DO", item.get("DOI", "")),
        ("UR", item.get("URL", "")),
        ("AB", item.get("abstract", "")),
        ("LA", item.get("language", "")),
    ]
    return [(tag, " ".join(value.split())) for tag, value in tags if value] + [("ER", "")]


def coins(item: Item, title: str = "", rights: str = "") -> str:
    """The title of a span of class Z3988: a ContextObject (ANSI/NISO Z39.88-2004) of the item, under another title."""
    kind = _COINS.get(item["type"], "document")
    title = title or item["title"]
    said = [
        ("ctx_ver", "Z39.88-2004"),
        ("rft_val_fmt", "info:ofi/fmt:kev:mtx:book"),
        ("rft_id", item.get("URL", "")),
        ("rft_id", f"info:doi/{item['DOI']}" if "DOI" in item else ""),
        ("rft.genre", kind),
        ("rft.atitle", title if kind == "bookitem" else ""),
        ("rft.title" if kind == "document" else "rft.btitle", item.get("container-title", title)),
        ("rft.date", _date(item, "-")),
        ("rft.pub", item.get("publisher", "")),
        ("rft.edition", item.get("edition", "")),
        ("rft.language", item.get("language", "")),
        ("rft.rights", rights),
        ("rft.description", item.get("abstract", "")),
    ]
    for name in item.get("author", ()):
        said += [("rft.aucorp", name.get("literal", "")), ("rft.aulast", name.get("family", ""))]
        said.append(("rft.aufirst", name.get("given", "")))
    return urlencode([(name, value) for name, value in said if value], quote_via=quote, safe=":")
