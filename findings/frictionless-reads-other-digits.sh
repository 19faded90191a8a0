#!/usr/bin/env bash
# An integer of a Table Schema may have underscores or the digits of another script: Frictionless takes both for numbers
# and calls the table valid, while pandas reads the same column as text, so that a chart sorts it by letters.
# The specification asks for the lexical form of XML Schema, which has neither.
# https://specs.frictionlessdata.io/table-schema/#integer
set -euo pipefail
folder=$(mktemp -d); trap 'rm -r "$folder"' EXIT
cd "$folder"
python3 -m venv venv
venv/bin/python -m pip install --quiet --disable-pip-version-check frictionless==5.21.0 pandas==3.0.0
cat >look.py <<'PYTHON'
from importlib.metadata import version
from pathlib import Path

import pandas
from frictionless import Package

print("frictionless", version("frictionless"), "pandas", version("pandas"))
Path("votes.csv").write_text("unit,votes\nSeoul,2_619_497\nBusan,٩٤٠٤٦٩\n", "utf-8")
fields = [{"name": "unit", "type": "string"}, {"name": "votes", "type": "integer"}]
package = Package({"name": "p", "resources": [{"name": "votes", "path": "votes.csv", "schema": {"fields": fields}}]})
valid = package.validate().valid
votes = [row["votes"] for row in package.get_resource("votes").read_rows()]
read = pandas.read_csv("votes.csv")["votes"]
print("valid:", valid, votes)
print("pandas reads numbers:", pandas.api.types.is_numeric_dtype(read), list(read))
assert valid and votes == [2619497, 940469] and not pandas.api.types.is_numeric_dtype(read), "this has changed"
PYTHON
venv/bin/python look.py 2>&1
