"""Records to documents: encodings, fields, identity, and what is refused."""

from __future__ import annotations

import datetime as dt
import json

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import seeds
from tests.material import material
from tests.transforms.judgement import FIELDS, WEB
from tests.transforms.records import ARTICLE, SOURCES, TRADITIONAL, documents, from_json, record
from transforms import decode
from transforms.decode import charset, euc_tw
from transforms.decode.fields import FieldNames
from transforms.tables.raw import FORMATS, Document


@pytest.mark.parametrize(
    ("codec", "encoding"),
    [
        ("utf-8", "utf-8"),
        ("utf-8-sig", "utf-8"),
        ("gb2312", "gb18030"),
        ("gbk", "gb18030"),
        ("gb18030", "gb18030"),
        ("utf-16", "utf-16-le"),
        ("utf-16-le", "utf-16-le"),
        ("utf-16-be", "utf-16-be"),
    ],
)
def test_every_encoding_of_an_article_gives_the_same_text(codec: str, encoding: str) -> None:
    [document] = documents(record(ARTICLE.encode(codec)))
    assert (document["text"], document["encoding"], document["reason_code"]) == (ARTICLE, encoding, None)


@pytest.mark.parametrize(
    ("codec", "encoding"),
    [("big5", "big5"), ("cp950", "big5"), ("big5hkscs", "big5"), ("gb18030", "gb18030"), ("utf-16-be", "utf-16-be")],
)
def test_traditional_text_is_told_from_simplified_by_its_characters(codec: str, encoding: str) -> None:
    [document] = documents(record(TRADITIONAL.encode(codec)))
    assert (document["text"], document["encoding"]) == (TRADITIONAL, encoding)


@pytest.mark.parametrize(
    ("first", "second"), [("utf-8", "gbk"), ("gbk", "utf-8"), ("utf-8", "cp950"), ("cp950", "utf-8")]
)
def test_a_text_glued_from_two_encodings_is_read_line_by_line(first: str, second: str) -> None:
    one, other = (TRADITIONAL if codec == "cp950" else ARTICLE for codec in (first, second))
    [document] = documents(record(one.encode(first) + b"\r\n" + other.encode(second)))
    name = "utf-8+big5" if "cp950" in (first, second) else "utf-8+gb18030"
    assert (document["text"], document["encoding"], document["reason_code"]) == (f"{one}\r\n{other}", name, None)


def test_lines_that_read_well_in_no_encoding_are_not_glued_to_others() -> None:
    [document] = documents(record(ARTICLE.encode() + b"\n" + bytes(range(128, 256)) * 3))
    assert document["reason_code"] == "undecodable"


def test_halves_of_characters_become_one_and_a_lone_one_is_lost() -> None:
    whole, halves, lone = f"𠮷野家。{ARTICLE}", f"\ud842\udfb7野家。{ARTICLE}", f"\ud842野家。{ARTICLE}"
    found = documents(*(record(text.encode("utf-8", "surrogatepass")) for text in (whole, halves, lone)))
    assert [(row["text"], row["encoding"]) for row in found] == [
        (whole, "utf-8"),
        (whole, "utf-8"),
        (f"\ufffd野家。{ARTICLE}", "utf-8-lossy"),
    ]


def in_euc_tw(text: str) -> bytes:
    by_character = {character: data for data, character in euc_tw._characters().items() if data[:2] != b"\x8e\xa1"}  # pyright: ignore[reportPrivateUsage]
    return b"".join(c.encode() if c.isascii() else by_character[c] for c in text)


def test_euc_tw_is_read_where_nothing_else_fits() -> None:
    [document] = documents(record(in_euc_tw(TRADITIONAL)))
    assert (document["text"], document["encoding"]) == (TRADITIONAL, "euc-tw")


def test_one_article_is_one_text_in_big5_and_in_euc_tw() -> None:
    big5, unix = charset.decode(TRADITIONAL.encode("big5")), charset.decode(in_euc_tw(TRADITIONAL))
    assert unix == big5._replace(encoding="euc-tw")


FEED = "<rss version='2.0'><channel><title>{0}</title>{1}</channel></rss>"


