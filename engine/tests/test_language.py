"""The words of the engine can be in any language: all are in its catalogues, and none is written past them."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path
from symtable import SymbolTable, symtable

import pytest
from annotated_reading.language import LOCALE
from babel.messages.extract import extract_from_dir
from babel.messages.frontend import parse_mapping_cfg
from babel.messages.jslexer import tokenize

ENGINE = LOCALE.parent
CONFIG = Path(__file__).parents[1] / "babel.cfg"

KEYWORDS = {"_": None, "N_": None, "say": None, "ngettext": (1, 2)}


@pytest.fixture(scope="module")
def messages() -> set[str]:
    """Every message of the engine, as the program finds them that makes the catalogues."""
    with CONFIG.open() as file:
        methods, options = parse_mapping_cfg(file)  # type: ignore[no-untyped-call]
    found = extract_from_dir(str(ENGINE), methods, options, KEYWORDS)
    return {one for _file, _line, said, *_ in found for one in ([said] if isinstance(said, str) else said)}


def calls(tree: ast.AST) -> Iterator[ast.Call]:
    """The calls of what makes a message."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in KEYWORDS:
            yield node


@pytest.mark.parametrize("module", sorted(ENGINE.rglob("*.py")), ids=lambda path: path.relative_to(ENGINE).as_posix())
def test_every_message_of_a_module_is_found(module: Path, messages: set[str]) -> None:
    """A word within another string would never be translated: the program that makes catalogues does not see it."""
    tree = ast.parse(module.read_text("utf-8"))
    said = {one.value for call in calls(tree) for one in call.args if isinstance(one, ast.Constant)}
    assert {one for one in said if isinstance(one, str)} - messages == set()


def scopes(table: SymbolTable) -> Iterator[SymbolTable]:
    """A scope and all within it."""
    yield table
    for within in table.get_children():
        yield from scopes(within)


@pytest.mark.parametrize("module", sorted(ENGINE.rglob("*.py")), ids=lambda path: path.relative_to(ENGINE).as_posix())
def test_no_scope_takes_the_name_of_what_translates(module: Path) -> None:
    """A function that throws a value away as `_` and then wants a word would fail on the page that needs it."""
    table = symtable(module.read_text("utf-8"), module.name, "exec")
    names = [one.lookup("_") for one in scopes(table) if one.get_type() == "function" and "_" in one.get_identifiers()]
    assert not [name for name in names if name.is_local() and name.is_referenced()]


@pytest.mark.parametrize(
    "script",
    [path for path in sorted((ENGINE / "static").rglob("*.js")) if ".min." not in path.name],
    ids=lambda path: path.name,
)
def test_a_script_has_no_words_of_its_own(script: Path) -> None:
    """A button would be in English on a page in another language."""
    tokens = [one for one in tokenize(script.read_text("utf-8")) if one.type != "linecomment"]
    strings = [
        one.value.strip("\"'`")
        for before, one in zip([None, None, *tokens], tokens, strict=False)
        if one.type in ("string", "template_string") and not (before and before.value == "say")
    ]
    plain = [re.sub(r"\$\{[^}]*\}", "", one) for one in strings if not re.search(r"[\[\]#=<>/\n]|^[:(]", one)]
    words = re.compile(r"[A-Z][a-z]+|.*[A-Za-z]{2,}:? [a-z]{2,}.*")
    assert [one for one in plain if words.fullmatch(one) and one not in ("Escape", "data set", "use strict")] == []
    declared = re.findall(r"(?:function|const|let|class) say\b.*", script.read_text("utf-8"))
    assert script.name == "words.js" or declared in ([], ["const say = globalThis.annotatedReadingSay;"])
