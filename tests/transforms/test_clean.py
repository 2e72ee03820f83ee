"""What a page keeps, what is cut from it, and that the original can always be rebuilt."""

from __future__ import annotations

import datetime as dt
import json
from itertools import pairwise
from pathlib import Path
from typing import Any

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import seeds
from tests.transforms.judgement import PAGES
from transforms.clean import clean_documents, cleaned_parts
from transforms.lines import fold
from transforms.spans import rebuild
from transforms.tables.core import CleanDocument

RULES = seeds.table("noise_rules")
SHARED = Path(__file__).resolve().parents[2].parent / "shared"
FIRST = "清晨六点，渔船陆续靠岸，岸边的秤和筐已经摆开，买鱼的人排成了两列，谁也不愿错过头一批鲜货。"
SECOND = "码头管理员说，今年开渔比往年早了三天，水温偏高，近海的带鱼个头反而更大，价格也稳得住。"
THIRD = "傍晚，最后一条船回港，灯火沿着堤岸亮起来，孩子们提着小桶去看卸货，老人坐在缆桩上抽烟。"


def cleaned(*texts: str, titles: list[str | None] | None = None) -> list[dict[str, Any]]:
    frame = pl.DataFrame(
        {
            "document_id": [f"{number:016x}" for number in range(len(texts))],
            "text": texts,
            "title_field": titles or [None] * len(texts),
        },
        schema={"document_id": pl.String, "text": pl.String, "title_field": pl.String},
    )
    return cleaned_parts(frame, RULES).to_dicts()


def cut(document: dict[str, Any]) -> list[tuple[str, str]]:
    return [(r["category"], r["text"]) for r in document["removed"] if r["category"] != "whitespace"]


def original(document: dict[str, Any]) -> str:
    return rebuild(
        document["title_original"],
        document["title_start_offset"],
        document["headings"],
        document["body_original"],
        document["removed"],
        document["repairs"],
    )


NOISE = [
    ("breadcrumb", "首页 > 要闻 > 正文", "top"),
    ("byline", "2023-08-16 05:40:12来源:海港晚报", "top"),
    ("reading_time", "(全文约1800字,读完约需4分钟)", "top"),
    ("nav_footer", "字号：大 中 小 打印", "top"),
    ("boilerplate", "原标题：开渔第一天", "top"),
    ("banner", "/// END ///", "bottom"),
    ("byline", "（责任编辑：林小舟）", "bottom"),
    ("byline", "文|林小舟", "bottom"),
    ("author_bio", "作者简介：海洋学硕士，常年记录渔港。", "bottom"),
    ("disclaimer", "免责声明：本文只代表作者本人，转述前请核对。", "bottom"),
    ("platform_notice", "特别声明：以上内容由自媒体平台用户上传并发布，本平台只作存储。", "bottom"),
    ("copyright", "版权所有：海港资讯 2011-2019", "bottom"),
    ("copyright", "声明：稿件未经许可，谢绝转载", "bottom"),
    ("contact", "业务QQ:2 20 417 936", "bottom"),
    ("contact", "投稿邮箱|port@example.org", "bottom"),
    ("nav_footer", "关于我们 - 联系方式 - 网站地图 - 人才招聘", "bottom"),
    ("nav_footer", "关键词:", "bottom"),
    ("related", "相关文章", "bottom"),
    ("dateline", "某华社宁波8月16日电", "bottom"),
    (
        "seo_spam",
        "钓鱼网站大全| 海钓装备批发| 钓竿钓线钓饵| 海钓船票预订| 钓鱼视频下载| 钓鱼论坛推荐| 海钓直播在线|",
        "bottom",
    ),
]


@pytest.mark.parametrize(("category", "line", "place"), NOISE, ids=[line[:12] for _, line, _ in NOISE])
def test_a_noise_line_is_cut(category: str, line: str, place: str) -> None:
    article = ["开渔第一天的码头", FIRST, SECOND, THIRD]
    lines = [line, *article] if place == "top" else [*article, line]
    [document] = cleaned("\n\n".join(lines))
    assert cut(document) == [(category, line)]
    assert document["title_original"] == "开渔第一天的码头"
    assert document["body_original"].split("\n") == [FIRST, SECOND, THIRD]
    assert original(document) == "\n\n".join(lines)


