"""Which documents are one article, and which of them is published."""

from __future__ import annotations

import polars as pl

from transforms.dedup.bodies import is_other_script, speaker
from transforms.dedup.titles import padded

# A document shorter than this share of the median of its copies has lost text.
_COMPLETE_SHARE = 0.9
_RECORD = ["source_id", "natural_id"]
# Verdicts between which the scripts of the two documents decide; a speaker's may be another than its document's.
_BY_SCRIPT = ["exact", "near", "cross_script"]
_COLUMNS = [
    "document_id",
    "body_hash",
    "article_id",
    "survivor_document_id",
    "survivor_rank",
    "is_superseded",
    "retracted_night",
    "verdict",
    "matched_document_id",
    "jaccard",
    "containment",
]


def _both_ways(pairs: pl.DataFrame) -> pl.DataFrame:
    """Every pair from either side: `one`, `two` (bodies, by their speakers), `one_is_cut`, and what the pair says."""
    cut = pl.col("verdict") == "truncated"
    ahead = pairs.with_columns(one="document_id", two="other_document_id", one_is_cut=cut & ~pl.col("is_reversed"))
    back = pairs.with_columns(one="other_document_id", two="document_id", one_is_cut=cut & pl.col("is_reversed"))
    return pl.concat([ahead, back]).select("one", "two", "is_copy", "one_is_cut", "verdict", "jaccard", "containment")


def _measures(documents: pl.DataFrame, links: pl.DataFrame) -> pl.DataFrame:
    """Of every body that has copies: `is_cut` (against most other texts), `usual` (the copies' median length)."""
    sizes = documents.select("body", "char_count")
    near = links.join(sizes, left_on="two", right_on="body").select("one_is_cut", "char_count", body="one")
    alike = documents.filter(pl.col("document_id") != pl.col("document_id").min().over("body")).select(
        "char_count", "body", one_is_cut=pl.lit(None, pl.Boolean)
    )
    return (
        pl.concat([near, alike.select(near.columns)])
        .group_by("body")
        .agg(is_cut=pl.col("one_is_cut").mean() > 0.5, usual=pl.col("char_count").median())
    )


