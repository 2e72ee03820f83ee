"""The seeds as the finders need them: compiled once, handed around as one value."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

import polars as pl

from transforms.entities.counties import short_forms
from transforms.entities.gazetteer import surfaces
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
    words: the words of each role of seeds/gazetteer/context_words.csv.
    characters: the characters of each role of seeds/gazetteer/name_characters.csv.
    patterns: the rules of each part of seeds/gazetteer/name_patterns.csv as one group, in the order of the file.
    sites: what a place's name may end in, and the finer type it says.
    suffixes: one row per ending of organisations' names (suffix, entity_subtype, strength).
    bodies: organisations the gazetteer knows; media: those of them that publish.
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
    bodies: list[str]
    media: list[str]
    introductions: Introductions
    dotted: str

    def places(self, *subtypes: str) -> pl.Series:
        """Names of the places the gazetteer knows, or of those of these finer types."""
        kept = pl.col("entity_subtype").is_in(subtypes) if subtypes else pl.lit(value=True)
        return self.known_types.filter(pl.col("entity_type") == "place", kept)["surface"]


# What may stand between a name and its verb of speech, and what closes a clause that ends in a name.
WHEN = "(?:则|也|还|又|就|曾|均|亦)?(?:明确|公开|同时|多次|特别|随即|当场|坦率地|进一步)|则|也|还|又|就|曾|再|亦|(?:早前|日前|此前|随后|其后|昨日|今日|近日|稍后)在?"
OPENS = r"。，；：！？”“、（）的"
HALVES = "·．•松延琴略匹汀丁"
GOES_ON = "因[此为参涉病]|希望|赞扬|比赛|依靠|努力|表示|当[天地日晚]|代表|热[情烈]|提[出名到议]|夫[妇人]|简[短要单]|多[次名年]|密切|特别|特意|连任|道歉|达成|梅开|施政|马上|考察|将|也|多方|全[力面]|本[月周人]"
CLOSES = "[，。：、；“（？！\n]|同志|先生|女士|团队|课题组|一行|等人|把"


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
        bodies=names.filter(pl.col("entity_type") == "organisation")["surface"].to_list(),
        media=names.filter(pl.col("entity_subtype") == "media")["surface"].to_list(),
        tail_pairs=sorted({suffix[-2:] for suffix in suffixes}),
        introductions=_introductions(titles, surnames, words, roles, patterns["role_noun"]),
        dotted=roles["transliteration"] + roles["dotted"],
    )


def _introductions(
    titles: list[str], surnames: pl.DataFrame, words: dict[str, list[str]], letters: dict[str, str], role_noun: str
) -> Introductions:
    """The patterns of introduced names, of the words and letters of each role."""
    speaks = [*words["says"], *(word for word in words["acts"] if len(word) > 1)]
    families = set(surnames["surname"]) - set(words["no_family"])
    plain = set(surnames.filter(pl.col("is_everyday_word") == "0")["surname"]) & families
    plain_letters = sorted(name for name in plain if len(name) == 1)
    # Here 向 and 应 may be surnames: 负责人|向以晴|透露.
    single = "".join(sorted(name for name in surnames["surname"] if len(name) == 1))
    spoken = alternation(word for word in words["says"] if len(word) > 1 or word in "说称")
    family, courtesy = alternation(families), alternation(words["courtesy"])
    titled, said = alternation(titles), alternation(speaks)
    own = rf"((?:{family})[\p{{Han}}--[{letters['never_given']}]]{{1,2}})(?:{WHEN})?(?:{said}|(在|{CLOSES}|$))"
    # The shortest name behind which a word of those letters goes on, or another letter stands that ends no name.
    letter = letters["transliteration"]
    foreign = rf"([{letter}]{{2,8}}?)(?:{GOES_ON})|([{letter}]{{3,8}})(?:[^{letter}{HALVES}]|$)"
    return Introductions(
        spoken=f"(?:{titled})(?:{own}|{foreign})",
        speaking=rf"(?:^|[{OPENS}])([{''.join(plain_letters)}][\p{{Han}}]{{2}})(?:{WHEN})?(?:{said})",
        withheld=rf"((?:{family})某(?:某|[甲乙丙丁戊己])?)(?:[^{''.join(words['some_what'])}]|$)",
        half_withheld=rf"(?:{family})某[{letters['given']}--[{''.join(words['some_what'])}]]?",
        addressed=rf"((?:{family})(?:{courtesy}))",
        latin=rf"(?:{titled})\s?([A-Z][a-z]+(?: [A-Z]\.?)?(?: [A-Z][a-z]+){{1,2}})(?:{said}|{CLOSES}|等|和|是|在|$)",
        roled=rf"{role_noun}([{single}][\p{{Han}}--[{letters['never_given']}]]{{1,2}})(?:{WHEN})?(?:{spoken})",
        honoured=rf"(?:^|[{OPENS}])([{single}][{letters['given']}]{{2}})(?:{alternation(words['honours'])})(?:[^{''.join(words['some_what'])}]|$)",
        composed=rf"(?:{alternation(words['name_part'])}){{2,4}}",
        title_ends=sorted({title[-2:] for title in titles}),
        any_family=single,
        spoken_letters=sorted({word[0] for word in spoken.split("|")} | set(re.findall(r"\w", WHEN))),
        family_letters=sorted({name[0] for name in families}),
        openings=[mark + letter for mark in OPENS + "\n" for letter in plain_letters],
        no_given=[*titles, *words["address"], *words["courtesy"]],
        speech_letters=sorted(
            {word[0] for word in speaks} | {"在", *re.findall(r"\w|[，。：、；“（？！\n]", WHEN + CLOSES)}
        ),
        courtesy=courtesy,
    )
