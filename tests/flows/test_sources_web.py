"""Sources of the web: feeds asked for only if they changed, the pages of a sitemap a few each night, what robots.txt forbids."""

from __future__ import annotations

import gzip
import os
import socket
from itertools import count
from pathlib import Path

import pytest

from flows import readers
from flows.history.rebuild import archived
from flows.intake import sources
from flows.intake.delivery import Delivery, Terms
from flows.intake.fetching import Haul, Web, fetched, reader_of
from flows.readers import InputFile
from flows.readers.http import Client, Hosts
from flows.settings import Home
from tests.flows.deliveries import BODY, declare, documents, held, lines, taken
from tests.flows.web import Site


def feed(*titles: str) -> str:
    items = "".join(f"<item><title>{t}</title><description>{BODY}{t}</description></item>" for t in titles)
    return f'<?xml version="1.0"?><rss version="2.0"><channel><title>港口</title>{items}</channel></rss>'


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
    # A list is a feed; its pages are read as what they are.
    row = {"source_id": "harbour", "location": f"{site.root}/sitemap.xml", "pages_a_night": "2", "reader": "feed"}
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


def test_two_addresses_of_one_page_bring_it_once(home: Home, site: Site) -> None:
    """A link of the feed and one of its counter lead to the same article."""
    site.page("/news/1", page("图书馆开馆"))
    site.pages["/go?to=1"] = 302, {"Location": "/news/1"}, b""
    addresses = ["/go?to=1", "/news/1", "/news/1#top"]
    locations = "".join(f"<url><loc>{site.root}{address}</loc></url>" for address in addresses)
    site.page("/sitemap.xml", f"<urlset>{locations}</urlset>", "application/xml")
    row = {"source_id": "harbour", "location": f"{site.root}/sitemap.xml", "pages_a_night": "9"}
    declare(home, row | {"delay_seconds": "0", "allow_private": "true"})
    with taken(home) as (store, arrival):
        assert [title for title, *_ in documents(store)] == ["图书馆开馆"]
        assert store.rows("select count(*) from raw.records") == [(1,)]
        assert (arrival.warnings, held(store)) == ([], [])


def test_pages_are_named_by_links_as_well(home: Home, site: Site) -> None:
    site.page("/news/1", page("图书馆开馆"))
    channel = "<channel><item><title>图书馆开馆</title><link>../news/1</link></item></channel>"
    site.page("/rss/all.xml", f"<rss>{channel}</rss>", "application/rss+xml")
    row = {"source_id": "harbour", "location": f"{site.root}/rss/all.xml", "pages_a_night": "9"}
    declare(home, row | {"delay_seconds": "0", "allow_private": "true"})
    with taken(home) as (store, arrival):
        assert [url for *_, url in documents(store)] == [f"{site.root}/news/1"]
        assert arrival.warnings == []


