"""People the letters around them prove, however the segmenter cut their names: between a title and a verb of speech, by
a surname and 某 or 女士, by the parts the names of Mongols, Tibetans and Uyghurs are made of."""

from __future__ import annotations

import numpy as np
import polars as pl

from transforms.entities.candidates import candidates, matches
from transforms.entities.doors import holds, lines_of, opened
from transforms.entities.lexicon import Lexicon
from transforms.letters import Letters
from transforms.words import rarities, tags

WORDS = ["n", "v", "vn", "a", "ad", "d", "an", "r", "m", "t", "c", "i", "l", "f", "p", "b", "z", "s"]
"""Parts of speech of words of the dictionary that are nobody's name: 高度 in 专家高度评价."""


def introduced(texts: pl.DataFrame, letters: Letters, lexicon: Lexicon) -> pl.DataFrame:
    """Candidates (see candidates.py) of every such person. `texts` has doc and text, `letters` are theirs."""
    found = [_spoken(letters, lexicon), _withheld(texts, lexicon), _addressed(texts, lexicon)]
    return candidates(pl.concat([*found, _composed(letters, lexicon)]), "person", "", strength=2)


def _spoken(letters: Letters, lexicon: Lexicon) -> pl.DataFrame:
    """副局长卢国平坦言: the segmenter may cut 平坦 out of it, a title before and a verb of speech behind may not be."""
    surname = opened(letters, lexicon.title_ends) + 2
    surname = surname[holds(letters, surname, lexicon.family_letters)]
    # One or two letters of a surname, one or two of a given name.
    spoken = np.any([holds(letters, surname + size, lexicon.speech_letters) for size in (2, 3, 4)], axis=0)
    named = matches(lines_of(letters, surname[spoken]), lexicon.spoken)
    named = named.select("doc", surface=pl.col("surface").str.extract(lexicon.spoken))
    known = rarities(named["surface"])["is_known"]
    plain = pl.col("surface").str.slice(0, 1).is_in(lexicon.plain_surnames)
    given = pl.col("surface").str.slice(1).str.contains(lexicon.given_pattern)
    return named.filter(~known | (plain & ~tags(named["surface"]).is_in(WORDS)), plain | given)


def _withheld(texts: pl.DataFrame, lexicon: Lexicon) -> pl.DataFrame:
    """张某, 王某某, 李某甲: whom the paper does not name."""
    holding = texts.filter(pl.col("text").str.contains("某", literal=True))
    return matches(holding, lexicon.withheld).select("doc", surface=pl.col("surface").str.extract(lexicon.withheld))


def _addressed(texts: pl.DataFrame, lexicon: Lexicon) -> pl.DataFrame:
    """杨女士, 陈太太: whom the paper calls by the surname alone."""
    holding = texts.filter(pl.col("text").str.contains(lexicon.courtesy))
    return matches(holding, lexicon.addressed).select("doc", surface=pl.col("surface").str.extract(lexicon.addressed))


def _composed(letters: Letters, lexicon: Lexicon) -> pl.DataFrame:
    """乌云毕力格, 次仁卓玛: two parts or more of which such names are made."""
    parts = lexicon.words["name_part"]
    begun = opened(letters, parts)
    followed = begun[:-1][np.diff(begun) <= max(map(len, parts))]
    return matches(lines_of(letters, followed), lexicon.composed).select("doc", "surface")
