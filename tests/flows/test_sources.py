"""Sources: one row says where a source lives, how it is read, and what becomes of records that are not as announced."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest

from flows.commands.arriving import delivered, unmixed
from flows.endings import Trouble
from flows.intake import sources
from flows.readers import text
from flows.settings import Home
from flows.sheets import BadSheet
from flows.work import opened
from tests.conftest import NIGHT
from tests.flows.deliveries import BODY, declare, documents, held, lines, taken
from warehouse.store import Store


def test_a_home_within_a_folder_that_is_read_keeps_its_own_files_to_itself(tmp_path: Path) -> None:
    home = Home(tmp_path / "var")
    home.make()
    for name in ("var/archive/a.txt", "var/releases/r/report.html", "var/lock", "var/work.duckdb.wal", "var/inbox/b.txt",
                 "var/archived.txt", "c.txt"):  # fmt: skip
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text("渡口开渡了。")
    (home.root / "current").symlink_to("releases/r")
    for given in (tmp_path, tmp_path / "*", tmp_path / "**"):
        [delivery] = delivered(home, [str(given)], None, NIGHT)
        assert [file.file_name for file in delivery.files] == ["c.txt", "var/archived.txt", "var/inbox/b.txt"]
    [delivery] = delivered(home, [str(home.root)], None, NIGHT)
    assert [file.file_name for file in delivery.files] == ["archived.txt", "inbox/b.txt"]


def test_a_row_needs_no_more_than_a_name(home: Home) -> None:
    declare(home, {"source_id": "harbour"})
    [row, adhoc] = sources.declared(home).to_dicts()
    assert (row["name_hans"], row["time_zone"], row["trust"]) == ("harbour", "Asia/Shanghai", 0.5)
    assert adhoc["source_id"] == "adhoc"


@pytest.mark.parametrize(
    ("column", "value", "told"),
    [
        ("reder", "csv", "no column is called reder (did you mean 'reader'?); there are source_id, "),
        ("reader", "excel", "harbour: reader is 'excel'; write text, html, jsonl, json, csv, parquet, feed or warc"),
        ("unknown_fields", "ignore", "harbour: unknown_fields is 'ignore'; write warn, freeze or quarantine"),
        ("time_zone", "Asia/Shangai", "harbour: 'Asia/Shangai' is no time zone (did you mean 'Asia/Shanghai'?)"),
        ("fields", "head=title", "harbour: 'head=title' in a field map; write meaning=name|name"),
        ("fields", "title", "harbour: 'title' in a field map"),
        ("location", "in/{day}", "harbour: location 'in/{day}' cannot be filled in ('day'); write {night}"),
        ("trust", "2", "harbour: trust is '2'; write a number from 0 to 1"),
        ("trust", "high", "harbour: trust is 'high'; write a number from 0 to 1"),
        ("pages_a_night", "1.5", "harbour: pages_a_night is '1.5'; write a whole number from 0"),
        ("allow_private", "perhaps", "harbour: allow_private is 'perhaps'; write true or false"),
    ],
)  # fmt: skip
def test_a_row_that_says_something_else_is_refused_by_its_cell(home: Home, column: str, value: str, told: str) -> None:
    declare(home, {"source_id": "ferry"}, {"source_id": "harbour", column: value})
    with pytest.raises(BadSheet, match=re.escape(told)):
        sources.declared(home)


@pytest.mark.parametrize(
    ("sheet", "told"),
    [
        ("", "it is empty; its first line names the columns"),
        ("location\nin/a\n", "no column source_id"),
        ("source_id,location\n,in/a\n", "a row: source_id is empty"),
        ("source_id,location\nport,a\nharbour,b\nport,c\n", "port stands in two rows"),
        ("source_id,location\nport,a,b\n", "port: 3 cells for 2 columns; put a cell with a comma in double quotes"),
        ("source_id,source_id\nport,port\n", "a column stands twice in source_id, source_id"),
        ("source_id;location\nport;a\n", "no column is called source_id;location (did you mean"),
    ],
)  # fmt: skip
def test_a_sheet_that_is_none_is_refused_in_a_sentence(home: Home, sheet: str, told: str) -> None:
    (home.root / "sources.csv").write_text(sheet, encoding="utf-8")
    with pytest.raises(BadSheet, match=re.escape(told)):
        sources.declared(home)


def test_a_sheet_is_utf8_with_or_without_its_mark(home: Home) -> None:
    sheet = home.root / "sources.csv"
    sheet.write_text("source_id,name_hans\nharbour,港口报\n", encoding="utf-8-sig")
    assert sources.declared(home)["name_hans"].to_list() == ["港口报", "临时来源"]
    sheet.write_text("source_id,name_hans\nharbour,港口报\n", encoding="gb18030")
    with pytest.raises(BadSheet, match="it is not UTF-8; save it as 'CSV UTF-8'"):
        sources.declared(home)


def test_reader_and_field_map_of_a_source(home: Home, tmp_path: Path) -> None:
    inbox = tmp_path / "inbox" / "2026-11-20"
    inbox.mkdir(parents=True)
    record = {"head": "图书馆开馆", "title": "不是标题", "story": {"main": {"text": BODY}}, "when": "2026-11-19"}
    (inbox / "delivery.dat").write_text(lines(record), encoding="utf-8")
    row = {"source_id": "harbour", "location": f"{tmp_path}/inbox/{{night}}", "reader": "jsonl"}
    declare(home, row | {"fields": "title=headline|head; text=body|story.main.text; published=when"})
    with taken(home) as (store, _):
        assert documents(store) == [("图书馆开馆", BODY, None)]
        assert store.rows("select published_field, source_id from raw.documents") == [("2026-11-19", "harbour")]


def test_a_map_finds_the_list_of_a_document_and_the_columns_of_a_table(home: Home, tmp_path: Path) -> None:
    (tmp_path / "a.json").write_text(json.dumps({"total": 1, "hits": [{"zw": BODY, "bt": "一"}]}), encoding="utf-8")
    (tmp_path / "b.csv").write_text(f"bt,zw\n二,{BODY}\n", encoding="utf-8")
    declare(home, {"source_id": "harbour", "fields": "title=bt;text=zw"})
    with taken(home, str(tmp_path / "a.json"), str(tmp_path / "b.csv"), source="harbour") as (store, _):
        assert [title for title, text, _ in documents(store) if text == BODY] == ["一", "二"]


def test_a_source_that_is_not_there_does_not_stop_the_others(home: Home, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(BODY, encoding="utf-8")
    gone = {"source_id": "gone", "location": f"{tmp_path}/nowhere/{{night}}"}
    declare(home, gone, {"source_id": "here", "location": f"{tmp_path}/a.txt"})
    with taken(home) as (store, arrival):
        assert len(documents(store)) == 1
        [warning] = arrival.warnings
        assert "source gone" in warning
        assert "2026-11-20" in warning


KNOWN = {"title": "一", "content": BODY, "views": 3}
STRANGE = {"title": "二", "content": BODY.replace("周六", "周日"), "views": 5, "mood": "好"}
SHORT = {"content": BODY.replace("周六", "周五"), "views": 5}
EXPECTED = {"source_id": "harbour", "fields": "title=title; text=content; ignored=views"}


def deliver(home: Home, tmp_path: Path, **policy: str) -> str:
    declare(home, EXPECTED | policy)
    path = tmp_path / "a.jsonl"
    path.write_text(lines(KNOWN, STRANGE, SHORT), encoding="utf-8")
    (tmp_path / "b.jsonl").write_text(lines({"title": "三", "content": BODY.replace("两", "三")}), encoding="utf-8")
    return str(tmp_path / "*.jsonl")


def drift(store: Store) -> list[tuple[Any, ...]]:
    return store.rows("select kind, field, policy, records from ops.field_drift order by all")


def test_a_source_without_a_policy_is_not_watched(home: Home, tmp_path: Path) -> None:
    with taken(home, deliver(home, tmp_path), source="harbour") as (store, arrival):
        assert (len(documents(store)), drift(store), arrival.warnings) == (4, [], [])


def test_warn_tells_and_goes_on(home: Home, tmp_path: Path) -> None:
    given = deliver(home, tmp_path, unknown_fields="warn", missing_fields="warn")
    with taken(home, given, source="harbour") as (store, arrival):
        assert len(documents(store)) == 4
        assert drift(store) == [("missing", "title", "warn", 1), ("unknown", "mood", "warn", 1)]
        assert arrival.warnings == [
            "source harbour: unknown fields (warn): mood in 1",
            "source harbour: missing fields (warn): title in 1",
        ]
    with taken(home, given, source="harbour") as (store, arrival):
        assert (len(drift(store)), arrival.warnings) == (2, [])


def test_quarantine_holds_back_each_record(home: Home, tmp_path: Path) -> None:
    given = deliver(home, tmp_path, unknown_fields="quarantine", missing_fields="quarantine")
    with taken(home, given, source="harbour") as (store, _):
        assert [title for title, *_ in documents(store)] == ["一", "三"]
        assert held(store) == [
            ("decode", "missing_field", "quarantined"),
            ("decode", "unknown_field", "quarantined"),
        ]


def test_freeze_refuses_the_file_until_the_map_knows(home: Home, tmp_path: Path) -> None:
    given = deliver(home, tmp_path, unknown_fields="freeze")
    with taken(home, given, source="harbour") as (store, _):
        assert [title for title, *_ in documents(store)] == ["三"]
        assert held(store) == [("ingest", "fields_changed", "rejected_file")]
        assert drift(store) == [("unknown", "mood", "freeze", 1)]
    declare(home, EXPECTED | {"fields": "title=title; text=content; ignored=views|mood", "unknown_fields": "freeze"})
    with taken(home, given, source="harbour") as (store, _):
        assert len(documents(store)) == 4
        assert (held(store), drift(store)) == ([], [])


def test_a_file_refused_before_and_taken_now_is_no_longer_held(
    home: Home, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "a.txt").write_text(BODY, encoding="utf-8")
    with monkeypatch.context() as patched:
        patched.setattr(text, "MAX_RECORD_BYTES", 10)
        with taken(home, str(tmp_path / "a.txt")) as (store, _):
            assert held(store) == [("ingest", "too_large", "rejected_file")]
    with taken(home, str(tmp_path / "a.txt")) as (store, _):
        assert (len(documents(store)), held(store)) == (1, [])


def test_the_sample_articles_come_into_no_home_that_holds_others(home: Home, tmp_path: Path) -> None:
    with opened(home) as store:
        unmixed(home, store)
    (tmp_path / "own.txt").write_text(BODY)
    with taken(home, str(tmp_path / "own.txt")) as (store, _):
        with pytest.raises(Trouble, match="give a PATH, or write one"):
            unmixed(home, store)
        declare(home, {"source_id": "harbour"})
        unmixed(home, store)


def test_files_of_an_object_store_are_copied_once(home: Home) -> None:
    fsspec = pytest.importorskip("fsspec")
    store_of_objects = fsspec.filesystem("memory")
    store_of_objects.pipe("/bucket/2026-11-20/a.jsonl", lines(KNOWN).encode())
    store_of_objects.pipe("/bucket/2026-11-20/sub/b.txt", BODY.encode())
    declare(home, {"source_id": "bucket", "location": "memory://bucket/{night}"})
    with taken(home) as (store, arrival):
        assert arrival.warnings == []
        names = store.rows("select file_name from raw.files order by all")
        assert names == [("a.jsonl",), ("sub/b.txt",)]
        assert len(documents(store)) == 2
    with taken(home) as (store, arrival):
        assert (arrival.files, arrival.known_files) == (2, 2)
    declare(home, {"source_id": "bucket", "location": "memory://bucket/nowhere"})
    with taken(home) as (_, arrival):
        assert "its last state stays" in arrival.warnings[0]


def test_a_file_address_is_a_path(home: Home, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(BODY, encoding="utf-8")
    with taken(home, f"file://{tmp_path}/a.txt") as (store, _):
        assert store.rows("select file_name from raw.files") == [("a.txt",)]
