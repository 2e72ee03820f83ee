"""Noise rules of seeds/noise_rules.csv, matched on folded lines."""

from __future__ import annotations

from functools import cache
from itertools import pairwise

import polars as pl

from transforms.clean.cues import ANYWHERE, STOP, loosened, signs_of
from transforms.spans import apply, as_edits, compose, no_edits, occurrences

# A longer line is prose or a link farm; no rule looks at it.
LONGEST = 420
# A rule without a literal cue looks at lines up to this length.
CUELESS = 60
# Rules show their cue within so many characters of the beginning of a line, most within the fewest.
REACHES = (48, 144, ANYWHERE)
# Heads and tails of a line that spans are looked for in.
REACH = 90
# An article about betting names its brands; in any other they were put in.
ON_BETTING = "赌|博彩|诈骗|六合彩"
# So many words that only a rewriting program writes, of so many kinds, are no slip of the pen.
SPUN, SPUN_KINDS = 4, 3
# How a sentence ends.
CLOSES = r"[。!?][”’)\]]*$"
# Prose: a full stop, and then something.
FLOWS_ON = "。."


def fitting(lines: pl.DataFrame, rules: pl.DataFrame) -> pl.DataFrame:
    """line, zone, order, found_category, found_rule: every pair of a line and a rule of scope `line` that fits it.

    `lines` has line, folded and chars; `rules` are those of seeds/noise_rules.csv, of which `order` is the row.
    """
    tried = rules.with_row_index("number").filter(pl.col("scope") == "line")
    patterns = dict(tried.select("number", "pattern").iter_rows())
    # Furniture stands in many pages: each text is judged once.
    distinct = (
        lines.filter(pl.col("chars") <= LONGEST).select("folded", "chars").unique("folded").with_row_index("line")
    )
    pairs = _suspected(distinct, tried)
    fits = [
        _fitting(group, patterns[number]).select("folded", "number")
        for (number,), group in pairs.partition_by("number", as_dict=True, include_key=True).items()
    ]
    return (
        pl.concat([pairs.head(0).select("folded", "number"), *fits])
        .join(
            tried.select("number", "zone", order="number", found_category="category", found_rule="rule_id"), on="number"
        )
        .drop("number")
        .join(lines.select("folded", "line"), on="folded", how="inner")
        .select("line", "zone", "order", "found_category", "found_rule")
    )


def _fitting(suspects: pl.DataFrame, pattern: str) -> pl.DataFrame:
    """The rows of `suspects` (folded) that the pattern fits."""
    likely = suspects.filter(pl.col("folded").str.contains(loosened(pattern)))
    return likely.filter(pl.col("folded").str.contains(pattern)) if likely.height else likely


def claim(lines: pl.DataFrame, fits: pl.DataFrame, zone: str) -> pl.DataFrame:
    """`lines` (line, category, rule_id, …): unclaimed ones that stand in the zone get category and rule of the first that fits."""
    inside = pl.lit(True) if zone == "any" else pl.col(f"is_{zone}")
    found = fits.filter(pl.col("zone") == zone).sort("line", "order").unique("line", keep="first").drop("zone", "order")
    free = pl.col("category").is_null() & inside
    return (
        lines.join(found, on="line", how="left", maintain_order="left")
        .with_columns(
            category=pl.when(free).then("found_category").otherwise("category"),
            rule_id=pl.when(free).then("found_rule").otherwise("rule_id"),
        )
        .drop("found_category", "found_rule")
    )


