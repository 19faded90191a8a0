"""Runs a notebook, and says what it printed, which tables it read, and what went wrong."""

from __future__ import annotations

import os
import re
import tempfile
from dataclasses import dataclass
from pathlib import Path

from nbclient import NotebookClient
from nbclient.exceptions import CellExecutionError, CellTimeoutError, DeadKernelError
from nbformat import NotebookNode

WATCH = Path(__file__).with_name("watch.py")

_ESCAPE = re.compile(r"\x1b\[[0-9;]*m")


class CellError(Exception):
    """A cell that failed, warned or took too long; the message names the cell and says what it printed."""


@dataclass(frozen=True)
class Run:
    """A notebook with its outputs, and the names of the files of the data folder that it opened."""

    notebook: NotebookNode
    tables: tuple[str, ...]


async def run(notebook: NotebookNode, folder: Path, data: Path, *, timeout: int | None, quiet: bool) -> Run:
    """Run a notebook in a folder from a fresh kernel; it is changed in place.

    With `quiet`, a cell that writes to standard error has failed. Raises CellError.
    """
    data = data.resolve()
    with tempfile.NamedTemporaryFile("r+") as log, tempfile.TemporaryFile("r+") as complaints:
        watched = {"ANNOTATED_READING_FOLDER": str(data), "ANNOTATED_READING_LOG": log.name}
        client = NotebookClient(
            notebook,
            timeout=timeout,
            resources={"metadata": {"path": str(folder)}},
            extra_arguments=[f"--IPKernelApp.exec_files=['{WATCH}']"],
            record_timing=False,
        )
        try:
            await client.async_execute(env={**os.environ, **watched}, stderr=complaints)
        except (CellExecutionError, CellTimeoutError) as error:
            raise CellError(_failure(notebook, error, timeout)) from error
        except (DeadKernelError, RuntimeError) as error:
            complaints.seek(0)
            raise CellError(f"the kernel died:\n{complaints.read()}") from error
        opened = {Path(line) for line in log.read().splitlines()}
    if quiet:
        _check_standard_error(notebook)
    return Run(notebook, tuple(sorted(path.relative_to(data).as_posix() for path in opened)))


def name_of_cell(notebook: NotebookNode, index: int) -> str:
    """What to call a cell: its number among the code cells, and its label where it has one."""
    number = sum(cell.cell_type == "code" for cell in notebook.cells[: index + 1])
    label = notebook.cells[index].metadata.get("label")
    return f"cell {number} ({label})" if label else f"cell {number}"


def _failure(notebook: NotebookNode, error: Exception, timeout: int | None) -> str:
    """The cell at which a run stopped, and why: that it took too long, or its traceback."""
    last = max((index for index, cell in enumerate(notebook.cells) if cell.get("execution_count")), default=0)
    if isinstance(error, CellTimeoutError):
        return f"{name_of_cell(notebook, last)} took longer than {timeout} seconds:\n{notebook.cells[last].source}"
    tracebacks = [output.traceback for output in notebook.cells[last].outputs if output.output_type == "error"]
    said = "\n".join(tracebacks[-1]) if tracebacks else str(error)
    return f"{name_of_cell(notebook, last)} failed:\n{_ESCAPE.sub('', said)}"


def _check_standard_error(notebook: NotebookNode) -> None:
    for index, cell in enumerate(notebook.cells):
        warned = "".join(
            output.text
            for output in cell.get("outputs", ())
            if output.output_type == "stream" and output.name == "stderr"
        )
        if warned:
            raise CellError(f"{name_of_cell(notebook, index)} wrote to standard error:\n{_ESCAPE.sub('', warned)}")
