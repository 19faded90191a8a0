#!/usr/bin/env bash
# A described table may be split by semicolons: Frictionless guesses how a CSV file is divided, and calls it valid.
# The descriptor names no dialect, so by the specification the delimiter is a comma, and whoever reads the file so finds
# one column. With the dialect written into the descriptor, the same file is refused.
# https://specs.frictionlessdata.io/csv-dialect/ (defaults)
set -euo pipefail
folder=$(mktemp -d); trap 'rm -r "$folder"' EXIT
cd "$folder"
python3 -m venv venv
venv/bin/python -m pip install --quiet --disable-pip-version-check frictionless==5.21.0
cat >look.py <<'PYTHON'
import csv
from importlib.metadata import version
from pathlib import Path

from frictionless import Package

print("frictionless", version("frictionless"))
Path("polls.csv").write_text("answer;percent\nin favour;66\nagainst;11\n")
fields = [{"name": "answer", "type": "string"}, {"name": "percent", "type": "integer", "constraints": {"required": True}}]
table = {"name": "polls", "path": "polls.csv", "schema": {"fields": fields}}
guessed = Package({"name": "p", "resources": [table]}).validate().valid
told = Package({"name": "p", "resources": [{**table, "dialect": {"csv": {"delimiter": ","}}}]}).validate().valid
columns = next(csv.reader(Path("polls.csv").open()))
print("valid without a dialect:", guessed)
print("valid with the comma written down:", told)
print("columns of a reader that takes the default:", columns)
assert (guessed, told, len(columns)) == (True, False, 1), "this has changed"
PYTHON
venv/bin/python look.py 2>&1
