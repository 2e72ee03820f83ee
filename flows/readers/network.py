"""Connections to addresses that were looked at first, and that end when their time is up.

A name is resolved once, every address it stands for is checked, and the connection goes to one of those: a name that
means another machine a moment later (DNS rebinding) gains nothing. TLS still checks the certificate of the name.
"""

from __future__ import annotations

import ipaddress
import socket
import ssl
from collections.abc import Callable, Iterable
from typing import Any

import httpcore

Address = ipaddress.IPv4Address | ipaddress.IPv6Address
# Blocks of IPv6 in which an IPv4 address is wrapped, and where in the 128 bits it stands (shift).
_WRAPPED = (
    (ipaddress.IPv6Network("::ffff:0:0/96"), 0),
    (ipaddress.IPv6Network("::/96"), 0),
    (ipaddress.IPv6Network("64:ff9b::/96"), 0),
    (ipaddress.IPv6Network("2002::/16"), 80),
)


class RefusedAddress(Exception):
    """A name that stands for a machine of a private network."""


class OutOfTime(Exception):
    """The whole exchange took longer than it may."""


def is_public(address: Address) -> bool:
    """Whether an address belongs to the internet at large: not private, loopback, link-local, multicast or reserved."""
    if isinstance(address, ipaddress.IPv6Address):
        for block, shift in _WRAPPED:
            if address in block:
                return is_public(ipaddress.IPv4Address((int(address) >> shift) & 0xFFFFFFFF))
        if address.teredo is not None:
            return False
    return address.is_global and not address.is_multicast and not address.is_reserved


def resolved(host: str, port: int) -> list[Address]:
    """Every address a name stands for. Raises httpcore.ConnectError."""
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as error:
        raise httpcore.ConnectError(f"{host} cannot be resolved") from error
    return list(dict.fromkeys(ipaddress.ip_address(place[4][0]) for place in found))


class Deadline:
    """When the exchange at hand must be over."""

    def __init__(self, now: Callable[[], float]) -> None:
        """`now` is a clock that only runs forward, in seconds."""
        self._now, self._end = now, float("inf")

    def start(self, seconds: float) -> None:
        """The exchange that begins now has so many seconds."""
        self._end = self._now() + seconds

    def left(self, wanted: float | None) -> float:
        """Seconds a single step may take. Raises OutOfTime."""
        left = self._end - self._now()
        if left <= 0:
            raise OutOfTime
        return left if wanted is None else min(wanted, left)


class CheckedBackend(httpcore.NetworkBackend):
    """Connects only where it may, and gives each step only what is left of the time."""

    def __init__(
        self, deadline: Deadline, *, allow_private: bool, resolve: Callable[[str, int], list[Address]]
    ) -> None:
        """`allow_private` also lets machines of private networks be asked."""
        self._deadline, self._allow_private, self._resolve = deadline, allow_private, resolve
        self._inner = httpcore.SyncBackend()

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> httpcore.NetworkStream:
        """A connection to an address that was checked. Raises RefusedAddress, OutOfTime, httpcore.ConnectError."""
        addresses = self._resolve(host, port)
        if not self._allow_private and not all(map(is_public, addresses)):
            raise RefusedAddress(f"{host} is a machine of a private network; its source does not allow that")
        failure: Exception = httpcore.ConnectError(f"{host} has no address")
        for address in addresses:
            try:
                stream = self._inner.connect_tcp(
                    str(address), port, self._deadline.left(timeout), local_address, socket_options
                )
                return _TimedStream(stream, self._deadline)
            except (httpcore.ConnectError, httpcore.ConnectTimeout) as error:
                failure = error
        raise failure

    def connect_unix_socket(
        self, path: str, timeout: float | None = None, socket_options: Iterable[Any] | None = None
    ) -> httpcore.NetworkStream:
        """No source lives in a socket of this machine. Raises RefusedAddress."""
        raise RefusedAddress(path)

    def sleep(self, seconds: float) -> None:
        """Wait before a retry, never beyond the time of the whole. Raises OutOfTime."""
        self._inner.sleep(self._deadline.left(seconds))


class _TimedStream(httpcore.NetworkStream):
    """A stream each step of which ends when the time of the whole is up."""

    def __init__(self, inner: httpcore.NetworkStream, deadline: Deadline) -> None:
        self._inner, self._deadline = inner, deadline

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        return self._inner.read(max_bytes, self._deadline.left(timeout))

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        self._inner.write(buffer, self._deadline.left(timeout))

    def close(self) -> None:
        self._inner.close()

    def start_tls(
        self, ssl_context: ssl.SSLContext, server_hostname: str | None = None, timeout: float | None = None
    ) -> httpcore.NetworkStream:
        inner = self._inner.start_tls(ssl_context, server_hostname, self._deadline.left(timeout))
        return _TimedStream(inner, self._deadline)

    def get_extra_info(self, info: str) -> Any:
        return self._inner.get_extra_info(info)
