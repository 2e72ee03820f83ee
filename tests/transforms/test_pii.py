"""Personal data: what counts as such, what never does, and that masking moves nothing."""

from __future__ import annotations

import hashlib
import re
import time

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from transforms import pii
from transforms.identity import lettered
from transforms.pii.other_numbers import without_other_numbers

FORBIDDEN = [
    r"(?<![0-9A-Za-z.])1[3-9][0-9]{9}(?![0-9])",
    r"[A-Za-z0-9._%+-]+@[A-Za-z0-9-]+\.[A-Za-z]{2,}",
    r"(?i:qq|扣扣|企鹅号)[群号]?[^0-9\n]{0,4}[1-9][0-9]{4,10}(?![0-9])",
    r"[1-9][0-9]{5}(18|19|20)[0-9]{2}(0[1-9]|1[0-2])(0[1-9]|[12][0-9]|3[01])[0-9]{3}[0-9Xx]",
]


def one(text: str) -> pl.DataFrame:
    return pl.DataFrame({"document_id": ["a"], "text": [text]})


def found(text: str) -> list[tuple[str, str]]:
    return pii.find(one(text)).select("kind", "raw").rows()


@pytest.mark.parametrize(
    ("text", "kind", "raw"),
    [
        ("来稿请寄 news.desk@example.com 收", "email", "news.desk@example.com"),
        ("信箱:editor＠ｅｘａｍｐｌｅ．ｃｏｍ", "email", "editor＠ｅｘａｍｐｌｅ．ｃｏｍ"),
        ("投稿邮箱|paper_07#example.com", "email", "paper_07#example.com"),
        ("编务 (desk (at) example.edu.cn)", "email", "desk (at) example.edu.cn"),
        ("請洽13900001111王先生", "phone", "13900001111"),
        ("请打 +86 139-0000-1111", "phone", "+86 139-0000-1111"),
        ("馆内总机021-60001234转802", "phone", "021-60001234转802"),
        ("来稿 desk 021-6000 1234", "phone", "021-6000 1234"),
        ("总机(0571)6000-1234", "phone", "(0571)6000-1234"),
        ("馆内 010 6000 1234", "phone", "010 6000 1234"),
        ("WhatsApp 或 +852 2700 1234", "phone", "+852 2700 1234"),
        ("報料熱線﹕WhatsApp﹕2700 1234", "phone", "2700 1234"),
        ("總社 +886-2-2700-1234", "phone", "+886-2-2700-1234"),
        ("手機 +886 912 345 678", "phone", "+886 912 345 678"),
        ("電話：(853)28001234", "phone", "(853)28001234"),
        ("報館 (852) 2700 1234", "phone", "(852) 2700 1234"),
        ("總社 （＋886）2-2700-1234", "phone", "（＋886）2-2700-1234"),
        ("總社 (886-2)2700-1234", "phone", "(886-2)2700-1234"),
        ("总社 (86-10)60001234", "phone", "(86-10)60001234"),
        ("总社 +86 10 6000 1234", "phone", "+86 10 6000 1234"),
        ("爆料WhatsApp：012-7000123", "phone", "012-7000123"),
        ("热线 011-2700 1234 全天", "phone", "011-2700 1234"),
        ("报馆 +60 12-700 1234", "phone", "+60 12-700 1234"),
        ("报馆 +65 6700 1234", "phone", "+65 6700 1234"),
        ("服務台(02)2700-1234", "phone", "(02)2700-1234"),
        ("聯絡電話：0911-222-333", "phone", "0911-222-333"),
        ("咨询电话 0571 60001234", "phone", "0571 60001234"),
        ("客服:400-600-7000", "phone", "400-600-7000"),
        ("免付費專線 0800-000-900", "phone", "0800-000-900"),
        ("海湾新闻报料：027-968800", "phone", "027-968800"),
        ("夜班热线：028-96000，全天有人", "phone", "028-96000"),
        ("拨打服务专线转(0371)967000", "phone", "(0371)967000"),
        ("总社 0571—60001234", "phone", "0571—60001234"),
        ("商务QQ:4 21 775 906", "qq", "4 21 775 906"),
        ("讀者Q群：710022334", "qq", "710022334"),
        ("扣扣 88120034", "qq", "88120034"),
        ("ＱＱ：８８１２００３４", "qq", "８８１２００３４"),
        ("qq:881-200-341", "qq", "881-200-341"),
        ("企鵝號：51200344", "qq", "51200344"),
        ("開白名單 lin_Q77x", "wechat_id", "lin_Q77x"),
        ("微訊號﹕haibian_77", "wechat_id", "haibian_77"),
        ("爆料加V：shan2025w", "wechat_id", "shan2025w"),
        ("转自某号（ID:haibianwu）", "wechat_id", "haibianwu"),
        ("微信号：hill-side8", "wechat_id", "hill-side8"),
        ("转自某号（ID：haibianWUwu）", "wechat_id", "haibianWUwu"),
        ("来源｜公眾號：haibianwu", "wechat_id", "haibianwu"),
        ("公众号：HillSide2025", "wechat_id", "HillSide2025"),
        ("证件110101199003070011已挂失", "id_card", "110101199003070011"),
        ("收款卡号 6222 0200 0000 0000 018", "bank_card", "6222 0200 0000 0000 018"),
        ("收款卡号 622202 00000000 00018", "bank_card", "622202 00000000 00018"),
    ],
)
def test_it_is_found_where_it_stands(text: str, kind: str, raw: str) -> None:
    assert found(text) == [(kind, raw)]
    row = pii.find(one(text)).row(0, named=True)
    assert text[row["start_offset"] : row["end_offset"]] == raw


