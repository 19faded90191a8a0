"""`python -m annotated_reading.build FOLDER` builds a book by Jupyter Book, and says last what is wrong with it.

Jupyter Book ends a build that failed with a traceback of its own, 40 lines below the message. Here the message is the
last line, and a warning is an error. The settings and the table of contents are checked first, since what is wrong with
them shows itself late, if at all: a misspelt setting has no effect, and a page that is not there makes a dozen warnings
of others.
"""

from __future__ import annotations

import io
import json
import re
import sys
from collections.abc import Iterator, Mapping
from contextlib import redirect_stderr
from importlib.resources import files
from pathlib import Path
from typing import Any

import yaml
from jupyter_book.cli.main import main as jupyter_book
from sphinx.errors import SphinxError

#: What Jupyter Book reads of _config.yml and its own description of that file leaves out.
_UNDESCRIBED = {"only_build_toc_files", "html.home_page_in_navbar", "html.use_multitoc_numbering"}

_COLOUR = re.compile(r"\x1b\[[0-9;]*m")


def build(folder: Path) -> list[str]:
    """Build the book of a folder into its `_build`; what is wrong with it, a line each, empty if nothing is."""
    faults = [*_settings(folder / "_config.yml"), *_contents(folder)]
    if faults:
        return faults
    said = io.StringIO()
    try:
        with redirect_stderr(said):
            jupyter_book(["build", str(folder), "-W", "-n", "--keep-going"], standalone_mode=False)
    except SystemExit as stopped:
        return _lines(said.getvalue(), folder) or [f"the build ended with {stopped.code}"]
    except Exception as error:
        cause = error.__cause__ or error
        told = _lines(said.getvalue(), folder)  # by Sphinx; of an error that is not its own it says most, but not last
        return told if isinstance(cause, SphinxError) and told else [*told, f"{type(cause).__name__}: {cause}"]
    return []


def _lines(said: str, folder: Path) -> list[str]:
    """What was said on standard error, each line once, with paths as they are seen from the book's folder."""
    plain = _COLOUR.sub("", said).replace(f"{folder}/", "")
    return list(dict.fromkeys(line for line in plain.splitlines() if line.strip()))


def _settings(file: Path) -> Iterator[str]:
    """What is wrong with the settings: no file, no YAML, or a name that Jupyter Book does not know."""
    if not file.is_file():
        yield f"{file.name}: expected this file to exist"
        return
    try:
        said = yaml.safe_load(file.read_text("utf-8"))
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        yield _yaml_fault(file, error)
        return
    schema = json.loads(files("jupyter_book").joinpath("config_schema.json").read_text("utf-8"))
    yield from _unknown(file.name, said or {}, schema, "")


def _unknown(name: str, said: Mapping[str, Any], schema: Mapping[str, Any], within: str) -> Iterator[str]:
    """The settings that a schema does not name; those of Sphinx itself are checked by Sphinx."""
    known = schema.get("properties", {})
    for key, value in said.items():
        path = f"{within}{key}"
        if known and key not in known and path not in _UNDESCRIBED:
            yield f"{name}, {path}: found a setting that Jupyter Book does not know, expected one of {', '.join(known)}"
        elif isinstance(value, dict) and path != "sphinx.config":
            yield from _unknown(name, value, known.get(key, {}), f"{path}.")


def _contents(folder: Path) -> Iterator[str]:
    """What is wrong with the table of contents: no file, no YAML, or a page without a file."""
    file = folder / "_toc.yml"
    if not file.is_file():
        yield f"{file.name}: expected this file to exist"
        return
    try:
        root = yaml.compose(file.read_text("utf-8"))
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        yield _yaml_fault(file, error)
        return
    seen: dict[str, int] = {}
    for key, value in _pairs(root):
        if key in ("file", "root"):
            line = value.start_mark.line + 1
            page = value.value
            if not any((folder / f"{page}{ending}").is_file() for ending in ("", ".md", ".ipynb", ".rst")):
                yield f"{file.name}, row {line}, {key}: found {page!r}, expected a page that has a file"
            elif page in seen:
                yield f"{file.name}, row {line}, {key}: found {page!r}, expected a page once; row {seen[page]} has it"
            seen.setdefault(page, line)
    if isinstance(root, yaml.MappingNode) and not {"root"} & {key.value for key, _ in root.value}:
        yield f"{file.name}: expected `root`, the first page"


def _pairs(node: yaml.Node | None) -> Iterator[tuple[str, yaml.ScalarNode]]:
    """Every key of a YAML document that has a single value, with that value."""
    if isinstance(node, yaml.SequenceNode):
        for item in node.value:
            yield from _pairs(item)
    elif isinstance(node, yaml.MappingNode):
        for key, value in node.value:
            if isinstance(value, yaml.ScalarNode):
                yield str(key.value), value
            yield from _pairs(value)


def _yaml_fault(file: Path, error: yaml.YAMLError | UnicodeDecodeError) -> str:
    """Where a file is no YAML, and why."""
    mark = getattr(error, "problem_mark", None)
    row = f", row {mark.line + 1}" if mark else ""
    return f"{file.name}{row}: expected YAML in UTF-8 ({getattr(error, 'problem', None) or error})"


def main() -> int:
    """Build, and print what is wrong."""
    faults = build(Path(sys.argv[1] if len(sys.argv) > 1 else ".").resolve())
    print("\n".join(faults), file=sys.stderr)
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
