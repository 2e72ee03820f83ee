"""People the letters around them prove, however the segmenter cut their names: between a title and a verb of speech, by
a surname and 某 or 女士, by the parts the names of Mongols, Tibetans and Uyghurs are made of."""

from __future__ import annotations

import numpy as np
import polars as pl

from transforms.entities.candidates import candidates, matches
from transforms.entities.doors import holds, lines_of, opened, spaced, standing, windows_of
from transforms.entities.lexicon import OPENS, Lexicon
from transforms.letters import Letters
from transforms.words import rarities, tags

WORDS = ["n", "v", "vn", "a", "ad", "d", "an", "r", "m", "t", "c", "i", "l", "f", "p", "b", "z", "s"]
"""Parts of speech of words of the dictionary that are nobody's name: 高度 in 专家高度评价."""

SELDOM = 12.5
"""Rarity (see words.py) from which on a word between a title and a verb of speech is a name: 科长甘露说."""

ENDS = "，。；：、！？（）”"
"""Marks behind a name."""

FRIEND = "阿[A-Z][a-z]+"
"""阿Ben: a Latin first name as friends say it in Hong Kong."""

WINDOW = 16
"""Letters before a name that hold its title, and behind its beginning that hold it and what it is followed by."""

ROLE = 4
"""Letters that tell a role from another word."""

OFTEN = 3
"""Times an article says a name without a verb of speech behind its title, and it is one whatever its letters."""


def introduced(texts: pl.DataFrame, letters: Letters, lexicon: Lexicon) -> pl.DataFrame:
    """Candidates (see candidates.py) of every such person. `texts` has doc and text, `letters` are theirs."""
    found = [_spoken(texts, letters, lexicon), _speaking(texts, letters, lexicon), _roled(letters, lexicon)]
    found += [_withheld(texts, lexicon), _addressed(texts, lexicon), _latin(letters, lexicon)]
    found += [_honoured(letters, lexicon)]
    return candidates(pl.concat([*found, _composed(letters, lexicon)]), "person", "", strength=2)


def _spoken(texts: pl.DataFrame, letters: Letters, lexicon: Lexicon) -> pl.DataFrame:
    """副局长卢国平坦言: the segmenter may cut 平坦 out of it, a title before and a verb of speech behind may not be."""
    parts = (
        pl.col("surface")
        .str.extract_groups(f"^{lexicon.introductions.spoken}")
        .struct.rename_fields(["own", "shut", "led", "foreign"])
    )
    told = (
        matches(_suspected(letters, lexicon), lexicon.introductions.spoken).select("doc", parts=parts).unnest("parts")
    )
    named = told.with_columns(surface=pl.coalesce("own", "led", "foreign"))
    rarity = rarities(named["surface"])
    known = rarity["is_known"]
    plain = pl.col("surface").str.slice(0, 1).is_in(lexicon.plain_surnames)
    size = pl.col("surface").str.len_chars()
    given = pl.col("surface").str.slice(1).str.contains(lexicon.given_pattern)
    some = pl.col("surface").str.slice(1).str.contains(lexicon.given_pattern[1:-2])
    # 导演程野：, the name of two characters that the article says again and again.
    often = ~known & (size.eq(3) | given) & _said(named, texts).ge(OFTEN)
    # 科长关鹏举，: no verb of speech behind it, so both surname and given name are to look like one.
    proven = (
        pl.when(pl.col("shut").is_null())
        .then(plain | given | size.eq(3) & ~known & some)
        .otherwise(~known & given & size.eq(3) | often)
    )
    spelt = named.filter(
        ~known | (plain & (~tags(named["surface"]).is_in(WORDS) | (rarity["rarity"] >= SELDOM))),
        ~pl.col("surface").str.head(1).is_in(lexicon.words["adverb_family"])
        | (rarities(named["surface"].str.slice(1))["rarity"] >= SELDOM),
        pl.when(pl.col("own").is_not_null()).then(proven).otherwise(~_begins_with_word(named["surface"])),
    )
    return spelt.select("doc", "surface")


