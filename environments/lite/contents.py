"""Lays out what JupyterLite offers: notebooks and tables of the archive, each notebook with a cell that gets plotly.

`python environments/lite/contents.py ARCHIVE FOLDER`. Pyodide, on which the notebooks run in the
browser, has pandas and no plotly; the site brings plotly's wheels along, from which `%pip` installs it there.
"""

from __future__ import annotations

import json
import shutil
import sys
import zipfile
from pathlib import Path
from typing import Any


def lay_out(archive: Path, folder: Path) -> None:
    """Make the folder anew from the archive."""
    shutil.rmtree(folder, ignore_errors=True)
    with zipfile.ZipFile(archive) as file:
        file.extractall(folder)
    for notebook in folder.glob("*/*.ipynb"):
        made = json.loads(notebook.read_text("utf-8"))
        add_plotly(made["cells"])
        notebook.write_text(json.dumps(made, ensure_ascii=False, indent=1) + "\n", "utf-8")


def add_plotly(cells: list[dict[str, Any]]) -> None:
    """Put a cell that installs plotly before the first code cell, if there is one."""
    first = next((place for place, cell in enumerate(cells) if cell["cell_type"] == "code"), None)
    if first is not None:
        source = "%pip install -q plotly"
        cell = {"cell_type": "code", "id": "get-plotly", "metadata": {}, "source": source}
        cells.insert(first, {**cell, "outputs": [], "execution_count": None})


if __name__ == "__main__":
    lay_out(Path(sys.argv[1]), Path(sys.argv[2]))
