"""The configuration of the web server sends what its README promises."""

import http.client
import os
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing
from email.message import Message
from typing import NamedTuple

import pytest
from conftest import ROOT, SITE

CADDY = shutil.which("caddy")
pytestmark = pytest.mark.skipif(
    CADDY is None, reason="Caddy is not here: install it with this system's package manager"
)

POLICY = "default-src 'self'; object-src 'none'; base-uri 'none'; frame-ancestors 'none'"


class Answer(NamedTuple):
    """What a server answered."""

    status: int
    headers: Message
    body: bytes


class Server:
    """A running server, to ask for things."""

    def __init__(self, port: int) -> None:
        """At a port of this machine."""
        self.port = port

    def ask(self, path: str, method: str = "GET", **headers: str) -> Answer:
        """The answer to a request, whose path is sent as it is written."""
        with closing(http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)) as connection:
            connection.request(method, path, headers={name.replace("_", "-"): value for name, value in headers.items()})
            answer = connection.getresponse()
            return Answer(answer.status, answer.headers, answer.read())


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """The book's site, compressed, with a not-found page and a hidden file, behind the server."""
    site = tmp_path_factory.mktemp("server") / "site"
    shutil.copytree(SITE, site, ignore=shutil.ignore_patterns("c", "cite", "figures"))
    (site / "404.html").write_text("<!doctype html><title>Not found</title>", "utf-8")
    (site / ".hidden").write_text("hidden", "utf-8")
    subprocess.run([sys.executable, ROOT / "tools" / "compress.py", site], check=True, stdout=subprocess.DEVNULL)
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    assert CADDY is not None
    command = [CADDY, "run", "--adapter", "caddyfile", "--config", str(ROOT / "environments" / "server" / "Caddyfile")]
    setting = {**os.environ, "BOOK_HOST": f"http://127.0.0.1:{port}", "BOOK_SITE": str(site)}
    with subprocess.Popen(command, env=setting, stderr=subprocess.DEVNULL) as running:
        for _ in range(600):
            with socket.socket() as there:
                if there.connect_ex(("127.0.0.1", port)) == 0:
                    break
            time.sleep(0.1)
        yield Server(port)
        running.terminate()


@pytest.mark.parametrize("path", ["/", "/chapters/reading/washington.html", "/data/claims.csv", "/nowhere.html"])
def test_the_policy_is_sent_with_everything(server: Server, path: str) -> None:
    """A script of another host could run in a page."""
    answer = server.ask(path)
    assert answer.headers.get("Content-Security-Policy") == POLICY
    assert answer.headers.get("X-Content-Type-Options") == "nosniff"


@pytest.mark.parametrize("way", ["br", "gzip"])
def test_pages_are_sent_compressed(server: Server, way: str) -> None:
    """A phone would load four times as much."""
    page = SITE / "chapters" / "reading" / "washington.html"
    answer = server.ask("/chapters/reading/washington.html", Accept_Encoding=way)
    assert answer.headers.get("Content-Encoding") == way
    assert "Accept-Encoding" in (answer.headers.get("Vary") or "")
    assert len(answer.body) < page.stat().st_size / 2


def test_what_has_a_digest_is_kept_and_all_else_asked_for(server: Server) -> None:
    """A reader would load everything again on each page, or read a page of last year."""
    kept = server.ask("/_static/annotated-reading.css?v=1").headers.get("Cache-Control")
    assert kept == "public, max-age=31536000, immutable"
    for path in ("/_static/annotated-reading.css", "/index.html", "/data/claims.csv"):
        answer = server.ask(path)
        assert answer.headers.get("Cache-Control") == "no-cache"
        again = server.ask(path, If_None_Match=answer.headers.get("Etag") or "")
        assert again.status == 304


def test_parts_of_files_are_sent(server: Server) -> None:
    """A download that broke off would begin anew."""
    answer = server.ask("/data/claims.csv", Range="bytes=0-9")
    assert (answer.status, answer.body) == (206, (SITE / "data" / "claims.csv").read_bytes()[:10])


def test_a_page_that_is_not_there_is_answered_by_the_books_own(server: Server) -> None:
    """A broken link of a syllabus would end on an empty page."""
    answer = server.ask("/us-5-2")
    assert (answer.status, b"Not found" in answer.body) == (404, True)


ODD = [
    "/.hidden",
    "/index.html.br",
    "/data/.hidden",
    "/../../../../../../etc/hostname",
    "/%2e%2e/%2e%2e/%2e%2e/%2e%2e/%2e%2e/etc/hostname",
    "/data/..%2f..%2fREADME.md",
    "/index.html/",
    "/chapters/",
]


@pytest.mark.parametrize("path", ODD)
def test_nothing_but_the_site_is_read(server: Server, path: str) -> None:
    """Files beside the site could be read, or lists of files seen."""
    assert server.ask(path).status in (308, 400, 404)


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "OPTIONS"])
def test_a_site_is_only_read(server: Server, method: str) -> None:
    """What no page does is answered as if it had been done."""
    assert server.ask("/index.html", method).status == 405


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("/data/claims.csv", "text/csv"),
        ("/chapters/reading/seoul.ipynb", "application/x-ipynb+json"),
        ("/exports/annotations.jsonld", "application/ld+json"),
    ],
)
def test_programs_get_the_kind_of_each_file(server: Server, path: str, kind: str) -> None:
    """A program would take a table for a page, and a browser of another site could not read it."""
    answer = server.ask(path)
    assert (answer.headers.get("Content-Type") or "").startswith(kind)
    assert answer.headers.get("Access-Control-Allow-Origin") == "*"


def test_a_program_that_knows_no_compression_is_served(server: Server) -> None:
    """A small program would read bytes that mean nothing to it."""
    answer = server.ask("/index.html", Accept_Encoding="identity")
    assert answer.headers.get("Content-Encoding") is None
    assert answer.body == (SITE / "index.html").read_bytes()
