"""Where a page breaks its lines at a margin: lines so cut, and the whole lines they are pieces of."""

from __future__ import annotations

import polars as pl

from transforms.lines import following, place, preceding

ENDS = r"[。!?;:…][”’\")\]】》*]*$"
STOPS = r"[。!?][”’\")]*$"
# When a page was published: nothing goes on in it.
MOMENT = r"^(?:19|20)\d{2}[-/.年]\d{1,2}[-/.月]\d{1,2}日?[ T]*\d{1,2}:\d{2}"
# Columns of a hard-wrapped page differ by at most this, as punctuation may not open a line.
RAGGED = 3
NARROWEST, FEWEST = 10, 3
IS_PIECE = pl.col("is_wrapped") | (pl.col("whole") != pl.col("line"))
# No mark that closes opens a line, and none that opens closes one: with the letter beside it it goes to the next.
KEPT_TOGETHER = r"^(?:.[,.。、;:!?”’)\]》】…]|[“‘(\[《【])"
BY_PLACE = ["behind_article", "beside_title", "trailing_headlines", "below_related_header"]
TOLD_AT_HEAD = ["byline", "boilerplate", "reading_time"]
TRAIL_ENDS = "(?:正文|内容|详情|文章)$"
# Lines that overrun the margin, as a share of those that keep it: a table or a link among wrapped prose.
OVERRUN = 0.04
# A page of which so many of the lines at the margin end within half a character of it counts columns, whatever stands
# there.
EXACTLY, WITHIN = 0.9, 0.5
HALF = 0.5


def margins(lines: pl.DataFrame) -> pl.DataFrame:
    """doc, measure, margin, is_exact: the pages that wrap hard, by the lines of `lines` (see `begun`) no rule claims.

    Lines are measured as they stood and as they are after repair, in full characters and in characters of any width;
    the measure that finds most lines at one margin is the page's. Where nearly all of them end exactly there is_exact.
    """
    free = pl.col("category").is_null()
    loose = free & ~pl.col("ends") & ~pl.col("next_begins").fill_null(True)
    kept = lines.with_columns(loose=loose, free=free)
    kept = kept.filter(pl.col("loose").sum().over("doc") >= FEWEST)
    found = [kept.group_by("doc").agg(measure=pl.lit(name), **_margin(width)) for name, width in MEASURES.items()]
    full, exact = pl.col("full"), pl.col("exact")
    return (
        pl.concat(found)
        .sort("doc", full, "column", descending=[False, True, True], maintain_order=True)
        .unique("doc", keep="first", maintain_order=True)
        .filter(
            (full >= FEWEST)
            & (full >= 0.6 * pl.col("loose"))
            & (full >= 0.3 * pl.col("lines"))
            & (pl.col("over") <= OVERRUN * full)
            & (pl.col("margin") >= NARROWEST)
        )
        .select("doc", "measure", "margin", is_exact=exact >= EXACTLY * full)
    )


def _margin(width: pl.Expr) -> dict[str, pl.Expr]:
    """The margin of a page by one measure, how many loose lines keep it, how many of them exactly, how many overrun it;
    and how many of all lines, furniture too, end at it exactly."""
    loose, free = pl.col("loose"), pl.col("free")
    margin = width.filter(loose).quantile(0.8)
    is_exact = (width - margin).abs() <= WITHIN
    return {
        "margin": margin,
        "full": (loose & ((width - margin).abs() <= RAGGED)).sum(),
        "exact": (loose & is_exact).sum(),
        "column": is_exact.sum(),
        "over": (free & (width > margin + RAGGED + 1)).sum(),
        "loose": loose.sum(),
        "lines": free.sum(),
    }


