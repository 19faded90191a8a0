"""The environment of Binder, made from nothing: it has what running needs, nothing else, and runs every chapter."""

from __future__ import annotations

import json
import re
import subprocess
import zipfile
from pathlib import Path

import nbformat
import pytest
from conftest import ROOT, SITE
from running import complaints, outputs, run_all

PYTHON = ROOT / "_build" / "binder" / "bin" / "python"


@pytest.fixture
def kernel(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """A kernel of that environment, found by its name."""
    spec = tmp_path / "jupyter" / "kernels" / "binder" / "kernel.json"
    spec.parent.mkdir(parents=True)
    command = [str(PYTHON), "-m", "ipykernel_launcher", "-f", "{connection_file}"]
    spec.write_text(json.dumps({"argv": command, "display_name": "Binder", "language": "python"}))
    monkeypatch.setenv("JUPYTER_PATH", str(tmp_path / "jupyter"))
    return "binder"


def test_every_chapter_runs_there(tmp_path: Path, kernel: str) -> None:
    """Binder would start, and the first cell or the first chart would fail."""
    with zipfile.ZipFile(SITE / "notebooks.zip") as archive:
        archive.extractall(tmp_path)
    paths = sorted((tmp_path / "notebooks").glob("*.ipynb"))
    for name, ran in run_all(paths, kernel).items():
        assert complaints(ran) == [], name
        assert outputs(ran) == outputs(nbformat.read(tmp_path / "notebooks" / name, as_version=4)), name


def test_nothing_is_installed_that_nobody_asked_for() -> None:
    """A student would wait for libraries that no cell uses."""
    listed = subprocess.run(
        [PYTHON, "-m", "pip", "list", "--format=freeze"], capture_output=True, text=True, check=True
    )
    installed = {line.partition("==")[0].lower().replace("_", "-") for line in listed.stdout.split()} - {
        "pip",
        "setuptools",
    }
    locked = re.findall(r"^([\w-]+)==", (ROOT / ".binder" / "requirements.txt").read_text("utf-8"), re.MULTILINE)
    assert installed <= set(locked)
    assert not {"annotated-reading", "nbformat", "sphinx", "jupyterlab"} & installed
