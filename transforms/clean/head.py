"""The head of a page: which of the lines above its body is the title, and what the others are."""

from __future__ import annotations

import polars as pl

from transforms.clean.evidence import claimed, familiarity
from transforms.clean.pieces import LETTER, Words, pieces
from transforms.hanzi import HAN
from transforms.lines import following, place, preceding, so_far, to_come
from transforms.metadata.judgement import Judgement
from transforms.spans import as_edits, no_edits

# A head is no longer; nor is a line of it, but for an abstract.
LINES, LONGEST = 30, 90
# A line of so many characters that ends in a semicolon is a clause of the article.
FEWEST = 12
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
# A cell of the table above a decree: 发文字号:某令第6号.
FIELD = rf"(?:^|[\s,;|])[{HAN}](?:\s?[{HAN}]){{1,7}}\s?:\s?[^\s:]"
# Lines that only a head has; a button may stand anywhere.
TELLING = ["byline", "reading_time", "nav_footer", "breadcrumb", "author_bio", "boilerplate"]
# A title, and what follows a bar behind it: the site, before it perhaps the section.
_PART, _BAR = r"[^_|。,]{2,14}", r"\s*(?:[_|]|\s[-–—]\s)\s*"
BEHIND_TITLE = rf"^(.{{6,}}?)(?:{_BAR}{_PART}){{0,2}}{_BAR}({_PART}|[A-Za-z0-9.-]{{4,30}})$"
# The same with bare hyphens, which titles have too: what stands behind them must be strange to the article.
HYPHENATED = r"^(.{8,}?)((?:\s?-\s?[^-_|。,:!?\s\d“《]{2,10}){1,3})$"
ADDRESS = r"^[A-Za-z0-9-]+(?:\.[A-Za-z]{2,8}){1,3}$"
# A title shares so much of its Han bigrams with the article, if it is to tell that what is behind it shares nothing.
SHARED = 0.25
# Of what is called as sites are no more than this share may be words of the article.
HALF_KNOWN = 0.4
# Items of a list side by side: menus, prices, buttons. A title has at most three parts, and one of them says something.
BETWEEN_ITEMS = r"[\s|/·:>»▲▼△▽◆\[\]【】]+"
ITEMS, OF_ITEM = 4, 4
# Of the characters of a title more are letters than this share of digits and signs leaves over.
UNSPOKEN = 0.45
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


def heads(lines: pl.DataFrame, words: Words) -> pl.DataFrame:
    """`lines` (see `rules.zones`) with what stands above the body of a text and is not its title claimed."""
    head = _head(lines, words)
    free = head.filter(pl.col("category").is_null() & (pl.col("chars") <= LONGEST))
    if free.is_empty():
        return lines
    made = pieces(free, words).with_columns(_verdict()).join(free.select("line", "doc"), on="line")
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
    head = _head(lines, words)
    telling = head.filter(pl.col("category").is_in(TELLING))["doc"].unique()
    return _around_title(lines, head.filter(pl.col("doc").is_in(telling.implode())), rest, words)


def _head(lines: pl.DataFrame, words: Words) -> pl.DataFrame:
    """The lines above the body of each text that has one; where a sentence ends the body has begun."""
    texts = lines.filter("body")["doc"].unique()
    above = lines.filter((so_far(pl.col("body")) == 0) & (place() < LINES) & pl.col("doc").is_in(texts.implode()))
    free, text = pl.col("category").is_null(), pl.col("folded")
    ended = free & text.str.contains("。") & ~text.str.contains(words.judgement.framed("addressed"))
    listed = free & text.str.contains(r"[^&]\p{Han};$") & (pl.col("chars") >= FEWEST)
    return above.filter(so_far(ended | listed) == 0)


def _verdict() -> pl.Expr:
    """found: the category of a line that its pieces give away, else NULL."""
    text = pl.col("spaced")
    sentence = text.str.contains("。|;$")
    dated = (pl.col("moment") >= MOMENT) & (pl.col("rest") <= BESIDE_MOMENT) & text.str.contains(DATED)
    signed = pl.col("is_named") & (pl.col("said") > 0)
    return (
        pl.when(~sentence & dated).then(pl.lit("byline"))
        .when(~sentence & signed).then("kind")
        .when((pl.col("kind") == "breadcrumb") & pl.col("is_made") & ~text.str.contains("[>›»→/|]")).then(pl.lit("nav_footer"))
        .when(~sentence & pl.col("is_made") & ~text.str.contains("[,、;…!?]$")).then("kind")
        .when(text.str.count_matches(FIELD) >= 2).then(pl.lit("boilerplate"))
        .alias("found")
    )  # fmt: skip


