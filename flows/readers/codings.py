"""What a page went through on its way: chunks and compressions undone, within bounds."""

from __future__ import annotations

import re
import zlib
from collections.abc import Callable, Iterator

import pyarrow as pa

_CHUNK = re.compile(rb"[ \t]*([0-9A-Fa-f]{1,8})[ \t]*(?:;[^\r\n]*)?\r?\n")
ZSTD, GZIP = b"\x28\xb5\x2f\xfd", b"\x1f\x8b"
BLOCK_BYTES = 1 << 20


class Unreadable(Exception):
    """A coding nobody knows, or content that breaks it."""


class Gunzip:
    """Unpacks gzip as it comes: its members one after the other, without whatever follows the last of them."""

    def __init__(self) -> None:
        """Has seen nothing yet."""
        self._member, self._ahead = zlib.decompressobj(31), b""

    @property
    def is_whole(self) -> bool:
        """Whether the last member came to its end."""
        return self._member.eof

    def blocks(self, part: bytes) -> Iterator[bytes]:
        """What the next bytes unpack to, a megabyte at a time. Raises zlib.error."""
        part, self._ahead = self._ahead + part, b""
        while part:
            if self._member.eof:
                if part == GZIP[:1]:
                    self._ahead = part
                if not part.startswith(GZIP):
                    return
                self._member = zlib.decompressobj(31)
            yield self._member.decompress(part, BLOCK_BYTES)
            part = self._member.unconsumed_tail or self._member.unused_data


def plain(body: bytes, transfer: str | None, content: str | None, limit: int) -> bytes:
    """A body without its codings, at most `limit` bytes of it. Raises Unreadable.

    `transfer` and `content` are the headers named so. Crawlers that undid a coding often leave its header: what does
    not begin as the coding does is taken as it stands.
    """
    if "chunked" in (transfer or "").lower():
        body = _joined(body)
    for coding in reversed((content or "").lower().replace(" ", "").split(",")):
        if coding not in ("", "identity"):
            body = _unpacked(body, coding, limit)
    return body[:limit]


def _joined(body: bytes) -> bytes:
    """The chunks of a body one behind the other, up to where they break off."""
    parts: list[bytes] = []
    position = 0
    while found := _CHUNK.match(body, position):
        size = int(found[1], 16)
        if size == 0:
            break
        parts.append(body[found.end() : found.end() + size])
        position = found.end() + size
        position += 2 if body.startswith(b"\r\n", position) else body.startswith(b"\n", position)
    return b"".join(parts) if parts else body


def _unpacked(body: bytes, coding: str, limit: int) -> bytes:
    if coding not in _CODINGS:
        raise Unreadable(f"content in the coding {coding!r}")
    try:
        return _CODINGS[coding](body, limit)
    except (zlib.error, pa.ArrowException, OSError, ValueError) as error:
        raise Unreadable(f"content that is no {coding}") from error


def _gunzip(body: bytes, limit: int) -> bytes:
    if not body.startswith(GZIP):
        return body
    found = bytearray()
    for block in Gunzip().blocks(body):
        found += block
        if len(found) >= limit:
            break
    return bytes(found)


def _inflate(body: bytes, limit: int) -> bytes:
    """With the zlib header the standard asks for, or raw, as many servers send it."""
    try:
        return zlib.decompressobj().decompress(body, limit)
    except zlib.error:
        return zlib.decompressobj(-zlib.MAX_WBITS).decompress(body, limit)


def _unbrotli(body: bytes, limit: int) -> bytes:
    return _streamed(body, "brotli", limit)


def _unzstd(body: bytes, limit: int) -> bytes:
    return _streamed(body, "zstd", limit) if body.startswith(ZSTD) else body


def _streamed(body: bytes, codec: str, limit: int) -> bytes:
    with pa.CompressedInputStream(pa.BufferReader(body), codec) as stream:
        return bytes(stream.read(limit))


_CODINGS: dict[str, Callable[[bytes, int], bytes]] = {
    "gzip": _gunzip,
    "x-gzip": _gunzip,
    "deflate": _inflate,
    "br": _unbrotli,
    "zstd": _unzstd,
}
