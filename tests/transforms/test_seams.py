"""Paragraphs torn anywhere are one again, and what stands above a paragraph stays above it."""

from __future__ import annotations

import pytest

from tests.transforms.harbour import FIRST, SECOND, THIRD, cleaned, original


@pytest.mark.parametrize(
    ("torn", "rest"),
    [
        ("渔业站长说往后三年要把近海的养殖", "业和观光结合起来，让年轻人愿意留下。"),
        ("去年从这里运往各地的带鱼一共卖出30.", "5万斤，今年还会更多一些。"),
        ("老船长一家在岸边经营旅馆已有20", "年，来过的客人都说不想走。"),
        ("新的冷库可以放下全镇半个月里捕到", "的鱼，价格因此不再一天一个样。"),
        ("渔港入夜以后依旧热闹。孩子们提着桶来看卸货并且跟着大人学认鱼", "秤边围了三层人，直到灯都灭了。"),
    ],
)
def test_a_paragraph_torn_where_no_mark_stands_is_one_again(torn: str, rest: str) -> None:
    [document] = cleaned("\n".join(["开渔第一天的码头", FIRST, torn, rest, SECOND]))
    assert document["body_original"].split("\n") == [FIRST, torn + rest, SECOND]


@pytest.mark.parametrize(
    ("heading", "below"),
    [
        ("老船长一家和他们的旅馆", "业主说，客人多半是回头客，年年都来。"),
        ("冷库建成以后鱼价稳住了！全镇今年多卖三成鲜鱼", "渔业站统计，上半年卖出的鲜鱼比去年多三成。"),
        ("从三条船到三十条船的二十年", "20年前，这里只有三条木船和一间茅屋。"),
    ],
)
def test_a_heading_stays_above_its_paragraph(heading: str, below: str) -> None:
    [document] = cleaned("\n".join(["开渔第一天的码头", FIRST, heading, below, SECOND, THIRD]))
    assert [told["text_original"] for told in document["headings"]] == [heading]
    assert document["body_original"].split("\n") == [FIRST, below, SECOND, THIRD]


@pytest.mark.parametrize(
    ("above", "below"),
    [
        ("昨夜雨停了。镇长表示，", "今年要修三座桥，明年再修两座"),
        ("昨夜雨停了。镇长在“开渔", "节”上说，今年要修三座桥"),
    ],
)
def test_two_first_lines_that_are_no_title_stand_in_the_body_once(above: str, below: str) -> None:
    text = "\n".join([above, below, FIRST, SECOND])
    [document] = cleaned(text)
    assert document["body_original"].split("\n") == [above + below, FIRST, SECOND]
    assert original(document) == text


def test_a_text_of_two_lines_stands_in_the_body_once() -> None:
    [document] = cleaned("镇长表示，\n今年修三座桥- 渔港日报")
    assert document["body_original"] == "镇长表示，今年修三座桥- 渔港日报"
