"""Feeds: an item is a record, whatever its dialect and encoding; nothing outside the file is ever asked for."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from flows import readers

RSS = """<?xml version="1.0" encoding="{encoding}"?>
<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel><title>河边新闻</title>
<item><title>新馆开放</title><link>https://example.org/1</link><guid isPermaLink="false">n-1</guid>
<pubDate>Wed, 01 May 2024 08:30:00 +0800</pubDate><dc:creator>李明</dc:creator><category>本地</category>
<category>文化</category><description>摘要&nbsp;在此</description>
<content:encoded><![CDATA[<p>图书馆新馆昨天开放。</p><p>门口排起了长队。</p>]]></content:encoded></item>
<item><title>渡轮停航</title><link>https://example.org/2</link><description>台风来临，渡轮停航。</description></item>
</channel></rss>"""
ATOM = """<feed xmlns="http://www.w3.org/2005/Atom"><title>河边</title><entry><title type="html">新馆开放</title>
<link rel="self" href="https://example.org/self"/><link rel="alternate" href="https://example.org/1"/>
<id>tag:example.org,2024:1</id><updated>2024-05-01T08:30:00Z</updated><author><name>李明</name><uri>x</uri></author>
<category term="本地"/><content type="xhtml"><div><p>图书馆新馆昨天<b>开放</b>。</p></div></content></entry></feed>"""
SITEMAP = """<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"><url><loc>https://example.org/1</loc>
<news:news><news:publication><news:name>河边晚报</news:name></news:publication><news:title>新馆开放</news:title>
<news:publication_date>2024-05-01</news:publication_date></news:news></url></urlset>"""


def read(path: Path) -> pl.DataFrame:
    batches = readers.read_many(readers.discover([str(path)]), 1 << 20)
    return pl.concat([batch.records for batch in batches])


def items(path: Path) -> list[dict[str, Any]]:
    return [json.loads(payload) for payload in read(path)["payload"]]


LINKS = """<rss version="2.0"><channel><title>河边</title>{site}<image><link>https://pictures.example/</link></image>
<item><title>甲</title><link>/a/1.html</link></item><item><title>乙</title><link> b/2.html </link></item>
<item><title>丙</title><link>//other.example/3</link></item><item><title>丁</title><link>https://example.org/4</link></item>
<item><title>戊</title><guid>https://example.org/5</guid></item><item><title>己</title><guid>n-6</guid></item>
<item><title>庚</title><guid isPermaLink="false">https://example.org/7</guid></item></channel></rss>"""
BASES = """<feed xml:base="https://example.org/news/"><entry xml:base="may/"><title>甲</title><link href="1.html"/></entry>
<entry><title>乙</title><link href="2.html"/></entry></feed>"""


def links(path: Path, address: str | None = None) -> list[str | None]:
    files = [replace(file, address=address) for file in readers.discover([str(path)])]
    [batch] = readers.read_many(files, 1 << 20)
    return [json.loads(payload).get("link") for payload in batch.records["payload"]]


def refusal(path: Path) -> str:
    [batch] = readers.read_many(readers.discover([str(path)]), 1 << 20)
    [rejected] = batch.rejected
    return rejected.reason_code


@pytest.mark.parametrize(
    ("site", "address", "first", "second", "third"),
    [
        ("<link>https://example.org/news/</link>", None, "https://example.org/a/1.html", "https://example.org/news/b/2.html",
         "https://other.example/3"),
        ("", "https://example.org/news/feed.xml", "https://example.org/a/1.html", "https://example.org/news/b/2.html",
         "https://other.example/3"),
        ("<link>/news/</link>", "https://example.org/feed", "https://example.org/a/1.html",
         "https://example.org/news/b/2.html", "https://other.example/3"),
        ("", None, "/a/1.html", "b/2.html", "//other.example/3"),
    ],
)  # fmt: skip
def test_a_link_counts_from_the_address_of_its_feed(
    tmp_path: Path, site: str, address: str | None, first: str, second: str, third: str
) -> None:
    (tmp_path / "a.xml").write_text(LINKS.format(site=site))
    whole = ["https://example.org/4", "https://example.org/5", None, None]
    assert links(tmp_path / "a.xml", address) == [first, second, third, *whole]


def test_a_link_counts_from_the_base_that_is_stated_nearest(tmp_path: Path) -> None:
    (tmp_path / "a.atom").write_text(BASES)
    assert links(tmp_path / "a.atom") == ["https://example.org/news/may/1.html", "https://example.org/news/2.html"]


