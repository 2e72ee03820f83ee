"""Noise rules of seeds/noise_rules.csv, matched on folded lines."""

from __future__ import annotations

from functools import cache

import numpy as np
import polars as pl

from transforms.clean.cues import STOP, loosened, signs_of
from transforms.clean.evidence import written_at
from transforms.clean.sightings import FLOWS_ON, LONGEST, REACH
from transforms.spans import apply, as_edits, compose, no_edits, occurrences

# A rule without a literal cue looks at lines up to this length.
CUELESS = 60
# The top of a page is among so many lines.
TOP = 12
# So many words that only a rewriting program writes, of so many kinds, are no slip of the pen.
SPUN, SPUN_KINDS = 4, 3
# Share of the letters of all sentences of a page that its long ones have, if they alone are its body.
SOLID = 0.3
# How a sentence ends, also with a note behind it: 。(完), 。(记者王小二).
CLOSES = r"[。!?][”’\")\]]*(?:\s?[(【\[][^()【】\[\]。]{1,16}[)】\]])?$"


def fitting(lines: pl.DataFrame, rules: pl.DataFrame, seen: pl.DataFrame) -> pl.DataFrame:
    """line, zone, order, found_category, found_rule: every pair of a line and a rule of scope `line` that fits it.

    `lines` has line, folded and chars; `rules` are those of seeds/noise_rules.csv, of which `number` is the row, and
    which comes first where several fit; `seen` are the sightings of their cues.
    """
    tried = rules.filter(pl.col("scope") == "line")
    patterns = dict(tried.select("number", "pattern").iter_rows())
    # Furniture stands in many pages: each text is judged once.
    distinct = lines.select(pl.col("line", "folded", "chars").filter(pl.col("chars") <= LONGEST)).unique("folded")
    pairs = _suspected(distinct, tried, seen).select("folded", "number")
    fits = [
        _fitting(group, patterns[number])
        for (number,), group in pairs.partition_by("number", as_dict=True, include_key=True).items()
    ]
    return (
        pl.concat([pairs.head(0), *fits])
        .join(
            tried.select("number", "zone", order="number", found_category="category", found_rule="rule_id"), on="number"
        )
        .drop("number")
        .join(lines.select("folded", "line"), on="folded", how="inner")
        .select("line", "zone", "order", "found_category", "found_rule")
    )


def _fitting(suspects: pl.DataFrame, pattern: str) -> pl.DataFrame:
    """The rows of `suspects` (folded, …) that the pattern fits."""
    likely = suspects.filter(pl.col("folded").str.contains(loosened(pattern)))
    return likely.filter(pl.col("folded").str.contains(pattern)) if likely.height else likely


def claim(lines: pl.DataFrame, fits: pl.DataFrame, zone: str) -> pl.DataFrame:
    """`lines` (line, category, rule_id, …): free ones in the zone get category and rule of the first that fits."""
    found = fits.filter(pl.col("zone") == zone).sort("line", "order").unique("line", keep="first")
    is_free = pl.col("category").is_null() if zone == "any" else pl.col("category").is_null() & pl.col(f"is_{zone}")
    free = lines.select(is_free).to_series().gather(lines["line"].search_sorted(found["line"]))
    return written_at(lines, found.filter(free).select("line", category="found_category", rule_id="found_rule"))


def _suspected(lines: pl.DataFrame, rules: pl.DataFrame, seen: pl.DataFrame) -> pl.DataFrame:
    """line, folded, number: pairs of a line and a rule (number, pattern) of which the line shows all signs."""
    signs = _signs(rules)
    # Whether a rule fits prose its sightings have asked already; one without a cue has none.
    short = lines.filter(pl.col("chars") <= CUELESS).select("line", flows_on=pl.col("folded").str.contains(FLOWS_ON))
    cueless = short.join(signs.filter("is_cueless"), how="cross").filter(pl.col("stops") | ~pl.col("flows_on"))
    tried = pl.concat([cueless.select("line", "number"), seen])
    # Numbers are compared first: most lines are prose, and few rules fit prose.
    likely = (
        tried.join(signs.select("number", "longest", "closes"), on="number")
        .join(lines.select("line", "chars", closed=pl.col("folded").str.ends_with(STOP)), on="line")
        .filter((pl.col("chars") <= pl.col("longest")) & (pl.col("closes") | ~pl.col("closed")))
        .select("line", "number")
    )
    ends = lines.join(likely, on="line", how="semi").select(
        "line",
        "folded",
        first=pl.col("folded").str.head(1).str.to_lowercase(),
        last=pl.col("folded").str.tail(1).str.to_lowercase(),
    )
    pairs = likely.join(ends, on="line")
    for letter in ("first", "last"):
        known = signs.select("number", letter=f"{letter}s").drop_nulls()
        given = known.explode("letter").drop_nulls()
        is_free = ~pl.col("number").is_in(known["number"].implode())
        fitting = pairs.join(given, left_on=["number", letter], right_on=["number", "letter"], how="semi")
        pairs = pl.concat([pairs.filter(is_free), fitting])
    return pairs.select("line", "folded", "number")


def _signs(rules: pl.DataFrame) -> pl.DataFrame:
    """What each rule asks of a line, one row a rule."""
    return _signs_of(tuple(rules.select("number", "pattern").iter_rows()))


