"""datapackage.json, and the tables that it describes, checked by what it says of them (Frictionless Table Schema)."""

import json
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from jsonschema import Draft202012Validator, FormatChecker

from annotated_reading.ledger.bibliography import FILE as BIBLIOGRAPHY
from annotated_reading.ledger.bibliography import Bibliography
from annotated_reading.ledger.columns import column_of
from annotated_reading.ledger.rules import Record, Rule
from annotated_reading.ledger.table import Fault, Shape, Table, TableError, read_table, read_text

FILE = "datapackage.json"

#: What of a data package is understood; what only tells readers something is free.
_SCHEMA = Path(__file__).parent.parent / "schemas" / "datapackage.json"

#: What the rules of that schema expect, where their own words do not say it well.
_EXPECTED = {"format": "a regular expression", "not": "no dialect: cells are divided by commas"}

Described = Mapping[str, Any]


@dataclass(frozen=True)
class Package:
    """A data package: what it says, its tables by the names of their files, and what is wrong with it or them."""

    said: Described
    tables: Mapping[str, Table[Record]]
    faults: Sequence[Fault]

    @property
    def described(self) -> Sequence[Described]:
        """The resources that are tables."""
        return [resource for resource in self.said.get("resources", ()) if "schema" in resource]


def read_package(folder: Path, bibliography: Bibliography | None) -> Package:
    """The data package of a folder, with its tables read and checked; an empty one where there is none."""
    file = folder / FILE
    if not file.exists():
        return Package({}, {}, ())
    try:
        said = _read_json(file)
    except TableError as error:
        return Package({}, {}, error.faults)
    faults = list(_wrong_description(file, said))
    if faults:
        return Package({}, {}, faults)
    tables = {}
    for resource in said["resources"]:
        path = folder / resource["path"]
        if "schema" in resource:
            tables[path.name] = read_table(path, _shape(resource["schema"]), Record)
            faults += tables[path.name].faults
        elif path.suffix == ".json" or not path.exists():
            faults += _no_json(path)
    for resource in said["resources"]:
        faults += _broken_rules(folder, resource, _records(resource, tables, bibliography))
        faults += _broken_keys(folder, said, resource, tables)
    return Package(said, tables, faults)


def undescribed(folder: Path, known: Collection[str]) -> Iterator[Fault]:
    """A fault for each table of a folder that is not among those known."""
    for path in sorted(folder.glob("*.csv")):
        if path.name not in known:
            yield Fault(path, f"a description of this table in {FILE}, or no such file")


def _read_json(file: Path) -> Any:
    text = read_text(file)
    try:
        return json.loads(text)
    except json.JSONDecodeError as error:
        raise TableError([Fault(file, f"JSON ({error.msg})", error.lineno)]) from error


def _no_json(file: Path) -> Sequence[Fault]:
    try:
        _read_json(file)
    except TableError as error:
        return error.faults
    return ()


def _wrong_description(file: Path, said: Any) -> Iterator[Fault]:
    validator = Draft202012Validator(json.loads(_SCHEMA.read_text("utf-8")), format_checker=FormatChecker(["regex"]))
    faults = list(validator.iter_errors(said))
    for fault in faults:
        value = str(fault.instance) if isinstance(fault.instance, str | int | float) else None
        expected = _EXPECTED.get(str(fault.validator), f"a data package as the engine reads it: {fault.message[:160]}")
        yield Fault(file, expected, column=_named(said, fault.absolute_path) or None, value=value)
    for resource in said["resources"] if not faults else ():
        yield from _unknown_columns(file, resource)


def _unknown_columns(file: Path, resource: Described) -> Iterator[Fault]:
    """Keys and groups are of columns that are there."""
    schema = resource.get("schema", {"fields": []})
    columns = [field["name"] for field in schema["fields"]]
    foreign = [name for one in schema.get("foreignKeys", ()) for name in _listed(one["fields"])]
    place = f"resources.{resource['name']}"
    named = {
        "schema.primaryKey": _listed(schema.get("primaryKey", [])),
        "schema.foreignKeys": foreign,
        "rules": [name for rule in resource.get("rules", ()) for name in rule.get("by", ())],
    }
    for step, names in named.items():
        for name in names if columns else ():
            if name not in columns:
                yield Fault(file, f"columns of the table: {', '.join(columns)}", column=f"{place}.{step}", value=name)


def _named(said: Any, path: Collection[str | int]) -> str:
    """A place in a description, with names for numbers where it has them."""
    steps = []
    for step in path:
        said = said[step]
        steps.append(str(said["name"] if isinstance(said, dict) and isinstance(step, int) and "name" in said else step))
    return ".".join(steps)


def _shape(schema: Described) -> Shape:
    columns = {field["name"]: column_of(field) for field in schema["fields"]}
    unique = [[field["name"]] for field in schema["fields"] if field.get("constraints", {}).get("unique")]
    key = _listed(schema.get("primaryKey", []))
    return Shape(columns, [*unique, *([key] if key and key not in unique else [])])


def _listed(names: str | Sequence[str]) -> list[str]:
    return [names] if isinstance(names, str) else list(names)


def _records(
    resource: Described, tables: Mapping[str, Table[Record]], bibliography: Bibliography | None
) -> Sequence[Record]:
    """What the rules of a resource are about; nothing where it is not as it should be."""
    if resource["path"] == BIBLIOGRAPHY and bibliography:
        entries = bibliography.entries.items()
        return [Record(bibliography.sources[key].row, {"key": key, **fields}) for key, fields in entries]
    table = tables.get(resource["path"])
    return table.rows if table and not table.faults else ()


def _broken_rules(folder: Path, resource: Described, records: Sequence[Record]) -> Iterator[Fault]:
    for number, said in enumerate(resource.get("rules", ())):
        by = tuple(said["by"]) if "by" in said else None
        rule = Rule(said["holds"], said["expected"], said.get("column", ""), by)
        try:
            yield from rule.broken(folder / resource["path"], records)
        except ValueError as error:
            place = f"resources.{resource['name']}.rules.{number}.holds"
            yield Fault(folder / FILE, f"an expression that holds or not ({error})", column=place, value=rule.holds)


def _broken_keys(
    folder: Path, said: Described, resource: Described, tables: Mapping[str, Table[Record]]
) -> Iterator[Fault]:
    paths = {one["name"]: one["path"] for one in said["resources"]}
    for foreign in resource.get("schema", {}).get("foreignKeys", ()):
        here, there = tables[resource["path"]], tables.get(paths.get(foreign["reference"]["resource"], ""))
        if there is None or here.faults or there.faults:
            continue
        names, others = _listed(foreign["fields"]), _listed(foreign["reference"]["fields"])
        known = {tuple(record.cells[name] for name in others) for record in there.rows}
        for record in here.rows:
            found = tuple(record.cells[name] for name in names)
            if any(found) and found not in known:
                yield Fault(here.file, f"a key of {there.file.name}", record.row, names[-1], str(found[-1]))
