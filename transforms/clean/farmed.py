"""Phrases of a link farm that were put into the sentences of the page it stands on too."""

from __future__ import annotations

import polars as pl

from transforms.metadata.judgement import Judgement
from transforms.spans import as_edits, no_edits, occurrences

# How many letters a phrase has: a shorter one may be a word of the article, a longer one is a sentence.
PHRASE = r"[\p{Han}A-Za-z0-9]{5,16}"


def farmed_edits(free: pl.DataFrame, lines: pl.DataFrame, judgement: Judgement) -> pl.DataFrame:
    """Cuts in `free` lines (doc, line, folded) of what a line of spam of the same page offers, word for word.

    `lines` (doc, folded, category) are all of the page. What is offered says so (a site, a download, a log-in: part
    `offered` of seeds/page_patterns.csv); other words of a link farm may be the article's own.
    """
    farms = lines.filter(pl.col("category") == "seo_spam").select(
        "doc", phrase=pl.col("folded").str.extract_all(PHRASE)
    )
    offers = farms.explode("phrase", empty_as_null=False).unique()
    offers = offers.filter(pl.col("phrase").str.contains(judgement.framed("offered")))
    if offers.is_empty():
        return no_edits()
    texts = free.join(offers.select("doc").unique(), on="doc", how="semi").select("doc", "line", text="folded")
    longest_first = sorted(set(offers["phrase"]), key=lambda phrase: (-len(phrase), phrase))
    found = occurrences(texts.select("line", "text"), "|".join(longest_first))
    own = found.join(texts.select("line", "doc"), on="line").join(
        offers, left_on=["doc", "match"], right_on=["doc", "phrase"], how="semi"
    )
    return as_edits(own, category="seo_spam", rule_id="farmed", confidence=1.0)
