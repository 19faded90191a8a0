"""Runs notebooks as a reader would, from a fresh kernel in a folder of their own, several at a time."""

from __future__ import annotations

import asyncio
import re
import tempfile
from collections.abc import Iterable, Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any

import nbformat
from nbclient import NotebookClient
from nbclient.exceptions import CellExecutionError
from traitlets.config import Config

CHART = "application/vnd.plotly.v1+json"

_ESCAPE = re.compile(r"\x1b\[[0-9;]*m")


async def _run(path: Path, turn: asyncio.Semaphore, kernel: str) -> Any:
    notebook = nbformat.read(path, as_version=4)
    for cell in notebook.cells:
        if cell.cell_type == "code":
            cell.outputs = []
    with tempfile.TemporaryDirectory() as scratch:
        # Over ports a kernel warns that nothing is encrypted; over sockets in a folder nobody else can listen.
        sockets = {"transport": "ipc", "connection_file": str(Path(scratch, "kernel.json"))}
        client = NotebookClient(
            notebook,
            timeout=600,
            kernel_name=kernel,
            resources={"metadata": {"path": str(path.parent)}},
            record_timing=True,
            config=Config({"KernelManager": sockets}),
        )
        async with turn:
            with suppress(CellExecutionError):
                await client.async_execute()
    return notebook


def run_all(paths: Iterable[Path], kernel: str = "python3") -> Mapping[str, Any]:
    """Run notebooks, two at a time; what each is afterwards, by its name."""

    async def gather() -> list[Any]:
        turn = asyncio.Semaphore(2)
        return await asyncio.gather(*(_run(path, turn, kernel) for path in paths))

    paths = list(paths)
    return dict(zip((path.name for path in paths), asyncio.run(gather()), strict=True))


def outputs(notebook: Any) -> list[Any]:
    """What the code cells of a notebook printed; of a chart what is drawn, by whatever way it came."""
    found = []
    for cell in notebook.cells:
        for output in cell.get("outputs", ()):
            data = dict(output.get("data", {}))
            if CHART in data:
                found.append(data[CHART])
            else:
                found.append((output.output_type, output.get("name"), output.get("text"), data))
    return found


def complaints(notebook: Any) -> list[str]:
    """What a run complained of: errors, and whatever went to standard error."""
    found = []
    for cell in notebook.cells:
        for output in cell.get("outputs", ()):
            if output.output_type == "error":
                found.append(_ESCAPE.sub("", "\n".join(output.traceback)))
            elif output.output_type == "stream" and output.name == "stderr":
                found.append(output.text)
    return found
