"""Documents of one body: copies word for word, of which one speaks for all wherever texts are compared."""

from __future__ import annotations

import polars as pl


def speaker() -> pl.Expr:
    """The smallest id among the documents of the same body: the one that stands in core.pairs for all of them.

    Of a frame that holds every document, with `document_id` and `body_hash`; a body without a letter is like no other.
    """
    alone = pl.col("body_hash").is_null()
    return pl.when(alone).then("document_id").otherwise(pl.col("document_id").min().over("body_hash"))


def is_other_script(script: str, origin: str, other_script: str, other_origin: str) -> pl.Expr:
    """Whether two documents came in different scripts, or converted in different ways; the four are column names."""
    one, two = (pl.col(name).fill_null("native") for name in (origin, other_origin))
    return (pl.col(script) != pl.col(other_script)) | (one != two)
