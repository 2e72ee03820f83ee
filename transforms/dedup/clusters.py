"""Which documents are one article, and which of them is published."""

from __future__ import annotations

import polars as pl

# A document shorter than this share of the median of its copies has lost text.
_COMPLETE_SHARE = 0.9
_RECORD = ["source_id", "natural_id"]


def _both_ways(pairs: pl.DataFrame) -> pl.DataFrame:
    """Every copy pair from either side: `one`, `two`, `one_is_cut`, and what the pair says."""
    copied = pairs.filter(pl.col("is_copy"))
    cut = pl.col("verdict") == "truncated"
    ahead = copied.with_columns(one="document_id", two="other_document_id", one_is_cut=cut & ~pl.col("is_reversed"))
    back = copied.with_columns(one="other_document_id", two="document_id", one_is_cut=cut & pl.col("is_reversed"))
    return pl.concat([ahead, back]).select("one", "two", "one_is_cut", "verdict", "jaccard", "containment")


def _ranked(documents: pl.DataFrame, links: pl.DataFrame, sources: pl.DataFrame) -> pl.DataFrame:
    """The documents with `rank`: 0 is the best survivor there is; `merit` is the rank had nothing been taken back."""
    sizes = documents.select("document_id", "char_count")
    against = (
        links.join(sizes, left_on="two", right_on="document_id")
        .group_by(document_id="one")
        .agg(is_cut=pl.col("one_is_cut").mean() > 0.5, usual=pl.col("char_count").median())
    )
    is_short = pl.col("char_count") < _COMPLETE_SHARE * pl.col("usual")
    return (
        documents.join(against, on="document_id", how="left")
        .join(sources.select("source_id", "trust"), on="source_id", how="left")
        .select(
            "document_id",
            is_cut=pl.col("is_cut").fill_null(False),
            is_short=is_short.fill_null(False),
            is_converted=(pl.col("script_origin").fill_null("native") != "native"),
            distrust=-pl.col("trust").fill_null(0.0),
            at=pl.coalesce("published_at_utc", pl.col("published_on").cast(pl.Datetime("us"))),
            repair_count="repair_count",
            is_retracted=pl.col("retracted_night").is_not_null(),
        )
        .sort(
            "is_cut",
            "is_short",
            "is_converted",
            "distrust",
            "at",
            "repair_count",
            "document_id",
            nulls_last=True,
        )
        .with_row_index("merit")
        .sort("is_retracted", "merit")
        .with_row_index("rank")
        .select("document_id", "rank", "merit")
    )


def _survivors(links: pl.DataFrame, ranks: pl.DataFrame) -> dict[str, str]:
    """The survivor of every document that has a copy and is not one itself.

    Best rank first: a document no better one has claimed survives and claims its copies. This is the same as choosing
    the best of each connected component, giving it its verified copies, and doing so again with what remains.
    """
    ordered = (
        links.join(ranks, left_on="one", right_on="document_id")
        .join(ranks, left_on="two", right_on="document_id", suffix="_two")
        .filter(pl.col("rank") < pl.col("rank_two"))
        .sort("rank", "rank_two")
    )
    claimed: dict[str, str] = {}
    for best, copy in ordered.select("one", "two").iter_rows():
        if best not in claimed and copy not in claimed:
            claimed[copy] = best
    return claimed


def _superseded(documents: pl.DataFrame, pairs: pl.DataFrame) -> dict[str, str]:
    """The current version of every superseded document.

    A source may reuse an id for another article: an older document under the same id is a version only if the id is
    an address, or the titles agree, or the two share text.
    """
    records = (
        documents.filter(pl.col("natural_id").is_not_null() & (pl.len().over(_RECORD) > 1))
        .sort("night", "published_at_utc", "document_id", descending=True, nulls_last=True)
        .select(*_RECORD, "document_id", "title_hans")
    )
    ids = records["document_id"].to_list()
    related = pairs.filter(pl.col("document_id").is_in(ids) & pl.col("other_document_id").is_in(ids))
    met = {frozenset(pair) for pair in related.select("document_id", "other_document_id").iter_rows()}
    current_of: dict[str, str] = {}
    versions: dict[tuple[str, str], dict[str, list[tuple[str, str | None]]]] = {}
    for source, natural, document, title in records.iter_rows():
        chains = versions.setdefault((source, natural), {})
        for current, chain in chains.items():
            if _is_address(natural) or any(title == other or frozenset((document, id_)) in met for id_, other in chain):
                current_of[document] = current
                chain.append((document, title))
                break
        else:
            chains[document] = [(document, title)]
    return current_of


