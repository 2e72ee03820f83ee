"""What a night costs against history: `python benchmarks/dedup_history.py HOME [REPLICAS…]`.

HOME has gone through a night up to `relate`. Its documents come in once more, as new, into a home whose history is so many
times as large (10 and 100 unless told), and the stages that look beyond the night are run by the runner of a night:
compare, deduplicate, relate, with all of their SQL. Counted is the CPU time of the process. HOME is only read.

History is made of replicas of the night in every table: other ids and keys, tied to each other as the originals are, with
their statistics. With the night they share what is said in ten documents or more (set phrases, forms) in every replica,
and one article in ten of the night is a copy of an article of the first replica.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from datetime import date
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from flows.settings import cores, share_cores  # noqa: E402

# Before polars comes, which counts its threads then.
share_cores(cores())

from benchmarks import dedup_truth  # noqa: E402
from flows.chunk import seed  # noqa: E402
from flows.pipeline import PIPELINE  # noqa: E402
from flows.runner import Night, run  # noqa: E402
from flows.settings import CHUNK_BYTES  # noqa: E402
from flows.work import prepared  # noqa: E402
from transforms.tables import ref  # noqa: E402
from warehouse.candidates import MOST_BODIES  # noqa: E402
from warehouse.store import Store, sql  # noqa: E402

REPLICAS = (10, 100)
STAGES = [stage for stage in PIPELINE if stage.name in ("compare", "deduplicate", "relate")]
EARLIER = ("raw.documents", "core.clean_documents", "core.canonical_documents")
LATER = ("core.pairs", "core.copies", "core.relations")
# A replica is told apart by its number in bits that few ids differ in.
MACROS = """
    create temp macro replica_key(key, number) as xor(key, number::bigint << 20);
    create temp macro replica_id(id, number) as
        case when id is not null then lower(lpad(to_hex(replica_key(key_of(id), number)), 15, '0')) || right(id, 1) end;
    create temp macro replica_hash(said, number) as xor(said, number::bigint * 525163385)
"""
# What a stage reads of a text is the night's own: history needs none, save where the night is compared with it.
REPLACED = {
    "raw.documents": "'' as text, replica_id(record_id, number) as record_id, night - number as night",
    "core.clean_documents": "'' as body_original, night - number as night",
    "core.canonical_documents": "case when number = 1 then body_hans else '' end as body_hans, night - number as night",
    "core.copies": "case when number = 1 and key_of(document_id) % 10 = 0 then body_hash"
    " else replica_hash(body_hash, number) end as body_hash",
}
IDS = (
    "document_id",
    "other_document_id",
    "article_id",
    "other_article_id",
    "survivor_document_id",
    "matched_document_id",
)
KEYS = """
    insert into core.clauses
    select
        replica_key(document_key, $number),
        case when is_kept then body_hash else replica_hash(body_hash, $number) end,
        case when is_kept or is_common then clause_hash else replica_hash(clause_hash, $number) end,
        clause_chars,
        night - $number::integer
    from (
        select *, $number = 1 and document_key % 10 = 0 as is_kept, clause_hash in (from common) as is_common
        from home.core.clauses
    )
"""


def replicate(store: Store, table: str, number: int) -> None:
    """Add one replica of a table; of the pairs smaller id first, as always."""
    there = {column for (column,) in store.rows(f"select column_name from (describe {table})")}
    replaced = [f"replica_id({name}, {number}) as {name}" for name in IDS if name in there]
    if "natural_id" in there:
        replaced.append(f"natural_id || '-{number}' as natural_id")
    if table in REPLACED:
        replaced.append(REPLACED[table].replace("number", str(number)))
    store.execute(f"insert into {table} by name select * replace ({', '.join(replaced)}) from home.{table}")


def history(store: Store, home: Path, replicas: int) -> None:
    """Fill the store with so many replicas of a home, all done; its own documents are there too, up to their keys."""
    store.execute(f"attach '{home / 'work.duckdb'}' as home (read_only)")
    store.execute(MACROS)
    store.execute(
        "create temp table common as select clause_hash from home.core.clauses group by all having count(*) >= 10"
    )
    for number in range(1, replicas + 1):
        for table in (*EARLIER, *LATER):
            replicate(store, table, number)
        store.execute(KEYS, {"number": number})
        store.execute(
            "insert into ops.done select stage, replica_id(unit_id, $number), reference_digest"
            " from home.ops.done where stage not in ('deduplicate', 'relate')",
            {"number": number},
        )
    for table in (*EARLIER, "core.clauses"):
        store.execute(f"insert into {table} from home.{table}")
    store.execute(
        "insert into ops.stock select clause_hash from core.clauses semi join common using (clause_hash)"
        " group by all having count(distinct body_hash) > $most",
        {"most": MOST_BODIES},
    )
    names = ", ".join(f"'{stage.name}'" for stage in STAGES)
    store.execute(f"insert into ops.done from home.ops.done where stage not in ({names})")
    store.execute(
        "update core.pairs set document_id = other_document_id, other_document_id = document_id,"
        " is_reversed = not is_reversed where document_id > other_document_id"
    )
    with store.given("sources", seed(ref.Source, {})):
        store.execute(sql("clusters/touched"))
    store.execute("insert into ops.done select 'deduplicate', state, '' from settled")
    store.execute("insert into ops.done values ('relate', 'copies', '')")
    store.execute("checkpoint")


def spent(home: Path, replicas: int) -> tuple[int, dict[str, float]]:
    """How many documents the night brings, and the CPU seconds of each stage."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "work.duckdb"
        store = prepared(path)
        history(store, home, replicas)
        store.close()
        store, costs = prepared(path), dict[str, float]()
        night, count = Night("run", date(2026, 11, 20), store, CHUNK_BYTES), 0
        for stage in STAGES:
            start = time.process_time()
            report = run(stage, night)
            costs[stage.name] = time.process_time() - start
            # The other stages count what is tied to the night as well.
            count = report.rows_in if stage.name == "compare" else count
        store.close()
        return count, costs


def main(home: Path, counts: tuple[int, ...]) -> None:
    """Measure what looks beyond the night against every history, in CPU milliseconds a new article."""
    against: dict[str, dict[str, float]] = {}
    documents = 0
    for replicas in counts:
        documents, costs = spent(home, replicas)
        told = {name: round(1000 * seconds / documents, 4) for name, seconds in costs.items()}
        against[f"{replicas * documents}"] = told | {"in all": round(sum(told.values()), 4)}
        print(f"{documents} documents against {replicas * documents}:", against[f"{replicas * documents}"])
    least, most = (list(against.values())[place]["in all"] for place in (0, -1))
    print(f"{most / least:.2f} times the cost")
    ratio = round(most / least, 2)
    dedup_truth.remember(
        "wencang against history", {"documents": documents, "ms_against_known": against, "times": ratio}
    )


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("home", type=Path)
    parser.add_argument("replicas", type=int, nargs="*", default=REPLICAS, help="default: %(default)s")
    options = parser.parse_args()
    main(options.home, tuple(options.replicas))