@pytest.mark.parametrize("encoding", ["utf-8", "gb2312", "big5"])
def test_items_of_rss_state_their_fields_in_any_encoding(tmp_path: Path, encoding: str) -> None:
    text = RSS.format(encoding=encoding)
    if encoding == "big5":
        text = text.replace("图书馆新馆昨天开放", "圖書館新館昨天開放").replace("门口排起了长队", "門口排起了長隊")
    (tmp_path / "a.xml").write_bytes(text.encode(encoding, "ignore"))
    first, second = items(tmp_path / "a.xml")
    assert (first["link"], first["guid"], first["pubdate"]) == (
        "https://example.org/1", "n-1", "Wed, 01 May 2024 08:30:00 +0800",
    )  # fmt: skip
    assert first["content"].startswith("<p>")
    assert second["title"][0] == "渡"
    if encoding != "big5":
        assert (first["author"], first["category"], first["description"]) == ("李明", "本地、文化", "摘要\u00a0在此")


def test_entries_of_atom_keep_their_markup_and_the_reader_s_address(tmp_path: Path) -> None:
    (tmp_path / "a.atom").write_text(ATOM)
    [entry] = items(tmp_path / "a.atom")
    assert entry == {
        "title": "新馆开放",
        "link": "https://example.org/1",
        "id": "tag:example.org,2024:1",
        "date_published": "2024-05-01T08:30:00Z",
        "author": "李明",
        "category": "本地",
        "content": "<div><p>图书馆新馆昨天<b>开放</b>。</p></div>",
    }


def test_a_sitemap_lists_what_it_states(tmp_path: Path) -> None:
    (tmp_path / "a.xml").write_text(SITEMAP)
    assert items(tmp_path / "a.xml") == [
        {"link": "https://example.org/1", "source": "河边晚报", "title": "新馆开放", "published": "2024-05-01"}
    ]


def test_a_bare_ampersand_and_a_number_that_is_no_character_break_no_feed(tmp_path: Path) -> None:
    link, title = "https://example.org/?page=1&part=2", "渡口&#0;与桥 A & B&#x41;"
    inner = f"<title>{title}</title><link>{link}</link><description><![CDATA[甲 & 乙 &amp;]]></description>"
    (tmp_path / "a.xml").write_text(f"<rss><channel><item>{inner}</item><item><title>丙</title></item></channel></rss>")
    assert items(tmp_path / "a.xml") == [
        {"title": "渡口与桥 A & BA", "link": link, "description": "甲 & 乙 &amp;"},
        {"title": "丙"},
    ]


def test_a_feed_that_breaks_keeps_the_items_before(tmp_path: Path) -> None:
    text = RSS.format(encoding="utf-8")
    (tmp_path / "a.rss").write_text(text[: text.index("台风")])
    found = read(tmp_path / "a.rss")
    assert found["reason_code"].to_list() == [None, "malformed_xml"]


@pytest.mark.parametrize(
    "declaration",
    [
        '<!DOCTYPE r [<!ENTITY a "b"><!ENTITY c "&a;&a;&a;&a;&a;&a;&a;&a;">]>',
        '<!DOCTYPE r [<!ENTITY a SYSTEM "file:///etc/passwd">]>',
        '<!DOCTYPE r [<!ENTITY % p SYSTEM "http://127.0.0.1:9/x"> %p;]>',
    ],
    ids=["laughs", "file", "parameter"],
)
def test_entities_of_its_own_get_a_feed_rejected(tmp_path: Path, declaration: str) -> None:
    (tmp_path / "a.xml").write_text(f"{declaration}<rss><item><title>&a;</title></item></rss>")
    assert refusal(tmp_path / "a.xml") == "malformed_file"


def test_a_harmless_document_type_and_deep_or_foreign_markup(tmp_path: Path) -> None:
    feed = "<rss><channel><item><title>好</title></item></channel></rss>"
    (tmp_path / "a.xml").write_text(f'<!DOCTYPE rss PUBLIC "-//N//DTD RSS 0.91//EN" "http://example.org/x.dtd">{feed}')
    assert items(tmp_path / "a.xml") == [{"title": "好"}]
    (tmp_path / "deep.xml").write_text("<rss><item><title>好</title></item>" + "<a>" * 100_000)
    assert read(tmp_path / "deep.xml")["reason_code"].to_list() == [None, "malformed_xml"]
    (tmp_path / "other.xml").write_text("<note><to>你</to></note>")
    assert refusal(tmp_path / "other.xml") == "unknown_format"
