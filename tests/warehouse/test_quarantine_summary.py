"""What is held back is counted as the ledger counts it: record by record."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import duckdb

SUMMARY = (Path(__file__).resolve().parents[2] / "warehouse/meta/quarantine_summary.sql").read_text(encoding="utf-8")


def test_a_document_counts_for_every_record_that_brought_it() -> None:
    connection = duckdb.connect()
    connection.execute(
        """
        create schema ops;
        create schema raw;
        create table raw.documents as
        from (values
            ('r1', 'd1', 'harbour', DATE '2026-11-19'), ('r2', 'd1', 'harbour', DATE '2026-11-20'),
            ('r3', 'd2', 'river', DATE '2026-11-20')
        ) as t(record_id, document_id, source_id, night);
        create table ops.quarantine as
        from (values
            ('clean', 'no_han_body', 'quarantined', NULL, 'd1', 'harbour', DATE '2026-11-19'),
            ('measure', 'bounds', 'none', NULL, 'd2', 'river', DATE '2026-11-20'),
            ('decode', 'malformed_json', 'quarantined', 'r4', NULL, 'river', DATE '2026-11-20')
        ) as t(stage, reason_code, fate, record_id, document_id, source_id, night)
        """
    ).fetchall()
    assert sorted(connection.execute(SUMMARY).fetchall()) == [
        (date(2026, 11, 19), "clean", "no_han_body", "harbour", 1),
        (date(2026, 11, 20), "clean", "no_han_body", "harbour", 1),
        (date(2026, 11, 20), "decode", "malformed_json", "river", 1),
        (date(2026, 11, 20), "measure", "bounds", "river", 1),
    ]
