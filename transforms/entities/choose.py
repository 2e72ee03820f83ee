"""One meaning for every surface of a document: weak candidates need support, rivals give way, other names of one thing join."""

from __future__ import annotations

import polars as pl

from transforms.entities.letters import KEY

TYPE_RANK = {"none": 0, "person": 1, "organisation": 2, "product": 3, "event": 4, "place": 5, "concept": 6}
NAMED = ["doc", "surface", "entity_type", "entity_subtype", "canonical"]
"""What is said of a name."""


def chosen(found: pl.DataFrame, known: pl.DataFrame, hits: pl.DataFrame, spelt: pl.Series) -> pl.DataFrame:
    """One row per document and surface; columns NAMED.

    `found` is a candidate frame (several rows a surface allowed), `known` one of the gazetteer, whose word is
    final but for candidates of strength 3; `hits` has a row for every occurrence (doc, surface); surfaces are places
    in `spelt`.
    """
    known = known.join(found.filter(pl.col("strength") == 3), on=["doc", "surface"], how="anti")
    ranked = found.join(known, on=["doc", "surface"], how="anti").with_columns(
        KEY, rank=pl.col("entity_type").replace_strict(TYPE_RANK, return_dtype=pl.Int8)
    )
    # Most surfaces are proposed once, and there is nothing to choose.
    again = ranked["key"].is_duplicated()
    several = (
        ranked.filter(again)
        .sort("strength", "canonical", descending=[True, False])
        .group_by("doc", "surface", "rank")
        .agg(
            pl.col("entity_type", "strength", "canonical", "key").first(),
            pl.col("entity_subtype").filter(pl.col("strength") == pl.col("strength").first()).max(),
            times=pl.len(),
        )
        .filter((pl.col("strength") >= 2) | (pl.col("times") >= 2))
        .sort("doc", "surface", pl.col("strength") < 3, "rank")
        .unique(["doc", "surface"], keep="first", maintain_order=True)
        .select(ranked.columns)
    )
    best = pl.concat([ranked.filter(~again, pl.col("strength") >= 2), several]).sort("key")
    return pl.concat([_without_rivals(best, hits, spelt).select(NAMED), known.select(NAMED)])


def _without_rivals(best: pl.DataFrame, hits: pl.DataFrame, spelt: pl.Series) -> pl.DataFrame:
    """Of two names of people of which one begins the other, the one the text bears out.

    王栋 and 王栋就: the longer one goes if the shorter stands alone more often than together with its last character.
    """
    persons = best.filter(pl.col("entity_type") == "person")
    persons = persons.with_columns(name=spelt.gather(persons["surface"]))
    pairs = (
        persons.filter(pl.col("name").str.len_chars() == 3)
        .select("doc", "surface", pl.col("name").str.slice(0, 2))
        .join(persons.select("doc", "name", short="surface"), on=["doc", "name"])
    )
    if pairs.is_empty():
        return best
    rivals = pl.concat([pairs["surface"], pairs["short"]]).unique()
    times = hits.filter(pl.col("surface").is_in(rivals.implode())).group_by("doc", "surface").agg(times=pl.len())
    counted = pairs.join(times.rename({"times": "long_times"}), on=["doc", "surface"], how="left").join(
        times.rename({"surface": "short", "times": "short_times"}), on=["doc", "short"], how="left"
    )
    longer_wins = pl.col("long_times") * 2 > pl.col("short_times")
    losers = counted.select("doc", surface=pl.when(longer_wins).then("short").otherwise("surface")).unique()
    return best.join(losers, on=["doc", "surface"], how="anti")
