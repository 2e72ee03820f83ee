"""A source that tells a story again: an update, and what only looks like one."""

from __future__ import annotations

import datetime as dt
from typing import Any

import polars as pl

from tests.transforms.judgement import COMPARING
from transforms import dedup
from transforms.tables import core

DAY = dt.date(2026, 3, 2)
OPENING = "市图书馆新馆昨天迎来第一批读者，清早七点门口已经排起长队。馆长说，新馆藏书比老馆多出一倍，座位也宽敞得多。"
CHILDREN = "二楼的儿童阅览区最受欢迎，家长们带着孩子坐在地毯上读绘本。不少老人喜欢靠窗的报刊角，戴着眼镜翻看报纸。"
PLANS = "馆方表示，周末还会举办朗诵会和旧书交换活动，欢迎附近居民报名。停车场将在下个月扩建，届时驱车前来更加方便。"
FIRST_WEEK = "开馆头一周，咨询台每天要回答上百个问题，问得最多的是怎样办证。志愿者把答案画成漫画，贴在入口的立柱上。"
SLIDE = (
    "松桥镇{when}发生山体滑坡，截至{until}已造成{dead}人遇难、{missing}人失联。消防救援力量赶赴现场，搜救犬投入使用。"
    "镇政府在中学操场设立安置点，{moved}多名村民得到转移。气象部门提醒未来仍有降雨，救援人员须防范次生灾害。"
)
FIRST = {"when": "昨晚", "until": "今晨6时", "dead": 3, "missing": 5, "moved": "二百"}
LATER = {"when": "前晚", "until": "今天18时", "dead": 9, "missing": 2, "moved": "四百"}
JUMP = "昨天的市运会跳高比赛中，十七岁的方小禾越过1米{cm}，打破了保持二十年的纪录。教练说，这个孩子练跳高不过三年，起跳的节奏还能更好。"


def told(one: str, two: str, *titles: str, days: int = 1, sources: tuple[str, str] = ("s", "s")) -> dict[str, Any]:
    """The verdict on two bodies, the second so many days later; {} if there is none. One title stands over both."""
    documents = pl.DataFrame(
        {
            "document_id": ["a" * 16, "b" * 16],
            "title_hans": [titles[0], titles[-1]],
            "body_hans": [one, two],
            "script": ["Hans"] * 2,
            "script_origin": [None, None],
            "source_id": sources,
            "published_on": [DAY, DAY + dt.timedelta(days=days)],
        },
        schema_overrides={"script_origin": pl.String},
    )
    candidates = pl.DataFrame({"document_id": ["a" * 16], "other_document_id": ["b" * 16]})
    found = dedup.pairs(candidates, documents, COMPARING)
    core.Pair.validate(found)
    return found.row(0, named=True) if found.height else {}


def test_a_story_told_anew_by_the_same_source_is_an_update_the_later_of_the_earlier() -> None:
    found = told(OPENING + CHILDREN + PLANS, OPENING + FIRST_WEEK, "市图书馆新馆开放")
    assert (found["relation"], found["is_reversed"]) == ("update_of", True)


def test_under_the_title_of_a_column_it_is_none() -> None:
    assert told(OPENING + CHILDREN + PLANS, OPENING + FIRST_WEEK, "文化")["relation"] != "update_of"


def test_a_toll_that_grows_under_one_headline_is_an_update() -> None:
    headlines = ("松桥镇山体滑坡已致3人遇难", "松桥镇山体滑坡已致9人遇难")
    assert told(SLIDE.format(**FIRST), SLIDE.format(**LATER), *headlines)["relation"] == "update_of"


def test_another_toll_of_another_source_or_another_week_is_no_update() -> None:
    one, two = SLIDE.format(**FIRST), SLIDE.format(**LATER)
    assert told(one, two, "松桥镇山体滑坡", sources=("s", "t"))["relation"] == "sibling"
    assert told(one, two, "松桥镇山体滑坡", days=9)["relation"] == "sibling"


def test_a_correction_that_says_so_is_an_update() -> None:
    corrected = "更正：此前报道误将成绩写作1米98，应为1米89。" + JUMP.format(cm=89)
    assert told(JUMP.format(cm=98), corrected, "方小禾打破市运会纪录", days=0)["relation"] == "update_of"


def test_one_form_of_two_schools_is_two_notices() -> None:
    form = (
        "{school}因教学需要，面向社会公开招聘语文教师2名、数学教师2名、体育教师1名。应聘者须持有教师资格证，年龄不超过35周岁。"
        "报名时间为3月10日至3月20日，请携带身份证和学历证书原件到学校办公室现场报名，逾期不再受理。"
    )
    found = told(form.format(school="青溪中学"), form.format(school="白石小学"), "招聘启事", sources=("s", "t"))
    assert (found["verdict"], found["relation"]) == (None, "sibling")
