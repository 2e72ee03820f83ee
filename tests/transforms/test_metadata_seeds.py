"""The seeds of metadata: declared, and every rule proves itself with the engine that runs it."""

from __future__ import annotations

import polars as pl
from hypothesis import given
from hypothesis import strategies as st

import seeds
from tests.proofs import unproven
from tests.transforms.judgement import SHIPPED
from tests.transforms.test_metadata import frame, part
from transforms.metadata import metadata
from transforms.metadata.judgement import FRAMES
from transforms.metadata.spans import cues_in
from transforms.spans import occurrences

CUES, AGENCIES = seeds.table("byline_cues"), seeds.table("agencies").to_dicts()
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


def test_every_cue_proves_itself() -> None:
    assert unproven(CUES) == []


def test_every_agency_proves_itself() -> None:
    hits = [part(("dateline", agency["hit"]), document_id=f"{n:03}") for n, agency in enumerate(AGENCIES)]
    misses = [part(("dateline", agency["miss"]), document_id=f"{n:03}") for n, agency in enumerate(AGENCIES)]
    assert metadata(frame(*hits), SHIPPED)["agency"].to_list() == [agency["agency"] for agency in AGENCIES]
    assert metadata(frame(*misses), SHIPPED)["agency"].null_count() == len(AGENCIES)


def test_every_pattern_of_a_page_proves_itself() -> None:
    rules = seeds.table("page_patterns")
    framed = [FRAMES.get(part, "{}").replace("{}", pattern) for part, pattern in rules["part", "pattern"].iter_rows()]
    assert unproven(rules.with_columns(pattern=pl.Series(framed))) == []


@given(st.lists(st.lists(st.sampled_from(FRAGMENTS), max_size=6).map("".join), min_size=1, max_size=30))
def test_cues_at_the_edge_of_a_word_are_found_among_the_others(written: list[str]) -> None:
    texts = pl.DataFrame({"line": range(len(written)), "text": written}, schema={"line": pl.UInt32, "text": pl.String})
    patterns = CUES["pattern"].to_list()
    together = occurrences(texts, "|".join(f"(?:{pattern})" for pattern in patterns))
    assert cues_in(texts, patterns).equals(together.sort("line", "start"))
