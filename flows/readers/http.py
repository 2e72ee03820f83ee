"""Files of the web: one request, politely, within bounds, every hop checked. The body goes to disk as it comes."""

from __future__ import annotations

import random
import re
import ssl
import zlib
from collections.abc import Callable, Generator, Iterator, Mapping
from contextlib import closing
from dataclasses import dataclass, field
from datetime import UTC
from email.utils import parsedate_to_datetime
from functools import cache
from importlib.metadata import version
from itertools import count
from pathlib import Path
from threading import Event, Lock
from time import monotonic
from types import TracebackType
from urllib.parse import quote, urljoin, urlsplit, urlunsplit

import httpcore

from flows.readers.codings import Gunzip
from flows.readers.network import Address, CheckedBackend, Deadline, OutOfTime, RefusedAddress, resolved
from flows.readers.robots import MAX_BYTES as MAX_ROBOTS_BYTES
from flows.readers.robots import Robots, Rules
from flows.retrying import LATER
from flows.settings import now_utc

NAME = "wencang"
# Addresses of one host that fail in a row before it is thought to be down.
FAILING = 5
REDIRECTS = frozenset((301, 302, 303, 307, 308))
# Codings of content there are; sites also write charsets there (`utf-8`), or `none`.
ASKED_FOR = frozenset(("gzip", "x-gzip"))
CODINGS = ASKED_FOR | {"br", "compress", "dcb", "dcz", "deflate", "exi", "x-compress", "zstd"}
BROKEN = "its compression is broken"
_STRANGE = re.compile(r"[\x00-\x20\x7f\\]")
_SAFE = "/%:@!$&'()*+,;=~?-._"


class FetchFailed(Exception):
    """An address that gave nothing tonight; `status` is the answer's, 0 without one."""

    def __init__(
        self,
        detail: str,
        status: int = 0,
        *,
        wait: float | None = None,
        may_mend: bool | None = None,
        is_silent: bool = False,
    ) -> None:
        """`wait` are the seconds the site asks for; `may_mend`: whether another try makes sense, else by the status;
        `is_silent`: whether no answer came, or one that asks to wait, as it would for any address there.
        """
        super().__init__(detail)
        self.status, self.wait = status, wait
        self.may_mend = status in LATER if may_mend is None else may_mend
        self.is_silent = is_silent or (wait is not None and self.may_mend)


@dataclass(frozen=True, slots=True)
class Limits:
    """How much one address may cost."""

    body_bytes: int = 1 << 30
    ratio: int = 200
    harmless_bytes: int = 16 << 20
    seconds: float = 300.0
    step_seconds: float = 30.0
    attempts: int = 4
    redirects: int = 5
    longest_wait: float = 120.0


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back: the address it came from in the end, its headers in small letters, and the file, None for 304."""

    url: str
    status: int
    headers: Mapping[str, str]
    path: Path | None


class Hosts:
    """When each host may be asked again; shared by all who ask."""

    def __init__(self, clock: Callable[[], float] = monotonic, rest: Callable[[float], object] | None = None) -> None:
        """`clock` only runs forward, `rest` lets seconds pass; both are the machine's own by default."""
        self._stopped = Event()
        self.monotonic, self._rest = clock, rest or self._stopped.wait
        self._free: dict[str, float] = {}
        # Addresses of a host that failed one after the other though they might not have, and whether it said nothing.
        self._failed: dict[str, tuple[int, bool]] = {}
        self._lock = Lock()

    def take_turn(self, host: str, delay: float) -> None:
        """Wait until `host` may be asked; the next turn is `delay` seconds later. Raises FetchFailed."""
        with self._lock:
            start = max(self.monotonic(), self._free.get(host, 0.0))
            self._free[host] = start + delay
        if (wait := start - self.monotonic()) > 0:
            self.rest(wait)

    def note(self, host: str, failed: FetchFailed | None) -> None:
        """How an address of a host fared after all attempts."""
        with self._lock:
            if failed is None or not (failed.may_mend or failed.is_silent):
                self._failed.pop(host, None)
            else:
                self._failed[host] = self._failed.get(host, (0, False))[0] + 1, failed.is_silent

    def is_failing(self, host: str) -> bool:
        """Whether so many addresses failed that none is worth a second attempt, until one answers."""
        return self._failed.get(host, (0, False))[0] >= FAILING

    def is_silent(self, host: str) -> bool:
        """Whether it answers no more."""
        return self.is_failing(host) and self._failed[host][1]

    def rest(self, seconds: float) -> None:
        """Let seconds pass. Raises FetchFailed if nobody waits for the answer any more."""
        self._rest(seconds)
        if self._stopped.is_set():
            raise FetchFailed("stopped")

    def stop(self) -> None:
        """Nobody waits any more."""
        self._stopped.set()


