"""Bytes in: how files are cut into records, what is refused."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

import polars as pl
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from flows import readers
from tests.flows.cut import CHUNK, payloads, read, records, refusal


def test_a_text_file_is_one_record_with_its_digest(tmp_path: Path) -> None:
    data = "第一行\n\n第二行\n".encode("gb18030")
    (tmp_path / "a.txt").write_bytes(data)
    [batch] = read(readers.discover([str(tmp_path)])[0], CHUNK)
    assert batch.records.to_dicts() == [
        {
            "file_index": 0,
            "file_name": "a.txt",
            "file_sha256": hashlib.sha256(data).hexdigest(),
            "record_ordinal": 0,
            "format": "text",
            "payload": data,
            "reason_code": None,
        }
    ]
    assert batch.files[0].data == data


def test_small_files_share_a_batch_and_bad_ones_do_not_disturb_it(tmp_path: Path) -> None:
    for number in range(50):
        (tmp_path / f"{number:02}.txt").write_text(f"第{number}篇文章")
    (tmp_path / "10a.txt").write_bytes(b"")
    (tmp_path / "20a.txt").write_bytes(b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR")
    (tmp_path / "README").write_text("read me")
    (tmp_path / "blank.txt").write_text("  \n\n")
    [batch] = readers.read_many(readers.discover([str(tmp_path)]), CHUNK)
    assert batch.records.height == 50
    assert [file.file.file_name for file in batch.files] == batch.records["file_name"].to_list()
    assert batch.records["file_index"].to_list() == list(range(50))
    refused = {rejected.file.file_name: rejected.reason_code for rejected in batch.rejected if rejected.file}
    assert refused == {
        "10a.txt": "empty_file",
        "20a.txt": "binary_file",
        "README": "unknown_format",
        "blank.txt": "empty_file",
    }
    assert all(rejected.sha256 for rejected in batch.rejected)


@pytest.mark.parametrize(
    ("name", "begins", "form"),
    [
        ("a.txt", "<!DOCTYPE html>\n<html><body><p>渡口开渡了。</p></body></html>", "html"),
        ("a.txt", '[{"title": "渡口", "text": "渡口开渡了。"}]', "json"),
        ("a.txt", '{"title": "渡口", "text": "渡口开渡了。"}\n{"title": "桥", "text": "桥通车了。"}', "json"),
        ("a.txt", "<渡口> 开渡了。", "text"),
        ("a.txt", "【渡口】开渡了。", "text"),
        ("a.html", "<rss><channel><item><title>渡口</title></item></channel></rss>", "feed"),
        ("a.xml", "<html><body><p>渡口开渡了。</p></body></html>", "html"),
    ],
)
def test_a_file_that_plainly_is_another_is_read_as_that(tmp_path: Path, name: str, begins: str, form: str) -> None:
    (tmp_path / name).write_text(begins)
    [batch] = readers.read_many(readers.discover([str(tmp_path)]), CHUNK)
    assert batch.records["format"].unique().to_list() == [form]


def test_a_file_our_code_raises_on_is_refused_alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def cut(source: readers.Opened) -> Iterator[readers.Cut]:
        yield readers.Cut([b"read so far"], {})
        raise IndexError("list index out of range")

    monkeypatch.setitem(readers.READERS, "csv", ("csv", cut, (".csv",)))
    for name in ("a.txt", "b.csv", "c.txt"):
        (tmp_path / name).write_text("渡口开渡了。")
    [batch] = readers.read_many(readers.discover([str(tmp_path)]), CHUNK)
    assert batch.records["file_name"].to_list() == ["a.txt", "c.txt"]
    [refused] = batch.rejected
    assert (refused.reason_code, refused.file and refused.file.file_name) == ("internal_fault", "b.csv")
    assert refused.detail.startswith("fault ")
    assert refused.detail.endswith("IndexError: list index out of range")


def test_a_text_file_beyond_the_limit_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("flows.readers.text.MAX_RECORD_BYTES", 10)
    (tmp_path / "a.txt").write_bytes(b"x" * 11)
    assert refusal(tmp_path / "a.txt") == "too_large"


def test_lines_count_without_blank_ones_whatever_the_chunk(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    lines = [json.dumps({"id": number, "text": "文" * number}, ensure_ascii=False).encode() for number in range(40)]
    path.write_bytes(b"\xef\xbb\xbf" + b"\r\n\r\n  \n".join(lines))
    expected = [(b"\xef\xbb\xbf" + lines[0], None), *[(line, None) for line in lines[1:]]]
    for chunk_bytes in (7, 100, CHUNK):
        assert payloads(path, chunk_bytes) == expected


def test_an_endless_line_is_cut_and_its_neighbours_survive(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("flows.readers.lines.MAX_RECORD_BYTES", 50)
    path = tmp_path / "a.jsonl"
    path.write_bytes(b'{"a":1}\n' + b"x" * 500 + b'\n{"a":2}\n')
    found = payloads(path, 16)
    assert [reason for _, reason in found] == [None, "too_large", None]
    assert [payload for payload, _ in found][::2] == [b'{"a":1}', b'{"a":2}']


def test_lines_in_utf_16_are_cut_where_the_text_breaks(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    path.write_bytes('{"title":"上海"}\n{"title":"杭州"}\n'.encode("utf-16"))
    assert [payload.decode("utf-16") for payload, _ in payloads(path)] == ['{"title":"上海"}', '{"title":"杭州"}']


@pytest.mark.parametrize(
    "document",
    [
        '[{"id": 1, "text": "甲"},\n {"id": 2, "text": "乙"}]',
        '{"id": 1, "text": "甲"}\n{"id": 2, "text": "乙"}',
        '{"total": 2, "items": [{"id": 1, "text": "甲"}, {"id": 2, "text": "乙"}], "tags": ["x"]}',
        '{"data": {"list": [{"id": 1, "text": "甲"}, {"id": 2, "text": "乙"}]}, "code": 0}',
        '{"n-1": {"id": 1, "text": "甲"}, "n-2": {"id": 2, "text": "乙"}}',
        '{"code": 0, "data": {"n-1" : {"id": 1, "text": "甲"}, "n-2":{"id": 2, "text": "乙"}}}',
        '{"notice": {"content": "丙"}, "items": [{"id": 1, "text": "甲"}, {"id": 2, "text": "乙"}]}',
        '{"title": "河边", "items": [{"id": 1, "text": "甲"}, {"id": 2, "text": "乙"}]}',
    ],
)
def test_a_json_file_is_cut_into_its_objects(tmp_path: Path, document: str) -> None:
    path = tmp_path / "a.json"
    for encoding in ("utf-8", "utf-8-sig", "utf-16"):
        path.write_bytes(document.encode(encoding))
        texts = [payload.decode("utf-16" if encoding == "utf-16" else "utf-8-sig") for payload, _ in payloads(path)]
        assert texts == ['{"id": 1, "text": "甲"}', '{"id": 2, "text": "乙"}']


def test_a_json_file_glued_from_two_encodings_is_cut_too(tmp_path: Path) -> None:
    texts = ["图书馆新馆昨天开放，门口排起了长队。", "馆长说，新馆的座位比老馆多了三倍。"]
    objects = [json.dumps({"text": text}, ensure_ascii=False, indent=1) for text in texts]
    (tmp_path / "a.json").write_bytes(objects[0].encode() + b"\n" + objects[1].encode("gbk"))
    [batch] = readers.read_many(readers.discover([str(tmp_path)]), CHUNK)
    assert [json.loads(payload)["text"] for payload in batch.records["payload"]] == texts


@pytest.mark.parametrize(
    "document",
    [
        '[{"text": "甲"}, {"text": "乙"}]',
        '[\n{"text": "甲"},\n{"text": "乙"}\n]',
        '{\n "text": "甲"\n}\n{\n "text": "乙"\n}\n',
    ],
)
def test_a_json_file_under_the_name_of_lines_is_read_as_what_it_is(tmp_path: Path, document: str) -> None:
    (tmp_path / "a.jsonl").write_text(document)
    [batch] = readers.read_many(readers.discover([str(tmp_path)]), CHUNK)
    assert [json.loads(payload)["text"] for payload in batch.records["payload"]] == ["甲", "乙"]


@pytest.mark.parametrize("body", ["content", "内文", "內文", "content_text"])
def test_an_object_that_is_an_article_is_one_record_though_it_holds_lists(tmp_path: Path, body: str) -> None:
    path = tmp_path / "a.json"
    article = f'{{"title": "题", "{body}": "文", "images": [{{"title": "图一", "url": "u"}}]}}'
    path.write_text(article)
    assert payloads(path) == [(article.encode(), None)]
    for beside in ('"author": {"name": "李明"}', '"related": [{"title": "题二", "url": "u"}, {"title": "题三"}]'):
        wrapped = f'{{"article": {article}, {beside}}}'
        path.write_text(wrapped)
        assert payloads(path) == [(wrapped.encode(), None)]


@pytest.mark.parametrize(
    ("document", "count"),
    [
        ('{"n-1": {"content": "甲"}, "n-2": {"content": "乙"}, "n-3": {"error": 404}}', 3),
        ('{"n-1": {"description": "甲"}, "n-2": {"description": "乙"}}', 2),
        ('{"channel": {"description": "丙"}, "article": {"content": "甲"}}', 1),
        ('{"title": "题", "zh": {"content": "甲"}, "en": {"content": "a"}}', 1),
        ('{"n-1": {"content": "甲"}, "n-2": {"content": "乙', 1),
    ],
)
def test_of_several_articles_under_keys_none_is_lost(tmp_path: Path, document: str, count: int) -> None:
    (tmp_path / "a.json").write_text(document)
    assert len(payloads(tmp_path / "a.json")) == count


def test_what_precedes_a_break_in_an_array_survives(tmp_path: Path) -> None:
    path = tmp_path / "a.json"
    path.write_text('[{"text": "甲"}, {"text": "乙"}, {"text": "丙')
    assert [reason for _, reason in payloads(path)] == [None, None, "malformed_json"]


def test_a_nest_without_end_is_too_deep_and_crashes_nothing(tmp_path: Path) -> None:
    path = tmp_path / "a.json"
    path.write_text('[{"text": "甲"}, ' + "[" * 200_000)
    assert [reason for _, reason in payloads(path)] == [None, "too_deep"]


def test_a_json_array_without_items_is_an_empty_file(tmp_path: Path) -> None:
    (tmp_path / "a.json").write_text("[]")
    assert refusal(tmp_path / "a.json") == "empty_file"


CSV = '标题,正文\n一,"第一段\n第二段，说""好"""\n二,没有引号\n'


