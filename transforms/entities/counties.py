"""Chinese places without the word that says what they are: 闵行 behind 上海, or where 闵行区 stands in the same article."""

from __future__ import annotations

import numpy as np
import polars as pl

from transforms.entities.candidates import SCHEMA
from transforms.letters import Flags, Letters
from transforms.points import Points, points
from transforms.words import everyday

ENDING = "(?:新区|[区县市旗盟镇乡])$"
TOWNSHIPS = "Taiwan township register"
SPELT_OUT = "自治[县旗州]$|族区$"
"""Names that tell who lives there: their short form is only known from the places below them."""
LISTED = 3
"""Places in a list that need no other witness."""


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
    forms = forms.filter(~everyday(forms["short"]))
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


def borne_out(
    hits: pl.DataFrame, known: pl.DataFrame, places: pl.Series, letters: Letters, characters: dict[str, str]
) -> pl.DataFrame:
    """Candidates (see candidates.py) for the short forms that their witness bears out, for a short form that is the
    witness itself: 红河|弥勒, and for those listed with other places: 渭源、陇西.

    `known` is what `short_forms` returns, `hits` has every occurrence (doc, surface, offset, size) of both its names in
    `letters`; `places` are those the gazetteer has, `characters` those of each role (see lexicon.py).
    """
    asked = hits.join(known.select(surface="witness").unique(), on="surface", how="semi")
    met = asked.select("doc", witness="surface", end=pl.col("offset") + pl.col("size"))
    short = hits.select("doc", "offset", short="surface").join(known, on="short")
    behind = short.filter("before").join(met, left_on=["doc", "witness", "offset"], right_on=["doc", "witness", "end"])
    anywhere = short.filter(~pl.col("before")).join(met.select("doc", "witness"), on=["doc", "witness"], how="semi")
    witnesses = behind.select("doc", short="witness", canonical="over", entity_subtype="over_subtype")
    columns = ["doc", "short", "canonical", "entity_subtype"]
    listed = _listed(hits, known, places, letters, characters)
    return (
        pl.concat([part.select(columns) for part in (behind, anywhere, witnesses, listed)])
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


def _listed(
    hits: pl.DataFrame, known: pl.DataFrame, places: pl.Series, letters: Letters, characters: dict[str, str]
) -> pl.DataFrame:
    """Columns doc, short, canonical, entity_subtype: short forms in a list with a place in full or with two more of them.

    Which county is meant is what the article says of the city or province it lies in; where it says nothing, there must
    be one only.
    """
    joints, closes = (points(pl.Series([characters[role]])) for role in ("between_places", "behind_places"))
    closes = np.append(joints, closes)
    borne = _borne_by_lists(_in_lists(hits, known, places, letters, joints), letters, joints, closes)
    meant = borne.unique().join(known, on="short")
    witnesses = meant.select("doc", surface="witness").unique()
    met = hits.join(witnesses, on=["doc", "surface"], how="semi").select("doc", witness="surface").unique()
    over = meant.join(met, on=["doc", "witness"], how="semi")
    alone = meant.filter("sure").join(over, on=["doc", "short"], how="anti")
    columns = ["doc", "short", "canonical", "entity_subtype"]
    return pl.concat([over, alone]).select(columns).unique().unique(["doc", "short"], keep="none")


def _in_lists(
    hits: pl.DataFrame, known: pl.DataFrame, places: pl.Series, letters: Letters, joints: Points
) -> pl.DataFrame:
    """Columns doc, surface, full, begin, end (in `letters`), in order: the places beside a joint, the longest of those
    that begin together."""
    begin = letters.starts[hits["doc"].to_numpy()] + hits["offset"].to_numpy()
    end = begin + hits["size"].to_numpy()
    beside = np.flatnonzero(np.isin(letters.points[end], joints) | np.isin(letters.points[begin - 1], joints))
    near = hits.select("doc", "surface")[beside].with_columns(begin=begin[beside], end=end[beside])
    short = near.join(known.select(surface="short").unique(), on="surface", how="semi")
    full = near.filter(pl.Series(np.isin(near["surface"].to_physical(), places.to_physical())))
    spans = pl.concat([short.with_columns(full=False), full.with_columns(full=True)])
    return spans.sort("begin", "end", "full").unique("begin", keep="last", maintain_order=True)


def _borne_by_lists(spans: pl.DataFrame, letters: Letters, joints: Points, closes: Points) -> pl.DataFrame:
    """Columns doc, short, sure: the short forms in lists of several places; what `_in_lists` returns are those.

    `closes` are what may stand behind the last place of a list.
    """
    doc, end = spans["doc"].to_numpy(), spans["end"].to_numpy()
    follows = (spans["begin"].to_numpy()[1:] == end[:-1] + 1) & np.isin(letters.points[end[:-1]], joints)
    follows &= doc[1:] == doc[:-1]
    chain = pl.Series(np.cumsum(np.append(True, ~follows))[: len(end)])
    several = spans.with_columns(size=pl.len().over(chain), full_names=pl.col("full").sum().over(chain))
    # 安平古堡, 新港奉天宫: what goes on behind a place is another name.
    closed = np.isin(letters.points[end], closes) | ~_han(letters.points[end]) | (end == letters.starts[doc + 1])
    borne = several.filter(pl.Series(closed), ~pl.col("full"), pl.col("size") > 1)
    return borne.select("doc", short="surface", sure=(pl.col("size") >= LISTED) | (pl.col("full_names") > 0))


def _han(letters: Points) -> Flags:
    """Which of the letters are Chinese."""
    return (letters >= ord("一")) & (letters <= ord("鿿"))
