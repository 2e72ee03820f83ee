"""What a kept line is: title, heading or paragraph, and which lines are one broken paragraph."""

from __future__ import annotations

import polars as pl

ENDS = r"[。!?;:…][”’)\]】》*]*$"
OPEN_END = r"[,、(“《\[]$"
FUNCTION_WORDS = frozenset(
    [
        "的",
        "在",
        "和",
        "与",
        "及",
        "或",
        "把",
        "被",
        "将",
        "对",
        "向",
        "从",
        "让",
        "为",
        "于",
        "以",
        "是",
        "并",
        "但",
        "其",
        "这",
        "那",
        "每",
        "各",
        "该",
        "首次",
        "已",
        "已经",
        "曾",
        "正",
        "正在",
        "仍",
        "也",
        "都",
        "就",
        "才",
        "又",
        "还",
        "由",
        "跟",
        "据",
        "则",
        "且",
        "所",
        "等",
        "如",
        "比",
        "到",
        "至",
        "并且",
        "以及",
        "因为",
        "通过",
        "关于",
        "由于",
        "按照",
        "根据",
        "随着",
        "为了",
        "不仅",
        "而且",
        "成功",
        "进行",
        "开始",
        "一个",
        "一些",
        "这个",
        "那个",
        "这些",
        "那些",
    ]
)
WEAK_END = r"(?:了|着|过|得|地|个|些|中|后|时|里|上|下|不|会|能|要|可|应|须|更|最|很|再|只)$"
CONTINUES = r"^[,。、;:!?”’)\]》】…]"
LIST_ITEM = r"^(?:[·•◆■●▪▶►※★-]\s*|[(]?[一二三四五六七八九十\d]{1,3}[)、.]|[①-⑳])"
HEADING_MAX = 40
# A longer line of several clauses is a sentence, whatever it ends in.
SENTENCE = 24
# Columns of a hard-wrapped page differ by at most this, as punctuation may not open a line.
RAGGED = 3


def titled(kept: pl.DataFrame) -> pl.DataFrame:
    """`kept` (doc, folded, chars, title_field, …) with is_title: the first line, where it reads like a title."""
    first = pl.int_range(pl.len()).over("doc") == 0
    alone = pl.len().over("doc") == 1
    title_like = (
        first
        & ~alone
        & pl.col("title_field").is_null()
        & pl.col("chars").is_between(4, 80)
        & ~pl.col("folded").str.contains(r"[。;:,、]$|。.")
        & ~pl.col("folded").str.contains(r"^[(【\[].{0,30}[)】\]]$")
    )
    return kept.with_columns(is_title=title_like)


def arranged(kept: pl.DataFrame) -> pl.DataFrame:
    """`kept` with is_heading and joins_next (the line and the next one are one paragraph)."""
    kept = _wrapped(_shapes(kept))
    rest = kept.filter(~pl.col("is_title"))
    rest = rest.join(_unfinished(rest), on="line", how="left", maintain_order="left").with_columns(
        pl.col("ends_in_function_word").fill_null(False)
    )
    rest = rest.with_columns(joins_next=_joins())
    rest = _headings(rest)
    # A heading stands alone: whatever looked like a continuation of it is not.
    heading_next = pl.col("is_heading").shift(-1).over("doc").fill_null(False)
    rest = rest.with_columns(
        joins_next=(
            pl.col("joins_next")
            & ~pl.col("is_heading")
            & ~heading_next
            & pl.col("chars").shift(-1).over("doc").is_not_null()
        )
    )
    flags = rest.select("line", "is_heading", "joins_next")
    return kept.join(flags, on="line", how="left", maintain_order="left").with_columns(
        pl.col("is_heading").fill_null(False), pl.col("joins_next").fill_null(False)
    )


def _shapes(kept: pl.DataFrame) -> pl.DataFrame:
    """How a line ends and whether it has the form of a heading or of a list item."""
    ends = pl.col("folded").str.contains(ENDS)
    opens = pl.col("folded").str.contains(OPEN_END)
    return kept.with_columns(
        ends=ends,
        opens=opens,
        is_item=pl.col("folded").str.contains(LIST_ITEM),
        like_heading=(
            ~ends
            & ~opens
            & pl.col("chars").is_between(2, HEADING_MAX)
            & ((pl.col("chars") <= SENTENCE) | (pl.col("folded").str.count_matches("[,;]") < 2))
            & ~pl.col("folded").str.contains(r"。|^[(].*[)]$|^[\d\s.,:%-]+$|^[,、;:!?)”’》】]")
        ),
    )


