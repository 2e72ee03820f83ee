"""Files as the readers cut them into records."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import polars as pl
import pytest

from flows import readers
from flows.readers import Batch, InputFile, RejectedFile

CHUNK = 1 << 20


def records(folder: Path, chunk_bytes: int = CHUNK) -> pl.DataFrame:
    batches = list(readers.read_many(readers.discover([str(folder)]), chunk_bytes))
    return pl.concat([batch.records for batch in batches])


def read(file: InputFile, chunk_bytes: int) -> Iterator[Batch]:
    """The batches of one file; raises RejectedFile where it cannot be read to the end."""
    for batch in readers.read_many([file], chunk_bytes):
        if batch.rejected:
            raise batch.rejected[0]
        yield batch


def payloads(path: Path, chunk_bytes: int = CHUNK) -> list[tuple[bytes, str | None]]:
    [file] = readers.discover([str(path)])
    found = pl.concat([batch.records for batch in read(file, chunk_bytes)])
    assert found["record_ordinal"].to_list() == list(range(len(found)))
    return list(found.select("payload", "reason_code").iter_rows())


def refusal(path: Path) -> str:
    [file] = readers.discover([str(path)])
    with pytest.raises(RejectedFile) as caught:
        list(read(file, CHUNK))
    return caught.value.reason_code