def _is_address(natural_id: str) -> bool:
    return "/" in natural_id


def _mapping(found: dict[str, str], value: str) -> pl.DataFrame:
    schema = {"document_id": pl.String, value: pl.String}
    return pl.DataFrame({"document_id": list(found), value: list(found.values())}, schema=schema)


def _with_survivors(documents: pl.DataFrame, pairs: pl.DataFrame, sources: pl.DataFrame) -> pl.DataFrame:
    """The documents with `survivor_document_id`, `is_superseded` and `rank`, NULL for a superseded one."""
    current_of = _mapping(_superseded(documents, pairs), "current")
    current = documents.join(current_of, on="document_id", how="anti")
    links = _both_ways(pairs).join(current_of, left_on="one", right_on="document_id", how="anti")
    links = links.join(current_of, left_on="two", right_on="document_id", how="anti")
    ranks = _ranked(current, links, sources)
    claimed = _mapping(_survivors(links, ranks), "survivor_document_id")
    return (
        documents.join(current_of, on="document_id", how="left")
        .join(ranks, on="document_id", how="left")
        .with_columns(
            is_superseded=pl.col("current").is_not_null(), current=pl.coalesce("current", pl.col("document_id"))
        )
        .join(claimed, left_on="current", right_on="document_id", how="left")
        .with_columns(pl.coalesce("survivor_document_id", "current"))
    )


def copies(pairs: pl.DataFrame, documents: pl.DataFrame, sources: pl.DataFrame) -> pl.DataFrame:
    """The article every document belongs to, and the copy of it that is published.

    Survivor of a cluster, by the first that decides: not cut off (against most of its copies); complete (at
    least .9 of the median length of its copies); native script before converted; trust of the source; earliest
    published (unknown last); fewest repairs; smallest document_id. A document is a copy only if its own pair with the
    survivor says so; what remains of a chain is clustered again by itself.

    Documents of one (source_id, natural_id) are versions of one record: the latest by (night, published_at_utc,
    document_id) is current, the others are superseded, belong to the article of the current one and are never its
    survivor. Exception, an id used twice: the id is no address (has no slash), the titles differ and the texts share
    less than a fifth (no pair): these are different articles.

    A document its source took back (`retracted_night`) survives only where all of its copies were taken back too; then
    nothing of the cluster is published, and its row keeps the history.

    Args:
        pairs: Rows of core.Pair between the documents.
        documents: All accepted documents: `document_id`, `source_id`, `natural_id`, `night`, `title_hans`,
            `published_at_utc`, `published_on`, `char_count`, `repair_count`, `script_origin`,
            `retracted_night`.
        sources: `source_id`, `trust`; an unknown source has trust 0.

    Returns:
        Rows of core.Copy, one per document, sorted by document. article_id is the cluster's first member by (night,
        document_id). survivor_rank tells who would have been published without the better ones, had nobody taken anything
        back: superseded documents come last, the latest of them first.
    """
    said = _both_ways(pairs.with_columns(is_copy=True)).select(
        "verdict", "jaccard", "containment", document_id="one", survivor_document_id="two"
    )
    is_survivor = pl.col("document_id") == pl.col("survivor_document_id")
    first = pl.col("document_id").sort_by("night", "document_id").first().over("survivor_document_id")
    best_first = ["is_superseded", "merit", "night", "document_id"]
    return (
        _with_survivors(documents, pairs, sources)
        .sort(best_first, descending=[False, False, True, False], nulls_last=True)
        .with_columns(survivor_rank=pl.int_range(pl.len()).over("survivor_document_id"))
        .join(said, on=["document_id", "survivor_document_id"], how="left")
        .select(
            "document_id",
            article_id=first,
            survivor_document_id="survivor_document_id",
            survivor_rank="survivor_rank",
            is_superseded="is_superseded",
            retracted_night="retracted_night",
            verdict=pl.when(is_survivor)
            .then(pl.lit("original"))
            .otherwise(pl.col("verdict").fill_null(pl.lit("near"))),
            matched_document_id=pl.when(~is_survivor).then("survivor_document_id"),
            jaccard="jaccard",
            containment="containment",
        )
        .sort("document_id")
    )
