"""An input file opened: its digest, its bytes at once or in blocks, and what makes it unreadable."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable, Generator, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import BinaryIO, NamedTuple

from flows.readers.discovery import InputFile
from transforms.decode import charset

MAX_RECORD_BYTES = 16 << 20
MAX_DOCUMENT_BYTES = 512 << 20
BLOCK_BYTES = 4 << 20
HEAD_BYTES = 8192


class RejectedFile(Exception):
    """A file no record can be read from.

    `reason_code`: 'unreadable_file', 'empty_file', 'binary_file', 'unknown_format', 'too_large'. `sha256` is None
    where the bytes could not be read.
    """

    def __init__(self, reason_code: str, detail: str, file: InputFile | None = None, sha256: str | None = None) -> None:
        """`detail` is for people; `file` and `sha256` are filled in by the interface."""
        super().__init__(f"{reason_code}: {detail}")
        self.reason_code = reason_code
        self.detail = detail
        self.file = file
        self.sha256 = sha256


class Cut(NamedTuple):
    """Consecutive records of a file, and the reason code of those that cannot be records, by position."""

    payloads: list[bytes]
    reasons: dict[int, str]


Cutter = Callable[["Opened"], Iterator[Cut]]


@dataclass
class Opened:
    """A regular file, open for reading; `data` holds all of it if it is no larger than a chunk."""

    file: InputFile
    stream: BinaryIO
    size: int
    sha256: str
    chunk_bytes: int
    data: bytes | None = None
    _changed: Callable[[], bool] = field(default=lambda: False)

    def whole(self, limit: int) -> bytes:
        """All bytes. Raises RejectedFile('too_large') beyond `limit` bytes."""
        if self.size > limit:
            raise RejectedFile("too_large", f"{self.size} bytes, at most {limit} are read at once")
        if self.data is not None:
            return self.data
        return b"".join(self.blocks())

    def head(self) -> bytes:
        """The first bytes, enough to tell text from binary."""
        if self.data is not None:
            return self.data[:HEAD_BYTES]
        self.stream.seek(0)
        return self.stream.read(HEAD_BYTES)

    def blocks(self) -> Iterator[bytes]:
        """All bytes in blocks. Raises RejectedFile('unreadable_file') if the file changed since its digest was taken."""
        if self.data is not None:
            yield self.data
            return
        self.stream.seek(0)
        while block := self.stream.read(min(BLOCK_BYTES, max(1, self.chunk_bytes))):
            yield block
        if self._changed():
            raise RejectedFile("unreadable_file", "changed while being read")

    def refuse_binary(self, *, of_lines: bool = False) -> None:
        """Raises RejectedFile('binary_file') if the first bytes belong to no text.

        In a file of lines a stray zero byte spoils one line, not the file.
        """
        if charset.is_binary(self.head(), zeros_refused=not of_lines):
            raise RejectedFile("binary_file", "zero bytes or control characters where text should be")


@contextmanager
def opened(file: InputFile, chunk_bytes: int) -> Generator[Opened]:
    """Open a file and take its digest. Raises RejectedFile('unreadable_file' | 'empty_file')."""
    if file.refusal is not None:
        raise RejectedFile("unreadable_file", file.refusal)
    try:
        with file.path.open("rb", buffering=0) as stream:
            before = os.fstat(stream.fileno())
            size = before.st_size
            if size <= chunk_bytes:
                data = stream.read()
                # A raw read may stop short of the end; a file that grows is read as long as it is.
                while more := stream.read():
                    data += more
                yield _checked(Opened(file, stream, len(data), hashlib.sha256(data).hexdigest(), chunk_bytes, data))
                return
            digest = hashlib.file_digest(stream, "sha256").hexdigest()

            def changed() -> bool:
                now = os.fstat(stream.fileno())
                return (now.st_size, now.st_mtime_ns) != (size, before.st_mtime_ns)

            yield _checked(Opened(file, stream, size, digest, chunk_bytes, None, changed))
    except OSError as error:
        raise RejectedFile("unreadable_file", error.strerror or type(error).__name__) from error


def _checked(source: Opened) -> Opened:
    if source.size == 0:
        raise RejectedFile("empty_file", "no bytes", sha256=source.sha256)
    return source