def test_the_pages_of_a_host_that_is_gone_are_left_for_another_night(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as closed:
        root = f"http://127.0.0.1:{closed.getsockname()[1]}"
    pages = "".join(f"<url><loc>{root}/{number}</loc></url>" for number in range(100))
    (tmp_path / "map.xml").write_text(f"<urlset>{pages}</urlset>")
    delivery, haul = Delivery("harbour", (), terms=Terms(pages_a_night=80)), Haul()
    hosts, places = Hosts(lambda: 0.0, lambda _: None), (tmp_path / str(number) for number in count())
    with Client(0.0, allow_private=True, hosts=hosts) as client:
        Web(client, delivery, {}, places, haul).bring_listed(InputFile(tmp_path / "map.xml", "map.xml"))
    assert haul.troubles[0].startswith("map.xml: 5 of 5 pages failed: ")
    assert haul.troubles[1:] == ["map.xml: 75 pages left for another night, as the host answers no more"]


def test_pages_that_failed_are_asked_for_last(home: Home, site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where the first five of a sitemap never answer, no other page of it was ever fetched."""
    monkeypatch.setattr(Hosts, "rest", lambda self, seconds: None)  # pyright: ignore[reportUnknownLambdaType]
    names = [f"/{number}.html" for number in range(7)]
    site.page("/map.xml", "<urlset>" + "".join(f"<url><loc>{site.root}{n}</loc></url>" for n in names) + "</urlset>")
    for name in names[:2]:
        site.pages[name] = 500, {}, b""
    for name in names[2:]:
        site.page(name, f"<html><body><p>{BODY}</p></body></html>")
    row = {"source_id": "harbour", "location": f"{site.root}/map.xml", "pages_a_night": "2"}
    declare(home, row | {"delay_seconds": "0", "allow_private": "true"})
    fetched = list[list[str]]()
    for _ in range(4):
        site.asked.clear()
        with taken(home):
            fetched.append([path for path in dict.fromkeys(site.paths()) if path in names])
    assert fetched == [names[:2], names[2:4], names[4:6], [names[6], names[0]]]


def test_what_comes_is_told_by_its_first_bytes_where_the_server_does_not_know() -> None:
    rss, atom = b"\xef\xbb\xbf\n<?xml version='1.0'?><!-- a > b --><rss version='2.0'>", b"<atom:feed xmlns:atom='a'>"
    xhtml = b'<?xml version="1.0"?><!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0//EN"><html xmlns="x">'
    read = {
        ("/feed", "text/html; charset=gb2312", rss): "feed",
        ("/feed", "text/plain", atom): "feed",
        ("/feed", "application/octet-stream", rss): "feed",
        ("/api/news", "text/html", b' [{"title": "x"}]'): "json",
        ("/news/1", "application/xml", xhtml): "page",
        ("/news/1", "text/html", "<p>【本报讯】</p>".encode()): "page",
        ("/news/1", "text/plain", "[本报讯] 图书馆开馆".encode()): "text",
        ("/news/1", "text/html; charset=utf-8", b"<!-->" * 800): "page",
        ("/a.jsonl", "application/octet-stream", b'{"title": "x"}'): "jsonl",
    }
    assert {asked: reader_of(f"http://a.example{asked[0]}", asked[1], None, asked[2]) for asked in read} == read
    assert reader_of("http://a.example/feed", "text/html", "html", rss) == "page"


def test_a_packed_file_that_a_server_unpacks_on_the_way_is_read(home: Home, site: Site) -> None:
    """Many servers tell `.gz` as the packing of the way, for want of a type."""
    packed = gzip.compress(lines({"id": 1, "title": "一", "text": BODY}).encode())
    site.pages["/a.jsonl.gz"] = 200, {"Content-Encoding": "gzip", "Content-Type": "application/x-gzip"}, packed
    row = {"source_id": "harbour", "location": f"{site.root}/a.jsonl.gz"}
    declare(home, row | {"delay_seconds": "0", "allow_private": "true"})
    with taken(home) as (store, _):
        assert [title for title, *_ in documents(store)] == ["一"]
        assert store.rows("select file_name from raw.files") == [(f"127.0.0.1:{site.port}/a.jsonl",)]


def test_a_file_its_policy_refused_is_asked_for_again_until_it_is_taken(home: Home, site: Site) -> None:
    site.page("/a.jsonl", lines({"id": 1, "title": "一", "text": BODY, "votes": 3}), "text/plain", etag='"1"')
    row = {"source_id": "harbour", "location": f"{site.root}/a.jsonl", "unknown_fields": "freeze"}
    row |= {"delay_seconds": "0", "allow_private": "true"}
    declare(home, row)
    with taken(home) as (store, _):
        assert held(store) == [("ingest", "fields_changed", "rejected_file")]
    declare(home, row | {"fields": "ignored=votes"})
    with taken(home) as (store, _):
        assert [title for title, *_ in documents(store)] == ["一"]
        assert held(store) == []
    with taken(home) as (_, arrival):
        assert (arrival.files, arrival.known_files) == (1, 1)


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


def test_a_list_of_pages_that_is_no_file_any_more_is_a_trouble(tmp_path: Path) -> None:
    """Gone, a pipe in its place, a link out of its folder: none of them ends the night, or is waited for."""
    inbox = tmp_path / "inbox"
    inbox.mkdir()
    for name in ("gone.xml", "pipe.xml"):
        (inbox / name).touch()
    (tmp_path / "secret.xml").write_text("<urlset><url><loc>http://localhost/</loc></url></urlset>")
    (inbox / "link.xml").symlink_to(tmp_path / "secret.xml")
    files = tuple(readers.discover([str(inbox)]))
    for name in ("gone.xml", "pipe.xml"):
        (inbox / name).unlink()
    os.mkfifo(inbox / "pipe.xml")
    with fetched([Delivery("harbour", files, terms=Terms(pages_a_night=2), lists=files)], {}, tmp_path / "f") as [haul]:
        assert haul.files == []
        assert haul.troubles == [
            "gone.xml: unreadable_file: No such file or directory",
            "link.xml: unreadable_file: a link that leaves its folder",
            "pipe.xml: unreadable_file: not a regular file",
        ]


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
