"""Which documents are worth comparing: those that share enough of their keys, at least one of them new."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import polars as pl

from transforms.tables import core, ops
from transforms.tables.stories import StoryBundle
from warehouse.store import Store, sql

# What `gather` works on, beside core.canonical_documents.
TABLES = (ops.Revision, ops.Done, ops.Touched, ops.Stock, core.Clause, core.Pair, StoryBundle)

# A key in more different bodies than this is stock (a set phrase, a daily form): it brings no two documents together,
# for its pairs would grow with the square of history.
MOST_BODIES = 200
# What two documents share in rare keys must stand for so many characters, with stock keys for one in so many
# characters of the shorter body. All keys of a body stand for a little more than its length.
LEAST_CHARS = 12
LEAST_SHARE = 5
# Pairs counted, keys weighed and keys sorted at a time: bounds the memory, changes nothing else.
PAIRS_AT_ONCE = 5_000_000
KEYS_AT_ONCE = 1_000_000
SORTED_AT_ONCE = 5_000_000
# Of a number of `compare/met_keys.sql`, those that say how many characters.
CHARS_BITS = 22


def counted(store: Store) -> None:
    """Fill the temporary table `counted` from `carriers` and `askers` by the counting join."""
    for first, last in store.rows(sql("compare/batches"), {"pairs": PAIRS_AT_ONCE}):
        met = store.read(sql("compare/met_keys"), {"first": first, "last": last})["packed"]
        with store.given("summed", summed(met)):
            store.execute(sql("compare/counted"), {"first": first})


def summed(met: pl.Series) -> pl.DataFrame:
    """`pair` and `shared_chars`, the sum of the characters of all numbers of one pair (see `compare/met_keys.sql`)."""
    packed = met.sort().to_numpy()
    pairs = packed >> CHARS_BITS
    ends = np.flatnonzero(np.append(pairs[1:] != pairs[:-1], True)) if packed.size else np.array([], np.int64)
    totals = np.cumsum(packed & ((1 << CHARS_BITS) - 1))[ends]
    return pl.DataFrame({"pair": pairs[ends], "shared_chars": np.diff(totals, prepend=0)})


def share(store: Store) -> None:
    """Fill the temporary table `shared_keys` with what `asked` holds more than once, a portion of the keys at a time.

    Most keys stand in one document. Sorted, those that return stand side by side: a third of the work of counting all.
    """
    portions = portions_of(store, "from asked", SORTED_AT_ONCE)
    for portion in range(portions):
        query = "select clause_hash from asked where clause_hash & ($portions - 1) = $portion"
        keys = store.read(query, {"portion": portion, "portions": portions})["clause_hash"].sort()
        with store.given("found_twice", keys.filter(keys == keys.shift(1)).unique().to_frame()):
            store.execute("insert into shared_keys from found_twice")


def portions_of(store: Store, rows: str, most: int) -> int:
    """How many portions of about `most` rows at most there are, a power of two."""
    return 1 << (int(store.rows(f"select count(*) {rows}")[0][0]) // most).bit_length()


def weigh(store: Store) -> None:
    """Fill the temporary table `weights` from `spoken`, a portion of the keys at a time."""
    # Whoever is known is met by a key of somebody new.
    portions = portions_of(store, "from spoken where is_new", KEYS_AT_ONCE)
    for portion in range(portions):
        store.execute(sql("compare/weighed"), {"portion": portion, "portions": portions})


def gather(store: Store, most_bodies: int = MOST_BODIES, counting: Callable[[Store], None] = counted) -> None:
    """Fill the temporary table `found` with the candidate pairs of every document of `pending`, each with its chunk.

    Documents of one body are copies without being compared: the one with the smallest id speaks for all. Pairs that
    history has overtaken are taken back from core.pairs, so that what is compared in the end is the same whatever the
    order of the documents. A pair is found once, when the turn of the later of the two comes; documents are dealt to the
    chunks anew, so that those of one pair come together. `counting` does the one step whose cost grows with pairs.
    """
    limits = {"most_bodies": most_bodies, "least_chars": LEAST_CHARS, "least_share": LEAST_SHARE}
    for name, value in limits.items():
        store.execute(f"set variable {name} = {value}")
    store.execute(sql("compare/asked"))
    share(store)
    store.execute(sql("compare/carriers"))
    weigh(store)
    store.execute(sql("compare/bundled"))
    with store.transaction():
        store.execute(sql("compare/outdated"))
        # Seldom any: the books of all stages are long.
        if store.rows("select exists(from retold)")[0][0]:
            store.execute(sql("compare/retold"))
    counting(store)
    store.execute(sql("compare/found"))
    store.execute(sql("compare/dealt"))
