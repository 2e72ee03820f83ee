"""Every noise rule carries its proof: it recognises its hit and leaves its miss alone."""

from __future__ import annotations

import polars as pl

import seeds
from tests.proofs import unproven
from transforms.clean.cues import loosened, signs_of
from transforms.lines import fold

RULES = seeds.table("noise_rules").with_columns(fold(pl.col("hit")), fold(pl.col("miss")))


def test_every_rule_proves_itself() -> None:
    assert RULES.height > 100
    assert unproven(RULES) == []


def test_words_of_a_page_leave_little_of_their_hit() -> None:
    words = RULES.filter(pl.col("scope").is_in(["piece", "speech"]))
    # A column of patterns is no argument of replace_all.
    left = [pl.Series([rule["hit"]]).str.replace_all(rule["pattern"], "")[0] for rule in words.to_dicts()]
    letters, share = r"[\p{L}\p{N}]", pl.when(pl.col("scope") == "speech").then(0.3).otherwise(0)
    is_left = pl.col("left").str.count_matches(letters) > share * pl.col("hit").str.count_matches(letters)
    assert words.with_columns(left=pl.Series(left)).filter(is_left.ne_missing(False)).to_dicts() == []


def test_the_cues_of_a_rule_admit_its_hit() -> None:
    barred = [rule for rule in RULES.to_dicts() if not admits(rule)]
    assert barred == []


def admits(rule: dict[str, str]) -> bool:
    """Whether the signs of a rule let its hit through."""
    signs, hit = signs_of(rule["pattern"]), rule["hit"].lower()
    is_cued = not signs.cues or any(cue in hit[: signs.reach] for cue in signs.cues)
    return is_cued and (
        rule["scope"] != "line"
        or (
            len(hit) <= signs.longest
            and (signs.firsts is None or hit[0] in signs.firsts)
            and (signs.lasts is None or hit[-1] in signs.lasts)
            and (signs.stops or "。" not in hit[:-1])
            and (signs.closes or hit[-1] != "。")
        )
    )


def test_a_loosened_rule_still_hits() -> None:
    rules = RULES.with_columns(pattern=pl.Series([loosened(pattern) for pattern in RULES["pattern"]]))
    assert rules.filter(pl.col("hit").str.contains(pl.col("pattern")).ne_missing(True)).to_dicts() == []