def begun(lines: pl.DataFrame) -> pl.DataFrame:
    """`lines` (doc, gap, folded) with begins (set off by a blank line or an indent where others are not), next_begins,
    marks_paragraphs (some line of the page begins), ends (in a mark that ends a sentence) and beside (the blanks at its
    ends)."""
    breaks = pl.when(place() > 0).then(pl.col("gap").str.count_matches("\n", literal=True))
    beside = pl.col("gap").str.extract(r"([^\n]*)$").fill_null("") + following("gap").str.extract(
        r"^([^\n]*)"
    ).fill_null("")
    lines = lines.with_columns(breaks=breaks, ends=pl.col("folded").str.contains(ENDS), beside=beside)
    more = pl.col("breaks") > pl.col("breaks").min().over("doc")
    indented = pl.col("gap").str.contains(r"\n(?:\x{3000}{2,4}|[ \x{a0}]{4,8})$")
    return (
        lines.with_columns(begins=((more | indented) & pl.col("breaks").is_not_null()).fill_null(False))
        .with_columns(marks_paragraphs=pl.col("begins").any().over("doc"), next_begins=following("begins"))
        .drop("breaks")
    )


def wrapped(lines: pl.DataFrame, found: pl.DataFrame) -> pl.DataFrame:
    """`lines` (see `begun`) with is_hard (its page wraps hard), is_wrapped (it is cut at the margin and goes on in the
    next line), is_parted (at a blank) and whole (the line id of the first piece of the whole line it belongs to).

    `found` are the margins of the pages that wrap hard.
    """
    lines = lines.join(found, on="doc", how="left", maintain_order="left")
    if found.is_empty():
        return lines.with_columns(
            is_hard=pl.lit(False), is_wrapped=pl.lit(False), is_parted=pl.lit(False), whole="line"
        )
    width = pl.coalesce(pl.when(pl.col("measure") == name).then(value) for name, value in MEASURES.items())
    closed = pl.when("marks_paragraphs").then(pl.col("next_begins").fill_null(True)).otherwise("ends")
    # A number is not broken: it goes to the next line whole and leaves a gap.
    number = following("folded").str.extract(r"^([A-Za-z0-9.,%]{2,12})").str.len_chars().fill_null(0)
    room = pl.when(pl.col("measure").str.contains("columns")).then(number / 2).otherwise(number)
    at_margin = (width - pl.col("margin")).is_between(-RAGGED - room, RAGGED + 1)
    kept_together = following("folded").str.contains(KEPT_TOGETHER).fill_null(value=False).cast(pl.Int64)
    at_column = (width - pl.col("margin")).is_between(-WITHIN - room - kept_together, WITHIN)
    # Between lines of one paragraph that nothing else parts a page may still break a letter early.
    is_plain = pl.col("category").is_null() & following("category").is_null() & pl.col("marks_paragraphs")
    at_margin &= ~pl.col("is_exact") | at_column | is_plain
    is_last = place() == pl.len().over("doc") - 1
    # A sentence that ends before furniture has ended, and a rule drawn across the page says nothing that could go on.
    is_said = pl.col("ends") & ~pl.col("folded").str.ends_with(":")
    closed |= is_said & following("category").is_not_null() | ~pl.col("folded").str.contains(r"[\p{L}\p{N}]")
    closed |= following(pl.col("folded").str.contains(MOMENT)).fill_null(value=False)
    # What two rules claim is two lines; one that knows a line by what stands above it may have seen a piece.
    by_place = following(pl.col("rule_id").is_in(BY_PLACE)) & pl.col("marks_paragraphs")
    in_pieces = pl.col("is_exact") & at_column & _alike()
    closed |= ((pl.col("rule_id") != following("rule_id")) & ~by_place & ~in_pieces).fill_null(value=False)
    # A paragraph ends in a mark: what stands below the end of a sentence, has none and is not gone on in is a heading.
    is_over = pl.col("marks_paragraphs") & pl.col("category").is_null() & pl.col("folded").str.contains(STOPS)
    alone = ~following("ends") & following("next_begins").fill_null(value=True)
    closed |= (is_over & alone).fill_null(value=False)
    # Above a byline stands a title.
    signed = (following("category") == "byline") & ~following(pl.col("rule_id").is_in([*BY_PLACE, "made_of_pieces"]))
    closed |= (pl.col("category").is_null() & pl.col("is_top") & signed).fill_null(value=False)
    # A trail of links is over where it says so.
    closed |= (pl.col("category") == "breadcrumb").fill_null(value=False) & pl.col("folded").str.contains(TRAIL_ENDS)
    lines = lines.with_columns(
        is_hard=pl.col("margin").is_not_null(), is_wrapped=(at_margin & ~closed & ~is_last).fill_null(False)
    )
    goes_on = preceding("is_wrapped").fill_null(False)
    return _parted(lines.with_columns(whole=pl.when(~goes_on).then("line").forward_fill()))


