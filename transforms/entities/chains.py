"""Places one behind the other that the segmenter left in one word, or a pattern found as one name, each of them one of
its own: 东莞|松山湖, 深圳|光明区|马田街道, 桐山街道|石湖社区."""

from __future__ import annotations

import numpy as np
import polars as pl

from transforms.entities.candidates import SCHEMA
from transforms.entities.lexicon import Lexicon
from transforms.words import everyday

HIERARCHY = 3
"""Links a chain may have before its last one: 广州|荔湾区|龙津街道|龙津西路."""
HOLDS = [
    "province",
    "prefecture",
    "city",
    "county_level_city",
    "district",
    "county",
    "town",
    "country",
    "state",
    "zone",
]
"""Subtypes of the gazetteer's places that others lie in."""
ALONE = [
    *("subdistrict", "community", "town", "township", "village", "district", "county", "zone"),
    *("water", "mountain", "island", "road"),
]
"""Subtypes of what lies in a town without being called after it; 上海虹桥站 and 武汉长江大桥 are."""
IN_FULL = "(?:[市县区旗州镇乡]|街道)$"
TOWNSHIP = r"^(\p{Han}{2,3}(?:街道|[镇乡]))\p{Han}{2,}(?:村|社区|小区|路|街)$"
"""A town or a subdistrict that no gazetteer has, and what lies in it."""


def links(found: pl.DataFrame, lexicon: Lexicon) -> pl.DataFrame:
    """The candidates (see candidates.py), each chain of places among them replaced by its links; a link that the gazetteer
    has is not repeated."""
    # 台铁公告|高雄车站: what a headline says before the place.
    bare = pl.col("surface").str.replace(lexicon.patterns["clause_before_place"], "")
    whole = (bare == pl.col("surface")) | (bare.str.len_chars() >= 3)
    found = found.filter(whole).with_columns(surface=bare, canonical=bare)
    found = _unchained(found, lexicon)
    for _ in range(HIERARCHY):
        cut = _cut(found["surface"].unique(), lexicon)
        if cut.is_empty():
            break
        whole = found.join(cut, on="surface", how="anti")
        chain = found.join(cut, on="surface")
        last = chain.with_columns(surface="rest", canonical="rest", entity_subtype="rest_subtype")
        first = chain.filter("unknown").with_columns(surface="head", canonical="head", entity_subtype=pl.lit("town"))
        found = pl.concat([whole, *(part.select(list(SCHEMA)) for part in (last.drop_nulls("rest"), first))])
    return found


def _cut(names: pl.Series, lexicon: Lexicon) -> pl.DataFrame:
    """Columns surface, head, unknown, rest, rest_subtype: the names that are chains, cut behind the first link.

    `unknown` says that the gazetteer has not the head; `rest` is null where it has the rest.
    """
    holding = lexicon.places(*HOLDS)
    begun = pl.DataFrame({"surface": names}).join(pl.DataFrame({"size": [5, 4, 3, 2]}), how="cross")
    known = begun.with_columns(head=pl.col("surface").str.slice(0, pl.col("size")), unknown=False)
    known = known.filter(holding.has(pl.col("head")), pl.col("head") != pl.col("surface"))
    # The longest one it opens with: 巴西利亚 is not in 巴西.
    known = known.sort("surface", "size").unique("surface", keep="last", maintain_order=True).drop("size")
    town = pl.DataFrame({"surface": names}).with_columns(head=pl.col("surface").str.extract(TOWNSHIP), unknown=True)
    both = pl.concat([known, town.drop_nulls("head").join(known, on="surface", how="anti")])
    named = both.with_columns(rest=pl.col("surface").str.slice(pl.col("head").str.len_chars()))
    had = lexicon.places().has(pl.col("rest")) & (pl.col("rest").str.len_chars() >= 2)
    return _lasting(named, lexicon).with_columns(rest=pl.when(~had).then("rest"))


def _lasting(named: pl.DataFrame, lexicon: Lexicon) -> pl.DataFrame:
    """Those whose rest is a name by itself, with the `rest_subtype` its ending says."""
    size = pl.col("rest").str.len_chars()
    endings = [
        pl.when(pl.col("rest").str.tail(n).is_in(list(lexicon.sites))).then(pl.col("rest").str.tail(n))
        for n in (6, 5, 4, 3, 2, 1)
    ]
    ended = (
        named.with_columns(ending=pl.coalesce(endings))
        .drop_nulls("ending")
        .with_columns(
            rest_subtype=pl.col("ending").replace_strict(lexicon.sites, default="", return_dtype=pl.String),
            core=pl.col("rest").str.head(size - pl.col("ending").str.len_chars()),
        )
    )
    core = ended["core"]
    # 国际旅游 of 海南|国际旅游|岛 says of which kind it is.
    kind = everyday(core) | everyday(core.str.head(2)) & ~pl.Series(_known(core.str.head(3), lexicon))
    alone = pl.col("rest_subtype").is_in(ALONE) & ~pl.col("rest").str.contains(lexicon.patterns["line_of_place"])
    # 马里亚纳群岛 is foreign as a whole.
    foreign = (pl.col("head") + pl.col("core")).str.contains(lexicon.foreign_pattern)
    full = pl.col("head").str.contains(IN_FULL) & (pl.col("head").str.len_chars() >= 3)
    joined = pl.col("rest").str.contains(lexicon.patterns["behind_place"])
    return ended.filter(core.str.len_chars() >= 2, ~kind, ~joined, full | alone & ~foreign).drop("ending", "core")


def _known(words: pl.Series, lexicon: Lexicon) -> pl.Series:
    """Whether each is a place the gazetteer has."""
    return lexicon.places().holds(words)


def _unchained(found: pl.DataFrame, lexicon: Lexicon) -> pl.DataFrame:
    """The candidates less those made of two places the gazetteer has: 广东|汕头 are two."""
    surface, sizes = found["surface"], (2, 3, 4)
    parts = [part for size in sizes for part in (surface.str.slice(0, size), surface.str.slice(size))]
    is_place = _known(pl.concat(parts), lexicon).to_numpy().reshape(len(sizes), 2, found.height)
    both = np.logical_and.reduce(is_place, axis=1)
    return found.filter(~np.logical_or.reduce(both))
