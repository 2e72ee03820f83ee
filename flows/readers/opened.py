"""An input file opened: its digest, its bytes at once or in blocks, and what makes it unreadable."""

from __future__ import annotations

import errno
import hashlib
import io
import os
import stat
from collections.abc import Callable, Generator, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from io import FileIO
from pathlib import Path
from typing import BinaryIO, NamedTuple, Protocol

from flows.readers.discovery import InputFile, Span
from transforms.decode import charset

MAX_RECORD_BYTES = 16 << 20
MAX_DOCUMENT_BYTES = 512 << 20
BLOCK_BYTES = 4 << 20
HEAD_BYTES = 8192


class RejectedFile(Exception):
    """A file no record can be read from.

    `reason_code`: 'unreadable_file', 'empty_file', 'binary_file', 'unknown_format', 'too_large', 'malformed_file',
    'unsafe_name'. `sha256` is None where the bytes could not be read.
    """

    def __init__(self, reason_code: str, detail: str, file: InputFile | None = None, sha256: str | None = None) -> None:
        """`detail` is for people; `file` and `sha256` are filled in by the interface."""
        super().__init__(f"{reason_code}: {detail}")
        self.reason_code = reason_code
        self.detail = detail
        self.file = file
        self.sha256 = sha256


class NotKept(OSError):
    """The archive takes nothing more: no fault of the file that was to be kept."""


class Shelf(Protocol):
    """Where bytes are kept for good."""

    def __call__(self, sha256: str, content: BinaryIO | bytes, /) -> Path:
        """The file these bytes lie in from now on, whatever becomes of the one they came in.

        Raises RejectedFile('unreadable_file') if they no longer have this digest, NotKept.
        """
        ...


class Cut(NamedTuple):
    """Consecutive records of a file, and the reason code of those that cannot be records, by position."""

    payloads: list[bytes]
    reasons: dict[int, str]


Cutter = Callable[["Opened"], Iterator[Cut]]


class Stream(Protocol):
    """Bytes from first to last."""

    def read(self, size: int = -1, /) -> bytes:
        """At most `size` bytes; none at the end. Raises RejectedFile, OSError."""
        ...


@dataclass
class Opened:
    """A regular file, or what is packed in one, open for reading.

    `begin` gives a stream on the content from its first byte; `data` holds all of it if it is no larger than a chunk.
    `size` and `kept` are those of the bytes that arrived, `kept` None for a large file or a member of an archive.
    `place` is the file that is the content as it stands, None for what is packed in one.
    """

    file: InputFile
    place: Path | None
    size: int
    sha256: str
    chunk_bytes: int
    begin: Callable[[], Stream]
    ending: str
    data: bytes | None = None
    kept: bytes | None = None

    def whole(self, limit: int) -> bytes:
        """All bytes. Raises RejectedFile('too_large') beyond `limit` bytes."""
        if self.data is not None and len(self.data) <= limit:
            return self.data
        parts: list[bytes] = []
        size = 0
        for block in self.blocks():
            parts.append(block)
            size += len(block)
            if size > limit:
                raise RejectedFile("too_large", f"more than the {limit} bytes that are read at once")
        return b"".join(parts)

    def head(self) -> bytes:
        """The first bytes, enough to tell text from binary."""
        return self.data[:HEAD_BYTES] if self.data is not None else self.begin().read(HEAD_BYTES)

    def blocks(self) -> Iterator[bytes]:
        """All bytes in blocks. Raises RejectedFile('unreadable_file') if the file changed since it was digested."""
        if self.data is not None:
            yield self.data
            return
        stream = self.begin()
        while block := stream.read(min(BLOCK_BYTES, max(1, self.chunk_bytes))):
            yield block

    def refuse_binary(self, *, of_lines: bool = False) -> None:
        """Raises RejectedFile('binary_file') if the first bytes belong to no text.

        In a file of lines a stray zero byte spoils one line, not the file.
        """
        if charset.is_binary(self.head(), zeros_refused=not of_lines):
            raise RejectedFile("binary_file", "zero bytes or control characters where text should be")


class Watched:
    """A file on disk; at its end it must still be what it was when its digest was taken."""

    def __init__(self, stream: BinaryIO, before: os.stat_result) -> None:
        """Reads `stream` from its beginning."""
        self._stream, self._before = stream, before
        stream.seek(0)

    def read(self, size: int = -1, /) -> bytes:
        """At most `size` bytes. Raises RejectedFile('unreadable_file') at the end of a file that changed."""
        block = self._stream.read(size)
        if not block:
            now = os.fstat(self._stream.fileno())
            if (now.st_size, now.st_mtime_ns) != (self._before.st_size, self._before.st_mtime_ns):
                raise RejectedFile("unreadable_file", "changed while being read")
        return block


@contextmanager
def opened(file: InputFile, chunk_bytes: int, shelf: Shelf | None = None) -> Generator[Opened]:
    """Open a file and take its digest. Raises RejectedFile('unreadable_file' | 'empty_file'), NotKept.

    What is not handed on in memory is put on the `shelf` and read from there: the bytes read are the bytes kept.
    """
    if file.refusal is not None:
        raise RejectedFile("unreadable_file", file.refusal)
    try:
        with regular(file.path, follows=file.is_link) as stream:
            before = os.fstat(stream.fileno())
            if file.span is not None or before.st_size <= chunk_bytes:
                data = _bytes_of(stream, file.span)
                digest, place, kept = hashlib.sha256(data).hexdigest(), file.path, data
                if shelf is not None and file.ending == ".zip" and data:
                    # Each of its members would have to carry all of it.
                    place, kept = shelf(digest, data), None
                yield _checked(
                    Opened(
                        file, place, len(data), digest, chunk_bytes, lambda: io.BytesIO(data), file.ending, data, kept
                    )
                )
                return
            digest = hashlib.file_digest(stream, "sha256").hexdigest()
            place = file.path if shelf is None else shelf(digest, stream)
            with place.open("rb", buffering=0) as shelved:
                before = before if shelf is None else os.fstat(shelved.fileno())

                def begin() -> Stream:
                    return Watched(shelved, before)

                yield _checked(Opened(file, place, before.st_size, digest, chunk_bytes, begin, file.ending))
    except NotKept:
        raise
    except OSError as error:
        raise RejectedFile("unreadable_file", error.strerror or type(error).__name__) from error


def regular(path: Path, *, follows: bool = True) -> FileIO:
    """The file opened for reading, if it still is one: a pipe that has taken its place would block for ever.

    A link in its place may lead anywhere: unless it `follows` them it is refused. Raises RejectedFile('unreadable_file'),
    OSError.
    """
    try:
        stream = FileIO(os.open(path, os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC | (0 if follows else os.O_NOFOLLOW)))
    except OSError as error:
        if error.errno == errno.ELOOP and path.is_symlink():
            raise RejectedFile("unreadable_file", "a link in the place of a file, or to itself") from None
        raise
    if not stat.S_ISREG(os.fstat(stream.fileno()).st_mode):
        stream.close()
        raise RejectedFile("unreadable_file", "not a regular file")
    return stream


def _bytes_of(stream: FileIO, span: Span | None) -> bytes:
    """All bytes, or those of a span. A raw read may stop short; a file that grows is read as long as it is."""
    data = b""
    if span is None:
        while more := stream.read():
            data += more
        return data
    stream.seek(span.offset)
    while len(data) < span.size and (more := stream.read(span.size - len(data))):
        data += more
    return data


def _checked(source: Opened) -> Opened:
    if source.size == 0:
        raise RejectedFile("empty_file", "no bytes", sha256=source.sha256)
    return source
