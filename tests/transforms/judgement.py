"""The seed tables of reading records, pages, their metadata, and of comparing texts, as the product ships them."""

from __future__ import annotations

import polars as pl

import seeds
from transforms.metadata import Judgement

PAGES = tuple(
    map(seeds.table, ("agencies", "byline_cues", "dateline_places", "credit_surnames", "page_patterns", "month_names"))
)
FIELDS = (seeds.table("field_names"), seeds.table("field_values"))
SHIPPED = Judgement(*PAGES)
WEB = (pl.concat(map(seeds.table, ("html_words", "html_names"))), seeds.table("month_names"))
COMPARING = seeds.table("comparison_patterns")
