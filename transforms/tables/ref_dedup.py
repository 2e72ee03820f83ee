"""Judgement about two texts of one wording: which words fill a template, and what an outlet tells on or takes back."""

from __future__ import annotations

from typing import ClassVar

import dataframely as dy

from transforms.tables.base import Table, about, choice


class ComparisonPattern(Table):
    """One row per rule about two texts that are nearly the same (seeds/comparison_patterns.csv).

    name: what names a place, a body, a work or a team, by its ending mostly. It need not be a name (百货超市): what is none
    is the same in a copy and in a sibling, and only makes it harder to call two texts siblings. toll: how many a
    disaster has hit by now, told on from day to day. correction: a text that says what an earlier one got wrong.
    telling: letters that make other news of a sentence: numerals, denial, what is up and down.
    """

    NAME: ClassVar[str] = "ref.comparison_patterns"
    ABOUT: ClassVar[str] = "比对规则 / one row per rule about two texts of one wording, with its proof"

    rule_id = dy.String(primary_key=True, metadata=about("规则号", "name of the rule"))
    part = choice(["name", "toll", "correction", "telling"], "角色", "what it tells of a text")
    pattern = dy.String(min_length=1, metadata=about("模式", "Rust regular expression"))
    hit = dy.String(metadata=about("正例", "a text it must recognise"))
    miss = dy.String(metadata=about("反例", "a text it must leave alone"))
