"""What is known of each distinct word, whatever sentence it stands in: asked once, read by every finder of names."""

from __future__ import annotations

from functools import lru_cache, partial

import polars as pl

from transforms.entities.lexicon import Lexicon
from transforms.remembered import Remembered
from transforms.words import rarities, tags

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
DRAWN = "[均等曾称也则就亦还]$"
"""How a word ends that may have taken in the last character of a name: 段永平|均为 is cut 段|永|平均|为."""
TRAILING = "[自即亦仍遭获赴率因在致向对与作以]$"
"""What a guessed word of three characters may end in behind a name of two: 川普自."""
NAMES = ["x", "nr", "nrt", "nrfg", "ns", "nz"]
NO_BOLD = ["p", "c", "uj", "ul", "r", "m", "d"]
"""What is no given name even between a title and a verb of speech."""
LOOSE = ["n", "nr", "zg", "g", "ng", "a", "b", "nz", "x"]
COMPOUND = ["n", "nz", "ns", "nr", "nrt", "b", "an", "vn", "v", "x", "ng", "eng", "j", "nt", "nx", "g"]
"""Parts of speech of the words of a compound; it opens with none of VERBAL."""
COMMON = 11.0
"""Rarity (see words.py) below which a word of the dictionary is nobody's brand by itself."""
VERBAL = ["v", "vn", "an", "b"]


SYLLABLE = ["n", "nr", "ng", "zg", "g", "v", "vg", "a", "ag", "b", "x", "j", "ns", "nz"]
"""Parts of speech of a character that may begin the name of the village behind it: 仁|欧村."""


def facts(words: pl.Series, lexicon: Lexicon) -> pl.DataFrame:
    """One row per word, in its order: `word`, `tag` and the columns of `_read`, all but `size` and `family` flags."""
    return _remembered(lexicon)(words)


@lru_cache(maxsize=1)
def _remembered(lexicon: Lexicon) -> Remembered:
    """What is known of words by the lexicon at work."""
    return Remembered(partial(_read, lexicon=lexicon))


