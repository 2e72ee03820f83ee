"""Noise that no single line gives away: it shows in neighbours, in position, in vocabulary, in script."""

from __future__ import annotations

from collections.abc import Callable

import polars as pl

from transforms.lines import FREQUENT_SIMPLIFIED, FREQUENT_TRADITIONAL, following, preceding, so_far, to_come
from transforms.metadata.judgement import Judgement

NUMBERED = r"^(?:[【\[(]|第?[一二三四五六七八九十百\d]{1,3}[、.:)章节部]|[·•◆■●▪▶►])"
SEPARATOR = r"[|_/、·,\s\-]+"


GALLERY = 2  # captions make a page of pictures
SLIGHT = 40  # characters of a sentence that may be a caption by its place alone


def captions(lines: pl.DataFrame, judgement: Judgement) -> pl.DataFrame:
    """Claim the one or two lines above a credit line that it labels as caption, and what stands between it and a line
    that says it is one."""
    unfinished = (pl.col("category") == "caption") & pl.col("folded").str.contains("[,、]$")
    lines = _where(lines, unfinished, lambda some: _continued(some, unfinished))
    return _where(lines, pl.col("category") == "photo_credit", lambda some: _spanned(_captions(some, judgement)))


def galleries(lines: pl.DataFrame) -> pl.DataFrame:
    """Free the captions of texts that say nothing else in Chinese: pages of pictures."""
    is_caption = pl.col("category") == "caption"
    pictured = lines.filter(is_caption).group_by("doc").len().filter(pl.col("len") >= GALLERY)
    if pictured.is_empty():
        return lines
    said = lines.filter(pl.col("category").is_null()).join(pictured, on="doc", how="semi")
    said = said.filter(pl.col("folded").str.contains(r"\p{Han}"))
    docs = pictured.join(said, on="doc", how="anti")["doc"].implode()
    freed = pl.when(is_caption & pl.col("doc").is_in(docs)).then(None)
    return lines.with_columns(freed.otherwise(pl.col(name)).alias(name) for name in ("category", "rule_id"))


def _continued(lines: pl.DataFrame, unfinished: pl.Expr) -> pl.DataFrame:
    """Claim the short line in which a caption goes on that ends in a comma."""
    short = pl.col("category").is_null() & (pl.col("chars") <= 45)
    return _claim(lines, short & _beside(unfinished, -1), "caption", "caption_goes_on")


def _spanned(lines: pl.DataFrame) -> pl.DataFrame:
    """Claim the one or two short lines in which an unfinished caption goes on to its credit."""
    short = pl.col("category").is_null() & (pl.col("chars") <= 45)
    opens = (pl.col("category") == "caption") & ~pl.col("ends")
    credited = pl.col("category") == "photo_credit"
    between = short & (
        (_beside(opens, -1) & (_beside(credited, 1) | (_beside(short, 1) & _beside(credited, 2))))
        | (_beside(short, -1) & _beside(opens, -2) & _beside(credited, 1))
    )
    return _claim(lines, between, "caption", "caption_goes_on")


def _captions(lines: pl.DataFrame, judgement: Judgement) -> pl.DataFrame:
    is_free = pl.col("category").is_null()
    unfinished = (pl.col("category") == "caption") & ~pl.col("ends")
    credit_next = following(pl.col("category") == "photo_credit").fill_null(False)
    # Where a page has headings of that form, an unmarked line before a credit is more likely one of them.
    like_heading = is_free & ~pl.col("ends") & pl.col("chars").is_between(2, 40) & ~credit_next
    placed = lines.with_columns(
        _above=preceding("folded").fill_null(""),
        _above_is_short=preceding(is_free & (pl.col("chars") <= 45)).fill_null(False),
        _is_first=(so_far(is_free) == 1) & pl.col("title_field").is_null(),
        _is_last=to_come(is_free & pl.col("body")) == 0,
        _has_headings=like_heading.sum().over("doc") >= 3,
        _line_above=preceding("line"),
        _is_slight=pl.col("chars") * 2 <= pl.col("chars").filter(is_free & pl.col("body")).median().over("doc"),
        _goes_on=_beside(unfinished, -1) | _beside(unfinished, -2),
    )
    labelled = _labelled(placed.filter(is_free & credit_next & (pl.col("chars") <= 70)), judgement)
    captions = pl.concat([labelled["line"], labelled.filter("_wraps")["_line_above"]])
    return _claim(lines, pl.col("line").is_in(captions.implode()), "caption", "above_credit")


