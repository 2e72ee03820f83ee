"""What holds a row back: the rules of each table, shown by a row that keeps them and one change that breaks one."""

from __future__ import annotations

import datetime as dt
from typing import Any

import polars as pl
import pytest

from transforms.tables import core, enrichment, raw
from transforms.tables.base import Table

DOCUMENT = "0" * 16
DAY = dt.date(2025, 3, 1)
REMOVED = {"ordinal": 0, "line_no": 1, "category": "banner", "rule_id": "r", "start_offset": 4, "end_offset": 6}
REPAIR = {"ordinal": 0, "kind": "punctuation", "after": "，", "confidence": 1.0, "start_offset": 4, "end_offset": 6}
GOOD: dict[type[Table], dict[str, Any]] = {
    raw.Document: {
        "record_id": DOCUMENT, "document_id": DOCUMENT, "source_id": "s", "night": DAY, "format": "text",
        "encoding": "utf-8", "text": "渡口亮着灯。", "is_retraction": False,
    },
    core.CleanDocument: {
        "document_id": DOCUMENT, "source_id": "s", "night": DAY, "title_is_inferred": False, "body_original": "渡口",
        "headings": [], "removed": [REMOVED | {"text": "分享"}], "repairs": [REPAIR | {"before": ",,"}], "pii": [],
        "credits": [], "published_precision": "none", "published_is_inferred": False, "quality_flags": [],
    },
    enrichment.Mention: {
        "document_id": DOCUMENT, "entity_id": "person:覃书远", "entity_type": "person", "name_hans": "覃书远",
        "mention_count": 1, "in_title": False, "surface": "覃书远", "role_hans": "院长", "affiliation_hans": "广西大学",
        "affiliation_id": "organisation:广西大学",
    },
    enrichment.Figure: {
        "document_id": DOCUMENT, "ordinal": 0, "text": "三到五成", "kind": "range", "value_min": 0.3, "value_max": 0.5,
        "start_offset": 2, "end_offset": 6, "where_found": "body", "is_suspect": False,
    },
    enrichment.Event: {
        "document_id": DOCUMENT, "ordinal": 0, "date_from": DAY, "date_to": DAY, "date_text": "3月1日",
        "precision": "day", "sentence": "3月1日开门。",
    },
    enrichment.Quote: {
        "document_id": DOCUMENT, "ordinal": 0, "text": "灯还亮着", "is_direct": True, "start_offset": 3, "end_offset": 7,
    },
    enrichment.SearchToken: {"document_id": DOCUMENT, "tokens": "渡口\x1f灯", "occurrences": [1, 2]},
}  # fmt: skip


def broken(table: type[Table], **change: Any) -> dict[str, int]:
    """The rules a row breaks that is good but for a change, each with the number of rows."""
    schema = table.create_empty().schema
    assert not set(change) - set(schema)
    row = dict.fromkeys(schema) | GOOD[table] | change
    return table.filter(pl.DataFrame([row], schema=schema))[1].counts()


@pytest.mark.parametrize("table", GOOD, ids=lambda table: table.NAME)
def test_a_good_row_breaks_no_rule(table: type[Table]) -> None:
    assert broken(table) == {}


@pytest.mark.parametrize(
    ("table", "change", "rule"),
    [
        (raw.Document, {"text": " \n"}, "has_text"),
        (core.CleanDocument, {"body_original": "Lighthouse."}, "has_han_body"),
        (core.CleanDocument, {"removed": [REMOVED | {"text": "分享到"}]}, "cuts_fit"),
        (core.CleanDocument, {"removed": [REMOVED | {"text": t} for t in ("分享", "分")]}, "cuts_fit"),
        (core.CleanDocument, {"repairs": [REPAIR | {"before": ","}]}, "repairs_fit"),
        (enrichment.Mention, {"entity_type": "place"}, "only_people_hold_posts"),
        (enrichment.Mention, {"role_hans": None}, "affiliations_come_with_a_role"),
        (enrichment.Mention, {"affiliation_hans": None}, "affiliations_come_with_a_role"),
        (enrichment.Figure, {"end_offset": 7}, "offsets_fit"),
        (enrichment.Figure, {"value_min": 0.6}, "bounds_in_order"),
        (enrichment.Event, {"date_to": DAY - dt.timedelta(days=1)}, "ends_after_it_begins"),
        (enrichment.Quote, {"start_offset": 2}, "offsets_fit"),
        (enrichment.SearchToken, {"occurrences": [1]}, "counts_fit"),
        (enrichment.SearchToken, {"occurrences": [1, 0]}, "counts_fit"),
        (enrichment.SearchToken, {"tokens": "", "occurrences": [1]}, "counts_fit"),
    ],
)
def test_a_row_is_held_back_for_the_rule_it_breaks(table: type[Table], change: dict[str, Any], rule: str) -> None:
    assert broken(table, **change) == {rule: 1}


@pytest.mark.parametrize(
    ("table", "change"),
    [
        (raw.Document, {"text": "", "is_retraction": True}),
        (core.CleanDocument, {"removed": [], "repairs": []}),
        (enrichment.Mention, {"role_hans": None, "affiliation_hans": None, "affiliation_id": None}),
        (enrichment.Mention, {"affiliation_id": None}),
        (enrichment.Figure, {"value_max": None}),
        (enrichment.Figure, {"value_min": 0.6, "is_suspect": True}),
        (enrichment.SearchToken, {"tokens": "", "occurrences": []}),
    ],
)
def test_what_a_row_may_lack_holds_nothing_back(table: type[Table], change: dict[str, Any]) -> None:
    assert broken(table, **change) == {}