@pytest.mark.parametrize(
    "text",
    [
        "接入 GPT-4 与 DeepSeek-R1，微信 GPT-4 助手上线，投稿 Nature 获准",
        "2025年2月9日收盘，600519报1688.88元，成交12,345,678股，共98765432手",
        "DOI 10.1038/s41586-020-2649-2，ISBN 978-7-302-12345-6，ISSN 0031-9007",
        "热线12345、95588、110和12306照常",
        "电话用户12345678户，微信月活13亿，QQ于1999年上线",
        "订单编号20250209094152123456，批号9787302123456",
        "时间戳1739065312000，区间2019-2025，比分102-98",
        "公众号：DeepTech深科技，公众号：iPhone15测评，投稿：Nature Energy，微信公众号：TechNode科技节点",
        "编号 0571-96000，QQ:2019-2025，电话费 0571 12345 元",
        "注(852)：全年20240101元，(86)号文件，第(853)条",
    ],
)
def test_figures_and_products_are_left_alone(text: str) -> None:
    assert found(text) == []


# Where a mobile number would have eleven digits, with what stands before and behind them.
@pytest.mark.parametrize(
    "text",
    [
        "进口铁矿石{}吨，", "拨款{}元。", "卖到{}元/吨", "成交{}股，", "總股本{} 股", "债务{}美元", "約{}新台幣", "发电{}千瓦时",
        "共{}人次", "浏览{}次。", "得票{}张的候选人", "达{}倍", "¥{}", "US${}", "净值{}.07元", "系数{}.5，", "总额{}", "播放量达{}",
        "订单编号：{}", "訂單號{}", "运单号 {}", "合同编号（{}）", "专利号：ZL{}", "股票代码{}", "證券代號：{}", "注册号：{}", "ISBN {}",
        "型号MI-{}", "批号{}的", "统一社会信用代码：{}",
    ],
)  # fmt: skip
def test_a_quantity_or_a_number_of_another_kind_is_no_telephone(text: str) -> None:
    assert found(text.format(13800001111)) == []


@pytest.mark.parametrize(
    "text",
    [
        "找{}元旦值班的人", "问{}股东服务", "请打{}人工接听", "叫{}张师傅", "{}台湾客服", "{}万一没人接", "{}号，", "（{}）", "{}。", "{}次日回电",
        "手机{}件", "电话：{}元", "订单问题打{}，", "合同事宜请找{}", "编号与电话：{}", "收入不明，{}", "{}.",
    ],
)  # fmt: skip
def test_a_word_that_only_looks_like_a_unit_or_a_cue_uncovers_no_telephone(text: str) -> None:
    assert found(text.format(13800001111)) == [("phone", "13800001111")]


@pytest.mark.parametrize(
    "raw", ["13800001111", "010-60001234", "138 0000 1111", "desk@example.com", "110101199003070011"]
)
def test_what_the_break_of_a_line_tears_in_two_is_found_and_the_break_stays(raw: str) -> None:
    for at in range(1, len(raw)):
        text = f"海边的渡口昨天又开了，想来看船的人可以问{raw[:at]}\n{raw[at:]}，免费。"
        shown = pii.mask(one(text), pii.find(one(text)))["text"].item()
        assert shown == f"海边的渡口昨天又开了，想来看船的人可以问{'●' * at}\n{'●' * (len(raw) - at)}，免费。"


