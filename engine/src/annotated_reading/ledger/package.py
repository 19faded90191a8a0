"""The other tables of a reading, checked against the data package that describes them."""

from __future__ import annotations

from pathlib import Path

from frictionless import FrictionlessException, Package

from annotated_reading.ledger.table import TableError, read_text


def check_package(folder: Path) -> None:
    """Check every table of a folder against its datapackage.json (Frictionless Table Schema), if it has one.

    Raises TableError for the first cell or file that is not as described there.
    """
    description = folder / "datapackage.json"
    if not description.is_file():
        return
    try:
        package = Package(str(description))
    except FrictionlessException as exception:
        raise TableError(description, f"a valid data package: {exception.error.message}") from exception
    for resource in package.resources:
        read_text(folder / str(resource.path))
    report = package.validate()
    if report.errors:
        raise TableError(description, f"a valid data package: {report.errors[0].message}")
    for task in report.tasks:
        if task.errors:
            # Where a column is missing, every label after it is incorrect, and the first of those tells which.
            error = min(task.errors, key=lambda error: error.type == "missing-label")
            cell = getattr(error, "cell", None)
            raise TableError(
                folder / str(task.place),
                f"what {description.name} says: {error.note or error.description}",
                row=getattr(error, "row_number", None),
                column=getattr(error, "field_name", None),
                value=getattr(error, "label", None) if cell is None else cell,
            )
