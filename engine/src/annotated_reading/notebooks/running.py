"""Runs a notebook, and says what it printed, which tables it read, and what went wrong."""

from __future__ import annotations

import os
import re
import tempfile
from dataclasses import dataclass
from pathlib import Path

from jupyter_client.kernelspec import NoSuchKernel
from nbclient import NotebookClient
from nbclient.exceptions import CellExecutionError, CellTimeoutError, DeadKernelError
from nbformat import NotebookNode
from traitlets.config import Config

WATCH = Path(__file__).with_name("watch.py")

#: What the kernels' sockets say is encrypted where the kernel can do that, so that no kernel has to warn of it.
_ENCRYPTED = Config({"KernelManager": {"transport_encryption": "auto"}})

_ESCAPE = re.compile(r"\x1b\[[0-9;]*m")


class CellError(Exception):
    """A cell that failed, warned or took too long; the message names the cell, `details` are what it printed."""

    def __init__(self, message: str, details: str = "") -> None:
        """Keep both."""
        super().__init__(message)
        self.details = details.strip()


@dataclass(frozen=True)
class Run:
    """A notebook with its outputs, and the names of the files of the data folder that it opened."""

    notebook: NotebookNode
    tables: tuple[str, ...]


async def run(notebook: NotebookNode, folder: Path, data: Path, *, timeout: int | None, quiet: bool) -> Run:
    """Run a notebook in a folder from a fresh kernel; it is changed in place.

    With `quiet`, a cell that writes to standard error has failed. Raises CellError for that, for a cell that fails or
    takes longer than `timeout` seconds, for a kernel that is not there or dies, and where the tables went unwatched.
    """
    data = data.resolve()
    at = 0

    def note(cell: NotebookNode, cell_index: int) -> None:
        nonlocal at
        at = cell_index

    with tempfile.NamedTemporaryFile("r+") as log, tempfile.TemporaryFile("r+") as complaints:
        watched = {"ANNOTATED_READING_FOLDER": str(data), "ANNOTATED_READING_LOG": log.name}
        client = NotebookClient(
            notebook,
            timeout=timeout,
            resources={"metadata": {"path": str(folder)}},
            extra_arguments=[f"--IPKernelApp.exec_files={WATCH}"],
            record_timing=False,
            config=_ENCRYPTED,
            on_cell_execute=note,
        )
        try:
            await client.async_execute(env={**os.environ, **watched}, stderr=complaints)
        except (CellExecutionError, CellTimeoutError) as error:
            raise _failure(notebook.cells[at], name_of_cell(notebook, at), error, timeout) from error
        except NoSuchKernel as error:
            raise CellError(f"found the kernel {error.name!r}, expected one that is installed here") from error
        except (DeadKernelError, RuntimeError) as error:
            complaints.seek(0)
            raise CellError(f"the kernel died in {name_of_cell(notebook, at)}", complaints.read()) from error
        watched_folder, *lines = log.read().splitlines() or [""]
    if not watched_folder:
        raise CellError("found nothing that watched the tables, expected the kernel to run watch.py first")
    opened = {Path(line) for line in lines}
    if quiet:
        _check_standard_error(notebook)
    return Run(notebook, tuple(sorted(path.relative_to(data).as_posix() for path in opened)))


def name_of_cell(notebook: NotebookNode, index: int) -> str:
    """What to call a cell: its number among the code cells, and its label where it has one."""
    number = sum(cell.cell_type == "code" for cell in notebook.cells[: index + 1])
    label = notebook.cells[index].metadata.get("label")
    return f"cell {number} ({label})" if label else f"cell {number}"


def _failure(
    cell: NotebookNode, name: str, error: CellExecutionError | CellTimeoutError, timeout: int | None
) -> CellError:
    """What went wrong in a cell: that it took too long, or its traceback."""
    if isinstance(error, CellTimeoutError):
        return CellError(f"{name} took longer than {timeout} seconds", cell.source)
    tracebacks = [output.traceback for output in cell.outputs if output.output_type == "error"]
    said = "\n".join(tracebacks[-1]) if tracebacks else str(error)
    return CellError(f"{name} failed: {error.ename}: {error.evalue}", _ESCAPE.sub("", said))


def _check_standard_error(notebook: NotebookNode) -> None:
    for index, cell in enumerate(notebook.cells):
        warned = "".join(
            output.text
            for output in cell.get("outputs", ())
            if output.output_type == "stream" and output.name == "stderr"
        )
        if warned:
            raise CellError(f"{name_of_cell(notebook, index)} wrote to standard error", _ESCAPE.sub("", warned))