def _labelled(above: pl.DataFrame, judgement: Judgement) -> pl.DataFrame:
    """Those of the lines `above` a credit that are captions, with _wraps: they begin in the line before."""
    wraps = pl.col("_above_is_short") & pl.col("_above").str.contains(r"[,、]$")
    whole = pl.when(wraps).then(pl.col("_above") + pl.col("folded")).otherwise("folded")
    sentences = whole.str.count_matches(r"[。!?;]")
    posed = whole.str.contains(judgement.framed("posed"))
    scene = whole.str.contains(judgement.framed("scene")) | posed
    plain = ~whole.str.contains(judgement.framed("told")) | posed
    named = ~pl.col("folded").str.contains(NUMBERED)
    abstract = pl.col("folded").str.contains(judgement.framed("unpictured"))
    noun_phrase = pl.col("folded").str.contains(r"的[^,:的]{1,14}$") & ~abstract
    unmarked = (scene | noun_phrase | pl.col("_is_last") | ~pl.col("_has_headings")) & (
        scene | noun_phrase | ~pl.col("_is_first")
    )
    ends = pl.col("folded").str.contains(r"[。!?;:…][”’)]*$")
    # Among long paragraphs one short sentence above a credit says what the picture shows.
    shown = scene | (pl.col("_is_slight") & (pl.col("chars") <= SLIGHT) & ~pl.col("_goes_on"))
    is_caption = (whole.str.len_chars() <= 90) & pl.when(ends).then((sentences == 1) & shown & plain).otherwise(
        named & unmarked & (sentences == 0)
    )
    return above.with_columns(_wraps=wraps).filter(is_caption)


def above_headline(lines: pl.DataFrame) -> pl.DataFrame:
    """Claim a short first line of a page (its section, a button) above the line that a byline follows."""
    return _where(lines, (pl.col("category") == "byline") & pl.col("is_top"), _above_headline)


def _above_headline(lines: pl.DataFrame) -> pl.DataFrame:
    is_free = pl.col("category").is_null() & pl.col("title_field").is_null()
    text = pl.col("folded")
    is_first = is_free & (so_far(is_free) == 1)
    short = is_first & (text.str.count_matches(r"\p{Han}") <= 6)
    headline = is_free & pl.col("chars").is_between(10, 60) & ~pl.col("ends") & ~text.str.contains("^[-—–(]")
    # What is too short for a title needs no byline below the next line.
    fewest = pl.col("chars") < 4
    kicker = short & _beside(headline, 1) & (fewest | _beside(pl.col("category") == "byline", 2))
    return _claim(lines, kicker, "banner", "above_headline")


def banners(lines: pl.DataFrame) -> pl.DataFrame:
    """Claim slogans set off by stars, also over two lines."""
    starred = pl.col("category").is_null() & pl.col("folded").str.contains("*", literal=True)
    return _where(lines, starred, _banners)


def _banners(lines: pl.DataFrame) -> pl.DataFrame:
    free = pl.col("category").is_null()
    opens = free & pl.col("folded").str.contains(r"^\*{1,3}[^*。]{2,60}$")
    closes = free & pl.col("folded").str.contains(r"^[^*。]{2,60}\*{1,3}$")
    pair = opens & following(closes).fill_null(False)
    both = pair | preceding(pair).fill_null(False)
    slogan = free & pl.col("folded").str.contains(
        r"^\*{2,3}[^*。]*(?:[\s·]|—|--|指引下|专栏|特别策划|系列报道|新时代)[^*。]*\*{2,3}$"
    )
    return _claim(lines, both | slogan, "banner", "starred_slogan")


