"""What a kept line is: title, heading or paragraph, and which lines are one broken paragraph."""

from __future__ import annotations

import polars as pl

from transforms.clean.margins import ENDS, FEWEST, MEASURES, RAGGED, whole_lines
from transforms.clean.seams import torn_at_seam
from transforms.lines import following, place, preceding, so_far
from transforms.metadata.judgement import Judgement

OPEN_END = r"[,、(“《\[]$"
CONTINUES = r"^[,。、;:!?”’)\]》】…]"
# A single character before a mark is the end of a word torn apart.
REST_OF_WORD = r"^\p{Han}[,;、。]"
NUMBER_END = r"[\d%]$"
LIST_ITEM = r"^(?:[·•◆■●▪▶►※★-]\s*|[(]?[一二三四五六七八九十\d]{1,3}(?:[)、]|\.(?:\D|$))|[①-⑳])"
# Names, places, titles of books, set apart by blanks and nothing else; spaced letters are none.
WORDS_APART = r"^(?:[^,。!?\s]{0,15}[\p{Han}”》)] +){3,}[^,。!?\s]{0,15}[\p{Han}”》)]$"
TWO_WORDS = r"\p{Han}{2} +\p{Han}{2}"
SECTION_NUMBER = r"^(?:0[1-9]|[壹贰叁肆伍陆柒捌玖拾]|(?i:part)\s?\.?\s?[0-9]{1,2})$"
HEADING_MAX = 40
SERIES = r"^[一二三四五六七八九十]{1,3}、[^。;]{2,38}[^。;:,、]$"
"""A numbered line such as a heading has; what it asks it may end in."""
KEYED = r"^[^:,。;]{2,20}:[^:。;]{2,}$"
FEWEST_KEYED = 3
"""So many lines in a row that say a thing and what there is to it are a list."""
FEWEST_TORN = 60
"""Characters from which on a line of several clauses without an end is a paragraph torn by a page break."""
# A longer line of several clauses is a sentence, whatever it ends in.
SENTENCE = 24
# Share of the unfinished lines of a page that are of one width, if it is its margin.
MOSTLY = 0.6


def titled(kept: pl.DataFrame, judgement: Judgement) -> pl.DataFrame:
    """`kept` (doc, folded, chars, whole, title_field, …) with is_title: the first whole line, if it reads like a title.

    `whole` of a second line in which such a title goes on is that of the first; of two lines that turn out to be no
    title each stays what it was.
    """
    kept = kept.with_columns(head=_over_two_lines(kept, judgement))
    whole = pl.col("head")
    is_head = whole == whole.first().over("doc")
    is_alone = whole.min().over("doc") == whole.max().over("doc")
    heads = (
        kept.filter(is_head & pl.col("title_field").is_null() & ~is_alone)
        .group_by("head", maintain_order=True)
        .agg(pl.col("folded").str.join(""))
        .filter(
            pl.col("folded").str.len_chars().is_between(4, 80)
            & ~pl.col("folded").str.contains(r"[。;:,、]$|。.")
            & ~pl.col("folded").str.contains(r"^[(【\[].{0,30}[)】\]]$")
        )
    )
    is_title = whole.is_in(heads["head"].implode())
    return kept.with_columns(is_title=is_title, whole=pl.when(is_title).then(whole).otherwise("whole")).drop("head")


def _over_two_lines(kept: pl.DataFrame, judgement: Judgement) -> pl.Series:
    """`whole` of the lines, the same for the first two of a text where the second ends what the first cannot."""
    # Most second lines are none that could; only the others are read together with the line before.
    short = ~pl.col("begins") & ~pl.col("ends") & pl.col("title_field").is_null() & (pl.col("chars") <= HEADING_MAX)
    second = kept.select((place() == 1) & short.fill_null(value=False)).to_series().arg_true()
    first, last = (kept["folded"].gather(rows) for rows in (second - 1, second))
    pairs = pl.DataFrame({"first": first, "last": last, "both": first + last})

    def open_marks(text: str) -> pl.Expr:
        opening, closing = (pl.col(text).str.count_matches(marks).cast(pl.Int64) for marks in ("[“《(]", "[”》)]"))
        return opening - closing

    closes = (open_marks("first") > 0) & (open_marks("both") == 0)
    # What a decree ends its name with: about what it is, it has said before (关于某事的决定).
    begun, ended = (pl.col(line).str.contains(judgement.framed("decree")) for line in ("first", "last"))
    decree = pl.col("first").str.contains("^关于") & ~begun & ended
    dangling = pl.col("first").str.contains(r"[\p{Han}](?:[、,(“《]|[的与和及或])$")
    goes_on = (pl.col("both").str.len_chars() <= 80) & (closes | decree | dangling)
    rows = second.filter(pairs.select(goes_on).to_series())
    return kept["whole"].clone().scatter(rows, kept["whole"].gather(rows - 1))