def _roled(letters: Letters, lexicon: Lexicon) -> pl.DataFrame:
    """预报员康守恒介绍, 负责人向以晴透露: behind any noun for what somebody is, if surname and given name sound like it."""
    frames = lexicon.introductions
    # 员, 师 and the like close a role; the first letter of a verb of speech stands two or three behind the surname.
    surname = standing(letters, lexicon.characters["role_end"]) + 1
    surname = surname[holds(letters, surname, frames.any_family)]
    ended = np.any([holds(letters, surname + size, frames.spoken_letters) for size in (2, 3)], axis=0)
    told = matches(windows_of(letters, surname[ended], ROLE, WINDOW), frames.roled)
    named = told.select("doc", surface=pl.col("surface").str.extract(frames.roled)).unique()
    given, size = pl.col("surface").str.slice(1), pl.col("surface").str.len_chars()
    no_family = [*lexicon.words["no_family"], *lexicon.words["word_family"], *lexicon.words["adverb_family"]]
    grammar = pl.col("surface").str.head(1).is_in(no_family)
    rest = named.select(given).to_series()
    # 负责人|向来宾|透露: behind a preposition stands no word of the dictionary, and no body.
    grammatical = grammar & (size.eq(2) | _begins_with_word(rest) | lexicon.names.has(given))
    likely = given.str.contains(lexicon.given_pattern) | size.eq(3) & pl.col("surface").str.tail(1).str.contains(
        lexicon.given_pattern
    )
    told_of = given.is_in(frames.no_given) | lexicon.names.has(pl.col("surface"))
    return named.filter(likely, ~grammatical, ~told_of, ~rarities(named["surface"])["is_known"]).select(
        "doc", "surface"
    )


def _honoured(letters: Letters, lexicon: Lexicon) -> pl.DataFrame:
    """大学的|孙家庆|教授: three letters between the beginning of a clause, or 的, and what one is honoured with."""
    behind = opened(letters, lexicon.words["honours"])
    told = matches(windows_of(letters, behind, ROLE, ROLE), lexicon.introductions.honoured)
    named = told.select("doc", surface=pl.col("surface").str.extract(lexicon.introductions.honoured)).unique()
    grammar = [*lexicon.words["no_family"], *lexicon.words["word_family"]]
    return named.filter(
        ~pl.col("surface").str.head(1).is_in(grammar),
        ~rarities(named["surface"])["is_known"],
        ~rarities(named["surface"].str.slice(1))["is_known"] | _plain(lexicon),
        ~_begins_with_word(named["surface"]),
    )


def _plain(lexicon: Lexicon) -> pl.Expr:
    """Whether the surname is nothing else."""
    return pl.col("surface").str.head(1).is_in(lexicon.plain_surnames)


def _begins_with_word(names: pl.Series) -> pl.Series:
    """Which of the names begin with a word of the dictionary that is nobody's: 热门 of 冠军|热门法国."""
    begins = names.str.head(2)
    return rarities(begins)["is_known"] & tags(begins).is_in(WORDS)


def _speaking(texts: pl.DataFrame, letters: Letters, lexicon: Lexicon) -> pl.DataFrame:
    """杨再坤说: three letters that open a clause and speak, likely ones or said again and again, whatever the
    segmenter makes of them."""
    frames = lexicon.introductions
    before = opened(letters, frames.openings)
    opens = before[holds(letters, before, OPENS + "\n") & holds(letters, before + 4, frames.speech_letters)] + 1
    told = matches(windows_of(letters, opens, 1, WINDOW), frames.speaking)
    named = told.select("doc", surface=pl.col("surface").str.extract(frames.speaking)).unique()
    given = pl.col("surface").str.slice(1)
    people = named.filter(
        ~rarities(named["surface"])["is_known"],
        ~given.is_in(frames.no_given),
        ~pl.col("surface").str.contains(lexicon.patterns["no_person"]),
    ).with_columns(likely=given.str.contains(lexicon.given_pattern))
    odd = people.filter(~pl.col("likely"), ~pl.col("surface").str.tail(1).str.contains(lexicon.never_given_pattern))
    return pl.concat([people.filter("likely"), odd.filter(_said(odd, texts) >= OFTEN)]).select("doc", "surface")


