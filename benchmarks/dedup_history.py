"""What a night costs against history: `python benchmarks/dedup_history.py HOME [REPLICAS…]`.

HOME has gone through a night. Its documents are new, and history is so many times as large (10 and 40 unless told), made
of copies of them that are tied to each other as they are and to nothing else. HOME is only read.
"""

from __future__ import annotations

import sys
import tempfile
from datetime import date
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from benchmarks.dedup import candidates, timed  # noqa: E402  # before polars, which counts its threads then

import polars as pl  # noqa: E402  # isort: skip

from benchmarks import dedup_truth  # noqa: E402
from flows.pipeline import PIPELINE  # noqa: E402
from flows.runner import Night, run  # noqa: E402
from transforms import dedup  # noqa: E402
from transforms.tables import core, ops  # noqa: E402
from warehouse.store import Store, sql  # noqa: E402

REPLICAS = (10, 40)
SOURCES = pl.DataFrame({"source_id": ["adhoc"], "script": ["Hans"], "trust": [0.5]})
TABLES = (ops.Revision, ops.Done, core.Clause, core.Pair, core.Copy, core.Relation)
# What the stages read, and the columns of it; the retraction of a document that has none is none.
VIEWS = {
    "core.canonical_documents": "document_id, source_id, title_hans, published_on, char_count, repair_count, script,"
    " script_origin, quality_score",
    "core.clean_documents": "document_id, source_id, natural_id, published_at_utc, title_is_inferred",
    "core.first_nights": "document_id, night",
    "core.retracted_documents": "document_id, retracted_night",
}


def shelve(store: Store, numbers: range) -> None:
    """Add these replicas of `known` and `compared` to the store."""
    replaced = "lower(lpad(to_hex(xor(key_of({0}), number << 20)), 15, '0')) || '0'"
    store.execute(
        f"""
        create or replace temp table replica as
        select * replace (
            {replaced.format("document_id")} as document_id,
            xor(body_hash, number * 525163385) as body_hash,
            natural_id || '-' || number as natural_id
        )
        from known, range({numbers.start}, {numbers.stop}) as replicas(number)
        """
    )
    for name, columns in VIEWS.items():
        store.execute(f"insert into {name} select {columns} from replica")
    store.execute("delete from core.retracted_documents where retracted_night is null")
    store.execute(
        "insert into core.clauses select key_of(document_id), body_hash, body_hash, char_count from replica"
        " where body_hash is not null"
    )
    one, two = (replaced.format(name) for name in ("document_id", "other_document_id"))
    store.execute(
        f"""
        insert into core.pairs by name
        select * exclude (number) replace (least({one}, {two}) as document_id, greatest({one}, {two}) as other_document_id)
        from compared, range({numbers.start}, {numbers.stop}) as replicas(number)
        """
    )


def regions(known: pl.DataFrame, pairs: pl.DataFrame, name: str, costs: dict[str, float], replicas: int) -> None:
    """What clusters and relations cost when these documents are new."""
    stages = [stage for stage in PIPELINE if stage.region]
    with tempfile.TemporaryDirectory() as folder:
        store = Store(Path(folder) / "work.duckdb", TABLES)
        store.execute(sql("macros"))
        store.execute("insert into ops.revision values (0)")
        night = Night("run", date(2026, 11, 20), store, 1, {"sources": SOURCES})
        with store.given("known", known), store.given("compared", pairs):
            for table, columns in VIEWS.items():
                store.execute(f"create table {table} as select {columns} from known limit 0")
            shelve(store, range(1, replicas + 1))
            for stage in stages:
                run(stage, night)
            shelve(store, range(1))
            store.execute("checkpoint")
        timed(name, known.height, costs, lambda: [run(stage, night) for stage in stages])
        store.close()


def main(home: Path, counts: tuple[int, ...]) -> None:
    """Measure what looks beyond the night against every history, in CPU milliseconds a new article."""
    documents = dedup_truth.documents(home)
    keys = dedup.clauses(documents)
    sizes = documents.select("document_id", "char_count")
    costs = dict[str, float]()
    found = candidates([keys], sizes, "candidates, nothing known", costs)
    pairs = dedup.pairs(found, documents)
    for replicas in counts:
        known = f"{replicas * sizes.height:,} known"
        regions(documents.drop("body_hans"), pairs, f"clusters, {known}", costs, replicas)
        candidates([keys], sizes, f"candidates, {known}", costs, replicas)
    dedup_truth.remember("wencang against history", {"documents": documents.height, "steps": costs})


if __name__ == "__main__":
    main(Path(sys.argv[1]), tuple(map(int, sys.argv[2:])) or REPLICAS)
