"""Serves a folder as a site would be served, at a free port of this machine."""

from __future__ import annotations

import threading
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

#: The policy that the site must run under.
POLICY = "default-src 'self'; object-src 'none'; base-uri 'none'; frame-ancestors 'none'"


class _Quiet(SimpleHTTPRequestHandler):
    def end_headers(self) -> None:
        """Send the policy with every file."""
        self.send_header("Content-Security-Policy", POLICY)
        super().end_headers()

    def log_message(self, *args: object) -> None:
        """Say nothing of requests that went well."""


class Served:
    """A folder and the address at which it is served, until that is stopped."""

    def __init__(self, folder: Path) -> None:
        """Serve what is, or will be, in a folder."""
        self.folder = folder
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), partial(_Quiet, directory=folder))
        self.address = f"http://127.0.0.1:{self._server.server_port}/"
        threading.Thread(target=self._server.serve_forever, daemon=True).start()

    def stop(self) -> None:
        """Let the address lead nowhere."""
        self._server.shutdown()
        self._server.server_close()
