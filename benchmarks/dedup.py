"""Recall and cost of duplicate detection on a labelled corpus: `python benchmarks/dedup.py CORPUS HOME`.

CORPUS holds corpus.jsonl and truth.json, HOME has taken in corpus.jsonl and nothing else. The steps run on the
canonical texts of HOME; then the search for candidates runs again for two thousand new articles against a history
twice and twenty times as long as they are many, made of the same keys under other hashes. HOME is only read.
"""

from __future__ import annotations

import resource
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

import duckdb
import polars as pl

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from benchmarks import dedup_truth  # noqa: E402
from transforms import dedup  # noqa: E402

NEW = 2_000
Result = TypeVar("Result")


def timed(name: str, articles: int, costs: dict[str, float], step: Callable[[], Result]) -> Result:
    """The result of a step whose cost is printed and kept, in CPU milliseconds an article."""
    start = time.process_time()
    result = step()
    costs[name] = round(1000 * (time.process_time() - start) / articles, 4)
    print(f"{name:32} {costs[name]:.3f} ms an article")
    return result


def candidates(
    keys: pl.DataFrame, sizes: pl.DataFrame, new: pl.Series, name: str, costs: dict[str, float]
) -> pl.DataFrame:
    """The pairs worth comparing when these documents are new; loading the keys is not counted."""
    with duckdb.connect(config={"threads": 2}) as connection:
        connection.execute("set preserve_insertion_order = false").fetchall()
        connection.execute("create schema core").fetchall()
        connection.register("keys", keys.to_arrow())
        connection.register("ids", new.to_frame("document_id").to_arrow())
        connection.register("sizes", sizes.to_arrow())
        connection.execute("create table core.clauses as select * from keys").fetchall()
        connection.execute("create table core.canonical_documents as select * from sizes").fetchall()
        connection.execute("create table core.pairs (document_id varchar, other_document_id varchar)").fetchall()
        connection.execute("create table chunk as select * from ids").fetchall()
        connection.execute("create table pending as select document_id as unit_id, 0 as chunk_no from ids").fetchall()
        query = (ROOT / "warehouse/sql/chunk/candidates.sql").read_text("utf-8")
        return timed(name, new.len(), costs, lambda: connection.sql(query).pl())


def replica(keys: pl.DataFrame, number: int) -> pl.DataFrame:
    """As many documents again, which share as much among each other and nothing with the others."""
    again = keys.with_columns(pl.concat_str(pl.col("document_id").str.slice(0, 13), pl.lit(f"{number:03x}")))
    hashes = {"clause_hash"} & set(keys.columns)
    return again.with_columns(pl.col(name) ^ (number * 0x1F3D5B79) for name in hashes)


def growth(keys: pl.DataFrame, sizes: pl.DataFrame, costs: dict[str, float]) -> None:
    """The cost of a night of new articles against a short and a long history."""
    new = sizes["document_id"].sample(min(NEW, sizes.height), seed=1)
    for replicas in (1, 10):
        more = range(1, replicas)
        history, lengths = (pl.concat([one, *(replica(one, number) for number in more)]) for one in (keys, sizes))
        candidates(history, lengths, new, f"candidates against {round(lengths.height / 1000)},000", costs)


def main(corpus: Path, home: Path) -> None:
    """Measure every step on one corpus."""
    documents = dedup_truth.documents(home)
    count, costs = documents.height, dict[str, float]()
    dedup.clauses(documents.head(1))
    sizes = documents.select("document_id", "char_count")
    sources = documents.select(pl.col("source_id").unique(), trust=pl.lit(0.5))
    keys = timed("clauses", count, costs, lambda: dedup.clauses(documents))
    found = candidates(keys, sizes, documents["document_id"], "candidates", costs)
    pairs = timed("pairs", count, costs, lambda: dedup.pairs(found, documents))
    copies = timed("copies", count, costs, lambda: dedup.copies(pairs, documents, sources))
    timed("relations", count, costs, lambda: dedup.relations(pairs, copies))
    article_of = dict(copies.select("document_id", "article_id").iter_rows())
    result: dict[str, Any] = dedup_truth.score(corpus, dedup_truth.names(corpus, home), article_of)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e6
    growth(keys, sizes, costs)
    steps = ("clauses", "candidates", "pairs", "copies", "relations")
    result |= {"documents": count, "ms": round(sum(costs[step] for step in steps), 4), "steps": costs, "peak_gb": peak}
    print(*(f"{kind:16} {share:.4f}" for kind, share in result["recall"].items()), sep="\n")
    print(f"precision {result['precision']}, siblings merged {result['siblings_merged']} of {result['siblings']}")
    print(f"{result['ms']:.3f} ms an article in all, {peak:.2f} GB at most")
    dedup_truth.remember("wencang", result)


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
