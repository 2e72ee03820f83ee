"""Duplicates, from documents to pairs: keys and verdicts."""

from __future__ import annotations

import datetime as dt
from typing import Any

import polars as pl
import pytest

from tests.proofs import unproven
from tests.transforms.judgement import COMPARING
from transforms import dedup
from transforms.dedup.misprints import misprinted
from transforms.tables import core

NIGHT = dt.date(2026, 1, 5)
OPENING = "市图书馆新馆昨天迎来第一批读者，清早七点门口已经排起长队。馆长说，新馆藏书比老馆多出一倍，座位也宽敞得多。"
MIDDLE = (
    "二楼的儿童阅览区最受欢迎，家长们带着孩子坐在地毯上读绘本。不少老人则喜欢靠窗的报刊角，戴着眼镜慢慢翻看当天的报纸。"
)
ENDING = (
    "馆方表示，周末还会举办朗诵会和旧书交换活动，欢迎附近居民报名参加。停车场将在下个月扩建，届时驱车前来会更加方便。"
)
ARTICLE = f"{OPENING}\n{MIDDLE}\n{ENDING}"
OTHER = (
    "台风过境之后，渔港里的船只陆续检修完毕。船老大们聚在码头，商量着什么时候再出海。"
    "气象部门提醒，外海风浪仍然偏大，小型渔船最好再等两天。水产市场的鱼价因此上涨，摊主说老顾客都能理解。"
    "镇政府派出工作人员逐户登记损失，保险公司也在现场设立了临时窗口。"
)
REPORT = (
    "城东水库{day}日公布水情：当前水位{level}米，库容{volume}万立方米，入库流量每秒{flow}立方米，"
    "出库流量每秒{out}立方米。管理处提醒下游居民注意安全，不要到河滩游玩，发现险情请立即拨打值班电话。"
)


def pair_of(one: str, two: str, **two_is: Any) -> dict[str, Any]:
    """The verdict on two bodies, the first with the smaller id; {} if there is none."""
    base = {"title_hans": "新馆开放", "script": "Hans", "script_origin": None, "source_id": "s", "published_on": None}
    documents = pl.DataFrame(
        [
            base | {"document_id": "a" * 16, "body_hans": one},
            base | {"document_id": "b" * 16, "body_hans": two} | two_is,
        ],
        schema_overrides={"script_origin": pl.String, "published_on": pl.Date},
    )
    candidates = pl.DataFrame({"document_id": ["a" * 16], "other_document_id": ["b" * 16]})
    found = dedup.pairs(candidates, documents, COMPARING)
    core.Pair.validate(found)
    return found.row(0, named=True) if found.height else {}


def document(body: str) -> pl.DataFrame:
    return pl.DataFrame({"document_id": ["0" * 16], "night": [NIGHT], "body_hans": [body]})


def keys_of(*bodies: str) -> list[set[int]]:
    documents = pl.DataFrame(
        {"document_id": [f"{i:x}".ljust(16, "0") for i in range(len(bodies))], "body_hans": list(bodies)}
    ).with_columns(night=NIGHT)
    found = dedup.clauses(documents)
    core.Clause.validate(found)
    return [
        set(found.filter(pl.col("document_key") == int(i[:15], 16))["clause_hash"]) for i in documents["document_id"]
    ]


# ---------------------------------------------------------------- keys
def test_keys_are_the_same_on_every_machine_and_version() -> None:
    found = dedup.clauses(document("清早七点门口，已经排起长队了。"))
    body = -1362527599087670387
    assert found.rows() == [
        (0, body, -7529011457910080753, 6, NIGHT),
        (0, body, 747621239373576441, 7, NIGHT),
        (0, body, 2147404809321656520, 8, NIGHT),
        (0, body, 1883660658711654013, 8, NIGHT),
        (0, body, 2358526866066460416, 8, NIGHT),
        (0, body, body, 13, NIGHT),
    ]


