"""Compressed files and archives: unpacked while they are read, never onto the disk, within bounds."""

from __future__ import annotations

import gzip
import stat
import zipfile
import zlib
from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import partial
from pathlib import PurePosixPath
from typing import cast

import pyarrow as pa

from flows.endings import first_line
from flows.readers.opened import Opened, RejectedFile, Stream

MAX_UNPACKED_BYTES = 8 << 30
MAX_RATIO = 200
# Below this no ratio is suspicious: a short file of blanks packs a thousandfold.
HARMLESS_BYTES = 16 << 20
MAX_MEMBERS = 100_000
MAX_NAME_BYTES = 1024
ARCHIVES = frozenset((".zip", ".tar", ".tgz", ".7z", ".rar", ".bz2", ".xz"))
# Where it is caught beside these, NotImplementedError is what zipfile says of a compression it does not know.
_BROKEN = (EOFError, zlib.error, gzip.BadGzipFile, zipfile.BadZipFile, pa.ArrowException, OSError, ValueError)


def bound(packed_bytes: int) -> int:
    """The bytes that so many packed ones may unpack to."""
    return min(MAX_UNPACKED_BYTES, max(HARMLESS_BYTES, MAX_RATIO * packed_bytes))


class Measured:
    """A stream of unpacked bytes that ends with RejectedFile where it breaks or grows out of all proportion."""

    def __init__(self, stream: Stream, packed_bytes: int) -> None:
        """`packed_bytes` is what the bytes took up packed."""
        self._stream, self._count = stream, 0
        self._limit = bound(packed_bytes)

    def read(self, size: int = -1, /) -> bytes:
        """At most `size` bytes. Raises RejectedFile('too_large' | 'malformed_file')."""
        try:
            block = self._stream.read(size)
        except (*_BROKEN, NotImplementedError, RuntimeError) as error:
            raise RejectedFile("malformed_file", first_line(error)) from error
        self._count += len(block)
        if self._count > self._limit:
            raise RejectedFile("too_large", f"unpacks to more than {self._limit} bytes")
        return block


def _gunzip(packed: Stream) -> Stream:
    # typeshed asks for more of a file than gzip reads of it.
    return cast(Stream, gzip.GzipFile(fileobj=packed))  # type: ignore[arg-type]


def _unzstd(packed: Stream) -> Stream:
    return cast(Stream, pa.CompressedInputStream(pa.PythonFile(_Readable(packed), mode="r"), "zstd"))


class _Readable:
    """What pyarrow asks of a file."""

    closed = False

    def __init__(self, stream: Stream) -> None:
        self.read = stream.read

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return False

    def close(self) -> None:
        self.closed = True


CODECS: dict[str, Callable[[Stream], Stream]] = {".gz": _gunzip, ".zst": _unzstd}


def contents(source: Opened) -> Iterator[Opened | RejectedFile]:
    """What a file holds: itself, what is compressed in it, or the members of an archive, the bad ones as rejections."""
    if source.ending == ".zip":
        yield from _members(source)
    elif source.ending in CODECS:
        unpack, begin = CODECS[source.ending], source.begin
        inner = PurePosixPath(PurePosixPath(source.file.file_name.lower()).stem).suffix
        content = replace(
            source,
            begin=lambda: Measured(unpack(begin()), source.size),
            ending=inner or source.ending,
            data=None,
            place=None,
        )
        yield _in_memory(content)
    else:
        yield source


def _in_memory(content: Opened) -> Opened | RejectedFile:
    """The content with its bytes, if they fit in a chunk."""
    stream, parts, size = content.begin(), list[bytes](), 0
    try:
        while size <= content.chunk_bytes and (block := stream.read(content.chunk_bytes + 1 - size)):
            parts.append(block)
            size += len(block)
    except RejectedFile as rejected:
        rejected.file, rejected.sha256 = content.file, content.sha256
        return rejected
    return replace(content, data=b"".join(parts)) if size <= content.chunk_bytes else content


