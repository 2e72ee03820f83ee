"""The tail of a page: what follows once the article is over."""

from __future__ import annotations

import polars as pl

from transforms.clean.evidence import claimed
from transforms.clean.pieces import LETTER, Words, pieces

LONGEST, SHORT, HEADLINE, FEWEST = 420, 60, 8, 10
# So many paragraphs at the end of a body may be the site's own.
PARAGRAPHS = 4
# Kinds of lines that only stand where an article is over.
ENDING = [
    "byline", "copyright", "disclaimer", "platform_notice", "related", "nav_footer", "contact", "author_bio", "reading_time",
]  # fmt: skip
# Share of a line that is words in which sites speak of themselves; behind one that ends the article less will do.
SPOKEN, SPOKEN_BEHIND = 0.42, 0.3
APPENDED = r"^(?:附|注)(?:[录表:]|$)"
# Short items side by side: links, tags, buttons.
ITEMS = r"^(?:[^\s|/·:]{2,6}\s?:\s?)?(?:[^\s|/·,。:]{1,8}[\s|/·]+){1,20}[^\s|/·,。:]{1,8}$"
# What ends so is no button.
UNMADE = "[。,、;!?]$"
# What a list of other articles is headed with.
LIST = r"[\p{L}--要](?:推荐|精选|排行榜?|图片|直播)\W*$"
# Where the sources of a text are listed, an entry of such a list, a file to be had.
SOURCES = r"^[【\[(]?(?:主要)?(?:参考(?:资料|文献|书目)|资料来源|注释|引用文献|(?i:references?))[】\])]?\s?:?$"
ENTRY = r"^[\[(【〔]?\d{1,2}\s?[\])】〕.、]"
FILE = r"(?i)^附件\s?\d{0,2}\s?:|\.(?:docx?|pdf|xlsx?|wps|zip|rar|pptx?|ofd)$"


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
    return claimed(lines, _found(tail), "behind_article")


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
    ends = lines.filter(pl.col("doc").is_in(doubted.implode())).filter(
        pl.col("body").cum_sum(reverse=True).over("doc") <= PARAGRAPHS
    )
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


def _found(tail: pl.DataFrame) -> pl.DataFrame:
    """line, found: the lines behind the article with what they are."""
    free = pl.col("category").is_null()
    ends_it = pl.col("category").is_in(ENDING).fill_null(False)
    # The article ends with its last paragraph that is not the site's own.
    spoken = pl.when(ends_it.cum_max().over("doc")).then(SPOKEN_BEHIND).otherwise(SPOKEN)
    tail = tail.with_columns(ends_it=ends_it, speaks=free & (pl.col("spoken") >= spoken))
    own = pl.col("body") & ~pl.col("speaks")
    tail = tail.filter(~own.cum_max(reverse=True).over("doc"))
    text = pl.col("folded")
    is_made = free & pl.col("made").is_not_null()
    sign = pl.col("ends_it") | pl.col("speaks")
    is_source = text.str.contains(SOURCES)
    tail = tail.with_columns(
        # A line alone may be anything.
        is_made=is_made & (is_made | sign).sum().over("doc").gt(1),
        behind=(sign | is_made).cum_max().over("doc") & sign.any().over("doc"),
        appended=text.str.contains(APPENDED).cum_max().over("doc"),
        listed=is_source | (is_source.cum_max().over("doc") & text.str.contains(ENTRY)),
        is_file=text.str.contains(FILE),
        stays=text.str.contains(r"[。!?…][”’)\]]*$") & ~pl.col("speaks") & ~is_made,
    )
    certain = pl.col("speaks") | pl.col("is_made") | pl.col("listed") | pl.col("is_file")
    taken = free & (certain | (pl.col("behind") & ~pl.col("stays") & ~pl.col("appended")))
    return tail.filter(taken).select("line", found=_kind())


def _kind() -> pl.Expr:
    """What a line behind the article is, by its words, else by its length."""
    text = pl.col("folded")
    return (
        pl.when("is_made").then("made")
        .when("listed").then(pl.lit("boilerplate"))
        .when("is_file").then(pl.lit("related"))
        .when(text.str.contains("(?i)著作权|转载|授权|复制|版权(?:声明|所有|归)|copyright|©")).then(pl.lit("copyright"))
        .when(pl.col("speaks") & text.str.contains("平台|上传|存储|留言")).then(pl.lit("platform_notice"))
        .when(pl.col("speaks") & text.str.contains("(?i)关注|APP|客户端|下载|扫|公众号|赞助|支持|追踪")).then(pl.lit("author_bio"))
        .when(text.str.contains(r"[@#]|热线|电话|邮箱|电邮|QQ|\d{7}")).then(pl.lit("contact"))
        .when("speaks").then(pl.lit("disclaimer"))
        .when(text.str.contains(ITEMS)).then(pl.lit("nav_footer"))
        .when(pl.col("chars").ge(HEADLINE) | text.str.contains(LIST)).then(pl.lit("related"))
        .otherwise(pl.lit("nav_footer"))
    )  # fmt: skip