def related_lists(lines: pl.DataFrame) -> pl.DataFrame:
    """Claim the title-like lines behind a header of related articles."""
    return _where(lines, pl.col("rule_id") == "related_header", _related_lists)


def _related_lists(lines: pl.DataFrame) -> pl.DataFrame:
    title_like = (
        pl.col("category").is_null()
        & pl.col("chars").is_between(4, 60)
        & ~pl.col("folded").str.contains(r"。|[;:,…]$|\|.*\|")
        & (pl.col("is_bottom") | (pl.col("chars") >= 10))
    ) | (
        pl.col("category").is_null()
        & pl.col("chars").is_between(4, 120)
        & pl.col("folded").str.contains(r"^[·•◆■►▶-][^。]*$")
    )
    # A button among the titles of a list (收起, 加载中) does not end it.
    is_button = (pl.col("rule_id") == "page_furniture").fill_null(False)
    runs = lines.with_columns(_run=so_far(~(title_like | is_button)), _like=title_like)
    headed = (pl.col("rule_id") == "related_header").fill_null(False).any().over("doc", "_run")
    return _claim(runs, pl.col("_like") & headed, "related", "below_related_header").drop("_run", "_like")


def announced(judgement: Judgement) -> pl.Expr:
    """Whether a line is of a list that the article announces (获奖名单如下:, 附:…): all up to what is claimed or ends a
    sentence."""
    text = pl.col("folded")
    announces = pl.col("category").is_null() & (
        text.str.ends_with(":") | text.str.contains(judgement.framed("appendix"))
    )
    is_first = (pl.col("doc") != pl.col("doc").shift(1)).fill_null(True)
    breaks = is_first | pl.col("category").is_not_null() | pl.col("closes") | announces
    return pl.when(breaks).then(announces).forward_fill()


def trailing_headlines(lines: pl.DataFrame, judgement: Judgement) -> pl.DataFrame:
    """Claim three or more headlines behind the body that share next to nothing with it and are not announced in it.

    What ends a page without a full stop is the last post of a thread: links went when its markup was read.
    """
    behind = pl.col("category").is_null() & pl.col("is_bottom") & ~pl.col("is_page")
    last = lines.select(pl.col("doc", "folded").filter(behind))
    unfinished = last.filter(~pl.col("folded").str.tail(1).str.contains("[。!?;]"))
    docs = unfinished.filter(pl.len().over("doc") >= 3)["doc"].unique()
    return _where(
        lines, pl.col("doc").is_in(docs.implode()), lambda some: _trailing_headlines(some, announced(judgement))
    )


def _trailing_headlines(lines: pl.DataFrame, is_announced: pl.Expr) -> pl.DataFrame:
    bulleted = pl.col("folded").str.contains("^[·•◆■►▶▪]")
    headline = (
        pl.col("category").is_null()
        & pl.col("is_bottom")
        & (pl.col("chars").is_between(10, 50) | (pl.col("chars").is_between(4, 60) & bulleted))
        & ~pl.col("folded").str.contains(r"[。;:,…]$|。")
        & ~is_announced
    )
    body_end = pl.col("body").any().over("doc")
    runs = lines.with_columns(_like=headline & body_end)
    lead_in = preceding(pl.col("folded").str.contains(r"[:,]$")).fill_null(False)
    runs = runs.with_columns(_run=so_far((~pl.col("_like")) | lead_in))
    candidates = runs.with_columns(_pick=(pl.col("_like").sum().over("doc", "_run") >= 3) & pl.col("_like"))
    shares = familiarity(candidates.filter("_pick"), lines)
    candidates = candidates.join(shares, on="line", how="left", maintain_order="left")
    strange = (pl.col("familiar").mean().over("doc", "_run") < 0.2) & pl.col("_pick")
    return _claim(candidates, strange, "related", "trailing_headlines").drop("_like", "_run", "_pick", "familiar")


