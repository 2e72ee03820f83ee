"""Structured records (a JSON object, a line with its CSV header) to fields, whatever the record's encoding."""

from __future__ import annotations

import csv
import io
import json
import re
from dataclasses import dataclass
from typing import Any

import orjson
import polars as pl

from transforms.decode.charset import Decoded, decode
from transforms.decode.fields import MEANINGS, Drift, FieldNames

DELIMITERS = ",\t;|"
STRUCTURED = frozenset(("json", "csv", "parquet", "feed"))
SLICE_ROWS = 1000  # records that are Python objects at a time
MAX_FIELD_CHARACTERS = 1 << 27

Outcome = tuple[dict[str, Any] | None, str, str | None]
"""(record, encoding, reason code): the record is None where there is a reason."""
_NOTHING = [pl.lit(None, pl.String).alias(name) for name in ("encoding", "reason_code", *MEANINGS)]
_SURROGATE = re.compile("[\ud800-\udfff]")


@dataclass(frozen=True)
class SourceNames:
    """How the records of one source are read, and what is refused among them."""

    names: FieldNames
    refuses_unknown: bool = False
    refuses_missing: bool = False

    def refusal(self, record: dict[str, Any]) -> str | None:
        """'unknown_field' or 'missing_field' where the source's policy holds such records back."""
        if not (self.refuses_unknown or self.refuses_missing):
            return None
        drift = self.names.drift(record)
        if self.refuses_missing and drift.missing:
            return "missing_field"
        return "unknown_field" if self.refuses_unknown and drift.unknown else None


class Sources(dict[str, SourceNames]):
    """How each source is read; one that is not declared is read by the usual names."""

    def __init__(self, field_names: pl.DataFrame, sources: pl.DataFrame) -> None:
        """`field_names`: ref.field_names; `sources`: ref.sources, of which the columns about fields may be missing."""
        self._usual = SourceNames(FieldNames(field_names))
        wanted = ("fields", "unknown_fields", "missing_fields")
        told = sources.with_columns(pl.lit(None, pl.String).alias(n) for n in wanted if n not in sources.columns)
        told = told.select("source_id", *wanted).filter(pl.any_horizontal(pl.col(wanted).is_not_null()))
        for source_id, own, unknown, missing in told.iter_rows():
            self[source_id] = SourceNames(
                FieldNames(field_names, own), unknown == "quarantine", missing == "quarantine"
            )

    def __missing__(self, source_id: str) -> SourceNames:
        """The usual names."""
        return self._usual


def delimiter(header: str) -> str:
    """The character that cuts a CSV header most often; the comma where none does."""
    return max(DELIMITERS, key=lambda mark: (header.count(mark), -DELIMITERS.index(mark)))


def parsed_json(payload: bytes, hint: str | None = None) -> Outcome:
    """A JSON object. Reasons: 'malformed_json', 'too_deep', 'undecodable'. Accepts NaN, 1e400 and repeated keys."""
    try:
        return _object(orjson.loads(payload), "utf-8")
    except orjson.JSONDecodeError:
        # Another encoding, or what only a lenient parser takes: read once more below, where it gets its reason.
        pass
    decoded = decode(payload, hint)
    if decoded.reason_code is not None:
        return None, decoded.encoding, decoded.reason_code
    try:
        value = json.loads(decoded.text, strict=False, parse_int=_integer)
        # Half of a character outside the basic plane, written as an escape: no text can hold it.
        return _object(_whole(value) if r"\ud" in decoded.text.lower() else value, decoded.encoding)
    except RecursionError:
        return None, decoded.encoding, "too_deep"
    except ValueError:
        return None, decoded.encoding, "malformed_json"


def _integer(digits: str) -> int | str:
    """An integer; one of thousands of digits stays text, which is what becomes of it anyway."""
    return int(digits) if len(digits) <= 4000 else digits


def _whole(value: Any) -> Any:
    """The value with lone surrogates replaced in every string. Raises RecursionError."""
    if isinstance(value, str):
        return _SURROGATE.sub("\ufffd", value)
    if isinstance(value, list):
        return [_whole(item) for item in value]
    if isinstance(value, dict):
        return {_whole(key): _whole(item) for key, item in value.items()}
    return value


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


def fields(records: pl.DataFrame, sources: Sources) -> pl.DataFrame:
    """One row per record with `row`, `encoding`, `reason_code` and a column per meaning, all String but `row`.

    `records`: row (UInt32), source_id, format, payload (Binary), hint (String).
    """
    outcomes: list[tuple[str | None, ...]] = []
    for part in records.select("source_id", "format", "payload", "hint").iter_slices(SLICE_ROWS):
        for source_id, form, payload, hint in part.rows():
            names = sources[source_id]
            record, encoding, reason = (parsed_row if form == "csv" else parsed_json)(payload, hint)
            values: dict[str, str] = {}
            if record is not None:
                reason = names.refusal(record)
                values = names.names.values(record) if reason is None else values
            outcomes.append((encoding, reason, *map(values.get, MEANINGS)))
    columns = zip(("encoding", "reason_code", *MEANINGS), zip(*outcomes, strict=True), strict=False)
    found = [pl.Series(name, values, dtype=pl.String) for name, values in columns]
    return records.select("row").hstack(found) if found else records.select("row").with_columns(_NOTHING)


def drifts(records: pl.DataFrame, sources: Sources) -> pl.DataFrame:
    """One row per structured record with `unknown` and `missing` (List of String): see FieldNames.drift.

    `records`: source_id, format, payload (Binary). A record that cannot be parsed drifts nowhere.
    """
    found: list[Drift] = []
    for source_id, form, payload in records.select("source_id", "format", "payload").iter_rows():
        record = None
        if form in STRUCTURED:
            record, _, _ = (parsed_row if form == "csv" else parsed_json)(payload)
        found.append(sources[source_id].names.drift(record) if record is not None else Drift())
    names = pl.List(pl.String)
    return pl.DataFrame(found, schema={"unknown": names, "missing": names}, orient="row")