CONTENT = [
    "带鱼。",
    "“人人有鱼，年年有余。”",
    "第一步，先看天；第二步，再看水；",
    "渔业(知识)→市场(价格)→餐桌(口味)，三者环环相扣。",
    "鱼汛分布很广（如下图所示）。",
    "这到底是为什么？",
    "记者：您怎么看今年的行情？",
    "他把投稿的事说了一遍，又问来源是否可靠。",
    "2023年8月16日，码头迎来开渔后的第一批客人。",
]


@pytest.mark.parametrize("line", CONTENT)
def test_content_is_never_cut(line: str) -> None:
    [document] = cleaned("\n".join(["开渔第一天的码头", FIRST, line, SECOND]))
    assert cut(document) == []
    assert document["body_original"].split("\n") == [FIRST, line, SECOND]


def test_words_put_into_a_sentence_are_cut_out_of_it() -> None:
    sentence = "老沈的船停在对岸{}，对岸的灯还亮着。"
    [document] = cleaned("\n".join(["开渔第一天的码头", FIRST, sentence.format("管家婆一肖一码100%准确"), SECOND]))
    assert cut(document) == [("seo_spam", "管家婆一肖一码100%准确")]
    assert document["body_original"].split("\n") == [FIRST, sentence.format(""), SECOND]


@pytest.mark.parametrize(
    ("stated", "bare"),
    [
        ("[视频]开渔第一天的码头", "开渔第一天的码头"),
        ("【圖文】開漁第一天的碼頭", "開漁第一天的碼頭"),
        ("开渔第一天的码头（组图）", "开渔第一天的码头"),
        ("[视频]【走码头】开渔第一天(高清图集)", "【走码头】开渔第一天"),
        ("[VR]【直播回放】开渔第一天的码头 (附视频)", "开渔第一天的码头"),
        ("【视频号】开渔第一天的码头", "【视频号】开渔第一天的码头"),
        ("开渔第一天（图为码头）", "开渔第一天（图为码头）"),
    ],
)
def test_tags_of_the_medium_are_cut_from_the_ends_of_a_title(stated: str, bare: str) -> None:
    [as_field, as_line] = cleaned(FIRST + "\n" + SECOND, f"{stated}\n{FIRST}\n{SECOND}", titles=[stated, None])
    assert (as_field["title_original"], as_line["title_original"]) == (bare, bare)
    cut = "".join(span["text"] for span in as_line["removed"] if span["rule_id"].startswith("media_tag"))
    assert len(cut) == len(stated) - len(bare)


def test_words_put_into_a_stated_title_are_cut_out_of_it() -> None:
    [document] = cleaned("\n".join([FIRST, SECOND]), titles=["爱游戏体育开渔第一天的码头"])
    assert document["title_original"] == "开渔第一天的码头"


def test_a_program_that_rewrote_the_article_leaves_words_nobody_writes() -> None:
    spun = ["码头上来了机器东谈主，年夜家都去看。", "这是年夜国的渔业，平易近众的餐桌，渔获扩年夜了一倍。"]
    [document, other] = cleaned("\n".join([FIRST, *spun]), "\n".join([FIRST, "年夜饭摆上桌，王人杰笑了。", SECOND]))
    assert "spun" in document["quality_flags"]
    assert "spun" not in other["quality_flags"]


def test_a_list_behind_its_lead_in_stays_a_list() -> None:
    items = ["本地渔民创业赛，最高资助20万", "海上救援志愿赛，最高资助8万"]
    [document] = cleaned("\n".join(["开渔第一天的码头", FIRST, "今年有这样几项：", *items, SECOND]))
    assert document["body_original"].split("\n") == [FIRST, "今年有这样几项：", *items, SECOND]
    assert document["headings"] == []


@pytest.mark.parametrize("gap", ["\n", "\n\n"])
def test_a_heading_is_structure(gap: str) -> None:
    [document] = cleaned(gap.join(["开渔第一天的码头", FIRST, "船与岸", SECOND, "【之二】老人：等一条船", THIRD]))
    assert [(h["text_original"], h["before_paragraph"], h["level"]) for h in document["headings"]] == [
        ("船与岸", 1, 2),
        ("【之二】老人：等一条船", 2, 2),
    ]
    assert document["body_original"].split("\n") == [FIRST, SECOND, THIRD]


