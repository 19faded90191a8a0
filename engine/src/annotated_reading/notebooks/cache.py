"""Runs the notebooks of a book in parallel, and each only when its code, a table that it reads or a library changed.

jupyter-cache, from which myst-nb takes outputs, knows a notebook by its code alone. So before Sphinx reads the
documents, every notebook among them whose outputs are not in that cache, or are there of other tables, is run and put
into it. Which tables a notebook reads is seen while it runs.
"""

import asyncio
import hashlib
import os
import re
import sys
from collections.abc import Iterable, Mapping
from contextlib import suppress
from functools import cache
from importlib.metadata import PackageNotFoundError, distribution, packages_distributions, version
from pathlib import Path, PurePosixPath
from typing import Any, cast

from jupyter_cache import get_cache
from jupyter_cache.base import CacheBundleIn, JupyterCacheAbstract
from myst_nb.core.read import create_nb_reader
from myst_parser.config.main import TopmatterReadError, read_topmatter
from nbformat import NotebookNode, reads
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment
from sphinx.errors import SphinxError
from sphinx.util import logging

from annotated_reading.notebooks.running import CellError, run
from annotated_reading.pages.domain import claim_domain

logger = logging.getLogger(__name__)

_IMPORT = re.compile(r"^\s*(?:import|from)\s+(\w+)", re.MULTILINE)


class NotebookError(SphinxError):
    """A notebook that does not run; the build stops before it writes a page."""

    category = "A notebook does not run"


class ChapterError(SphinxError):
    """A chapter that cannot be read."""

    category = "A chapter cannot be read"


def read_notebook(env: BuildEnvironment, docname: str) -> NotebookNode | None:
    """The notebook that a document is, as myst-nb reads it; None for one that is none.

    Raises ChapterError for a file that is not in UTF-8, and for front matter with an impossible date.
    """
    path = env.doc2path(docname)
    raw = Path(path).read_bytes()
    settings = cast(Any, env)
    try:
        text = raw.decode("utf-8")
        read_topmatter(text)  # which MyST does too, and then does not say of which file
        reader = create_nb_reader(path, settings.myst_config, settings.mystnb_config, text)
        return cast(NotebookNode, reader.read(text)) if reader else None
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        raise ChapterError(f"{path}:{line}: found the byte {raw[error.start]:#x}, expected UTF-8") from error
    except (ValueError, TopmatterReadError) as error:
        raise ChapterError(f"{path}:1: found what is no YAML ({error}), expected front matter") from error


def executed_notebook(app: Sphinx, docname: str) -> NotebookNode | None:
    """The notebook that a document is, with its outputs; right after the document was read."""
    notebook = read_notebook(app.env, docname)
    if notebook is None:
        return None
    if _is_cached(app.env, docname, notebook):
        try:
            return cast(NotebookNode, _cache(app).merge_match_into_notebook(notebook)[1])
        except KeyError:
            return notebook
    # myst-nb writes there what it has run itself.
    written = Path(cast(Any, app.env).mystnb_config.output_folder, f"{docname}.ipynb")
    return reads(written.read_text("utf-8"), as_version=4) if written.is_file() else notebook


def run_notebooks(app: Sphinx, env: BuildEnvironment, docnames: list[str]) -> None:
    """Run the notebooks among these documents whose outputs are not known, and note the tables that each has read.

    Raises NotebookError, which names the chapter and the cell of each that fails, warns or takes too long.
    """
    inputs, data = claim_domain(env).inputs, claim_domain(env).ledger.folder
    read = {docname: read_notebook(env, docname) for docname in docnames}
    notebooks = {name: notebook for name, notebook in read.items() if notebook and _is_cached(env, name, notebook)}
    inputs.update({docname: {} for docname in docnames if docname not in notebooks})
    if not notebooks:
        return
    store = _cache(app)
    known = {docname: _tables_of_run(store, notebook, data) for docname, notebook in notebooks.items()}
    inputs.update({docname: tables for docname, tables in known.items() if tables is not None})
    outdated = {docname: notebooks[docname] for docname, tables in known.items() if tables is None}
    failures = []
    for docname, result in asyncio.run(_run_all(app, outdated, data)).items():
        if isinstance(result, CellError):
            failures.append((_place(env, docname, notebooks[docname], result.cell), result))
        else:
            inputs[docname] = {name: _digest(data / name) for name in result}
            _keep(store, env.doc2path(docname), notebooks[docname], inputs[docname])
    if failures:
        details = [f"{place}:\n{failure.details}" for place, failure in failures if failure.details]
        reasons = "\n".join(f"{place}: {failure.reason}" for place, failure in failures)
        raise NotebookError("\n\n".join([*details, reasons]))


