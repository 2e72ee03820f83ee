"""Which files a night's paths stand for, and the name each keeps in the ledger."""

from __future__ import annotations

import glob
import os
import stat
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import NamedTuple

_MAGIC = frozenset("*?[")


class Span(NamedTuple):
    """Where in a file the bytes of another lie, one after the other."""

    offset: int
    size: int


@dataclass(frozen=True)
class InputFile:
    """A file to read. `file_name`: path below the input given, POSIX slashes. `refusal`: why it must not be opened.

    `reader` and `fields` are what its source says of it (seeds/sources.csv); without a reader the ending decides.
    `address` is where on the web it came from, `span` where at `path` it lies if other files lie there too; `is_link`:
    whether it was a link when it was looked at.
    """

    path: Path
    file_name: str
    refusal: str | None = None
    reader: str | None = None
    fields: str | None = None
    address: str | None = None
    span: Span | None = None
    is_link: bool = False

    @property
    def ending(self) -> str:
        """'.txt' of 'a/B.TXT', '' without one."""
        # As often as there are files: a path object for each costs more than its bytes.
        return os.path.splitext(self.file_name)[1].lower()  # noqa: PTH122


def discover(paths: Sequence[str]) -> list[InputFile]:
    """The files behind files, folders (with their subfolders) and globs, by name, each real file once.

    Hidden files and folders are left out unless given themselves; a link that leads out of its folder, a broken link
    and anything but a regular file is listed with a refusal. Raises FileNotFoundError for a path that is nothing.
    """
    found: dict[str, InputFile] = {}
    folders: dict[str, str] = {}
    for given in paths:
        for file in _behind(given):
            found.setdefault(_real(str(file.path), folders), file)
    return sorted(_distinct(list(found.values())), key=lambda file: (file.file_name, str(file.path)))


def outside(files: Sequence[InputFile], is_kept: Callable[[str], bool]) -> tuple[InputFile, ...]:
    """The files of which `is_kept` does not hold, asked for their paths without links."""
    folders: dict[str, str] = {}
    return tuple(file for file in files if not is_kept(_real(str(file.path), folders)))


def _behind(given: str) -> Iterator[InputFile]:
    path = Path(given)
    if _is_folder(path):
        yield from _walk(path, path)
    elif os.path.lexists(path):
        yield _listed(path, path.parent)
    elif _MAGIC & set(given):
        yield from _matches(given)
    else:
        raise FileNotFoundError(f"no such file or folder: {given}")


def _matches(pattern: str) -> Iterator[InputFile]:
    """What a glob matches; names count from its last part without a wildcard."""
    parts = Path(pattern).parts
    fixed = next(position for position, part in enumerate(parts) if _MAGIC & set(part))
    root = Path(*parts[:fixed])
    for match in sorted(glob.glob(pattern, recursive=True)):  # noqa: PTH207 (an absolute pattern, '**' in it)
        path = Path(match)
        if _is_folder(path) and not path.is_symlink():
            yield from _walk(path, root)
        elif not _is_folder(path):
            yield _listed(path, root, inside=root)


def _real(path: str, folders: dict[str, str]) -> str:
    """The path without links. `folders` are those resolved so far: the files of one share its answer."""
    folder, name = os.path.split(path)
    if folder not in folders:
        folders[folder] = os.path.realpath(folder)
    real = os.path.join(folders[folder], name)  # noqa: PTH118 (as often as there are files)
    return os.path.realpath(real) if os.path.islink(real) else real  # noqa: PTH114


def _walk(folder: Path, root: Path) -> Iterator[InputFile]:
    """Every file below `folder`, named below `root`; no link to a folder is followed, one that leads out is listed."""
    waiting = [(str(folder), "" if folder == root else f"{_name(folder, root)}/")]
    while waiting:
        place, below = waiting.pop()
        try:
            entries = sorted(os.scandir(place), key=lambda entry: entry.name)
        except OSError as error:
            yield InputFile(Path(place), below.rstrip("/") or ".", error.strerror or type(error).__name__)
            continue
        for entry in entries:
            if entry.name.startswith("."):
                continue
            if entry.is_dir(follow_symlinks=False):
                waiting.append((entry.path, f"{below}{_shown(entry.name)}/"))
            elif entry.is_file(follow_symlinks=False):
                yield InputFile(Path(entry.path), below + _shown(entry.name))
            elif not _is_folder(entry.path) or _leads_out(Path(entry.path), root):
                yield _listed(Path(entry.path), root, inside=root)


def _is_folder(path: str | Path) -> bool:
    """Whether a path leads to a folder; not where nobody can tell, as with a link to itself."""
    return os.path.isdir(path)  # noqa: PTH112 (that of pathlib raises)


def _listed(path: Path, root: Path, inside: Path | None = None) -> InputFile:
    return InputFile(path, _name(path, root), _refusal(path, inside), is_link=path.is_symlink())


def _name(path: Path, root: Path) -> str:
    """The path below `root`."""
    return _shown(path.relative_to(root).as_posix())


def _shown(name: str) -> str:
    """A name as the ledger has it: bytes that are no UTF-8 stand as escapes."""
    if name.isascii():
        return name
    return name.encode("utf-8", "surrogateescape").decode("utf-8", "backslashreplace")


def _refusal(path: Path, inside: Path | None) -> str | None:
    """Why a path must not be opened: a pipe would block for ever, a link may lead anywhere."""
    try:
        mode = path.stat().st_mode
    except OSError as error:
        return error.strerror or type(error).__name__
    if inside is not None and _leads_out(path, inside):
        return "a link that leaves its folder"
    return None if stat.S_ISREG(mode) else "not a regular file"


def _leads_out(path: Path, inside: Path) -> bool:
    return path.is_symlink() and not path.resolve().is_relative_to(inside.resolve())


def _distinct(files: list[InputFile]) -> list[InputFile]:
    """Files of equal name from different inputs: their names grow by parent folders until they differ."""
    depth = 0
    while True:
        counts = Counter(file.file_name for file in files)
        if len(counts) == len(files) or depth > 64:
            return files
        depth += 1
        files = [replace(file, file_name=_longer(file)) if counts[file.file_name] > 1 else file for file in files]


def _longer(file: InputFile) -> str:
    parts = file.path.absolute().parts
    taken = len(file.file_name.split("/"))
    return "/".join(parts[max(1, len(parts) - taken - 1) :])