@pytest.mark.parametrize(
    "declares", ["", '<?xml version="1.0" encoding="utf-8"?>', '<?xml version="1.0" encoding="{0}"?>']
)
@pytest.mark.parametrize(("codec", "text"), [("big5", TRADITIONAL), ("gb2312", ARTICLE), ("gb18030", ARTICLE)])
def test_a_feed_mostly_of_markup_is_read_in_its_encoding_whatever_it_declares(
    codec: str, text: str, declares: str
) -> None:
    items = "".join(
        f"<item><link>https://news.example/{n}</link><title>{text[n : n + 6].strip()}</title></item>" for n in range(8)
    )
    page = declares.format(codec) + FEED.format(text[:8].strip(), items)
    found = charset.decode(page.encode(codec), charset.declared(page.encode(codec)))
    assert (found.text, charset.FAMILY.get(found.encoding, found.encoding)) == (
        page,
        "big5" if codec == "big5" else "gb18030",
    )


def test_one_article_in_big5_and_in_euc_tw_is_one_text() -> None:
    [big5], [unix] = (material(f"data/encodings/{name}.txt") for name in ("Big5/_ude_1", "EUC-TW/_ude_euc-tw1"))
    assert charset.decode(unix.read_bytes()) == charset.decode(big5.read_bytes())._replace(encoding="euc-tw")


def test_each_line_of_a_file_has_its_own_encoding() -> None:
    lines = [json.dumps({"content": ARTICLE}, ensure_ascii=False).encode(codec) for codec in ("utf-8", "gb18030")]
    found = documents(*(record(line, "json", file_name=str(n)) for n, line in enumerate(lines)))
    assert [(row["text"], row["encoding"]) for row in found] == [(ARTICLE, "utf-8"), (ARTICLE, "gb18030")]


def test_a_line_that_changes_its_encoding_in_the_middle_is_never_published() -> None:
    [document] = documents(record((ARTICLE * 3).strip().encode() + (ARTICLE * 3).encode("gb18030")))
    assert document["reason_code"] == "undecodable"


def test_hong_kong_characters_are_read_as_hkscs() -> None:
    text = "佢哋喺中環返工，啲人話嗰間茶餐廳嘅奶茶好飲，老闆係鰂魚涌人。"
    [document] = documents(record(text.encode("big5hkscs")))
    assert (document["text"], document["encoding"]) == (text, "big5hkscs")


@pytest.mark.parametrize("slash", [b"\xa1\xfe", b"\xa2\x41"], ids=["of Windows", "of Unix"])
def test_either_slash_of_big5_is_the_one_people_write(slash: bytes) -> None:
    before, behind = TRADITIONAL[:4].encode("cp950"), TRADITIONAL.encode("cp950")
    [document] = documents(record(before + slash + behind))
    assert document["text"] == f"{TRADITIONAL[:4]}／{TRADITIONAL}"


def test_a_few_broken_bytes_are_lost_and_said_to_be() -> None:
    broken = ARTICLE.encode("gb18030") + b"\xd6"
    [document] = documents(record(broken))
    assert document["encoding"] == "gb18030-lossy"
    assert document["text"].startswith(ARTICLE[:100])


@pytest.mark.parametrize(
    "payload",
    [b"\x00\x01\x02\x03" * 20, bytes(range(128, 256)) * 4, "Привет, как дела".encode("koi8-r"), b"\x01\x02 ab"],
)
def test_what_is_no_chinese_text_is_not_guessed_at(payload: bytes) -> None:
    [document] = documents(record(payload))
    assert (document["reason_code"], document["text"]) == ("undecodable", "")


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030", "big5"])
def test_a_stray_zero_byte_is_left_out(encoding: str) -> None:
    text = "夜裡的渡口亮著燈，守燈人守了二十年，船來了就看得見。"
    stray = text[:9].encode(encoding) + b"\x00" + text[9:].encode(encoding)
    [document] = documents(record(stray))
    assert (document["text"], document["encoding"]) == (text, encoding)


def test_a_declaration_does_not_outweigh_the_bytes() -> None:
    page = f'<html><head><meta charset="big5"></head><body><p>{ARTICLE}</p></body></html>'
    [document] = documents(record(page.encode("gb18030"), "html"))
    assert document["encoding"] == "gb18030"


