"""Noise rules of seeds/noise_rules.csv, matched on folded lines."""

from __future__ import annotations

import polars as pl

from transforms.clean.cues import cues_of
from transforms.spans import apply, as_edits, compose, no_edits, occurrences

# A line longer than this is prose or a link farm; only the rules without a zone look at it.
LONGEST = 420
CUELESS = 60
# Heads and tails of a line that spans are looked for in.
REACH = 90


def claim(lines: pl.DataFrame, rules: pl.DataFrame, zone: str) -> pl.DataFrame:
    """`lines` (line, folded, category, rule_id, …): unclaimed ones get category and rule of the first rule that fits.

    `rules` are those of seeds/noise_rules.csv; only scope `line` and the given zone are tried.
    """
    tried = rules.filter((pl.col("scope") == "line") & (pl.col("zone") == zone)).with_row_index("number")
    open_lines = lines.filter(pl.col("category").is_null() & (pl.col("chars") <= LONGEST))
    found = _fitting(open_lines, tried).group_by("line").agg(pl.col("number").min())
    if found.is_empty():
        return lines
    claimed = found.join(
        tried.select("number", found_category="category", found_rule="rule_id"), on="number", how="inner"
    ).drop("number")
    return (
        lines.join(claimed, on="line", how="left", maintain_order="left")
        .with_columns(
            category=pl.coalesce("category", "found_category"),
            rule_id=pl.coalesce("rule_id", "found_rule"),
        )
        .drop("found_category", "found_rule")
    )


def _fitting(lines: pl.DataFrame, rules: pl.DataFrame) -> pl.DataFrame:
    """line, number: every pair of a line and a rule (number, pattern) that fits it."""
    pairs = _suspected(lines, rules)
    fits: list[pl.DataFrame] = []
    for (number,), group in pairs.group_by("number"):
        pattern = rules.filter(pl.col("number") == number)["pattern"].item()
        fits.append(group.filter(pl.col("folded").str.contains(pattern)).select("line", "number"))
    return pl.concat(fits) if fits else pairs.select("line", "number")


def _suspected(lines: pl.DataFrame, rules: pl.DataFrame) -> pl.DataFrame:
    """line, folded, number: pairs in which the line holds a cue of the rule and is no longer than it can match."""
    cued = [(number, *cues_of(pattern)) for number, pattern in rules.select("number", "pattern").iter_rows()]
    reach = pl.DataFrame(
        [(number, longest) for number, _, longest in cued],
        schema={"number": pl.UInt32, "longest": pl.Int64},
        orient="row",
    )
    by_cue = pl.DataFrame(
        [(number, cue) for number, cues, _ in cued for cue in cues], schema={"number": pl.UInt32, "cue": pl.String}, orient="row"
    )  # fmt: skip
    cues = sorted(set(by_cue["cue"]))
    # Rules without a literal cue look at short lines only.
    cueless = reach.filter(pl.col("number").is_in([number for number, cues, _ in cued if not cues]))
    held = (
        lines.select(
            "line", "chars", cue=pl.col("folded").str.extract_many(cues, ascii_case_insensitive=True, overlapping=True)
        )
        .explode("cue", empty_as_null=False)
        .with_columns(pl.col("cue").str.to_lowercase())
        .join(by_cue.join(reach, on="number"), on="cue", how="inner")
        .filter(pl.col("chars") <= pl.col("longest"))
        .select("line", "number")
        .unique()
    )
    unheld = lines.filter(pl.col("chars") <= CUELESS).select("line").join(cueless.select("number"), how="cross")
    return pl.concat([held, unheld]).join(lines.select("line", "folded"), on="line", how="left")


def zones(lines: pl.DataFrame) -> pl.DataFrame:
    """`lines` with is_top (before the body begins) and is_bottom (behind its last paragraph)."""
    unclaimed = pl.col("category").is_null()
    sentence = unclaimed & pl.col("folded").str.contains(r"[。!?][”’)\]]*$")
    solid = sentence & (pl.col("chars") >= 40)
    has_solid = solid.any().over("doc")
    body = pl.when(has_solid).then(solid).otherwise(sentence)
    place = pl.int_range(pl.len()).over("doc")
    return lines.with_columns(body=body, place=place).with_columns(
        is_top=(pl.col("place") < 12)
        & ((pl.col("body").cum_sum().over("doc") == 0) | ~pl.col("body").any().over("doc")),
        is_bottom=pl.col("body").cum_sum(reverse=True).over("doc") == 0,
    )


def span_edits(lines: pl.DataFrame, rules: pl.DataFrame) -> pl.DataFrame:
    """Cuts inside `lines` (line, folded) by the rules of scope `span`, in coordinates of the folded text.

    A span is looked for at the two ends of a line only: a head or a tail, never the middle of prose.
    """
    tried = rules.filter(pl.col("scope") == "span").with_row_index("number")
    ends = pl.col("folded").str.head(REACH) + pl.lit("\n") + pl.col("folded").str.tail(REACH)
    sieve = _suspected(lines.select("line", folded=ends, chars=pl.lit(0, pl.Int64)), tried)
    edits = no_edits()
    for number, rule_id, category, pattern in tried.select("number", "rule_id", "category", "pattern").iter_rows():
        suspects = lines.join(sieve.filter(pl.col("number") == number), on="line", how="semi").select(
            "line", text="folded"
        )
        found = occurrences(apply(suspects, edits.join(suspects, on="line", how="semi")), pattern)
        if found.height:
            edits = compose(edits, as_edits(found, category=category, rule_id=rule_id, confidence=1.0))
    return edits
