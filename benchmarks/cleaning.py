"""What cleaning and converting cost: MB of text a CPU-second of a worker of a night, one of as many as there are processors.

python -m benchmarks.cleaning HOME       (HOME has taken the texts in; those of it that are no copies are cleaned again)

The first chunk is also told alone: what is learnt once a process, from seeds and dictionaries, is in it.
"""

from __future__ import annotations

import argparse
import json
import multiprocessing
import time
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

import duckdb
import polars as pl

from flows import furniture
from flows.chunk import through
from flows.intake.sources import declared
from flows.pipeline import PIPELINE
from flows.settings import CHUNK_BYTES, Home, cores, share_cores
from transforms.tables.views import DistinctDocument

STAGES = tuple(stage for stage in PIPELINE if stage.name in ("clean", "convert"))
# As in a night: a chunk of these stages holds twice the usual text.
BYTES = 2 * CHUNK_BYTES
ROUNDS = 3


def measured(home: Home) -> dict[str, float]:
    """MB of text, CPU-seconds of a first chunk, of all chunks at their best, and MB a CPU-second."""
    with duckdb.connect(str(home.work), read_only=True) as store:
        documents = store.sql(f"select * from {DistinctDocument.NAME} order by document_id").pl()
    number = documents["text"].str.len_bytes().cum_sum() // BYTES
    chunks = [documents.filter(number == place) for place in number.unique().sort()]
    known: dict[str, pl.DataFrame] = {"sources": declared(home), "furniture": furniture.declared(home)}
    first = seconds(chunks[:1], known)
    best = min(seconds(chunks, known) for _ in range(ROUNDS))
    size = float(documents["text"].str.len_bytes().sum()) / 1e6
    return {
        "documents": documents.height,
        "mb": round(size, 2),
        "chunks": len(chunks),
        "first_chunk_cpu_seconds": round(first, 2),
        "cpu_seconds": round(best, 2),
        "mb_per_cpu_second": round(size / best, 1),
    }


def seconds(chunks: list[pl.DataFrame], known: dict[str, pl.DataFrame]) -> float:
    """CPU-seconds of cleaning and converting the chunks, their rows checked."""
    begun = time.process_time()
    for chunk in chunks:
        through(STAGES, [chunk], known)
    return time.process_time() - begun


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("home", type=Path)
    home = Home(parser.parse_args().home.resolve())
    # Threads and the ways memory is asked for are settled when a process begins.
    share_cores(cores())
    with ProcessPoolExecutor(1, multiprocessing.get_context("spawn")) as worker:
        print(json.dumps(worker.submit(measured, home).result(), indent=1))