def test_fields_are_found_by_their_common_names() -> None:
    document = from_json(
        {
            "ID": 7,
            "Title": "题",
            "body": "正文在此",
            "publishTime": "2024-05-01 08:00",
            "link": "https://e.org/1",
            "source": "晚报",
            "author": ["周文", "李明"],
            "category": {"name": "财经"},
        }
    )
    assert {name: document[name] for name in Document.column_names() if name not in ("document_id", "record_id")} == {
        "source_id": "adhoc",
        "natural_id": "7",
        "night": dt.date(2024, 5, 1),
        "format": "json",
        "encoding": "utf-8",
        "text": "正文在此",
        "title_field": "题",
        "url": "https://e.org/1",
        "published_field": "2024-05-01 08:00",
        "author_field": "周文、李明",
        "outlet_field": "晚报",
        "section_field": "财经",
        "is_retraction": False,
    }


@pytest.mark.parametrize(
    ("stated", "published"),
    [
        (" https://e.org/新闻?id=1 ", "https://e.org/新闻?id=1"),
        ("HTTP://e.org/1", "HTTP://e.org/1"),
        ("javascript:alert(1)", None),
        ("JavaScript:alert('https://e.org/1')", None),
        ("java\tscript:alert(1)", None),
        ("data:text/html,<script>alert(1)</script>", None),
        ("file:///etc/hosts", None),
        ("https:///1", None),
        ("https://e.org/\n1", None),
        ("/news/1.html", None),
    ],
)
def test_only_an_address_of_the_web_is_published_as_one(stated: str, published: str | None) -> None:
    document = from_json({"title": "题", "body": "正文在此", "url": stated})
    assert (document["url"], document["reason_code"]) == (published, None)
    # What names the article goes on naming it.
    assert document["natural_id"].strip() == stated.strip()


def test_no_field_holds_a_control_character() -> None:
    document = from_json(
        {"title": "新\x1f题\x02", "text": "文", "author": "\x1e", "source": "晚\x7f报", "category": "财\x00经"}
    )
    assert [document[f"{name}_field"] for name in ("title", "author", "outlet", "section")] == [
        "新题",
        None,
        "晚报",
        "财经",
    ]


def test_an_embedded_article_is_looked_into() -> None:
    document = from_json(
        {"num": 1, "brief": "略", "detail": {"id": "x1", "title": "题", "content": "文", "pubtime": "t"}}
    )
    assert (document["natural_id"], document["title_field"], document["text"]) == ("x1", "题", "文")


def test_markup_in_a_field_is_rendered_a_paragraph_a_line() -> None:
    content = "<p>第一段，<strong>重要</strong>&ldquo;的&rdquo;。</p>\r\n<p style='x'>第二段<br/>换行&nbsp;。</p><script>x<1</script>"
    assert from_json({"content": content})["text"] == "第一段，重要“的”。\n第二段\n换行\u00a0。"
    assert from_json({"content": "&lt;p&gt;甲&lt;/p&gt;&lt;p&gt;乙&lt;/p&gt;"})["text"] == "甲\n乙"
    assert from_json({"content": "若 a<b 则 <深度> 不变\n第二行"})["text"] == "若 a<b 则 <深度> 不变\n第二行"


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ('{"title": "题"}', "no_text"),
        ('{"content": "  "}', "no_text"),
        ('{"content": "文"', "malformed_json"),
        ('["文"]', "malformed_json"),
        ('{"content": ' + "[" * 100_000, "too_deep"),
        ('{"content": "文", "score": NaN, "big": 1e400, "content": "后"}', None),
        ('{"content": "文\\ud800"}', None),
        ('{"content": "文", "n": ' + "9" * 5000 + "}", None),
    ],
)
def test_odd_json_is_read_or_refused_but_crashes_nothing(line: str, reason: str | None) -> None:
    good = record('{"content": "好"}'.encode(), "json")
    before, document, after = documents(good, record(line.encode(), "json"), good)
    assert document["reason_code"] == reason
    assert before["text"] == after["text"] == "好"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_a_csv_row_brings_its_header(encoding: str) -> None:
    row = '标题,正文\n新馆开放,"昨天上午，新馆第一次打开大门。\n门口排起了长队，""很热闹""。"'
    [document] = documents(record(row.encode(encoding), "csv"))
    assert document["title_field"] == "新馆开放"
    assert document["text"] == '昨天上午，新馆第一次打开大门。\n门口排起了长队，"很热闹"。'


