"""What tells two fillings of one template apart: figures, and the names of places, bodies and works."""

from __future__ import annotations

import polars as pl

_NUMERALS = "零〇一二三四五六七八九十百千万亿两"
# A lone Chinese numeral is mostly no figure at all (一些, 统一); it counts with an ordinal mark or a unit of time.
FIGURE = (
    r"[0-9]+(?:[.,:][0-9]+)*"
    rf"|第[{_NUMERALS}]+"
    rf"|[{_NUMERALS}]{{2,}}"
    rf"|[{_NUMERALS}](?:月|日|季度|成|倍)"
)


def by_part(patterns: pl.DataFrame) -> dict[str, str]:
    """The rules of each part of seeds/comparison_patterns.csv as one pattern, in the order of the file."""
    return dict(patterns.group_by("part", maintain_order=True).agg(pl.col("pattern").str.join("|")).iter_rows())
