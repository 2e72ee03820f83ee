"""Foreign names: with the dot between their parts, or as one run of the characters of transliteration."""

from __future__ import annotations

import polars as pl

from transforms.entities.candidates import candidates, none
from transforms.entities.lexicon import Lexicon
from transforms.entities.tokens import Tokens

TITLES = "主席|首席|总理|经理|助理|代理|上士|中士|下士|博士|女士|男士|爵士|教士|护士|骑士|战士"


def dotted(texts: pl.DataFrame, lexicon: Lexicon) -> pl.DataFrame:
    """Candidates (see candidates.py) for names with a dot. `texts` has doc and text."""
    part = f"[{lexicon.foreign}]{{1,7}}"
    # The last character of these titles could begin a name: they are matched, then cut.
    pattern = f"(?:{TITLES})?{part}(?:·(?:{part}|[A-Z][A-Za-z]*))+"
    found = (
        texts.filter(pl.col("text").str.contains("·", literal=True))
        .select("doc", surface=pl.col("text").str.extract_all(pattern))
        .explode("surface")
        .drop_nulls()
        .with_columns(pl.col("surface").str.replace(f"^(?:{TITLES})", ""))
        .filter(pl.col("surface").str.len_chars() >= 4)
    )
    return candidates(found, "person", "", strength=2)


def transliterated(tokens: Tokens) -> pl.DataFrame:
    """Candidates for runs of transliteration that no gazetteer has; the words beside one say what it names."""
    runs = _runs(tokens)
    if runs.is_empty():
        return none()
    first, last = runs["first"], runs["last"]
    before, after = first - 1, last + 1
    at = tokens.at
    judged = pl.DataFrame(
        {
            "doc": tokens.doc.gather(first),
            "surface": tokens.spelt(first, last),
            "person": at(before, "title_end") | at(after, "says") | at(after, "address"),
            "listed": at(before, "lists") | at(after, "lists") | at(before, "stops") | at(after, "acts"),
            "place": at(before, "locates"),
            "team": at(after, "plays") | at(before, "word").is_in(["vs", "VS", "对阵"]),
            "tagged": at(first, "person_tag"),
        }
    ).filter(pl.col("surface").str.len_chars().is_between(2, 8))
    size = pl.col("surface").str.len_chars()
    person = judged.filter("person", (size >= 3) | pl.col("tagged"))
    team = judged.filter("team", ~pl.col("person"), size >= 3)
    place = judged.filter("place", ~pl.col("person"), ~pl.col("team"), size >= 3)
    other = judged.filter(~pl.col("person"), ~pl.col("team"), ~pl.col("place"))
    sure = other.filter("tagged", "listed", size >= 3)
    rest = other.filter(size >= 3, ~(pl.col("tagged") & pl.col("listed")))
    return pl.concat(
        [
            candidates(person, "person", "", strength=2),
            candidates(team, "organisation", "team", strength=2),
            candidates(place, "place", "", strength=2),
            candidates(sure, "person", "", strength=2),
            candidates(rest, "person", "", strength=1, distinct=False),
        ]
    )


def _runs(tokens: Tokens) -> pl.DataFrame:
    """Neighbouring words in the characters of transliteration, one of which no dictionary has or calls a person's.

    Columns first, last. Words the gazetteer knows stay out.
    """
    facts = tokens.facts
    usable = facts["foreign_part"]
    heart = usable & (facts["size"] >= 2)
    frame = pl.DataFrame({"usable": usable.gather(tokens.code), "heart": heart.gather(tokens.code)}).with_row_index(
        "place"
    )
    runs = frame.with_columns(run=pl.col("usable").rle_id()).filter("usable")
    return (
        runs.filter(pl.col("heart").any().over("run"))
        .group_by("run", maintain_order=True)
        .agg(first=pl.col("place").first().cast(pl.Int64), last=pl.col("place").last().cast(pl.Int64))
        .filter(pl.col("last") - pl.col("first") < 4)
    )