def _parted(lines: pl.DataFrame) -> pl.DataFrame:
    """`lines` with is_parted: the margin fell on a blank behind it, on a page that does not set one at every margin."""
    blank = (following("gap").str.contains(r"[^\n]") & pl.col("is_wrapped")).fill_null(value=False)
    lines = lines.with_columns(is_parted=blank)
    counts = lines.filter("is_wrapped").group_by("doc").agg(usual=pl.col("is_parted").mean() > HALF)
    padded = counts.filter("usual")["doc"]
    return lines.with_columns(pl.col("is_parted") & ~pl.col("doc").is_in(padded.implode())) if len(padded) else lines


def _alike() -> pl.Expr:
    """Whether a line and the next may be pieces of one: pieces of what tells who wrote a page and when look like many
    things."""
    below = following("category")
    told = pl.col("category").is_in(TOLD_AT_HEAD) & below.is_in(TOLD_AT_HEAD)
    return (pl.col("category") == below) | told


def whole_lines(lines: pl.DataFrame) -> pl.DataFrame:
    """`lines` with the pieces of each whole line as one, under the id of the first."""
    pieces = lines.filter(IS_PIECE)
    if pieces.is_empty():
        return lines
    joined = (
        pieces.with_columns(pl.col("text", "folded") + _glue())
        .group_by("whole", maintain_order=True)
        .agg(
            pl.all().exclude("whole", "line", "base", "text", "folded", "chars").first(),
            pl.col("line").first(),
            pl.col("base", "text", "folded").str.join(""),
        )
        .with_columns(chars=pl.col("folded").str.len_chars().cast(pl.Int64))
    )
    return pl.concat([lines.filter(~IS_PIECE), joined.select(lines.columns)]).sort("line")


def in_pieces(edits: pl.DataFrame, lines: pl.DataFrame) -> pl.DataFrame:
    """Cuts in whole lines of `lines` (see `wrapped`) as cuts in the pieces they lie in."""
    size, glued = pl.col("folded").str.len_chars().cast(pl.Int64), _glue().str.len_chars().cast(pl.Int64)
    behind = (size + glued).cum_sum().over("whole")
    pieces = lines.filter(IS_PIECE).select(piece="line", line="whole", at=behind - glued - size, size=size)
    first = pl.max_horizontal(pl.col("start") - pl.col("at"), 0)
    last = pl.min_horizontal(pl.col("end") - pl.col("at"), "size")
    told = edits.join(pieces, on="line").with_columns(line="piece", start=first, end=last)
    return told.filter(pl.col("start") < pl.col("end")).select(edits.columns)


def _glue() -> pl.Expr:
    """What stands between a piece and the one it goes on in: a blank between two Latin words or where the margin took it."""
    ends = pl.col("folded").str.contains("[A-Za-z,.]$")
    goes_on = pl.col("folded").shift(-1).over("whole").str.contains("^[A-Za-z]").fill_null(value=False)
    return pl.when((ends & goes_on) | pl.col("is_parted")).then(pl.lit(" ")).otherwise(pl.lit(""))


def _columns(text: str) -> pl.Expr:
    """Width in full characters: Han counts one, ASCII half."""
    return (pl.col(text).str.len_bytes() + pl.col(text).str.len_chars()).cast(pl.Float64) / 4


_BESIDE = pl.col("beside").str.len_chars().cast(pl.Float64)
MEASURES = {
    "shown_columns": _columns("base") + _columns("beside"),
    "shown_letters": pl.col("base").str.len_chars() + _BESIDE,
    "columns": _columns("folded") + _columns("beside"),
    "letters": pl.col("chars") + _BESIDE,
}
