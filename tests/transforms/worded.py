"""Articles of a title and a body, to be cut into words."""

from __future__ import annotations

import polars as pl


def documents(*texts: tuple[str | None, str]) -> pl.DataFrame:
    """An article of each title and body, numbered from 0 on."""
    return pl.DataFrame(
        {
            "document_id": [f"{n:016x}" for n in range(len(texts))],
            "title_hans": pl.Series([title for title, _ in texts], dtype=pl.String),
            "body_hans": pl.Series([body for _, body in texts], dtype=pl.String),
            "headings": pl.Series([[] for _ in texts], dtype=pl.List(pl.Struct({"text_hans": pl.String}))),
        }
    )
