"""Metadata read out of the removed noise: outlet, agency, credits, section."""

from __future__ import annotations

from typing import Any

import polars as pl
import pytest

from tests.transforms.judgement import SHIPPED
from transforms.metadata import COLUMNS, metadata
from transforms.tables.base import empty
from transforms.tables.core import CleanDocument

REMOVED = pl.List(
    pl.Struct(
        {"ordinal": pl.Int64, "start_offset": pl.Int64, "end_offset": pl.Int64, "line_no": pl.Int64}
        | {"category": pl.String, "rule_id": pl.String, "text": pl.String}
    )
)
STRINGS = ["document_id", "text", "body_original", "title_original", "published_field", "author_field", "outlet_field"]
SCHEMA = dict.fromkeys([*STRINGS, "section_field", "url", "time_zone"], pl.String) | {"removed": REMOVED}


def part(*spans: tuple[str, str], line_no: int = 3, **fields: str) -> dict[str, Any]:
    removed = [
        {"ordinal": n, "start_offset": 0, "end_offset": len(text), "line_no": line_no, "category": category}
        | {"rule_id": "test", "text": text}
        for n, (category, text) in enumerate(spans)
    ]
    return {"document_id": "a", "body_original": "正文。", "time_zone": "Asia/Shanghai", "removed": removed} | fields


def frame(*parts: dict[str, Any]) -> pl.DataFrame:
    rows = [dict.fromkeys(SCHEMA) | row for row in parts]
    return pl.DataFrame(rows, schema=SCHEMA)


def read(*spans: tuple[str, str], **fields: Any) -> dict[str, Any]:
    return metadata(frame(part(*spans, **fields)), SHIPPED).row(0, named=True)


def read_each(*parts: dict[str, Any]) -> list[dict[str, Any]]:
    """What is read of each page; of all at once, as it costs what one costs. That neighbours change nothing has a test."""
    numbered = (one | {"document_id": f"{number:03}"} for number, one in enumerate(parts))
    return metadata(frame(*numbered), SHIPPED).to_dicts()


def credits_of(row: dict[str, Any]) -> list[tuple[str, str, str | None]]:
    return [(c["role"], c["name"], c["affiliation"]) for c in row["credits"]]


def people(*spans: tuple[str, str], **fields: Any) -> list[tuple[str, str, str | None]]:
    return credits_of(read(*spans, **fields))


def test_a_silent_page_says_nothing() -> None:
    silent = read()
    assert silent.pop("document_id") == "a"
    assert silent.pop("credits") == []
    assert silent.pop("published_precision") == "none"
    assert silent.pop("published_is_inferred") is False
    assert set(silent.values()) == {None}


def test_one_row_a_document_in_declared_types_whatever_the_order() -> None:
    parts = frame(part(("byline", "来源:海边日报"), document_id="b"), part(("byline", "作者:林一帆"), document_id="a"))
    got = metadata(parts, SHIPPED)
    assert got["document_id"].to_list() == ["a", "b"]
    assert got.schema == pl.Schema(COLUMNS)
    assert metadata(parts.reverse(), SHIPPED).equals(got)
    declared = empty(CleanDocument).schema
    assert {name: declared[name] for name in COLUMNS} == dict(got.schema)


def test_no_documents_no_rows() -> None:
    assert metadata(frame(), SHIPPED).is_empty()


OUTLETS = [
    ("2024-05-06 07:08:09來源:山海夜話", "山海夜話"),
    ("来源:海边日报 2024-05-06 07:08:09", "海边日报"),
    ("发布时间:2024-05-06 | 来源:海边网·观点版 | 作者:林一帆", "海边网·观点版"),
    ("本文来源：《海边晚报》 责任编辑：林某", "海边晚报"),
    ("2024年05月06日 07:08 新浪体育综合", "新浪体育"),
    ("来 源:山海岛(ID:shanhaidao)", "山海岛"),
    ("来源:海边网-《海边日报》 2024-05-06", "海边日报"),
    ("来源:海边网综合《海边日报》", "海边日报"),
    ("海边网-《海边日报》", "海边日报"),
    ("海边网-《海边日报海外版》 2024-05-06 07:08", "海边日报海外版"),
    ("稿源:海边科技 12条评论", "海边科技"),
    ("海边周记 2024年05月06日 07:08 江苏", "海边周记"),
    ("王小二 2024年05月06日 07:08 江苏", None),
    ("2024-05-06 07:08 发布于江苏 海边周记官方账号", "海边周记"),
    ("原创 王小二 海边周记", "海边周记"),
    ("财经新闻", None),
    ("图片来源:某图库", None),
    ("数据来源:统计年鉴", None),
    ("2024-05-06 07:08　来源: 海边日报　江苏 举报", "海边日报"),
    ("2024-05-06 07:08 来源: 海边日报 江苏 举报", "海边日报"),
    ("来源：网络整理", None),
    ("来源:", None),
]


