"""Recall and cost of duplicate detection on a labelled corpus: `python benchmarks/dedup.py CORPUS HOME`.

CORPUS holds corpus.jsonl and truth.json, HOME has taken in corpus.jsonl and nothing else. The steps run on the
canonical texts of HOME; then the search for candidates runs again for two thousand new articles against a history
twice and twenty times as long as they are many, made of the same keys under other hashes. HOME is only read.
"""

from __future__ import annotations

import resource
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

import polars as pl

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from benchmarks import dedup_truth  # noqa: E402
from transforms import dedup  # noqa: E402
from transforms.tables import core, ops  # noqa: E402
from warehouse.candidates import gather  # noqa: E402
from warehouse.store import Store, sql  # noqa: E402

NEW = 2_000
LOADED_AT_ONCE = 5_000_000
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
    with tempfile.TemporaryDirectory() as folder:
        store = Store(Path(folder) / "work.duckdb", (ops.Revision, core.Clause, core.Pair))
        store.execute(sql("macros"))
        with store.given("sizes", sizes), store.given("new", new.to_frame("unit_id")):
            store.execute("create table core.canonical_documents as select * from sizes")
            store.execute("create temp table pending as select unit_id, 0 as chunk_no from new")
        for part in keys.iter_slices(LOADED_AT_ONCE):
            store.insert(core.Clause, part)
        store.execute("checkpoint")
        timed(name, new.len(), costs, lambda: gather(store))
        found = store.read("select document_id, other_document_id from found")
        store.close()
        return found


def replica(keys: pl.DataFrame, number: int) -> pl.DataFrame:
    """As many documents again, which share as much among each other and nothing with the others."""
    names = {"document_id": pl.concat_str(pl.col("document_id").str.head(12), pl.lit(f"{number:04x}"))}
    changes = {
        "document_key": pl.col("document_key") ^ (number << 8),
        "body_hash": pl.col("body_hash") ^ (number * 0x1F3D5B79),
        "clause_hash": pl.col("clause_hash") ^ (number * 0x1F3D5B79),
    } | names
    return keys.with_columns(**{name: changes[name] for name in changes.keys() & set(keys.columns)})


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
