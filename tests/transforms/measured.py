"""Short articles, and the quantities read out of them."""

from __future__ import annotations

from datetime import date
from typing import Any

import polars as pl

import seeds
from transforms.figures import figures

UNITS, IDIOMS = seeds.table("units"), seeds.table("figure_idioms")
HEADING = pl.List(pl.Struct({"ordinal": pl.Int64, "text_hans": pl.String, "before_paragraph": pl.Int64}))


def documents(
    *bodies: str,
    title: str | None = None,
    headings: tuple[str, ...] = (),
    region: str | None = "CN",
    origin: str = "native",
) -> pl.DataFrame:
    heading_rows = [{"ordinal": i, "text_hans": text, "before_paragraph": 0} for i, text in enumerate(headings)]
    return pl.DataFrame(
        {
            "document_id": [f"{i:016x}" for i in range(len(bodies))],
            "title_hans": [title] * len(bodies),
            "body_hans": list(bodies),
            "headings": [heading_rows] * len(bodies),
            "published_on": [date(2024, 4, 17)] * len(bodies),
            "script": ["Hant" if region != "CN" or origin != "native" else "Hans"] * len(bodies),
            "script_region": [region] * len(bodies),
            "script_origin": [origin] * len(bodies),
        },
        schema={
            "document_id": pl.String, "title_hans": pl.String, "body_hans": pl.String, "headings": HEADING,
            "published_on": pl.Date, "script": pl.String, "script_region": pl.String, "script_origin": pl.String,
        },
    )  # fmt: skip


def found(body: str) -> list[dict[str, Any]]:
    """The figures of one body."""
    return figures(documents(body), UNITS, IDIOMS).to_dicts()


def found_in(bodies: list[str]) -> dict[str, list[dict[str, Any]]]:
    """The figures of each body, all of them read at once."""
    each = [*dict.fromkeys(bodies)]
    told: dict[str, list[dict[str, Any]]] = {body: [] for body in each}
    for row in figures(documents(*each), UNITS, IDIOMS).iter_rows(named=True):
        told[each[int(row["document_id"], 16)]].append(row)
    return told
