"""How a frame crosses between processes: as one Arrow stream, a large one as a file that is mapped where it is taken.

Left to itself a frame is pickled column by column, at thrice the cost of a stream. A stream is copied four times on its
way through a pipe, each time into pages the system must find and clear first; a file costs a third of that. It is removed
when it is taken, seconds after it was written, so that hardly a byte of it gets to the disk.
"""

from __future__ import annotations

import copyreg
import secrets
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, cast

import polars as pl

# Below this the making of a file weighs more than the copies.
LARGE_BYTES = 1 << 20


@dataclass(frozen=True, slots=True)
class Parcel:
    """A frame on its way, by the folder if there is one. What is unpickled in the other process is the frame itself."""

    frame: pl.DataFrame
    folder: Path | None

    def __reduce__(self) -> tuple[Callable[..., pl.DataFrame], tuple[Any, ...]]:
        """What pickle is told: who makes the frame again, from what."""
        is_large = self.frame.estimated_size() >= LARGE_BYTES
        path = left(self.frame, self.folder) if self.folder and is_large else None
        return (taken, (path,)) if path else crossing(self.frame)


def on_its_way(frame: pl.DataFrame, folder: Path | None) -> pl.DataFrame:
    """The frame as pickle is given it. It is typed as what it will be: before it has crossed it is good for nothing else."""
    return cast(pl.DataFrame, Parcel(frame, folder))


def left(frame: pl.DataFrame, folder: Path) -> Path | None:
    """Where the frame now lies in the folder; None if the disk would not have it."""
    path = folder / secrets.token_hex(8)
    try:
        with path.open("xb") as file:
            frame.write_ipc(file, compression="uncompressed", compat_level=pl.CompatLevel.newest())
    except (OSError, pl.exceptions.PolarsError):
        path.unlink(missing_ok=True)
        return None
    return path


def taken(path: Path) -> pl.DataFrame:
    """The frame that lies there, mapped: nothing of it is copied. Its file goes, its bytes go with the frame."""
    import pyarrow as pa

    table = pa.ipc.open_file(pa.memory_map(str(path))).read_all()
    path.unlink()
    frame = pl.from_arrow(table)
    assert isinstance(frame, pl.DataFrame)
    return frame


def clear(folder: Path) -> None:
    """Remove the folder and whatever was never taken, by whoever was killed."""
    shutil.rmtree(folder, ignore_errors=True)


def packed(frame: pl.DataFrame) -> bytes:
    """The frame as an Arrow stream."""
    stream = frame.write_ipc_stream(None, compat_level=pl.CompatLevel.newest())
    return stream.getvalue()


def unpacked(stream: bytes) -> pl.DataFrame:
    """The frame of an Arrow stream."""
    return pl.read_ipc_stream(stream)


def crossing(frame: pl.DataFrame) -> tuple[Callable[[bytes], pl.DataFrame], tuple[bytes]]:
    """What pickle is told of a frame: who makes it again, from what."""
    return unpacked, (packed(frame),)


def as_streams() -> None:
    """Have every frame this process pickles from now on cross as a stream; whoever unpickles it needs no telling."""
    copyreg.pickle(pl.DataFrame, crossing)
