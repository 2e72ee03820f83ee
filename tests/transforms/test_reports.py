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
    assert found(body)[-1] == ("陈姓驾驶", "供称", "只管开车，不知道车上是什么", True)


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
    assert [(who, said) for who, said, _, is_direct in found(body, ("周岚", "林叶")) if is_direct] == [(speaker, verb)]


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


@pytest.mark.parametrize(
    ("body", "speaker", "said"),
    [
        # Who reports is named in a clause of its own, whatever stands before it.
        ("雨停以后，谈到工期，站长周岚表示，桥墩还要加高。", "周岚", "桥墩还要加高。"),
        ("周岚长期研究水文，她提醒，桥墩还要加高。", "周岚", "桥墩还要加高。"),
        (
            "这家“雁江桥业”的创始人周岚在当天上午于雁江县城举行的工程推进会暨签约仪式上说，桥墩还要加高。",
            "周岚",
            "桥墩还要加高。",
        ),
        ("站长周岚介绍，“老桥”以东三公里还要再修一座。", "周岚", "“老桥”以东三公里还要再修一座。"),
        ("周岚放下图纸。她告诉本地报纸记者，桥墩还要加高。", "周岚", "桥墩还要加高。"),
        ("周岚说，桥墩还要加高，“慢不得，也急不得。”", "周岚", "桥墩还要加高"),
        # Somebody nobody knows by name; a body that speaks is left to its quotations.
        ("一位知情人士透露，桥墩还要加高。", "一位知情人士", "桥墩还要加高。"),
        ("村民李某称，桥墩还要加高。", "村民李某", "桥墩还要加高。"),
    ],
)
def test_what_is_reported_is_told_by_who_reports_it(body: str, speaker: str, said: str) -> None:
    assert (speaker, said) in [(who, text) for who, _, text, is_direct in found(body, ("周岚",)) if not is_direct]


@pytest.mark.parametrize(
    "body",
    [
        "县水利局表示，桥墩还要加高。",
        # Nobody knows who he is: the sentence before names somebody else than the one before that.
        "周岚放下图纸。新来的站长阿依古丽对进度表示失望。他说，桥墩还要加高。",
        "站长阿依古丽·吾守尔江认为，桥墩太低。她提醒，桥墩还要加高。",
        "周岚发表演说，桥墩还要加高。",
        "周岚办公室今天表示，桥墩还要加高。",
        "周岚（Zhou Lan）的律师14日说，桥墩还要加高。",
        "周岚听取了情况介绍，随后走进船舱。",
        "周岚发表声明反驳，还控告对方造谣。",
        "周岚、林叶先后发言。他们表示，桥墩还要加高。",
        "村民收看了周岚的讲话后表示，桥墩还要加高。",
        "周岚提出的议案指出，桥墩还要加高。",
        "“桥墩还要加高。”对此，周岚的同事回应，钱不够。",
        "有人说，周岚的桥墩还要加高。",
        "林叶在会见远道而来又刚刚上任的县里第五任水利局局长周岚时表示，桥墩还要加高。",
        "林叶就工期同周岚深入交流。他指出，桥墩还要加高。",
        "周岚深刻阐述了立场和主张，再次表明桥墩还要加高。",
        "周岚讲清了精神实质、实践要求，强调桥墩还要加高。",
        "周岚同志先进事迹报告会指出，桥墩还要加高。",
    ],
)
def test_who_reports_is_not_guessed(body: str) -> None:
    assert [who for who, *_ in found(body, ("周岚",)) if who == "周岚"] == []


@pytest.mark.parametrize(
    ("body", "reports"),
    [
        ("周岚认为，桥墩确实太低，但外界普遍认为，钱也不够。", ["桥墩确实太低"]),
        ("周岚说，桥墩确实太低；县水利局表示，钱也不够。", ["桥墩确实太低"]),
        ("周岚指出，桥墩确实太低，促请当局加高。", ["桥墩确实太低"]),
        ("周岚强硬表示，桥墩还要加高。", ["桥墩还要加高。"]),
        ("周岚说，“桥通人和”的原因很简单。", ["“桥通人和”的原因很简单。"]),
    ],
)
def test_a_report_ends_where_somebody_else_or_something_else_begins(body: str, reports: list[str]) -> None:
    assert [text for _, _, text, _ in found(body, ("周岚",))] == reports


def test_a_family_name_alone_is_whoever_bears_it() -> None:
    people = ("周岚", "林叶")
    assert [who for who, *_ in found("周岚问及工期，林说，“桥墩还要加高，钱也要凑。”", people)] == ["林叶"]


def test_who_is_mistaken_for_somebody_speaks_and_not_the_other() -> None:
    assert [who for who, *_ in found("周岚以为是师父林叶，直呼：“你来得太早了！”", ("周岚", "林叶"))] == ["周岚"]


def test_whose_letter_somebody_reads_out_is_not_who_speaks() -> None:
    people = ("周岚", "林叶")
    assert [who for who, *_ in found("周岚宣读了林叶的贺信。他说，桥墩还要加高。", people)] == ["周岚"]
    assert [who for who, *_ in found("周岚感谢林叶为他作出的安排。他说，桥墩还要加高。", people)] == ["周岚"]
    assert [who for who, *_ in found("周岚点名林叶，直言：“你来得太早了！”", people)] == ["周岚"]


def test_what_a_report_is_about_is_no_quotation() -> None:
    body = "周岚说，“桥通人和、水清岸绿”是她的愿景。"
    assert found(body, ("周岚",)) == [("周岚", "说", "“桥通人和、水清岸绿”是她的愿景。", False)]


def test_narration_between_two_sound_bites_is_nobody_s_speech() -> None:
    body = "周岚：明年春天通航。\n工程正在加紧推进。\n周岚：桥墩还要加高。\n人们等着那一天。\n周岚：路也要修。"
    assert [text for _, _, text, _ in found(body, ("周岚",))] == ["明年春天通航。", "桥墩还要加高。", "路也要修。"]