def _suspected(letters: Letters, lexicon: Lexicon) -> pl.DataFrame:
    """The letters around a title, a surname behind it and, one or two letters on, what may follow a name; or a title and
    three letters of transliteration."""
    behind = opened(letters, lexicon.introductions.title_ends) + 2
    surname = behind[holds(letters, behind, lexicon.introductions.family_letters)]
    # One or two letters of a surname, one or two of a given name.
    ended = np.any([holds(letters, surname + size, lexicon.introductions.speech_letters) for size in (2, 3, 4)], axis=0)
    foreign = behind[np.all([holds(letters, behind + step, list(lexicon.foreign)) for step in range(3)], axis=0)]
    return windows_of(letters, np.sort(np.concatenate([surname[ended], foreign])), WINDOW, WINDOW)


def _said(named: pl.DataFrame, texts: pl.DataFrame) -> pl.Series:
    """How often the text of its document says each name."""
    within = named.join(texts, on="doc", how="left", maintain_order="left")
    return within.select(pl.col("text").str.count_matches(pl.col("surface"), literal=True)).to_series()


def _withheld(texts: pl.DataFrame, lexicon: Lexicon) -> pl.DataFrame:
    """张某, 王某某, 李某甲: whom the paper does not name; 阿Ben: whom it calls as friends do."""
    friends = matches(texts.filter(pl.col("text").str.contains("阿[A-Z]")), FRIEND)
    holding = texts.filter(pl.col("text").str.contains("某", literal=True))
    withheld = matches(holding, lexicon.introductions.withheld).with_columns(
        surface=pl.col("surface").str.extract(lexicon.introductions.withheld)
    )
    whole = _half_withheld(holding, lexicon)
    halves = whole.with_columns(pl.col("surface").str.head(-1))
    return pl.concat([withheld.join(halves, on=["doc", "surface"], how="anti"), whole, friends], how="diagonal").select(
        "doc", "surface"
    )


def _half_withheld(texts: pl.DataFrame, lexicon: Lexicon) -> pl.DataFrame:
    """杨某伟: of whom the last letter is told, wherever the surname and 某 stand; said once it needs a mark behind it."""
    ended = pl.col("surface").str.contains(f"[{ENDS}]$")
    met = matches(texts, f"{lexicon.introductions.half_withheld}[{ENDS}]?").with_columns(
        shut=ended, surface=pl.col("surface").str.strip_chars_end(ENDS)
    )
    some = met.with_columns(some=pl.col("surface").str.extract("^(.*?某)")).with_columns(
        every=pl.col("times").sum().over("doc", "some")
    )
    named = some.filter(pl.col("surface") != pl.col("some"))
    told = named.group_by("doc", "surface").agg(pl.col("times").sum(), pl.col("shut").any(), pl.col("every").first())
    return told.filter(pl.col("times") == pl.col("every"), (pl.col("times") >= 2) | pl.col("shut")).select(
        "doc", "surface"
    )


def _latin(letters: Letters, lexicon: Lexicon) -> pl.DataFrame:
    """教授Martin Hollis: a name in Latin letters behind a title."""
    behind = lexicon.introductions.latin
    return matches(spaced(letters), behind).select("doc", surface=pl.col("surface").str.extract(behind))


def _addressed(texts: pl.DataFrame, lexicon: Lexicon) -> pl.DataFrame:
    """杨女士, 陈太太: whom the paper calls by the surname alone."""
    holding = texts.filter(pl.col("text").str.contains(lexicon.introductions.courtesy))
    return matches(holding, lexicon.introductions.addressed).select(
        "doc", surface=pl.col("surface").str.extract(lexicon.introductions.addressed)
    )


def _composed(letters: Letters, lexicon: Lexicon) -> pl.DataFrame:
    """乌云毕力格, 次仁卓玛: two parts or more of which such names are made."""
    parts = lexicon.words["name_part"]
    begun = opened(letters, parts)
    followed = begun[:-1][np.diff(begun) <= max(map(len, parts))]
    return matches(lines_of(letters, followed), lexicon.introductions.composed).select("doc", "surface")
