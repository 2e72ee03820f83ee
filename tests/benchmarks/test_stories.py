"""The measure of stories: B-cubed over labelled articles, and the labels themselves."""

from __future__ import annotations

import re
from collections import Counter

import pytest

from benchmarks.stories import HALVES, b_cubed, in_company, labels

TRUTH = {"a": "1", "b": "1", "c": "2", "d": "3"}


def test_the_truth_is_perfect():
    assert b_cubed(TRUTH, {"a": 7, "b": 7, "c": 8, "d": 9}) == (1.0, 1.0, 1.0)


def test_all_in_one_story_costs_precision_and_none_together_costs_recall():
    assert b_cubed(TRUTH, dict.fromkeys(TRUTH, 7))[:2] == (6 / 16, 1.0)
    assert b_cubed(TRUTH, {"a": 1, "b": 2, "c": 3, "d": 4})[:2] == (1.0, 3 / 4)


def test_an_article_that_was_not_published_is_a_story_of_its_own():
    assert b_cubed(TRUTH, {"a": 7, "c": 8, "d": 9})[:2] == (1.0, 3 / 4)


def test_in_company_leaves_out_those_that_stand_alone():
    assert in_company(TRUTH) == {"a": "1", "b": "1"}


@pytest.mark.parametrize("half", HALVES)
def test_the_labels_name_articles_by_digest_and_hold_no_text(half: str):
    told = labels(half)
    assert len(told) > 200 and all(re.fullmatch(r"[0-9a-f]{16}", digest) for digest in told)
    assert Counter(told.values()).most_common(1)[0][1] > 5


def test_the_halves_share_nothing():
    one, two = map(labels, HALVES)
    assert not one.keys() & two.keys() and not set(one.values()) & set(two.values())
