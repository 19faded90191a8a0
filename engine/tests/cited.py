"""The tiny book with all that makes it citable, as several tests build it."""

from __future__ import annotations

import json
from typing import Any

from .books import Book, Build

SITE = "https://melos.example/book/"

BIBLIOGRAPHY = """\
@book{hobbes1629,
  author = {Hobbes, Thomas},
  title = {Eight Bookes of the {Peloponnesian} Warre},
  publisher = {Henry Seile},
  year = {1629},
  month = mar,
  url = {https://example.org/thucydides/5},
}
"""

VERDICTS = """\
claim,asks,answer,gist,as_of,why,sources,counter,supersedes
ath-1-2,so,in part,for a time,1881-01-01,"The strong did, <b>for a time</b> & at a cost.",hobbes1629,,
mel-2-1,said,yes,,1881-01-01,They said it.,hobbes1629,,
mel-2-1,came-true,no,no ship came,1881-02-01,Sparta sent nobody.,hobbes1629,It had a war elsewhere.,
"""

TABLE = """
```{table} Ships & men, 30 < 3000
:name: tab-ships

| ships | from |
|---|---|
| 30 | Athens |
```
"""

PACKAGE = {
    "name": "melos",
    "resources": [
        {
            "name": "links",
            "path": "links.csv",
            "title": "The links",
            "description": "One row is one link.",
            "schema": {"fields": [{"name": name} for name in ("source", "target", "relation", "why")]},
        }
    ],
}


def citable(book: Book) -> Book:
    """Give the tiny book verdicts, a table, a data set, and the text that it reads."""
    (book.data / "references.bib").write_text(BIBLIOGRAPHY, "utf-8")
    (book.data / "verdicts.csv").write_text(VERDICTS, "utf-8")
    (book.data / "datapackage.json").write_text(json.dumps(PACKAGE), "utf-8")
    book.append("athens", TABLE)
    return book


def build(book: Book, site: str = SITE, builder: str = "html", **settings: Any) -> Build:
    """Build the book with its citations, for a site."""
    return book.build(
        builder,
        html_baseurl=site,
        annotated_reading_citation="CITATION.cff",
        annotated_reading_original_work="hobbes1629",
        **settings,
    )