def _ranked(documents: pl.DataFrame, links: pl.DataFrame, sources: pl.DataFrame) -> pl.DataFrame:
    """The documents with `rank`: 0 is the best survivor there is; `merit` is the rank had nothing been taken back."""
    has_foreign_words = pl.col("document_id").is_in(padded(documents, links)["document_id"].implode())
    is_short = pl.col("char_count") < _COMPLETE_SHARE * pl.col("usual")
    return (
        documents.join(_measures(documents, links), on="body", how="left")
        .join(sources.select("source_id", "trust"), on="source_id", how="left")
        .select(
            "document_id",
            "body",
            is_cut=pl.col("is_cut").fill_null(False),
            is_short=is_short.fill_null(False),
            is_padded=has_foreign_words,
            is_converted=(pl.col("script_origin").fill_null("native") != "native"),
            distrust=-pl.col("trust").fill_null(0.0),
            at=pl.coalesce("published_at_utc", pl.col("published_on").cast(pl.Datetime("us"))),
            repair_count="repair_count",
            is_retracted=pl.col("retracted_night").is_not_null(),
        )
        .sort(
            "is_cut",
            "is_short",
            "is_padded",
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
        .select("document_id", "body", "rank", "merit")
    )


def _survivors(links: pl.DataFrame, ranks: pl.DataFrame) -> pl.DataFrame:
    """The survivor of every body: `body`, `survivor_document_id`.

    Best rank first: a body no better one has claimed survives and claims its copies. This is the same as choosing
    the best of each connected component, giving it its verified copies, and doing so again with what remains.
    """
    best = ranks.sort("rank").unique("body", keep="first", maintain_order=True)
    ordered = (
        links.join(best, left_on="one", right_on="body")
        .join(best, left_on="two", right_on="body", suffix="_two")
        .filter(pl.col("rank") < pl.col("rank_two"))
        .sort("rank", "rank_two")
    )
    claimed: dict[str, str] = {}
    for better, copy in ordered.select("one", "two").iter_rows():
        if better not in claimed and copy not in claimed:
            claimed[copy] = better
    return (
        best.join(_mapping(claimed, "body", "claimed_by"), on="body", how="left")
        .with_columns(top=pl.coalesce("claimed_by", "body"))
        .join(best.select(top="body", survivor_document_id="document_id"), on="top")
        .select("body", "survivor_document_id")
    )


def _superseded(documents: pl.DataFrame, pairs: pl.DataFrame) -> dict[str, str]:
    """The current version of every superseded document.

    A source may reuse an id for another article: an older document under the same id is a version only if the id is
    an address, or the titles agree, or the two share text.
    """
    records = (
        documents.filter(pl.col("natural_id").is_not_null() & (pl.len().over(_RECORD) > 1))
        .sort("night", "published_on", "published_at_utc", "document_id", descending=True, nulls_last=True)
        .select(*_RECORD, "document_id", "body", "title_hans")
    )
    bodies = records["body"].unique().to_list()
    related = pairs.filter(pl.col("document_id").is_in(bodies) & pl.col("other_document_id").is_in(bodies))
    met = {frozenset(pair) for pair in related.select("document_id", "other_document_id").iter_rows()}
    met |= {frozenset((body,)) for body in bodies}
    current_of: dict[str, str] = {}
    versions: dict[tuple[str, str], dict[str, list[tuple[str, str | None]]]] = {}
    for source, natural, document, body, title in records.iter_rows():
        chains = versions.setdefault((source, natural), {})
        for current, chain in chains.items():
            if _is_address(natural) or any(title == other or frozenset((body, id_)) in met for id_, other in chain):
                current_of[document] = current
                chain.append((body, title))
                break
        else:
            chains[document] = [(body, title)]
    return current_of


def _is_address(natural_id: str) -> bool:
    return "/" in natural_id


def _mapping(found: dict[str, str], key: str, value: str) -> pl.DataFrame:
    return pl.DataFrame({key: list(found), value: list(found.values())}, schema={key: pl.String, value: pl.String})


def _with_survivors(documents: pl.DataFrame, pairs: pl.DataFrame, sources: pl.DataFrame) -> pl.DataFrame:
    """The documents with `survivor_document_id`, `is_superseded`, and `rank` and `merit`, NULL for a superseded one."""
    current_of = _mapping(_superseded(documents, pairs), "document_id", "current")
    current = documents.join(current_of, on="document_id", how="anti")
    links = _both_ways(pairs.filter("is_copy"))
    for side in ("one", "two"):
        links = links.join(current, left_on=side, right_on="body", how="semi")
    ranks = _ranked(current, links, sources)
    chosen = current.select("document_id", "body").join(_survivors(links, ranks), on="body").drop("body")
    return (
        documents.join(current_of, on="document_id", how="left")
        .join(ranks.drop("body"), on="document_id", how="left")
        .with_columns(
            is_superseded=pl.col("current").is_not_null(), current=pl.coalesce("current", pl.col("document_id"))
        )
        .join(chosen.rename({"document_id": "current"}), on="current", how="left")
    )


def _told(documents: pl.DataFrame, pairs: pl.DataFrame) -> pl.DataFrame:
    """The documents with `verdict`, `jaccard`, `containment`: what each is to its survivor."""
    said = _both_ways(pairs).select("verdict", "jaccard", "containment", body="one", survivor_body="two")
    survivors = documents.select(
        survivor_document_id="document_id",
        survivor_body="body",
        survivor_script="script",
        survivor_origin="script_origin",
    ).unique()
    is_survivor = pl.col("document_id") == pl.col("survivor_document_id")
    same_body = pl.col("body") == pl.col("survivor_body")
    across = pl.when(is_other_script("script", "script_origin", "survivor_script", "survivor_origin")).then(
        pl.lit("cross_script")
    )
    measures = (
        pl.when(is_survivor).then(None).when(same_body).then(1.0).otherwise(name).alias(name)
        for name in ("jaccard", "containment")
    )
    return (
        documents.join(survivors, on="survivor_document_id", how="left")
        .join(said, on=["body", "survivor_body"], how="left")
        .with_columns(
            *measures,
            verdict=pl.when(is_survivor)
            .then(pl.lit("original"))
            .when(same_body)
            .then(across.otherwise(pl.lit("exact")))
            .when(pl.col("verdict").is_in(_BY_SCRIPT))
            .then(across.otherwise(pl.col("verdict").replace("cross_script", "near")))
            .otherwise(pl.col("verdict").fill_null("near")),
            matched_document_id=pl.when(~is_survivor).then("survivor_document_id"),
        )
    )


def _is_alone(pairs: pl.DataFrame) -> pl.Expr:
    """Whether no other document is a copy or another version of this one: most are, and need no more to be known of them."""
    copied = pairs.filter("is_copy")
    met = pl.concat([copied["document_id"], copied["other_document_id"]]).unique()
    body, natural, record = pl.col("body_hash"), pl.col("natural_id"), pl.struct(_RECORD)
    return (
        (body.is_null() | body.is_unique())
        & (natural.is_null() | record.is_unique())
        & ~pl.col("document_id").is_in(met.implode())
    )


def _of_their_own(documents: pl.DataFrame) -> pl.DataFrame:
    """What `copies` says of documents that are alone."""
    nothing = pl.lit(None)
    return documents.select(
        "document_id",
        "body_hash",
        article_id="document_id",
        survivor_document_id="document_id",
        survivor_rank=pl.lit(0, pl.Int64),
        is_superseded=pl.lit(False),
        retracted_night="retracted_night",
        verdict=pl.lit("original"),
        matched_document_id=nothing.cast(pl.String),
        jaccard=nothing.cast(pl.Float64),
        containment=nothing.cast(pl.Float64),
    )


def _clustered(documents: pl.DataFrame, pairs: pl.DataFrame, sources: pl.DataFrame) -> pl.DataFrame:
    """What `copies` says of documents that are not alone."""
    first = pl.col("document_id").sort_by("night", "document_id").first().over("survivor_document_id")
    best_first = ["is_superseded", "merit", "night", "document_id"]
    return (
        _told(_with_survivors(documents.with_columns(body=speaker()), pairs, sources), pairs)
        .sort(best_first, descending=[False, False, True, False], nulls_last=True)
        .with_columns(survivor_rank=pl.int_range(pl.len()).over("survivor_document_id"), article_id=first)
        .select(_COLUMNS)
    )


def copies(pairs: pl.DataFrame, documents: pl.DataFrame, sources: pl.DataFrame) -> pl.DataFrame:
    """The article every document belongs to, and the copy of it that is published.

    Survivor of a cluster, by the first that decides: not cut off (against most of its copies' texts); complete (at
    least .9 of the median length of its copies); no words slipped into its title (see `padded`); native script before
    converted; trust of the source; earliest published (unknown last); fewest repairs; smallest document_id. A document is a copy only if its own pair with the
    survivor says so; what remains of a chain is clustered again by itself.

    Documents of one (source_id, natural_id) are versions of one record: the latest by (night, published_at_utc,
    document_id) is current, the others are superseded, belong to the article of the current one and are never its
    survivor. Exception, an id used twice: the id is no address (has no slash), the titles differ and the texts share
    less than a fifth (no pair): these are different articles.

    A document its source took back (`retracted_night`) survives only where all of its copies were taken back too; then
    nothing of the cluster is published, and its row keeps the history.

    Args:
        pairs: Rows of core.Pair between the documents, of those of one body its speaker (the smallest id).
        documents: All accepted documents: `document_id`, `body_hash`, `source_id`, `natural_id`, `night`, `title_hans`,
            `published_at_utc`, `published_on`, `char_count`, `repair_count`, `script`, `script_origin`,
            `retracted_night`.
        sources: `source_id`, `trust`; an unknown source has trust 0.

    Returns:
        Rows of core.Copy, one per document, sorted by document. article_id is the cluster's first member by (night,
        document_id). survivor_rank tells who would have been published without the better ones, had nobody taken anything
        back: superseded documents come last, the latest of them first.
    """
    is_alone = _is_alone(pairs)
    alone, others = documents.filter(is_alone), documents.filter(~is_alone)
    return pl.concat([_of_their_own(alone), _clustered(others, pairs, sources)]).sort("document_id")