def _suspected(lines: pl.DataFrame, rules: pl.DataFrame) -> pl.DataFrame:
    """line, folded, number: pairs of a line and a rule (number, pattern) of which the line shows all signs."""
    signs, cues = _signs(rules)
    last = pl.col("folded").str.tail(1).str.to_lowercase()
    known = lines.select(
        "line",
        "folded",
        "chars",
        first=pl.col("folded").str.head(1).str.to_lowercase(),
        last=last,
        closed=last == STOP,
        flows_on=pl.col("folded").str.contains(FLOWS_ON),
    )
    # Most lines are prose, and few rules fit prose.
    is_prose, fits_prose = pl.col("closed") & pl.col("flows_on"), pl.col("closes") & pl.col("stops")
    held = [
        known.filter(pl.col("chars") <= CUELESS)
        .select("line")
        .join(signs.filter("is_cueless").select("number"), how="cross")
    ]
    for group, fitting_cues in ((known.filter(is_prose), cues.filter(fits_prose)), (known.filter(~is_prose), cues)):
        for nearer, reach in pairwise((0, *REACHES)):
            of_reach = fitting_cues.filter(pl.col("reach").is_between(nearer, reach, closed="right"))
            held.append(_holding(group, pl.col("folded").str.head(reach), of_reach))
    return (
        pl.concat(held)
        .unique()
        .join(known, on="line", how="left")
        .join(signs, on="number", how="left")
        .filter(
            (pl.col("chars") <= pl.col("longest"))
            & (pl.col("stops") | ~pl.col("flows_on"))
            & (pl.col("closes") | ~pl.col("closed"))
        )
        .filter(
            pl.col("firsts").list.contains(pl.col("first")).fill_null(True)
            & pl.col("lasts").list.contains(pl.col("last")).fill_null(True)
        )
        .select("line", "folded", "number")
    )


def _signs(rules: pl.DataFrame) -> tuple[pl.DataFrame, pl.DataFrame]:
    """What each rule asks of a line, one row a rule; and its cues, one row a cue: number, cue, reach, stops, closes."""
    return _signs_of(tuple(rules.select("number", "pattern").iter_rows()))


@cache
def _signs_of(patterns: tuple[tuple[int, str], ...]) -> tuple[pl.DataFrame, pl.DataFrame]:
    told = [(number, signs_of(pattern)) for number, pattern in patterns]
    signs = pl.DataFrame(
        [
            (
                number,
                s.longest,
                s.stops,
                s.closes,
                not s.cues,
                None if s.firsts is None else sorted(s.firsts),
                None if s.lasts is None else sorted(s.lasts),
            )
            for number, s in told
        ],
        schema={
            "number": pl.UInt32,
            "longest": pl.Int64,
            "stops": pl.Boolean,
            "closes": pl.Boolean,
            "is_cueless": pl.Boolean,
            "firsts": pl.List(pl.String),
            "lasts": pl.List(pl.String),
        },
        orient="row",
    )
    cues = pl.DataFrame(
        [(number, cue, s.reach, s.stops, s.closes) for number, s in told for cue in sorted(s.cues)],
        schema={"number": pl.UInt32, "cue": pl.String, "reach": pl.Int64, "stops": pl.Boolean, "closes": pl.Boolean},
        orient="row",
    )
    return signs, cues


def _holding(lines: pl.DataFrame, where: pl.Expr, cues: pl.DataFrame) -> pl.DataFrame:
    """line, number: the lines that hold a cue (number, cue) in the given part of their text."""
    words = cues["cue"].unique().sort().to_list()
    none = lines.clear().select("line", number=pl.lit(0, pl.UInt32))
    if not words or lines.is_empty():
        return none
    held = lines.select("line", cue=where).filter(pl.col("cue").str.contains_any(words, ascii_case_insensitive=True))
    if held.is_empty():
        return none
    return (
        held.select("line", cue=pl.col("cue").str.extract_many(words, ascii_case_insensitive=True, overlapping=True))
        .explode("cue", empty_as_null=False)
        .with_columns(pl.col("cue").str.to_lowercase())
        .join(cues.select("number", "cue"), on="cue", how="inner")
        .select("line", "number")
    )


def zones(lines: pl.DataFrame) -> pl.DataFrame:
    """`lines` (with closes, see CLOSES) with is_top (before the body begins) and is_bottom (behind its last paragraph)."""
    sentence = pl.col("category").is_null() & pl.col("closes")
    solid = pl.col("_sentence") & (pl.col("chars") >= 40)
    body = pl.when(solid.any().over("doc")).then(solid).otherwise("_sentence")
    return (
        lines.lazy()
        .with_columns(_sentence=sentence)
        .with_columns(body=body, place=pl.int_range(pl.len()).over("doc"))
        .with_columns(
            is_top=(pl.col("place") < 12)
            & ((pl.col("body").cum_sum().over("doc") == 0) | ~pl.col("body").any().over("doc")),
            is_bottom=pl.col("body").cum_sum(reverse=True).over("doc") == 0,
        )
        .drop("_sentence")
        .collect()
    )