@pytest.mark.parametrize("chunk_bytes", [3, 20, CHUNK])
def test_a_quoted_line_break_does_not_end_a_row(tmp_path: Path, chunk_bytes: int) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes(CSV.encode())
    assert [(payload.decode(), reason) for payload, reason in payloads(path, chunk_bytes)] == [
        ('标题,正文\n一,"第一段\n第二段，说""好"""', None),
        ("标题,正文\n二,没有引号", None),
    ]


def test_malformed_rows_stand_alone_among_good_ones(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes(
        b'id,text\n1,good\n2,"never closed\n3,"good, too"\n4,one,two many\n5\n6,"bad"tail\n7,"good\n still"\n'
    )
    assert [(payload.split(b"\n")[1][:1], reason) for payload, reason in payloads(path)] == [
        (b"1", None),
        (b"2", "malformed_row"),
        (b"3", None),
        (b"4", "malformed_row"),
        (b"5", "malformed_row"),
        (b"6", "malformed_row"),
        (b"7", None),
    ]


def test_a_row_with_a_cell_too_many_is_one_row_whatever_lines_it_spans(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text('id,text\n1,"first line\n2,looks like a row\n3,another",extra\n4,good\n', encoding="utf-8")
    assert [(payload.split(b"\n")[1][:1], reason) for payload, reason in payloads(path)] == [
        (b"1", "malformed_row"),
        (b"4", None),
    ]


def test_a_header_alone_is_an_empty_file(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("标题,正文\n")
    assert refusal(tmp_path / "a.csv") == "empty_file"


def test_what_excel_tells_itself_of_separators_is_no_header(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("sep=;\r\ntitle;text\r\n甲;乙，丙\r\n", encoding="utf-8-sig")
    [batch] = readers.read_many(readers.discover([str(tmp_path)]), CHUNK)
    assert [payload.decode() for payload in batch.records["payload"]] == ["title;text\n甲;乙，丙"]


def test_tabs_and_semicolons_are_found(tmp_path: Path) -> None:
    (tmp_path / "a.tsv").write_text("title\ttext\n一\t甲, 乙, 丙\n")
    (tmp_path / "b.csv").write_text("title;text\n一;甲, 乙, 丙\n")
    assert records(tmp_path)["reason_code"].to_list() == [None, None]


def test_a_parquet_row_becomes_an_object(tmp_path: Path) -> None:
    frame = pl.DataFrame({"id": [1, 2], "text": ["甲", None], "raw": [b"\xe4\xb8\xad", b"\xff"]})
    frame.write_parquet(tmp_path / "a.parquet")
    assert [json.loads(payload) for payload, _ in payloads(tmp_path / "a.parquet")] == [
        {"id": 1, "text": "甲", "raw": "中"},
        {"id": 2, "text": None, "raw": None},
    ]


def test_bytes_within_lists_and_structs_are_text_where_they_can_be(tmp_path: Path) -> None:
    picture = {"bytes": b"\xff\xd8", "path": "渡口.jpg"}
    frame = pl.DataFrame({"picture": [picture, None], "tags": [["渡口".encode(), b"\xff"], []]})
    frame.write_parquet(tmp_path / "a.parquet")
    assert [json.loads(payload) for payload, _ in payloads(tmp_path / "a.parquet")] == [
        {"picture": {"bytes": None, "path": "渡口.jpg"}, "tags": ["渡口", None]},
        {"picture": None, "tags": []},
    ]


def test_a_moment_no_calendar_has_is_null(tmp_path: Path) -> None:
    frame = pl.DataFrame({"day": [2**31 - 1, 20_000], "at": [2**62, 1_740_787_200_000]})
    frame.cast({"day": pl.Int32}).cast({"day": pl.Date, "at": pl.Datetime("ms")}).write_parquet(tmp_path / "a.parquet")
    assert [json.loads(payload) for payload, _ in payloads(tmp_path / "a.parquet")] == [
        {"day": None, "at": None},
        {"day": "2024-10-04", "at": "2025-03-01 00:00:00"},
    ]


def test_a_moment_in_nanoseconds_is_told_as_any_other(tmp_path: Path) -> None:
    moments = pl.Series("at", [1_740_787_200_000_000_000, None]).cast(pl.Datetime("ns"))
    zoned = moments.dt.replace_time_zone("UTC").alias("zoned")
    pl.DataFrame([moments, zoned]).write_parquet(tmp_path / "a.parquet")
    first, second = [json.loads(payload) for payload, _ in payloads(tmp_path / "a.parquet")]
    assert [told[:19].replace("T", " ") for told in first.values()] == ["2025-03-01 00:00:00"] * 2
    assert second == {"at": None, "zoned": None}


def test_a_parquet_file_with_numbers_beyond_the_engine_is_unreadable(tmp_path: Path) -> None:
    numbers = pa.array([Decimal("1.5")], pa.decimal256(60, 2))
    pq.write_table(pa.table({"text": ["渡口开渡了。"], "number": numbers}), tmp_path / "a.parquet")
    assert refusal(tmp_path / "a.parquet") == "unreadable_file"


def test_a_parquet_file_that_is_none_is_unreadable(tmp_path: Path) -> None:
    (tmp_path / "a.parquet").write_bytes(b"PAR1 not really")
    assert refusal(tmp_path / "a.parquet") == "unreadable_file"


def test_a_stray_zero_byte_spoils_one_line_only(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    path.write_bytes(b'{"a":"\x00"}\n' + '{"text":"这一行没有问题，可以读。"}\n'.encode() * 20)
    assert len(payloads(path)) == 21


@pytest.mark.parametrize("name", ["a.jsonl", "a.json"])
def test_lines_that_end_in_a_carriage_return_alone_are_lines(name: str, tmp_path: Path) -> None:
    path, records = tmp_path / name, ['{"text":"渡口的灯"}'.encode(), '{"text":"山里的灯"}'.encode()]
    path.write_bytes(b"".join(record + b"\r" for record in records))
    assert [payload for payload, _ in payloads(path)] == records
    path.write_text("".join(record.decode() + "\r" for record in records), encoding="utf-16", newline="")
    assert [payload.decode("utf-16").encode() for payload, _ in payloads(path)] == records


def test_a_page_with_a_stray_zero_byte_is_a_page(tmp_path: Path) -> None:
    """A few come by accident; padded with them, or full of them, a file is no text."""
    text = "渡口的灯亮了一夜，守灯人说船来了就看得见。".encode()
    (tmp_path / "stray.html").write_bytes(text[:30] + b"\x00" + text[30:])
    (tmp_path / "padded.txt").write_bytes(text + bytes(64))
    assert payloads(tmp_path / "stray.html") == [(text[:30] + b"\x00" + text[30:], None)]
    assert refusal(tmp_path / "padded.txt") == "binary_file"
