"""A folder of tables becomes a ledger, or everything that is wrong with it is told."""

import hashlib
import pickle
import sys
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from annotated_reading.language import spoken
from annotated_reading.ledger.bibliography import FILE as BIBLIOGRAPHY
from annotated_reading.ledger.bibliography import Bibliography, Source, read_bibliography
from annotated_reading.ledger.checks import Checks, check_keys, check_order
from annotated_reading.ledger.columns import Value, today
from annotated_reading.ledger.ledger import Ledger, paragraphs
from annotated_reading.ledger.package import FILE as PACKAGE
from annotated_reading.ledger.package import Package, read_package, undescribed
from annotated_reading.ledger.rows import REQUIRED, TABLES, Claim, Row, Section
from annotated_reading.ledger.table import Fault, Shape, Table, TableError, read_table

Tables = Mapping[str, Table[Row]]


def read_ledger(folder: Path) -> Ledger:
    """The ledger in a folder of tables: those of REQUIRED, those of OPTIONAL that are there, and what describes others.

    Raises TableError with everything that is wrong. Keys are compared with tables that are good, and what goes beyond
    keys is checked once all cells and keys of the ledger are.
    """
    if not folder.is_dir():
        raise TableError([Fault(folder, "the folder of the tables")])
    tables = {name: _read(folder, kind) for name, kind in TABLES.items()}
    text = paragraphs(row for row in tables["sections"].rows if isinstance(row, Section))
    if not tables["sections"].faults and not tables["claims"].faults:
        tables["claims"] = replace(tables["claims"], faults=list(check_order(tables["claims"], text)))
    bibliography = read_bibliography(folder)
    sources = bibliography.sources if bibliography else {}
    package = read_package(folder, bibliography)
    wrong = [fault for table in tables.values() for fault in table.faults]
    known = _known(tables, text, bibliography)
    wrong += [fault for table in tables.values() for fault in check_keys(table, known)]
    rows = {name: table.rows for name, table in tables.items()}
    ledger = None if wrong else Ledger(folder, rows, sources, package, _citing(package))
    if ledger:
        wrong += Checks(ledger, tables).faults()
    if bibliography:
        wrong += [*bibliography.faults, *_unknown_sources(package, sources)]
    # Where the description is wrong, or names a table that is not there, what it lacks follows from that.
    if all(fault.file.name != PACKAGE and fault.file.exists() for fault in package.faults):
        wrong += undescribed(folder, {f"{name}.csv" for name in TABLES} | set(package.tables))
    # What a table's own class has told of a place, its description need not tell again.
    places = {(fault.file, fault.row, fault.column) for fault in wrong}
    wrong += [fault for fault in package.faults if (fault.file, fault.row, fault.column) not in places]
    if wrong or ledger is None:
        raise TableError(wrong)
    return ledger


def kept_ledger(folder: Path, kept: Path) -> Ledger:
    """The ledger in a folder of tables, from the file in which it was kept if nothing has changed since."""
    files = sorted(file for place in (folder, Path(__file__).parent) for file in place.glob("*.*") if file.is_file())
    made_of = hashlib.sha256(f"{today()} {sys.version} {spoken()}".encode())
    for file in files:
        made_of.update(f"\0{file.name}\0".encode() + file.read_bytes())
    digest, raw = made_of.digest(), kept.read_bytes() if kept.is_file() else b""
    if raw.startswith(digest):
        ledger: Ledger = pickle.loads(raw.removeprefix(digest))
        return replace(ledger, folder=folder)
    ledger = replace(read_ledger(folder), state=made_of.hexdigest())
    if kept.parent.is_dir():
        part = kept.with_suffix(".part")
        part.write_bytes(digest + pickle.dumps(ledger))
        part.replace(kept)
    return ledger


def _read(folder: Path, kind: type[Row]) -> Table[Row]:
    file = folder / f"{kind.TABLE}.csv"
    if kind.TABLE not in REQUIRED and not file.exists():
        return Table(file, (), ())

    def make(number: int, cells: dict[str, Value]) -> Row:
        values: dict[str, Any] = cells
        return kind(row=number, **values)

    return read_table(file, Shape(kind.columns(), [kind.KEY]), make)


def _known(tables: Tables, text: Sequence[str], bibliography: Bibliography | None) -> Mapping[str, Collection[str]]:
    """What keys may name, of each table that is good."""
    good = [name for name in ("sections", "issues", "people") if not tables[name].faults]
    known: dict[str, Collection[str]] = {
        name: {str(getattr(row, TABLES[name].KEY[0])) for row in tables[name].rows} for name in good
    }
    if not tables["claims"].faults:
        known["claims"] = {
            row.claim for row in tables["claims"].rows if isinstance(row, Claim) and row.status == "current"
        }
    if "sections" in good:
        known["text"] = set(text)
    if bibliography and bibliography.sources:
        known["sources"] = bibliography.sources.keys()
    return known


def _citations(package: Package) -> Iterator[tuple[str, Fault]]:
    """Each source that a table beside the ledger names in its column `source`, with the fault if there is no such."""
    for name, table in sorted(package.tables.items()):
        for record in table.rows if name.removesuffix(".csv") not in TABLES else ():
            cited = str(record.cells.get("source", ""))
            for key in cited.split():
                yield key, Fault(table.file, f"keys of {BIBLIOGRAPHY}; {key} is not one", record.row, "source", cited)


def _unknown_sources(package: Package, sources: Mapping[str, Source]) -> list[Fault]:
    return [fault for key, fault in _citations(package) if sources and key not in sources]


def _citing(package: Package) -> Mapping[str, tuple[str, ...]]:
    found: dict[str, dict[str, None]] = {}
    for key, fault in _citations(package):
        found.setdefault(key, {})[fault.file.name] = None
    return {key: tuple(names) for key, names in found.items()}
