"""Chinese names: a surname, a given name, and words beside it that speak for a person."""

from __future__ import annotations

import polars as pl

from transforms.entities.candidates import candidates, none
from transforms.entities.tokens import Tokens


def persons(tokens: Tokens) -> pl.DataFrame:
    """Candidates (see candidates.py) for every Chinese name."""
    spans = pl.concat([_whole(tokens), _split(tokens)])
    if spans.is_empty():
        return none()
    judged = spans.with_columns(_support(tokens, spans["first"], spans["last"])).with_columns(
        score=pl.col("tagged") + pl.col("support") + pl.col("plausible") + pl.col("plain") + (pl.col("given") == 2)
    )
    name = tokens.spelt(judged["first"], judged["last"])
    # An unusual surname or given name needs a title or a verb of speech beside it.
    proven = (pl.col("support") == 2) & pl.col("plausible") & (pl.col("plain") | (pl.col("given") == 2))
    strength = (
        pl.when(
            (pl.col("score") >= 5) | proven | ((pl.col("tagged") > 0) & (pl.col("support") == 2) & pl.col("plausible"))
        )
        .then(2)
        .when((pl.col("score") >= 4) | (pl.col("plain") & pl.col("plausible") & (pl.col("given") == 2)))
        .then(1)
        .otherwise(0)
    )
    found = judged.with_columns(doc=tokens.doc.gather(judged["first"]), surface=name, strength=strength)
    known = tokens.at(found["first"], "kind").is_in(["place", "organisation", "none", "product"])
    alone = (found["first"] == found["last"]) & known
    kept = found.filter(~alone, pl.col("strength") > 0)
    return pl.concat(
        [candidates(kept.filter(pl.col("strength") == n), "person", "", strength=n, distinct=False) for n in (1, 2)]
    )


def _whole(tokens: Tokens) -> pl.DataFrame:
    """Names the segmenter cut as one word; it leaves the last character of a rare one alone (张小|伟)."""
    first = tokens.where("surname")
    at = tokens.at
    frame = pl.DataFrame(
        {
            "first": first,
            "size": at(first, "size"),
            "family": at(first, "family"),
            "tagged": at(first, "person_tag").cast(pl.Int64) * 2 + at(first, "unknown").cast(pl.Int64),
            "plausible": at(first, "rest_plausible"),
            "barred": at(first, "rest_barred") | at(first, "everyday") | at(first, "address_ending"),
            "plain": at(first, "plain"),
            "more": at(first + 1, "loose"),
        }
    ).filter(
        pl.col("tagged") > 0,
        (pl.col("size") - pl.col("family")).is_between(1, 2),
        ~pl.col("barred"),
        (pl.col("tagged") == 2) | (pl.col("plausible") & (pl.col("size") - pl.col("family") == 2)),
    )
    grows = pl.col("more") & (pl.col("size") - pl.col("family") == 1)
    return frame.select(
        "first",
        last=pl.col("first") + grows.cast(pl.Int64),
        tagged="tagged",
        plausible="plausible",
        plain="plain",
        given=pl.col("size") - pl.col("family") + grows.cast(pl.Int64),
    )


def _split(tokens: Tokens) -> pl.DataFrame:
    """A surname by itself and one or two words of one or two characters that given names are made of."""
    every = tokens.where("surname")
    first = every.filter(tokens.at(every, "size") == tokens.at(every, "family"))
    at = tokens.at
    frame = pl.DataFrame(
        {
            "first": first,
            "plain": at(first, "plain"),
            "one": at(first + 1, "given") & ~at(first + 1, "no_given"),
            "size_one": at(first + 1, "size"),
            "two": at(first + 2, "given") & ~at(first + 2, "no_given") & (at(first + 2, "size") == 1),
        }
    ).filter("one")
    grows = pl.col("two") & (pl.col("size_one") == 1)
    return frame.select(
        "first",
        last=pl.col("first") + 1 + grows.cast(pl.Int64),
        tagged=pl.lit(0, pl.Int64),
        plausible=pl.lit(True),
        plain="plain",
        given=pl.col("size_one") + grows.cast(pl.Int64),
    )


def _support(tokens: Tokens, first: pl.Series, last: pl.Series) -> pl.Series:
    """2: a title or a verb of people stands beside; 1: the name opens or closes a clause or a list; 0: nothing."""
    before, after = first - 1, last + 1
    strong = tokens.at(before, "title_end") | tokens.at(after, "title") | tokens.at(after, "says")
    # 姜山：… opens an answer in an interview.
    strong |= tokens.at(before, "stops") & (tokens.at(after, "word") == "：")
    weak = tokens.at(after, "acts") | tokens.at(before, "stops") | tokens.at(after, "stops")
    weak |= tokens.at(before, "lists") | tokens.at(after, "lists")
    return (strong.cast(pl.Int64) + (strong | weak).cast(pl.Int64)).alias("support")