def test_an_address_ends_with_its_line_where_a_word_begins_the_next() -> None:
    text = "地址：江湾区渡口路一号　邮箱：desk@example.edu.cn\nCopyright © 江湾大学"
    assert found(text) == [("email", "desk@example.edu.cn")]


def test_figures_of_two_lines_are_no_number() -> None:
    assert found("截至昨天为止报名参加的一共有138\n00001111吨货物在码头等候装船") == []
    assert found("一年\n138\n00001111\n二年") == []


def test_a_number_is_covered_where_cleaning_parts_it_from_what_it_counts() -> None:
    texts = one("电话13800001111，渔港放了138\u200b00001111部<br>电影。")
    bodies = one("电话●●●●●●●●●●●，渔港放了13800001111部电影。")
    findings = pii.find(texts)
    assert findings["start_offset"].to_list() == [2]
    assert pii.bared(texts, findings, bodies).select("start_offset", "raw").rows() == [(18, "138\u200b00001111")]
    assert pii.bared(texts, findings, one("渔港放了13800001111部。")).is_empty()


def test_several_numbers_after_one_cue() -> None:
    assert found("QQ群：123456789、987654321") == [("qq", "123456789"), ("qq", "987654321")]


def test_several_numbers_of_one_telephone() -> None:
    text = "电话：0731-60001234、60001235，20241231截止，60001236人次"
    assert found(text) == [("phone", "0731-60001234"), ("phone", "60001235")]


def test_findings_have_a_masked_form_and_a_digest_of_the_normal_form() -> None:
    got = pii.find(one("QQ:3 00 112 233\n编辑部 A.B@Example.com"))
    assert got.select("document_id", "kind", "start_offset", "end_offset", "masked", "digest").rows() == [
        ("a", "qq", 3, 15, "3***3", lettered(hashlib.sha256(b"300112233").hexdigest())),
        ("a", "email", 20, 35, "a***@example.com", lettered(hashlib.sha256(b"a.b@example.com").hexdigest())),
    ]


def test_masking_keeps_every_offset() -> None:
    texts = pl.DataFrame(
        {"document_id": ["b", "a"], "text": ["无事", "一\n手机13900001111，QQ 88120034。"], "n": [1, 2]}
    )
    masked = pii.mask(texts, pii.find(texts))
    assert masked.rows() == [("b", "无事", 1), ("a", "一\n手机●●●●●●●●●●●，QQ ●●●●●●●●。", 2)]


def test_nothing_found_changes_nothing() -> None:
    texts = one("天气晴好。")
    assert pii.find(texts).schema == pl.Schema(pii.SCHEMA)
    assert pii.mask(texts, pii.find(texts)).equals(texts)


TOKENS = st.sampled_from(
    ["QQ", "qq", "扣扣", "企鹅号", "企鵝號", "群", "：", ":", " ", "\n", "@", "＠", "#", ".", "a", "abc", "com", "微信", "电话",
     "110101", "19900307", "0011", "1390000", "1111", "139", "2", "12345", "６", "－", "-", "●", "元", "年", "010-", "x", "X"]
)  # fmt: skip


@settings(max_examples=150)
@given(st.lists(st.lists(TOKENS, max_size=14).map("".join), min_size=1, max_size=4))
def test_no_forbidden_pattern_survives(contents: list[str]) -> None:
    texts = pl.DataFrame({"document_id": [f"{n}" for n in range(len(contents))], "text": contents})
    findings = pii.find(texts)
    masked = pii.mask(texts, findings)
    for before, after in zip(contents, masked["text"], strict=True):
        assert len(before) == len(after)
        told = "\n".join(map(without_other_numbers, after.split("\n")))
        assert not [pattern for pattern in FORBIDDEN if re.search(pattern, told)]
    for row in findings.iter_rows(named=True):
        assert contents[int(row["document_id"])][row["start_offset"] : row["end_offset"]] == row["raw"]
        assert row["raw"] not in row["masked"]
    assert pii.find(texts.reverse()).equals(findings)
    overlaps = findings.filter(pl.col("start_offset") < pl.col("end_offset").shift(1).over("document_id"))
    assert overlaps.is_empty()


@pytest.mark.parametrize(
    "line", ["电话13900001111，" * 10_000, "a." * 100_000 + "@b", "电话：0571-60001234" + "、60001235" * 10_000]
)
def test_a_long_line_costs_what_its_length_does(line: str) -> None:
    started = time.process_time()
    pii.find(one(line))
    assert time.process_time() - started < 5
