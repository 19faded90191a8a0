"""Runs a notebook, and says what it printed, which tables it read, and what went wrong."""

import os
import re
import tempfile
from pathlib import Path
from typing import IO

from jupyter_client.kernelspec import KernelSpecManager, NoSuchKernel
from nbclient import NotebookClient
from nbclient.exceptions import CellExecutionError, CellTimeoutError, DeadKernelError
from nbformat import NotebookNode
from traitlets.config import Config

WATCH = Path(__file__).with_name("watch.py")

_ESCAPE = re.compile(r"\x1b\[[0-9;]*m")


class CellError(Exception):
    """A cell that failed, warned or took too long, or a kernel that did not start or died.

    `reason` names the cell and says in one line what happened; `cell` is its index, and `details` what it printed.
    """

    def __init__(self, reason: str, cell: int = 0, details: str = "") -> None:
        """Say what happened."""
        super().__init__(reason)
        self.reason, self.cell, self.details = reason, cell, _ESCAPE.sub("", details).strip()


class _Run:
    """One run of a notebook."""

    def __init__(self, notebook: NotebookNode, folder: Path, timeout: int | None, scratch: Path) -> None:
        self._notebook, self._timeout = notebook, timeout
        self._cell = 0
        # Sockets instead of ports of the machine: nobody else can listen, and two runs cannot want the same.
        sockets = {"transport": "ipc", "connection_file": str(scratch / "kernel.json")}
        self._client = NotebookClient(
            notebook,
            timeout=timeout,
            resources={"metadata": {"path": str(folder)}},
            extra_arguments=[f"--IPKernelApp.exec_files={[str(WATCH)]!r}"],
            record_timing=False,
            on_cell_start=self._begin,
            config=Config({"KernelManager": sockets}),
        )

    def _begin(self, *, cell: NotebookNode, cell_index: int) -> None:
        self._cell = cell_index

    async def execute(self, environment: dict[str, str], complaints: IO[str]) -> None:
        """Run all cells; raises CellError."""
        try:
            await self._client.async_execute(env=environment, stderr=complaints)
        except CellTimeoutError as error:
            source = self._notebook.cells[self._cell].source
            raise self._error(f"took longer than {self._timeout} seconds", source) from error
        except CellExecutionError as error:
            said = f"{error.ename}: {error.evalue}".strip().splitlines()[0]
            raise self._error(f"failed: {said}", error.traceback) from error
        except NoSuchKernel as error:
            known = ", ".join(sorted(KernelSpecManager().find_kernel_specs())) or "one to be installed"
            raise CellError(f"found the kernel {error.name!r}, expected one of: {known}") from error
        except (DeadKernelError, RuntimeError) as error:
            complaints.seek(0)
            raise self._error("ended its kernel", complaints.read()) from error

    def check_standard_error(self) -> None:
        """Raise CellError for the first cell that wrote to standard error."""
        for index, cell in enumerate(self._notebook.cells):
            warned = "".join(
                output.text
                for output in cell.get("outputs", ())
                if output.output_type == "stream" and output.name == "stderr"
            )
            if warned:
                self._cell = index
                raise self._error(f"wrote to standard error: {warned.strip().splitlines()[0]}", warned)

    def _error(self, reason: str, details: str) -> CellError:
        return CellError(f"{name_of_cell(self._notebook, self._cell)} {reason}", self._cell, details)


async def run(notebook: NotebookNode, folder: Path, data: Path, *, timeout: int | None, quiet: bool) -> tuple[str, ...]:
    """Run a notebook in a folder from a fresh kernel; it is changed in place.

    Returns the names of the files of the data folder that it opened. With `quiet`, a cell that writes to standard error
    has failed. Raises CellError, also where the kernel does not say what it opened: a change of that would not be seen.
    """
    data = data.resolve()
    with tempfile.TemporaryDirectory() as scratch, tempfile.TemporaryFile("r+") as complaints:
        log = Path(scratch, "opened")
        log.touch()
        watched = {"ANNOTATED_READING_FOLDER": str(data), "ANNOTATED_READING_LOG": str(log)}
        this = _Run(notebook, folder, timeout, Path(scratch))
        await this.execute({**os.environ, **watched}, complaints)
        report, *opened = log.read_bytes().split(b"\0")[:-1] or [b""]
    if report != b"watched":
        raise CellError("the kernel did not say which tables it opens, expected one of IPython that runs watch.py")
    if quiet:
        this.check_standard_error()
    return tuple(sorted({Path(os.fsdecode(path)).relative_to(data).as_posix() for path in opened}))


def name_of_cell(notebook: NotebookNode, index: int) -> str:
    """What to call a cell: its number among the code cells, and its label where it has one."""
    number = sum(cell.cell_type == "code" for cell in notebook.cells[: index + 1])
    label = notebook.cells[index].metadata.get("label")
    return f"cell {number} ({label})" if label else f"cell {number}"
