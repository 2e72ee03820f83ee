"""Speech reported sentence by sentence, in interviews and in other words: who speaks, and where it ends."""

from __future__ import annotations

import pytest

from tests.transforms.quoted import found


def test_a_pronoun_speaks_for_who_reported_before_in_its_paragraph_not_for_whom_the_report_was_about() -> None:
    people = ("周岚", "林一帆")
    body = "村支书周岚评价，林一帆修的桥至今牢靠。图纸也是林一帆画的。她说：“没有他，就没有这条路。”"
    assert ("周岚", "没有他，就没有这条路。") in [(speaker, text) for speaker, _, text, _ in found(body, people)]
    assert [speaker for speaker, *_ in found("林一帆修的桥至今牢靠。他说：“路也要修好。”", people)] == ["林一帆"]


def test_what_is_quoted_word_for_word_is_told_however_short() -> None:
    assert found("对此，该公司回应称“无可奉告”。") == [("该公司", "回应称", "无可奉告", True)]
    assert found("周岚提出“灵活适度”。", ("周岚",)) == []


def test_a_term_in_quotation_marks_does_not_end_a_report() -> None:
    body = "陈姓驾驶供称，他看到“日领八千”的广告才来，“只管开车，不知道车上是什么”。"
    assert found(body) == [("陈姓驾驶", "供称", "只管开车，不知道车上是什么", True)]


def test_behind_a_long_row_of_offices_stands_the_name() -> None:
    body = "省政协委员、青石市西岭区上林镇沙洲村党总支书记罗望舒表示，“路要一米一米修，话要一户一户说”。"
    assert [speaker for speaker, *_ in found(body)] == ["罗望舒"]


def test_a_relative_no_list_names_speaks_under_the_whole_phrase() -> None:
    said = found("“临走前他还在问桥修好没有。”女儿林又青说，桌上压着图纸。")
    assert [(speaker, verb) for speaker, verb, *_ in said] == [("女儿林又青", "说")]


def test_an_interview_names_by_turns_who_speaks() -> None:
    body = (
        "晚报：这条河什么时候能通航？\n周岚：明年春天。\n桥墩还要加高，“急不得”。\n晚报：船从哪里来？\n"
        "周岚：先用旧船。\n出品人：林叶\n会后他们去了码头。"
    )
    assert found(body, ("周岚", "林叶")) == [
        ("周岚", None, text, True) for text in ("明年春天。", "桥墩还要加高，“急不得”。", "先用旧船。")
    ]


def test_one_label_before_a_sentence_is_no_interview() -> None:
    assert found("周岚：河工世家的第四代。\n她在江边长大。", ("周岚",)) == []


def test_reports_follow_each_other_and_a_pronoun_goes_on_with_the_last() -> None:
    body = "周岚表示，桥墩要加高。她还说，明年春天可以通航。对此，林叶认为，工期太紧。他上前一步，指出，钱也不够。"
    assert found(body, ("周岚", "林叶")) == [
        ("周岚", "表示", "桥墩要加高。", False),
        ("周岚", "说", "明年春天可以通航。", False),
        ("林叶", "认为", "工期太紧。", False),
    ]


@pytest.mark.parametrize(
    ("body", "speaker", "verb"),
    [
        ("周岚则认为通航输在准备，“最后十天我们太慢了。”", "周岚", "认为"),
        ("周岚昨天要求，各站把船看好，“宁可多等一天，不可早走一步”。", "周岚", "要求"),
        ("周岚走了。林叶接过图纸。谈到周岚的办法，他笑称：“我可学不会这一手。”", "林叶", "笑称"),
        ("周岚放下图纸，长长地出了一口气，对一旁的学生说：“记住这条线。”", "周岚", "说"),
        ("“桥墩加高一米，船就能走到山里去。”3月6日，在雁江召开的大会上，站长周岚说起了往事。", "周岚", None),
    ],
)
def test_who_speaks_is_told_in_other_ways(body: str, speaker: str, verb: str | None) -> None:
    assert [(who, said) for who, said, _, _ in found(body, ("周岚", "林叶"))] == [(speaker, verb)]


@pytest.mark.parametrize(
    "body",
    [
        "按照周岚的要求，各站把船看好。",
        "根据周岚建议，各站把船看好。",
        "周岚走进船舱，对讲机里传来同伴的声音：“二号码头发现旧船。”",
        "周岚对此予以否认，并离开了会场。",
    ],
)
def test_what_is_asked_for_or_heard_is_nobody_s_speech(body: str) -> None:
    assert found(body, ("周岚",)) == []