# The sections of a site side by side; what is sold by links has longer names.
MENU = r"^\p{Han}{1,4}(?:\s*\|\s*[\p{Han}A-Za-z]{1,6}){3,}$"
# What a line of a program is full of and a list of links is not: assignments, variables, braces.
CODE = r"(?:^|[\s'\"])[\w.]+=|\$\w|[{};]"


def link_farms(lines: pl.DataFrame) -> pl.DataFrame:
    """Claim lines of many short pieces that repeat each other or are strange to the body or to its script."""
    pieces = pl.col("folded").str.count_matches(r"[|_/]+") + pl.col("folded").str.count_matches(r"\s+|、").clip(0, 400)
    suspect = (
        lines.filter(pl.col("category").is_null() & ~pl.col("folded").str.tail(2).str.contains("[。!?;,]"))
        .filter(
            ~pl.col("folded").str.tail(41).str.contains(r"[。!?;,][^|_/]*$") & ~pl.col("folded").str.contains("[“《]")
        )
        .filter((pieces >= 4) & (pieces * 20 >= pl.col("chars")))
        .filter(pl.col("folded").str.count_matches(CODE) < 2)
    )
    if suspect.is_empty():
        return lines
    pieces = pl.col("folded").str.replace_all(SEPARATOR, "|").str.strip_chars("|").str.count_matches("|", literal=True)
    suspect = suspect.with_columns(hard=pl.col("folded").str.count_matches(r"[|_/]")).filter(pieces + 1 >= 5)
    evidence = (
        suspect.select("doc", "line", "base", "folded", "chars", "hard")
        .join(familiarity(suspect, lines), on="line", how="left")
        .join(_repetition(suspect), on="line", how="left")
        .join(_script_of(lines.join(suspect.select("doc").unique(), on="doc", how="semi")), on="doc", how="left")
    )
    strange = pl.col("familiar").fill_null(0.0) < 0.12
    repeats = pl.col("repeated").fill_null(0.0) >= 0.3
    other_script = pl.when(pl.col("doc_is_traditional")).then(pl.col("base").str.count_matches(FREQUENT_SIMPLIFIED) >= 2).otherwise(
        pl.col("base").str.count_matches(FREQUENT_TRADITIONAL) >= 2
    ).fill_null(False)  # fmt: skip
    hard_separated = pl.col("hard") >= 4
    votes = strange.cast(pl.Int8) + repeats.cast(pl.Int8) + other_script.cast(pl.Int8) + hard_separated.cast(pl.Int8)
    farm = evidence.filter((votes >= 3) | ((votes >= 2) & hard_separated)).with_columns(
        is_menu=~repeats & pl.col("folded").str.contains(MENU)
    )
    lines = _claim(lines, pl.col("line").is_in(farm.filter("is_menu")["line"].implode()), "nav_footer", "menu")
    return _claim(lines, pl.col("line").is_in(farm["line"].implode()), "seo_spam", "link_farm")


def familiarity(some: pl.DataFrame, lines: pl.DataFrame) -> pl.DataFrame:
    """line, familiar: share of the Han bigrams of `some` lines that the body of their document also uses."""
    if some.is_empty():
        return pl.DataFrame(schema={"line": pl.UInt32, "familiar": pl.Float64})
    body = lines.join(some.select("doc").unique(), on="doc", how="semi").filter(
        pl.col("category").is_null() & pl.col("body")
    ).join(some.select("line"), on="line", how="anti")  # fmt: skip
    known = _bigrams(body).select("doc", "bigram").unique().with_columns(known=pl.lit(1.0))
    return (
        _bigrams(some)
        .join(known, on=["doc", "bigram"], how="left")
        .group_by("line")
        .agg(familiar=pl.col("known").fill_null(0.0).mean())
    )


