"""The head of a page: which of the lines above its body is the title, and what the others are."""

from __future__ import annotations

import polars as pl

from transforms.clean.evidence import claimed, familiarity
from transforms.clean.pieces import MEDIUM, made_of_pieces, names_only, pieces
from transforms.spans import as_edits, no_edits

# A head is no longer; nor is a line of it, but for an abstract.
LINES, LONGEST = 30, 90
# Paragraphs enough to know the words of an article by.
PARAGRAPHS = 8
# So many letters may stand beside a moment without saying anything.
BESIDE_MOMENT = 14
# So many letters has a day with its year.
MOMENT = 6
# A title is told from what stands above it by so much, or the first line is taken.
CLEARLY = 0.5
DAY = r"(?:19|20)\d{2}\s?[-/.年]\s?\d{1,2}\s?[-/.月]\s?\d{1,2}日?"
# A day that stands by itself, or with the time of day behind it.
DATED = rf"(?:^|[\s|/·,:(]){DAY}(?:$|[\s|/·,:()T])|{DAY}\s?\d{{1,2}}[:时]\d{{2}}"
# What a machine says of the article.
ABSTRACT = r"(?i)^[\[(【]?\s?AI\s?(?:摘要|速读|导读|总结|要点|解读|小结)|由\s?(?:AI|大模型|人工智能)[^,。]{0,6}生成"
# A cell of the table above a decree: 发文字号:某令第6号.
FIELD = r"(?:^|[\s,;|])[一-鿿](?:\s?[一-鿿]){1,7}\s?:\s?[^\s:]"
# A title, and what follows a bar behind it: the site, before it perhaps the section.
BEHIND_TITLE = r"^(.{6,}?)(?:\s*(?:[_|]|\s[-–—]\s)\s*[^_|。,]{2,14}){0,2}\s*(?:[_|]|\s[-–—]\s)\s*([^_|。,]{2,14})$"
FURNITURE = [
    "byline",
    "banner",
    "reading_time",
    "nav_footer",
    "breadcrumb",
    "author_bio",
    "photo_credit",
    "boilerplate",
]


def heads(lines: pl.DataFrame, rules: pl.DataFrame) -> pl.DataFrame:
    """`lines` (see `rules.zones`) with what stands above the body of a text and is not its title claimed."""
    head = _head(lines)
    free = head.filter(pl.col("category").is_null() & (pl.col("chars") <= LONGEST))
    if free.is_empty():
        return lines
    made = pieces(free, rules).with_columns(_verdict()).join(free.select("line", "doc"), on="line")
    found = made.filter(pl.col("found").is_not_null())
    # A line alone may be anything, and so may the name of a place; where a head shows itself it is furniture.
    dated = pl.col("moment") >= MOMENT
    signs = pl.concat(
        [
            head.filter(pl.col("category").is_in(FURNITURE)).select("doc"),
            found.filter((pl.col("found") != "byline") | dated).select("doc"),
        ]
    )["doc"]
    shown = signs.filter(signs.is_duplicated())
    found = found.filter(pl.col("doc").is_in(shown.implode()) | dated)
    lines = claimed(lines, found, "made_of_pieces")
    rest = made.join(found, on="line", how="anti").drop("found", "doc")
    return _around_title(lines, _head(lines).filter(pl.col("doc").is_in(signs.implode())), rest)


def _head(lines: pl.DataFrame) -> pl.DataFrame:
    """The lines above the body of each text that has one."""
    begun = pl.col("body").cum_max().over("doc")
    texts = lines.filter("body")["doc"].unique()
    return lines.filter(~begun & (pl.int_range(pl.len()).over("doc") < LINES)).filter(
        pl.col("doc").is_in(texts.implode())
    )