def arranged(kept: pl.DataFrame, judgement: Judgement) -> pl.DataFrame:
    """`kept` with is_heading and joins_next (the line and the next one are one title, heading or paragraph)."""
    rest = _shapes(whole_lines(kept.filter(~pl.col("is_title"))))
    rest = rest.join(_unfinished(rest, judgement), on="line", how="left", maintain_order="left").with_columns(
        pl.col("ends_in_function_word").fill_null(False)
    )
    rest = rest.join(_joins(rest, judgement), on="line", how="left", maintain_order="left").with_columns(
        pl.col("joins_next").fill_null(False)
    )
    rest = _headings(rest)
    # A heading stands alone: whatever looked like a continuation of it is not.
    heading_next = following("is_heading").fill_null(True)
    flags = rest.select("whole", "is_heading", whole_joins=pl.col("joins_next") & ~pl.col("is_heading") & ~heading_next)
    goes_on = (following("whole") == pl.col("whole")).fill_null(False)
    return (
        kept.join(flags, on="whole", how="left", maintain_order="left")
        .with_columns(
            pl.col("is_heading").fill_null(False), joins_next=goes_on | pl.col("whole_joins").fill_null(False)
        )
        .drop("whole_joins")
    )


def _shapes(kept: pl.DataFrame) -> pl.DataFrame:
    """How a line ends and whether it has the form of a heading or of a list item."""
    text, numbered, keyed = pl.col("folded"), pl.col("numbered"), pl.col("keyed")
    forms = {"opens": OPEN_END, "is_item": LIST_ITEM, "numbered": SERIES, "keyed": KEYED}
    shaped = kept.with_columns(
        **{name: text.str.contains(form) for name, form in forms.items()}, ends=text.str.contains(ENDS)
    )
    shaped = shaped.with_columns(keyed=keyed & ~pl.col("ends"))
    shaped = shaped.with_columns(
        is_numbered=numbered & (numbered.sum().over("doc") > 1) & ~following(numbered).fill_null(False),
        group=(keyed & preceding(keyed)).fill_null(False).not_().cum_sum(),
    )
    listed = keyed & (pl.len().over("group") >= FEWEST_KEYED)
    # Few lines are short enough to be looked at.
    like_heading = (pl.col("folded").str.contains(SECTION_NUMBER) | pl.col("is_numbered")) | (
        ~pl.col("ends")
        & ~pl.col("opens")
        & ~listed
        & (pl.col("chars") >= 2)
        & ((pl.col("chars") <= SENTENCE) | (pl.col("folded").str.count_matches("[,;]") < 2))
        & ~pl.col("folded").str.contains(r"。|^[(].*[)]$|^[\d\s.,:%-]+$|^[,、;:!?)”’》】]")
    )
    short = shaped.filter(pl.col("chars") <= HEADING_MAX)
    return shaped.with_columns(like_heading=pl.col("line").is_in(short.filter(like_heading)["line"].implode()))


def _unfinished(rest: pl.DataFrame, judgement: Judgement) -> pl.DataFrame:
    """line, ends_in_function_word: lines whose last word cannot end a phrase."""
    import rjieba

    # Segmentation tells 存|在 from 正|在; it sees only the tails whose last character may belong to such a word.
    last = "".join(sorted({word[-1] for word in judgement.parts["unfinished"].split("|")}))
    suspects = rest.filter(~pl.col("ends") & pl.col("folded").str.contains(f"[{last}]$")).select(
        "line", tail=pl.col("folded").str.tail(8)
    )
    return suspects.select(
        "line",
        ends_in_function_word=pl.Series(
            [rjieba.cut(tail, False)[-1] for tail in suspects["tail"]], dtype=pl.String
        ).str.contains(judgement.framed("unfinished")),
    )


def _joins(rest: pl.DataFrame, judgement: Judgement) -> pl.DataFrame:
    """line, joins_next: lines that go on in the next one."""
    placed = _at_margin(rest).with_columns(
        is_torn=pl.col("line").is_in(_torn(rest).implode()),
        next_text=following("folded"),
        next_chars=following("chars"),
        next_item=following("is_item"),
        next_ends=following("ends"),
        next_begins=following("begins"),
    )
    open_lines = placed.filter(pl.col("next_text").is_not_null() & ~pl.col("ends"))
    seams = torn_at_seam(open_lines.filter(pl.col("next_ends") & ~pl.col("is_hard")), judgement)
    # A heading-like line ends where it ends; a longer one without a full stop was broken if what follows is short.
    long = ~pl.col("like_heading") & (pl.col("chars") > SENTENCE)
    broken_off = pl.col("ends_in_function_word") & (
        (pl.col("chars") > 12) | pl.col("folded").str.contains(",", literal=True)
    )
    # Too long for a heading, and a sentence by its commas: only what it goes on in can end it.
    several = (pl.col("chars") > HEADING_MAX) & pl.col("folded").str.contains("[,;。]")
    # A paragraph torn apart at a number: nothing ends in 成功率提高到87.3%.
    overlong = several & (~pl.col("next_begins") | pl.col("folded").str.contains(NUMBER_END) | pl.col("is_torn"))
    by_mark = (
        pl.col("opens")
        | pl.col("at_margin")
        | pl.col("next_text").str.contains(CONTINUES)
        | _closed_by_next("“", "”")
        | _closed_by_next("[(《]", "[)》]")
    )
    by_words = (
        (overlong & pl.col("next_ends"))
        | ((pl.col("chars") > SENTENCE) & pl.col("next_text").str.contains(REST_OF_WORD))
        | (broken_off & pl.col("next_ends"))
        | pl.col("line").is_in(seams.implode())
        | (
            long
            & pl.col("next_ends")
            & (pl.col("folded").str.contains(judgement.framed("weak_ending")) | (pl.col("next_chars") <= 20))
        )
    )
    is_list = pl.col("folded").str.contains(TWO_WORDS) & pl.col("folded").str.contains(WORDS_APART)
    broken = by_mark | (by_words & ~is_list)
    goes_on = (broken & ~pl.col("is_hard")) | (pl.col("opens") & ~pl.col("next_begins"))
    return open_lines.select("line", joins_next=goes_on & ~pl.col("next_item") & ~pl.col("is_numbered"))