def _wrapped(kept: pl.DataFrame) -> pl.DataFrame:
    """is_wrapped: the line is cut at the margin of a page that wraps hard; width in full characters."""
    width = (pl.col("folded").str.len_bytes() + pl.col("chars")).cast(pl.Float64) / 4
    loose = ~pl.col("ends") & ~pl.col("is_title")
    kept = kept.with_columns(width=width, loose=loose)
    margin = pl.col("width").filter("loose").quantile(0.8).over("doc")
    kept = kept.with_columns(margin=margin)
    full = (pl.col("loose") & ((pl.col("width") - pl.col("margin")).abs() <= RAGGED)).fill_null(False)
    counts = kept.with_columns(full=full)
    is_hard = (
        (pl.col("full").sum().over("doc") >= 3)
        & (pl.col("full").sum().over("doc") >= 0.6 * pl.col("loose").sum().over("doc"))
        & (pl.col("full").sum().over("doc") >= 0.35 * (pl.len().over("doc") - pl.col("is_title").sum().over("doc")))
        & (pl.col("width").filter(~pl.col("is_title")).max().over("doc") <= pl.col("margin") + RAGGED + 1)
        & (pl.col("margin") >= 10)
    )
    return counts.with_columns(is_hard=is_hard.fill_null(False)).with_columns(
        is_wrapped=pl.col("is_hard") & (pl.col("width") >= pl.col("margin") - RAGGED)
    )


def _unfinished(rest: pl.DataFrame) -> pl.DataFrame:
    """line, ends_in_function_word: lines whose last word cannot end a phrase."""
    import rjieba

    # Segmentation tells 存|在 from 正|在; it sees only the tails whose last character may belong to such a word.
    last = "".join(sorted({word[-1] for word in FUNCTION_WORDS}))
    suspects = rest.filter(~pl.col("ends") & pl.col("folded").str.contains(f"[{last}]$")).select(
        "line", tail=pl.col("folded").str.tail(8)
    )
    return suspects.select(
        "line",
        ends_in_function_word=pl.Series(
            [rjieba.cut(tail, False)[-1] in FUNCTION_WORDS for tail in suspects["tail"]], dtype=pl.Boolean
        ),
    )


def _joins() -> pl.Expr:
    """The line goes on in the next one of `rest`."""
    next_text = pl.col("folded").shift(-1).over("doc").fill_null("")
    next_item = pl.col("is_item").shift(-1).over("doc").fill_null(True)
    next_gap = pl.col("gap").shift(-1).over("doc").fill_null("")
    next_chars = pl.col("chars").shift(-1).over("doc").fill_null(0)
    breaks = next_gap.str.count_matches("\n", literal=True)
    usual = breaks.filter(breaks > 0).min().over("doc")
    new_paragraph = (breaks > usual) | next_gap.str.contains(r"\n(?:\x{3000}{2}|[ \x{a0}]{4})$")
    marks_paragraphs = (new_paragraph & (breaks > 0)).any().over("doc")
    at_margin = pl.col("is_wrapped") & ~new_paragraph & (~pl.col("ends") | marks_paragraphs)
    unclosed = (
        (pl.col("folded").str.count_matches("“", literal=True) > pl.col("folded").str.count_matches("”", literal=True))
        & (next_text.str.count_matches("”", literal=True) > next_text.str.count_matches("“", literal=True))
    ) | (
        (pl.col("folded").str.count_matches("[(《]") > pl.col("folded").str.count_matches("[)》]"))
        & (next_text.str.count_matches("[)》]") > next_text.str.count_matches("[(《]"))
    )
    long = ~pl.col("like_heading") & (pl.col("chars") > SENTENCE)
    function_word = pl.col("ends_in_function_word")
    weak = pl.col("folded").str.contains(WEAK_END)
    next_ends = pl.col("ends").shift(-1).over("doc").fill_null(False)
    broken = ~pl.col("ends") & (
        pl.col("opens")
        | next_text.str.contains(CONTINUES)
        | unclosed
        | (function_word & next_ends & ((pl.col("chars") > 12) | pl.col("folded").str.contains(",")))
        | (long & next_ends & (weak | (next_chars <= 20)))
    )
    both_items = pl.col("is_item") & next_item
    return (
        (at_margin | (broken & ~pl.col("is_hard")) | (pl.col("opens") & ~new_paragraph))
        & ~next_item
        & ~both_items
        & (next_text != "")
    )


def _headings(rest: pl.DataFrame) -> pl.DataFrame:
    """is_heading: one or two short lines without a full stop between paragraphs; three and more are a list."""
    continues = pl.col("joins_next").shift(1).over("doc").fill_null(False)
    runs = rest.with_columns(like=pl.col("like_heading") & ~pl.col("joins_next") & ~continues & ~pl.col("is_wrapped"))
    runs = runs.with_columns(run=(~pl.col("like")).cum_sum().over("doc"))
    length = pl.col("like").sum().over("doc", "run")
    # The line before the run opens its group; a group without such a line begins the text.
    led_in = (~pl.col("like") & pl.col("folded").str.contains(":$")).any().over("doc", "run")
    followed = pl.col("run") < pl.col("run").max().over("doc")
    labelled = pl.col("folded").str.contains(
        r"^【[^】]{1,12}】|^第[一二三四五六七八九十\d]{1,3}[章节部]|^[一二三四五六七八九十]{1,3}、"
    )
    alone = (length == 1) | ((length == 2) & ~led_in)
    last_of_run = ~pl.col("like").shift(-1).over("doc", "run").fill_null(False)
    return runs.with_columns(is_heading=pl.col("like") & followed & (alone | (labelled & last_of_run & ~led_in)))
