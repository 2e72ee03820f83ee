"""Where the workers of a cluster leave what they hand to each other: Parquet files in any place fsspec knows."""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Generator, Iterable
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import fsspec
import polars as pl

from flows.endings import first_line
from flows.settings import Home


class Unreachable(OSError):
    """A place that cannot be read or written; says why."""


@dataclass(frozen=True, slots=True)
class Exchange:
    """A folder of one home, as `file:///…`, `s3://…`, `gs://…`, `memory://…`. It crosses to other machines as its URL."""

    url: str

    def place(self) -> tuple[Any, str]:
        """The file system and the folder in it. Raises Unreachable."""
        with self.reached():
            return fsspec.url_to_fs(self.url)

    @contextmanager
    def reached(self) -> Generator[None]:
        """Every file system has exceptions of its own; here they are Unreachable."""
        try:
            yield
        except OSError:
            raise
        except Exception as error:
            raise Unreachable(f"the exchange {self.url}: {first_line(error)}") from error

    def write(self, frame: pl.DataFrame) -> str:
        """Leave a frame; returns the name it can be read by.

        Every name is new: a task done twice because its machine fell silent cannot spoil what it left the first time.
        """
        system, folder = self.place()
        name = f"{secrets.token_hex(8)}.parquet"
        with self.reached():
            system.makedirs(folder, exist_ok=True)
        with self.reached(), system.open(f"{folder}/{name}", "wb") as file:
            frame.write_parquet(file)
        return name

    def read(self, name: str) -> pl.DataFrame:
        """A frame that was left here."""
        system, folder = self.place()
        with self.reached(), system.open(f"{folder}/{name}", "rb") as file:
            return pl.read_parquet(file)

    def drop(self, names: Iterable[str]) -> None:
        """Remove what has been read."""
        system, folder = self.place()
        with self.reached():
            for name in names:
                system.rm_file(f"{folder}/{name}")

    def clear(self) -> None:
        """Remove everything of this home, also what a killed run left."""
        system, folder = self.place()
        with self.reached():
            if system.exists(folder):
                system.rm(folder, recursive=True)


def exchange_of(home: Path, url: str | None) -> Exchange:
    """The folder of this home at `url`, else in the home itself."""
    if url is None:
        # As it stands: fsspec takes the `%20` of an address for three letters of a name.
        return Exchange(f"file://{Home(home).exchange}")
    # Several homes may share a place, and none may clear what another left.
    mine = hashlib.sha256(str(home).encode()).hexdigest()[:12]
    return Exchange(f"{url.rstrip('/')}/wencang-{mine}")
