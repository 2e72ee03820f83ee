"""Names that the gazetteer knows: every surface in one list."""

from __future__ import annotations

import polars as pl

FIRM = "(?:公司|集团|银行|股份|[A-Z]+)$"
"""What a company's name ends in that goes without the word for one, or goes on before it."""


def surfaces(gazetteer: pl.DataFrame) -> pl.DataFrame:
    """One row per surface: surface, canonical, entity_type, entity_subtype.

    `gazetteer` has name_hans, entity_type, entity_subtype, aliases (separated by |). A surface of several rows belongs
    to the first one that has it as its name, else to the first in the order given.
    """
    rows = gazetteer.with_row_index("row")
    names = rows.select(
        "row", "entity_type", "entity_subtype", canonical="name_hans", surface="name_hans", own=pl.lit(0)
    )
    aliases = (
        rows.select("row", "entity_type", "entity_subtype", canonical="name_hans", surface=pl.col("aliases").str.split("|"), own=pl.lit(1))
        .explode("surface")
        .filter(pl.col("surface").str.len_chars() > 0)
    )  # fmt: skip
    # 成都蓉城队: a club is called a team as well.
    team = pl.col("surface") + "队"
    teams = names.filter((pl.col("entity_subtype") == "team") & ~pl.col("surface").str.ends_with("队"))
    # 诺和诺德公司: and a company what it is.
    firm = pl.col("surface") + "公司"
    called = pl.concat([names, aliases], how="diagonal").filter(pl.col("entity_subtype") == "company")
    firms = called.filter(~pl.col("surface").str.contains(FIRM))
    return (
        pl.concat(
            [
                names,
                aliases,
                teams.with_columns(surface=team, own=pl.lit(1)),
                firms.with_columns(surface=firm, own=pl.lit(2)),
            ],
            how="diagonal",
        )
        .sort("own", "row")
        .unique("surface", keep="first", maintain_order=True)
        .select("surface", "canonical", "entity_type", "entity_subtype")
    )


def known(hits: pl.DataFrame, names: pl.DataFrame) -> pl.DataFrame:
    """Candidates of the gazetteer. `hits` has doc, surface and their key, `names` is what `surfaces` returns."""
    return (
        hits.select("doc", "surface")[hits["key"].arg_unique()]
        .join(names, on="surface")
        .select(
            "doc", "surface", "entity_type", pl.col("entity_subtype").fill_null(""), "canonical",
            strength=pl.lit(3, pl.Int8),
        )
    )  # fmt: skip
