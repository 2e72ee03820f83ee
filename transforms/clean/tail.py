"""The tail of a page: what follows once the article is over."""

from __future__ import annotations

import polars as pl

from transforms.clean.evidence import claimed
from transforms.clean.pieces import LETTER, Words, pieces
from transforms.lines import so_far, to_come
from transforms.metadata.judgement import Judgement

LONGEST, SHORT, HEADLINE, FEWEST = 420, 60, 8, 10
# So many paragraphs at the end of a body may be the site's own.
PARAGRAPHS = 4
# Kinds of lines that only stand where an article is over.
ENDING = [
    "byline", "copyright", "disclaimer", "platform_notice", "related", "nav_footer", "contact", "author_bio", "reading_time",
]  # fmt: skip
# Share of a line that is words in which sites speak of themselves; behind one that ends the article less will do.
SPOKEN, SPOKEN_BEHIND = 0.42, 0.3
# Short items side by side: links, tags, buttons.
SIDE_BY_SIDE = r"^(?:[^\s|/·:]{2,6}\s?:\s?)?(?:[^\s|/·,。:]{1,8}[\s|/·]+){1,20}[^\s|/·,。:]{1,8}$"
# What ends so is no button.
UNMADE = "[。,、;!?]$"


def tails(lines: pl.DataFrame, words: Words) -> pl.DataFrame:
    """`lines` (see `rules.zones`) with what stands behind the body of a text claimed, where the tail shows itself."""
    tail = _tail(lines, words)
    if tail.is_empty():
        return lines
    free = tail.filter(pl.col("category").is_null() & (pl.col("chars") <= LONGEST))
    if free.is_empty():
        return lines
    made = pieces(free.filter((pl.col("chars") <= SHORT) & ~pl.col("folded").str.contains(UNMADE)), words)
    # A byline the page ends with: roles and names, and nothing else.
    signed = pl.col("is_named") & (pl.col("said") > 0) & (pl.col("kind") == "byline")
    tail = (
        tail.join(_spoken(free, words), on="line", how="left", maintain_order="left")
        .join(
            made.filter(pl.col("is_made") | signed).select("line", made="kind"),
            on="line",
            how="left",
            maintain_order="left",
        )
        .with_columns(pl.col("spoken").fill_null(0.0))
    )
    return claimed(lines, _found(tail, words.judgement), "behind_article")


def _tail(lines: pl.DataFrame, words: Words) -> pl.DataFrame:
    """What may be the tail of each text that has a body: the lines behind it and, where the last of them may be the
    site's own, its last paragraphs.

    Pages have none: what their markup sets apart went when it was read.
    """
    is_end = pl.col("doc") != pl.col("doc").shift(-1, fill_value=2**32 - 1)
    last = lines.filter(pl.col("body") & ~pl.col("is_page") & (is_end | pl.col("is_bottom").shift(-1)))
    doubted = last.filter(pl.col("folded").str.contains(words.judgement.framed("own_site")))["doc"]
    behind = lines.filter("is_bottom").filter(
        pl.col("doc").is_in(last["doc"].implode()) & ~pl.col("doc").is_in(doubted.implode())
    )
    ends = lines.filter(pl.col("doc").is_in(doubted.implode())).filter(to_come(pl.col("body")) <= PARAGRAPHS)
    return pl.concat([behind, ends])


def _spoken(free: pl.DataFrame, words: Words) -> pl.DataFrame:
    """line, spoken: share of the letters of lines that are words in which sites speak of themselves."""
    spoken = words.rules.filter(pl.col("scope") == "speech")["pattern"].str.join("|").item()
    letters = pl.col("folded").str.count_matches(LETTER)
    others = pl.col("folded").str.replace_all(spoken, "").str.count_matches(LETTER)
    may_speak = ~pl.col("body") | pl.col("folded").str.contains(words.judgement.framed("own_site"))
    return free.filter(may_speak & ~pl.col("folded").str.contains("“[^”]{9}") & (letters >= FEWEST)).select(
        "line", spoken=1 - others / letters
    )


def _found(tail: pl.DataFrame, judgement: Judgement) -> pl.DataFrame:
    """line, found: the lines behind the article with what they are."""
    free = pl.col("category").is_null()
    ends_it = pl.col("category").is_in(ENDING).fill_null(False)
    # The article ends with its last paragraph that is not the site's own.
    spoken = pl.when(so_far(ends_it) > 0).then(SPOKEN_BEHIND).otherwise(SPOKEN)
    tail = tail.with_columns(ends_it=ends_it, speaks=free & (pl.col("spoken") >= spoken))
    own = pl.col("body") & ~pl.col("speaks")
    tail = tail.filter(to_come(own) == 0)
    is_made = free & pl.col("made").is_not_null()
    sign = pl.col("ends_it") | pl.col("speaks")
    is_source = _says(judgement, "sources_heading")
    tail = tail.with_columns(
        # A line alone may be anything.
        is_made=is_made & (is_made | sign).sum().over("doc").gt(1),
        behind=(so_far(sign | is_made) > 0) & sign.any().over("doc"),
        appended=so_far(_says(judgement, "appendix")) > 0,
        listed=is_source | ((so_far(is_source) > 0) & _says(judgement, "source_entry")),
        is_file=_says(judgement, "file"),
        stays=(pl.col("closes") | pl.col("folded").str.contains(r"…[”’)\]]*$")) & ~pl.col("speaks") & ~is_made,
    )
    certain = pl.col("speaks") | pl.col("is_made") | pl.col("listed") | pl.col("is_file")
    taken = free & (certain | (pl.col("behind") & ~pl.col("stays") & ~pl.col("appended")))
    return tail.filter(taken).select("line", found=_kind(judgement))


def _kind(judgement: Judgement) -> pl.Expr:
    """What a line behind the article is, by its words, else by its length."""
    speaks = pl.col("speaks")
    return (
        pl.when("is_made").then("made")
        .when("listed").then(pl.lit("boilerplate"))
        .when("is_file").then(pl.lit("related"))
        .when(_says(judgement, "rights")).then(pl.lit("copyright"))
        .when(speaks & _says(judgement, "hosted")).then(pl.lit("platform_notice"))
        .when(speaks & _says(judgement, "followed")).then(pl.lit("author_bio"))
        .when(_says(judgement, "reached")).then(pl.lit("contact"))
        .when(speaks).then(pl.lit("disclaimer"))
        .when(pl.col("folded").str.contains(SIDE_BY_SIDE)).then(pl.lit("nav_footer"))
        .when(pl.col("chars").ge(HEADLINE) | _says(judgement, "links_heading")).then(pl.lit("related"))
        .otherwise(pl.lit("nav_footer"))
    )  # fmt: skip


def _says(judgement: Judgement, part: str) -> pl.Expr:
    return pl.col("folded").str.contains(judgement.framed(part))
