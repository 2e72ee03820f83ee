"""What is cut from a page, and what is told of it."""

from __future__ import annotations

import datetime as dt
from typing import Any

import polars as pl
import pytest

from tests.transforms.harbour import CONTENT, FIRST, NOISE, RULES, SECOND, THIRD, cleaned, cut, original
from tests.transforms.judgement import PAGES, SHIPPED
from transforms.clean import clean_documents
from transforms.clean.article import cleaned_parts
from transforms.tables.core import CleanDocument


def with_noise(line: str, place: str) -> str:
    """A page with a line of noise above or below its article."""
    article = ["开渔第一天的码头", FIRST, SECOND, THIRD]
    return "\n\n".join([line, *article] if place == "top" else [*article, line])


def with_content(line: str) -> str:
    """A page with a line in the midst of its article."""
    return "\n".join(["开渔第一天的码头", FIRST, line, SECOND])


@pytest.fixture(scope="module")
def pages() -> dict[str, dict[str, Any]]:
    """{page: its document}, all cleaned at once. That company changes nothing is a law of test_clean_structure."""
    texts = [*(with_noise(line, place) for _, line, place in NOISE), *map(with_content, CONTENT)]
    return dict(zip(texts, cleaned(*texts), strict=True))


@pytest.mark.parametrize(("category", "line", "place"), NOISE, ids=[line[:12] for _, line, _ in NOISE])
def test_a_noise_line_is_cut(category: str, line: str, place: str, pages: dict[str, dict[str, Any]]) -> None:
    document = pages[with_noise(line, place)]
    assert cut(document) == [(category, line)]
    assert document["title_original"] == "开渔第一天的码头"
    assert document["body_original"].split("\n") == [FIRST, SECOND, THIRD]
    assert original(document) == with_noise(line, place)


@pytest.mark.parametrize("line", CONTENT)
def test_content_is_never_cut(line: str, pages: dict[str, dict[str, Any]]) -> None:
    document = pages[with_content(line)]
    assert cut(document) == []
    assert document["body_original"].split("\n") == [FIRST, line, SECOND]


def test_words_put_into_a_sentence_are_cut_out_of_it() -> None:
    sentence = "老沈的船停在对岸{}，对岸的灯还亮着。"
    [document] = cleaned("\n".join(["开渔第一天的码头", FIRST, sentence.format("管家婆一肖一码100%准确"), SECOND]))
    assert cut(document) == [("seo_spam", "管家婆一肖一码100%准确")]
    assert document["body_original"].split("\n") == [FIRST, sentence.format(""), SECOND]


def test_what_a_link_farm_offers_is_cut_out_of_the_sentences_of_its_page_too() -> None:
    farm = "青云体育登录_白石网页版入口_对岸的灯_红浪娱乐官网_真人牌局技巧_黑礁app下载"
    sentence = "老沈的船停在{}对岸，对岸的灯还亮着。"
    [document] = cleaned("\n".join([farm, "开渔第一天的码头", FIRST, sentence.format("白石网页版入口"), SECOND]))
    assert cut(document) == [("seo_spam", farm), ("seo_spam", "白石网页版入口")]
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


def test_the_captions_of_a_page_of_pictures_are_its_text() -> None:
    pictures = ["茶农在晨雾中走向河边的茶山。", "制茶师傅在作坊里翻炒鲜叶。"]
    credited = [f"{text}（记者 李明 摄）" for text in pictures]
    assert cleaned("\n".join(credited))[0]["body_original"] == "\n".join(pictures)
    assert cleaned("\n".join([FIRST, *credited, SECOND]))[0]["body_original"] == f"{FIRST}\n{SECOND}"


def test_a_starred_slogan_over_two_lines_is_a_banner() -> None:
    lines = ["开渔第一天的码头", FIRST, "**向海而兴", "渔港新篇·本报特别报道**", SECOND]
    [document] = cleaned("\n".join(lines))
    assert cut(document) == [("banner", lines[2]), ("banner", lines[3])]