def test_outlet_is_the_source_the_page_names() -> None:
    found = read_each(*(part(("byline", line)) for line, _ in OUTLETS))
    assert [(line, row["outlet"]) for (line, _), row in zip(OUTLETS, found, strict=True)] == OUTLETS


def test_of_two_names_beside_the_moment_the_one_before_it_is_the_outlet_of_every_copy() -> None:
    names = ("byline", "海港晚报 2024-05-06 07:08　江湾新闻")
    copies = metadata(frame(*(part(names, document_id=f"{n:03}") for n in range(300))), SHIPPED)
    assert set(copies["outlet"]) == {"海港晚报"}
    assert read(("byline", "2024-05-06 07:08　听新闻"))["outlet"] is None


def test_a_text_that_begins_as_the_own_report_of_a_paper_is_of_that_paper() -> None:
    assert read(("dateline", "【海報專訊】"))["outlet"] == "海報"
    assert read(("dateline", "【本報訊】"))["outlet"] is None
    assert read(("byline", "（海邊日報 5月6日）"))["outlet"] == "海邊日報"


def test_a_photo_credit_names_no_outlet() -> None:
    assert read(("photo_credit", "来源:某图库"))["outlet"] is None
    assert read(("photo_credit", "图源:某图库"), outlet_field="海边网")["outlet"] == "海边网"


DATELINES = [
    ("新华社拉萨3月4日电", "新华社", "拉萨"),
    ("新華社蘭州3月4日電 題:雲上的橋", "新华社", "蘭州"),
    ("中新网3月4日电 据法国媒体消息", "中新网", None),
    ("（中央社記者林一帆台北4日電）", "中央社", "台北"),
    ("（中央社記者林帆華盛頓4日專電）", "中央社", "華盛頓"),
    ("据新华社电（记者林一帆）", "新华社", None),
    ("本报利马3月4日电记者林一帆报道:", None, "利马"),
    ("海边新闻网成都3月4日讯 ( 记者 林一帆 )", None, "成都"),
    ("海湾都市报3月4日讯(记者 林一帆)", None, None),
]


def test_agency_and_place_of_the_dateline() -> None:
    found = read_each(*(part(("dateline", line)) for line, *_ in DATELINES))
    told = [(line, row["agency"], row["dateline_place"]) for (line, *_), row in zip(DATELINES, found, strict=True)]
    assert told == DATELINES
    assert {row["outlet"] for row in found} == {None}


CREDITS: list[tuple[str, list[tuple[str, str, str | None]]]] = [
    ("作者：林一帆", [("author", "林一帆", None)]),
    ("文|林一帆", [("author", "林一帆", None)]),
    ("文/图 林一帆", [("author", "林一帆", None), ("photographer", "林一帆", None)]),
    ("作者:林一帆 | 责任编辑:苏青", [("author", "林一帆", None), ("editor", "苏青", None)]),
    ("作者:林一帆责任编辑:苏青", [("author", "林一帆", None), ("editor", "苏青", None)]),
    ("记者 林一帆 苏 青", [("reporter", "林一帆", None), ("reporter", "苏青", None)]),
    ("（记者林一帆 欧阳青山）", [("reporter", "林一帆", None), ("reporter", "欧阳青山", None)]),
    ("【記者林語帆/台北報導】", [("reporter", "林語帆", None)]),
    ("林語帆 蘇青 報導 / 高雄市", [("reporter", "林語帆", None), ("reporter", "蘇青", None)]),
    ("本报记者 林一帆", [("reporter", "林一帆", "本报")]),
    ("来源:江湾日报　新江湾·江湾日报记者 林一帆", [("reporter", "林一帆", "新江湾·江湾日报")]),
    ("新華社記者林語帆、蘇青", [("reporter", "林語帆", "新華社"), ("reporter", "蘇青", "新華社")]),
    ("特派记者林一帆/北京报道", [("reporter", "林一帆", "特派记者")]),
    ("(参与记者：林一帆 苏青)", [("contributor", "林一帆", None), ("contributor", "苏青", None)]),
    ("通讯员 阿依古丽·买买提", [("contributor", "阿依古丽·买买提", None)]),
    ("責任編輯:孫某", [("editor", "孫某", None)]),
    ("[編輯: 蘇青]", [("editor", "蘇青", None)]),
    ("摄影：林一帆", [("photographer", "林一帆", None)]),
    ("2025.03.04 18:42 江湾时报 林一帆", [("author", "林一帆", None)]),
    ("原创 林一帆 海边周记 2025-03-04 18:42 江苏", [("author", "林一帆", None)]),
    ("2025年3月4日 第三卷 22期　林一帆（江湾特稿）", [("author", "林一帆", None)]),
]


def test_a_credit_names_people_with_their_role() -> None:
    found = read_each(*(part(("byline", line)) for line, _ in CREDITS))
    assert [(line, credits_of(row)) for (line, _), row in zip(CREDITS, found, strict=True)] == CREDITS


