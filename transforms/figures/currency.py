"""Whose money it is where no currency is named: words of money around a number, and where the article was written."""

from __future__ import annotations

import polars as pl

from transforms.figures.anew import told_anew
from transforms.figures.grammar import alternatives, one_of

FEWEST_COINS = 100
"""块 from which on they are rather money than pieces."""
_CLAUSE_CLOSES = r"^(?:[，。；！？”」]|$)"


def priced(rows: pl.DataFrame, units: pl.DataFrame) -> pl.DataFrame:
    """A bare 万 or 亿 beside a word of money is money, and so are 块 and 毛 behind a word of price: CNY, marked in note."""
    cues, nouns, prices = (one_of(units, kind) for kind in ("money_cue", "money_noun", "price_cue"))
    large = pl.col("is_bare") & pl.col("text").str.contains("[万亿]")
    coins = pl.col("unit_text").is_in(["块", "毛"])
    implied = large & (
        pl.col("before").str.contains(rf"{cues}[^，。；]{{0,4}}$")
        | pl.col("after").str.contains(rf"^(?:余|多)?{nouns}")
    )
    # 户头只剩三千多块。: what is counted in pieces is named behind them.
    dear = pl.max_horizontal("value", "value_min", "value_max") >= FEWEST_COINS
    # 切成4块 are pieces.
    coined = coins & ~pl.col("before").str.contains("成$")
    implied |= (coined & pl.col("after").str.contains(_CLAUSE_CLOSES)) & (
        dear | pl.col("before").str.contains(rf"{prices}[^，。；]{{0,2}}$")
    )
    told = {"kind": "money", "unit": "CNY", "note": "currency implied"}
    priced = told_anew(
        rows.with_columns(is_implied=pl.lit(value=False)),
        large | coins,
        is_implied=implied,
        **{name: pl.when(implied).then(pl.lit(text)).otherwise(name) for name, text in told.items()},
    )
    # 三毛 is rather a name.
    return priced.filter((pl.col("unit_text") != "毛") | pl.col("is_implied")).drop("is_implied")


_LOCAL_CURRENCIES = {"TW": "TWD", "HK": "HKD", "MO": "MOP"}
_UNNAMED_CURRENCY = ["元", "元钱", "块钱", "分钱", "角"]


def local(rows: pl.DataFrame, documents: pl.DataFrame, units: pl.DataFrame) -> pl.DataFrame:
    """元 by itself is the money of where the article was written: TWD, HKD or MOP, marked in note, in native text of those regions.

    A text converted from the mainland's script keeps CNY. A native Traditional text without a region is at home where
    the places it names are, if they are all of one side; else CNY stands, marked as implied.
    """
    paid = rows.filter((pl.col("kind") == "money") & (pl.col("unit") == "CNY"))["document_id"].unique()
    home = documents.filter(
        pl.col("document_id").is_in(paid.implode()),
        pl.col("script") == "Hant",
        pl.col("script_origin") == "native",
    ).select(
        "document_id", local=_region(units).replace_strict(_LOCAL_CURRENCIES, default="CNY", return_dtype=pl.String)
    )
    unnamed = pl.col("unit_text").is_in(_UNNAMED_CURRENCY) | (pl.col("note") == "currency implied").fill_null(False)
    implied = (pl.col("kind") == "money") & (pl.col("unit") == "CNY") & unnamed & pl.col("local").is_not_null()
    return (
        rows.join(home, on="document_id", how="left", maintain_order="left")
        .with_columns(
            unit=pl.when(implied).then("local").otherwise("unit"),
            note=pl.when(implied).then(pl.lit("currency implied")).otherwise("note"),
        )
        .drop("local")
    )


def _region(units: pl.DataFrame) -> pl.Expr:
    """The region of the words, else of the places; NULL where neither tells. Hong Kong's words are Macao's as well."""
    text = pl.concat_str(pl.col("title_hans").fill_null(""), pl.col("body_hans"))
    homes = units.filter(kind="home")
    here = {
        region: text.str.contains(alternatives(homes.filter(unit=currency)["unit_text"].to_list()))
        for region, currency in _LOCAL_CURRENCIES.items()
    }
    named = (
        pl.when(here["TW"] & ~here["HK"]).then(pl.lit("TW")).when(here["HK"] & ~here["TW"]).then(pl.lit("HK"))
    )  # fmt: skip
    macao = here["MO"] & ~here["TW"] & ~here["HK"] & (pl.col("script_region").fill_null("HK") == "HK")
    return pl.coalesce(pl.when(macao).then(pl.lit("MO")), "script_region", named)
