"""Titles somebody slipped words into: the copies of an article tell by vote what it is called."""

from __future__ import annotations

import polars as pl

SHORTEST = 6
"""Characters of a title that may stand within another one."""
VOTES = 2
"""Copies that must agree on the shorter title."""


def padded(documents: pl.DataFrame, links: pl.DataFrame) -> pl.DataFrame:
    """The documents whose title is another one with words slipped in, by the vote of their copies: `document_id`.

    `documents` has `document_id`, `body`, `title_hans`; `links` the pairs of bodies that are copies (`one`, `two`).
    More copies must bear the shorter title than the longer one, and two at least.
    """
    titled = documents.select("document_id", "body", "title_hans").drop_nulls("title_hans")
    voters = pl.concat(
        [
            titled.select("body", "title_hans", voter="document_id"),
            links.join(titled, left_on="two", right_on="body").select(
                body="one", title_hans="title_hans", voter="document_id"
            ),
        ]
    )
    votes = voters.group_by("body", "title_hans").agg(votes=pl.col("voter").n_unique())
    own = votes.rename({"votes": "own_votes"})
    agreed = votes.filter(pl.col("votes") >= VOTES).rename({"title_hans": "shorter"})
    pairs = (
        own.join(agreed, on="body")
        .filter(pl.col("votes") > pl.col("own_votes"))
        .filter(pl.col("shorter").str.len_chars().is_between(SHORTEST, pl.col("title_hans").str.len_chars() - 1))
    )
    found = [
        (body, title)
        for body, title, shorter in pairs.select("body", "title_hans", "shorter").iter_rows()
        if _holds(title, shorter)
    ]
    kept = pl.DataFrame(found, schema=titled.select("body", "title_hans").schema, orient="row").unique()
    return titled.join(kept, on=["body", "title_hans"], how="semi").select("document_id")


def _holds(title: str, shorter: str) -> bool:
    """Whether the title is the shorter one with words in one place, set off by nothing: a subtitle behind a colon is
    no spam."""
    more = len(title) - len(shorter)
    return any(
        title[at : at + more].isalnum() and title[:at] + title[at + more :] == shorter for at in range(len(shorter) + 1)
    )
