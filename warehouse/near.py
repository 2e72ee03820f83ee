"""Which articles of some days share enough of their terms to be weighed as a pair: counted by sorting."""

from __future__ import annotations

import duckdb

from warehouse.store import sql

# Pairs held at a time: bounds the memory, changes nothing else.
PAIRS_AT_ONCE = 5_000_000
# Two shared terms are chance.
LEAST_TERMS = 3


def gather(connection: duckdb.DuckDBPyConnection) -> None:
    """Fill what `chunk/story_pairs.sql` reads for the days of the temporary table `chunk`, see `rare.sql`, `close.sql`.

    A pair stands among those that were met once for each term the two share. Nearly all share one, so that sorting the
    pairs and looking a few places back costs a quarter of grouping them.
    """
    connection.execute(sql("stories/rare")).fetchall()
    for first, last in connection.execute(sql("stories/batches"), {"pairs": PAIRS_AT_ONCE}).fetchall():
        met = connection.sql(sql("stories/met"), params={"first": first, "last": last}).pl()["pair"].sort()
        often = met.filter(met == met.shift(LEAST_TERMS - 1)).unique().to_frame()
        connection.register("met_often", often.to_arrow())
        connection.execute("insert into near select pair >> 32, pair & 4294967295 from met_often").fetchall()
        connection.unregister("met_often")
    connection.execute(sql("stories/close")).fetchall()
