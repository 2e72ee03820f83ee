"""Recall and cost of duplicate detection on a labelled corpus: `python benchmarks/dedup.py FOLDER`.

FOLDER holds corpus.jsonl (id, title, text, source, published) and truth.json (pairs, relations: [id, id, kind]; siblings:
lists of ids). The texts are made canonical roughly here (Simplified, readings in brackets dropped) and not cleaned, so that
web noise counts against the result. Nothing is written.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import re
import sys
import time
from collections import Counter, defaultdict
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any, TypeVar

import duckdb
import polars as pl
from opencc import OpenCC

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from transforms import dedup  # noqa: E402

READING = re.compile(r"[(（][a-zāáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜü]+[)）]")
TRADITIONAL = re.compile("[們這對於說會來時國學過當發現實點開關還進與為從後]")
Result = TypeVar("Result")


@cache
def simplifier() -> OpenCC:
    """The converter of rough canonicalisation."""
    return OpenCC("t2s")


def document(line: dict[str, Any]) -> dict[str, Any]:
    """A corpus line as a canonical document."""
    is_hant = len(TRADITIONAL.findall(line["text"])) * 80 > len(line["text"])
    text, title = (READING.sub("", line[field]) for field in ("text", "title"))
    if is_hant:
        text, title = simplifier().convert(text), simplifier().convert(title)
    published = dt.datetime.fromisoformat(line["published"]).astimezone(dt.UTC).replace(tzinfo=None)
    return {
        "id": line["id"],
        "document_id": hashlib.sha256(line["id"].encode()).hexdigest()[:16],
        "source_id": line["source"],
        "natural_id": None,
        "night": dt.date(2025, 1, 1),
        "title_hans": title,
        "body_hans": text,
        "script": "Hant" if is_hant else "Hans",
        "script_origin": None,
        "published_on": published.date(),
        "published_at_utc": published,
        "char_count": max(1, len(text.replace("\n", ""))),
        "repair_count": 0,
    }


def timed(name: str, documents: int, step: Callable[[], Result]) -> Result:
    """The result of a step whose cost is printed."""
    start = time.process_time()
    result = step()
    seconds = time.process_time() - start
    print(f"{name:12} {seconds:7.2f} CPU s  {1000 * seconds / documents:.3f} ms a document")
    return result


def candidates(keys: pl.DataFrame) -> pl.DataFrame:
    """The pairs worth comparing, all documents being new."""
    with duckdb.connect() as connection:
        connection.execute("create schema core")
        connection.register("keys", keys)
        connection.execute("create table core.clauses as select * from keys")
        connection.execute("create table core.pairs (document_id varchar, other_document_id varchar)")
        connection.execute("create table chunk as select distinct document_id from core.clauses")
        return connection.sql((ROOT / "warehouse/sql/chunk/candidates.sql").read_text("utf-8")).pl()


def main(folder: Path) -> None:
    """Measure every step on one corpus."""
    lines = (folder / "corpus.jsonl").read_text("utf-8").splitlines()
    types = {"natural_id": pl.String, "script_origin": pl.String}
    documents = pl.DataFrame([document(json.loads(line)) for line in lines], schema_overrides=types)
    sources = documents.select(pl.col("source_id").unique(), trust=pl.lit(0.5))
    count = documents.height
    keys = timed("clauses", count, lambda: dedup.clauses(documents))
    found = timed("candidates", count, lambda: candidates(keys))
    pairs = timed("pairs", count, lambda: dedup.pairs(found, documents))
    copies = timed("copies", count, lambda: dedup.copies(pairs, documents, sources))
    relations = timed("relations", count, lambda: dedup.relations(pairs, copies))
    report(documents, copies, relations, json.loads((folder / "truth.json").read_text("utf-8")))


def report(documents: pl.DataFrame, copies: pl.DataFrame, relations: pl.DataFrame, truth: dict[str, Any]) -> None:
    """Print the share found of every kind, and how many siblings were merged."""
    known = documents.select("id", "document_id").join(copies, on="document_id")
    article = dict(known.select("id", "article_id").iter_rows())
    together: dict[str, Counter[bool]] = defaultdict(Counter)
    for one, two, kind in truth["pairs"]:
        together[kind][article[one] == article[two]] += 1
    related = {frozenset(pair) for pair in relations.select("article_id", "other_article_id").iter_rows()}
    for one, two, kind in truth["relations"]:
        together[f"{kind} related"][frozenset((article[one], article[two])) in related] += 1
    for kind, hits in sorted(together.items()):
        print(f"{kind:20} {hits[True] / hits.total():.4f} of {hits.total()}")
    merged = sum(len(group) - len({article[one] for one in group}) for group in truth["siblings"])
    print(f"siblings merged      {merged} of {sum(map(len, truth['siblings']))}")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
