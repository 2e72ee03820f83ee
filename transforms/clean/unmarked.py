"""What a page says of its pictures, and a firm of itself, without a mark: told by place and by whose words it uses."""

from __future__ import annotations

import polars as pl

from transforms.clean.evidence import announced, claimed, familiarity
from transforms.lines import to_come
from transforms.metadata.judgement import Judgement

SHORTEST, LONGEST = 8, 45
# More lines behind an article are no captions but a list.
CAPTIONS = 3
# A caption shares so much of its Han bigrams with the article.
OWN = 0.3
UNFINISHED = r"[^。!?;:,、…”》』」)\]】]$"
# A heading that announces a firm, and how many paragraphs it has for itself at most.
ABOUT = r"^[【\[]?关于([\p{Han}A-Za-z0-9·]{2,14})[】\]]?$"
HEADING, PARAGRAPHS = 18, 3


def pictures(lines: pl.DataFrame, judgement: Judgement) -> pl.DataFrame:
    """`lines` (see `rules.zones`) with the captions claimed that no credit follows: between paragraphs where they say
    what a picture shows, behind the last one where they speak of the article and furniture follows."""
    text = pl.col("folded")
    # Few lines are short enough to be looked at.
    short = lines.with_columns(below=to_come(pl.col("category").is_not_null()) > 0).filter(
        pl.col("category").is_null() & pl.col("chars").is_between(4, LONGEST) & ~pl.col("is_top") & ~pl.col("closes")
    )
    short = short.filter(text.str.contains(UNFINISHED) & ~text.str.contains(r"[。“《|/]|\d{4}年"))
    inside = ~pl.col("is_bottom") & text.str.contains(judgement.framed("pictured"))
    behind = pl.col("is_bottom") & ~pl.col("is_page") & pl.col("below") & (pl.col("chars") >= SHORTEST)
    behind &= ~text.str.contains(judgement.framed("signature"))
    found = short.filter(inside | behind).with_columns(inside=~pl.col("is_bottom"))
    if found.is_empty():
        return lines
    # What stands in a list the article announces is a line of it.
    pictured = lines.filter(pl.col("doc").is_in(found["doc"].unique().implode()))
    found = found.join(pictured.filter(announced(judgement)), on="line", how="anti")
    found = found.join(familiarity(found, lines), on="line", how="left")
    few = (~pl.col("inside")).sum().over("doc") <= CAPTIONS
    # Captions stand together: one says in words of its own what the next says in the article's.
    own = pl.max_horizontal("familiar", pl.col("familiar").mean().over("doc", "inside")) >= OWN
    found = found.filter(pl.col("inside") | (few & own))
    return claimed(lines, found.select("line", found=pl.lit("caption")), "picture_unmarked")


def firms(lines: pl.DataFrame, judgement: Judgement) -> pl.DataFrame:
    """`lines` with what a firm says of itself behind an article claimed: its heading and the paragraphs below it."""
    heads = lines.filter(pl.col("category").is_null() & (pl.col("chars") <= HEADING))
    heads = heads.select("doc", "line", firm=pl.col("folded").str.extract(ABOUT)).drop_nulls("firm")
    if heads.is_empty():
        return lines
    below = (
        lines.filter(pl.col("category").is_null())
        .select("doc", "folded", at="line")
        .join(heads, on="doc")
        .filter(pl.col("at") > pl.col("line"))
        .sort("line", "at")
    )
    first = pl.col("folded").first()
    told = below.group_by("doc", "line").agg(
        own=first.str.starts_with(pl.col("firm").first()) & first.str.contains(judgement.framed("firm_told")),
        paragraphs=pl.len(),
        last=pl.col("at").max(),
    )
    told = told.filter(pl.col("own") & (pl.col("paragraphs") <= PARAGRAPHS))
    spans = lines.select("doc", at="line").join(told.select("doc", "line", "last"), on="doc")
    spans = spans.filter(pl.col("at").is_between(pl.col("line"), pl.col("last")))
    return claimed(lines, spans.select(line="at", found=pl.lit("author_bio")), "firm_of_itself")
