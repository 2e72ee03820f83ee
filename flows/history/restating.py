"""A record of an earlier night that brings a known document in and states another author, outlet or section for it."""

from __future__ import annotations

from collections.abc import Generator
from contextlib import contextmanager

import polars as pl

from flows.setting_aside import FIRST, take_back
from warehouse.store import Store, sql


@contextmanager
def restated(store: Store, documents: pl.Series) -> Generator[None]:
    """Take back what was made of those of `documents` whose first record comes to be another that states something else.

    An id names the text: author, outlet and section are those of the first record that brings it, in any order.
    """
    brought = documents.unique().rename("document_id").to_frame()
    with store.given("brought", brought):
        before = store.read(sql("intake/stated"))
    yield
    if before.is_empty():
        return
    with store.given("brought", before):
        now = store.read(sql("intake/stated"))
    changed = now.join(before, on=["document_id", "said"], how="anti", nulls_equal=True)
    if not changed.is_empty():
        take_back(store, changed.select(pl.lit(FIRST).alias("stage"), unit_id="document_id"), "restated")