@cache
def _signs_of(patterns: tuple[tuple[int, str], ...]) -> pl.DataFrame:
    told = [(number, signs_of(pattern)) for number, pattern in patterns]
    return pl.DataFrame(
        [
            (
                number,
                s.longest,
                s.reach,
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
            "reach": pl.Int64,
            "stops": pl.Boolean,
            "closes": pl.Boolean,
            "is_cueless": pl.Boolean,
            "firsts": pl.List(pl.String),
            "lasts": pl.List(pl.String),
        },
        orient="row",
    )


def zones(lines: pl.DataFrame) -> pl.DataFrame:
    """`lines` with body (it is a paragraph), is_top (before the body begins) and is_bottom (behind its last paragraph).

    `lines` has doc, chars, category and closes (see CLOSES); those of a text stand together.
    """
    if lines.is_empty():
        return lines.with_columns(pl.lit(None, pl.Boolean).alias(name) for name in ("body", "is_top", "is_bottom"))
    doc = lines["doc"].to_numpy()
    first = np.flatnonzero(np.append(True, doc[1:] != doc[:-1]))
    size = np.diff(np.append(first, len(doc)))
    sentence = lines.select(pl.col("category").is_null() & pl.col("closes")).to_series().to_numpy()
    solid = sentence & (lines["chars"].to_numpy() >= 40)
    # One long sentence among many short ones, as lines broken at commas leave them, is no body by itself.
    chars = lines["chars"].to_numpy()
    all_solid, all_closed = (np.add.reduceat(np.where(those, chars, 0), first) for those in (solid, sentence))
    body = np.where(np.repeat(all_solid > SOLID * all_closed, size), solid, sentence)
    so_far = np.cumsum(body)
    before = np.repeat(so_far[first] - body[first], size)
    all_in_all = np.repeat(np.add.reduceat(body, first, dtype=np.int64), size)
    is_begun, is_over = so_far > before, so_far - before == all_in_all
    is_early = np.arange(len(doc)) - np.repeat(first, size) < TOP
    return lines.with_columns(
        body=pl.Series(body),
        is_top=pl.Series(is_early & (~is_begun | (all_in_all == 0))),
        is_bottom=pl.Series(is_over & ~body),
    )


def span_edits(lines: pl.DataFrame, rules: pl.DataFrame, seen: pl.DataFrame) -> pl.DataFrame:
    """Cuts inside `lines` (line, folded) by the rules of scope `span`, in coordinates of the folded text.

    A span is looked for at the two ends of a line only: a head or a tail, never the middle of prose.
    """
    tried = rules.filter(pl.col("scope") == "span")
    patterns = {number: rule for number, *rule in tried.select("number", "rule_id", "category", "pattern").iter_rows()}
    sieve = _suspected_ends(lines, tried, seen).sort("number", "line").select("number", "line", text="folded")
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


def inside_edits(lines: pl.DataFrame, rules: pl.DataFrame, seen: pl.DataFrame) -> pl.DataFrame:
    """Cuts anywhere in `lines` (doc, line, folded) by rules of scope `inside`: words put into somebody's sentence.

    An article about betting names its brands: one with a match of a rule of scope `theme` is left as it is.
    """
    tried, themes = (rules.filter(pl.col("scope") == scope) for scope in ("inside", "theme"))
    held = _holding(lines, tried, seen)
    if held.is_empty():
        return no_edits()
    on_theme = _holding(lines, themes, seen).filter(pl.col("folded").str.contains("|".join(themes["pattern"])))
    suspects = held.join(on_theme, on="doc", how="anti").select("line", text="folded")
    edits = no_edits()
    if suspects.is_empty():
        return edits
    for rule_id, category, pattern in tried.select("rule_id", "category", "pattern").iter_rows():
        found = occurrences(apply(suspects, edits), pattern)
        edits = compose(edits, as_edits(found, category=category, rule_id=rule_id, confidence=1.0))
    return edits


def doubtful(lines: pl.DataFrame, rules: pl.DataFrame, seen: pl.DataFrame) -> pl.Series:
    """The docs whose `lines` (doc, line, folded) hold so many words of scope `doubt` that a program wrote them."""
    tried = rules.filter(pl.col("scope") == "doubt")
    suspects = _holding(lines, tried, seen)
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


def _holding(lines: pl.DataFrame, rules: pl.DataFrame, seen: pl.DataFrame) -> pl.DataFrame:
    """The lines in which a cue of any of the rules was seen."""
    wanted = seen.filter(pl.col("number").is_in(rules["number"].implode()))
    return lines.join(wanted, on="line", how="semi", maintain_order="left") if wanted.height else lines.clear()


def _suspected_ends(lines: pl.DataFrame, rules: pl.DataFrame, seen: pl.DataFrame) -> pl.DataFrame:
    """line, folded, number: pairs of a line and a rule whose cue one end of the line holds."""
    signs = _signs(rules)
    # Once a span is cut another may end the line: what one of the rules can end with says nothing of the others.
    is_tail = pl.col("reach") > REACH
    lasts = signs.filter(is_tail)["lasts"].explode().unique().drop_nulls().to_list()
    return (
        seen.join(signs.select("number", "reach"), on="number")
        .join(lines.select("line", "folded"), on="line")
        .filter(~is_tail | pl.col("folded").str.tail(1).str.to_lowercase().is_in(lasts))
        .select("line", "folded", "number")
    )
