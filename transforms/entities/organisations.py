"""Names of organisations and places that end in a word saying what they are: the left end is found word by word."""

from __future__ import annotations

import polars as pl

from transforms.entities.candidates import candidates, none
from transforms.entities.lexicon import Lexicon
from transforms.entities.tokens import LONGEST, Tokens

ENDING_WORDS = 4
"""Words an ending may be cut into: 有限|责任|公司."""


def left_ends(tokens: Tokens) -> pl.Series:
    """For every place: the first proper word of the run of words a name may hold; beyond the place if there is none."""
    frame = pl.DataFrame(
        {
            "inside": tokens.facts["inside"].gather(tokens.code),
            "proper": tokens.facts["proper"].gather(tokens.code),
            "joins": tokens.facts["joins"].gather(tokens.code),
            "tail": tokens.facts["tail"].gather(tokens.code),
            "person": (tokens.facts["person_tag"] & tokens.facts["surname"] & (tokens.facts["size"] <= 3)).gather(
                tokens.code
            ),
        }
    ).with_row_index("place")
    # A joint stands inside a name (研究与发展局) unless a whole name ends before it.
    inside = pl.col("inside") | (pl.col("joins") & pl.col("inside").shift(1) & ~pl.col("tail").shift(1))
    # A person's name opens a name of its own (邵逸夫医院) and closes the words before it.
    opens = ~inside | pl.col("person")
    place = pl.col("place").cast(pl.Int64)
    ends = frame.select(
        start=pl.when(opens).then(place + (~inside).cast(pl.Int64)).forward_fill().fill_null(0),
        proper=pl.when(pl.col("proper") & pl.col("inside")).then(place).backward_fill(),
    )
    return ends["proper"].gather(ends["start"].clip(0, max(len(ends) - 1, 0)))


def organisations(tokens: Tokens, ends: pl.Series, lexicon: Lexicon) -> pl.DataFrame:
    """Candidates (see candidates.py) for every organisation whose name ends in a known suffix."""
    ended = _endings(tokens, lexicon)
    opened = ended.with_columns(first=ends.gather(ended["core_last"])).filter(
        pl.col("first") <= pl.col("core_last"), pl.col("last") - pl.col("first") < LONGEST
    )
    if opened.is_empty():
        return none()
    first, last = opened["first"], opened["last"]
    named = opened.with_columns(
        doc=tokens.doc.gather(first),
        surface=tokens.spelt(first, last),
        opens_with_place=tokens.at(first, "place"),
        opens_with_group=tokens.at(first, "tag") == "nt",
    ).with_columns(core=pl.col("surface").str.head(-1 * pl.col("suffix").str.len_chars().cast(pl.Int64)))
    length = pl.col("surface").str.len_chars()
    bare_places = lexicon.known_types.filter(pl.col("entity_type") == "place")["surface"].to_list()
    trade = pl.col("suffix").is_in(lexicon.words["trade"]) & pl.col("core").is_in(bare_places)
    # A trade ends a company's name right behind its brand: 强脑|科技, but not 深化|中央|财政|科技.
    trade |= pl.col("suffix").is_in(lexicon.words["industry"]) & (pl.col("first") < pl.col("core_last"))
    strong = ((pl.col("core").str.len_chars() >= 2) | pl.col("opens_with_group")) & ~trade
    weak = (
        pl.col("opens_with_place")
        & ~pl.col("core").str.contains("[与和及]")
        & length.is_between(pl.col("suffix").str.len_chars() + 2, 12)
    )
    names = named.filter(
        length.is_between(3, 30),
        ~pl.col("surface").is_in(lexicon.titles),
        pl.when(pl.col("strength") == "weak").then(weak).otherwise(strong),
    )
    return candidates(names, "organisation", pl.col("entity_subtype"), strength=2)


def _endings(tokens: Tokens, lexicon: Lexicon) -> pl.DataFrame:
    """Every suffix: last (place of its last word), core_last (place of the word that ends the name before it, or that
    holds both), suffix, entity_subtype, strength."""
    place = tokens.where("tail")
    last = place.filter(~tokens.at(place + 1, "word").is_in(["生", "长", "员"]))
    sizes = [tokens.at(last - back, "size").rename(str(back)) for back in range(ENDING_WORDS)]
    reach = [pl.sum_horizontal([str(n) for n in range(back + 1)]) for back in range(ENDING_WORDS)]
    length = pl.col("suffix").str.len_chars().cast(pl.Int64)
    # Words the suffix covers whole; the word before them belongs to the name.
    covered = pl.sum_horizontal([(total <= length).cast(pl.Int64) for total in reach])
    return (
        pl.DataFrame([last.rename("last"), *sizes])
        .with_columns(suffix=tokens.spelt(last - (ENDING_WORDS - 1), last).str.extract(f"({lexicon.suffix_pattern})"))
        .drop_nulls("suffix")
        .with_columns(core_last=pl.col("last") - covered)
        .filter(pl.col("core_last") >= 0)
        .join(lexicon.suffixes, on="suffix", maintain_order="left")
        .select("last", "core_last", "suffix", "entity_subtype", "strength")
    )


def teams(tokens: Tokens) -> pl.DataFrame:
    """Candidates for sports teams: 荷兰队, and a foreign town that plays at home."""
    last = tokens.where("team")
    first = last - 1
    opens = tokens.at(first, "place") | tokens.at(first, "foreign") & (tokens.at(first, "size") > 1)
    opens &= ~tokens.at(first, "stops")
    frame = pl.DataFrame({"first": first, "last": last}).filter(opens & (first >= 0))
    found = frame.with_columns(
        doc=tokens.doc.gather(frame["last"]), surface=tokens.spelt(frame["first"], frame["last"])
    )
    return candidates(found, "organisation", "team", strength=2)


def companies(tokens: Tokens) -> pl.DataFrame:
    """Candidates for companies called by a short name before a word of business: 星海董事长."""
    place = tokens.where("leads_company") - 1
    at = tokens.at
    named = (at(place, "unknown") | (at(place, "tag") == "nz")) & at(place, "size").is_between(2, 4)
    named &= (at(place, "kind") == "") & (place >= 0)
    found = pl.DataFrame({"doc": tokens.doc.gather(place.clip(0)), "surface": at(place, "word")}).filter(named)
    return candidates(found, "organisation", "company", strength=2)
