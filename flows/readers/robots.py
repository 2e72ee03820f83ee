"""What the sites themselves allow: robots.txt, read once a run and site (RFC 9309)."""

from __future__ import annotations

from collections.abc import Callable
from threading import Lock
from urllib.parse import urlsplit

MAX_BYTES = 512 << 10
MAX_DELAY = 60.0

Fetch = Callable[[str], tuple[int, bytes]]
"""The status and body of an address."""


class Rules:
    """What one site allows whom."""

    def __init__(self, status: int, body: bytes) -> None:
        """From the answer to `/robots.txt`: none there (4xx, endless redirects) allows all, a site in trouble nothing."""
        self.are_told = status == 200
        self._allows_all = 300 <= status < 500
        self._parsed = None
        if self.are_told:
            from protego import Protego

            self._parsed = Protego.parse(body.decode("utf-8", "replace"))

    def allow(self, url: str, agent: str) -> bool:
        """Whether `agent` may ask for an address."""
        return self._parsed.can_fetch(url, agent) if self._parsed is not None else self._allows_all

    def delay(self, agent: str) -> float:
        """Seconds the site wants between two requests, at most a minute; 0 where it says nothing."""
        wanted = self._parsed.crawl_delay(agent) if self._parsed is not None else None
        return min(MAX_DELAY, float(wanted or 0))


class Robots:
    """The rules of every site asked in this run."""

    def __init__(self) -> None:
        """Knows no site yet."""
        self._known: dict[str, Rules] = {}
        self._lock = Lock()

    def of(self, url: str, fetch: Fetch) -> Rules:
        """The rules of the site an address belongs to, fetched where they are not known yet."""
        parts = urlsplit(url)
        site = f"{parts.scheme}://{parts.netloc}"
        with self._lock:
            rules = self._known.get(site)
        if rules is None:
            status, body = fetch(f"{site}/robots.txt")
            rules = Rules(status, body[:MAX_BYTES])
            with self._lock:
                self._known[site] = rules
        return rules
