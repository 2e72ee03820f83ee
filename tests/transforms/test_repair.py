"""Damage at character level, mended from its own evidence."""

from __future__ import annotations

import polars as pl
import pytest

from tests.transforms.judgement import SHIPPED
from transforms.repair import repair_lines
from transforms.repair.gbk_shift import mend


def repaired(*lines: str) -> list[str]:
    frame = pl.DataFrame(
        {"doc": [0] * len(lines), "line": range(len(lines)), "base": lines},
        schema={"doc": pl.UInt32, "line": pl.UInt32, "base": pl.String},
    )
    return repair_lines(frame, SHIPPED).lines["text"].to_list()


@pytest.mark.parametrize(
    ("line", "healed"),
    [
        # The pinyin is that of a character made of the second byte of one and the first byte of the next.
        ("學生說什?chàn)N時候開會？", "學生說什麼時候開會？"),
        ("工人準備?yíng)x開車站。", "工人準備離開車站。"),
        ("工人準備?(yíng)x開車站。", "工人準備離開車站。"),
        ("他們在?zhèng)＿呴_會，直到天黑。", "他們在海邊開會，直到天黑。"),
        # One character alone is out of step where a letter behind the bracket is its second half.
        ("這座新橋明年?duì)I運，票價未定", "這座新橋明年營運，票價未定"),
        ("新书發(fā)布會(huì)將在京舉(jǔ)行。", "新书發布會將在京舉行。"),
        ("融资融（róng）券（quàn）业务(wù)增长", "融资融券业务增长"),
        ("渡[dù]口的老船[chuán]长【zhǎng】还［hái］在", "渡口的老船长还在"),
        ("新渡[dù]口", "新渡口"),
        ("甪[lù]直古镇的桥，向量[a]与集合【b】，字母表[abc]", "甪[lù]直古镇的桥，向量[a]与集合【b】，字母表[abc]"),
        ("他的(de)(de)家乡(xiang)变(bian)了样", "他的家乡变了样"),
        # What PDF files and old encodings write for characters: radicals, compatibility ideographs, chosen shapes.
        ("⼩渡⼝的⽼船⻓去⾛访", "小渡口的老船长去走访"),
        ("渡口\U000e0100的老\ufe00船\u202a长\u034f还\u3164在", "渡口的老船长还在"),
        ("收到一颗❤\ufe0f和三行字", "收到一颗❤\ufe0f和三行字"),
        ("脑电图(EEG)与磁共振(fMRI)、深度求索(DeepSeek)", "脑电图(EEG)与磁共振(fMRI)、深度求索(DeepSeek)"),
        ("甪(lù)直古镇的桥", "甪(lù)直古镇的桥"),
        ("约翰?史密斯到访", "约翰·史密斯到访"),
        ("乔治?布朗与列夫?梅捷金在场", "乔治·布朗与列夫·梅捷金在场"),
        ("你要去美国?我也要去。", "你要去美国?我也要去。"),
        ("?港口今天恢复作业", "港口今天恢复作业"),
        ("更要紧的是★★传统★★工艺", "更要紧的是传统工艺"),
        ("小王,、小李,,都来了。", "小王、小李,都来了。"),
        ("小王先到，,小李也来了。", "小王先到，小李也来了。"),
        ("雨停了<br/>，路通了&nbsp;", "雨停了，路通了"),
        ("未来 。明天： 会好的", "未来。明天：会好的"),
        ("渡\x1f口的\x02老\x03船\x1e、\x7f灯\x1b塔", "渡口的老船、灯塔"),
        ("渡口的\uffff老\ufffe船、灯\ufdd0塔", "渡口的老船、灯塔"),
        # The tone as a number, capitals, ü as it is typed.
        ("渡(du4)口的老船(chuan2)长(zhang3)和渔女(nv3)", "渡口的老船长和渔女"),
        ("渡(Dù)口的老船(CHUÁN)", "渡口的老船"),
        ("渡(DU)口(KOU)的老船(CHUAN)长(ZHANG)", "渡口的老船长"),
        ("风暴(bào)（FRB）过后，渡(dù)口(GB)的灯(dēng)亮了", "风暴（FRB）过后，渡口(GB)的灯亮了"),
        ("锂(Li)与钠(Na)，锂(Li)与钠(Na)", "锂(Li)与钠(Na)，锂(Li)与钠(Na)"),
        # Other signs, none, another place, whole words, the letters of Taiwan.
        ("渡<dù>口的<de>老船{chuán}长/zhǎng/", "渡口的老船长"),
        ("渡dù口的老船chuán长zhǎng在8月yuè9日", "渡口的老船长在8月9日"),
        ("能力<li>与渡口", "能力与渡口"),
        ("(dù)渡口的(de)老(chuán)船(zhǎng)长还在", "渡口的(de)老船长还在"),
        ("渡口(dùkǒu)的老船长(lǎo chuánzhǎng)住在西安(xī'ān)", "渡口的老船长住在西安"),
        ("渡口（Dukou）和西安（Xi'an）、北京（Beijing）", "渡口（Dukou）和西安（Xi'an）、北京（Beijing）"),
        ("渡（ㄉㄨˋ）口的老船(ㄔㄨㄢˊ)長(ㄔㄤˊ)", "渡口的老船長"),
        ("<ruby>渡<rp>(</rp><rt>dù</rt><rp>)</rp></ruby>口", "渡口"),
        ("&ldquo;渡口&rdquo;、&amp;ldquo;老船&amp;rdquo;&hellip;AT&amp;T&emsp;&foo;", "“渡口”、“老船”…AT&T&foo;"),
        ("灯&lt;br/&gt;亮了&#8203;，&#26725;通了", "灯亮了，桥通了"),
        ("\ufffd约翰\ufffd史密斯到访", "约翰·史密斯到访"),
        ("老船，※※新船、★灯。●●桥通了；●第二条", "老船，新船、灯。桥通了；●第二条"),
        ("小王， ，小李都来了。 。天晴", "小王，小李都来了。天晴"),
        ("渡口的晨(ch\u200bén)雾(wù\u200b)很(\u200bhěn)浓", "渡口的晨雾很浓"),
    ],
)
def test_a_line_is_mended(line: str, healed: str) -> None:
    assert repaired(line) == [healed]


