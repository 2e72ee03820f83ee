"""Sources: one row says where a source lives, how it is read, and what becomes of records that are not as announced."""

from __future__ import annotations

import gzip
import json
import re
from collections.abc import Generator, Iterator
from contextlib import contextmanager
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest

from flows import readers, runner
from flows.commands.run import unmixed
from flows.endings import Trouble
from flows.history.rebuild import archived
from flows.intake import ingest, sources
from flows.intake.ingest import Arrival
from flows.night import opened
from flows.pipeline import PIPELINE
from flows.readers import text
from flows.runner import Night
from flows.settings import Home
from flows.sheets import BadSheet
from tests.conftest import NIGHT
from tests.flows.web import Site, served
from warehouse.store import Store

DECODE = next(stage for stage in PIPELINE if stage.name == "decode")
BODY = "河边的新图书馆周六开馆，首日接待读者两千人，二楼的旧报阅览室最受欢迎，馆长说座位比去年多了三倍。"


@pytest.fixture
def site() -> Iterator[Site]:
    with served() as site:
        site.page("/robots.txt", "", "text/plain")
        yield site


@pytest.fixture
def home(tmp_path: Path) -> Home:
    home = Home(tmp_path / "home")
    home.make()
    return home


def declare(home: Home, *rows: dict[str, str]) -> None:
    """Write a sources.csv of just the columns used."""
    columns = list(dict.fromkeys(name for row in rows for name in row))
    lines = [columns, *([row.get(name, "") for name in columns] for row in rows)]
    text = "".join(",".join(f'"{cell}"' for cell in line) + "\n" for line in lines)
    (home.root / "sources.csv").write_text(text, encoding="utf-8")


@contextmanager
def taken(home: Home, *paths: str, source: str | None = None, on: date = NIGHT) -> Generator[tuple[Store, Arrival]]:
    """Take in and decode one night."""
    with opened(home) as store:
        known = sources.declared(home)
        night = Night("run", on, store, 1 << 20, {"sources": known})
        found = sources.deliveries(paths, source, on, known)
        arrival = ingest.ingest(found, night, home.archive, datetime(2026, 11, 20, 18))
        runner.run(DECODE, night)
        yield store, arrival


def documents(store: Store) -> list[tuple[Any, ...]]:
    return store.rows("select title_field, text, url from raw.documents order by title_field")


def held(store: Store) -> list[tuple[Any, ...]]:
    return store.rows("select stage, reason_code, fate from ops.quarantine order by all")


def lines(*rows: dict[str, Any]) -> str:
    return "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)


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


def feed(*titles: str) -> str:
    items = "".join(f"<item><title>{t}</title><description>{BODY}{t}</description></item>" for t in titles)
    return f'<?xml version="1.0"?><rss version="2.0"><channel><title>港口</title>{items}</channel></rss>'


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


def test_a_feed_of_the_web_is_archived_as_it_came_and_asked_for_only_if_it_changed(home: Home, site: Site) -> None:
    site.page("/feed/2026-11-20?a=1", feed("一", "二"), "application/rss+xml", etag='"1"')
    row = {"source_id": "harbour", "location": f"{site.root}/feed/{{night}}?a=1", "delay_seconds": "0"}
    declare(home, row | {"allow_private": "true"})
    with taken(home) as (store, arrival):
        assert [title for title, *_ in documents(store)] == ["一", "二"]
        [(name, sha)] = store.rows("select file_name, file_sha256 from raw.files")
        assert name == f"127.0.0.1:{site.port}/feed/2026-11-20~a=1"
        assert (home.archive / sha[:2] / sha).read_text("utf-8") == feed("一", "二")
        assert (arrival.files, arrival.warnings) == (1, [])
    with taken(home) as (store, arrival):
        assert (arrival.files, arrival.known_files) == (1, 1)
        assert site.asked[-1][1]["if-none-match"] == '"1"'
        [past], _ = archived(home, store, sources.declared(home))
        [file] = past.deliveries[0].files
        assert (file.file_name, file.reader, file.address) == (name, "feed", f"{site.root}/feed/2026-11-20?a=1")
    assert not (home.archive / ".fetched").exists()


def test_a_source_that_fails_is_a_warning_and_keeps_its_last_state(home: Home, site: Site, tmp_path: Path) -> None:
    site.page("/feed.xml", feed("一"), "application/rss+xml")
    web = {"source_id": "web", "location": f"{site.root}/feed.xml", "delay_seconds": "0", "allow_private": "true"}
    (tmp_path / "a.txt").write_text(BODY, encoding="utf-8")
    declare(home, web, {"source_id": "disk", "location": f"{tmp_path}/*.txt"})
    with taken(home) as (store, _):
        assert len(documents(store)) == 2
    site.pages["/feed.xml"] = 410, {}, b""
    with taken(home) as (store, arrival):
        assert len(documents(store)) == 2
        assert arrival.warnings == [f"source web: {site.root}/feed.xml: answered 410; its last state stays"]
        assert arrival.silent_sources == ["web"]


def test_a_private_address_needs_the_word_of_its_source(home: Home, site: Site) -> None:
    site.page("/feed.xml", feed("一"))
    with taken(home, f"{site.root}/feed.xml") as (_, arrival):
        assert "private network" in arrival.warnings[0]
    assert site.asked == []


def page(title: str) -> str:
    return f"<html><head><title>{title}</title></head><body><article><h1>{title}</h1><p>{BODY}{title}</p></article></body></html>"


