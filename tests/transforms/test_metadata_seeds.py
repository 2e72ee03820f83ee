"""The seeds of metadata: declared, and every rule proves itself with the engine that runs it."""

from __future__ import annotations

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

import seeds
from tests.transforms.judgement import SHIPPED
from tests.transforms.test_metadata import frame, part
from transforms.metadata import metadata
from transforms.metadata.judgement import FRAMES
from transforms.metadata.spans import cues_in
from transforms.spans import occurrences

CUES, AGENCIES = seeds.table("byline_cues").to_dicts(), seeds.table("agencies").to_dicts()
FRAGMENTS = [
    "文",
    "图",
    "/",
    "|",
    ":",
    " ",
    "作者",
    "李某",
    "来源",
    "责编",
    "2024",
    "a",
    "_",
    "、",
    "摄影",
    "本报记者",
    "。",
]


@pytest.mark.parametrize("cue", CUES, ids=[cue["cue_id"] for cue in CUES])
def test_a_cue_proves_itself(cue: dict[str, str]) -> None:
    lines = pl.Series([cue["hit"], cue["miss"]])
    assert lines.str.contains(cue["pattern"]).to_list() == [True, False]


def test_every_agency_proves_itself() -> None:
    hits = [part(("dateline", agency["hit"]), document_id=f"{n:03}") for n, agency in enumerate(AGENCIES)]
    misses = [part(("dateline", agency["miss"]), document_id=f"{n:03}") for n, agency in enumerate(AGENCIES)]
    assert metadata(frame(*hits), SHIPPED)["agency"].to_list() == [agency["agency"] for agency in AGENCIES]
    assert metadata(frame(*misses), SHIPPED)["agency"].null_count() == len(AGENCIES)


PATTERNS = seeds.table("page_patterns").to_dicts()


@pytest.mark.parametrize("rule", PATTERNS, ids=[rule["rule_id"] for rule in PATTERNS])
def test_a_pattern_of_a_page_proves_itself(rule: dict[str, str]) -> None:
    lines = pl.Series([rule["hit"], rule["miss"]])
    assert lines.str.contains(FRAMES.get(rule["part"], "{}").replace("{}", rule["pattern"])).to_list() == [True, False]


@given(st.lists(st.lists(st.sampled_from(FRAGMENTS), max_size=6).map("".join), min_size=1, max_size=30))
def test_cues_at_the_edge_of_a_word_are_found_among_the_others(written: list[str]) -> None:
    texts = pl.DataFrame({"line": range(len(written)), "text": written}, schema={"line": pl.UInt32, "text": pl.String})
    patterns = [cue["pattern"] for cue in CUES]
    together = occurrences(texts, "|".join(f"(?:{pattern})" for pattern in patterns))
    assert cues_in(texts, patterns).equals(together.sort("line", "start"))