def test_headlines_below_a_header_are_related() -> None:
    lines = ["开渔第一天的码头", FIRST, SECOND, "相关阅读", "地铁五号线明日试运行", "全市中小学九月一日开学"]
    [document] = cleaned("\n".join(lines))
    assert cut(document) == [("related", line) for line in lines[3:]]


def test_a_button_among_related_headlines_does_not_end_them() -> None:
    lines = ["开渔第一天的码头", FIRST, SECOND, "相关阅读", "收起", "明年的渔汛会早来吗？", "全市中小学九月一日开学"]
    [document] = cleaned("\n".join(lines))
    assert [category for category, _ in cut(document)] == ["related", "banner", "related", "related"]


def test_what_heads_a_list_behind_the_article_is_part_of_it() -> None:
    lines = ["开渔第一天的码头", FIRST, SECOND, "责任编辑：林小舟", "夜课推荐", "我要推荐"]
    [document] = cleaned("\n".join(lines))
    assert cut(document)[1:] == [("related", "夜课推荐"), ("nav_footer", "我要推荐")]


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
    [document] = cleaned_parts(frame, RULES, SHIPPED).to_dicts()
    assert cut(document) == [("contact", "联系电话：" + "●" * 11)]


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


def test_what_is_asked_of_an_address_may_name_a_person_its_path_may_not() -> None:
    documents = raw(FIRST, FIRST, FIRST).with_columns(
        url=pl.Series(["https://a.example/13812345678.html", "https://a.example/s?to=lin@harbour-news.cn&p=2", None])
    )
    clean = clean_documents(documents, RULES, HARBOUR, *PAGES)
    assert clean["url"].to_list() == [
        "https://a.example/13812345678.html",
        "https://a.example/s?to=" + "●" * 19 + "&p=2",
        None,
    ]
    assert [[p["kind"] for p in found] for found in clean["pii"]] == [[], ["email"], []]


def test_a_long_address_before_the_date_of_a_byline_hides_nothing() -> None:
    line = "https://news.example.org/" + "harbour/" * 20 + "12345.html 2025-04-03 09:32:30"
    [document] = cleaned("\n".join(["开渔第一天的码头", line, FIRST, SECOND]))
    assert ("byline", line) in cut(document)


def test_a_caption_goes_on_to_its_credit() -> None:
    (document,) = cleaned(
        f"{FIRST}\n图为东湾码头上，刚靠岸的渔船\n在灯下分拣带鱼，远处是还没亮灯\n的冷库。\n王小二 摄\n{SECOND}"
    )
    assert document["body_original"] == f"{FIRST}\n{SECOND}"


def test_a_line_of_dashes_is_cut_whatever_its_length() -> None:
    (document,) = cleaned(f"{FIRST}\n{'-' * 60}\n{SECOND}")
    assert cut(document) == [("banner", "-" * 60)]


def test_a_blank_behind_a_conjunction_parts_nothing() -> None:
    (document,) = cleaned(f"一座渔港与 三十条船\n{FIRST}\n{SECOND}")
    assert document["title_original"] == "一座渔港与三十条船"
    (document,) = cleaned(f"渔港的早晨 带鱼大一圈\n{FIRST}\n{SECOND}")
    assert document["title_original"] == "渔港的早晨 带鱼大一圈"


def test_a_damaged_byline_is_read_as_it_was_written() -> None:
    bylines = [
        "2023-08-16 05:40来源：海(hai)(hai)港晚报(bao)(bao)",
        "2023-08-16 05:40来源：海[hǎi]港晚[wǎn]报",
        "2023-\u200b08-16 05:40来源：海港\u200b晚报",
    ]
    documents = raw(*["\n".join(["开渔(yu)(yu)第一天的码头", byline, FIRST]) for byline in bylines])
    clean = clean_documents(documents, RULES, HARBOUR, *PAGES)
    assert clean["outlet"].to_list() == ["海港晚报"] * 3
    assert clean["published_precision"].to_list() == ["minute"] * 3
    assert [cut(document)[-1] for document in clean.to_dicts()] == [("byline", byline) for byline in bylines]
