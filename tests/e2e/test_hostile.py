"""A night over a folder of everything that was made to break it: each with its code, the neighbours published."""

from __future__ import annotations

import gzip
import hashlib
import io
import json
import os
import subprocess
import sys
import tarfile
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest

from flows.night import Course
from tests.conftest import PROJECT, Ask, night, unjudged

BODY = "河边的新图书馆{}开馆，首日接待读者两千人，二楼的旧报阅览室最受欢迎，馆长说座位比去年多了三倍，门外的榕树还在。"
PAGE = "<html><head><title>{0}</title></head><body><article><h1>{0}</h1><p>{1}</p></article>{2}</body></html>"
FLOOD = (b'{"n": "' + b"1" * 4086 + b'"}\n') * (16 << 10)
XML_BOMB = (
    '<?xml version="1.0"?><!DOCTYPE lolz [<!ENTITY a "哈哈哈哈">'
    + "".join(f'<!ENTITY {chr(98 + n)} "{f"&{chr(97 + n)};" * 10}">' for n in range(9))
    + "]><rss><channel><item><title>&j;</title></item></channel></rss>"
)
OUTSIDE = (
    '<?xml version="1.0"?><!DOCTYPE r [<!ENTITY x SYSTEM "file:///etc/passwd">]>'
    "<rss><channel><item><title>&x;</title><description>&x;</description></item></channel></rss>"
)
INJECTED = {
    "sql": "'; drop table marts.fct_article; --",
    "html": "<script>alert(1)</script><img src=x onerror=alert(2)>",
    "formula": '=cmd|"/c calc"!A1',
    "jinja": "{{ 7 * 7 }}{% raw %}",
}

STORIES = {
    "sql": "码头工人昨夜在三号泊位卸完了最后一船橙子，仓库的灯一直亮到天明，值班员在本子上记下四千零八箱。",
    "html": "山村小学的钟楼修好了，老师傅用旧齿轮配出新钟，孩子们数着钟声放学，家长说比手机还准。",
    "formula": "气象站说下周有一场小雪，农技员劝果农先给树干刷白，合作社已经备下两吨石灰和六十把刷子。",
    "jinja": "旧书市场搬进了纺织厂的厂房，摊主把字典垒成一堵墙，来淘书的年轻人在墙下坐着读了一下午。",
}


def lines(*rows: Any) -> bytes:
    return "".join(
        (row if isinstance(row, str) else json.dumps(row, ensure_ascii=False)) + "\n" for row in rows
    ).encode()