def test_a_lone_line_before_a_single_paragraph_opens_no_section_unless_it_says_so() -> None:
    lone, labelled = cleaned(
        "\n".join([FIRST, "老人等一条船", SECOND]),
        "\n".join([FIRST, "二、老人等一条船", SECOND]),
        titles=["渔港", "渔港"],
    )
    assert (lone["body_original"].split("\n"), lone["headings"]) == ([FIRST, "老人等一条船", SECOND], [])
    assert [h["text_original"] for h in labelled["headings"]] == ["二、老人等一条船"]


def test_a_credit_labels_the_caption_above_it_through_a_comma() -> None:
    lines = [
        "开渔第一天的码头",
        FIRST,
        "宁波海鲜节的开幕仪式上,",
        "厨师向游客展示巨大的带鱼。",
        "图源:海港晚报",
        SECOND,
    ]
    [document] = cleaned("\n".join(lines))
    assert cut(document) == [("caption", lines[2]), ("caption", lines[3]), ("photo_credit", lines[4])]


def test_a_credit_does_not_make_a_caption_of_prose() -> None:
    [document] = cleaned("\n".join(["开渔第一天的码头", FIRST, "但他并不后悔。", "图片来源：海港晚报", SECOND]))
    assert cut(document) == [("photo_credit", "图片来源：海港晚报")]


def test_a_starred_slogan_over_two_lines_is_a_banner() -> None:
    lines = ["开渔第一天的码头", FIRST, "**向海而兴", "渔港新篇·本报特别报道**", SECOND]
    [document] = cleaned("\n".join(lines))
    assert cut(document) == [("banner", lines[2]), ("banner", lines[3])]


def test_headlines_below_a_header_are_related() -> None:
    lines = ["开渔第一天的码头", FIRST, SECOND, "相关阅读", "地铁五号线明日试运行", "全市中小学九月一日开学"]
    [document] = cleaned("\n".join(lines))
    assert cut(document) == [("related", line) for line in lines[3:]]


@pytest.mark.parametrize(
    ("head", "category"),
    [
        ("某华社宁波8月16日电（记者林小舟 周海）", "dateline"),
        ("（某央社記者林小舟高雄16日電）", "dateline"),
        ("〔記者林小舟／高雄報導〕", "byline"),
        ("【记者林小舟/宁波报道】", "byline"),
    ],
)
def test_an_inline_head_is_cut_from_the_sentence(head: str, category: str) -> None:
    [document] = cleaned(head + FIRST, titles=["开渔第一天的码头"])
    assert cut(document) == [(category, head)]
    assert document["body_original"] == FIRST
    assert original(document) == head + FIRST


def test_a_broken_sentence_is_joined_again() -> None:
    broken = FIRST[:-6] + "\n\n" + FIRST[-6:]
    [document] = cleaned("\n\n".join(["开渔第一天的码头", broken, SECOND]))
    assert document["body_original"].split("\n") == [FIRST, SECOND]
    assert [(r["kind"], r["before"], r["after"]) for r in document["repairs"]] == [("paragraph_join", "\n\n", "")]
    assert "paragraphs_joined" in document["quality_flags"]


def test_hard_wraps_are_joined_at_any_width() -> None:
    for width in (14, 20, 25):
        wrapped = ["\n".join(p[i : i + width] for i in range(0, len(p), width)) for p in (FIRST, SECOND, THIRD)]
        [document] = cleaned("\n\n".join(wrapped), titles=["开渔第一天的码头"])
        assert document["body_original"].split("\n") == [FIRST, SECOND, THIRD]


def test_a_lost_title_is_inferred_and_a_stated_one_not_repeated() -> None:
    lost, stated = cleaned(
        "\n".join([FIRST, "船与岸", SECOND, THIRD]),
        "\n".join(["开渔第一天的码头", FIRST, SECOND]),
        titles=[None, "开渔第一天的码头"],
    )
    assert (lost["title_original"], lost["title_is_inferred"], lost["title_start_offset"]) == ("船与岸", True, None)
    assert cut(stated) == [("boilerplate", "开渔第一天的码头")]
    assert (stated["title_original"], stated["title_is_inferred"]) == ("开渔第一天的码头", False)


def test_a_page_of_spam_keeps_its_row() -> None:
    [document] = cleaned(NOISE[-1][1])
    assert document["body_original"] == ""
    assert {"short", "spam_cut", "mostly_noise"} <= set(document["quality_flags"])


