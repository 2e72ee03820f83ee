"""Rows of the seeds carry their proof: a text their pattern must hit, and one it must miss."""

from __future__ import annotations

from typing import Any

import polars as pl


def unproven(rules: pl.DataFrame) -> list[dict[str, Any]]:
    """The rows whose `pattern`, as polars reads it, does not find their `hit` or finds their `miss`, all at once."""
    hits, misses = (pl.col(text).str.contains(pl.col("pattern")) for text in ("hit", "miss"))
    return rules.filter(hits.ne_missing(True) | misses.ne_missing(False)).to_dicts()