@cache
def usual_trust() -> ssl.SSLContext:
    """The certificates this machine trusts; reading them takes a thirtieth of a second."""
    return ssl.create_default_context()


@dataclass
class Client:
    """Asks addresses on the terms of one source."""

    delay_seconds: float = 1.0
    allow_private: bool = False
    limits: Limits = field(default_factory=Limits)
    hosts: Hosts = field(default_factory=Hosts)
    robots: Robots = field(default_factory=Robots)
    resolve: Callable[[str, int], list[Address]] = resolved
    trust: ssl.SSLContext | None = None

    def __post_init__(self) -> None:
        """Connections stay open between requests; none is made yet."""
        self._deadline = Deadline(self.hosts.monotonic)
        backend = CheckedBackend(self._deadline, allow_private=self.allow_private, resolve=self.resolve)
        trust = self.trust or usual_trust()
        self._pool = httpcore.ConnectionPool(ssl_context=trust, max_connections=4, retries=0, network_backend=backend)

    def __enter__(self) -> Client:
        """Itself."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Close the connections."""
        self._pool.close()

    def get(self, url: str, into: Path, known: Mapping[str, str] | None = None) -> Answer:
        """The file at an address, written to `into`; nothing if it is still the one that is `known`.

        `known`: the headers `etag` and `last-modified` it came with last time. Tries again with growing pauses where
        that may help. Raises FetchFailed.
        """
        host = urlsplit(address(url)).netloc
        last = 1 if self.hosts.is_failing(host) else self.limits.attempts
        try:
            answer = self._tried(url, into, known or {}, last)
        except FetchFailed as failed:
            self.hosts.note(host, failed)
            raise
        self.hosts.note(host, None)
        return answer

    def _tried(self, url: str, into: Path, known: Mapping[str, str], last: int) -> Answer:
        """As many attempts as may help, `last` at most. Raises FetchFailed."""
        for attempt in count(1):
            try:
                return self._followed(url, into, known, asks=True)
            except FetchFailed as failed:
                if not failed.may_mend or attempt == last:
                    raise
                # Jitter: many who failed together must not come back together.
                pause = failed.wait or 2.0 ** (attempt - 1) * random.uniform(0.5, 1.5)
                if pause > self.limits.longest_wait:
                    raise
                self.hosts.rest(pause)
        raise AssertionError("a loop that returns or raises")

    def is_silent(self, url: str) -> bool:
        """Whether the host of an address answers no more tonight. Raises FetchFailed for what is no address."""
        return self.hosts.is_silent(urlsplit(address(url)).netloc)

    def is_forbidden(self, url: str, into: Path) -> bool:
        """Whether the site's robots.txt, as it is tonight, forbids an address; not where the site cannot be asked.

        `into`: where a file may lie meanwhile.
        """
        try:
            rules = self._rules(at := address(url), into)
        except FetchFailed:
            return False
        return rules.are_told and not rules.allow(at, NAME)

    def _followed(self, url: str, into: Path, known: Mapping[str, str], *, asks: bool) -> Answer:
        """One attempt, redirects and all. `asks`: whether robots.txt has a say. Raises FetchFailed."""
        at = address(url)
        left, seconds = self.limits.redirects, self.limits.seconds
        while True:
            delay = self.delay_seconds
            if asks:
                rules = self._rules(at, into)
                if not rules.allow(at, NAME):
                    raise FetchFailed(rules.told)
                delay = max(delay, rules.delay(NAME))
            self.hosts.take_turn(urlsplit(at).netloc, delay)
            began = self.hosts.monotonic()
            answer = self._exchange(at, into, known, seconds)
            seconds -= self.hosts.monotonic() - began
            if answer.status not in REDIRECTS:
                return answer
            target, left = answer.headers.get("location"), left - 1
            if not target or left < 0:
                raise FetchFailed("redirected too often, or nowhere", answer.status)
            at = address(target, at)

    def _rules(self, at: str, into: Path) -> Rules:
        return self.robots.of(at, lambda place: self._robots(place, into))

    def _robots(self, url: str, into: Path) -> tuple[int, bytes]:
        place = into.with_suffix(".robots")
        try:
            answer = self._followed(url, place, {}, asks=False)
            if answer.path is None:
                return answer.status, b""
            with place.open("rb") as file:
                return answer.status, file.read(MAX_ROBOTS_BYTES)
        except FetchFailed as failed:
            if not failed.status:
                raise
            if failed.may_mend:
                # Nobody knows yet what it allows.
                raise FetchFailed(f"its robots.txt {failed}", wait=failed.wait, may_mend=True) from None
            return failed.status, b""
        finally:
            place.unlink(missing_ok=True)

    def _exchange(self, url: str, into: Path, known: Mapping[str, str], seconds: float) -> Answer:
        """One request. Raises FetchFailed for every answer but a file, 304 and a redirect."""
        self._deadline.start(seconds)
        step = self.limits.step_seconds
        try:
            with self._pool.stream(
                "GET",
                url,
                headers=[(name, value.encode()) for name, value in _headers(url, known).items()],
                extensions={"timeout": dict.fromkeys(("connect", "read", "write", "pool"), step)},
            ) as response:
                headers = {_told(name).lower(): _told(value) for name, value in response.headers}
                if response.status in REDIRECTS or (response.status == 304 and known):
                    return Answer(url, response.status, headers, None)
                if response.status != 200:
                    raise FetchFailed(f"answered {response.status}", response.status, wait=_wait(headers))
                self._write(response.iter_stream(), headers, into)
                return Answer(url, 200, headers, into)
        except RefusedAddress as refused:
            raise FetchFailed(str(refused)) from None
        except (OutOfTime, httpcore.TimeoutException) as late:
            # A site that used up all there is would do it again.
            raise FetchFailed("took too long", may_mend=not isinstance(late, OutOfTime), is_silent=True) from None
        except (httpcore.NetworkError, httpcore.ProtocolError, OSError) as error:
            told = (str(error) or type(error).__name__)[:200]
            # What breaks the rules of HTTP is an answer, and that of one page.
            is_silent = not isinstance(error, httpcore.ProtocolError)
            raise FetchFailed(f"no connection ({told})", may_mend=True, is_silent=is_silent) from None

    def _write(self, stream: Iterator[bytes], headers: Mapping[str, str], into: Path) -> None:
        told = [coding.strip().lower() for coding in headers.get("content-encoding", "").split(",")]
        codings = [coding for coding in told if coding in CODINGS]
        if strange := codings[1:] or [coding for coding in codings if coding not in ASKED_FOR]:
            raise FetchFailed(f"content in the coding {strange[0]!r}, which nobody asked for")
        with closing(self._unpacked(stream, is_packed=bool(codings))) as blocks, into.open("wb") as file:
            for block in blocks:
                file.write(block)

    def _unpacked(self, stream: Iterator[bytes], *, is_packed: bool) -> Generator[bytes]:
        """The content in blocks. Raises FetchFailed beyond the bounds."""
        unpacker = Gunzip() if is_packed else None
        came = size = 0
        try:
            for part in stream:
                came += len(part)
                for block in unpacker.blocks(part) if unpacker is not None else (part,):
                    size += len(block)
                    if size > min(self.limits.body_bytes, max(self.limits.harmless_bytes, self.limits.ratio * came)):
                        raise FetchFailed(f"more than {self.limits.body_bytes} bytes, or packed beyond reason")
                    yield block
        except zlib.error:
            raise FetchFailed(BROKEN, may_mend=True) from None
        if unpacker is not None and not unpacker.is_whole:
            raise FetchFailed(BROKEN, may_mend=True)


