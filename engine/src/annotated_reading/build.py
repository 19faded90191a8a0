"""`python -m annotated_reading.build FOLDER` builds a book by Jupyter Book, and says last what is wrong with it.

Jupyter Book ends a build that failed with a traceback of its own, 40 lines below the message. Here the message is the
last line, and a warning is an error. The settings and the table of contents are checked first, since what is wrong with
them shows itself late, if at all: a misspelt setting has no effect, and a page that is not there makes a dozen warnings
of others.
"""

import errno
import io
import re
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import redirect_stderr
from itertools import takewhile
from pathlib import Path
from typing import Any

import yaml
from jupyter_book.cli.main import main as jupyter_book
from jupyter_book.config import get_validator
from sphinx.errors import SphinxError
from sphinx_external_toc.parsing import MalformedError, parse_toc_yaml

#: What Jupyter Book reads of _config.yml and its own description of that file leaves out.
_UNDESCRIBED = {"only_build_toc_files", "html.home_page_in_navbar", "html.use_multitoc_numbering"}

#: What MyST says of a directive without content that has some, and what an author has to know.
_UNCLEAR = (
    "Has content, but none permitted",
    "found content, expected its end: close it by colons in the next line; it knows no options",
)

#: What is wrong with a place that refers to something which another fault has kept from a page.
_CONSEQUENCE = re.compile("target not found|no page prints")

#: What no change of the book mends: a disk without room, and files that may not be read or written.
_OUTSIDE = {errno.EACCES, errno.EDQUOT, errno.EFBIG, errno.ENOSPC, errno.EPERM, errno.EROFS}

_COLOUR = re.compile(r"\x1b\[[0-9;]*m")


def build(folder: Path) -> list[str]:
    """Build the book of a folder into its `_build`; what is wrong with it, a line each, empty if nothing is."""
    faults = [*_checked(_settings, folder / "_config.yml"), *_checked(_contents, folder / "_toc.yml")]
    if faults:
        return [fault.replace(f"{folder}/", "") for fault in faults]
    said = io.StringIO()
    try:
        with redirect_stderr(said):
            jupyter_book(["build", str(folder), "-W", "-n", "--keep-going"], standalone_mode=False)
    except SystemExit as stopped:
        return _lines(said.getvalue(), folder) or [f"the build ended with {stopped.code}"]
    except Exception as error:
        for outside in _causes(error):
            if isinstance(outside, OSError) and outside.errno in _OUTSIDE:
                where = f"{outside.filename or folder}: {outside.strerror}"
                return [f"{where}, expected room on the disk and the right to write"]
        cause = error.__cause__ or error
        told = _lines(said.getvalue(), folder)  # by Sphinx; of an error that is not its own it says most, but not last
        return told if isinstance(cause, SphinxError) and told else [*told, f"{type(cause).__name__}: {cause}"]
    return []


def _causes(error: BaseException | None) -> Iterator[BaseException]:
    """An error, and what it was raised from or in the face of."""
    while error:
        yield error
        error = error.__cause__ or error.__context__


def _lines(said: str, folder: Path) -> list[str]:
    """What was said on standard error, each line once, with paths as they are seen from the book's folder.

    What mostly follows from something else comes first, so that the cause is near the end.
    """
    plain = _COLOUR.sub("", said).replace(f"{folder}/", "").replace(*_UNCLEAR)
    lines = dict.fromkeys(line for line in plain.splitlines() if line.strip())
    return sorted(lines, key=lambda line: _CONSEQUENCE.search(line) is None)


def _checked(check: Callable[[Path], Iterator[str]], file: Path) -> list[str]:
    """What a check finds wrong with a file, or that it is not there or no YAML."""
    try:
        return list(check(file))
    except FileNotFoundError:
        return [f"{file}: expected this file to exist"]
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        mark = getattr(error, "problem_mark", None)
        row = f", row {mark.line + 1}" if mark else ""
        return [f"{file}{row}: expected YAML in UTF-8 ({getattr(error, 'problem', None) or error})"]


def _settings(file: Path) -> Iterator[str]:
    """What is wrong with the settings, such as a name that Jupyter Book does not know."""
    settings = yaml.safe_load(file.read_text("utf-8"))
    validator = get_validator()
    for wrong in validator.iter_errors(settings):
        yield f"{file.name}, {'.'.join(map(str, wrong.absolute_path))}: {wrong.message}"
    if isinstance(settings, dict):
        yield from _unknown(file.name, settings, validator.schema, "")


def _unknown(name: str, settings: Mapping[str, Any], schema: Mapping[str, Any], within: str) -> Iterator[str]:
    """The settings that a schema does not name; those of Sphinx itself are checked by Sphinx."""
    known = schema.get("properties", {})
    for key, value in settings.items():
        path = f"{within}{key}"
        if known and key not in known and path not in _UNDESCRIBED:
            yield f"{name}, {path}: found a setting that Jupyter Book does not know, expected one of {', '.join(known)}"
        elif isinstance(value, dict) and path != "sphinx.config":
            yield from _unknown(name, value, known.get(key, {}), f"{path}.")


def _contents(file: Path) -> Iterator[str]:
    """What is wrong with the table of contents, such as a page without a file."""
    faults = list(_pages(file, yaml.compose(file.read_text("utf-8"))))
    yield from faults
    try:
        if not faults:
            parse_toc_yaml(file)
    except MalformedError as error:
        yield f"{file.name}: {error}"


def _pages(file: Path, root: yaml.Node | None) -> Iterator[str]:
    """What is wrong with the pages that a table of contents names."""
    seen: dict[str, int] = {}
    for key, value in _pairs(root):
        if key in ("file", "root"):
            line = value.start_mark.line + 1
            page = value.value
            paths = [file.parent / f"{page}{ending}" for ending in ("", ".md", ".ipynb", ".rst")]
            found = next((path for path in paths if path.is_file()), None)
            if not found:
                yield f"{file.name}, row {line}, {key}: found {page!r}, expected a page that has a file"
            elif page in seen:
                yield f"{file.name}, row {line}, {key}: found {page!r}, expected a page once; row {seen[page]} has it"
            elif found.suffix == ".md":
                yield from _checked(_front_matter, found)
            seen.setdefault(page, line)


def _front_matter(page: Path) -> Iterator[str]:
    """Nothing; raises what is wrong with the YAML at the head of a page, of which MyST says no more than that."""
    first, *lines = page.read_text("utf-8").split("\n")
    if first.startswith("---"):
        yaml.safe_load("\n".join(["", *takewhile(lambda line: not line.startswith(("---", "...")), lines)]))
    return iter(())


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


def main() -> int:
    """Build, and print what is wrong."""
    faults = build(Path(sys.argv[1] if len(sys.argv) > 1 else ".").resolve())
    for fault in faults:
        print(fault, file=sys.stderr)
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
