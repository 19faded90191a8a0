"""Copies of the tiny book that a test changes and builds, and what was built."""

from __future__ import annotations

import csv
import shutil
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from bs4 import BeautifulSoup, Tag
from sphinx.testing.util import SphinxTestApp
from sphinx.util.console import strip_colors

MELOS = Path(__file__).parent / "melos"

Row = dict[str, str]


@dataclass(frozen=True)
class Build:
    """What a build made."""

    folder: Path
    """The folder of the pages."""

    warnings: tuple[str, ...]
    """The warnings, one each, with their places."""

    written: frozenset[str]
    """The names of the documents whose pages were written, whether or not they differ from before."""

    def soup(self, page: str) -> BeautifulSoup:
        """A page, to look things up in."""
        return BeautifulSoup((self.folder / f"{page}.html").read_text(encoding="utf-8"), "html.parser")

    def main(self, page: str) -> Tag:
        """The text of a page, without what the theme puts around it."""
        found = self.soup(page).select_one("main")
        assert found is not None
        return found

    def element(self, page: str, address: str) -> Tag:
        """The element of a page that has an id."""
        found = self.soup(page).find(id=address)
        assert isinstance(found, Tag), f"{page} has no {address}"
        return found

    def section(self, page: str, address: str) -> Tag:
        """The section of a page that reads a paragraph."""
        element = self.element(page, address)
        found = element if element.name == "section" else element.find_parent("section")
        assert isinstance(found, Tag)
        return found

    def files(self) -> dict[str, bytes]:
        """Every file that would be published, by its path."""
        files = (path for path in self.folder.rglob("*") if path.is_file() and path.name != ".buildinfo")
        return {path.relative_to(self.folder).as_posix(): path.read_bytes() for path in files}


class Book:
    """A copy of the tiny book, in a folder of its own."""

    def __init__(self, folder: Path) -> None:
        """Copy the tiny book into a folder, which must not exist yet."""
        self.folder = folder
        self.source = folder / "source"
        self.data = self.source / "data"
        shutil.copytree(MELOS, self.source, ignore=shutil.ignore_patterns("__pycache__"))

    def table(self, name: str) -> Path:
        """The file of a table."""
        return self.data / f"{name}.csv"

    def rows(self, table: str) -> list[Row]:
        """The rows of a table."""
        with self.table(table).open(encoding="utf-8", newline="") as file:
            return list(csv.DictReader(file))

    def save(self, table: str, rows: Iterable[Row]) -> None:
        """Write all rows of a table."""
        rows = list(rows)
        with self.table(table).open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, list(rows[0]), lineterminator="\n")
            writer.writeheader()
            writer.writerows(rows)

    def change(self, table: str, key: str, **cells: str) -> None:
        """Change cells of the one row whose first cell is the key."""
        rows = self.rows(table)
        (row,) = [row for row in rows if next(iter(row.values())) == key]
        row.update(cells)
        self.save(table, rows)

    def insert(self, table: str, after: str, **cells: str) -> None:
        """Add a row after the one whose first cell is `after`; cells that are not given are that row's."""
        rows = self.rows(table)
        (place,) = [place for place, row in enumerate(rows) if next(iter(row.values())) == after]
        rows.insert(place + 1, {**rows[place], **cells})
        self.save(table, rows)

    def link(self, source: str, target: str, relation: str = "agrees", why: str = "They say the same.") -> None:
        """Add a link as the last one."""
        self.save(
            "links", [*self.rows("links"), {"source": source, "target": target, "relation": relation, "why": why}]
        )

    def page(self, name: str) -> Path:
        """The source of a page."""
        return self.source / f"{name}.md"

    def write(self, page: str, text: str) -> None:
        """Write a page, or write it anew."""
        self.page(page).write_text(text, encoding="utf-8")

    def replace(self, page: str, old: str, new: str) -> None:
        """Replace words that occur once in a page."""
        text = self.page(page).read_text(encoding="utf-8")
        assert text.count(old) == 1, f"{old!r} is not once in {page}"
        self.write(page, text.replace(old, new))

    def append(self, page: str, text: str) -> int:
        """Add text to the end of a page, and return the number of its first line."""
        before = self.page(page).read_text(encoding="utf-8")
        self.write(page, f"{before}\n{text}\n")
        return before.count("\n") + 2

    def line(self, page: str, words: str) -> int:
        """The number of the one line of a page that has these words."""
        lines = self.page(page).read_text(encoding="utf-8").splitlines()
        (number,) = [number for number, line in enumerate(lines, start=1) if words in line]
        return number

    def build(self, builder: str = "html", *, parallel: int = 1, **settings: object) -> Build:
        """Build the book, from what the last build by the same builder has left."""
        folder = self.folder / builder / builder
        before = _times(folder)
        app = SphinxTestApp(
            builder, srcdir=self.source, builddir=self.folder / builder, parallel=parallel, confoverrides=settings
        )
        try:
            app.build()
            documents = frozenset(app.env.found_docs)
        finally:
            app.cleanup()
        after = _times(folder)
        written = documents & {name for name, time in after.items() if before.get(name) != time}
        return Build(folder, _warnings(app.warning.getvalue()), written)


def _times(folder: Path) -> dict[str, int]:
    """When each page of a folder was written, by the name of its document."""
    return {
        path.relative_to(folder).with_suffix("").as_posix(): path.stat().st_mtime_ns for path in folder.rglob("*.html")
    }


def _warnings(log: str) -> tuple[str, ...]:
    return tuple(line for line in strip_colors(log).splitlines() if line.strip())


def words(element: Tag | None) -> str:
    """The text of an element, its white space evened out."""
    assert element is not None
    return " ".join(element.get_text().split())
