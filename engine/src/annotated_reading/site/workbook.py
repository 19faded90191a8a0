"""All tables in one workbook for a spreadsheet, with what the data package says of them; nothing in it is a formula."""

import io
from collections.abc import Iterator
from datetime import date, datetime
from typing import Any

from sphinx.application import Sphinx
from xlsxwriter import Workbook

from annotated_reading.language import _
from annotated_reading.ledger.columns import column_of
from annotated_reading.ledger.package import Package
from annotated_reading.pages.domain import claim_domain
from annotated_reading.published import EXPORTS

#: As what cells are written: text that looks like a formula or an address stays text.
_PLAIN = {"strings_to_formulas": False, "strings_to_urls": False, "default_date_format": "yyyy-mm-dd"}


def workbook(package: Package) -> bytes:
    """A workbook of the tables of a package: one sheet of what they are, one of their columns, and one for each."""
    made = io.BytesIO()
    with Workbook(made, {"in_memory": True, **_PLAIN}) as book:
        book.set_properties({"title": package.said.get("title", ""), "created": datetime(1980, 1, 1)})
        bold = book.add_format({"bold": True})

        def add(name: str, header: list[str], rows: list[list[Any]]) -> None:
            sheet = book.add_worksheet(name)
            sheet.freeze_panes(1, 0)
            sheet.write_row(0, 0, header, bold)
            for number, row in enumerate(rows, start=1):
                sheet.write_row(number, 0, row)
            sheet.autofilter(0, 0, len(rows), len(header) - 1)
            sheet.autofit(400)

        tables = [(one["name"], one["schema"]["fields"], one) for one in package.described]
        about = [
            [name, *(one.get(what, "") for what in ("title", "description", "made"))] for name, fields, one in tables
        ]
        add(_("about"), [_("Table"), _("Title"), _("Description"), _("How it was made")], about)
        told = ("name", "type", "unit", "description")
        columns = [[name, *(field.get(what, "") for what in told)] for name, fields, _ in tables for field in fields]
        add(_("columns"), [_("Table"), _("Column"), _("Type"), _("Unit"), _("Description")], columns)
        for name, fields, one in tables:
            records = package.tables[one["path"]].rows
            add(name, [field["name"] for field in fields], [[_value(f, r.cells) for f in fields] for r in records])
    return made.getvalue()


def _value(field: Any, cells: Any) -> Any:
    """What a cell says; a day before March 1900 as text, as spreadsheets do not agree on such days."""
    value: Any = column_of(field).value(cells[field["name"]])
    return date.fromisoformat(value) if field.get("type") == "date" and value >= "1900-03-01" else value


def files(app: Sphinx) -> Iterator[tuple[str, bytes]]:
    """The workbook of a reading that describes its tables, by its place on the site."""
    package = claim_domain(app.env).ledger.package
    if package.described:
        yield f"{EXPORTS}/tables.xlsx", workbook(package)
