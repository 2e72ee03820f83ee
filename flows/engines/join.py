"""The counting join of all documents by a cluster: keys dealt, counted, added up, loaded by the one writer."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain

import polars as pl

from flows.engines.engine import Cluster
from flows.engines.exchange import Exchange
from transforms.dedup import candidates
from warehouse.store import Store, sql

# Rows of keys one worker deals, or counts, at a time; a row takes some 40 bytes.
SHARD_ROWS = 1_000_000

Parts = dict[int, str]


def count_on(cluster: Cluster, store: Store) -> None:
    """Fill the temporary table `counted` from `carriers` and `askers`, as `warehouse.candidates.counted` does.

    This process sees one shard of the keys, or one partition of the pairs, at a time.
    """
    exchange = cluster.exchange
    rows = int(store.rows("select count(*) from carriers")[0][0])
    partitions = max(cluster.size, rows // SHARD_ROWS + 1)
    shards: list[str] = []
    dealt = by_partition(
        cluster.run(deal, ((exchange, name, partitions) for name in shared_keys(store, exchange, shards)))
    )
    exchange.drop(shards)
    counted = by_partition(cluster.run(count, [(exchange, names, partitions) for names in dealt]))
    exchange.drop(chain.from_iterable(dealt))
    for name in cluster.run(add, [(exchange, names) for names in counted]):
        with store.given("pairs_counted", exchange.read(name)):
            store.execute(sql("joined/load"))
        exchange.drop([name])
    exchange.drop(chain.from_iterable(counted))


def shared_keys(store: Store, exchange: Exchange, shards: list[str]) -> Iterator[str]:
    """Leave all keys that may bring documents together in the exchange; the names of the shards, also in `shards`."""
    last = int(store.rows("select coalesce(max(rowid), -1) from carriers")[0][0])
    for first in range(0, last + 1, SHARD_ROWS):
        keys = store.read(sql("joined/keys"), {"first": first, "last": first + SHARD_ROWS - 1})
        if keys.height:
            typed = keys.select(pl.col(name).cast(kind) for name, kind in candidates.KEYS.items())
            shards.append(exchange.write(typed))
            yield shards[-1]


def by_partition(results: Iterator[Parts]) -> list[list[str]]:
    """The files of each partition, in the order of those who wrote them."""
    found: dict[int, list[str]] = {}
    for parts in results:
        for partition, name in parts.items():
            found.setdefault(partition, []).append(name)
    return [found[partition] for partition in sorted(found)]


def deal(exchange: Exchange, name: str, partitions: int) -> Parts:
    """On a worker: the keys of a shard, by their hash."""
    parts = candidates.dealt(exchange.read(name), ["clause_hash"], partitions)
    return {partition: exchange.write(part) for partition, part in parts.items()}


def count(exchange: Exchange, names: list[str], partitions: int) -> Parts:
    """On a worker: what the keys of a partition say of each pair, by the pair."""
    counts = candidates.counted(pl.concat(exchange.read(name) for name in names))
    parts = candidates.dealt(counts, candidates.PAIR, partitions)
    return {partition: exchange.write(part) for partition, part in parts.items()}


def add(exchange: Exchange, names: list[str]) -> str:
    """On a worker: what all keys say of the pairs of a partition."""
    return exchange.write(candidates.added([exchange.read(name) for name in names]))
