"""The words by which web pages are read prove themselves, each by the shape its part is asked for in."""

from __future__ import annotations

import re

import pytest

import seeds
from tests.conftest import PROJECT
from tests.transforms.judgement import WEB
from transforms.pages.calendars import in_order
from transforms.pages.wording import FRAMES, Words, words_of
from transforms.tables.ref_pages import HTML_PARTS

ROWS = WEB[0].to_dicts()
READERS = [file.read_text(encoding="utf-8") for file in sorted((PROJECT / "transforms" / "pages").glob("*.py"))]


@pytest.mark.parametrize("row", ROWS, ids=[row["rule_id"] for row in ROWS])
def test_a_word_proves_itself(row: dict[str, str]) -> None:
    pattern = Words([(row["part"], row["pattern"])], []).shaped[f"<{row['part']}>"]
    assert pattern.search(row["hit"])
    assert not pattern.search(row["miss"])


@pytest.mark.parametrize("row", seeds.table("month_names").to_dicts(), ids=lambda row: row["name"])
def test_the_name_of_a_month_proves_itself(row: dict[str, str]) -> None:
    assert in_order(words_of(*WEB), [row["hit"], row["miss"]]) == [f"2024-{int(row['month']):02}-05", row["miss"]]


def test_every_part_is_asked_for() -> None:
    asked = {part for code in READERS for part in re.findall(r"<(\w+)>|listed\[\"(\w+)\"\]", code)}
    assert {one or other for one, other in asked} >= {*HTML_PARTS, "month"}
    assert {row["part"] for row in ROWS} == set(HTML_PARTS)
    assert set(FRAMES) <= set(HTML_PARTS)


def test_words_are_put_in_the_place_of_their_part() -> None:
    words = Words([("author", "作者|撰文"), ("author", "[著着]者"), ("platform", "网易号")], [])
    assert words.shaped["^<author>:"].search("撰文:周岚")
    assert words.shaped["^<author>:"].search("着者:周岚")
    assert words.shaped["<platform>"].search("网易号外") is None
    assert words.listed["platform"] == ("网易号",)