def span_edits(lines: pl.DataFrame, rules: pl.DataFrame) -> pl.DataFrame:
    """Cuts inside `lines` (line, folded) by the rules of scope `span`, in coordinates of the folded text.

    A span is looked for at the two ends of a line only: a head or a tail, never the middle of prose.
    """
    tried = rules.filter(pl.col("scope") == "span").with_row_index("number")
    patterns = {number: rule for number, *rule in tried.select("number", "rule_id", "category", "pattern").iter_rows()}
    sieve = _suspected_ends(lines, tried).sort("number", "line").select("number", "line", text="folded")
    edits = no_edits()
    for (number,), suspects in sieve.partition_by(
        "number", as_dict=True, include_key=False, maintain_order=True
    ).items():
        rule_id, category, pattern = patterns[number]
        earlier = edits.filter(pl.col("line").is_in(suspects["line"].implode())) if edits.height else edits
        found = occurrences(apply(suspects, earlier), pattern)
        if found.height:
            edits = compose(edits, as_edits(found, category=category, rule_id=rule_id, confidence=1.0))
    return edits


def inside_edits(lines: pl.DataFrame, rules: pl.DataFrame) -> pl.DataFrame:
    """Cuts anywhere in `lines` (doc, line, folded) by the rules of scope `inside`: words put into somebody's sentence."""
    tried = rules.filter(pl.col("scope") == "inside").with_row_index("number")
    _, cues = _signs(tried)
    held = lines.join(_holding(lines, pl.col("folded"), cues), on="line", how="semi")
    if held.is_empty():
        return no_edits()
    docs = lines.join(held.select("doc").unique(), on="doc", how="semi")
    on_betting = docs.filter(pl.col("folded").str.contains(ON_BETTING)).select("doc")
    suspects = held.join(on_betting, on="doc", how="anti").select("line", text="folded")
    edits = no_edits()
    if suspects.is_empty():
        return edits
    for rule_id, category, pattern in tried.select("rule_id", "category", "pattern").iter_rows():
        found = occurrences(apply(suspects, edits), pattern)
        edits = compose(edits, as_edits(found, category=category, rule_id=rule_id, confidence=1.0))
    return edits


def doubtful(lines: pl.DataFrame, rules: pl.DataFrame) -> pl.Series:
    """The docs of which `lines` (doc, line, folded) hold so many words of the rules of scope `doubt` that a program wrote them."""
    tried = rules.filter(pl.col("scope") == "doubt").with_row_index("number")
    _, cues = _signs(tried)
    suspects = lines.join(_holding(lines, pl.col("folded"), cues), on="line", how="semi")
    if suspects.is_empty():
        return suspects["doc"]
    words = [
        suspects.select("doc", word=pl.col("folded").str.extract_all(pattern)).explode("word", empty_as_null=False)
        for pattern in tried["pattern"]
    ]
    counted = pl.concat([suspects.select("doc", word="folded").clear(), *words]).group_by("doc").agg(
        count=pl.len(), kinds=pl.col("word").n_unique()
    )  # fmt: skip
    return counted.filter((pl.col("count") >= SPUN) & (pl.col("kinds") >= SPUN_KINDS))["doc"].sort()


def _suspected_ends(lines: pl.DataFrame, rules: pl.DataFrame) -> pl.DataFrame:
    """line, folded, number: pairs of a line and a rule (number, pattern) whose cue one end of the line holds."""
    signs, cues = _signs(rules)
    heads, tails = cues.filter(pl.col("reach") <= REACH), cues.filter(pl.col("reach") > REACH)
    # Once a span is cut another may end the line: what one of the rules can end with says nothing of the others.
    lasts = signs.join(tails, on="number", how="semi")["lasts"].explode().unique().drop_nulls().to_list()
    ended = lines.filter(pl.col("folded").str.tail(1).str.to_lowercase().is_in(lasts))
    held = [
        _holding(lines, pl.col("folded").str.head(REACH), heads),
        _holding(ended, pl.col("folded").str.tail(REACH), tails),
    ]
    return pl.concat(held).unique().join(lines.select("line", "folded"), on="line", how="left")
