"""What is known of each distinct word, whatever sentence it stands in: asked once, read by every finder of names."""

from __future__ import annotations

from functools import lru_cache, partial

import numpy as np
import numpy.typing as npt
import polars as pl

from transforms.entities.lexicon import Lexicon
from transforms.entities.roles import COMPOUND, HAN, KIND, NAMES, NO_FOREIGN, SIZE, TAG, WORD, roles
from transforms.remembered import Remembered
from transforms.words import COMMON, rarities, tags

Flags = npt.NDArray[np.bool_]
Numbers = npt.NDArray[np.int64]

NUMBERS = ["size", "family"]
FLAGS_OF_A_BYTE = 8
PROPER = ["ns", "nt", "nz", "nr", "nrt", "nrfg", "eng", "j", "zg"]
# What cannot be the given name after a surname, and what a surname cannot be.
NO_GIVEN = ["v", "p", "c", "uj", "d", "m", "r", "ul", "ns", "nt", "t", "i", "l", "f"]
NO_SURNAME = ["p", "c", "d", "r", "uj", "ul"]
LOOSE = ["n", "nr", "zg", "g", "ng", "a", "b", "nz", "x"]
SYLLABLE = ["n", "nr", "ng", "zg", "g", "v", "vg", "a", "ag", "b", "x", "j", "ns", "nz"]
"""Parts of speech of a character that may begin the name of the village behind it: 仁|欧村."""

ROLES = [
    "address", "says", "acts", "lists", "business", "company_end", "firm_trade", "numbered", "duty", "leads_place",
    "follows_place", "soft_trade", "site", "park", "site_core", "locates", "leads_company", "team", "plays", "match",
    "faces", "our_country", "names", "closes_name", "couples", "upon", "goes_on", "body_and_head", "rank", "sized",
    "makes_a_person", "township", "hamlet_end", "line", "road", "ware", "goes_on_standing", "last_of_body",
]  # fmt: skip
OF_ROLES = {
    **{role: [role] for role in ROLES},
    "joins": ["joint"],
    "no_place": ["not_a_place"],
    "ends_district": ["district_end"],
    "trade_word": ["business", "industry", "company_end"],
    "passes": ["passes", "locates"],
    "thing": ["thing", "broad_thing"],
    "narrow_thing": ["thing"],
}
"""Flags of the words that have one of these roles in seeds/gazetteer/context_words.csv."""
SPELT = {
    "dot": ["·", "•", "．", "-"],
    "sentence_end": ["。", "！", "？", "\n"],
    "colon": ["："],
    "comma": ["、"],
    "whose": ["的"],
    "and": ["和"],
    "zhi": ["之"],
    "and_others": ["等"],
    "dates": ["日", "月"],
    "folk": ["人"],
    "stands": ["站"],
}
"""Flags of marks and particles."""

HEAD, FAMILY, LETTERS, UNLISTED = (pl.col(name) for name in ("head", "family", "letters", "unlisted"))


def facts(words: pl.Series, lexicon: Lexicon) -> tuple[dict[str, Flags], dict[str, Numbers]]:
    """Flags and numbers by name, a value for each of the words, in their order.

    The numbers are `size`, its characters, and `family`, those of the surname it opens with; the flags are the keys of
    OF_ROLES, of SPELT, of the functions below and of `roles`.
    """
    known = _remembered(lexicon)(words)
    flags = {
        flag: (known[together].to_numpy() & np.uint8(1 << bit)) > 0
        for together in known.columns
        for bit, flag in enumerate(together.split())
        if known.schema[together] == pl.UInt8
    }
    return flags, {name: known[name].to_numpy() for name in NUMBERS}


@lru_cache(maxsize=1)
def _remembered(lexicon: Lexicon) -> Remembered:
    """What is known of words by the lexicon at work."""
    return Remembered(partial(_read, lexicon=lexicon))


def _read(words: pl.Series, lexicon: Lexicon) -> pl.DataFrame:
    read = _looked_up(words, lexicon).select(
        *(
            "word",
            "tag",
            "size",
            "family",
            "kind",
            "han",
            "unlisted",
            "common",
            "letters",
            "village",
            "opens_with_word",
        ),
        **{flag: WORD.is_in(_words(lexicon, *listed)) for flag, listed in OF_ROLES.items()},
        **{flag: WORD.is_in(spelt) for flag, spelt in SPELT.items()},
        **_of_people(lexicon),
        **_of_foreigners(lexicon),
        **_of_places(lexicon),
        **_of_bodies(lexicon),
        **_of_things(lexicon),
    )
    return _packed(read.with_columns(**roles(lexicon)))


