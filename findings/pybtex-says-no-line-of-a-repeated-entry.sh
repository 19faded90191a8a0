#!/usr/bin/env bash
# Of a file that has a key twice pybtex names the key and the file's syntax errors by line, but of a repeated entry no
# line; and what is told first ends the reading, so that a second repeated key is told by the next run alone.
set -euo pipefail
folder=$(mktemp -d); trap 'rm -r "$folder"' EXIT
cd "$folder"
python3 -m venv venv
venv/bin/python -m pip install --quiet --disable-pip-version-check pybtex==0.26.1
cat >look.py <<'PYTHON'
from importlib.metadata import version

from pybtex.database import BibliographyDataError, parse_string
from pybtex.scanner import PybtexSyntaxError

print("pybtex", version("pybtex"))
twice = "@misc{a, year = 1}\n@misc{b, year = 1}\n@misc{a, year = 2}\n@misc{b, year = 2}\n"
try:
    parse_string(twice, "bibtex")
except BibliographyDataError as error:
    told = str(error)
print("repeated:", told)
try:
    parse_string("@misc{a, year = 1}\n@misc{b, year 1}\n", "bibtex")
except PybtexSyntaxError as error:
    syntax = str(error)
print("syntax:", syntax)
assert "line 2" in syntax and "line" not in told and "b" not in told.split(), "this has changed"
PYTHON
venv/bin/python look.py 2>&1