def test_punctuation_spaces_width_and_capitals_do_not_change_a_key() -> None:
    plain, other = keys_of("清早七点门口已经排队，App也能预约", "清早七点 门口已经排队。ＡＰＰ也能预约！")
    assert plain == other


def test_figures_belong_to_the_key() -> None:
    one, other = keys_of("上半年销售额增长3.5%", "上半年销售额增长35%")
    assert one and other and not one & other


def test_a_text_without_long_clauses_has_one_key_its_body() -> None:
    assert [len(keys) for keys in keys_of("快讯：停电。", "！？")] == [1, 0]


def test_a_body_is_no_clause_of_another() -> None:
    one, other = keys_of("门口排起长队。", "门口排起长队，停车场也满了。")
    assert len(one) == 2 and len(one & other) == 1


def test_scattered_edits_leave_shared_keys() -> None:
    edited = "".join("某" if i % 14 == 5 else letter for i, letter in enumerate(ARTICLE.replace("，", "")))
    one, other = keys_of(ARTICLE, edited)
    assert len(one & other) >= 2


def test_one_edit_anywhere_in_a_flash_leaves_shared_keys() -> None:
    flash = "市气象台今天下午发布暴雨预警，预计未来六小时内东部乡镇仍有强降雨，请市民减少外出。"
    edited = [flash[:place] + "某" + flash[place + 1 :] for place, letter in enumerate(flash) if letter not in "，。"]
    one, *others = keys_of(flash, *edited)
    assert sum(len(one & other) >= 2 for other in others) >= 0.9 * len(others)


def test_a_repeated_clause_is_one_key_that_stands_for_all_its_characters() -> None:
    found = dedup.clauses(document("门口排起长队，门口排起长队。"))
    assert 12 in found["clause_chars"].to_list()


def test_no_documents_no_keys() -> None:
    core.Clause.validate(dedup.clauses(document("").clear()))


# ---------------------------------------------------------------- verdicts
@pytest.mark.parametrize(
    ("two", "two_is", "verdict"),
    [
        (ARTICLE, {}, "exact"),
        (ARTICLE.replace("，", ", ").replace("\n", ""), {}, "exact"),
        (ARTICLE, {"title_hans": "换了题目"}, "exact"),
        (ARTICLE, {"script": "Hant"}, "cross_script"),
        (ARTICLE, {"script_origin": "converted_phrase"}, "cross_script"),
        (ARTICLE.replace("驱车", "开车"), {"script": "Hant"}, "cross_script"),
        (ARTICLE.replace("驱车前来会更加方便", "停车就不难了").replace("清早", "早上"), {}, "near"),
        (OPENING + MIDDLE + "……", {}, "truncated"),
        (OPENING + MIDDLE, {"script": "Hant"}, "truncated"),
    ],
)
def test_another_writing_of_an_article_is_a_copy(two: str, two_is: dict[str, Any], verdict: str) -> None:
    found = pair_of(ARTICLE, two, **two_is)
    assert (found["is_copy"], found["verdict"], found["relation"]) == (True, verdict, None)


def test_the_native_script_is_not_another_origin_than_an_unknown_one() -> None:
    assert pair_of(ARTICLE, ARTICLE, script_origin="native")["verdict"] == "exact"


def test_the_cut_document_of_a_truncated_pair_is_named() -> None:
    assert pair_of(OPENING + MIDDLE, ARTICLE)["is_reversed"] is False
    assert pair_of(ARTICLE, OPENING + MIDDLE)["is_reversed"] is True


def test_an_excerpt_is_no_copy_and_its_whole_is_named() -> None:
    whole = ARTICLE + OTHER
    found = pair_of(MIDDLE, whole)
    assert (found["is_copy"], found["relation"], found["is_reversed"]) == (False, "excerpt_of", False)
    assert found["containment"] == 1.0
    assert pair_of(whole, MIDDLE)["is_reversed"] is True


