"""The algebra of edits: spans of a text that are cut or replaced, always told in the coordinates of the original.

An edit frame has the columns EDIT: `line` (id of the text it edits), `start`, `end` (code points, end exclusive),
`after` (replacement, '' for a cut), `category` (of meta.removed; NULL for a repair), `kind` (of meta.repair; NULL for a
cut), `rule_id`, `confidence`. Edits of one line never overlap.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import accumulate
from typing import Any

import numpy as np
import polars as pl

from transforms.lines import of_first
from transforms.points import Numbers, begins, edge, points, ranges, written

EDIT: dict[str, pl.DataType] = {
    "line": pl.UInt32(),
    "start": pl.Int64(),
    "end": pl.Int64(),
    "after": pl.String(),
    "category": pl.String(),
    "kind": pl.String(),
    "rule_id": pl.String(),
    "confidence": pl.Float64(),
}

OCCURRENCE: dict[str, pl.DataType] = {"line": pl.UInt32(), "start": pl.Int64(), "end": pl.Int64(), "match": pl.String()}


@cache
def no_edits() -> pl.DataFrame:
    """An edit frame without rows."""
    return pl.DataFrame(schema=EDIT)


def occurrences(texts: pl.DataFrame, pattern: str) -> pl.DataFrame:
    """Every match of a Rust regex: columns line, start, end, match.

    `texts` has `line` and `text`. Offsets are code points; matches are those of a left-to-right scan and not empty.
    """
    # U+FFFF is no character: it serves as the mark on both sides of each match, so that one scan of the text splits it.
    found = texts.filter(pl.col("text").str.contains(pattern))
    if found.is_empty():
        return pl.DataFrame(schema=OCCURRENCE)
    marked = pl.col("text").str.replace_all("\uffff", "\ufffe", literal=True).str.replace_all(pattern, "\uffff$0\uffff")
    pieces = found.select(marked.str.join("")).to_series().str.split("\uffff").explode()
    place = begins(pieces)
    start, end = place[1:-1:2], place[2::2]
    begin = begins(found["text"])
    row = np.searchsorted(begin[:-1], start, side="right") - 1
    return pl.DataFrame(
        {
            "line": found["line"].gather(row),
            "start": start - begin[row],
            "end": end - begin[row],
            "match": pieces.gather_every(2, 1),
        },
        schema=OCCURRENCE,
    ).filter(pl.col("start") < pl.col("end"))


def as_edits(
    found: pl.DataFrame,
    *,
    after: pl.Expr | str = "",
    category: pl.Expr | str | None = None,
    kind: str | None = None,
    rule_id: pl.Expr | str | None = None,
    confidence: pl.Expr | float | None = None,
) -> pl.DataFrame:
    """Occurrences as an edit frame; strings are literals, expressions are read from `found`."""

    def value(given: pl.Expr | str | float | None) -> pl.Expr:
        return given if isinstance(given, pl.Expr) else pl.lit(given)

    return found.select(
        "line",
        "start",
        "end",
        after=value(after).cast(pl.String),
        category=value(category).cast(pl.String),
        kind=value(kind).cast(pl.String),
        rule_id=value(rule_id).cast(pl.String),
        confidence=value(confidence).cast(pl.Float64),
    )


def apply(texts: pl.DataFrame, edits: pl.DataFrame) -> pl.DataFrame:
    """`texts` (line, text, …) with every edit carried out; lines without edits stay as they are."""
    if edits.is_empty():
        return texts
    ordered = edits.select("line", "start", "end", "after").sort("line", "start")
    order = np.argsort(texts["line"].to_numpy(), kind="stable")
    lines, asked = texts["line"].to_numpy()[order], ordered["line"].to_numpy()
    place = np.searchsorted(lines, asked)
    is_here = lines[np.minimum(place, len(lines) - 1)] == asked if len(lines) else np.zeros(len(asked), dtype=bool)
    rows, text = np.unique(order[place[is_here]], return_inverse=True)
    if not len(rows):
        return texts
    edited = _spliced(texts["text"].gather(rows), text, ordered.filter(pl.Series(is_here)))
    return texts.with_columns(texts["text"].clone().scatter(rows, edited))


def _spliced(texts: pl.Series, text: Numbers, edits: pl.DataFrame) -> pl.Series:
    """The texts with all edits carried out at once; `text` says of each edit which of them it is in."""
    between = edge(texts, edits["after"])
    letters = points(texts, between)
    begin = begins(texts)[text] + text
    start, end = begin + edits["start"].to_numpy(), begin + edits["end"].to_numpy()
    stays = np.ones(len(letters), dtype=bool)
    stays[ranges(start, end)] = False
    sizes = edits["after"].str.len_chars().to_numpy()
    if sizes.any():
        at = np.repeat(start, sizes)
        letters, stays = np.insert(letters, at, points(edits["after"])), np.insert(stays, at, values=True)
    return written(letters[stays], between)


def compose(first: pl.DataFrame, second: pl.DataFrame) -> pl.DataFrame:
    """Two rounds of edits as one: `second` is told in the text that `first` left, the result in the original.

    A later edit that touches what an earlier one wrote, or covers an earlier cut, absorbs the earlier edit.
    """
    if first.is_empty() or second.is_empty():
        return pl.concat([first, second]).sort("line", "start") if second.height or first.height else first
    # Most lines are edited in one of the rounds only.
    met = first["line"].is_in(second["line"].unique().implode())
    if not met.any():
        return pl.concat([first, second.select(*EDIT)]).sort("line", "start", "end")
    if not met.all():
        return pl.concat([first.filter(~met), compose(first.filter(met), second)]).sort("line", "start", "end")
    known = _shifted(first)
    placed = _ends(_starts(second, known), known)
    result = placed.select(*EDIT)
    # Where the edits begun so far reach: no pairs of edits, of which a long line has too many.
    reach = placed.select("line", "start", "end").sort("line", "start").select(
        "line", "start", reach=pl.col("end").cum_max().over("line")
    )  # fmt: skip
    swallowed = (
        known.select("line", "start", "end")
        .join_asof(reach, on="start", by="line", check_sortedness=False)
        .filter(pl.col("end") <= pl.col("reach"))
        .select("line", "start")
        .unique()
    )
    kept = first.join(swallowed, on=["line", "start"], how="anti")
    whole = pl.concat([kept.select(*EDIT), result]).sort("line", "start", "end")
    return _mended(whole, known, second)


def _shifted(edits: pl.DataFrame) -> pl.DataFrame:
    """The edits with where each stands in the text they leave: gain, total (of all up to it), new_start, new_end."""
    size = pl.col("after").str.len_chars().cast(pl.Int64)
    return (
        edits.lazy()
        .sort("line", "start")
        .with_columns(gain=size - (pl.col("end") - pl.col("start")))
        .with_columns(all_gains=pl.col("gain").cum_sum())
        .with_columns(total=pl.col("all_gains") - of_first(pl.col("all_gains") - pl.col("gain"), "line"))
        .with_columns(new_start=pl.col("start") + pl.col("total") - pl.col("gain"))
        .with_columns(new_end=pl.col("new_start") + size)
        .drop("all_gains")
        .collect()
    )


def _mended(whole: pl.DataFrame, known: pl.DataFrame, second: pl.DataFrame) -> pl.DataFrame:
    """`whole`, both rounds side by side, with lines whose edits overlap merged one by one."""
    overlaps = (pl.col("line") == pl.col("line").shift(1)) & (pl.col("start") < pl.col("end").shift(1))
    clashing = whole.filter(overlaps).select("line").unique()
    if clashing.is_empty():
        return whole
    one, two = (
        some.join(clashing, on="line", how="semi").partition_by("line", as_dict=True) for some in (known, second)
    )
    mended = [_merged(one[line], two[line]) for line in sorted(one)]
    return pl.concat([whole.join(clashing, on="line", how="anti"), *mended]).sort("line", "start")


@dataclass
class _Group:
    """Later edits that share earlier ones: from where to where in the text the earlier ones left, and which these are."""

    low: int
    high: int
    first: int
    last: int
    laters: list[dict[str, Any]]


def _merged(known: pl.DataFrame, second: pl.DataFrame) -> pl.DataFrame:
    """The edits of one line in which several later edits touch one earlier replacement: each such group becomes one.

    No round overlaps itself: what a later edit touches stands side by side, and is found by search.
    """
    earlier = known.sort("start").to_dicts()
    starts, ends = [e["new_start"] for e in earlier], [e["new_end"] for e in earlier]
    gains = [0, *accumulate(e["gain"] for e in earlier)]

    def left(low: int, high: int) -> str:
        """What earlier replacements wrote between two places of the text they left."""
        touched = earlier[bisect_right(ends, low) : bisect_left(starts, high)]
        return "".join(e["after"][max(0, low - e["new_start"]) : max(0, high - e["new_start"])] for e in touched)

    groups: list[_Group] = []
    for later in second.sort("start").to_dicts():
        first, last = bisect_right(ends, later["start"]), bisect_left(starts, later["end"])
        low = min([later["start"], *starts[first:last]])
        high = max([later["end"], *ends[first:last]])
        if groups and low < groups[-1].high:
            groups[-1].high, groups[-1].last = max(high, groups[-1].high), max(last, groups[-1].last)
            groups[-1].laters.append(later)
        else:
            groups.append(_Group(low, high, first, last, [later]))
    absorbed = {number for group in groups for number in range(group.first, group.last)}
    rows = [{name: e[name] for name in EDIT} for number, e in enumerate(earlier) if number not in absorbed]
    for group in groups:
        behind = [group.low, *(later["end"] for later in group.laters)]
        after = [left(at, later["start"]) + later["after"] for at, later in zip(behind, group.laters, strict=False)]
        told = {
            "start": group.low - gains[group.first],
            "end": group.high - gains[group.last],
            "after": "".join([*after, left(behind[-1], group.high)]),
        }
        rows.append({name: group.laters[0][name] for name in EDIT} | told)
    return pl.DataFrame(rows, schema=EDIT)


def _starts(second: pl.DataFrame, known: pl.DataFrame) -> pl.DataFrame:
    """`second` with `start` moved to the original; what it leaves of an earlier replacement goes before `after`."""
    side = known.select("line", "total", "new_start", "new_end", key="new_start", first_start="start", earlier="after")
    met = second.sort("line", "start").join_asof(
        side, left_on="start", right_on="key", by="line", strategy="backward", check_sortedness=False
    )
    within = (pl.col("start") < pl.col("new_end")).fill_null(False)
    return met.select(
        "line",
        "end",
        "category",
        "kind",
        "rule_id",
        "confidence",
        after=pl.when(within)
        .then(pl.col("earlier").str.slice(0, pl.col("start") - pl.col("new_start")) + pl.col("after"))
        .otherwise("after"),
        start=pl.when(within).then("first_start").otherwise(pl.col("start") - pl.col("total").fill_null(0)),
    )


def _ends(second: pl.DataFrame, known: pl.DataFrame) -> pl.DataFrame:
    """`second` with `end` moved to the original; what it leaves of an earlier replacement goes behind `after`."""
    side = known.select("line", "total", "new_start", "new_end", key="new_start", first_end="end", earlier="after")
    met = second.sort("line", "end").join_asof(
        side,
        left_on="end",
        right_on="key",
        by="line",
        strategy="backward",
        allow_exact_matches=False,
        check_sortedness=False,
    )
    within = (pl.col("end") < pl.col("new_end")).fill_null(False)
    return met.select(
        "line",
        "start",
        "category",
        "kind",
        "rule_id",
        "confidence",
        after=pl.when(within)
        .then(pl.col("after") + pl.col("earlier").str.slice(pl.col("end") - pl.col("new_start")))
        .otherwise("after"),
        end=pl.when(within).then("first_end").otherwise(pl.col("end") - pl.col("total").fill_null(0)),
    )


def rebuild(
    title: str | None,
    title_start_offset: int | None,
    headings: Sequence[Mapping[str, object]],
    body: str,
    removed: Sequence[Mapping[str, object]],
    repairs: Sequence[Mapping[str, object]],
) -> str:
    """The original of a clean document, from what was kept, what was cut and what was changed.

    What was kept stands in the gaps between the spans: title, headings and paragraphs in reading order, one newline
    between two of them, and every repair's `after` in place of its `before`.
    """
    kept = _kept(title if title_start_offset is not None else None, headings, body)
    spans = sorted(
        [(int(str(r["start_offset"])), str(r["text"]), "") for r in removed]
        + [(int(str(r["start_offset"])), str(r["before"]), str(r["after"])) for r in repairs]
    )
    original: list[str] = []
    length = read = 0
    for start, before, after in spans:
        gap = kept[read : read + start - length]
        original += [gap, before]
        read += len(gap) + len(after)
        length += len(gap) + len(before)
    return "".join([*original, kept[read:]])


def _kept(title: str | None, headings: Sequence[Mapping[str, object]], body: str) -> str:
    """Title, headings and paragraphs in reading order, joined by a newline."""
    paragraphs = body.split("\n") if body else []
    items = [] if title is None else [title]
    for number in range(len(paragraphs) + 1):
        items += [str(h["text_original"]) for h in headings if h["before_paragraph"] == number]
        items += paragraphs[number : number + 1]
    return "\n".join(items)
