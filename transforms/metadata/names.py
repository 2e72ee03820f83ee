"""Personal names in a credit: cut apart, kept only where they surely are names."""

from __future__ import annotations

import polars as pl

from transforms.hanzi import HAN
from transforms.lines import fold
from transforms.metadata.judgement import Judgement

_SEPARATOR = r"[\s\u{3000}、,，/／&＆]+"
_PAIR = rf"(^|[\s\u{{3000}}、,，/／])([{HAN}])[ \u{{3000}}\u{{a0}}]+([{HAN}])($|[\s\u{{3000}}、,，/／])"
# What a credit begins with, and the words that end it.
_START = r"^([\s:|/\[(\"“]*(?:\s*(?:<reporter>|<trainee>)\s*)?[\s:|/]*)"
_LIST = rf"^([{HAN}·][{HAN}·\s、,/&]*)"
_STOP = rf"(?:\s*/?\s*[{HAN}]{{0,5}}<manner>?<reported>|<names_end>|\s摄$|\s{{3,}}).*$"
STRICT_ROLES = ["reporter", "photographer"]


def names(credits: pl.DataFrame, judgement: Judgement) -> pl.DataFrame:
    """One row per person of a credit: columns of `credits` without value, value_folded, plus name, position.

    `credits` has role, value, value_folded (what follows the cue), is_labelled (the cue ends in a colon). Reporters and photographers need a known surname,
    since their cue also occurs in prose; authors and editors need not, nor does a name behind a colon, but words and
    codes are no names.
    """
    place = judgement.place_pattern
    folded = pl.col("value_folded")
    return (
        credits.with_columns(lead=folded.str.extract(judgement.shaped(_START)).str.len_chars())
        .with_columns(rest=folded.str.slice(pl.col("lead")), value=pl.col("value").str.slice(pl.col("lead")))
        .with_columns(listed=pl.col("rest").str.extract(_LIST))
        .filter(pl.col("listed").is_not_null())
        .with_columns(is_dated=pl.col("rest").str.slice(pl.col("listed").str.len_chars()).str.contains("^[0-9]"))
        .with_columns(listed=pl.col("listed").str.replace(judgement.shaped(_STOP), ""))
        .with_columns(
            listed=pl.when(pl.col("is_dated"))
            .then(pl.col("listed").str.replace(f"(?:{place})$", ""))
            .otherwise("listed")
        )
        .with_columns(name=_tokens(pl.col("value").str.head(pl.col("listed").str.len_chars())))
        .drop("lead", "rest", "listed", "is_dated", "value", "value_folded")
        .explode("name")
        .filter(pl.col("name").is_not_null())
        .with_columns(folded_name=fold(pl.col("name")))
        .filter(_is_name(judgement) & ~pl.col("folded_name").str.contains(f"^(?:{place})$"))
        .with_columns(position=pl.int_range(pl.len()))
        .drop("folded_name", "is_labelled")
    )


def _tokens(listed: pl.Expr) -> pl.Expr:
    """The names of a list; a two-character name set with a space inside (李 明) is one."""
    joined = listed.str.replace_all(_PAIR, "${1}${2}${3}${4}").str.replace_all(_PAIR, "${1}${2}${3}${4}")
    return joined.str.replace_all(_SEPARATOR, "\x01").str.strip_chars("\x01").str.split("\x01")


def _is_name(judgement: Judgement) -> pl.Expr:
    name = pl.col("folded_name")
    surnames = judgement.surnames["surname"].to_list()
    single, compound = [s for s in surnames if len(s) == 1], [s for s in surnames if len(s) > 1]
    has_surname = name.str.head(1).is_in(single) | name.str.head(2).is_in(compound)
    is_double = name.str.head(2).is_in(compound) | (name.str.head(1).is_in(single) & name.str.slice(1, 1).is_in(single))
    is_vouched = ~pl.col("role").is_in(STRICT_ROLES) | pl.col("is_labelled")
    is_short = name.str.contains(rf"^[{HAN}]{{2,3}}$") & (has_surname | is_vouched)
    is_long = name.str.contains(rf"^[{HAN}]{{4}}$") & is_double
    is_dotted = name.str.contains(rf"^[{HAN}]{{1,8}}(?:·[{HAN}]{{1,8}}){{1,3}}$")
    return (is_short | is_long | is_dotted) & ~name.str.contains(judgement.no_name)
