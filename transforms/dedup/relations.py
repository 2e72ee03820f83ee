"""How different articles relate: from pairs of documents to pairs of articles."""

from __future__ import annotations

import polars as pl

_KEY = ["article_id", "other_article_id", "relation"]
_DIRECTED = ["excerpt_of", "update_of"]


def relations(pairs: pl.DataFrame, copies: pl.DataFrame) -> pl.DataFrame:
    """The relations between different articles, each read from the first to the other.

    An excerpt relates to its whole, an update to what it updates; the others hold both ways and stand once, smaller
    article_id first. Superseded documents relate to nothing. Of several pairs that say the same the best counts.

    Args:
        pairs: Rows of core.Pair.
        copies: Rows of core.Copy of their documents.

    Returns:
        Rows of core.Relation, sorted by key; `score` is the containment for parts, the Jaccard index otherwise.
    """
    articles = copies.filter(~pl.col("is_superseded")).select("document_id", "article_id")
    one, two = pl.col("article_id"), pl.col("article_id_two")
    is_directed = pl.col("relation").is_in(_DIRECTED)
    turns = pl.when(is_directed).then("is_reversed").otherwise(one > two)
    is_part = pl.col("relation").is_in(["excerpt_of", "overlaps"])
    return (
        pairs.filter(pl.col("relation").is_not_null())
        .join(articles, on="document_id")
        .join(articles.rename({"document_id": "other_document_id"}), on="other_document_id", suffix="_two")
        .filter(one != two)
        .select(
            article_id=pl.when(turns).then(two).otherwise(one),
            other_article_id=pl.when(turns).then(one).otherwise(two),
            relation="relation",
            score=pl.when(is_part).then("containment").otherwise("jaccard"),
            evidence="evidence",
        )
        .sort(*_KEY, "score", "evidence", descending=[False, False, False, True, False])
        .unique(_KEY, keep="first", maintain_order=True)
    )