def _around_title(lines: pl.DataFrame, head: pl.DataFrame, made: pl.DataFrame, words: Words) -> pl.DataFrame:
    """`lines` with those claimed that stand above the title, and names and short strangers between it and the body."""
    free = head.filter(pl.col("line").is_in(made["line"].implode()))
    text, judgement = pl.col("folded"), words.judgement
    tagged = lines.filter(text.str.contains(r"^【[^【】]{2,12}】"))["doc"]
    free = free.with_columns(
        unlike=_unlike_title(),
        labelled=text.str.extract(_labelled(judgement)),
        addressed=text.str.contains(judgement.framed("addressed")),
        # The column alone: several lines of that form are the sections of the article.
        is_tag=text.str.contains(r"^【[^【】]{2,6}】$")
        & ~pl.col("doc").is_in(tagged.filter(tagged.is_duplicated()).implode()),
        # A column and who writes it.
        is_column=text.str.contains(rf"^\p{{Han}}{{2,8}}\s+{judgement.name_pattern}$"),
    )
    free = free.filter((pl.len().over("doc") > 1) | pl.col("unlike"))
    if free.is_empty():
        return lines
    known = lines.join(free.select("doc").unique(), on="doc", how="semi").filter(
        pl.col("body") & (so_far(pl.col("body")) <= PARAGRAPHS)
    )
    shares = familiarity(free.select(known.columns), pl.concat([known, free.select(known.columns)]))
    beside = head.with_columns(
        above=preceding("category"),
        below=following("category"),
        furnished_below=to_come(pl.col("category").is_in(FURNITURE).fill_null(value=False)) > 0,
        signed_above=so_far((pl.col("category") == "byline").fill_null(False)) > 0,
        medium_below=following("line").is_in(made.filter("is_medium")["line"].implode()),
    ).select("line", "above", "below", "furnished_below", "signed_above", "medium_below")
    free = (
        free.join(shares, on="line", how="left", maintain_order="left")
        .join(beside, on="line", maintain_order="left")
        .join(made.select("line", "left", "rest", "kind", "is_named", "is_medium"), on="line", maintain_order="left")
        .with_columns(
            pl.col("familiar").fill_null(0.0), han=pl.col("folded").str.count_matches(r"\p{Han}").cast(pl.Int64)
        )
    )
    free = free.with_columns(score=_likeness_to_title())
    return claimed(lines, _strangers(_with_title(free)), "beside_title")


def _unlike_title() -> pl.Expr:
    """A line of a head that is no title by what it is made of: many short items, or mostly digits and signs."""
    text = pl.col("folded")
    items = text.str.replace_all(BETWEEN_ITEMS, "\n").str.strip_chars("\n").str.split("\n")
    short = items.list.eval(pl.element().str.count_matches(r"\p{Han}") <= OF_ITEM).list.sum()
    listed = (items.list.len() >= ITEMS) & (short >= items.list.len() - 1) & ~text.str.contains("[。!?;“《]")
    bare = text.str.replace_all(r"\s", "")
    # A number of something is a word: 净利润增长34.6%, 每10股派4.2元.
    told = bare.str.replace_all(r"\d[\d.,]*([%\p{Han}])", "0${1}")
    spoken = told.str.count_matches(r"\p{L}")
    return listed | (spoken < (1 - UNSPOKEN) * told.str.len_chars()) & (bare.str.len_chars() >= 8)