def test_a_paper_told_with_its_platform_is_one_employer_and_no_part_of_the_source() -> None:
    got = read(("byline", "2025-03-04 07:30 来源:江湾日报　新江湾·江湾日报记者 林一帆 苏青"))
    assert (got["outlet"], got["author_line"]) == ("江湾日报", "新江湾·江湾日报记者 林一帆 苏青")


NO_CREDITS = [
    "(责任编辑：QX27)",
    "编辑:admin",
    "责编：IT",
    "作者：佚名",
    "作者：爱看平台",
    "林宏山说",
    "〔旅遊頻道／綜合報導〕",
    "高雄/綜合報導 責任編輯/數位中心",
    "记者从有关部门获悉",
    "发表于 2025-3-4 18:42 | 只看该作者 | 倒序浏览",
    "2025-03-04 09:00 江湾日报 文化版",
]


def test_codes_brands_and_speakers_are_no_credits() -> None:
    found = read_each(*(part(("byline", line)) for line in NO_CREDITS))
    assert [line for line, row in zip(NO_CREDITS, found, strict=True) if row["credits"]] == []


@pytest.mark.parametrize(
    "line",
    ["展厅一角。林一帆 摄", "新华社记者 林一帆 摄", "（记者林一帆摄）", "會場一景。（記者林語帆攝）", "(攝影/林語帆)"],
)
def test_photographers_of_captions(line: str) -> None:
    assert [(role, name[0]) for role, name, _ in people(("photo_credit", line))] == [("photographer", "林")]


def test_the_biography_gives_the_sole_author_an_affiliation() -> None:
    bio = ("author_bio", "作者簡介:工學博士,山海大學教授,知名攝影愛好者。")
    assert people(("byline", "作者 林語帆"), bio) == [("author", "林語帆", "山海大學")]
    assert people(("byline", "作者 林語帆 蘇青"), bio)[0] == ("author", "林語帆", None)


def test_author_line_as_it_stood() -> None:
    assert read(("byline", "2024-05-06作者:林一帆 苏青"))["author_line"] == "作者:林一帆 苏青"
    assert read(("byline", "作者:林一帆"), author_field="林一帆/山海社")["author_line"] == "林一帆/山海社"
    assert people(author_field="林一帆") == [("author", "林一帆", None)]


@pytest.mark.parametrize(
    ("crumbs", "section"),
    [
        ("首頁 > 生活 > 旅遊 > 正文", "生活 > 旅遊"),
        ("您的位置:首页>文化>正文", "文化"),
        ("海边网首页 > 观点 > 一座桥的故事", "观点"),
        ("首页 > 正文", None),
        ("第B3版：港灣", "港灣"),
    ],
)
def test_section_of_the_breadcrumb(crumbs: str, section: str | None) -> None:
    assert read(("breadcrumb", crumbs), title_original="一座桥的故事")["section"] == section


def test_section_of_the_source() -> None:
    assert read(section_field="体育")["section"] == "体育"


def test_personal_data_in_a_credit_is_masked() -> None:
    line = read(("byline", "作者:林一帆 desk@example.com"))["author_line"]
    assert line == "作者:林一帆 ●●●●●●●●●●●●●●●●"
    field = read(("byline", "来源:海边日报"), author_field="林一帆\ndesk@example.com", section_field="体育")
    assert (field["author_line"], field["outlet"], field["section"]) == ("林一帆 ●●●●●●●●●●●●●●●●", "海边日报", "体育")


@pytest.mark.parametrize(
    ("category", "line", "outlet"),
    [
        ("copyright", "竹风日报 © 2011-2024 版权所有，请勿侵权", "竹风日报"),
        ("copyright", "©2024 竹風日報社 版權所有", "竹風日報"),
        ("copyright", "本文系“山野札记”原创，未经许可不得转载", "山野札记"),
        ("banner", "欢迎点看【潮汐研究所影片号】", "潮汐研究所"),
        ("copyright", "Copyright 2008-2016 All Rights Reserved", None),
        ("copyright", "版权归原作者所有", None),
    ],
)
def test_a_page_that_names_no_source_is_of_who_signs_it(category: str, line: str, outlet: str | None) -> None:
    assert read((category, line))["outlet"] == outlet
    assert read((category, line), ("byline", "来源：海边日报"))["outlet"] == "海边日报"


def test_an_aggregator_names_the_account_it_has_an_article_from() -> None:
    assert read(("byline", "2024-05-06 由 潮汐筆記 發表于科學"))["outlet"] == "潮汐筆記"


def test_the_author_whose_work_a_page_is_is_no_outlet() -> None:
    got = read(("byline", "文 | 林一帆"), ("copyright", "本文由「林一帆」原创出品，转载请注明"))
    assert (got["outlet"], got["author_line"]) == (None, "文 | 林一帆")
