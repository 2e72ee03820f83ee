"""Judgement about quantities as data: units of measure and what is never a figure."""

from __future__ import annotations

from typing import ClassVar

import dataframely as dy

from transforms.tables.base import Table, about, choice

UNIT_KINDS = [
    "count", "count_arabic", "money", "currency_mark", "money_cue", "money_noun", "price_cue", "duration", "age",
    "home", "qualifier_before", "qualifier_behind", "noun", "designation", "temperature", "physical", "physical_arabic",
    "percent", "multiple", "heat_cue", "angle_cue", "power_cue", "power_use",
]  # fmt: skip


class FigureUnit(Table):
    """One row per unit of measure and its kind (seeds/units.csv)."""

    NAME: ClassVar[str] = "ref.units"
    ABOUT: ClassVar[str] = "计量单位 / one row per unit of measure, with its proof"

    unit_text = dy.String(primary_key=True, min_length=1, metadata=about("写法", "the unit as articles write it"))
    kind = choice(
        UNIT_KINDS,
        "种类",
        "…_arabic: only after Arabic digits; money_…, price_cue: imply a currency; heat_cue, angle_cue, power_cue, power_use: "
        "what 度 is beside them; home: a place whose money 元 is there; "
        "qualifier_…: bounds a number; noun: none, but begins so; designation: a number before it names",
        primary_key=True,
    )
    unit = dy.String(
        nullable=True,
        metadata=about(
            "单位", "ISO 4217, UCUM, 'ratio', the measure word itself or what a qualifier says; NULL: a number alone"
        ),
    )
    factor = dy.String(nullable=True, metadata=about("系数", "what the number is multiplied by; NULL: 1"))
    hit = dy.String(metadata=about("正例", "a text it must be found in"))
    miss = dy.String(metadata=about("反例", "a text without such a figure"))


class FigureIdiom(Table):
    """One row per expression that holds a number and is no figure (seeds/figure_idioms.csv)."""

    NAME: ClassVar[str] = "ref.figure_idioms"
    ABOUT: ClassVar[str] = "含数字而非数量 / one row per expression with a number that is no figure, with its proof"

    rule_id = dy.String(primary_key=True, metadata=about("规则号", "name of the rule; 'every' marks rates"))
    precedes = choice(
        ["date", "mark", "quantity", "after", "event", "quarter"],
        "先于",
        "what it is taken before: dates, ranks and times, plain quantities, no figures, or dates of events alone; "
        "quarter: words of business, beside which 第三季 is one",
    )
    pattern = dy.String(metadata=about("模式", "Rust regular expression without groups or anchors"))
    hit = dy.String(metadata=about("正例", "a text it must recognise"))
    miss = dy.String(metadata=about("反例", "a text it must leave alone"))
