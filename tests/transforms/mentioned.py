"""Short articles, and the names read out of them."""

from __future__ import annotations

from typing import Any

import polars as pl

import seeds
from flows.pipeline import NAMES
from transforms.entities import mentions
from transforms.tables.base import seed_files
from transforms.tables.enrichment import Mention
from transforms.words import segmentations

SEEDS = [pl.concat(map(seeds.table, seed_files(table))) for table in NAMES]
HEADINGS = pl.List(pl.Struct({"text_hans": pl.String}))
Names = dict[str, dict[str, Any]]
"""Rows of Mention by their `entity_id`."""


def documents(bodies: list[str], title: str = "", first: int = 0) -> pl.DataFrame:
    """An article of each body, numbered from `first` on."""
    return pl.DataFrame(
        {
            "document_id": [f"{first + nth:016x}" for nth in range(len(bodies))],
            "title_hans": title,
            "body_hans": pl.Series(bodies, dtype=pl.String),
            "headings": pl.Series([[] for _ in bodies], dtype=HEADINGS),
        }
    )


def read(articles: pl.DataFrame) -> pl.DataFrame:
    """The mentions in articles."""
    return mentions(articles, segmentations(articles), *SEEDS)


def told(bodies: list[str], title: str = "") -> dict[str, Names]:
    """The names of each body, which stand where they are said to."""
    each = [*dict.fromkeys(bodies)]
    found: dict[str, Names] = {body: {} for body in each}
    for row in Mention.validate(read(documents(each, title))).iter_rows(named=True):
        body = each[int(row["document_id"], 16)]
        if row["first_offset"] is not None:
            assert body[row["first_offset"] :].startswith(row["surface"]), body
        found[body][row["entity_id"]] = row
    return found


def named(body: str, title: str = "") -> Names:
    """The names of one body."""
    return told([body], title)[body]
