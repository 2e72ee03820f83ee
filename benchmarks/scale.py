"""What a night of millions costs on a cluster: `python benchmarks/scale.py [--measure SMALL LARGE]`.

Prints the model of docs/scale.md from the constants in results/scale.json: CPU hours, what is shuffled, how even the
partitions are, what one writer must load. --measure takes the constants anew on this machine; SMALL and LARGE are what
`night.py --workers 1 --results` kept of two nights: what a stage costs an article is the slope between them, so that what a
night costs once (imports, pages of the expectations) is not multiplied. `make scale` does both.
"""

from __future__ import annotations

import argparse
import json
import math
import random
import sys
import tempfile
import time
from datetime import date
from itertools import pairwise
from pathlib import Path
from typing import Any

import polars as pl

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from benchmarks import corpus  # noqa: E402
from flows.engines.join import SHARD_ROWS  # noqa: E402
from transforms import dedup  # noqa: E402
from transforms.dedup import candidates  # noqa: E402
from warehouse.candidates import LEAST_CHARS, MOST_BODIES  # noqa: E402

KEPT = ROOT / "benchmarks" / "results" / "scale.json"
NIGHTS = (100_000, 10_000_000, 1_000_000_000)
DOCUMENTS = 3_000
# A stock phrase of which so many articles carry the most frequent; the r-th is carried by that share over r.
BUSIEST_SHARE, BUSY_KEYS = 0.02, 50_000
WINDOW_HOURS = 6
# Run by the one process that commits, whatever the cluster.
BY_ONE = ("ingest", "deduplicate", "relate", "order", "follow", "publish")

Constants = dict[str, Any]


def measured(small: Path, large: Path) -> Constants:
    """The constants of this machine: CPU milliseconds an article and stage, keys and pairs an article, bytes a row."""
    few, told = (json.loads(path.read_text("utf-8")) for path in (small, large))
    more = told["articles"] - few["articles"]
    once = {row["stage"]: row["committing_cpu_seconds"] for row in few["stages"]}
    slope = {row["stage"]: row["committing_cpu_seconds"] - once[row["stage"]] for row in told["stages"]}
    stages = {name: max(0.0, 1000 * seconds / more) for name, seconds in slope.items()}
    rows = {row["stage"]: row["rows_out"] / told["articles"] for row in told["stages"]}
    return {
        "machine": told["machine"],
        "articles": told["articles"],
        "characters_each": told["characters_each"],
        "stage_ms": {name: round(cost, 3) for name, cost in stages.items()},
        "rows_an_article": {name: round(count, 2) for name, count in rows.items() if name != "publish"},
        "release_bytes_an_article": round((told["release_bytes"] - few["release_bytes"]) / more),
        **shuffled(),
    }


def shuffled(documents: int = DOCUMENTS) -> Constants:
    """What dealing, counting and adding up cost a row of keys, and how large the rows are as Parquet.

    Every document is new and asks by all of its keys: more than a night deals (see docs/decisions/0019).
    """
    with tempfile.TemporaryDirectory() as folder:
        articles = corpus.write(Path(folder), documents)
    texts = pl.DataFrame(articles).select(
        document_id=pl.format("{}0", pl.int_range(pl.len()).cast(pl.String).str.zfill(15)),
        night=pl.lit(date(2026, 1, 5)),
        body_hans="text",
    )
    characters = int(texts["body_hans"].str.len_chars().sum())
    place = pl.col("document_key").rank("dense")
    keys = dedup.clauses(texts).with_columns(place=place, is_new=pl.lit(True), is_asking=pl.lit(True))
    keys = keys.select(pl.col(name).cast(kind) for name, kind in candidates.KEYS.items())
    rows = keys.filter(pl.len().over("clause_hash") > 1)
    clock = [time.process_time()]
    parts = candidates.dealt(rows, ["clause_hash"], 4)
    clock.append(time.process_time())
    counts = [candidates.counted(part) for part in parts.values()]
    clock.append(time.process_time())
    pairs = candidates.added(counts).filter(pl.col("shared_chars") >= LEAST_CHARS)
    clock.append(time.process_time())
    per_row = [1e6 * (after - before) / rows.height for before, after in pairwise(clock)]
    return {
        "keys_a_thousand_characters": round(1000 * keys.height / characters, 2),
        "share_of_keys_dealt": round(rows.height / keys.height, 4),
        "key_bytes": round(parquet_bytes(rows) / rows.height, 2),
        "counts_a_key": round(sum(part.height for part in counts) / rows.height, 4),
        "count_bytes": round(sum(map(parquet_bytes, counts)) / max(1, sum(part.height for part in counts)), 2),
        "pairs_an_article": round(pairs.height / documents, 3),
        "deal_count_add_us_a_key": [round(cost, 3) for cost in per_row],
    }