def test_the_pages_a_sitemap_names_are_fetched_a_few_each_night(home: Home, site: Site) -> None:
    for number in range(3):
        site.page(f"/news/{number}", page(f"第{number}座图书馆开馆"))
    locations = "".join(f"<url><loc>{site.root}/news/{number}</loc></url>" for number in [0, 1, 2, 9])
    site.page("/sitemap-1.xml", f"<urlset>{locations}</urlset>", "application/xml")
    index = f"<sitemapindex><sitemap><loc>{site.root}/sitemap-1.xml</loc></sitemap></sitemapindex>"
    site.page("/sitemap.xml", index, "application/xml")
    row = {"source_id": "harbour", "location": f"{site.root}/sitemap.xml", "pages_a_night": "2"}
    declare(home, row | {"delay_seconds": "0", "allow_private": "true"})
    with taken(home) as (store, arrival):
        found = documents(store)
        assert [title for title, *_ in found] == ["第0座图书馆开馆", "第1座图书馆开馆"]
        assert found[0][2] == f"{site.root}/news/0"
    with taken(home) as (store, arrival):
        assert len(documents(store)) == 3
        assert "1 of 2 pages failed" in arrival.warnings[0]
        # It brought the others.
        assert arrival.silent_sources == []
    with taken(home) as (_, arrival):
        assert arrival.warnings == []
    assert site.paths().count("/news/9") == 1


def test_a_page_that_robots_txt_forbids_takes_no_place_and_is_asked_for_once_it_is_allowed(
    home: Home, site: Site
) -> None:
    for number in range(3):
        site.page(f"/news/{number}", page(f"第{number}座图书馆开馆"))
    locations = "".join(f"<url><loc>{site.root}/news/{number}</loc></url>" for number in range(3))
    site.page("/sitemap.xml", f"<urlset>{locations}</urlset>", "application/xml")
    site.page("/robots.txt", "User-agent: *\nDisallow: /news/0\n", "text/plain")
    row = {"source_id": "harbour", "location": f"{site.root}/sitemap.xml", "pages_a_night": "2"}
    declare(home, row | {"delay_seconds": "0", "allow_private": "true"})
    with taken(home) as (store, arrival):
        assert [title for title, *_ in documents(store)] == ["第1座图书馆开馆", "第2座图书馆开馆"]
        assert f"does not allow 1 of its pages: {site.root}/news/0" in arrival.warnings[0]
    site.page("/robots.txt", "", "text/plain")
    with taken(home) as (store, arrival):
        assert (len(documents(store)), arrival.warnings) == (3, [])
    assert site.paths().count("/news/0") == 1


def test_the_pages_a_sitemap_on_disk_names_are_fetched_and_it_holds_no_records(
    home: Home, site: Site, tmp_path: Path
) -> None:
    for number in range(3):
        site.page(f"/news/{number}", page(f"第{number}座图书馆开馆"))
    addresses = [*(f"{site.root}/news/{number}" for number in range(3)), "file:///etc/hostname"]
    inbox = tmp_path / "inbox"
    inbox.mkdir()
    (inbox / "map.xml").write_text(f"<urlset>{''.join(f'<url><loc>{a}</loc></url>' for a in addresses)}</urlset>")
    row = {"source_id": "harbour", "location": str(inbox), "pages_a_night": "2"}
    declare(home, row | {"delay_seconds": "0", "allow_private": "true"})
    with taken(home) as (store, arrival):
        assert [title for title, *_ in documents(store)] == ["第0座图书馆开馆", "第1座图书馆开馆"]
        assert (arrival.warnings, held(store)) == ([], [])
    with taken(home) as (store, arrival):
        assert len(documents(store)) == 3
        assert "only http and https" in arrival.warnings[0]
        nights, _ = archived(home, store, sources.declared(home))
    readers_of = {file.file_name: file.reader for night in nights for d in night.deliveries for file in d.files}
    assert readers_of.pop("map.xml") == "index"
    assert set(readers_of.values()) == {"page"}
    assert site.paths() == ["/news/0", "/news/1", "/news/2"]


def test_a_sitemap_that_names_pages_is_archived_and_rebuilt_as_one(home: Home, site: Site) -> None:
    site.page("/news/0", page("第一座图书馆开馆"))
    sitemap = f"<urlset><url><loc>{site.root}/news/0</loc></url></urlset>".encode()
    site.page("/sitemap.xml.gz", gzip.compress(sitemap, mtime=0), "application/gzip")
    row = {"source_id": "harbour", "location": f"{site.root}/sitemap.xml.gz", "pages_a_night": "2", "reader": "html"}
    declare(home, row | {"delay_seconds": "0", "allow_private": "true"})
    with taken(home) as (store, arrival):
        assert arrival.warnings == []
        assert len(documents(store)) == 1
        before = store.rows("select file_name, file_sha256, records from raw.files order by all")
        [(address, reader)] = store.rows("select address, reader from ops.fetched where file_name like '%.gz'")
        assert (address, reader) == (f"{site.root}/sitemap.xml.gz", "index")
        nights, lost = archived(home, store, sources.declared(home))
        assert lost.is_empty()
    assert [records for name, _, records in before if name.endswith(".gz")] == [0]
    [[delivery]] = [night.deliveries for night in nights]
    [index] = [file for file in delivery.files if file.file_name.endswith(".gz")]
    with readers.opened(index, 1 << 20) as source:
        assert gzip.decompress(source.whole(1 << 20)) == sitemap
    assert (index.reader, index.address) == ("index", address)
    assert [batch.records.height for batch in readers.read_many([index], 1 << 20)] == [0]


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
