"""A web site on loopback that does what it is told, and counts what it was asked."""

from __future__ import annotations

import gzip
import threading
from collections.abc import Callable, Generator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

Reply = tuple[int, Mapping[str, str], bytes]


@dataclass
class Site:
    """Pages by path; a callable is given the headers asked with."""

    pages: dict[str, Reply | Callable[[Mapping[str, str]], Reply]] = field(default_factory=dict)  # pyright: ignore[reportUnknownVariableType]
    asked: list[tuple[str, Mapping[str, str]]] = field(default_factory=list)  # pyright: ignore[reportUnknownVariableType]
    port: int = 0

    @property
    def root(self) -> str:
        """The address of the site."""
        return f"http://127.0.0.1:{self.port}"

    def paths(self) -> list[str]:
        """What was asked for but robots.txt, in order."""
        return [path for path, _ in self.asked if path != "/robots.txt"]

    def page(self, path: str, body: bytes | str, kind: str = "text/html; charset=utf-8", **headers: str) -> None:
        """Put a page there; `etag=…` and the like are headers, a known tag is answered with 304."""
        data = body.encode() if isinstance(body, str) else body
        told = {"Content-Type": kind, **{name.replace("_", "-"): value for name, value in headers.items()}}

        def reply(given: Mapping[str, str]) -> Reply:
            if "etag" in headers and given.get("if-none-match") == headers["etag"]:
                return 304, told, b""
            return 200, told, data

        self.pages[path] = reply

    def packed(self, path: str, body: bytes) -> None:
        """A page sent compressed."""
        self.pages[path] = 200, {"Content-Encoding": "gzip", "Content-Type": "text/plain"}, gzip.compress(body)


@contextmanager
def served() -> Generator[Site]:
    """A site that answers while the context lasts."""
    site = Site()

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            given = {name.lower(): value for name, value in self.headers.items()}
            site.asked.append((self.path, given))
            page = site.pages.get(self.path, (404, {}, b""))
            status, headers, body = page(given) if callable(page) else page
            self.send_response(status)
            for name, value in headers.items():
                self.send_header(name, value)
            if status != 304:
                self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, format: str, *args: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    site.port = server.server_address[1]
    threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True).start()
    try:
        yield site
    finally:
        server.shutdown()
        server.server_close()