async def _run_all(
    app: Sphinx, notebooks: Mapping[str, NotebookNode], data: Path
) -> dict[str, tuple[str, ...] | CellError]:
    """Run notebooks in parallel; what is said of each is the tables that it has read, or how it failed."""
    settings = cast(Any, app.env).mystnb_config
    quiet = settings.output_stderr in ("error", "severe")
    turn = asyncio.Semaphore(os.cpu_count() or 1)

    async def attempt(docname: str, notebook: NotebookNode) -> tuple[str, ...] | CellError:
        if not _code(notebook):
            return ()
        folder = Path(app.env.doc2path(docname)).parent
        async with turn:
            try:
                return await run(notebook, folder, data, timeout=settings.execution_timeout, quiet=quiet)
            except CellError as error:
                return error

    if notebooks:
        logger.info("running %d notebooks ...", sum(bool(_code(notebook)) for notebook in notebooks.values()))
    results = await asyncio.gather(*(attempt(docname, notebook) for docname, notebook in notebooks.items()))
    return dict(zip(notebooks, results, strict=True))


def _place(env: BuildEnvironment, docname: str, notebook: NotebookNode, cell: int) -> str:
    """The file of a document, and the line of a cell where it is text."""
    lines = notebook.metadata.get("source_map", ())
    return f"{env.doc2path(docname)}:{lines[cell]}" if cell < len(lines) else env.doc2path(docname)


def _keep(store: JupyterCacheAbstract, path: str, notebook: NotebookNode, tables: Mapping[str, str]) -> None:
    """Put a notebook with its outputs into the cache, and what they depend on beside its code."""
    known = {"tables": tables, "libraries": libraries(notebook)}
    store.cache_notebook_bundle(CacheBundleIn(notebook, path, data=known), check_validity=False, overwrite=True)


def _tables_of_run(store: JupyterCacheAbstract, notebook: NotebookNode, folder: Path) -> dict[str, str] | None:
    """The tables that a notebook has read, each with its fingerprint; None where it has to run."""
    try:
        known = store.match_cache_notebook(notebook).data
    except KeyError:
        return None
    if "tables" not in known or known.get("libraries") != libraries(notebook) or _changed(known["tables"], folder):
        return None
    return cast("dict[str, str]", known["tables"])


def _changed(tables: Mapping[str, str], folder: Path) -> bool:
    return any(known != _digest(folder / name) for name, known in tables.items())


def _digest(file: Path) -> str:
    return hashlib.sha256(file.read_bytes()).hexdigest() if file.is_file() else ""


def libraries(notebook: NotebookNode) -> dict[str, str]:
    """The libraries that a notebook imports, each with its version."""
    modules = sorted(set(_IMPORT.findall(_code(notebook))) - sys.stdlib_module_names)
    return {library: version(library) for module in modules for library in _distributions_of(module)}


def _code(notebook: NotebookNode) -> str:
    return "\n".join(cell.source for cell in notebook.cells if cell.cell_type == "code")


@cache
def _distributions_of(module: str) -> list[str]:
    """What was installed to have a module: mostly what has its name. To look through all that is installed is slow."""
    with suppress(PackageNotFoundError):
        return [distribution(module).metadata["Name"]]
    return sorted(packages_distributions().get(module, ()))


def _is_cached(env: BuildEnvironment, docname: str, notebook: NotebookNode) -> bool:
    """Whether myst-nb takes the outputs of a document from the cache."""
    settings = cast(Any, env).mystnb_config
    mode = notebook.metadata.get(settings.metadata_key, {}).get("execution_mode", settings.execution_mode)
    path = PurePosixPath(Path(env.doc2path(docname)).as_posix())
    return mode == "cache" and not any(path.match(pattern) for pattern in settings.execution_excludepatterns)


def _cache(app: Sphinx) -> JupyterCacheAbstract:
    return get_cache(cast(Any, app.env).mystnb_config.execution_cache_path or ".jupyter_cache")


def outdated_notebooks(app: Sphinx, env: BuildEnvironment, *_: object) -> Iterable[str]:
    """The notebooks that read a table which has changed."""
    inputs, folder = claim_domain(env).inputs, claim_domain(env).ledger.folder
    return [docname for docname in inputs if docname in env.found_docs and _changed(inputs[docname], folder)]