def zipped(*members: tuple[str | zipfile.ZipInfo, bytes]) -> bytes:
    told = io.BytesIO()
    with zipfile.ZipFile(told, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members:
            archive.writestr(name, data)
    return told.getvalue()


def link(name: str) -> zipfile.ZipInfo:
    about = zipfile.ZipInfo(name)
    about.create_system, about.external_attr = 3, 0o120777 << 16
    return about


def neighbour(number: int) -> bytes:
    return lines({"title": f"第{number}座图书馆开馆", "content": BODY.format(f"第{number}馆")})


# Name -> (bytes, what the ledger says of its records: reason code, or 'read').
FILES: dict[str, tuple[bytes, list[str]]] = {
    "bomb.jsonl.gz": (gzip.compress(FLOOD), ["too_large"]),
    "bomb.jsonl.zst": (pa.Codec("zstd").compress(FLOOD, asbytes=True), ["too_large"]),
    "bomb.zip": (zipped(("zeros.txt", bytes(64 << 20)), ("good.jsonl", neighbour(90))), ["too_large", "read"]),
    "cut.jsonl.gz": (gzip.compress(os.urandom(3000))[:-900], ["malformed_file"]),
    "noise.zip": (b"PK\x03\x04" + bytes(range(256)) * 9, ["malformed_file"]),
    "noise.parquet": (b"PAR1" + bytes(range(256)) * 9 + b"PAR1", ["unreadable_file"]),
    "noise.warc": (b"WARC/1.0\r\nContent-Length: 99999999999999999999\r\n\r\n" + b"\xff" * 999, ["malformed_file"]),
    "ways-out.zip": (
        zipped(("../../evil.txt", b"x"), ("/etc/evil.txt", b"x"), ("c:/evil.txt", b"x"), ("a\\..\\evil.txt", b"x")),
        ["unsafe_name"] * 4,
    ),
    "links.zip": (zipped((link("way.txt"), b"/etc/passwd"), ("good.jsonl", neighbour(91))), ["unsafe_name", "read"]),
    "boxes.zip": (zipped(("inner.zip", zipped(("a.txt", b"x"))),), ["unknown_format"]),
    "nul.jsonl": (lines({"content": BODY.format("一\x00\x00")}) + b"\x00\x00\x00\n", ["undecodable", "read"]),
    "deep.jsonl": (b'{"content":' + b"[" * 100_000 + b"]" * 100_000 + b"}\n", ["too_deep"]),
    "deep.json": (b"[" * 100_000, ["too_deep"]),
    "numbers.jsonl": (
        lines('{"id": 1e400, "content": "' + BODY.format("无穷") + '", "n": NaN, "m": -Infinity, "k": ' + "9" * 5000 + "}"),
        ["read"],
    ),
    "twice.jsonl": (lines('{"title": "甲", "title": "乙", "content": "' + BODY.format("两次") + '"}'), ["read"]),
    "bomb.xml": (XML_BOMB.encode(), ["malformed_file"]),
    "outside.xml": (OUTSIDE.encode(), ["malformed_file"]),
    "remarks.html": (("<!--" * 100_000).encode(), ["no_text"]),
    "remarks-behind.html": (PAGE.format("图书馆", BODY.format("注释"), "<!--" * 100_000).encode(), ["read"]),
    "nested.html": (("<div>" * 1_000_000 + BODY).encode(), ["too_deep"]),
    "attributes.html": (("<p " + "a=1 " * 300_000 + ">" + BODY).encode(), ["read"]),
    "tables.html": (("<table><tr><td>" * 30_000 + BODY).encode(), ["too_deep"]),
    ("长" * 80 + ".jsonl"): (neighbour(92), ["read"]),
    "textless.jsonl": (lines({"title": "只有标题"}, {"content": "   \u3000"}, {"content": None}, {}), ["no_text"] * 4),
    "kinds.jsonl": (lines([1, 2], "3", '"文"', "null"), ["malformed_json"] * 4),
    "half.jsonl": (lines('{"content": "' + BODY.format("半\\ud83d字") + '"}', '{"content": "' + BODY[:9]), ["malformed_json", "read"]),
    "empty.txt": (b"", ["empty_file"]),
    "program.txt": (bytes(range(256)) * 400, ["binary_file"]),
    "injected.jsonl": (
        lines(*({"id": n, "title": INJECTED[n], "content": text} for n, text in STORIES.items())),
        ["read"] * 4,
    ),
    "open-quote.csv": (f'title,content\n"甲,{BODY.format("开引号")}\n乙,{BODY.format("好行")}\n'.encode(), ["malformed_row", "read"]),
    "long-line.jsonl": (b'{"content": "' + b"x" * (64 << 20) + b'"}\n' + neighbour(93), ["read", "too_large"]),
}  # fmt: skip


@pytest.fixture(scope="module")
def inbox(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("hostile") / "inbox"
    folder.mkdir()
    for name, (data, _) in FILES.items():
        (folder / name).write_bytes(data)
    (folder.parent / "secret.txt").write_text(BODY.format("机密"), encoding="utf-8")
    (folder / "way-out.txt").symlink_to(folder.parent / "secret.txt")
    (folder / "etc").symlink_to("/etc")
    (folder / "self").symlink_to(folder)
    os.mkfifo(folder / "pipe.txt")
    for number in range(3):
        (folder / f"neighbour-{number}.jsonl").write_bytes(neighbour(number))
    return folder


@pytest.fixture(scope="module")
def home(inbox: Path) -> Path:
    """A home after one night over all of it."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Course, "judge_table", unjudged)
        place = inbox.parent / "home"
        night(place, inbox)
        return place


@pytest.fixture(scope="module")
def ledger(home: Path) -> dict[str, list[str]]:
    """{file: reasons, 'read' for what became an article or a copy of one}."""
    found: dict[str, list[str]] = {}
    asking = Ask(home)
    query = """
        select file_name, case when fate in ('published', 'duplicate') then 'read' else reason_code end as told
        from meta.ledger
    """
    for row in asking(query):
        found.setdefault(row["file_name"].partition("/")[0], []).append(row["told"])
    asking.reader.close()
    return found


@pytest.mark.parametrize("name", FILES, ids=lambda name: name[:20])
def test_each_has_its_code(name: str, ledger: dict[str, list[str]]) -> None:
    assert sorted(ledger[name]) == sorted(FILES[name][1])


def test_every_record_names_the_bytes_it_was_read_from(home: Path, ask: Callable[[Path], Ask]) -> None:
    rows = ask(home)(
        "select file_name, file_sha256 from meta.ledger where not regexp_full_match(file_sha256, '[0-9a-f]{64}')"
    )
    assert rows == []
    of_nothing = hashlib.sha256(b"").hexdigest()
    unread = ask(home)(
        "select file_name from meta.ledger where file_sha256 = $nothing order by all", nothing=of_nothing
    )
    assert [row["file_name"] for row in unread] == ["empty.txt", "etc", "pipe.txt", "way-out.txt"]


def test_neighbours_are_published(home: Path, ask: Callable[[Path], Ask]) -> None:
    fates = ask(home)("select fate from meta.ledger where file_name like 'neighbour%'")
    assert [row["fate"] for row in fates] == ["published"] * 3


def test_links_and_pipes_lead_nowhere(home: Path, ledger: dict[str, list[str]], ask: Callable[[Path], Ask]) -> None:
    assert ledger["way-out.txt"] == ["unreadable_file"]
    assert ledger["pipe.txt"] == ["unreadable_file"]
    assert ledger["etc"] == ["unreadable_file"]
    told = ask(home)(
        "select count(*) as n from marts.fct_article where body_hans like '%机密%' or body_hans like '%root:%'"
    )
    assert told[0]["n"] == 0


def test_nothing_is_written_outside_the_home(home: Path, inbox: Path) -> None:
    assert sorted(path.name for path in inbox.parent.iterdir()) == ["home", "inbox", "secret.txt"]
    assert not list(home.rglob("*evil*"))


def test_injected_titles_are_text_wherever_they_are_shown(home: Path, ask: Callable[[Path], Ask]) -> None:
    titles = {row["title_original"] for row in ask(home)("select title_original from marts.fct_article")}
    assert {INJECTED["sql"], INJECTED["formula"], INJECTED["jinja"]} <= titles
    report = (home / "current" / "report.html").read_text("utf-8")
    assert "<script>alert" not in report
    assert "onerror=" not in report.replace("onerror=alert(2)&gt;", "")
    assert "49" not in report.partition("{{ 7")[0][-20:]


def test_a_file_that_changes_or_goes_while_it_is_read(tmp_path: Path) -> None:
    from flows import readers

    (tmp_path / "a.jsonl").write_bytes(neighbour(1) * 400)
    (tmp_path / "b.txt").write_text(BODY, encoding="utf-8")
    files = readers.discover([str(tmp_path)])
    (tmp_path / "b.txt").unlink()
    reading = readers.read_many(files, 1 << 10)
    next(reading)
    with (tmp_path / "a.jsonl").open("ab") as file:
        file.write(neighbour(2))
    refused = [rejected for batch in reading for rejected in batch.rejected]
    assert [rejected.reason_code for rejected in refused] == ["unreadable_file"] * 2


def test_tar_archives_are_not_opened(tmp_path: Path) -> None:
    from flows import readers

    with tarfile.open(tmp_path / "a.tar", "w") as archive:
        archive.add(__file__, "../evil.txt")
    [batch] = readers.read_many(readers.discover([str(tmp_path)]), 1 << 20)
    assert [rejected.reason_code for rejected in batch.rejected] == ["unknown_format"]


@pytest.mark.slow
def test_a_line_of_a_gigabyte_costs_no_gigabyte(tmp_path: Path) -> None:
    with (tmp_path / "a.jsonl").open("wb") as file:
        file.write(b'{"content": "')
        for _ in range(1024):
            file.write(b"x" * (1 << 20))
        file.write(b'"}\n' + neighbour(1))
    program = (
        "import re, sys; from pathlib import Path; from flows import readers\n"
        "for batch in readers.read_many(readers.discover([sys.argv[1]]), 8 << 20):\n"
        "    print(*(reason or 'fine' for reason in batch.records['reason_code']))\n"
        "print(int(re.search(r'VmHWM:\\s+(\\d+)', Path('/proc/self/status').read_text())[1]) // 1024)"
    )
    told = subprocess.run(
        [sys.executable, "-c", program, str(tmp_path)], capture_output=True, text=True, check=True, cwd=PROJECT
    ).stdout.split()
    assert told[:-1] == ["too_large", "fine"]
    assert int(told[-1]) < 600