def _headers(url: str, known: Mapping[str, str]) -> dict[str, str]:
    headers = {
        "Host": urlsplit(url).netloc,
        "User-Agent": f"{NAME}/{version(NAME)}",
        "Accept": "*/*",
        "Accept-Encoding": "gzip, identity",
    }
    if "etag" in known:
        headers["If-None-Match"] = known["etag"]
    if "last-modified" in known:
        headers["If-Modified-Since"] = known["last-modified"]
    return headers


def _told(raw: bytes) -> str:
    """A name or value of a header; sites write UTF-8 where ASCII should stand."""
    try:
        return raw.decode()
    except UnicodeDecodeError:
        return raw.decode("latin-1")


def _wait(headers: Mapping[str, str]) -> float | None:
    """Seconds a site asks us to wait, as a number or as a date."""
    told = headers.get("retry-after", "").strip()
    if told.isdecimal():
        return max(0.1, float(told))
    try:
        moment = parsedate_to_datetime(told)
        moment = moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)
    except (ValueError, OverflowError):
        return None
    return max(0.1, (moment.replace(tzinfo=None) - now_utc()).total_seconds())


def address(url: str, base: str = "") -> str:
    """The address, as a page at `base` names it, as it goes over the wire: http or https, no user, ASCII.

    Raises FetchFailed.
    """
    try:
        parts = urlsplit(urljoin(base, url.strip()))
        host, port = parts.hostname or "", parts.port
        host = host if ":" in host else host.encode("idna").decode("ascii")
    except (ValueError, UnicodeError):
        raise FetchFailed("no address") from None
    if parts.scheme not in ("http", "https") or not host or parts.username is not None or _STRANGE.search(host):
        raise FetchFailed("only http and https addresses without a user name are fetched")
    place = (f"[{host}]" if ":" in host else host) + (f":{port}" if port is not None else "")
    return urlunsplit((parts.scheme, place, quote(parts.path or "/", _SAFE), quote(parts.query, _SAFE), ""))