def test_an_excerpt_that_begins_later_is_no_cut_copy_though_the_end_is_missing() -> None:
    found = pair_of(ARTICLE, OPENING[23:] + MIDDLE, title_hans="儿童阅览区最受欢迎")
    assert (found["is_copy"], found["relation"]) == (False, "excerpt_of")
    assert pair_of("图书馆讯" + ARTICLE, OPENING + MIDDLE, title_hans="读者排起长队")["verdict"] == "truncated"


def test_a_speech_of_twenty_two_thousand_letters_is_compared_like_any_text() -> None:
    letters = (chr(0x4E00 + pow(3, n, 65_537) % 3_000) for n in range(22_000))
    speech = "".join(letter + "，" * (n % 13 == 0) + "。" * (n % 40 == 5) for n, letter in enumerate(letters))
    edited = "".join("某" if place % 97 == 5 else letter for place, letter in enumerate(speech))
    assert pair_of(speech, edited)["verdict"] == "near"
    assert pair_of(speech, speech[:15_000])["verdict"] == "truncated"
    assert pair_of(speech, speech[9_000:10_000], title_hans="别的题目")["relation"] == "excerpt_of"


def test_half_of_another_article_overlaps() -> None:
    found = pair_of(ARTICLE, OTHER + OPENING + MIDDLE[:30])
    assert (found["is_copy"], found["relation"]) == (False, "overlaps")


def test_one_template_with_other_figures_is_never_a_copy() -> None:
    one = REPORT.format(day=3, level="81.25", volume=4120, flow="35.1", out="20.6")
    two = REPORT.format(day=4, level="81.90", volume=4305, flow="52.7", out="21.3")
    found = pair_of(one, two)
    assert (found["is_copy"], found["relation"]) == (False, "sibling")
    assert found["jaccard"] >= 0.5
    assert found["evidence"] == "shared figures 0, differing 5: 3|4 81.25|81.90 4120|4305"


def test_one_corrected_figure_among_many_is_still_a_copy() -> None:
    figures = {"day": 3, "level": "81.25", "volume": 4120, "flow": "35.1", "out": "20.6"}
    found = pair_of(REPORT.format(**figures), REPORT.format(**figures | {"out": "20.9"}))
    assert (found["is_copy"], found["verdict"]) == (True, "near")


def test_one_template_with_another_name_is_never_a_copy() -> None:
    one = REPORT.format(day=3, level="81.25", volume=4120, flow="35.1", out="20.6")
    found = pair_of(one, one.replace("城东水库", "岭南水库"), title_hans="岭南水库水情")
    assert (found["is_copy"], found["relation"]) == (False, "sibling")
    assert found["evidence"] == "shared figures 4; shared names 0, differing 1: 城东水库|岭南水库"


def test_one_name_edited_under_the_same_title_is_still_a_copy() -> None:
    one = REPORT.format(day=3, level="81.25", volume=4120, flow="35.1", out="20.6")
    assert pair_of(one, one.replace("城东水库", "城乐水库"))["verdict"] == "near"


def test_one_name_of_other_letters_in_a_text_of_else_the_same_words_is_another_report() -> None:
    one = REPORT.format(day=3, level="81.25", volume=4120, flow="35.1", out="20.6")
    assert pair_of(one, one.replace("城东水库", "青山水库"))["relation"] == "sibling"


def test_figures_written_with_thousands_separators_are_the_same() -> None:
    figures = {"day": 3, "level": "81.25", "volume": 4120, "flow": "35.1", "out": "20.6"}
    found = pair_of(REPORT.format(**figures), REPORT.format(**figures | {"volume": "4,120"}) + "记者了解")
    assert found["evidence"] == "shared figures 5"


def test_the_same_title_over_other_text_is_nothing() -> None:
    assert pair_of(ARTICLE, OTHER) == {}


def test_one_sentence_worded_alike_under_a_returning_title_is_no_copy() -> None:
    one = "端午节即将到来之际，沿江各地的龙舟队和社区居民向外来的游客送上了他们的美好祝愿。"
    two = "沿江各地的龙舟队和社区居民向外来的游客送上节日祝福。"
    assert pair_of(one, two)["verdict"] is None