def test_personal_data_is_covered_in_everything_literal() -> None:
    text = "\n".join(["开渔第一天的码头", FIRST, "联系电话：13900000000"])
    frame = pl.DataFrame(
        {
            "document_id": ["0" * 16],
            "text": [text],
            "title_field": [None],
            "masked_text": [text.replace("13900000000", "●" * 11)],
        },
        schema={"document_id": pl.String, "text": pl.String, "title_field": pl.String, "masked_text": pl.String},
    )
    [document] = cleaned_parts(frame, RULES).to_dicts()
    assert cut(document) == [("contact", "联系电话：" + "●" * 11)]


PIECES = [
    *(line for _, line, _ in NOISE), *CONTENT, FIRST, SECOND, "船与岸", "\u3000\u3000" + THIRD, "\u00a0", "\r", "", "，", "會(huì)場(chǎng)裡(lǐ)有人",
    "約翰?史密斯", "★★", "图源:海港晚报", "图为渔港。", "**向海", "而兴**", "开始了", "1、看天", "我們帶?duì)來", "<br/>", "？", "A B", "相关阅读",
    "某华社宁波8月16日电（记者林小舟）" + SECOND,
]  # fmt: skip


@settings(max_examples=25, deadline=None)
@given(
    st.lists(st.sampled_from(PIECES), max_size=9),
    st.sampled_from(["\n", "\n\n", "\r\n", "\n\u3000\u3000"]),
    st.sampled_from([None, "开渔第一天的码头", "船与岸"]),
)
def test_the_original_can_be_rebuilt(pieces: list[str], gap: str, title: str | None) -> None:
    text = gap.join(pieces)
    [document] = cleaned(text, titles=[title])
    assert original(document) == text
    for row in document["removed"]:
        assert text[row["start_offset"] : row["end_offset"]] == row["text"]
        assert row["line_no"] == text[: row["start_offset"]].count("\n") + 1
    for row in document["repairs"]:
        assert text[row["start_offset"] : row["end_offset"]] == row["before"]
    ends = sorted((r["start_offset"], r["end_offset"]) for r in document["removed"] + document["repairs"])
    assert all(end <= start for (_, end), (start, _) in pairwise(ends))


def test_order_and_chunking_change_nothing() -> None:
    texts = ["\n".join(["开渔第一天的码头", FIRST, NOISE[-1][1]]), SECOND + "\n" + THIRD, NOISE[0][1] + "\n" + FIRST]
    together = cleaned(*texts)
    for number, text in enumerate(texts):
        [alone] = cleaned(text)
        assert {**alone, "document_id": None} == {**together[number], "document_id": None}


def test_known_pages_come_out_as_their_records_say() -> None:
    records = sorted((SHARED / "gold").glob("[0-9]*.json"))
    if not records:
        pytest.skip("shared/gold is not beside this repository")
    for path in records:
        record = json.loads(path.read_text(encoding="utf-8"))
        [document] = cleaned((SHARED / "seeds" / record["seed"]).read_bytes().decode("utf-8"))
        plain = [pl.select(fold(pl.lit(p))).item() for p in document["body_original"].split("\n")]
        # 著 is an aspect particle that the script stage decides on.
        want = [pl.select(fold(pl.lit(p))).item() for p in record["body"]]
        same = sum(a.replace("著", "着") == b for a, b in zip(plain, want, strict=True))
        assert same / len(want) >= 0.97
        gone = {r["line_no"] for r in document["removed"] if r["category"] not in ("whitespace", "pinyin")}
        assert gone == {r["line"] for r in record["removed_lines"]}
        assert [h["before_paragraph"] for h in document["headings"]] == [
            h["before_paragraph"] for h in record["headings"]
        ]


HARBOUR = pl.DataFrame({"source_id": ["harbour"], "time_zone": ["Asia/Shanghai"]})


def raw(*texts: str) -> pl.DataFrame:
    count = len(texts)
    fields = ["natural_id", "title_field", "url", "published_field", "author_field", "outlet_field", "section_field"]
    return pl.DataFrame(
        {
            "document_id": [f"{number:016x}" for number in range(count)],
            "source_id": ["harbour"] * count,
            "night": [dt.date(2023, 8, 16)] * count,
            "text": texts,
        }
    ).with_columns(pl.lit(None, pl.String).alias(name) for name in fields)


