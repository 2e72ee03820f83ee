"""What a line at the margin of a page is made of: moments, labels, counters, buttons; and what these leave over."""

from __future__ import annotations

from dataclasses import dataclass

import polars as pl

from transforms.lines import fold
from transforms.metadata.judgement import Judgement

LETTER = r"[\p{L}\p{N}]"
GLUE, MOMENT = "piece_glue", "piece_moment"


@dataclass(frozen=True)
class Words:
    """What the margins of a page are told by: the noise rules that know words, not lines, and the patterns of pages."""

    rules: pl.DataFrame
    judgement: Judgement


def pieces(lines: pl.DataFrame, words: Words) -> pl.DataFrame:
    """What the rules of scope `piece` take out of each of `lines` (line, base, folded).

    line; `spaced`: the text with the white space it came with; `left`: that with every piece a blank; `rest`: how many
    letters it has; `kind`: the category of most of what was taken; `said`: the letters taken but for `glued`, words
    that only hold others together; `moment`: the letters of dates and times; `is_made`: nothing is left over, and words of
    a page are most of it; `is_named`: all that is left over is names of people and of media;
    `is_medium`: it is the name of one.
    """
    asked = words.rules.filter(pl.col("scope") == "piece")
    out = lines.select("line", spaced=_spaced()).with_columns(left="spaced")
    taken: dict[str, pl.Expr] = {}
    for rule_id, category, pattern in asked.select("rule_id", "category", "pattern").iter_rows():
        out = out.with_columns(after=pl.col("left").str.replace_all(pattern, " "))
        if rule_id == GLUE:
            # 可, 为 and 在 hold words together and stand in names.
            out = out.with_columns(unglued="left")
        size = pl.col("left").str.count_matches(LETTER).cast(pl.Int64) - pl.col("after").str.count_matches(LETTER)
        out = out.with_columns(size.alias(rule_id)).drop("left").rename({"after": "left"})
        if rule_id != GLUE:
            taken[category] = taken.get(category, pl.lit(0, pl.Int64)) + pl.col(rule_id)
    most = pl.max_horizontal(*taken.values())
    kind = pl.coalesce(
        pl.when((amount == most) & (most > 0)).then(pl.lit(category)) for category, amount in taken.items()
    )
    glue = asked.filter(pl.col("rule_id") == GLUE)["pattern"].item()
    return out.select(
        "line",
        "spaced",
        "left",
        "unglued",
        rest=pl.col("left").str.count_matches(LETTER).cast(pl.Int64),
        kind=kind,
        said=pl.sum_horizontal(*taken.values()),
        glued=GLUE,
        moment=MOMENT,
    ).with_columns(
        is_made=(pl.col("rest") == 0) & (pl.col("said") > 0) & (pl.col("glued") <= pl.col("said")),
        is_medium=_is_medium(words.judgement),
        is_named=_names_only(words.judgement, glue),
    )


def _spaced() -> pl.Expr:
    """The folded line, with the white space it came with where repair has changed nothing else: it parts names."""
    came = fold(pl.col("base"))
    bare = r"\s+"
    return (
        pl.when(came.str.replace_all(bare, "") == pl.col("folded").str.replace_all(bare, ""))
        .then(came)
        .otherwise("folded")
    )


def _is_medium(judgement: Judgement) -> pl.Expr:
    """The line is the name of a paper, a site, a station: not of a section or a button (分享新闻), which look like them."""
    text = pl.col("spaced").str.strip_chars("+ ")
    is_told = pl.col("rest") > 0
    return (
        is_told & text.str.contains(f"^{judgement.medium_pattern}$") & ~text.str.contains(judgement.framed("section"))
    )


def _names_only(judgement: Judgement, glue: str) -> pl.Expr:
    """All that is left over of a line, but for words that hold others together, is names of people and of media."""
    tokens = pl.col("unglued").str.replace_all(r"[^\p{L}\p{N}·]+", " ").str.strip_chars(" ·").str.split(" ")
    token = pl.element()
    is_name = token.str.contains(f"^{judgement.name_pattern}$") & ~token.str.contains(judgement.no_name)
    is_medium = token.str.contains(f"^{judgement.medium_pattern}$")
    is_rest = token.str.contains(f"^(?:(?:{glue})*|{judgement.place_pattern})$")
    return (pl.col("rest") > 0) & tokens.list.eval(is_name | is_medium | is_rest).list.all()