def _repetition(some: pl.DataFrame) -> pl.DataFrame:
    """line, repeated: share of the bigrams of a line that it uses three times or more."""
    counted = _bigrams(some).with_columns(times=pl.len().over("line", "bigram"))
    return counted.group_by("line").agg(repeated=(pl.col("times") >= 3).mean())


def _bigrams(lines: pl.DataFrame) -> pl.DataFrame:
    """doc, line, bigram: pairs of neighbouring Han characters."""
    runs = (
        lines.select("doc", "line", run=pl.col("folded").str.extract_all(r"\p{Han}{2,}"))
        .explode("run")
        .drop_nulls("run")
    )
    letters = (
        runs.with_row_index("_run")
        .with_columns(letter=pl.col("run").str.extract_all("."))
        .explode("letter")
        .with_columns(bigram=pl.col("letter") + pl.col("letter").shift(-1).over("_run"))
    )
    return letters.drop_nulls("bigram").select("doc", "line", "bigram")


def _script_of(lines: pl.DataFrame) -> pl.DataFrame:
    """doc, doc_is_traditional: NULL where the body shows neither script."""
    counts = lines.group_by("doc").agg(
        hans=pl.col("base").filter("body").str.count_matches(FREQUENT_SIMPLIFIED).sum(),
        hant=pl.col("base").filter("body").str.count_matches(FREQUENT_TRADITIONAL).sum(),
    )
    return counts.select(
        "doc",
        doc_is_traditional=pl.when(pl.col("hans") + pl.col("hant") >= 5).then(pl.col("hant") > 4 * pl.col("hans")),
    )


def _beside(condition: pl.Expr, below: int) -> pl.Expr:
    """The condition of the line so many lines below (above, if negative) in the same text; false where there is none."""
    is_same = pl.col("doc") == pl.col("doc").shift(-below)
    return (is_same & condition.shift(-below)).fill_null(False)


def _where(lines: pl.DataFrame, sign: pl.Expr, step: Callable[[pl.DataFrame], pl.DataFrame]) -> pl.DataFrame:
    """`lines` with the step taken in the documents that show the sign in any line."""
    docs = lines.select(pl.col("doc").filter(sign)).unique()
    if docs.is_empty():
        return lines
    done = step(lines.join(docs, on="doc", how="semi", maintain_order="left"))
    found = done.select(pl.col("line", "category", "rule_id").filter(pl.col("category").is_not_null()))
    return written_at(lines, found)


def _claim(lines: pl.DataFrame, where: pl.Expr, category: str, rule_id: str) -> pl.DataFrame:
    """`lines` with category and rule set where the condition holds and no rule has claimed them."""
    free = lines.select(where & pl.col("category").is_null()).to_series()
    return lines.with_columns(
        category=pl.when(free).then(pl.lit(category)).otherwise("category"),
        rule_id=pl.when(free).then(pl.lit(rule_id)).otherwise("rule_id"),
    )


def claimed(lines: pl.DataFrame, found: pl.DataFrame, rule_id: str) -> pl.DataFrame:
    """`lines` with the category `found` (line, found) names for those no rule has claimed."""
    named = found.select("line", category="found", rule_id=pl.lit(rule_id)).drop_nulls("category")
    is_free = lines["category"].gather(lines["line"].search_sorted(named["line"])).is_null()
    return written_at(lines, named.filter(is_free))


def written_at(lines: pl.DataFrame, found: pl.DataFrame) -> pl.DataFrame:
    """`lines`, in order of `line`, with category and rule_id of `found` (line, category, rule_id) in the rows of its lines.

    A join would write all columns anew for a handful of rows.
    """
    if found.is_empty():
        return lines
    rows = lines["line"].search_sorted(found["line"])
    return lines.with_columns(lines[name].clone().scatter(rows, found[name]) for name in ("category", "rule_id"))
