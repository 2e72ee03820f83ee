"""Recall and cost of duplicate detection on a labelled corpus: `python benchmarks/dedup.py CORPUS HOME`.

CORPUS holds corpus.jsonl and truth.json, HOME has taken in corpus.jsonl and nothing else. The steps run on the
canonical texts of HOME, which is only read, as a worker of a night does them: with one thread, a chunk at a time. What
history costs is measured by `dedup_history.py`.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any, TypeVar

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from flows.settings import cores, share_cores  # noqa: E402

# Before polars comes, which counts its threads then.
share_cores(cores())

import polars as pl  # noqa: E402

import seeds  # noqa: E402
from benchmarks import dedup_truth, worker  # noqa: E402
from transforms import dedup  # noqa: E402
from transforms.tables import core  # noqa: E402
from warehouse.candidates import TABLES, gather  # noqa: E402
from warehouse.store import Store, sql  # noqa: E402

Result = TypeVar("Result")
DOCUMENTS_A_CHUNK = 5_000


def timed(name: str, articles: int, costs: dict[str, float], step: Callable[[], Result]) -> Result:
    """The result of a step whose cost is printed and kept, in CPU milliseconds an article."""
    start = time.process_time()
    result = step()
    costs[name] = round(1000 * (time.process_time() - start) / articles, 4)
    print(f"{name:32} {costs[name]:.3f} ms an article")
    return result


def keyed(documents: pl.DataFrame, costs: dict[str, float]) -> Iterator[pl.DataFrame]:
    """The keys, a chunk of documents at a time; what they cost is known when all are there."""
    seconds = 0.0
    for part in documents.iter_slices(DOCUMENTS_A_CHUNK):
        start = time.process_time()
        keys = dedup.clauses(part)
        seconds += time.process_time() - start
        yield keys
    costs["clauses"] = round(1000 * seconds / documents.height, 4)
    print(f"{'clauses':32} {costs['clauses']:.3f} ms an article")


def judged(found: pl.DataFrame, documents: pl.DataFrame) -> pl.DataFrame:
    """The verdicts, a chunk of documents at a time, as a night comes to them."""
    verdicts: list[pl.DataFrame] = []
    for part in found.partition_by("chunk_no", include_key=False):
        ids = pl.concat([part["document_id"], part["other_document_id"]]).unique()
        both = documents.filter(pl.col("document_id").is_in(ids.implode()))
        verdicts.append(dedup.pairs(part, both, seeds.table("comparison_patterns")))
    return pl.concat(verdicts)


def candidates(keys: Iterable[pl.DataFrame], sizes: pl.DataFrame, name: str, costs: dict[str, float]) -> pl.DataFrame:
    """The pairs worth comparing. Loading the keys is not counted."""
    with tempfile.TemporaryDirectory() as folder:
        store = Store(Path(folder) / "work.duckdb", TABLES)
        store.execute(sql("macros"))
        with store.given("sizes", sizes):
            store.execute("create table core.canonical_documents as select * from sizes")
            store.execute(PENDING, {"documents": DOCUMENTS_A_CHUNK})
        for part in keys:
            store.insert(core.Clause, part)
        store.execute("checkpoint")
        timed(name, sizes.height, costs, lambda: gather(store))
        found = store.read("from found order by all")
        store.close()
        return found


PENDING = """
    create temp table pending as
    select document_id as unit_id, (row_number() over (order by document_id) - 1) // $documents as chunk_no
    from sizes
"""


def main(corpus: Path, home: Path) -> None:
    """Measure every step on one corpus."""
    documents = dedup_truth.documents(home)
    count, costs = documents.height, dict[str, float]()
    dedup.clauses(documents.head(1))
    sizes = documents.select("document_id", "night", "char_count")
    sources = documents.select(pl.col("source_id").unique(), trust=pl.lit(0.5))
    Path("/proc/self/clear_refs").write_text("5")  # the most memory is counted from here on
    before = worker.memory("VmRSS")
    found = candidates(keyed(documents, costs), sizes, "candidates", costs)
    pairs = timed("pairs", count, costs, lambda: judged(found, documents))
    copies = timed("copies", count, costs, lambda: dedup.copies(pairs, documents, sources))
    timed("relations", count, costs, lambda: dedup.relations(pairs, copies))
    kilobytes = round((worker.memory("VmHWM") - before) * 1.024 / count, 2)
    article_of = dict(copies.select("document_id", "article_id").iter_rows())
    result: dict[str, Any] = dedup_truth.score(corpus, dedup_truth.names(corpus, home), article_of)
    steps = ("clauses", "candidates", "pairs", "copies", "relations")
    total = round(sum(costs[step] for step in steps), 4)
    result |= {"documents": count, "ms": total, "steps": costs, "kb_an_article": kilobytes}
    print(*(f"{kind:16} {share:.4f}" for kind, share in result["recall"].items()), sep="\n")
    print(f"precision {result['precision']}, siblings merged {result['siblings_merged']} of {result['siblings']}")
    print(f"{total:.3f} ms and {kilobytes} kB an article in all")
    dedup_truth.remember("wencang", result)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("corpus", type=Path)
    parser.add_argument("home", type=Path)
    options = parser.parse_args()
    main(options.corpus, options.home)
