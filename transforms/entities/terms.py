"""Terms in quotation marks: coined ones that recur, are defined, or end like a name for an idea."""

from __future__ import annotations

import polars as pl

from transforms.entities.candidates import candidates, matches
from transforms.entities.lexicon import Lexicon
from transforms.words import BOUNDARY, cut, rarities, tags

TERM = r"“[^“”，。；：！？、\n]{2,10}”"
PLAIN = r"^[\p{Han}A-Za-z0-9+\-]{2,10}$"
SHORTEST = 3
"""Characters of a term that counts as said again within another one."""
NOTICE = 400
"""Characters of a body below which it is a notice."""
SPEECH = ["r", "y", "e", "o", "ul", "uz", "ug"]
"""Parts of speech (pronouns, particles) of words that names do not hold."""
UNNAMED = ["d", "p", "c"]
"""Adverbs and the like: no name begins with one but for some: 最美乡村, 从0到1."""
WORDS = ["i", "l", "n", "v", "a", "d", "f", "r", "s", "t", "vn", "ad", "an", "b", "z"]
"""Parts of speech of words and idioms of the dictionary: quoting them coins nothing."""


def terms(texts: pl.DataFrame, lexicon: Lexicon) -> pl.DataFrame:
    """Candidates (see candidates.py) for quoted terms. `texts` has doc and text."""
    # The title of a notice takes a phrase from it: that is not said twice.
    brief = pl.col("body_end") < NOTICE
    read = texts.with_columns(pl.when(brief).then(pl.col("text").str.head(pl.col("body_end"))).otherwise("text"))
    found = matches(read, f"{lexicon.patterns['defines']}?{TERM}").with_columns(
        defined=pl.col("surface").str.starts_with("“").not_(), surface=pl.col("surface").str.extract("“(.*)”")
    )
    told = found.group_by("doc", "surface").agg(pl.col("times").sum(), pl.col("defined").any())
    told = told.join(_repeated(told), on=["doc", "surface"], how="left").with_columns(pl.col("again").fill_null(False))
    surface = pl.col("surface")
    shape = {part: surface.str.contains(pattern) for part, pattern in lexicon.patterns.items()}
    drug, meeting, action = shape["drug"], shape["quoted_meeting"], shape["quoted_action"]
    group = shape["quoted_group"]
    idea = shape["summed_up"] | (shape["idea"] & ~shape["not_an_idea"])
    named = told.filter(
        (pl.col("times") >= 2) | pl.col("again") | pl.col("defined") | idea | drug,
        surface.str.contains(PLAIN),
        ~shape["no_term"],
    )
    plain = tags(named["surface"]).is_in(WORDS) & rarities(named["surface"])["is_known"]
    coined = named.filter(~plain, ~_spoken(named["surface"], lexicon))
    return pl.concat(
        [
            candidates(coined.filter(meeting), "event", "meeting", strength=2),
            candidates(coined.filter(action), "event", "campaign", strength=2),
            candidates(coined.filter(~meeting, drug), "product", "drug", strength=2),
            candidates(coined.filter(group), "organisation", "", strength=2),
            candidates(coined.filter(~meeting, ~action, ~drug, ~group), "concept", "term", strength=2),
        ]
    )


def _spoken(surfaces: pl.Series, lexicon: Lexicon) -> pl.Series:
    """Which of the terms are scraps of a sentence: 这款水果, 仅出口少量."""
    words = cut(surfaces).str.split(BOUNDARY).rename("word").to_frame().with_row_index("term").explode("word")
    tagged = words.with_columns(tag=tags(words["word"]))
    no_opening = pl.col("tag").is_in(UNNAMED) & ~pl.col("word").is_in(list(lexicon.characters["opens_term"]))
    opens = pl.col("term").is_first_distinct() & no_opening
    loose = tagged.filter(pl.col("tag").is_in(SPEECH) | opens)["term"]
    return pl.int_range(len(surfaces), dtype=pl.UInt32, eager=True).is_in(loose.implode())


def _repeated(told: pl.DataFrame) -> pl.DataFrame:
    """What a quoted term of the document ends with, a term itself or not: “五青年” beside “青禾五青年”."""
    sizes = pl.int_ranges(SHORTEST, pl.col("surface").str.len_chars())
    ends = told.select("doc", "surface", size=sizes).explode("size", empty_as_null=False)
    return ends.select("doc", pl.col("surface").str.tail(pl.col("size")), again=True).unique()
