"""Rows held back: why, whose, and what becomes of the record."""

from __future__ import annotations

import hashlib
from functools import cache
from typing import TYPE_CHECKING

import polars as pl

from transforms.tables.ops import Quarantined
from transforms.tables.ref import ReasonCode

if TYPE_CHECKING:
    from flows.pipeline import Stage
    from flows.runner import Night

UNLISTED = "invalid_row"


def quarantine_id(stage: str, subject: str, reason_code: str) -> str:
    """The id people use to ask about a held-back row: Q- and 12 hex digits."""
    return "Q-" + hashlib.sha256(f"{stage}\x1f{subject}\x1f{reason_code}".encode()).hexdigest()[:12]


def reasons(stage_name: str, codes: pl.DataFrame) -> dict[str, tuple[str, str]]:
    """{broken rule or reason code: (reason code, fate)} for one stage, as seeds/reason_codes.csv says."""
    found: dict[str, tuple[str, str]] = {}
    for row in codes.filter(pl.col("stage") == stage_name).iter_rows(named=True):
        for rule in [row["reason_code"], *(row["rules"] or "").split()]:
            found[rule] = (row["reason_code"], row["fate"])
    return found


@cache
def nothing() -> pl.DataFrame:
    """The quarantine rows of a chunk that is all good."""
    return Quarantined.create_empty()


def held_back(stage: Stage, held: pl.DataFrame, night: Night) -> pl.DataFrame:
    """The quarantine rows for what a chunk held back: one per subject and reason code."""
    if held.is_empty():
        return nothing()
    known = reasons(stage.name, night.seed(ReasonCode))
    key = stage.writes.primary_key() or ["document_id"]
    rows: dict[str, dict[str, object]] = {}
    for row in held.iter_rows(named=True):
        subject = "\x1f".join(str(row.get(k)) for k in key)
        listed = [known.get(rule, (UNLISTED, known.get(UNLISTED, ("", "none"))[1])) for rule in row["reasons"]]
        for code, fate in dict.fromkeys(listed):
            unlisted = [r for r in row["reasons"] if r not in known]
            number = quarantine_id(stage.name, subject, code)
            rows[number] = {
                "quarantine_id": number,
                "stage": stage.name,
                "reason_code": code,
                "fate": fate,
                "record_id": row.get("record_id"),
                "document_id": row.get("document_id"),
                "source_id": row.get("source_id") or "adhoc",
                "file_name": None,
                "file_sha256": None,
                "night": row.get("night") or night.night,
                "detail": (row.get("detail") or " ".join(unlisted)) or None,
            }
    return pl.DataFrame(list(rows.values()), schema=Quarantined.create_empty().schema)