def parquet_bytes(frame: pl.DataFrame) -> int:
    """How large a frame is in the exchange; keys drawn at random, as digests are, do not compress."""
    draw = random.Random(1)
    mixed = frame.with_columns(
        pl.Series(name, [draw.getrandbits(63) for _ in range(frame.height)], dtype=pl.Int64)
        for name in frame.columns
        if name.endswith("_key")
    )
    with tempfile.NamedTemporaryFile(suffix=".parquet") as file:
        mixed.write_parquet(file.name)
        return Path(file.name).stat().st_size


def evenness(articles: float, keys: float) -> tuple[float, float]:
    """Rows of the fullest partition over the mean: if stock keys were dealt too, and as it is, without them."""
    partitions = max(2, math.ceil(keys / SHARD_ROWS))
    draw = random.Random(partitions)
    plain, kept = dict[int, float](), dict[int, float]()
    for rank in range(1, BUSY_KEYS + 1):
        carriers, place = articles * BUSIEST_SHARE / rank, draw.randrange(partitions)
        plain[place] = plain.get(place, 0) + carriers
        kept[place] = kept.get(place, 0) + min(carriers, MOST_BODIES)
    mean = keys / partitions
    return 1 + max(plain.values()) / mean, 1 + max(kept.values()) / mean


def night(constants: Constants, articles: int) -> dict[str, str]:
    """One column of the table."""
    cost, hours = constants["stage_ms"], articles / 3.6e6
    every = articles * constants["keys_a_thousand_characters"] * constants["characters_each"] / 1000
    keys = every * constants["share_of_keys_dealt"]
    join = sum(constants["deal_count_add_us_a_key"]) * keys / 3.6e9
    spread = sum(ms for name, ms in cost.items() if name not in BY_ONE) * hours
    alone = sum(cost[name] for name in BY_ONE if name in cost) * hours
    shards, partitions = math.ceil(keys / SHARD_ROWS), max(2, math.ceil(keys / SHARD_ROWS))
    plain, kept = evenness(articles, every)
    return {
        "articles": f"{articles:,}",
        "text in": size(articles * constants["characters_each"] * 3),
        "CPU hours on workers": f"{spread + join:,.2f}",
        "of these the join": f"{join:,.2f}",
        f"cores for {WINDOW_HOURS} hours": f"{math.ceil((spread + join) / WINDOW_HOURS):,}",
        "CPU hours of the one writer": f"{alone:,.2f}",
        "keys": f"{every:,.0f}",
        "keys dealt": f"{keys:,.0f}, {size(keys * constants['key_bytes'])}",
        "counts dealt": size(keys * constants["counts_a_key"] * constants["count_bytes"]),
        "pairs compared": f"{articles * constants['pairs_an_article']:,.0f}",
        "files of the shuffle": f"{shards * partitions:,}",
        "fullest partition, were stock keys dealt": f"{plain:.2f} × the mean",
        "fullest partition, as it is": f"{kept:.2f} × the mean",
        "warehouse": size(articles * constants["release_bytes_an_article"]),
    }


def size(count: float) -> str:
    """Bytes, in the unit people say."""
    for unit in ("B", "kB", "MB", "GB"):
        if count < 1000:
            return f"{count:.3g} {unit}"
        count /= 1000
    return f"{count:,.3g} TB"


def table(constants: Constants) -> str:
    """The model as a table, a column a night."""
    columns = [night(constants, articles) for articles in NIGHTS]
    lines = ["| " + " | ".join(["articles", *(column.pop("articles") for column in columns)]) + " |"]
    lines.append("|---" * (len(columns) + 1) + "|")
    lines += ["| " + " | ".join([name, *(column[name] for column in columns)]) + " |" for name in columns[0]]
    return "\n".join(lines)


def main() -> None:
    """Measure if asked to, tell."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--measure", nargs=2, type=Path, metavar=("SMALL", "LARGE"), help="results of night.py")
    options = parser.parse_args()
    if options.measure:
        KEPT.write_text(json.dumps(measured(*options.measure), indent=2) + "\n", "utf-8")
    print(table(json.loads(KEPT.read_text("utf-8"))))


if __name__ == "__main__":
    main()