def _verdict() -> pl.Expr:
    """found: the category of a line that its pieces give away, else NULL."""
    text = pl.col("spaced")
    sentence = text.str.contains("[。;]$|。")
    dated = (pl.col("moment") >= MOMENT) & (pl.col("rest") <= BESIDE_MOMENT) & text.str.contains(DATED)
    signed = names_only() & (pl.col("said") > 0)
    return (
        pl.when(text.str.contains(ABSTRACT)).then(pl.lit("banner"))
        .when(~sentence & dated).then(pl.lit("byline"))
        .when(~sentence & signed).then("kind")
        .when(~sentence & made_of_pieces() & ~text.str.contains("[,、;…!?]$")).then("kind")
        .when(text.str.count_matches(FIELD) >= 2).then(pl.lit("boilerplate"))
        .alias("found")
    )  # fmt: skip


def _around_title(lines: pl.DataFrame, head: pl.DataFrame, made: pl.DataFrame) -> pl.DataFrame:
    """`lines` with those claimed that stand above the title, and names and short strangers between it and the body."""
    free = head.filter(pl.col("line").is_in(made["line"].implode()))
    free = free.filter(pl.len().over("doc") > 1)
    if free.is_empty():
        return lines
    known = lines.join(free.select("doc").unique(), on="doc", how="semi").filter(
        pl.col("body") & (pl.col("body").cum_sum().over("doc") <= PARAGRAPHS)
    )
    shares = familiarity(free, pl.concat([known, free.select(known.columns)]))
    beside = head.with_columns(
        above=pl.col("category").shift(1).over("doc"),
        below=pl.col("category").shift(-1).over("doc"),
        furnished_below=pl.col("category").is_in(FURNITURE).cum_max(reverse=True).over("doc"),
        signed_above=(pl.col("category") == "byline").fill_null(False).cum_max().over("doc"),
    ).select("line", "above", "below", "furnished_below", "signed_above")
    free = (
        free.join(shares, on="line", how="left", maintain_order="left")
        .join(beside, on="line", maintain_order="left")
        .join(made.select("line", "left", "rest", is_named=names_only()), on="line", maintain_order="left")
        .with_columns(
            pl.col("familiar").fill_null(0.0), han=pl.col("folded").str.count_matches(r"\p{Han}").cast(pl.Int64)
        )
    )
    free = free.with_columns(score=_likeness_to_title())
    return claimed(lines, _strangers(_with_title(free)), "beside_title")


def _likeness_to_title() -> pl.Expr:
    """How much a line of a head is like a title: by its words, its length, its place, its form."""
    text, han = pl.col("folded"), pl.col("han")
    is_first = pl.int_range(pl.len()).over("doc") == 0
    size = pl.when(han < 5).then(-1.5).when(han < 8).then(-0.5).when(han <= 45).then(0.5).otherwise(-0.5)
    separated = text.str.contains(r"[>›»|]|\s/\s|\s·\s|^第.{1,3}版")
    led = pl.col("below").is_in(["byline", "banner", "reading_time"]).fill_null(False)
    follows = pl.col("above").is_in(["breadcrumb", "nav_footer"]).fill_null(False)
    unlike = text.str.contains(r"^[—–-]{1,2}|^[,、)]|[:,、]$|^[一二三四五六七八九十]{1,3}、|^[(【\[].*[)】\]]$|。")
    return (
        pl.col("familiar").clip(0, 0.4) * 5
        + size
        + led.cast(pl.Float64)
        + follows.cast(pl.Float64) * 0.5
        + is_first.cast(pl.Float64) * 0.4
        - separated.cast(pl.Float64) * 1.5
        - unlike.cast(pl.Float64) * 2
        - pl.col("is_named").cast(pl.Float64) * 1.5
        - pl.col("signed_above").cast(pl.Float64) * 0.7
    )


