"""The seeds as the finders need them: compiled once, handed around as one value."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

import polars as pl

from transforms.entities.counties import short_forms
from transforms.entities.gazetteer import surfaces
from transforms.listed import Listed
from transforms.remembered import latest


@dataclass(frozen=True)
class Introductions:
    """What proves a person however the segmenter cut the name (see introduced.py).

    spoken, speaking, withheld, addressed, latin, roled, honoured: Rust regexes whose first group is the name; `composed` and
        `half_withheld` are it whole.
    no_given: words behind a surname that are nobody's given name.
    title_ends, family_letters, openings, speech_letters, courtesy: what `spoken`, `speaking` and `addressed` cannot do
        without: the last two letters of titles, the first one of surnames, what opens a clause with a surname behind it,
        the first letter of what may follow a name, words behind a surname (a Rust regex).
    any_family, spoken_letters: the surnames of one letter and the first letters of verbs of speech, for `roled`.
    """

    spoken: str
    speaking: str
    withheld: str
    half_withheld: str
    addressed: str
    composed: str
    latin: str
    roled: str
    honoured: str
    title_ends: list[str]
    family_letters: list[str]
    any_family: str
    spoken_letters: list[str]
    openings: list[str]
    no_given: list[str]
    speech_letters: list[str]
    courtesy: str


@dataclass(frozen=True, eq=False)
class Lexicon:
    """Word lists of the seeds, and the patterns (Rust regexes) derived from them: one object per set of seeds, so that
    what was asked of it can be remembered.

    surfaces: one row per surface of the gazetteer (surface, canonical, entity_type, entity_subtype).
    short_forms: of the counties and districts among them (see counties.py).
    known_types: of all of them surface, entity_type and entity_subtype, none of them null.
    names: their surfaces, in the same order.
    words: the words of each role of seeds/gazetteer/context_words.csv.
    characters: the characters of each role of seeds/gazetteer/name_characters.csv.
    patterns: the rules of each part of seeds/gazetteer/name_patterns.csv as one group, in the order of the file.
    sites: what a place's name may end in, and the finer type it says.
    suffixes: one row per ending of organisations' names (suffix, entity_subtype, strength).
    media: organisations the gazetteer knows that publish.
    introductions: how people are introduced by the letters around their names.
    tail_letters, tail_pairs: the last word of a name that ends in a suffix is one of those or ends in one of these.
    """

    surnames: list[str]
    plain_surnames: list[str]
    titles: list[str]
    foreign: str
    surfaces: pl.DataFrame
    short_forms: pl.DataFrame
    known_types: pl.DataFrame
    names: Listed
    suffixes: pl.DataFrame
    words: dict[str, list[str]]
    characters: dict[str, str]
    patterns: dict[str, str]
    sites: dict[str, str]
    title_end: str
    given_pattern: str
    never_given_pattern: str
    foreign_pattern: str
    suffix_pattern: str
    tail_letters: list[str]
    tail_pairs: list[str]
    media: list[str]
    introductions: Introductions
    dotted: str

    def named(self, *types: str) -> Listed:
        """Names the gazetteer knows things of these types by."""
        return _named(self, types)

    def places(self, *subtypes: str) -> Listed:
        """Names of the places the gazetteer knows, or of those of these finer types."""
        return _named(self, ("place",), subtypes)


@lru_cache(maxsize=32)
def _named(lexicon: Lexicon, types: tuple[str, ...], subtypes: tuple[str, ...] = ()) -> Listed:
    """Names of these types, and of these finer ones where any are told."""
    kept = pl.col("entity_subtype").is_in(subtypes) if subtypes else pl.lit(value=True)
    return Listed(lexicon.known_types.filter(pl.col("entity_type").is_in(types), kept)["surface"])


# Marks that open a clause, and those that close a name that ends one.
OPENS = r"。，；：！？”“、（）的"
CLOSES = "，。：、；“（？！\n"
DOTS = "·．•"
"""What stands between the parts of a foreign name; the second one in Taiwan."""


def alternation(words: Iterable[str]) -> str:
    """The words as one regex group, longest first so that the first match is the longest."""
    return "|".join(re.escape(word) for word in sorted(set(words), key=lambda word: (-len(word), word)))


@latest
def lexicon(
    gazetteer: pl.DataFrame,
    surnames: pl.DataFrame,
    titles_roles: pl.DataFrame,
    org_suffixes: pl.DataFrame,
    name_characters: pl.DataFrame,
    context_words: pl.DataFrame,
    name_patterns: pl.DataFrame,
) -> Lexicon:
    """The seed frames, compiled; those of a night once."""
    names = surfaces(gazetteer)
    rules = name_patterns.group_by("part", maintain_order=True).agg(pl.col("pattern").str.join("|"))
    roles: dict[str, str] = dict(name_characters.select("role", "characters").rows())
    titles = sorted(set(titles_roles["title"].to_list()))
    suffixes = sorted(set(org_suffixes["suffix"].to_list()))
    plain = surnames.filter(pl.col("is_everyday_word") == "0")["surname"].to_list()
    words: dict[str, list[str]] = dict(context_words.group_by("role").agg("word").iter_rows())
    patterns = {part: f"(?:{pattern})" for part, pattern in rules.iter_rows()}
    return Lexicon(
        surnames=surnames["surname"].to_list(),
        plain_surnames=plain,
        titles=titles,
        foreign=roles["transliteration"],
        surfaces=names,
        short_forms=short_forms(gazetteer),
        known_types=names.select("surface", "entity_type", pl.col("entity_subtype").fill_null("")),
        names=Listed(names["surface"]),
        suffixes=org_suffixes.select("suffix", "entity_subtype", "strength"),
        words=words,
        characters=roles,
        patterns=patterns,
        sites=dict(context_words.filter(pl.col("role") == "site").select("word", "entity_subtype").iter_rows()),
        title_end=f"(?:{alternation(titles)})$",
        given_pattern=f"^[{roles['given']}]+$",
        never_given_pattern=f"[{roles['never_given']}]",
        foreign_pattern=f"^[{roles['transliteration']}]+$",
        suffix_pattern=f"(?:{alternation(suffixes)})$",
        tail_letters=sorted({suffix[-1] for suffix in suffixes}),
        media=names.filter(pl.col("entity_subtype") == "media")["surface"].to_list(),
        tail_pairs=sorted({suffix[-2:] for suffix in suffixes}),
        introductions=_introductions(titles, surnames, words, roles, patterns),
        dotted=roles["transliteration"] + roles["dotted"],
    )


def _introductions(
    titles: list[str],
    surnames: pl.DataFrame,
    words: dict[str, list[str]],
    letters: dict[str, str],
    patterns: dict[str, str],
) -> Introductions:
    """The patterns of introduced names, of the words and letters of each role and the rules of each part."""
    speaks = [*words["says"], *(word for word in words["acts"] if len(word) > 1)]
    families = set(surnames["surname"]) - set(words["no_family"])
    plain = set(surnames.filter(pl.col("is_everyday_word") == "0")["surname"]) & families
    plain_letters = sorted(name for name in plain if len(name) == 1)
    # Here 向 and 应 may be surnames: 负责人|向以晴|透露.
    single = "".join(sorted(name for name in surnames["surname"] if len(name) == 1))
    spoken = alternation(word for word in words["says"] if len(word) > 1 or word in "说称")
    family, courtesy = alternation(families), alternation(words["courtesy"])
    titled, said = alternation(titles), alternation(speaks)
    when, behind = patterns["before_verb"], f"[{CLOSES}]|{patterns['behind_person']}"
    own = rf"((?:{family})[\p{{Han}}--[{letters['never_given']}]]{{1,2}}){when}?(?:{said}|(在|{behind}|$))"
    # The shortest name behind which a word of those letters goes on, or another letter stands that ends no name.
    letter = letters["transliteration"]
    foreign = rf"([{letter}]{{2,8}}?){patterns['behind_foreign']}|([{letter}]{{3,8}})(?:[^{letter}{DOTS}{letters['seldom']}]|$)"
    return Introductions(
        spoken=f"(?:{titled})(?:{own}|{foreign})",
        speaking=rf"(?:^|[{OPENS}])([{''.join(plain_letters)}][\p{{Han}}]{{2}}){when}?(?:{said})",
        withheld=rf"((?:{family})某(?:某|[甲乙丙丁戊己])?)(?:[^{''.join(words['some_what'])}]|$)",
        half_withheld=rf"(?:{family})某[{letters['given']}--[{''.join(words['some_what'])}]]?",
        addressed=rf"((?:{family})(?:{courtesy}))",
        latin=rf"(?:{titled})\s?([A-Z][a-z]+(?: [A-Z]\.?)?(?: [A-Z][a-z]+){{1,2}})(?:{said}|{behind}|等|和|是|在|$)",
        roled=rf"{patterns['role_noun']}([{single}][\p{{Han}}--[{letters['never_given']}]]{{1,2}}){when}?(?:{spoken})",
        honoured=rf"(?:^|[{OPENS}])([{single}][{letters['given']}]{{2}})(?:{alternation(words['honours'])})(?:[^{''.join(words['some_what'])}]|$)",
        composed=rf"(?:{alternation(words['name_part'])}){{2,4}}",
        title_ends=sorted({title[-2:] for title in titles}),
        any_family=single,
        spoken_letters=sorted({word[0] for word in spoken.split("|")} | set(re.findall(r"\w", when))),
        family_letters=sorted({name[0] for name in families}),
        openings=[mark + letter for mark in OPENS + "\n" for letter in plain_letters],
        no_given=[*titles, *words["address"], *words["courtesy"]],
        speech_letters=sorted(
            {word[0] for word in speaks} | {"在", *CLOSES, *re.findall(r"\w", when + patterns["behind_person"])}
        ),
        courtesy=courtesy,
    )
