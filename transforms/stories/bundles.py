"""Which articles of one day tell the same event."""

from __future__ import annotations

from heapq import heapify, heappop, heappush

import polars as pl

TOGETHER = 2_000
"""Mean score between two bundles from which they are one, ten-thousandths; a pair without a link counts 0."""


def story_bundles(story_articles: pl.DataFrame, story_links: pl.DataFrame) -> pl.DataFrame:
    """One row per article: `document_id`, `voice_id`, `story_on`, `bundle_id`, `centrality`, sorted by document.

    `story_articles` are all articles of some days, `story_links` the links between two of the same day. The closest
    two bundles become one as long as their articles are linked well enough on average: one article that speaks of two
    events does not join them.
    """
    linked = story_links.filter(pl.col("gap_days") == 0).sort("document_id", "other_document_id")
    joined = _joined(list(linked.select("document_id", "other_document_id", "score").iter_rows()))
    of = pl.DataFrame(
        {"document_id": list(joined), "bundle_id": list(joined.values())},
        schema={"document_id": pl.String, "bundle_id": pl.String},
    )
    central = (
        pl.concat(
            [linked, linked.rename({"document_id": "other_document_id", "other_document_id": "document_id"})],
            how="diagonal",
        )
        .join(of, on="document_id")
        .join(of, left_on="other_document_id", right_on="document_id", suffix="_other")
        .filter(pl.col("bundle_id") == pl.col("bundle_id_other"))
        .group_by("document_id")
        .agg(centrality=pl.col("score").clip(0).sum())
    )
    return (
        story_articles.join(of, on="document_id", how="left")
        .join(central, on="document_id", how="left")
        .select(
            "document_id",
            "voice_id",
            "story_on",
            bundle_id=pl.coalesce("bundle_id", "document_id"),
            centrality=pl.col("centrality").fill_null(0),
        )
        .sort("document_id")
    )


def _joined(links: list[tuple[str, str, int]]) -> dict[str, str]:
    """The bundle of every linked article, named for its smallest: average linkage, the closest two first.

    Equal means are taken in the order of the names, and sums are of whole numbers: the result depends on the links
    alone. A heap entry is stale when its mean is no longer the mean of the two.
    """
    sums: dict[str, dict[str, int]] = {}
    for one, two, score in links:
        sums.setdefault(one, {})[two] = score
        sums.setdefault(two, {})[one] = score
    members = {name: [name] for name in sums}

    def entry(one: str, two: str) -> tuple[float, str, str]:
        mean = sums[one][two] / (len(members[one]) * len(members[two]))
        return -mean, min(one, two), max(one, two)

    heap = [entry(one, two) for one, row in sums.items() for two in row if one < two]
    heapify(heap)
    while heap and -heap[0][0] >= TOGETHER:
        closest = heappop(heap)
        _, kept, taken = closest
        if taken not in sums.get(kept, {}) or closest != entry(kept, taken):
            continue
        members[kept] += members.pop(taken)
        row = sums.pop(taken)
        for other, score in row.items():
            del sums[other][taken]
            if other != kept:
                sums[kept][other] = sums[other][kept] = sums[kept].get(other, 0) + score
        for other in sums[kept]:
            heappush(heap, entry(kept, other))
    return {name: bundle for bundle, names in members.items() for name in names}
