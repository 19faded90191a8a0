"""How `make lab` opens and saves the chapters."""

import sys
from pathlib import Path

from jupyter_server.services.contents.largefilemanager import AsyncLargeFileManager
from tornado.web import HTTPError

sys.path.insert(0, str(Path(__file__).parent))
sys.path.insert(0, str(Path(__file__).parents[2] / "engine" / "src"))

from annotated_reading.ledger.read import read_ledger
from annotated_reading.ledger.table import TableError
from boxes import take_back, write_out

from chapters import keep

DATA = Path(__file__).parents[2] / "data"


class ChapterManager(AsyncLargeFileManager):  # type: ignore[misc]  # jupyter_server is not in the environment of the tests
    """Files as they are on disk, but that chapters are written out and keep their words."""

    async def _read_file(self, os_path: str, format: str | None, raw: bool = False) -> tuple[object, ...]:
        """Read a file; where the tables are broken, JupyterLab says where."""
        content, *rest = await super()._read_file(os_path, format, raw)
        if isinstance(content, str) and os_path.endswith(".md"):
            try:
                content = write_out(content, read_ledger(DATA))
            except TableError as error:
                raise HTTPError(500, str(error)) from error
        return content, *rest

    async def _save_file(self, os_path: str, content: str, format: str) -> None:
        """Save a file."""
        path = Path(os_path)
        if format == "text" and path.suffix == ".md" and path.is_file():
            content = keep(path.read_text("utf-8"), take_back(content))
        await super()._save_file(os_path, content, format)


c = get_config()  # type: ignore[name-defined]  # noqa: F821
c.ServerApp.contents_manager_class = ChapterManager  # jupytext makes its own of it
c.LabApp.check_for_updates_class = "jupyterlab.handlers.announcements.NeverCheckForUpdate"
c.LabApp.news_url = None