def _torn(rest: pl.DataFrame) -> pl.Series:
    """Long lines of several clauses without an end, where nearly all of their page end: torn at the break of a page."""
    long = rest.select("doc", "line", "ends", "folded", "chars").filter(pl.col("chars") >= FEWEST_TORN)
    many = long.group_by("doc").agg(many=pl.len())
    # Few lines have no end.
    torn = long.filter(~pl.col("ends")).filter(pl.col("folded").str.contains(",.*[,;。]")).join(many, on="doc")
    return torn.filter(pl.len().over("doc") * 6 <= pl.col("many"))["line"]


def _at_margin(rest: pl.DataFrame) -> pl.DataFrame:
    """`rest` with at_margin: unfinished lines of one width, on a page where some paragraphs are wrapped and others not."""
    unfinished = ~pl.col("ends") & ~pl.col("is_item") & ~pl.col("is_hard") & (pl.col("chars") > SENTENCE)
    widths = pl.concat(
        [
            rest.filter(unfinished).select("line", by=pl.lit(name), width=MEASURES[name], doc="doc")
            for name in ("shown_columns", "shown_letters")
        ]
    )
    lines = [_kept_margin(part)["line"] for (_,), part in widths.group_by("by")]
    return rest.with_columns(at_margin=pl.col("line").is_in(pl.concat(lines).implode()) if lines else pl.lit(False))


def _kept_margin(open_lines: pl.DataFrame) -> pl.DataFrame:
    """Those of the unfinished lines (doc, line, width) that are of one width, where most of their page are."""
    usual = open_lines.with_columns(margin=pl.col("width").median().over("doc"))
    kept = usual.filter((pl.col("width") - pl.col("margin")).abs() <= RAGGED).filter(pl.len().over("doc") >= FEWEST)
    counts = kept.group_by("doc").agg(kept=pl.len()).join(open_lines.group_by("doc").agg(all=pl.len()), on="doc")
    wrapping = counts.filter(pl.col("kept") >= MOSTLY * pl.col("all")).select("doc")
    return kept.join(wrapping, on="doc", how="semi")


def _closed_by_next(opening: str, closing: str) -> pl.Expr:
    """The line opens a pair of marks that the next line closes."""

    def surplus(column: str) -> pl.Expr:
        count = pl.col(column).str.count_matches
        return count(opening).cast(pl.Int64) - count(closing).cast(pl.Int64)

    return (surplus("folded") > 0) & (surplus("next_text") < 0)


def _headings(rest: pl.DataFrame) -> pl.DataFrame:
    """is_heading: one or two short lines without a full stop between paragraphs; three and more are a list.

    A section is more than a paragraph: the only such line of a text, with a single paragraph behind it, is one too.
    """
    continues = preceding("joins_next").fill_null(False)
    runs = rest.with_columns(like=pl.col("like_heading") & ~pl.col("joins_next") & ~continues)
    runs = runs.filter(pl.col("doc").is_in(runs.filter("like")["doc"].unique().implode()))
    runs = runs.with_columns(run=so_far(~pl.col("like")))
    length = pl.col("like").sum().over("doc", "run")
    # The line before the run opens its group; a group without such a line begins the text.
    led_in = (~pl.col("like") & pl.col("folded").str.contains(":$")).any().over("doc", "run")
    followed = pl.col("run") < pl.col("run").max().over("doc")
    labelled = pl.col("folded").str.contains(
        r"^【[^】]{1,12}】|^第[一二三四五六七八九十\d]{1,3}[章节部]|^[一二三四五六七八九十]{1,3}、"
    )
    alone = (length == 1) | ((length == 2) & ~led_in)
    last_of_run = ~following("like").fill_null(False)
    runs = runs.with_columns(heads=pl.col("like") & followed & (alone | (labelled & last_of_run & ~led_in)))
    behind = pl.col("run").max().over("doc") - pl.col("run")
    opens_section = labelled | (pl.col("heads").sum().over("doc") > 1) | (behind > 1)
    headings = runs.filter(pl.col("heads") & opens_section)["line"]
    return rest.with_columns(is_heading=pl.col("line").is_in(headings.implode()))