def test_a_blank_behind_nearly_every_bracket_goes_with_it() -> None:
    assert repaired("渡(dù) 口记者 林(lín) 小舟 周岚(lán) 报道") == ["渡口记者 林小舟 周岚报道"]
    assert repaired("渡(dù)口记者 林(lín)小舟 周岚(lán) 报道") == ["渡口记者 林小舟 周岚 报道"]


def test_a_blank_before_a_number_is_stray_in_a_sentence_and_parts_clauses_in_a_headline() -> None:
    headline, text = "渡口：船队3000人上岸 41人留守", "今天3000人来到渡口，坐了12条船，带着90箱货和 5只羊。"
    assert repaired(headline, text) == [headline, text.replace(" ", "")]


def test_one_toneless_bracket_is_the_authors_own() -> None:
    assert repaired("风水里的气(qi)是什么") == ["风水里的气(qi)是什么"]


def test_a_run_that_cannot_be_healed_is_told() -> None:
    shifts, failed = mend("我們離開車站?jiù)?C場接客人")
    assert (shifts, failed) == ([], True)


@pytest.mark.parametrize(
    "line",
    [
        "老街的茶館今晚又亮起了燈火，掌?gòu)櫭χo客人添水",
        "碼頭邊的漁船一早就出海了，傍晚?yù)艓еr魚回來",
        "新修的鐵路穿過三座高山，把兩?tiáo)h城連在一起",
    ],
)
def test_a_run_that_lost_a_pair_of_bytes_without_a_trace_is_told_not_guessed(line: str) -> None:
    assert mend(line) == ([], True)


def test_a_question_before_a_bracket_is_no_damage() -> None:
    assert mend("你知道嗎?yes)好") == ([], False)


def test_edits_are_told_in_the_damaged_line() -> None:
    line = "會(huì)場(chǎng)裡?我們(men)★★到了"
    frame = pl.DataFrame(
        {"doc": [0], "line": [0], "base": [line]}, schema={"doc": pl.UInt32, "line": pl.UInt32, "base": pl.String}
    )
    for edit in repair_lines(frame, SHIPPED).edits.to_dicts():
        assert line[edit["start"] : edit["end"]] in ("(huì)", "(chǎng)", "(men)", "★★")


def test_a_text_that_tears_words_apart_in_its_sentences_is_mended_in_its_other_lines_too() -> None:
    torn = ["渡口的灯还没 有熄，船 工把缆绳理好。", "新桥通 车以后，渡 口就要停航。"]
    assert repaired(*torn, "责任编 辑 何小满")[-1] == "责任编辑 何小满"
    assert repaired("渡口的灯还没有熄，船工把缆绳理好。", "责任编 辑 何小满")[-1] == "责任编 辑 何小满"


def test_where_sentences_are_torn_throughout_a_clause_of_one_or_two_characters_is_none() -> None:
    torn = ["渡口的灯还没 有熄，船 工把缆 绳理好，渡 口就要停 航。"] * 2
    assert repaired(*torn, "旧桥拆了 以后：渡口停航还是 不停")[2:] == ["旧桥拆了以后：渡口停航还是不停"]
    assert repaired(*torn, "江 湾晚报", "何小满 摄", "新桥落成 渡口停航")[2:] == [
        "江湾晚报",
        "何小满 摄",
        "新桥落成 渡口停航",
    ]
    assert repaired("江 湾晚报")[0] == "江 湾晚报"
