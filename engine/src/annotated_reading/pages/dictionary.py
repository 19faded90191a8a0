"""`{dictionary}`: what every table has, from the data package that describes them."""

import csv
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from docutils import nodes
from sphinx.transforms.post_transforms import SphinxPostTransform
from sphinx.util.osutil import relative_uri

from annotated_reading.language import _, label, listed, ngettext
from annotated_reading.ledger import parts
from annotated_reading.ledger.package import FILE, Described
from annotated_reading.pages.directive import Column, LedgerDirective, table
from annotated_reading.pages.nodes import described_table
from annotated_reading.published import DATA, address, tables

_PLACE = "ADDRESS-OF-THE-TABLE"


class Dictionary(LedgerDirective):
    """`{dictionary}`: each table of datapackage.json with its columns, licence, making and ways to load it."""

    def run(self) -> list[nodes.Node]:
        """Links to what is served beside the tables, and a section for each table."""
        folder, package = self.ledger.folder, self.ledger.package
        self.note_use(parts.changes)
        self.env.note_dependency(str(folder / FILE))
        beside = nodes.paragraph("", _("Served beside the tables:"))
        for file in tables(folder):
            if file.suffix != ".csv":
                beside += [nodes.Text(" "), self._file(file.name)]
        return [beside, *(self._section(folder, package.said, table) for table in package.described)]

    def _file(self, name: str) -> nodes.reference:
        uri = relative_uri(self.env.docname, f"{DATA}/{name}")
        return nodes.reference("", name, refuri=uri, internal=False)

    def _section(self, folder: Path, package: Described, resource: Described) -> nodes.section:
        file = folder / resource["path"]
        self.env.note_dependency(str(file))
        name = f"table-{resource['name']}"
        section = described_table("", ids=[name], names=[name], table=resource["name"])
        self.state.document.note_explicit_target(section)
        section += nodes.title("", resource["title"])
        section += nodes.paragraph("", resource["description"], *self.changed(resource["name"]))
        section += nodes.bullet_list("", *self._facts(package, resource, _rows(file)))
        columns = (
            Column("column", _("Column"), 16),
            Column("type", _("Type"), 14),
            Column("description", _("What it says"), 50),
            Column("values", _("Values"), 20),
        )
        section += table(columns, map(self._cells, resource["schema"]["fields"]), "dictionary")
        section += nodes.definition_list("", *_ways_to_load(resource))
        return section

    def _facts(self, package: Described, resource: Described, rows: int) -> Iterator[nodes.list_item]:
        counted = ngettext("{n} row", "{n} rows", rows)
        yield _item(_("File"), self._file(resource["path"]), nodes.Text(f", {counted}, UTF-8."))
        licences = resource.get("licenses", package.get("licenses", ()))
        links = [nodes.reference("", one["title"], refuri=one["path"], internal=False) for one in licences]
        yield _item(_("Licence"), *links)
        if "made" in resource:
            yield _item(_("How it was made"), nodes.Text(resource["made"]))
        schema = resource["schema"]
        if "primaryKey" in schema:
            keys = [schema["primaryKey"]] if isinstance(schema["primaryKey"], str) else schema["primaryKey"]
            yield _item(_("One row for each"), nodes.Text(listed(keys)))

    def _cells(self, field: Described) -> list[nodes.paragraph]:
        limits = field.get("constraints", {})
        kind = field["type"] if "unit" not in field else f"{field['type']}, {field['unit']}"
        values = ", ".join(limits.get("enum", ()))
        if not limits.get("required"):
            values = _("{values}, or nothing").format(values=values) if values else _("may be empty")
        name = nodes.paragraph("", "", nodes.literal("", field["name"]))
        return [name, *(nodes.paragraph("", words) for words in (kind, field["description"], values))]


def _item(name: str, *rest: nodes.Node) -> nodes.list_item:
    return nodes.list_item("", nodes.paragraph("", "", nodes.strong("", label(name)), nodes.Text(" "), *rest))


def _rows(file: Path) -> int:
    with file.open(encoding="utf-8", newline="") as lines:
        return sum(1 for row in csv.reader(lines)) - 1


def _ways_to_load(resource: Described) -> Iterator[nodes.definition_list_item]:
    """One line each for pandas, R and a spreadsheet."""
    days = [field["name"] for field in resource["schema"]["fields"] if field["type"] == "date"]
    parsed = f", parse_dates={json.dumps(days)}" if days else ""
    for name, language, line in (
        ("pandas", "python", f'{resource["name"]} = pandas.read_csv("{_PLACE}"{parsed})'),
        ("R", "r", f'{resource["name"]} <- read.csv("{_PLACE}", encoding = "UTF-8", na.strings = "")'),
        (_("A spreadsheet: in Google Sheets this, in others open the file"), "text", f'=IMPORTDATA("{_PLACE}")'),
    ):
        block = nodes.literal_block(line, line, language=language, served=f"{DATA}/{resource['path']}")
        yield nodes.definition_list_item("", nodes.term("", name), nodes.definition("", block))


class NameAddresses(SphinxPostTransform):
    """Put the full address of each table into the lines that load it, or where it is on the site."""

    default_priority = 200

    def run(self, **kwargs: Any) -> None:
        """Fill the lines of the document."""
        for block in self.document.findall(nodes.literal_block):
            if "served" in block:
                line = block.astext().replace(_PLACE, address(self.config, block["served"]))
                block.replace_self(nodes.literal_block(line, line, language=block["language"]))
