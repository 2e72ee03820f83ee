"""What the sites themselves allow: robots.txt, read once a run and site (RFC 9309)."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future
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
        self.told = f"robots.txt of the site {'does not allow it' if self.are_told else f'answered {status}'}"
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
        self._asked: dict[str, Future[Rules]] = {}
        self._lock = Lock()

    def of(self, url: str, fetch: Fetch) -> Rules:
        """The rules of the site an address belongs to: whoever asks for them first fetches them, the others wait.

        Raises what `fetch` raises; the others then ask for themselves, as they may be on better terms.
        """
        parts = urlsplit(url)
        site, mine = f"{parts.scheme}://{parts.netloc}", Future[Rules]()
        with self._lock:
            asked = self._asked.setdefault(site, mine)
        if asked is not mine and asked.exception() is None:
            return asked.result()
        try:
            status, body = fetch(f"{site}/robots.txt")
            mine.set_result(Rules(status, body[:MAX_BYTES]))
        except BaseException as error:
            with self._lock:
                if self._asked.get(site) is mine:
                    del self._asked[site]
            mine.set_exception(error)
            raise
        with self._lock:
            self._asked[site] = mine
        return mine.result()
