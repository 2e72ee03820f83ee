"""The quick look at a frame says nothing that the closer one would deny."""

from __future__ import annotations

import polars as pl
import pytest

from transforms.tables.enrichment import Figure, Keyword, Summary
from transforms.tables.keeping import keeps_rules

GOOD = pl.DataFrame(
    {
        "document_id": ["a" * 16, "a" * 16, "b" * 16],
        "keyword_hans": ["船", "渡口", "船"],
        "rank": [1, 2, 3],
        "weight": [0.5, 0.4, 0.3],
    }
)


def test_rows_that_keep_every_rule_are_told_at_once() -> None:
    assert keeps_rules(GOOD, Keyword)
    assert keeps_rules(GOOD.clear(), Keyword)


@pytest.mark.parametrize(
    "broken",
    [
        pytest.param(GOOD.with_columns(rank=pl.col("rank") - 1), id="a bound"),
        pytest.param(GOOD.with_columns(document_id=pl.lit("b" * 16)), id="the key comes twice"),
        pytest.param(GOOD.with_columns(document_id=pl.lit("no id")), id="the form of the key"),
        pytest.param(GOOD.with_columns(document_id=pl.lit(None, pl.String)), id="no key"),
        pytest.param(GOOD.with_columns(keyword_hans=pl.lit("")), id="too short"),
        pytest.param(GOOD.with_columns(pl.col("rank").cast(pl.Int32)), id="another type"),
    ],
)
def test_rows_that_break_a_rule_ask_for_a_closer_look(broken: pl.DataFrame) -> None:
    assert not keeps_rules(broken, Keyword)


def test_a_rule_over_several_columns_counts() -> None:
    figure = {
        "document_id": ["a" * 16], "ordinal": [0], "text": ["三成"], "kind": ["percent"], "value": [0.3],
        "value_min": [None], "value_max": [None], "unit": ["ratio"], "date_value": [None], "qualifier": [None],
        "start_offset": [4], "end_offset": [6], "where_found": ["body"], "is_suspect": [False], "note": [None],
    }  # fmt: skip
    rows = Figure.cast(pl.DataFrame(figure))
    assert keeps_rules(rows, Figure)
    assert not keeps_rules(rows.with_columns(end_offset=pl.lit(7, pl.Int64)), Figure)


def test_what_cannot_be_told_holds() -> None:
    rows = pl.DataFrame(
        {"document_id": ["a" * 16], "summary_hans": [None]}, schema_overrides={"summary_hans": pl.String}
    )
    assert keeps_rules(rows, Summary)