def test_a_row_narrower_than_its_header_is_malformed() -> None:
    assert documents(record("标题,正文\n只有一列".encode(), "csv"))[0]["reason_code"] == "malformed_row"


def test_a_reason_the_reader_gave_is_kept() -> None:
    [document] = documents(record(b"x", "csv", reason_code="malformed_row"))
    assert (document["reason_code"], document["text"]) == ("malformed_row", "")


def test_a_document_is_known_by_source_identity_and_content() -> None:
    article = {"id": "1", "title": "题", "text": "文"}
    same, again, other_source, other_text = documents(
        record(json.dumps(article).encode(), "json"),
        record(json.dumps(article | {"noise": 1}).encode(), "json", file_name="b.json"),
        record(json.dumps(article).encode(), "json", source_id="tw"),
        record(json.dumps(article | {"text": "文。"}).encode(), "json"),
    )
    assert same["document_id"] == again["document_id"]
    assert len({same["document_id"], other_source["document_id"], other_text["document_id"]}) == 3


def test_the_order_of_records_does_not_matter() -> None:
    rows = [record(payload) for payload in (ARTICLE.encode(), TRADITIONAL.encode("big5"), b"", ARTICLE.encode("gbk"))]
    frame = pl.DataFrame([{**row, "record_id": f"{number:016x}"} for number, row in enumerate(rows)])
    assert decode.documents(frame, *FIELDS, SOURCES, *WEB).equals(
        decode.documents(frame.reverse(), *FIELDS, SOURCES, *WEB)
    )


def test_good_documents_are_valid_rows_of_their_table() -> None:
    frame = pl.DataFrame([record(ARTICLE.encode())])
    found = decode.documents(frame, *FIELDS, SOURCES, *WEB)
    assert Document.validate(found.drop("reason_code")).height == 1


def test_no_records_give_no_documents() -> None:
    frame = pl.DataFrame([record(b"x")]).clear()
    assert decode.documents(frame, *FIELDS, SOURCES, *WEB).is_empty()


@given(st.lists(st.tuples(st.binary(max_size=300), st.sampled_from(FORMATS)), min_size=1, max_size=30))
@settings(max_examples=25)
def test_no_bytes_make_decoding_fail(payloads: list[tuple[bytes, str]]) -> None:
    found = documents(*[record(payload, form) for payload, form in payloads])
    assert [document["record_id"] for document in found] == [f"{number:016x}" for number in range(len(payloads))]
    assert all((document["reason_code"] is None) == bool(document["text"]) for document in found)


def test_every_field_name_proves_itself() -> None:
    rows, names = seeds.table("field_names").to_dicts(), FieldNames(seeds.table("field_names"))
    assert [row for row in rows if names.rank(row["meaning"], row["hit"]) != int(row["rank"])] == []
    assert [row for row in rows if names.rank(row["meaning"], row["miss"]) is not None] == []


def test_every_value_that_takes_back_proves_itself() -> None:
    rows = seeds.table("field_values").to_dicts()
    told = [{"id": "1", "text": "文", row["meaning"]: row[proof]} for proof in ("hit", "miss") for row in rows]
    found = documents(*[record(json.dumps(one).encode(), "json") for one in told])
    assert [document["is_retraction"] for document in found] == [True] * len(rows) + [False] * len(rows)


@pytest.mark.parametrize(("folder", "family"), [("Big5", "big5"), ("GB2312", "gb18030")])
def test_real_feeds_are_read_in_their_encoding(folder: str, family: str) -> None:
    files = material(f"data/encodings/{folder}/*")
    found = [charset.decode(file.read_bytes()).encoding for file in files]
    assert [charset.FAMILY.get(encoding, encoding) for encoding in found] == [family] * len(files)
