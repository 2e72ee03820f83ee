"""The archive: what arrived, byte for byte, once per content. Small files that came together lie in one pack.

A file is `ab/<SHA-256>`; a pack is `packs/<digest of its members' names>.zip`, not compressed, each member named by the
SHA-256 of its bytes, so that any unzip reads it. Making and renaming a file costs more than a small file's bytes do.
"""

from __future__ import annotations

import hashlib
import io
import os
import shutil
import zipfile
from collections.abc import Generator, Iterable, Iterator, Sequence
from collections.abc import Set as AbstractSet
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO

from flows.readers import FileRead, InputFile, NotKept, RejectedFile, Shelf, Span
from flows.readers.opened import regular
from warehouse.faults import point
from warehouse.shelf import fsync

PACKS = "packs"
# Where a file lies until it is whole.
ARRIVING = ".arriving"
# Beyond this the making of a file no longer weighs against its bytes.
PACKED_BYTES = 1 << 20
BLOCK_BYTES = 1 << 20
# What stands between the name of a zip member and the beginning of its entry, without extra fields.
LOCAL_HEADER_BYTES = 30


def open_for(archive: Path) -> None:
    """Make room for what arrives; what a killed run had begun goes."""
    shutil.rmtree(archive / ARRIVING, ignore_errors=True)
    (archive / ARRIVING).mkdir(mode=0o700)


def keep(archive: Path, files: Iterable[FileRead], known: AbstractSet[str]) -> None:
    """Put the bytes of files into the archive, all or nothing; `known` are the digests that lie there. Raises OSError.

    What was too large to be handed on in memory lies there already, see `shelf`.
    """
    new = {read.sha256: read for read in files if read.sha256 not in known and read.file.span is None}.values()
    small = [read for read in new if is_small(read)]
    if len(small) > 1:
        pack(archive, small)
    for read in new:
        if read.data is not None and (len(small) <= 1 or not is_small(read)):
            keep_alone(archive, read.sha256, read.data)


def is_small(read: FileRead) -> bool:
    """Whether a file is packed with its neighbours."""
    return read.data is not None and read.size <= PACKED_BYTES


def shelf(archive: Path) -> Shelf:
    """Puts files into the archive before they are read, so that nothing is read but what is kept."""

    def put(sha256: str, content: BinaryIO | bytes) -> Path:
        keep_alone(archive, sha256, content)
        return path_of(archive, sha256)

    return put


def keep_rejected(archive: Path, rejected: Sequence[RejectedFile]) -> None:
    """Keep the bytes of files that no record could be read from, as far as they are still there and the same."""
    for refused in rejected:
        if refused.sha256 and refused.file is not None and refused.file.span is None:
            # That it changed or went is no ground to end a night.
            with suppress(FileNotFoundError, RejectedFile), regular(refused.file.path) as stream:
                keep_alone(archive, refused.sha256, stream)


def keep_alone(archive: Path, sha256: str, content: BinaryIO | bytes) -> None:
    """Write bytes, or a file from its first, under their digest. Raises RejectedFile if it is not theirs, NotKept."""
    place, part, digest = path_of(archive, sha256), archive / ARRIVING / sha256, hashlib.sha256()
    if place.exists():
        return
    with kept():
        file = part.open("wb")
    with file:
        for block in blocks(content):
            digest.update(block)
            with kept():
                file.write(block)
        with kept():
            settle(file)
    if digest.hexdigest() != sha256:
        part.unlink()
        raise RejectedFile("unreadable_file", "changed while being read")
    with kept():
        arrive(part, place)


@contextmanager
def kept() -> Generator[None]:
    """What goes wrong here is no fault of the file that is kept. Raises NotKept."""
    try:
        yield
    except OSError as error:
        raise NotKept(*error.args) from error


def blocks(content: BinaryIO | bytes) -> Iterator[bytes]:
    """Bytes in one piece, a file in many from its first byte."""
    if isinstance(content, bytes):
        yield content
        return
    content.seek(0)
    while block := content.read(BLOCK_BYTES):
        yield block


def pack(archive: Path, files: Sequence[FileRead]) -> None:
    """Write the bytes of small files into one pack, in the order given."""
    name = hashlib.sha256("".join(read.sha256 for read in files).encode("ascii")).hexdigest()
    part = archive / ARRIVING / name
    # In memory first: on disk every member would cost three seeks and two headers.
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as members:
        for read in files:
            assert read.data is not None
            members.writestr(zipfile.ZipInfo(read.sha256), read.data)
    with part.open("wb") as file:
        file.write(packed.getbuffer())
        settle(file)
    arrive(part, archive / PACKS / f"{name}.zip")


def settle(file: BinaryIO) -> None:
    """The bytes are on the disk before the database says that they were seen."""
    file.flush()
    os.fsync(file.fileno())


def arrive(part: Path, place: Path) -> None:
    """A whole file gets its place."""
    place.parent.mkdir(mode=0o700, exist_ok=True)
    point("ingest:archive")
    part.replace(place)
    fsync(place.parent)


def path_of(archive: Path, sha256: str) -> Path:
    """Where a file lies that lies alone."""
    return archive / sha256[:2] / sha256


def found(archive: Path, names: Iterable[tuple[str, str]]) -> dict[tuple[str, str], InputFile]:
    """The files of these names and digests, as they lie in the archive; what is missing there is left out."""
    packed = packed_files(archive / PACKS)
    there: dict[tuple[str, str], InputFile] = {}
    for name, sha256 in names:
        place, span = packed.get(sha256, (path_of(archive, sha256), None))
        if span is not None or place.exists():
            there[name, sha256] = InputFile(place, name if span else outer(name, place), span=span)
    return there


def packed_files(folder: Path) -> dict[str, tuple[Path, Span]]:
    """{SHA-256: the pack it lies in, and where there}. Raises zipfile.BadZipFile for a pack that is none."""
    there: dict[str, tuple[Path, Span]] = {}
    for place in sorted(folder.glob("*.zip")):
        with zipfile.ZipFile(place) as members:
            for info in members.infolist():
                begins = info.header_offset + LOCAL_HEADER_BYTES + len(info.orig_filename)
                there[info.filename] = place, Span(begins, info.file_size)
    return there


def outer(file_name: str, place: Path) -> str:
    """The name of the file that arrived: of `a.zip/b.txt` the archive `a.zip`, if that is what lies in its place."""
    for parent in reversed(Path(file_name).parents):
        if parent.suffix.lower() == ".zip" and zipfile.is_zipfile(place):
            return parent.as_posix()
    return file_name
