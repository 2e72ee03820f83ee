"""How different articles relate: from pairs of documents to pairs of articles."""

from __future__ import annotations

import polars as pl

from transforms.dedup.bodies import speaker

_KEY = ["article_id", "other_article_id", "relation"]
_DIRECTED = ["excerpt_of", "update_of"]
_OF_BOTH = r"([^\s;,|]+)\|([^\s;,|]+)"


def relations(pairs: pl.DataFrame, copies: pl.DataFrame) -> pl.DataFrame:
    """The relations between different articles, each read from the first to the other.

    An excerpt relates to its whole, an update to what it updates; `overlaps` and `sibling` hold both ways and stand
    under either article, so that who asks for the siblings of one article finds all of them. Superseded and
    retracted documents relate to nothing. Of several pairs that say the same the best counts.

    Args:
        pairs: Rows of core.Pair, of the documents of one body its speaker (the smallest id).
        copies: Rows of core.Copy of all documents.

    Returns:
        Rows of core.Relation, sorted by key; `score` is the containment for parts, the Jaccard index otherwise;
        what the evidence says of both texts it says of the first article's first.
    """
    articles = (
        copies.with_columns(document_id=speaker())
        .filter(~pl.col("is_superseded") & pl.col("retracted_night").is_null())
        .select("document_id", "article_id")
        .unique()
    )
    part = pl.col("relation").is_in(["excerpt_of", "overlaps"])
    told = (
        pairs.filter(pl.col("relation").is_not_null())
        .join(articles, on="document_id")
        .join(articles.rename({"document_id": "other_document_id"}), on="other_document_id", suffix="_two")
        .filter(pl.col("article_id") != pl.col("article_id_two"))
        .with_columns(score=pl.when(part).then("containment").otherwise("jaccard"))
    )
    is_directed = pl.col("relation").is_in(_DIRECTED)
    said = ["article_id", "article_id_two", "relation", "score", "evidence"]
    ahead = told.filter(~is_directed | ~pl.col("is_reversed")).select(said)
    back = told.filter(~is_directed | pl.col("is_reversed")).select(
        pl.col("article_id_two").alias("article_id"),
        pl.col("article_id").alias("article_id_two"),
        "relation",
        "score",
        pl.col("evidence").str.replace_all(_OF_BOTH, "${2}|${1}"),
    )
    return (
        pl.concat([ahead, back])
        .rename({"article_id_two": "other_article_id"})
        .sort(*_KEY, "score", "evidence", descending=[False, False, False, True, False])
        .unique(_KEY, keep="first", maintain_order=True)
    )