def _packed(read: pl.DataFrame) -> pl.DataFrame:
    """The numbers, and eight flags to a column of UInt8, which is called by their names: remembered answers are gathered for
    every word of a chunk, and a hundred flags one by one cost ten times as much."""
    flags = [name for name, kind in read.schema.items() if kind == pl.Boolean]
    bytes_ = [flags[first : first + FLAGS_OF_A_BYTE] for first in range(0, len(flags), FLAGS_OF_A_BYTE)]
    return read.select(
        *NUMBERS,
        *(
            pl.sum_horizontal(pl.col(flag).cast(pl.UInt8) * 2**bit for bit, flag in enumerate(some))
            .cast(pl.UInt8)
            .alias(" ".join(some))
            for some in bytes_
        ),
    )


def _words(lexicon: Lexicon, *listed: str) -> list[str]:
    """The words of these roles."""
    return [word for role in listed for word in lexicon.words[role]]


def _looked_up(words: pl.Series, lexicon: Lexicon) -> pl.DataFrame:
    """What dictionary, gazetteer and surnames say of the words, and their letters."""
    dictionary, pair = rarities(words), pl.col("pair")
    opening = rarities(words.str.head(2))
    village = (
        UNLISTED & (SIZE == 3) & WORD.str.contains(lexicon.patterns["settlement"]) & (KIND == "")
        & TAG.is_in(["nr", "nrt", "ns", "nz", "n", "x", "nt"])
    )  # fmt: skip
    double = pair.is_in(lexicon.surnames) & (SIZE >= 2) & (pair.str.len_chars() == 2)
    family = pl.when(double).then(2).when(HEAD.is_in(lexicon.surnames)).then(1).otherwise(0).cast(pl.Int64)
    return (
        pl.DataFrame({"word": words, "tag": tags(words)})
        .with_columns(
            listed=dictionary["is_known"],
            unlisted=~dictionary["is_known"] & (words.str.len_chars() >= 2),
            opens_with_word=opening["is_known"] & (opening["rarity"] < COMMON) & (words.str.len_chars() == 3),
            common=dictionary["is_known"] & (dictionary["rarity"] < COMMON),
            size=WORD.str.len_chars().cast(pl.Int64),
            head=WORD.str.slice(0, 1),
            pair=WORD.str.slice(0, 2),
            kind=lexicon.known_types["entity_type"].gather(lexicon.names.place(words)).fill_null(""),
            han=WORD.str.contains(r"^\p{Han}+$"),
            letters=WORD.str.contains(lexicon.given_pattern),
        )
        .with_columns(family=family, village=village)
        .with_columns(rest=WORD.str.slice(FAMILY))
    )


def _of_people(lexicon: Lexicon) -> dict[str, pl.Expr]:
    """Surnames, given names, titles, and what takes a letter of a name with it."""
    letters = lexicon.characters
    opens_given = HEAD.str.contains(lexicon.given_pattern)
    return {
        "plain": pl.when(FAMILY == 2).then("pair").otherwise("head").is_in(lexicon.plain_surnames),
        "word_family": HEAD.is_in(lexicon.words["word_family"]),
        "family_letter": HEAD.is_in(lexicon.surnames),
        "surname": (FAMILY > 0) & ~TAG.is_in(NO_SURNAME),
        "person_tag": TAG.str.starts_with("nr"),
        "given": LETTERS & (SIZE <= 2) & ~TAG.is_in(NO_GIVEN),
        "runs_on": WORD.str.tail(1).str.contains(lexicon.never_given_pattern),
        "rest_plausible": pl.col("rest").str.contains(lexicon.given_pattern),
        "rest_barred": pl.col("rest").str.contains(lexicon.never_given_pattern),
        "loose": (SIZE == 1) & TAG.is_in(LOOSE) & LETTERS,
        "letter": (SIZE == 1) & LETTERS,
        "draws": (SIZE == 2) & opens_given & WORD.str.contains(f"[{letters['drawn']}]$"),
        "draws_in": UNLISTED & (SIZE == 2) & opens_given & WORD.str.contains(f"[{letters['draws_in']}]$"),
        "everyday": WORD.is_in(lexicon.words["not_a_name"]) | WORD.is_in(lexicon.titles),
        "address_ending": WORD.str.contains(f"(?:{'|'.join(lexicon.words['address_ending'])})$"),
        "toward": WORD.str.starts_with("向"),
        # Verbs the segmenter draws into the name before them.
        "did": WORD.str.contains(f"[{letters['did']}]$"),
        "title": WORD.is_in(lexicon.titles),
        "title_end": WORD.str.contains(lexicon.title_end),
        "trails": (SIZE == 3) & WORD.str.contains(f"[{letters['trails']}]$"),
        # 修复|师顾|遐龄: the end of a title and a surname cut as one word.
        "glued_surname": UNLISTED & (SIZE == 2) & HAN & WORD.str.contains(f"^[{letters['role_end']}]")
        & WORD.str.slice(1).is_in(lexicon.plain_surnames),
        "name_tag": TAG.is_in(NAMES),
        "no_person": KIND.is_in(["place", "organisation", "none", "product"]),
    }  # fmt: skip