def _likeness_to_title() -> pl.Expr:
    """How much a line of a head is like a title: by its words, its length, its place, its form."""
    text, han = pl.col("folded"), pl.col("han")
    is_first = place() == 0
    size = pl.when(han < 5).then(-1.5).when(han < 8).then(-0.5).when(han <= 45).then(0.5).otherwise(-0.5)
    separated = text.str.contains(r"[>›»|]|\s/\s|\s·\s|^第.{1,3}版")
    led = (pl.col("below").is_in(["byline", "banner", "reading_time"]) | pl.col("medium_below")).fill_null(False)
    follows = pl.col("above").is_in(["breadcrumb", "nav_footer"]).fill_null(False)
    unlike = text.str.contains(r"^[—–-]{1,2}|^[,、)]|[:,、]$|^[一二三四五六七八九十]{1,3}、|^[(【\[].*[)】\]]$|。")
    label = pl.col("labelled").drop_nulls().first().over("doc")
    stated = (label == text) | pl.col("labelled").is_not_null()
    return (
        pl.col("familiar").clip(0, 0.4) * 5
        + stated.fill_null(False).cast(pl.Float64) * 3
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
    """`free` with is_title, which line of a head is it, and is_above, what stands above it.

    A head in which every line is unlike a title has none, and all of it stands above.
    """
    labels = free.join(free.select("doc", labelled="folded"), on=["doc", "labelled"], how="semi")["line"]
    free = free.with_columns(own_place=place(), is_label=pl.col("line").is_in(labels.implode()))
    free = free.with_columns(score=pl.when(~pl.col("unlike") & ~pl.col("is_label")).then("score"))
    scored = pl.col("score").is_not_null()
    first, best = pl.col("score").drop_nulls().first().over("doc"), pl.col("score").max().over("doc")
    first_place = pl.col("own_place").filter(scored).first().over("doc")
    chosen = (
        pl.when(best - first >= CLEARLY)
        .then(pl.col("score") == best)
        .otherwise(pl.col("own_place") == first_place)
        .fill_null(False)
    )
    free = free.with_columns(is_title=chosen).with_columns(
        title_place=pl.col("own_place").filter("is_title").first().over("doc").fill_null(pl.len().over("doc")),
        says_title=pl.col("folded").str.starts_with(pl.col("folded").filter("is_title").first().over("doc")),
    )
    return free.with_columns(
        is_title=pl.col("own_place") == pl.col("title_place"), is_above=pl.col("own_place") < pl.col("title_place")
    )


def _strangers(free: pl.DataFrame) -> pl.DataFrame:
    """line, found: what is neither the title nor the article's own."""
    stated = pl.col("title_field").is_not_null()
    # What runs on in commas is a torn text, not a head.
    clause = pl.col("folded").str.replace_all("&[a-z]+;", "").str.contains("[,。;]")
    torn = (pl.col("is_above") & ~pl.col("unlike") & ~pl.col("is_label") & clause).any().over("doc")
    above = ~stated & pl.col("is_above") & ~torn & ~pl.col("folded").str.contains("[!?]$")
    behind = pl.col("own_place") > pl.col("title_place")
    beside_byline = (pl.col("above") == "byline").fill_null(False) | (pl.col("below") == "byline").fill_null(False)
    alone = (
        behind
        & (pl.col("is_named") | pl.col("is_medium"))
        & (pl.col("chars") <= 20)
        & (beside_byline | pl.col("furnished_below"))
    )
    text = pl.col("folded")
    plain = ~text.str.contains("[。;!?:]$|[“《]")
    between = (
        behind
        & (pl.col("furnished_below") | pl.col("addressed"))
        & (plain | pl.col("addressed"))
        & ((pl.col("han") > 0) | ~text.str.contains(LETTER))
        & (pl.col("addressed") | (pl.col("han") <= 6) | ((pl.col("familiar") < 0.15) & (pl.col("chars") <= 20)))
    )
    found = (
        pl.when(pl.col("is_label")).then(pl.lit("boilerplate"))
        .when(pl.col("unlike") & ~torn & ~pl.col("is_title")).then(_kind_of_list())
        .when(above & pl.col("says_title")).then(pl.lit("boilerplate"))
        .when(above & pl.col("is_named")).then(pl.lit("byline"))
        .when(above & pl.col("folded").str.contains("[>›»/·→]|&gt;")).then(pl.lit("breadcrumb"))
        .when(above).then(pl.lit("nav_footer"))
        .when(alone).then(pl.lit("byline"))
        .when(behind & beside_byline & pl.col("is_column")).then(pl.lit("byline"))
        .when(behind & pl.col("is_tag")).then(pl.lit("banner"))
        .when(between).then(pl.when(pl.col("kind") == "byline").then("kind").otherwise(pl.lit("banner")))
    )  # fmt: skip
    return free.select("line", found=found).drop_nulls()


def _kind_of_list() -> pl.Expr:
    """What a line of a head is that is a list of items: by its words, else a menu above the title, buttons below it."""
    menu = pl.col("is_above") & ~pl.col("folded").str.contains(r"\d")
    return (
        pl.when(pl.col("kind").is_in(["nav_footer", "banner", "breadcrumb"])).then("kind")
        .when(menu).then(pl.lit("nav_footer"))
        .when(pl.col("kind") == "byline").then("kind")
        .otherwise(pl.lit("banner"))
    )  # fmt: skip


def beside_titles(free: pl.DataFrame, lines: pl.DataFrame, words: Words) -> pl.DataFrame:
    """Cuts of what stands beside a title in its line, in coordinates of the folded text: what labels it (`标题：`), the
    site behind it (`标题_江湾网`).

    `free` are the lines no rule claims, of which the first of each text without a stated title may be its title.
    """
    is_first = pl.col("doc") != pl.col("doc").shift(1).fill_null(2**32 - 1)
    titles = free.filter(is_first & pl.col("title_field").is_null() & pl.col("chars").is_between(8, LONGEST)).select(
        "doc", "line", "folded"
    )
    size = pl.col("folded").str.len_chars().cast(pl.Int64)
    label = size - pl.col("folded").str.extract(_labelled(words.judgement)).str.len_chars().cast(pl.Int64)
    labels = titles.select("line", start=pl.lit(0, pl.Int64), end=label).drop_nulls()
    found = [_named_sites(titles, lines, words), _strange_sites(titles, lines, words)]
    sites = pl.concat(found).unique("line", keep="first")
    sites = titles.join(sites, on="line").select("line", start=pl.col("title").str.len_chars().cast(pl.Int64), end=size)
    cuts = [(labels, "title_label"), (sites, "site_behind_title")]
    edits = [
        as_edits(found, category="boilerplate", rule_id=rule, confidence=1.0) for found, rule in cuts if found.height
    ]
    return pl.concat(edits).sort("line", "start") if edits else no_edits()


def _labelled(judgement: Judgement) -> str:
    """A title so labelled: 标题:…"""
    return rf"{judgement.framed('title_label')}\s*(\S.{{3,}})$"


def _named_sites(titles: pl.DataFrame, lines: pl.DataFrame, words: Words) -> pl.DataFrame:
    """line, title: titles before a site known by the form of its name, or because the furniture of its page names it."""
    groups = pl.col("folded").str.extract_groups(BEHIND_TITLE)
    barred = titles.select("doc", "line", title=groups.struct[0], site=groups.struct[1]).drop_nulls("site")
    said = (
        lines.filter(pl.col("category").is_not_null())
        .join(barred.select("doc"), on="doc", how="semi")
        .group_by("doc")
        .agg(said=pl.col("folded").str.join("\n"))
    )
    is_address = pl.col("site").str.contains(ADDRESS)
    is_site = (
        is_address
        | pl.col("site").str.contains(f"^{words.judgement.medium_pattern}$")
        | pl.col("said").str.contains(pl.col("site"), literal=True)
    )
    return barred.join(said, on="doc", how="left").filter(is_site.fill_null(False)).select("line", "title")


def _strange_sites(titles: pl.DataFrame, lines: pl.DataFrame, words: Words) -> pl.DataFrame:
    """line, title: titles of the article's own words before hyphens behind which there is none of them."""
    groups = pl.col("folded").str.extract_groups(HYPHENATED)
    parted = titles.select("doc", "line", title=groups.struct[0], behind=groups.struct[1]).drop_nulls("behind")
    own = familiarity(parted.select("doc", "line", folded="title"), lines).filter(pl.col("familiar") >= SHARED)
    strange = familiarity(parted.select("doc", "line", folded="behind"), lines)
    is_site = pl.col("behind").str.contains(words.judgement.framed("site_name")) & (pl.col("familiar") <= HALF_KNOWN)
    return (
        parted.join(own, on="line", how="semi")
        .join(strange, on="line")
        .filter((pl.col("familiar") == 0) | is_site)
        .select("line", "title")
    )
