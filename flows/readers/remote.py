"""Files in object stores and other places fsspec knows (`s3://…`, `memory://…`): listed, then copied as a stream."""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Any

from flows.endings import first_line

BLOCK_BYTES = 4 << 20
_MAGIC = frozenset("*?[")


class Unreachable(Exception):
    """A place that cannot be listed or read; for people."""


@dataclass(frozen=True, slots=True)
class RemoteFile:
    """A file elsewhere: its name below the place given, and what changes when it does."""

    path: str
    name: str
    mark: str


def files(place: str) -> tuple[Any, list[RemoteFile]]:
    """(file system, files) of a place: a file, a folder with its subfolders, or a glob, by name. Raises Unreachable."""
    try:
        # An extra: most homes never look beyond their disk and the web.
        from fsspec.core import url_to_fs
    except ImportError:
        raise Unreachable("needs the extra: pip install 'wencang[remote]'") from None
    try:
        system, path = url_to_fs(place)
        system.invalidate_cache()
        if _MAGIC & set(path):
            root, found = _fixed(path), system.glob(path, detail=True)
        elif system.isdir(path):
            root, found = path, system.find(path, detail=True)
        else:
            root, found = str(PurePosixPath(path).parent), {path: system.info(path)}
    except Exception as error:
        # Every file system has exceptions of its own.
        raise Unreachable(first_line(error)) from error
    listed = [RemoteFile(path, _name(path, root), _mark(about)) for path, about in found.items() if _is_file(about)]
    return system, sorted(listed, key=lambda file: file.name)


def copy(system: Any, file: RemoteFile, into: Path) -> None:
    """Write the bytes of a file to `into`, block by block. Raises Unreachable."""
    try:
        with system.open(file.path, "rb") as source, into.open("wb") as target:
            shutil.copyfileobj(source, target, BLOCK_BYTES)
    except Exception as error:
        # As above: every file system has exceptions of its own.
        raise Unreachable(first_line(error)) from error


def _fixed(path: str) -> str:
    """The part of a pattern before its first wildcard."""
    parts = PurePosixPath(path).parts
    return str(PurePosixPath(*parts[: next(at for at, part in enumerate(parts) if _MAGIC & set(part))]))


def _name(path: str, root: str) -> str:
    clean, root = path.lstrip("/"), root.strip("/")
    return clean.removeprefix(root).lstrip("/") or PurePosixPath(clean).name


def _is_file(about: dict[str, Any]) -> bool:
    name = PurePosixPath(str(about.get("name", ""))).name
    return about.get("type") == "file" and not name.startswith(".")


def _mark(about: dict[str, Any]) -> str:
    """What tells a version of a file from another: the store's own mark, else its time, and its size."""
    names = ("ETag", "etag", "md5Hash", "VersionId", "mtime", "LastModified", "last_modified", "created")
    told = next((about[name] for name in names if about.get(name)), "")
    return f"{told} {about.get('size')}" if told else ""
