"""What is known of each distinct word, whatever sentence it stands in: asked once, read by every finder of names."""

from __future__ import annotations

import polars as pl

from transforms.entities.lexicon import Lexicon
from transforms.words import tags

# Parts of speech a name may be built of; a verb, preposition, pronoun or particle ends it.
INSIDE = [
    "n",
    "ns",
    "nt",
    "nz",
    "nr",
    "nrt",
    "nrfg",
    "ng",
    "vn",
    "an",
    "eng",
    "j",
    "b",
    "f",
    "s",
    "nx",
    "g",
    "zg",
    "x",
    "a",
    "k",
    "q",
    "vg",
]
PROPER = ["ns", "nt", "nz", "nr", "nrt", "nrfg", "eng", "j", "zg"]
# What cannot be the given name after a surname, and what a surname cannot be.
NO_GIVEN = ["v", "p", "c", "uj", "d", "m", "r", "ul", "ns", "nt", "t", "i", "l", "f"]
NO_SURNAME = ["p", "c", "d", "r", "uj", "ul"]
NO_FOREIGN = ["v", "p", "c", "uj", "d", "m", "r", "ul", "t", "f", "q", "a", "y", "e", "o", "ad", "k", "h"]
LOOSE = ["n", "nr", "zg", "g", "ng", "a", "b", "nz", "x"]


def facts(words: pl.Series, lexicon: Lexicon) -> pl.DataFrame:
    """One row per word, in its order: `word`, `tag` and the columns below, all of them but `size` and `family` flags."""
    word, tag, size = pl.col("word"), pl.col("tag"), pl.col("size")
    frame = pl.DataFrame({"word": words, "tag": tags(words)}).with_columns(
        size=word.str.len_chars().cast(pl.Int64), head=word.str.slice(0, 1), pair=word.str.slice(0, 2)
    )
    known = lexicon.known_types
    kind = word.replace_strict(known["surface"], known["entity_type"], default="", return_dtype=pl.String)
    subtype = word.replace_strict(known["surface"], known["entity_subtype"], default="", return_dtype=pl.String)
    han = word.str.contains(r"^\p{Han}+$")
    family = (
        pl.when(pl.col("pair").is_in(lexicon.surnames) & (size >= 2) & (pl.col("pair").str.len_chars() == 2)).then(2)
        .when(pl.col("head").is_in(lexicon.surnames)).then(1).otherwise(0)
    )  # fmt: skip
    named = frame.with_columns(kind=kind, subtype=subtype, han=han, family=family.cast(pl.Int64))
    given = pl.col("word").str.slice(pl.col("family"))
    return named.select(
        "word", "tag", "size", "family", "kind", "subtype", "han",
        plain=pl.when(pl.col("family") == 2).then("pair").otherwise("head").is_in(lexicon.plain_surnames),
        surname=(pl.col("family") > 0) & ~tag.is_in(NO_SURNAME) & ~word.is_in(["于", "从"]),
        person_tag=tag.str.starts_with("nr"),
        given=word.str.contains(lexicon.given_pattern) & (size <= 2),
        no_given=tag.is_in(NO_GIVEN),
        rest_plausible=given.str.contains(lexicon.given_pattern),
        rest_barred=given.str.contains(lexicon.never_given_pattern),
        loose=(size == 1) & tag.is_in(LOOSE) & word.str.contains(lexicon.given_pattern),
        everyday=word.is_in(lexicon.words["not_a_name"]) | word.is_in(lexicon.titles),
        address_ending=word.str.contains(f"(?:{'|'.join(lexicon.words['address_ending'])})$"),
        title=word.is_in(lexicon.titles),
        title_end=word.str.contains(lexicon.title_end),
        address=word.is_in(lexicon.words["address"]),
        says=word.is_in(lexicon.words["says"]),
        acts=word.is_in(lexicon.words["acts"]),
        lists=word.is_in(lexicon.words["lists"]),
        joins=word.is_in(lexicon.words["joint"]),
        stops=~word.str.contains(r"^[\p{Han}A-Za-z0-9·]"),
        foreign=word.str.contains(lexicon.foreign_pattern) & (size <= 7),
        foreign_part=word.str.contains(lexicon.foreign_pattern) & (size <= 7) & (kind == "") & ~word.is_in(lexicon.words["not_a_name"])
        & pl.when(size == 1).then(~tag.is_in(NO_FOREIGN)).otherwise(tag.str.starts_with("nr") | (tag == "x")),
        unknown=(tag == "x") & han & (size >= 2),
        inside=(tag.is_in(INSIDE) | (kind == "organisation")) & word.str.contains(r"^[\p{Han}A-Za-z0-9·]")
        & ~word.is_in(lexicon.titles) & ~word.is_in(lexicon.words["describes"]),
        proper=(tag.is_in(PROPER) | (kind.is_in(["place", "organisation", "person", "product"]))
                | ((tag == "x") & word.str.contains(r"^(?:\p{Han}{2,}|[A-Za-z].*)$")))
        & ~word.is_in(lexicon.words["describes"]) & ~word.is_in(lexicon.words["generic"]),
        place=((tag.is_in(["ns", "nt"])) | (kind == "place")) & (size >= 2) & ~word.is_in(lexicon.words["not_a_place"]),
        tail=word.str.contains(lexicon.tail_pattern) & han,
        site=word.is_in(lexicon.words["site"]),
        locates=word.is_in(lexicon.words["locates"]),
        leads_company=word.is_in(lexicon.words["leads_company"]),
        bytes=word.str.len_bytes().cast(pl.Int64),
        team=word.is_in(lexicon.words["team"]),
        plays=word.is_in(lexicon.words["plays"]),
    )  # fmt: skip
