"""Chinese places without the word that says what they are: 闵行 behind 上海, or where 闵行区 stands in the same article."""

from __future__ import annotations

import polars as pl

from transforms.entities.candidates import SCHEMA
from transforms.words import rarities, tags

ENDING = "(?:新区|[区县市旗盟镇乡])$"
TOWNSHIPS = "Taiwan township register"
SPELT_OUT = "自治[县旗州]$|族区$"
"""Names that tell who lives there: their short form is only known from the places below them."""
COMMON = 11.0
"""Rarity (see words.py) below which a word means itself first: 公安 and 和平 are counties only in full."""


def short_forms(gazetteer: pl.DataFrame) -> pl.DataFrame:
    """One row per short form the gazetteer has not, and what bears it out: short, canonical, entity_subtype; witness, over,
    over_subtype; before.

    `before` says that the short form must follow the `witness`, a name of the city or province `over` it; otherwise the
    witness, the full name, may stand anywhere in the article. Who belongs to whom is what the administrative codes say:
    310112 lies in 310100 or 310000; of Taiwan's townships it is what their row says.
    """
    rows = _administered(gazetteer)
    lower = rows.filter(~pl.col("code").str.ends_with("00"))
    called = lower.select(pl.col("code").str.slice(0, 4) + "00", called="parent").unique(
        "code", keep="first", maintain_order=True
    )
    spelt_out = pl.col("name_hans").str.contains(SPELT_OUT)
    cut = pl.when(spelt_out).then("called").otherwise(pl.col("name_hans").str.replace(ENDING, ""))
    named = rows.join(called, on="code", how="left").with_columns(
        short=pl.when(cut.str.len_chars() >= 2, cut != pl.col("name_hans")).then(cut)
    )
    taken = pl.concat([gazetteer["name_hans"], gazetteer["aliases"].str.split("|").explode().drop_nulls()]).unique()
    forms = named.drop_nulls("short").filter(~pl.col("short").is_in(taken.implode()))
    forms = forms.filter(~_common(forms["short"]))
    part = forms.select("short", "entity_subtype", "code", "over_code", canonical="name_hans").sort("short", "code")
    names = _names(named)
    higher = [pl.col("code").str.slice(0, size).str.pad_end(6, "0") for size in (2, 4)]
    behind = [part.with_columns(above=above) for above in (*higher, pl.col("over_code"))]
    placed = pl.concat(behind).filter(pl.col("above") != pl.col("code")).join(names, left_on="above", right_on="code")
    anywhere = part.join(names.filter(pl.col("witness") == pl.col("over")), on="code")
    columns = ["short", "canonical", "entity_subtype", "witness", "over", "over_subtype", "before"]
    parts = placed.with_columns(before=pl.lit(True)), anywhere.with_columns(before=pl.lit(False))
    return pl.concat(rows.select(columns) for rows in parts).unique().sort(columns)


def _administered(gazetteer: pl.DataFrame) -> pl.DataFrame:
    """The places of which it is known what they lie in: name_hans, entity_subtype, aliases, parent, code, over_code.

    A township of Taiwan has no code; its own name stands for it, and `over_code` is that of its city or county.
    """
    places = gazetteer.select("name_hans", "entity_subtype", "aliases", "parent", "code", "source")
    coded = places.filter(pl.col("source") == "GB/T 2260").with_columns(over_code=pl.col("code"))
    townships = places.filter(pl.col("source") == TOWNSHIPS).with_columns(code="name_hans", over_code="parent")
    over = places.filter(pl.col("name_hans").is_in(townships["parent"].unique().implode()))
    cities = over.filter(pl.col("source") == "general").with_columns(code="name_hans", over_code="name_hans")
    return pl.concat([coded, townships, cities]).drop("source")


def _names(named: pl.DataFrame) -> pl.DataFrame:
    """One row per name of a place: code, witness, and its canonical name and subtype as `over` and `over_subtype`."""
    others = pl.col("aliases").fill_null("").str.split("|")
    return (
        named.select(
            "code",
            witness=pl.concat_list(pl.concat_list("name_hans", "short"), others),
            over="name_hans",
            over_subtype="entity_subtype",
        )
        .explode("witness")
        .filter(pl.col("witness").str.len_chars() >= 2)
        .unique()
    )


def _common(words: pl.Series) -> pl.Series:
    """Whether each word is common in itself, not as the name of a place."""
    known = rarities(words)
    return known["is_known"] & (known["rarity"] < COMMON) & ~tags(words).str.starts_with("ns")


def borne_out(hits: pl.DataFrame, known: pl.DataFrame) -> pl.DataFrame:
    """Candidates (see candidates.py) for the short forms that their witness bears out, and for a short form that is the
    witness itself: 红河|弥勒.

    `known` is what `short_forms` returns, `hits` has every occurrence (doc, surface, offset, size) of both its names.
    """
    asked = hits.join(known.select(surface="witness").unique(), on="surface", how="semi")
    met = asked.select("doc", witness="surface", end=pl.col("offset") + pl.col("size"))
    short = hits.select("doc", "offset", short="surface").join(known, on="short")
    behind = short.filter("before").join(met, left_on=["doc", "witness", "offset"], right_on=["doc", "witness", "end"])
    anywhere = short.filter(~pl.col("before")).join(met.select("doc", "witness"), on=["doc", "witness"], how="semi")
    witnesses = behind.select("doc", short="witness", canonical="over", entity_subtype="over_subtype")
    columns = ["doc", "short", "canonical", "entity_subtype"]
    return (
        pl.concat([part.select(columns) for part in (behind, anywhere, witnesses)])
        .unique()
        .select(
            "doc",
            "canonical",
            "entity_subtype",
            surface="short",
            entity_type=pl.lit("place"),
            strength=pl.lit(3, pl.Int8),
        )
        .select(list(SCHEMA))
    )
