"""Parquet: a row is a record, written as a JSON object."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import polars as pl
import pyarrow as pa
import pyarrow.parquet as pq
from polars.datatypes import DataTypeClass

from flows.endings import first_line
from flows.readers.opened import MAX_DOCUMENT_BYTES, MAX_RECORD_BYTES, Cut, Opened, RejectedFile

_BATCH_ROWS = 1000
# Days from 1970 to the first of year 1 and the last of year 9999: beyond them engines panic.
_FIRST_DAY, _LAST_DAY = -719_162, 2_932_896
_DAY = {"ms": 86_400_000, "us": 86_400_000_000}
# Polars panics, which is no Exception, at types it does not know (decimals of 60 digits).
_BROKEN = (pa.ArrowException, OSError, pl.exceptions.PolarsError, pl.exceptions.PanicException)


def cut(source: Opened) -> Iterator[Cut]:
    """One UTF-8 JSON object a row; bytes, nested too, as text where they are UTF-8, else null. Raises RejectedFile."""
    try:
        with pq.ParquetFile(_seekable(source)) as file:
            for batch in file.iter_batches(batch_size=_BATCH_ROWS):
                yield _objects(pl.DataFrame(pl.from_arrow(batch)))
    except _BROKEN as error:
        raise RejectedFile("unreadable_file", first_line(error)) from error


def _seekable(source: Opened) -> Any:
    """The file itself; what is packed is unpacked into memory, for a Parquet file is read from its end."""
    if source.data is None and source.place is not None:
        return pa.OSFile(str(source.place))
    return pa.BufferReader(source.whole(MAX_DOCUMENT_BYTES))


def _text(value: Any) -> Any:
    """A value with its bytes as text."""
    match value:
        case bytes():
            try:
                return value.decode()
            except UnicodeDecodeError:
                return None
        case list():
            return [_text(item) for item in value]
        case dict():
            return {name: _text(item) for name, item in value.items()}
        case _:
            return value


def _as_text(dtype: pl.DataType | DataTypeClass) -> pl.DataType | DataTypeClass:
    """The type of a value once its bytes are text."""
    match dtype:
        case pl.Binary():
            return pl.String()
        case pl.List():
            return pl.List(_as_text(dtype.inner))
        case pl.Array():
            return pl.List(_as_text(dtype.inner))
        case pl.Struct():
            return pl.Struct({field.name: _as_text(field.dtype) for field in dtype.fields})
        case _:
            return dtype


def _told(column: pl.Series) -> pl.Series:
    """A column as JSON can tell it: bytes as text, no day before year 1 or after 9999."""
    dtype = column.dtype
    if isinstance(dtype, pl.Datetime) and dtype.time_unit == "ns":
        # As pandas writes them: 64 bits of nanoseconds reach from 1677 to 2262.
        return column
    if isinstance(dtype, pl.Date | pl.Datetime):
        day = 1 if isinstance(dtype, pl.Date) else _DAY[dtype.time_unit]
        told = column.to_physical().is_between(_FIRST_DAY * day, _LAST_DAY * day + day - 1)
        return column.set(~told, None) if not told.all() else column
    as_text = _as_text(dtype)
    return column if as_text == dtype else pl.Series(column.name, _text(column.to_list()), as_text)


def _objects(rows: pl.DataFrame) -> Cut:
    rows = pl.DataFrame([_told(column) for column in rows])
    encoded = rows.select(pl.struct(pl.all()).struct.json_encode()).to_series().cast(pl.Binary).to_list()
    reasons = {at: "too_large" for at, payload in enumerate(encoded) if len(payload) > MAX_RECORD_BYTES}
    return Cut([payload[:MAX_RECORD_BYTES] for payload in encoded], reasons)