def test_every_document_keeps_a_row_of_the_declared_table() -> None:
    documents = raw("\n".join(["开渔第一天的码头", FIRST, "业务QQ:2 20 417 936"]), NOISE[-1][1])
    clean = clean_documents(documents, RULES, HARBOUR, *PAGES)
    assert clean.columns == CleanDocument.column_names()
    assert clean["body_original"].to_list() == [FIRST, ""]
    CleanDocument.validate(clean.head(1), cast=True)
    assert cut(clean.to_dicts()[0]) == [("contact", "业务QQ:" + "●" * 12)]
    assert clean_documents(documents.clear(), RULES, HARBOUR, *PAGES).columns == CleanDocument.column_names()


def test_what_a_source_states_is_covered_told_and_what_was_cut_from_it_is_kept() -> None:
    documents = raw(FIRST, FIRST).with_columns(
        title_field=pl.Series(["渔港开市 订位13812345678", "[视频]开渔第一天的码头"]),
        author_field=pl.Series([None, "林海 linhai@harbour-news.cn"]),
    )
    clean = clean_documents(documents, RULES, HARBOUR, *PAGES)
    assert clean.select("title_original", "title_stated").rows() == [
        ("渔港开市 订位●●●●●●●●●●●", None),
        ("开渔第一天的码头", "[视频]开渔第一天的码头"),
    ]
    assert clean["author_line"].to_list() == [None, "林海 " + "●" * 22]
    assert [[(p["kind"], p["start_offset"], p["raw"]) for p in found] for found in clean["pii"]] == [
        [("phone", None, "13812345678")],
        [("email", None, "linhai@harbour-news.cn")],
    ]


def test_a_long_address_before_the_date_of_a_byline_hides_nothing() -> None:
    line = "https://news.example.org/" + "harbour/" * 20 + "12345.html 2025-04-03 09:32:30"
    [document] = cleaned("\n".join(["开渔第一天的码头", line, FIRST, SECOND]))
    assert ("byline", line) in cut(document)


def test_the_line_above_a_byline_is_the_title_and_a_button_above_it_is_not() -> None:
    (document,) = cleaned("渔讯专区\n今年的带鱼比去年大一圈\n2023-08-16 05:40 来源:海港晚报\n" + FIRST + "\n" + SECOND)
    assert document["title_original"] == "今年的带鱼比去年大一圈"
    assert cut(document)[0] == ("banner", "渔讯专区")
    (document,) = cleaned("渔港的早晨\n——记东湾码头的秤\n2023-08-16 05:40 来源:海港晚报\n" + FIRST + "\n" + SECOND)
    assert document["title_original"] == "渔港的早晨"


def test_a_caption_goes_on_to_its_credit() -> None:
    (document,) = cleaned(
        f"{FIRST}\n图为东湾码头上，刚靠岸的渔船\n在灯下分拣带鱼，远处是还没亮灯\n的冷库。\n王小二 摄\n{SECOND}"
    )
    assert document["body_original"] == f"{FIRST}\n{SECOND}"


def test_a_sentence_too_long_for_a_heading_goes_on_in_the_next_line() -> None:
    broken = "码头管理员说，今年开渔比往年早了三天，水温偏高，近海的带鱼个头反而更大，价格也比去年同期"
    (document,) = cleaned(f"{FIRST}\n{broken}\n稳得住，来买鱼的人因此多了两成。\n{THIRD}")
    assert document["body_original"].split("\n") == [FIRST, f"{broken}稳得住，来买鱼的人因此多了两成。", THIRD]


def test_some_paragraphs_of_a_page_may_be_wrapped_and_others_not() -> None:
    lines = [FIRST * 2, SECOND[:30], SECOND[30:], THIRD[:30], THIRD[30:], FIRST[:30], FIRST[30:], SECOND * 2]
    (document,) = cleaned("\n".join(lines))
    assert document["body_original"].split("\n") == [FIRST * 2, SECOND, THIRD, FIRST, SECOND * 2]


def test_a_line_of_dashes_is_cut_whatever_its_length() -> None:
    (document,) = cleaned(f"{FIRST}\n{'-' * 60}\n{SECOND}")
    assert cut(document) == [("banner", "-" * 60)]


def test_a_blank_behind_a_conjunction_parts_nothing() -> None:
    (document,) = cleaned(f"一座渔港与 三十条船\n{FIRST}\n{SECOND}")
    assert document["title_original"] == "一座渔港与三十条船"
    (document,) = cleaned(f"渔港的早晨 带鱼大一圈\n{FIRST}\n{SECOND}")
    assert document["title_original"] == "渔港的早晨 带鱼大一圈"