def _of_foreigners(lexicon: Lexicon) -> dict[str, pl.Expr]:
    """Words spelt with the letters of transliterations."""
    return {
        "foreign": WORD.str.contains(lexicon.foreign_pattern) & (SIZE <= 7),
        # The end of a name whose beginning is a word: 萨尔|基相.
        "foreign_letter": (SIZE == 1) & WORD.str.contains(lexicon.foreign_pattern)
        & ~TAG.is_in([*NO_FOREIGN[1:], "nr"]),
        "foreign_rest": UNLISTED & (SIZE <= 3) & HAN & (KIND == "") & TAG.is_in(["n", "a", "v", "ng", "b"])
        & HEAD.str.contains(lexicon.foreign_pattern),
    }  # fmt: skip


def _of_places(lexicon: Lexicon) -> dict[str, pl.Expr]:
    """Places and their letters."""
    shapes, letters = lexicon.patterns, lexicon.characters
    is_realm = lexicon.places("country", "province").has(WORD)
    return {
        "place": (TAG.is_in(["ns", "nt"]) | (KIND == "place") | pl.col("village")) & (SIZE >= 2)
        & ~WORD.is_in(lexicon.words["not_a_place"]) & ~(UNLISTED & WORD.str.contains(shapes["sentence_piece"]))
        & ~WORD.str.contains(shapes["counted_places"]) & ((KIND == "place") | ~WORD.str.contains(shapes["countries"])),
        "known_place": KIND == "place",
        "abroad": lexicon.places("country").has(WORD) & ~WORD.is_in(lexicon.words["our_country"]),
        "part_of_world": lexicon.places("continent", "region").has(WORD) | WORD.is_in(lexicon.words["our_country"]),
        "worldwide": WORD.str.contains(shapes["worldwide"]),
        "any_one": WORD.str.contains(shapes["any_one"]),
        "road_number": WORD.str.contains("^[GSXYC][0-9]{1,4}$"),
        "product": KIND == "product",
        "realm": is_realm,
        "holds_places": is_realm | (TAG == "nt") & (SIZE >= 4)
        | ((KIND == "place") | (TAG == "ns")) & ((SIZE >= 4) | (SIZE == 3) & WORD.str.contains("[省市县区旗]$")),
        "lane": (SIZE == 2) & WORD.str.contains("[街路巷]$"),
        "landform": SIZE.is_between(3, 6) & HAN & (KIND == "") & TAG.is_in(["nr", "nrt", "nz", "ns", "x"])
        & WORD.str.contains(shapes["landform"]) & (UNLISTED | TAG.is_in(["nrt", "nr"]))
        & ~WORD.is_in(lexicon.words["not_a_place"]),
        "lies": (SIZE == 1) & WORD.str.contains(shapes["landform"]),
        "names_landform": HAN & SIZE.is_between(2, 3) & KIND.is_in(["", "person"])
        & TAG.is_in(["n", "nr", "nrt", "nz", "x", "ns", "nrfg"])
        & ~WORD.is_in(_words(lexicon, "generic", "describes", "not_a_place", "site")),
        "hamlet": SIZE.is_between(2, 3) & WORD.str.contains(shapes["town_end"]) & HAN,
        "town_name": HAN & (SIZE == 2) & KIND.is_in(["", "place"])
        & TAG.is_in(["n", "ns", "nz", "nr", "s", "x", "nrt", "a", "f"])
        & ~WORD.is_in(_words(lexicon, "generic", "not_a_place"))
        & ~WORD.str.contains(f"[{letters['no_town_end']}]"),
        "syllable": (SIZE == 1) & HAN & TAG.is_in(SYLLABLE)
        & ~WORD.is_in([*letters["no_syllable"], *_words(lexicon, "locates", "passes")]),
        "street": UNLISTED & (SIZE >= 3) & WORD.str.contains(shapes["street"])
        & TAG.is_in(["nr", "nrt", "nz", "ns", "n", "x"]),
        # 分析师|贺兰|舟|在: a town's letter left alone behind half a name.
        "town_letter": (SIZE == 1) & (TAG == "ns") & LETTERS,
        # 澜|溪湖: a letter no province or country is called by belongs to the place behind it.
        "odd_letter": (SIZE == 1) & (TAG == "ns") & ~WORD.is_in(list(letters["region"])),
    }  # fmt: skip