def _read(words: pl.Series, lexicon: Lexicon) -> pl.DataFrame:
    word, tag, size, kind, han = (pl.col(name) for name in ("word", "tag", "size", "kind", "han"))
    known, shapes, letters = lexicon.known_types, lexicon.patterns, lexicon.characters
    types = word.replace_strict(known["surface"], known["entity_type"], default="", return_dtype=pl.String)
    known_to_all = rarities(words)
    frame = pl.DataFrame({"word": words, "tag": tags(words)}).with_columns(
        listed=known_to_all["is_known"],
        unlisted=~known_to_all["is_known"] & (words.str.len_chars() >= 2),
        common=known_to_all["is_known"] & (known_to_all["rarity"] < COMMON),
        size=word.str.len_chars().cast(pl.Int64), head=word.str.slice(0, 1), pair=word.str.slice(0, 2),
        kind=types, han=word.str.contains(r"^\p{Han}+$"),
    )  # fmt: skip
    village = (
        pl.col("unlisted") & (size == 3) & word.str.contains(shapes["settlement"]) & (kind == "")
        & tag.is_in(["nr", "nrt", "ns", "nz", "n", "x", "nt"])
    )  # fmt: skip
    family = (
        pl.when(pl.col("pair").is_in(lexicon.surnames) & (size >= 2) & (pl.col("pair").str.len_chars() == 2)).then(2)
        .when(pl.col("head").is_in(lexicon.surnames)).then(1).otherwise(0)
    )  # fmt: skip
    named = frame.with_columns(family=family.cast(pl.Int64)).with_columns(rest=word.str.slice(pl.col("family")))
    rest, given = pl.col("rest"), word.str.contains(lexicon.given_pattern)
    read = named.select(
        "word", "tag", "size", "family", "kind", "han", "unlisted", "common",
        plain=pl.when(pl.col("family") == 2).then("pair").otherwise("head").is_in(lexicon.plain_surnames),
        surname=(pl.col("family") > 0) & ~tag.is_in(NO_SURNAME) & ~word.is_in(["于", "从"]),
        person_tag=tag.str.starts_with("nr"),
        given=given & (size <= 2) & ~tag.is_in(NO_GIVEN),
        letters=given,
        runs_on=word.str.tail(1).str.contains(lexicon.never_given_pattern),
        rest_plausible=rest.str.contains(lexicon.given_pattern),
        rest_barred=rest.str.contains(lexicon.never_given_pattern),
        loose=(size == 1) & tag.is_in(LOOSE) & given,
        letter=(size == 1) & given,
        draws=(size == 2) & word.str.slice(0, 1).str.contains(lexicon.given_pattern) & word.str.contains(DRAWN),
        draws_in=pl.col("unlisted") & (size == 2) & word.str.slice(0, 1).str.contains(lexicon.given_pattern)
        & word.str.contains("[向对在和与将已则说]$"),
        counts=word.str.contains("^[0-9〇零一二两三四五六七八九十百千万几数半]"),
        everyday=word.is_in(lexicon.words["not_a_name"]) | word.is_in(lexicon.titles),
        address_ending=word.str.contains(f"(?:{'|'.join(lexicon.words['address_ending'])})$"),
        toward=word.str.starts_with("向"),
        title=word.is_in(lexicon.titles),
        title_end=word.str.contains(lexicon.title_end),
        address=word.is_in(lexicon.words["address"]),
        says=word.is_in(lexicon.words["says"]),
        acts=word.is_in(lexicon.words["acts"]),
        lists=word.is_in(lexicon.words["lists"]),
        business=word.is_in(lexicon.words["business"]),
        trade_word=word.is_in([*lexicon.words["business"], *lexicon.words["industry"], *lexicon.words["company_end"]]),
        company_end=word.is_in(lexicon.words["company_end"]),
        joins=word.is_in(lexicon.words["joint"]),
        numeral=word.str.contains("^第[一二三四五六七八九十]{1,3}$"),
        numbered=word.is_in(lexicon.words["numbered"]),
        trails=(size == 3) & word.str.contains(TRAILING),
        duty=word.is_in(lexicon.words["duty"]),
        stops=~word.str.contains(r"^[\p{Han}A-Za-z0-9·]"),
        swallows=pl.col("listed") & (size >= 3) & ~tag.is_in(["nt", "nz"])
        & ~pl.col("head").is_in(list(letters["aged"])),
        foreign=word.str.contains(lexicon.foreign_pattern) & (size <= 7),
        # The end of a name whose beginning is a word: 萨尔|基相.
        foreign_letter=(size == 1) & word.str.contains(lexicon.foreign_pattern) & ~tag.is_in([*NO_FOREIGN[1:], "nr"]),
        foreign_rest=pl.col("unlisted") & (size <= 3) & han & (kind == "") & tag.is_in(["n", "a", "v", "ng", "b"])
        & pl.col("head").str.contains(lexicon.foreign_pattern),
        dot=word == "·",
        unknown=(tag == "x") & han & (size >= 2),
        coinage=pl.col("unlisted") & han & size.is_between(2, 4) & tag.is_in(["v", "vn", "d", "n", "a", "vg", "ad"]),
        verb=(tag.is_in(["v", "vn"])) & (size == 2),
        proper=(tag.is_in(PROPER) | (kind.is_in(["place", "organisation", "person", "product"]))
                | ((tag == "x") & word.str.contains(r"^(?:\p{Han}{2,}|[A-Za-z].*)$")))
        & ~word.is_in(lexicon.words["describes"]) & ~word.is_in(lexicon.words["generic"])
        & ~((pl.col("unlisted") | (tag == "x")) & word.str.contains(shapes["sentence_piece"])) | village,
        village=village,
        # 中利, 爱岛: a guess of two characters is as often two words.
        hasty=pl.col("unlisted") & (size == 2),
        no_place=word.is_in(lexicon.words["not_a_place"]),
        leads_place=word.is_in(lexicon.words["leads_place"]),
        follows_place=word.is_in(lexicon.words["follows_place"]),
        hamlet=size.is_between(2, 3) & word.str.contains("[村镇乡]$") & han,
        township=word.is_in(["镇", "乡"]),
        town_name=han & (size == 2) & kind.is_in(["", "place"]) & tag.is_in(["n", "ns", "nz", "nr", "s", "x", "nrt", "a", "f"])
        & ~word.is_in(lexicon.words["generic"]) & ~word.is_in(lexicon.words["not_a_place"]) & ~word.str.contains("[小老新古名重镇乡村市县区色心点家]"),
        syllable=(size == 1) & han & tag.is_in(SYLLABLE) & ~word.is_in([*letters["no_syllable"], *lexicon.words["locates"], *lexicon.words["passes"]]),
        whose=word == "的",
        grafted=pl.col("unlisted") & (size >= 3) & han & word.str.contains(shapes["grafted"]) & ~tag.is_in(["v", "vn", "d"]),
        place=((tag.is_in(["ns", "nt"])) | (kind == "place") | village) & (size >= 2)
        & ~word.is_in(lexicon.words["not_a_place"]) & ~(pl.col("unlisted") & word.str.contains(shapes["sentence_piece"]))
        & ~word.str.contains(shapes["counted_places"]) & ((kind == "place") | ~word.str.contains(shapes["countries"])),
        tail=(((size == 1) & word.is_in(lexicon.tail_letters)) | word.str.tail(2).is_in(lexicon.tail_pairs)) & han,
        academy=word.str.ends_with("大学"),
        soft_trade=word.is_in(lexicon.words["soft_trade"]),
        site=word.is_in(lexicon.words["site"]),
        park=word.is_in(lexicon.words["park"]),
        site_core=word.is_in(lexicon.words["site_core"]),
        ends_district=word.is_in(lexicon.words["district_end"]),
        street=pl.col("unlisted") & (size >= 3) & word.str.contains(shapes["street"])
        & tag.is_in(["nr", "nrt", "nz", "ns", "n", "x"]),
        passes=word.is_in(lexicon.words["passes"]) | word.is_in(lexicon.words["locates"]),
        upon=word.is_in(["上", "之上", "上来"]),
        locates=word.is_in(lexicon.words["locates"]),
        leads_company=word.is_in(lexicon.words["leads_company"]),
        team_word=(size >= 3) & word.str.contains(shapes["team_word"]) & tag.is_in(["nt", "nz"]),
        club=pl.col("unlisted") & size.is_between(3, 4) & word.str.contains(shapes["team_word"]) & han,
        team=word.is_in(lexicon.words["team"]),
        plays=word.is_in(lexicon.words["plays"]),
        match=word.is_in(lexicon.words["match"]),
        sentence_end=word.is_in(["。", "！", "？", "\n"]),
        group_tag=(tag == "nt") & (size >= 2),
        dates=word.is_in(["日", "月"]),
        goes_on=word.is_in(["着", "了"]),
        # 分析师|贺兰|舟|在: a town's letter left alone behind half a name.
        town_letter=(size == 1) & (tag == "ns") & given,
        # 澜|溪湖: a letter no province or country is called by belongs to the place behind it.
        odd_letter=(size == 1) & (tag == "ns") & ~word.is_in(list(letters["region"])),
        # 修复|师顾|遐龄: the end of a title and a surname cut as one word.
        glued_surname=pl.col("unlisted") & (size == 2) & han & word.str.contains("^[师长员家者]")
        & word.str.slice(1).is_in(lexicon.plain_surnames),
        colon=word == "：",
        comma=word == "、",
        and_others=word == "等",
        folk=word == "人",
        name_tag=tag.is_in(NAMES),
        thing=word.is_in([*lexicon.words["thing"], *lexicon.words["broad_thing"]]),
        narrow_thing=word.is_in(lexicon.words["thing"]),
        ails=word.str.contains(shapes["ailment"]) & (size >= 2) & tag.is_in(["n", "nz", "x", "nr", "ns", "nt", "l"]),
        sort_of_disease=word.str.contains(shapes["sort_of_disease"]) & (size.is_between(2, 4)) & han,
        term_part=tag.is_in([*COMPOUND, "d"]) & han & (size >= 2),
        drug=word.str.contains(shapes["drug_word"]) & (size >= 3) & han,
        faces=word.is_in(lexicon.words["faces"]),
        our_country=word.is_in(lexicon.words["our_country"]),
        makes_a_person=word.is_in(["生", "长", "员"]),
        no_person=kind.is_in(["place", "organisation", "none", "product"]),
    )  # fmt: skip
    return read.with_columns(**_roles(read, lexicon))