def _with_title(free: pl.DataFrame) -> pl.DataFrame:
    """`free` with is_title, which line of a head is it, and is_above, what stands above it."""
    first, best = pl.col("score").first().over("doc"), pl.col("score").max().over("doc")
    chosen = (
        pl.when(best - first >= CLEARLY)
        .then(pl.col("score") == best)
        .otherwise(pl.int_range(pl.len()).over("doc") == 0)
    )
    place = pl.int_range(pl.len()).over("doc")
    return (
        free.with_columns(is_title=chosen)
        .with_columns(
            title_place=place.filter("is_title").first().over("doc"),
            own_place=place,
            says_title=pl.col("folded").str.starts_with(pl.col("folded").filter("is_title").first().over("doc")),
        )
        .with_columns(
            is_title=pl.col("own_place") == pl.col("title_place"), is_above=pl.col("own_place") < pl.col("title_place")
        )
    )


def _strangers(free: pl.DataFrame) -> pl.DataFrame:
    """line, found: what is neither the title nor the article's own."""
    stated = pl.col("title_field").is_not_null()
    # What runs on in commas is a torn text, not a head.
    torn = (pl.col("is_above") & pl.col("folded").str.contains("[,。;]")).any().over("doc")
    above = ~stated & pl.col("is_above") & ~torn & ~pl.col("folded").str.contains("[!?]$")
    behind = pl.col("own_place") > pl.col("title_place")
    beside_byline = (pl.col("above") == "byline").fill_null(False) | (pl.col("below") == "byline").fill_null(False)
    alone = behind & pl.col("is_named") & (pl.col("chars") <= 20) & (beside_byline | pl.col("furnished_below"))
    plain = ~pl.col("folded").str.contains("[。;!?:]$|[“《]")
    between = (
        behind
        & pl.col("furnished_below")
        & plain
        & ((pl.col("han") <= 6) | ((pl.col("familiar") < 0.15) & (pl.col("chars") <= 20)))
    )
    found = (
        pl.when(above & pl.col("says_title")).then(pl.lit("boilerplate"))
        .when(above & pl.col("is_named")).then(pl.lit("byline"))
        .when(above & pl.col("folded").str.contains("[>›»/·→]")).then(pl.lit("breadcrumb"))
        .when(above).then(pl.lit("nav_footer"))
        .when(alone).then(pl.lit("byline"))
        .when(between).then(pl.lit("banner"))
    )  # fmt: skip
    return free.select("line", found=found).drop_nulls()


def sites_behind(free: pl.DataFrame, lines: pl.DataFrame) -> pl.DataFrame:
    """Cuts of the names of sites behind titles (`标题_江湾网`), in coordinates of the folded text.

    `free` are the lines no rule claims, of which the first of each text without a stated title may be its title. A
    site is known by the form of its name, or because the furniture of the page names it too.
    """
    is_first = pl.col("doc") != pl.col("doc").shift(1).fill_null(2**32 - 1)
    groups = pl.col("folded").str.extract_groups(BEHIND_TITLE)
    titles = (
        free.filter(is_first & pl.col("title_field").is_null() & pl.col("chars").is_between(8, LONGEST))
        .select("doc", "line", "folded", title=groups.struct[0], site=groups.struct[1])
        .drop_nulls("site")
    )
    if titles.is_empty():
        return no_edits()
    said = (
        lines.filter(pl.col("category").is_not_null())
        .join(titles.select("doc"), on="doc", how="semi")
        .group_by("doc")
        .agg(said=pl.col("folded").str.join("\n"))
    )
    is_site = pl.col("site").str.contains(rf"^(?:{MEDIUM})$") | pl.col("said").str.contains(
        pl.col("site"), literal=True
    )
    named = titles.join(said, on="doc", how="left").filter(is_site.fill_null(False))
    found = named.select(
        "line",
        start=pl.col("title").str.len_chars().cast(pl.Int64),
        end=pl.col("folded").str.len_chars().cast(pl.Int64),
    )
    return as_edits(found, category="boilerplate", rule_id="site_behind_title", confidence=1.0)
