"""Advertising of betting sites put into the headline or between the sentences of an article that is about something else."""

from __future__ import annotations

import polars as pl

from transforms.clean.evidence import familiarity
from transforms.lines import place
from transforms.metadata.judgement import Judgement
from transforms.spans import apply, as_edits, no_edits, occurrences

# A headline stands among so many lines, and something must be left of it.
TOP, LEAST = 8, 8
# An advertisement shares at most a word of every day with the article (官方, 网站), its headline some.
STRANGE, SHARED = 0.29, 0.05
# A sentence longer than this is the article's; one that is put in may share a word everybody uses.
SENTENCE, EVERYDAY = 40, 0.16
# The name of a site: of so many characters; which of them belong to the headline before it, words tell.
_OFFERS = r"<spam_kind>城?(?:<offered>|<spam_more>){1,7}"
# A game of chance needs no name.
_GAMES = r"<spam_game>(?:<offered>|<spam_more>){1,7}"
_NAMED = rf"(?:\p{{Han}}{{2,4}}{_OFFERS}|{_GAMES})"
_BAR = r"[\s_|(:-]*"
_HEAD = rf"^({_NAMED}{_BAR})[^\s_|:-].{{7,}}$"
_TAIL = rf"^(.{{8,}}?)({_BAR}{_NAMED}\)?)$"
_BRAND = rf"^({_BAR})(\p{{Han}}+?){_OFFERS}\)?$"
# 某某体育官网登录入口。 · …就来某某体育app。 · 注册某某国际即可领取体验金。
_SENTENCE = rf"^(?:{_NAMED}|.*<spam_appeal>{_NAMED}|.*<spam_gain>.*)[。!?]$"
# What shows a text that may have been advertised in; in brackets it is put into a sentence that stays.
_ADVERTISED = rf"{_OFFERS}|{_GAMES}|<spam_gain>"
_BRACKETED = r"[【\[(][^【】\[\]()。]{4,30}[】\])]"


def advertisements(lines: pl.DataFrame, judgement: Judgement) -> pl.DataFrame:
    """Cuts in `lines` (doc, line, folded, chars, title_field), in coordinates of the folded text."""
    advertised = pl.col("folded").str.contains(judgement.shaped(_ADVERTISED))
    suspects = lines.filter(advertised).filter(~pl.col("folded").str.contains(r"[|_/·].*[|_/·].*[|_/·]"))
    if suspects.is_empty():
        return no_edits()
    texts = lines.join(suspects.select("doc").unique(), on="doc", how="semi", maintain_order="left")
    found = pl.concat([_beside_headlines(texts, judgement), _sentences(suspects, judgement)])
    # Every text that may be spam is asked about the body without any of it.
    bare = apply(texts.select("doc", "line", text="folded"), as_edits(found)).select("doc", "line", folded="text")
    body = bare.with_columns(
        category=pl.lit(None, pl.String),
        body=pl.col("folded").str.contains("。") & ~pl.col("line").is_in(_titles(found)),
    )
    asked = found.join(texts.select("doc", "line"), on="line").with_row_index("asked", offset=2**31)
    own = familiarity(asked.select("doc", line="asked", folded="match"), body).rename({"line": "asked"})
    rests = asked.join(bare.select("line", rest="folded"), on="line")
    known = familiarity(rests.select("doc", line="asked", folded="rest"), body).rename({"line": "asked"})
    judged = asked.join(own, on="asked").join(known, on="asked", suffix="_rest")
    is_strange = pl.col("familiar") <= pl.when("is_title").then(STRANGE).otherwise(EVERYDAY)
    kept = judged.filter(is_strange & (~pl.col("is_title") | (pl.col("familiar_rest") >= SHARED)))
    return as_edits(kept.sort("line", "start"), category="seo_spam", rule_id="advertised", confidence=1.0)


def _titles(found: pl.DataFrame) -> pl.Expr:
    return pl.lit(found.filter("is_title")["line"].unique()).implode()


def _beside_headlines(texts: pl.DataFrame, judgement: Judgement) -> pl.DataFrame:
    """line, start, end, match, is_title: what stands at an end of a line at the head of a text."""
    head = texts.filter((place() < TOP) & pl.col("chars").is_between(2 * LEAST, 90)).filter(
        ~pl.col("folded").str.contains("[。;]$")
    )
    before = head.select("line", "folded", match=pl.col("folded").str.extract(judgement.shaped(_HEAD))).drop_nulls()
    groups = pl.col("folded").str.extract_groups(judgement.shaped(_TAIL))
    behind = head.join(before, on="line", how="anti").select("line", "folded", match=groups.struct[1]).drop_nulls()
    behind = behind.with_columns(match=_from_brand(behind["match"], judgement))
    size, length = (pl.col(text).str.len_chars().cast(pl.Int64) for text in ("folded", "match"))
    return pl.concat(
        [
            before.select("line", start=pl.lit(0, pl.Int64), end=length, match="match", is_title=True),
            behind.select("line", start=size - length, end=size, match="match", is_title=True),
        ]
    )


def _from_brand(found: pl.Series, judgement: Judgement) -> pl.Series:
    """What is `found` at the end of a headline from the name of the site on: its last words of two characters or more."""
    import rjieba

    groups = pl.DataFrame({"found": found}).select(pl.col("found").str.extract_groups(judgement.shaped(_BRAND)))
    cut: list[str] = []
    for text, parts in zip(found, groups.to_series(), strict=True):
        bar, lead = parts["1"] or "", parts["2"] or ""
        words = rjieba.cut(lead, False) if not bar else [lead]
        brand = ""
        while words and len(brand) < 2:
            brand = words.pop() + brand
        cut.append(text[len(bar) + len(lead) - len(brand) :] if not bar else text)
    return pl.Series(cut, dtype=pl.String)


def _sentences(suspects: pl.DataFrame, judgement: Judgement) -> pl.DataFrame:
    """line, start, end, match, is_title: short sentences that advertise, and brackets that do inside of any."""
    texts = suspects.filter(pl.col("folded").str.contains("。", literal=True)).select("line", text="folded")
    match = pl.col("match")
    brackets = occurrences(texts, _BRACKETED).filter(match.str.contains(judgement.shaped(_ADVERTISED)))
    sentences = occurrences(texts.join(brackets, on="line", how="anti"), r"[^。!?“”]{4,}[。!?]").filter(
        match.str.len_chars() <= SENTENCE + 1, match.str.contains(judgement.shaped(_SENTENCE))
    )
    return pl.concat([brackets, sentences]).with_columns(is_title=pl.lit(value=False))