def _members(source: Opened) -> Iterator[Opened | RejectedFile]:
    """The files of a zip archive by name. Raises RejectedFile where the archive as a whole cannot be read."""
    archive = _directory(source)
    infos = [info for info in archive.infolist() if not info.is_dir() and not _is_hidden(_name(info))]
    if not infos:
        raise RejectedFile("empty_file", "an archive without files")
    if len(infos) > MAX_MEMBERS:
        raise RejectedFile("too_large", f"{len(infos)} files in one archive, at most {MAX_MEMBERS} are read")
    unpacked = seen = 0
    names: set[str] = set()
    for info in sorted(infos, key=_name):
        name, seen = _name(info), seen + 1
        shown = _shown(name, seen, names)
        file = replace(source.file, file_name=f"{source.file.file_name}/{shown}")
        refusal = _refusal(info, name, names) or _oversized(unpacked + info.file_size, source.size)
        names.add(name)
        if refusal is not None:
            refusal.file, refusal.sha256 = file, source.sha256
            yield refusal
            continue
        unpacked += info.file_size
        yield _in_memory(
            Opened(
                file,
                None,
                info.file_size,
                source.sha256,
                source.chunk_bytes,
                partial(_member, archive, info),
                PurePosixPath(name).suffix.lower(),
            )
        )


def _directory(source: Opened) -> zipfile.ZipFile:
    try:
        # typeshed asks for more of a file than zipfile reads of it.
        return zipfile.ZipFile(source.place if source.data is None else source.begin())  # type: ignore[arg-type]
    except (*_BROKEN, NotImplementedError) as error:
        raise RejectedFile("malformed_file", first_line(error)) from error


def _member(archive: zipfile.ZipFile, info: zipfile.ZipInfo) -> Stream:
    try:
        return Measured(cast(Stream, archive.open(info)), info.compress_size)
    except (*_BROKEN, NotImplementedError, RuntimeError) as error:
        raise RejectedFile("malformed_file", first_line(error)) from error


def _name(info: zipfile.ZipInfo) -> str:
    """A member's name. Archives made on Chinese Windows write GBK without saying so, which reads as code page 437."""
    if info.flag_bits & 0x800 or info.orig_filename.isascii():
        return info.orig_filename
    try:
        return info.orig_filename.encode("cp437").decode("gb18030")
    except UnicodeError:
        return info.orig_filename


def _shown(name: str, number: int, before: set[str]) -> str:
    """The name in the ledger: a name that may not be one, or that a member before has, is told by its number."""
    return name if _is_safe(name) and name not in before else f"member-{number}"


def _is_safe(name: str) -> bool:
    """Whether a name stays below the archive, on any system."""
    parts = name.split("/")
    return (
        "\\" not in name
        and ":" not in parts[0]
        and not any(part in ("", ".", "..") for part in parts)
        and name.isprintable()
        and len(name.encode("utf-8", "surrogatepass")) <= MAX_NAME_BYTES
    )


def _is_hidden(name: str) -> bool:
    return any((part.startswith(".") and part not in (".", "..")) or part == "__MACOSX" for part in name.split("/"))


def _refusal(info: zipfile.ZipInfo, name: str, names: set[str]) -> RejectedFile | None:
    """Why a member must not be opened."""
    if not _is_safe(name) or name in names:
        return RejectedFile("unsafe_name", "a name that leads out of the archive, or twice the same")
    if stat.S_ISLNK(info.external_attr >> 16):
        return RejectedFile("unsafe_name", "a link in an archive")
    if PurePosixPath(name).suffix.lower() in ARCHIVES | CODECS.keys():
        return RejectedFile("unknown_format", "an archive within an archive")
    if info.flag_bits & 0x1:
        return RejectedFile("unreadable_file", "encrypted")
    return _oversized(info.file_size, info.compress_size)


def _oversized(unpacked: int, packed: int) -> RejectedFile | None:
    if unpacked <= (limit := bound(packed)):
        return None
    return RejectedFile("too_large", f"unpacks to {unpacked} bytes, at most {limit} are read")
