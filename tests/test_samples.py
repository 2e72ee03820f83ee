"""The sample articles and what is expected of them agree with each other, record by record."""

from __future__ import annotations

import csv
import io
import json
import re
from collections import Counter
from functools import cache
from pathlib import Path
from typing import Any

import opencc
import pytest

from tests.material import material

PROJECT = Path(__file__).resolve().parents[1]
ARTICLES = PROJECT / "seeds" / "articles"
EXPECTED: dict[str, Any] = json.loads((PROJECT / "seeds" / "expected" / "articles.json").read_text("utf-8"))
RECORDS: list[dict[str, Any]] = EXPECTED["records"]
PUBLISHED = [record for record in RECORDS if record["fate"] == "published"]
RUN_LENGTH = 16


def name(record: dict[str, Any]) -> str:
    return f"{record['file']}#{record['record_ordinal']}"


def files() -> list[str]:
    return sorted(path.relative_to(ARTICLES).as_posix() for path in ARTICLES.rglob("*") if path.is_file())


def text_of(record: dict[str, Any]) -> str:
    """The decoded text of a record: its own fields in a structured file, else the whole file."""
    text = (ARTICLES / record["file"]).read_bytes().decode(record["encoding"])
    if record["file"].endswith(".jsonl"):
        return "\n".join(str(value) for value in json.loads(text.splitlines()[record["record_ordinal"]]).values())
    if record["file"].endswith(".csv"):
        return "\n".join(list(csv.reader(io.StringIO(text, newline="")))[record["record_ordinal"] + 1])
    return text


@cache
def simplifier() -> Any:
    return opencc.OpenCC("t2s")


def simplified(text: str) -> str:
    return simplifier().convert(text).replace("著", "着")


def han_runs(text: str) -> set[str]:
    """Every run of 16 Han characters, whatever stands between them."""
    han = "".join(re.findall(r"[\u3400-\u9fff]", simplified(text)))
    return {han[i : i + RUN_LENGTH] for i in range(len(han) - RUN_LENGTH + 1)}


def test_every_file_is_described_and_every_description_has_its_file():
    assert files() == sorted({record["file"] for record in RECORDS})


def test_every_record_is_described_once():
    names = [name(record) for record in RECORDS]
    assert len(names) == len(set(names))
    ordinals: dict[str, list[int]] = {}
    for record in RECORDS:
        ordinals.setdefault(record["file"], []).append(record["record_ordinal"])
    lines = (ARTICLES / "feeds/wire.jsonl").read_text("utf-8").splitlines()
    rows = list(csv.reader(io.StringIO((ARTICLES / "feeds/bulletin.csv").read_bytes().decode(), newline="")))
    sizes = {"feeds/wire.jsonl": len(lines), "feeds/bulletin.csv": len(rows) - 1}
    assert ordinals == {file: list(range(sizes.get(file, 1))) for file in ordinals}


def test_totals_count_the_records():
    fates = Counter(record["fate"] for record in RECORDS)
    assert EXPECTED["totals"] == {"records": len(RECORDS), **fates}


@pytest.mark.parametrize("record", [r for r in RECORDS if r["encoding"] not in ("utf-8", "binary")], ids=name)
def test_a_legacy_file_reads_in_its_encoding_and_in_no_utf_8(record: dict[str, Any]):
    data = (ARTICLES / record["file"]).read_bytes()
    with pytest.raises(UnicodeDecodeError):
        data.decode("utf-8")
    text = data.decode(record["encoding"])
    assert text.encode(record["encoding"]) == data
    assert record["title_hans"][:4] in simplified(text)


@pytest.mark.parametrize("record", PUBLISHED, ids=name)
def test_what_is_expected_of_an_article_stands_in_its_file(record: dict[str, Any]):
    text = text_of(record)
    text = simplified(text) if record["script"] == "Hant" else text
    plain = re.sub(r"<[^>]+>", "", text)
    wanted = [record["body_starts"], record["body_ends"], *record["must_contain"]]
    wanted += [heading["text_hans"] for heading in record["headings"]]
    wanted += [credit["name_hans"] for credit in record["credits"]]
    assert [piece for piece in wanted if piece not in plain] == []
    assert [piece for piece in record["must_not_contain"] if piece not in text] == []


@pytest.mark.parametrize("record", [r for r in RECORDS if r["fate"] == "duplicate"], ids=name)
def test_a_copy_names_a_published_original(record: dict[str, Any]):
    assert record["same_article_as"] in {name(original) for original in PUBLISHED}
    assert record["reason"] in {"exact", "cross_script", "near", "truncated"}


def test_relations_name_published_articles_and_siblings_name_each_other():
    related = {(name(r), x["relation"], x["other"]) for r in PUBLISHED for x in r["relations"]}
    assert {other for _, _, other in related} <= {name(record) for record in PUBLISHED}
    siblings = {(one, other) for one, relation, other in related if relation == "sibling"}
    assert siblings == {(other, one) for one, other in siblings} != set()
    assert any(relation == "excerpt_of" for _, relation, _ in related)


def test_malformed_records_are_malformed():
    with pytest.raises(json.JSONDecodeError):
        json.loads((ARTICLES / "feeds/wire.jsonl").read_text("utf-8").splitlines()[3])
    rows = list(csv.reader(io.StringIO((ARTICLES / "feeds/bulletin.csv").read_bytes().decode(), newline="")))
    assert [len(row) for row in rows] == [7, 7, 7, 3, 7, 7]
    assert (ARTICLES / "legacy/blank.txt").read_bytes() == b""
    assert b"\0" in (ARTICLES / "legacy/thumbnail.png").read_bytes()


def test_personal_data_is_invented():
    texts = "".join(text_of(r) for r in PUBLISHED)
    assert set(re.findall(r"[\w.]+@([\w.]+)", texts)) == {"example.com"}
    assert all(host.endswith("example.com") for host in re.findall(r"https?://([\w.]+)", texts))


def test_no_article_repeats_one_it_was_not_written_for():
    theirs = set[str]().union(*(han_runs(path.read_text("utf-8")) for path in material("seeds/*.txt")))
    texts = {name(r): text_of(r) for r in RECORDS if r["encoding"] != "binary" and r["reason"] != "malformed_json"}
    assert {key: runs for key, text in texts.items() if (runs := han_runs(text) & theirs)} == {}