def _of_bodies(lexicon: Lexicon) -> dict[str, pl.Expr]:
    """Organisations, teams and brands, how they end, and what stops their names."""
    shapes, words = lexicon.patterns, lexicon.words
    return {
        "tail": (((SIZE == 1) & WORD.is_in(lexicon.tail_letters)) | WORD.str.tail(2).is_in(lexicon.tail_pairs)) & HAN,
        "branch": WORD.str.contains(shapes["branch"]) & HAN,
        "whole_branch": WORD.str.contains(shapes["whole_branch"]) & HAN,
        "department": WORD.str.contains(shapes["department"]) & HAN,
        "ward": WORD.str.contains(shapes["ward"]) & HAN,
        "heads_department": WORD.str.contains(shapes["heads_department"]),
        # 卫生健康委员会|医政处; a school has any 教务处.
        "whole_office": WORD.str.contains(shapes["whole_office"]) & HAN,
        "holds_offices": WORD.str.contains(shapes["holds_offices"]) & HAN,
        "academy": WORD.str.contains(shapes["academy"]),
        "team_word": (SIZE >= 3) & WORD.str.contains(shapes["team_word"]) & TAG.is_in(["nt", "nz"]),
        "club": UNLISTED & SIZE.is_between(3, 4) & WORD.str.contains(shapes["team_word"]) & HAN,
        "group_tag": (TAG == "nt") & (SIZE >= 2),
        "proper": (TAG.is_in(PROPER) | (KIND.is_in(["place", "organisation", "person", "product"]))
                   | ((TAG == "x") & WORD.str.contains(r"^(?:\p{Han}{2,}|[A-Za-z].*)$")))
        & ~WORD.is_in(words["describes"]) & ~WORD.is_in(words["generic"])
        & ~((UNLISTED | (TAG == "x")) & WORD.str.contains(shapes["sentence_piece"])) | pl.col("village")
        | WORD.is_in(words["parent_company"]),
        "parent_company": WORD.is_in(words["parent_company"]),
        "unknown": (TAG == "x") & HAN & (SIZE >= 2),
        "coinage": UNLISTED & HAN & SIZE.is_between(2, 4) & TAG.is_in(["v", "vn", "d", "n", "a", "vg", "ad", "ng", "b", "g"])
        & ~WORD.is_in(words["describes"]) & ~WORD.str.contains(shapes["sentence_piece"]),
        # 海雀|影业: a seldom word before a trade that only companies name.
        "trade_alone": WORD.is_in(words["firm_trade"]) & WORD.str.ends_with("业"),
        "rare_noun": pl.col("listed") & ~pl.col("common") & HAN & SIZE.is_between(2, 3) & TAG.is_in(["n", "nz", "ng"])
        & (KIND == "") & ~WORD.is_in([*words["describes"], *words["generic"]]),
        # 中利, 爱岛: a guess of two characters is as often two words.
        "hasty": UNLISTED & (SIZE == 2),
        "grafted": UNLISTED & (SIZE >= 3) & HAN & WORD.str.contains(shapes["grafted"]) & ~TAG.is_in(["v", "vn", "d"]),
        "swallows": pl.col("listed") & (SIZE >= 3) & ~TAG.is_in(["nt", "nz"])
        & ~HEAD.is_in(list(lexicon.characters["aged"])),
        "stops": ~WORD.str.contains(r"^[\p{Han}A-Za-z0-9·]"),
        "adverb": (TAG == "d") & (SIZE >= 2),
        "verb": TAG.is_in(["v", "vn"]) & (SIZE == 2),
        "counts": WORD.str.contains("^[0-9〇零一二两三四五六七八九十百千万几数半]"),
        "numeral": WORD.str.contains("^第[一二三四五六七八九十]{1,3}$"),
    }  # fmt: skip


def _of_things(lexicon: Lexicon) -> dict[str, pl.Expr]:
    """Illnesses, medicines, and the parts of terms."""
    shapes = lexicon.patterns
    return {
        "ails": WORD.str.contains(shapes["ailment"]) & (SIZE >= 2) & TAG.is_in(["n", "nz", "x", "nr", "ns", "nt", "l"]),
        "sort_of_disease": WORD.str.contains(shapes["sort_of_disease"]) & SIZE.is_between(2, 4) & HAN,
        "term_part": TAG.is_in([*COMPOUND, "d"]) & HAN & (SIZE >= 2),
        "drug": WORD.str.contains(shapes["drug_word"]) & (SIZE >= 3) & HAN,
    }
