#!/usr/bin/env bash
# A package that has an entry point of the group myst_nb.mime_renderers is asked for every output of every notebook of
# every book in its environment, also of one that does not name the package among its extensions. A renderer that
# relies on what its extension sets up, such as a domain, breaks the books of others by being installed.
set -euo pipefail
folder=$(mktemp -d); trap 'rm -r "$folder"' EXIT
cd "$folder"
python3 -m venv venv
venv/bin/python -m pip install --quiet --disable-pip-version-check myst-nb==1.4.0 sphinx==7.4.7 ipykernel==6.31.0 setuptools==80.9.0
mkdir package book
cat >package/shouting.py <<'PYTHON'
from docutils import nodes


class Renderer:
    mime_priority_overrides = [("*", "text/plain", 1)]

    @staticmethod
    def handle_mime(renderer, data, inline):
        return [nodes.paragraph("", f"SHOUTED {data.content}")]
PYTHON
cat >package/pyproject.toml <<'TOML'
[build-system]
requires = ["setuptools"]
build-backend = "setuptools.build_meta"
[project]
name = "shouting"
version = "1"
[project.entry-points."myst_nb.mime_renderers"]
shouting = "shouting:Renderer"
[tool.setuptools]
py-modules = ["shouting"]
TOML
venv/bin/python -m pip install --quiet --disable-pip-version-check --no-build-isolation ./package
cat >book/conf.py <<'PYTHON'
extensions = ["myst_nb"]
nb_execution_mode = "force"
PYTHON
cat >book/index.md <<'MARKDOWN'
---
file_format: mystnb
kernelspec: {name: python3, display_name: Python 3}
---
# A book without the package
```{code-cell} python
6 * 7
```
MARKDOWN
venv/bin/python -m sphinx -q book out 2>/dev/null
venv/bin/python - <<'PYTHON'
import re
from importlib.metadata import version
from pathlib import Path

print("myst-nb", version("myst-nb"), "sphinx", version("sphinx"))
text = Path("out/index.html").read_text("utf-8")
found = re.search("SHOUTED 42", text)
print("extensions:", Path("book/conf.py").read_text("utf-8").splitlines()[0], "output:", found and found[0])
assert found, "this has changed"
PYTHON