def test_a_series_in_one_wording_is_not_one_article() -> None:
    wording = (
        "《{title}》一书近日由山海出版社出版，面向全国读者发行。该书共收入作者{what}，"
        "书前附有编者的说明和插图，各地书店即日起有售，读者也可以到图书馆借阅。"
    )
    one = wording.format(title="渔村四季", what="描写海边人家日常生活的散文")
    two = wording.format(title="古桥札记", what="走访山区石桥时写下的笔记")
    assert pair_of(one, two, title_hans="新书出版")["is_copy"] is False


def test_no_candidates_no_pairs() -> None:
    nothing = pl.DataFrame(schema={"document_id": pl.String, "other_document_id": pl.String})
    no_documents = pl.DataFrame(schema=dict.fromkeys(["document_id", "body_hans"], pl.String))
    core.Pair.validate(dedup.pairs(nothing, no_documents, COMPARING))


def test_every_rule_about_two_texts_of_one_wording_proves_itself() -> None:
    assert unproven(COMPARING) == []


# ---------------------------------------------------------------- short texts
FLASH = "市气象台今天傍晚发布消息，受冷空气影响，沿海渔船需要尽快回港避风。"


def test_a_flash_with_two_scattered_misprints_is_a_copy() -> None:
    assert pair_of(FLASH, FLASH.replace("消息", "消的").replace("尽快", "尽是"))["verdict"] == "near"


@pytest.mark.parametrize(
    ("one", "other"),
    [("沿海", "山区"), ("傍晚", "上午"), ("尽快", "不必")],
    ids=["a word", "a time", "a denial"],
)
def test_a_flash_in_which_words_are_other_is_no_misprint(one: str, other: str) -> None:
    told = FLASH.replace(one, other).replace("消息", "通知")
    assert pair_of(FLASH, told).get("verdict") is None


FOURTEEN = "渔船请在今天傍晚回内港避一夜"


def is_misprint(one: str, two: str) -> bool:
    """Whether two texts of these letters differ in misprints alone; 涨 and 跌 make other news of a sentence."""
    documents = pl.DataFrame({"document_id": ["a", "b"], "body_hans": [one, two]})
    shared = pl.DataFrame(
        {"short_id": ["a"], "long_id": ["b"], "short": [len(one)], "long": [len(two)], "same_letters": [one == two]}
    )
    return misprinted(shared, documents, "涨跌")["is_misprinted"][0]


@pytest.mark.parametrize(
    ("two", "is_one"),
    [
        (FOURTEEN.replace("避", "辟"), True),
        (FOURTEEN, False),
        (FOURTEEN.replace("避", "B"), False),
        (FOURTEEN.replace("避", "5"), False),
        (FOURTEEN.replace("避", "涨"), False),
        (FOURTEEN[1:].replace("避", "辟"), False),
        (FOURTEEN.replace("避", "辟").replace("渔", "鱼"), False),
    ],
    ids=["a character", "none", "a letter", "a digit", "a telling one", "another length", "more than one in fourteen"],
)
def test_a_misprint_is_one_character_of_fourteen(two: str, is_one: bool) -> None:
    assert is_misprint(FOURTEEN, two) is is_one
    assert is_misprint(two, FOURTEEN) is is_one


def test_misprints_stand_apart() -> None:
    text = FOURTEEN * 2
    assert is_misprint(text, "鱼" + text[1:-2] + "辟" + text[-1])
    assert is_misprint(text, "鱼" + text[1] + "清" + text[3:])
    assert not is_misprint(text, "鱼传" + text[2:])


def test_in_a_text_of_more_than_a_hundred_letters_nothing_is_a_misprint() -> None:
    text = (FOURTEEN * 8)[:100]
    assert is_misprint(text, "鱼" + text[1:])
    assert not is_misprint(text + "了", "鱼" + text[1:] + "了")
