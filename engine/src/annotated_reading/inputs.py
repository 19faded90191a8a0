"""Which tables a notebook reads, so that it runs again when one of them changes.

jupyter-cache knows a notebook by its code alone, and Sphinx knows nothing of what the code reads.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable
from pathlib import Path
from typing import cast

from jupyter_cache import get_cache
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment

from annotated_reading.domain import ClaimDomain


def fingerprint(source: Path, data: Path) -> str:
    """A fingerprint of the data files that a notebook names in its source; nothing for a page without code."""
    text = source.read_text("utf-8")
    if "{code-cell}" not in text:
        return ""
    found = hashlib.sha256()
    for file in sorted(path for path in data.iterdir() if path.is_file()):
        if re.search(rf"\b{re.escape(file.name)}\b", text):
            found.update(file.name.encode() + file.read_bytes())
    return found.hexdigest()


def _changed(env: BuildEnvironment, docname: str) -> bool:
    domain = cast(ClaimDomain, env.get_domain("claim"))
    known: str = domain.data["inputs"].get(docname, "")
    return known != fingerprint(Path(env.doc2path(docname)), domain.ledger.folder)


def outdated_notebooks(
    app: Sphinx, env: BuildEnvironment, added: set[str], changed: set[str], removed: set[str]
) -> Iterable[str]:
    """The notebooks that read a table which has changed."""
    return [docname for docname in env.all_docs if docname in env.found_docs and _changed(env, docname)]


def forget_outputs(app: Sphinx, env: BuildEnvironment, docnames: list[str]) -> None:
    """Take what is about to be read and reads other tables than before out of the cache of executed notebooks."""
    folder = Path(app.config.nb_execution_cache_path or Path(app.outdir).parent / ".jupyter_cache")
    stale = {str(Path(env.doc2path(docname)).resolve()) for docname in docnames if _changed(env, docname)}
    if not stale or not folder.is_dir():
        return
    cache = get_cache(str(folder))
    for record in cache.list_cache_records():
        if str(Path(record.uri).resolve()) in stale:
            cache.remove_cache(record.pk)


def note_inputs(app: Sphinx, docname: str, source: list[str]) -> None:
    """Note which tables a document reads, as they are now."""
    domain = cast(ClaimDomain, app.env.get_domain("claim"))
    domain.data["inputs"][docname] = fingerprint(Path(app.env.doc2path(docname)), domain.ledger.folder)


def setup(app: Sphinx) -> None:
    """Follow the tables that notebooks read."""
    app.connect("env-get-outdated", outdated_notebooks)
    app.connect("env-before-read-docs", forget_outputs)
    app.connect("source-read", note_inputs)
