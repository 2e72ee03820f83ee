"""Furniture of a source: learned from the set of its articles, never from their order or their copies."""

from __future__ import annotations

import polars as pl
from hypothesis import given, settings
from hypothesis import strategies as st

import seeds
from tests.transforms.judgement import SHIPPED
from transforms.clean.article import cleaned_parts
from transforms.clean.furniture import furniture

RULES = seeds.table("noise_rules")
FOOT = "江湾网原创频道出品"
BODIES = [
    f"第{number}条渡船靠岸的时候，天还没有亮，船工数了数，一共下来{number}个人，都往集市去。" for number in range(9)
]


def documents(*bodies: str) -> pl.DataFrame:
    return pl.DataFrame({"source_id": "jiangwan", "body_original": bodies})


def test_a_line_at_the_end_of_many_articles_is_furniture() -> None:
    learned = furniture(documents(*[f"{body}\n{FOOT}" for body in BODIES[:5]], *BODIES[5:]))
    assert learned.rows() == [("jiangwan", FOOT, 5, 0.5556)]


def test_a_story_copied_many_times_teaches_nothing() -> None:
    copies = [f"{BODIES[0]}\n老沈的{number}号船\n{FOOT}" for number in range(9)]
    assert furniture(documents(*copies)).is_empty()


def test_a_formula_of_the_news_and_a_quotation_are_no_furniture() -> None:
    for line in ("会上还研究了其他事项。", "“一个也不能少”"):
        assert furniture(documents(*[f"{body}\n{line}" for body in BODIES])).is_empty()


def test_a_line_in_the_middle_of_articles_is_no_furniture() -> None:
    long = [f"{BODIES[n]}\n" + "\n".join([*BODIES[:4], FOOT, *BODIES[4:8]]) + f"\n{BODIES[n]}" for n in range(9)]
    assert FOOT not in furniture(documents(*long))["line"].to_list()


@given(st.permutations([f"{body}\n{FOOT}" for body in BODIES]), st.integers(0, 8))
@settings(max_examples=20)
def test_what_is_learned_depends_on_the_set_alone(order: list[str], again: int) -> None:
    there = furniture(documents(*[f"{body}\n{FOOT}" for body in BODIES]))
    assert furniture(documents(*order, order[again])).equals(there)


def test_furniture_is_cut_from_its_own_source_only() -> None:
    pages = pl.DataFrame(
        {
            "document_id": ["a" * 16, "b" * 16],
            "source_id": ["jiangwan", "other"],
            "text": [f"渡口\n{BODIES[0]}\n{BODIES[1]}\n{FOOT}"] * 2,
            "title_field": [None, None],
        },
        schema_overrides={"title_field": pl.String},
    )
    known = pl.DataFrame({"source_id": ["jiangwan"], "line": [FOOT]})
    own, other = cleaned_parts(pages, RULES, SHIPPED, known).to_dicts()
    assert own["body_original"].split("\n") == BODIES[:2]
    assert [(r["rule_id"], r["text"]) for r in own["removed"] if r["category"] == "boilerplate"] == [
        ("furniture_of_source", FOOT)
    ]
    assert other["body_original"].split("\n") == [*BODIES[:2], FOOT]
