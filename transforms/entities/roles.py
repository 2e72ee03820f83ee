"""The parts of names a word may be, as what is known of it says (see vocabulary.py)."""

from __future__ import annotations

import polars as pl

from transforms.entities.lexicon import Lexicon

# Parts of speech a name may be built of; a verb, preposition, pronoun or particle ends it.
INSIDE = [
    *("n", "ns", "nt", "nz", "nr", "nrt", "nrfg", "ng", "vn", "an", "eng", "j"),
    *("b", "f", "s", "nx", "g", "zg", "x", "a", "k", "q", "vg"),
]
NO_FOREIGN = ["v", "p", "c", "uj", "d", "m", "r", "ul", "t", "f", "q", "a", "y", "e", "o", "ad", "k", "h"]
NAMES = ["x", "nr", "nrt", "nrfg", "ns", "nz"]
NO_BOLD = ["p", "c", "uj", "ul", "r", "m", "d"]
"""What is no given name even between a title and a verb of speech."""
COMPOUND = ["n", "nz", "ns", "nr", "nrt", "b", "an", "vn", "v", "x", "ng", "eng", "j", "nt", "nx", "g"]
"""Parts of speech of the words of a compound; it opens with none of VERBAL."""
VERBAL = ["v", "vn", "an", "b"]

flag = pl.col
WORD, TAG, SIZE, KIND, HAN = (pl.col(name) for name in ("word", "tag", "size", "kind", "han"))
KNOWN = KIND != ""
GIVEN = SIZE - pl.col("family")
"""Characters behind the surname."""


def roles(lexicon: Lexicon) -> dict[str, pl.Expr]:
    """The roles of a word, each a flag worked out from the facts beside it."""
    return (
        _of_people(lexicon) | _behind_titles() | _of_foreigners(lexicon) | _of_bodies(lexicon) | _of_compounds(lexicon)
    )


def _of_people(lexicon: Lexicon) -> dict[str, pl.Expr]:
    """A name of a person, or its surname, its given name."""
    # 向雄安: somebody goes there.
    toward = flag("toward") & lexicon.names.has(WORD.str.slice(1))
    barred = toward | flag("rest_barred") | flag("everyday") | flag("address_ending")
    likely = flag("person_tag") | (flag("unknown") & flag("rest_plausible") & (GIVEN == 2))
    no_name = WORD.is_in(lexicon.words["not_a_name"])
    return {
        "whole_name": flag("surname") & likely & GIVEN.is_between(1, 2) & ~barred & ~flag("trails"),
        # 姜山 may end like a mountain where he opens an answer.
        "opener": flag("person_tag") & flag("plain") & flag("surname") & HAN & ~KNOWN & ~no_name
        & GIVEN.is_between(1, 2) & ~flag("runs_on"),
        "name_and_verb": flag("person_tag") & flag("surname") & HAN & ~KNOWN
        & (flag("plain") & (GIVEN == 2) | flag("unlisted") & (GIVEN == 3) & flag("did")),
        # 薛听澜: a word of its own in spite of a middle character that given names seldom have.
        "odd_name": flag("person_tag") & flag("plain") & flag("surname") & flag("unlisted") & (SIZE == 3) & ~KNOWN
        & flag("rest_barred") & ~flag("runs_on") & ~flag("everyday") & ~flag("address_ending"),
        "titled_name": flag("person_tag") & flag("plain") & flag("surname") & flag("unlisted") & (SIZE == 3) & ~KNOWN
        & HAN & ~flag("runs_on") & ~no_name & (flag("rest_barred") | flag("address_ending")) & ~flag("trails"),
        "names_somebody": TAG.is_in(["nr", "ns", "nz", "nrt"]) & (SIZE == 2) & HAN & flag("letters"),
        "lone_surname": flag("surname") & (GIVEN == 0),
        "person_word": flag("person_tag") & flag("surname") & (SIZE >= 2),
        "family_name": flag("person_tag") & flag("surname") & (SIZE <= 3) & ~flag("everyday") & (KIND != "place"),
        "called": flag("person_tag") & HAN & ~KNOWN & ~WORD.str.contains(lexicon.patterns["grafted"])
        & ~flag("everyday") & ~flag("address_ending") & ~flag("runs_on") & ~flag("trails")
        & pl.when("surname").then(GIVEN.is_between(1, 2)).otherwise((SIZE <= 3) | flag("foreign")),
        "unlisted_name": flag("plain") & flag("surname") & (flag("unknown") | (TAG.is_in(["ns", "nz"]) & ~KNOWN))
        & GIVEN.is_between(1, 2) & ~barred,
        "any_name": flag("plain") & flag("surname") & HAN & GIVEN.is_between(1, 2) & ~KNOWN & ~no_name
        & ~flag("address_ending") & (flag("person_tag") | flag("unlisted")),
        "spells_given": flag("letters") & (SIZE == 2) & ~flag("everyday") & ~flag("address_ending"),
        "bold_given": HAN & (SIZE <= 2)
        & (~WORD.str.contains(lexicon.never_given_pattern) | (TAG.is_in(NAMES) & (SIZE == 2)))
        & (TAG.is_in(NAMES) | (flag("letters") & ~TAG.is_in(NO_BOLD))),
    }  # fmt: skip


