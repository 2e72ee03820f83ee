"""Parquet: a row is a record, written as a JSON object."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import polars as pl
import pyarrow as pa
import pyarrow.parquet as pq

from flows.endings import first_line
from flows.readers.opened import MAX_DOCUMENT_BYTES, MAX_RECORD_BYTES, Cut, Opened, RejectedFile

_BATCH_ROWS = 1000


def cut(source: Opened) -> Iterator[Cut]:
    """One UTF-8 JSON object a row; bytes columns as text where they are UTF-8. Raises RejectedFile."""
    try:
        with pq.ParquetFile(_seekable(source)) as file:
            for batch in file.iter_batches(batch_size=_BATCH_ROWS):
                yield _objects(pl.DataFrame(pl.from_arrow(batch)))
    except (pa.ArrowException, OSError, pl.exceptions.PolarsError) as error:
        raise RejectedFile("unreadable_file", first_line(error)) from error


def _seekable(source: Opened) -> Any:
    """The file itself; what is packed is unpacked into memory, for a Parquet file is read from its end."""
    if source.data is None and source.place is not None:
        return pa.OSFile(str(source.place))
    return pa.BufferReader(source.whole(MAX_DOCUMENT_BYTES))


def _text(data: bytes) -> str | None:
    try:
        return data.decode()
    except UnicodeDecodeError:
        return None


def _objects(rows: pl.DataFrame) -> Cut:
    rows = rows.with_columns(pl.col(pl.Binary).map_elements(_text, return_dtype=pl.String))
    encoded = rows.select(pl.struct(pl.all()).struct.json_encode()).to_series().cast(pl.Binary).to_list()
    reasons = {at: "too_large" for at, payload in enumerate(encoded) if len(payload) > MAX_RECORD_BYTES}
    return Cut([payload[:MAX_RECORD_BYTES] for payload in encoded], reasons)
