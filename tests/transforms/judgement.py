"""The seed tables of reading metadata and of comparing texts, as the product ships them."""

from __future__ import annotations

import seeds
from transforms.metadata import Judgement

PAGES = tuple(map(seeds.table, ("agencies", "byline_cues", "dateline_places", "credit_surnames", "page_patterns")))
SHIPPED = Judgement(*PAGES)
COMPARING = seeds.table("comparison_patterns")
