"""Structured records (a JSON object, a line with its CSV header) to fields, whatever the record's encoding."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Sequence
from typing import Any

import orjson
import polars as pl

from transforms.decode.charset import Decoded, decode
from transforms.decode.fields import MEANINGS, FieldNames

DELIMITERS = ",\t;|"
MAX_FIELD_CHARACTERS = 1 << 27

Outcome = tuple[dict[str, Any] | None, str, str | None]
"""(record, encoding, reason code): the record is None where there is a reason."""


def delimiter(header: str) -> str:
    """The character that cuts a CSV header most often; the comma where none does."""
    return max(DELIMITERS, key=lambda mark: (header.count(mark), -DELIMITERS.index(mark)))


def parsed_json(payload: bytes, hint: str | None = None) -> Outcome:
    """A JSON object. Reasons: 'malformed_json', 'too_deep', 'undecodable'. Accepts NaN, 1e400 and repeated keys."""
    try:
        return _object(orjson.loads(payload), "utf-8")
    except orjson.JSONDecodeError:
        pass
    decoded = decode(payload, hint)
    if decoded.reason_code is not None:
        return None, decoded.encoding, decoded.reason_code
    try:
        return _object(json.loads(decoded.text, strict=False, parse_int=_integer), decoded.encoding)
    except RecursionError:
        return None, decoded.encoding, "too_deep"
    except ValueError:
        return None, decoded.encoding, "malformed_json"


def _integer(digits: str) -> int | str:
    """An integer; one of thousands of digits stays text, which is what becomes of it anyway."""
    return int(digits) if len(digits) <= 4000 else digits


def _object(value: Any, encoding: str) -> Outcome:
    return (value, encoding, None) if isinstance(value, dict) else (None, encoding, "malformed_json")


def parsed_row(payload: bytes, hint: str | None = None) -> Outcome:
    """A CSV row behind its header. Reasons: 'malformed_row', 'undecodable'."""
    decoded: Decoded = decode(payload, hint)
    if decoded.reason_code is not None:
        return None, decoded.encoding, decoded.reason_code
    csv.field_size_limit(MAX_FIELD_CHARACTERS)
    mark = delimiter(decoded.text.partition("\n")[0])
    try:
        rows = list(csv.reader(io.StringIO(decoded.text, newline=""), delimiter=mark, strict=True))
    except csv.Error:
        return None, decoded.encoding, "malformed_row"
    if len(rows) != 2 or len(rows[0]) != len(rows[1]):
        return None, decoded.encoding, "malformed_row"
    names = [name.strip() for name in rows[0]]
    return dict(zip(names, rows[1], strict=True)), decoded.encoding, None


def fields(records: pl.DataFrame, names: FieldNames) -> pl.DataFrame:
    """One row per record with `row`, `encoding`, `reason_code` and a column per meaning, all String but `row`.

    `records`: row (UInt32), format, payload (Binary), hint (String).
    """
    columns: dict[str, list[str | None]] = {name: [] for name in ("encoding", "reason_code", *MEANINGS)}
    for form, payload, hint in records.select("format", "payload", "hint").iter_rows():
        record, encoding, reason = (parsed_row if form == "csv" else parsed_json)(payload, hint)
        values = names.values(record) if record is not None else {}
        columns["encoding"].append(encoding)
        columns["reason_code"].append(reason)
        for meaning in MEANINGS:
            columns[meaning].append(values.get(meaning))
    schema: Sequence[tuple[str, type[pl.DataType]]] = [(name, pl.String) for name in columns]
    return records.select("row").hstack(pl.DataFrame(columns, schema=schema))
