"""The cost model: the page quotes what the script prints, and the model grows as it should."""

from __future__ import annotations

import json

import polars as pl
import pytest

from benchmarks import scale
from tests.conftest import PROJECT

CONSTANTS = json.loads(scale.KEPT.read_text(encoding="utf-8"))


def hours(column: dict[str, str], name: str) -> float:
    return float(column[name].replace(",", ""))


def test_the_page_quotes_what_the_script_prints() -> None:
    page = (PROJECT / "docs" / "scale.md").read_text(encoding="utf-8")
    assert f"<!-- scale -->\n{scale.table(CONSTANTS)}\n<!-- /scale -->" in page


def test_a_hundred_times_the_articles_cost_a_hundred_times_the_hours() -> None:
    one, many = scale.night(CONSTANTS, 10_000_000), scale.night(CONSTANTS, 1_000_000_000)
    for name in ("CPU hours on workers", "CPU hours of the one writer"):
        assert hours(many, name) == pytest.approx(100 * hours(one, name), rel=0.01)


def test_keys_that_are_dealt_leave_no_partition_much_fuller_than_the_mean() -> None:
    plain, kept = scale.evenness(1e9, 1e11)
    assert kept < 1.1 < plain
    assert scale.evenness(1e5, 1e7)[0] < plain


def test_sizes_are_said_in_the_unit_people_use() -> None:
    assert [scale.size(n) for n in (12, 4_500, 2.5e9, 3e15)] == ["12 B", "4.5 kB", "2.5 GB", "3e+03 TB"]


def test_the_join_is_measured_on_a_corpus_of_copies() -> None:
    told = scale.shuffled(60)
    assert 0 < told["share_of_keys_dealt"] < 1
    assert told["pairs_an_article"] > 0
    assert set(told) <= set(CONSTANTS)


def test_random_ids_count_in_full() -> None:
    same = pl.DataFrame({"document_key": [1] * 5_000})
    assert scale.parquet_bytes(same) > 8 * 5_000
