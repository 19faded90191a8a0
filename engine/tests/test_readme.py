"""The README's example, as it stands there."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from pathlib import Path

from .books import MELOS

README = Path(__file__).parent.parent / "README.md"


def test_the_example_makes_a_book_without_a_warning(tmp_path: Path) -> None:
    """Whoever begins a reading of another text would begin with an example that does not work."""
    text = README.read_text(encoding="utf-8")
    for language, name in (("python", "conf.py"), ("markdown", "index.md")):
        (block,) = re.findall(rf"^```{language}\n(.*?)^```", text, re.MULTILINE | re.DOTALL)
        (tmp_path / name).write_text(block, encoding="utf-8")
    shutil.copytree(MELOS / "data", tmp_path / "data")
    command = [sys.executable, "-m", "sphinx", "-W", "-n", "-q", str(tmp_path), str(tmp_path / "_build")]
    run = subprocess.run(command, capture_output=True, text=True, check=False)
    assert run.returncode == 0, run.stderr
    page = (tmp_path / "_build" / "index.html").read_text(encoding="utf-8")
    assert 'id="mel-1-1"' in page
    assert ":::" not in page