def _behind_titles() -> dict[str, pl.Expr]:
    """A name behind a title, or a piece of one, however it is tagged."""
    return {
        "leads_name": flag("title_end") | flag("names"),
        # 陆知行, 应知|微, 宁|启明: what may be a name behind a title, however it is tagged.
        "three_letters": _unlisted_family(3) & ~flag("opens_with_word") & ~flag("trails") & ~flag("did"),
        "two_letters": _unlisted_family(2),
        "surname_letter": flag("family_letter") & (SIZE == 1),
        "quiet_letter": HAN & (SIZE == 1) & ~flag("says") & ~flag("acts") & ~flag("did"),
        "two_rare": HAN & (SIZE == 2) & ~flag("did") & ~flag("counts") & ~flag("everyday")
        & (~flag("common") | TAG.is_in(["nr", "nrt"])) & ~flag("address_ending"),
        "likely_rest": pl.when(flag("family_letter") & flag("unlisted"))
        .then("rest_plausible")
        .otherwise(flag("letters") | flag("family_letter") & (SIZE == 1)),
        "links": TAG.is_in(NO_BOLD),
    }  # fmt: skip


def _unlisted_family(size: int) -> pl.Expr:
    """A word of that many letters that no dictionary has and that a surname opens."""
    names_nothing = ~KNOWN & ~flag("everyday") & ~flag("address_ending")
    return flag("family_letter") & flag("unlisted") & (size == SIZE) & HAN & names_nothing


def _of_foreigners(lexicon: Lexicon) -> dict[str, pl.Expr]:
    """A piece of a transliterated name, and one long enough to be its heart."""
    tagged = pl.when(SIZE == 1).then(~TAG.is_in(NO_FOREIGN)).otherwise(flag("person_tag") | (TAG == "x"))
    edge = (SIZE == 1) & WORD.is_in(list(lexicon.characters["edge"]))
    no_name = WORD.is_in(lexicon.words["not_a_name"])
    part = flag("foreign") & (~KNOWN | (KIND == "person")) & ~no_name & (tagged | edge)
    return {"foreign_part": part, "foreign_heart": part & (SIZE >= 2)}


def _of_bodies(lexicon: Lexicon) -> dict[str, pl.Expr]:
    """A piece of an organisation's or a place's name: what it opens with, what it may hold, whose it is."""
    places = lexicon.places()
    begins_with_place = pl.any_horizontal(places.has(WORD.str.slice(0, reach)) & (SIZE - reach > 1) for reach in (2, 3))
    suffix = WORD.is_in(lexicon.suffixes["suffix"].implode())
    latin = ["x", "nr", "nrt", "eng", "nx"]
    return {
        # 控制中心, 发展局: idioms to the dictionary, the end of a body's name here.
        "inside": (TAG.is_in(INSIDE) | KIND.is_in(["organisation", "place"]) | TAG.is_in(["l", "i"]) & flag("tail") & (SIZE >= 3)
           & ~WORD.str.head(1).is_in(lexicon.words["locates"]))
        & WORD.str.contains(r"^[\p{Han}A-Za-z0-9·]")
        & (~_described(lexicon) | suffix),
        # 农村|水利|水电|处: what a branch of a body does.
        "branch_word": (TAG.is_in([*INSIDE, "l", "i"]) | flag("duty")) & HAN & (SIZE >= 2) & ~_described(lexicon)
        & ~flag("branch") & ~flag("whole_branch"),
        # What a name opens with, whatever stands before it; 法律委员会 may go on.
        "opens_name": (flag("place") & (TAG != "nt")) | KIND.is_in(["organisation", "person"])
        | TAG.is_in([*latin, "nz"]) & ~flag("everyday") & HAN & (SIZE >= 2)
        | (TAG == "nt") & begins_with_place,
        "known_body": KIND == "organisation",
        "tagged_home": flag("place") & ((TAG == "ns") | (KIND == "place")),
        "whole_body": (KIND == "organisation") & ~flag("place"),
        "particular": KIND.is_in(["organisation", "person"]) | (TAG.is_in(latin) & ~flag("everyday")),
        "tagged_place": flag("place") & (TAG == "ns") & ~KNOWN,
        "team_place": (flag("place") | flag("foreign") & (SIZE > 1)) & ~flag("stops"),
        # 大学 ends a name, and so does 局局长, the head drawn in.
        "ends_body": flag("tail") | flag("body_and_head"),
        "home": flag("place") & (KIND != "organisation") & (TAG != "nt"),
        # 海淀法院, 俄海军: the segmenter's dictionary has them whole, and they open with whose they are.
        "group_word": flag("group_tag") & flag("tail") & ~KNOWN & ~flag("everyday") & HAN & (SIZE >= 3) & ~suffix
        & (begins_with_place | WORD.str.slice(0, 1).is_in(list(lexicon.characters["country"]))),
    }  # fmt: skip


def _of_compounds(lexicon: Lexicon) -> dict[str, pl.Expr]:
    """A piece of a compound, and a word somebody has made up for a name."""
    compound = TAG.is_in(COMPOUND) & (SIZE >= 2) & WORD.str.contains(r"^[\p{Han}A-Za-z]") & ~_described(lexicon)
    return {
        "compound": compound,
        "names_district": compound | (TAG == "t"),
        "opens_compound": compound & ~TAG.is_in(VERBAL) & ~flag("our_country"),
        # Tags of morphemes: the dictionary gives them to single characters, a guess to a word it does not know.
        "coined": flag("person_tag") | flag("unknown") | (TAG == "nz") | (TAG.is_in(["ng", "vg", "ag", "g"]) & (SIZE >= 2)),
        "brand": (flag("unknown") | flag("coinage") | (TAG == "nz")) & SIZE.is_between(2, 4) & ~KNOWN,
    }  # fmt: skip


def _described(lexicon: Lexicon) -> pl.Expr:
    """Whether the word says what somebody or something is."""
    return WORD.is_in([*lexicon.titles, *lexicon.words["describes"]])
