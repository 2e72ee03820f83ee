"""Every noise rule carries its proof: it recognises its hit and leaves its miss alone."""

from __future__ import annotations

import polars as pl
import pytest

import seeds
from transforms.clean.cues import loosened, signs_of
from transforms.lines import fold

RULES = seeds.table("noise_rules")


@pytest.mark.parametrize("rule", RULES.to_dicts(), ids=RULES["rule_id"].to_list())
def test_rule_proves_itself(rule: dict[str, str]) -> None:
    hit, miss = pl.select(
        hit=fold(pl.lit(rule["hit"])).str.contains(rule["pattern"]),
        miss=fold(pl.lit(rule["miss"])).str.contains(rule["pattern"]),
    ).row(0)
    assert hit
    assert not miss


WORDS = RULES.filter(pl.col("scope").is_in(["piece", "speech"]))


@pytest.mark.parametrize("rule", WORDS.to_dicts(), ids=WORDS["rule_id"].to_list())
def test_words_of_a_page_leave_little_of_their_hit(rule: dict[str, str]) -> None:
    hit = pl.lit(fold_of(rule["hit"]))
    before, after = pl.select(
        before=hit.str.count_matches(r"[\p{L}\p{N}]"),
        after=hit.str.replace_all(rule["pattern"], "").str.count_matches(r"[\p{L}\p{N}]"),
    ).row(0)
    assert after <= (0.3 * before if rule["scope"] == "speech" else 0)


def fold_of(text: str) -> str:
    return pl.select(fold(pl.lit(text))).item()


@pytest.mark.parametrize("rule", RULES.to_dicts(), ids=RULES["rule_id"].to_list())
def test_the_cues_of_a_rule_admit_its_hit(rule: dict[str, str]) -> None:
    signs = signs_of(rule["pattern"])
    hit = pl.select(fold(pl.lit(rule["hit"]))).item().lower()
    assert not signs.cues or any(cue in hit[: signs.reach] for cue in signs.cues)
    if rule["scope"] == "line":
        assert len(hit) <= signs.longest
        assert signs.firsts is None or hit[0] in signs.firsts
        assert signs.lasts is None or hit[-1] in signs.lasts
        assert signs.stops or "。" not in hit[:-1]
        assert signs.closes or hit[-1] != "。"


@pytest.mark.parametrize("rule", RULES.to_dicts(), ids=RULES["rule_id"].to_list())
def test_a_loosened_rule_still_hits(rule: dict[str, str]) -> None:
    assert pl.select(fold(pl.lit(rule["hit"])).str.contains(loosened(rule["pattern"]))).item()