def _roles(read: pl.DataFrame, lexicon: Lexicon) -> dict[str, pl.Expr]:
    """What follows from the facts in `read`: the parts of names a word may be."""
    known_types = lexicon.known_types
    flag, size, tag = pl.col, pl.col("size"), pl.col("tag")
    known, given = pl.col("kind") != "", size - pl.col("family")
    # 向雄安: somebody goes there.
    toward = flag("toward") & read["word"].str.slice(1).is_in(known_types["surface"].implode())
    barred = toward | flag("rest_barred") | flag("everyday") | flag("address_ending")
    likely = flag("person_tag") | (flag("unknown") & flag("rest_plausible") & (given == 2))
    everyday = read["word"].is_in(lexicon.words["not_a_name"])
    described = read["word"].is_in([*lexicon.titles, *lexicon.words["describes"]])
    foreign = pl.when(size == 1).then(~tag.is_in(NO_FOREIGN)).otherwise(flag("person_tag") | (tag == "x"))
    foreign |= (size == 1) & pl.col("word").is_in(list(lexicon.characters["edge"]))
    part = flag("foreign") & (~known | (pl.col("kind") == "person")) & ~everyday & foreign
    compound = tag.is_in(COMPOUND) & (size >= 2) & pl.col("word").str.contains(r"^[\p{Han}A-Za-z]") & ~described
    places = known_types.filter(pl.col("entity_type") == "place")["surface"].implode()
    begins = [pl.col("word").str.slice(0, reach).is_in(places) & (size > reach + 1) for reach in (2, 3)]
    return {
        "whole_name": flag("surname") & likely & given.is_between(1, 2) & ~barred & ~flag("trails"),
        # 姜山 may end like a mountain where he opens an answer.
        "opener": flag("person_tag") & flag("plain") & flag("surname") & flag("han") & ~known & ~everyday
        & given.is_between(1, 2) & ~flag("runs_on"),
        "name_and_verb": flag("person_tag") & flag("plain") & flag("surname") & flag("han") & ~known & (size == flag("family") + 2),
        # 薛听澜: a word of its own in spite of a middle character that given names seldom have.
        "odd_name": flag("person_tag") & flag("plain") & flag("surname") & flag("unlisted") & (size == 3) & ~known
        & flag("rest_barred") & ~flag("runs_on") & ~flag("everyday") & ~flag("address_ending"),
        "lone_surname": flag("surname") & (given == 0),
        "person_word": flag("person_tag") & flag("surname") & (size >= 2),
        "family_name": flag("person_tag") & flag("surname") & (size <= 3),
        "called": flag("person_tag") & flag("han") & ~known & ~pl.col("word").str.contains(lexicon.patterns["grafted"]) & ~flag("everyday") & ~flag("address_ending")
        & ~flag("runs_on") & ~flag("trails") & pl.when("surname").then(given.is_between(1, 2)).otherwise((size <= 3) | flag("foreign")),
        "unlisted_name": flag("plain") & flag("surname") & (flag("unknown") | (tag.is_in(["ns", "nz"]) & ~known))
        & given.is_between(1, 2) & ~barred,
        "any_name": flag("plain") & flag("surname") & pl.col("han") & given.is_between(1, 2) & ~known & ~everyday
        & ~flag("address_ending") & (flag("person_tag") | flag("unlisted")),
        "spells_given": flag("letters") & (size == 2) & ~flag("everyday") & ~flag("address_ending"),
        "bold_given": pl.col("han") & (size <= 2)
        & (~pl.col("word").str.contains(lexicon.never_given_pattern) | (tag.is_in(NAMES) & (size == 2)))
        & (tag.is_in(NAMES) | (flag("letters") & ~tag.is_in(NO_BOLD))),
        "inside": (tag.is_in(INSIDE) | (pl.col("kind") == "organisation"))
        & pl.col("word").str.contains(r"^[\p{Han}A-Za-z0-9·]")
        & (~described | pl.col("word").is_in(lexicon.suffixes["suffix"].implode())),
        # What a name opens with, whatever stands before it; 法律委员会 may go on.
        "opens_name": (flag("place") & (tag != "nt")) | pl.col("kind").is_in(["organisation", "person"])
        | tag.is_in(["x", "nr", "nrt", "eng", "nx", "nz"]) & ~flag("everyday") & pl.col("han") & (size >= 2)
        | (tag == "nt") & pl.any_horizontal(begins),
        "whole_body": (pl.col("kind") == "organisation") & ~flag("place"),
        "compound": compound,
        "names_district": compound | (tag == "t"),
        "opens_compound": compound & ~tag.is_in(VERBAL) & ~flag("our_country"),
        "particular": (pl.col("kind").is_in(["organisation", "person"]))
        | (tag.is_in(["x", "nr", "nrt", "eng", "nx"]) & ~flag("everyday")),
        "foreign_part": part,
        "foreign_heart": part & (size >= 2),
        "tagged_place": flag("place") & (tag == "ns") & ~known,
        "team_place": (flag("place") | flag("foreign") & (size > 1)) & ~flag("stops"),
        "home": flag("place") & (pl.col("kind") != "organisation") & (tag != "nt"),
        # 海淀法院, 俄海军: the segmenter's dictionary has them whole, and they open with whose they are.
        "group_word": flag("group_tag") & flag("tail") & ~known & ~flag("everyday") & pl.col("han")
        & (pl.any_horizontal(begins) | pl.col("word").str.slice(0, 1).is_in(list(lexicon.characters["country"]))) & (size >= 3)
        & ~pl.col("word").is_in(lexicon.suffixes["suffix"].implode()),
        # Tags of morphemes: the dictionary gives them to single characters, a guess to a word it does not know.
        "coined": flag("person_tag") | flag("unknown") | (tag == "nz") | (tag.is_in(["ng", "vg", "ag", "g"]) & (size >= 2)),
        "brand": (flag("unknown") | flag("coinage") | (tag == "nz")) & size.is_between(2, 4) & ~known,
    }  # fmt: skip
