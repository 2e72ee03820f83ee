"""Taiwan phrases a converter put into Mainland text, taken back word by word."""

from __future__ import annotations

from functools import cache

import polars as pl

from transforms.points import edge
from transforms.script.converter import Converter
from transforms.script.dictionaries import current


def restore_phrases(texts: pl.Series, overrides: pl.DataFrame) -> pl.Series:
    """Traditional texts known to come from s2twp, each phrase it put in replaced by its Simplified original.

    A word is taken back if one candidate gives it by s2twp and the candidate is no other than the seed table names,
    or the only one the dictionary knows. Words of `protect` stay, whatever they look like. What is left of the text
    stays Traditional.
    """
    table = restorations(overrides)
    between = edge(texts)
    joined = texts.str.join(between).str.replace_many(list(table), list(table.values()), leftmost=True)
    return joined.str.split(between).explode().alias(texts.name) if len(texts) else texts


def restorations(overrides: pl.DataFrame) -> dict[str, str]:
    """Each word with what it becomes, longest first; a protected word becomes itself."""
    known = dict(overrides.filter(kind="restore").select("pattern", "replacement").iter_rows())
    kept = overrides.filter(kind="protect")["pattern"].to_list()
    table = _unambiguous(frozenset(known) | frozenset(kept)) | known | {word: word for word in kept}
    return {word: table[word] for word in sorted(table, key=lambda word: (-len(word), word))}


@cache
def _unambiguous(decided: frozenset[str]) -> dict[str, str]:
    phrases = pl.DataFrame(list(current("TWPhrases.txt").items()), schema=["standard", "phrase"], orient="row")
    to_simplified, to_taiwan = Converter("t2s"), Converter("s2twp")
    open_phrases = phrases.filter(~pl.col("phrase").is_in(sorted(decided)))
    candidates = open_phrases.with_columns(candidate=to_simplified.convert(open_phrases["standard"]))
    proved = candidates.filter(
        (to_taiwan.convert(candidates["candidate"]) == candidates["phrase"])
        & (to_simplified.convert(candidates["phrase"]) != candidates["candidate"])
    )
    single = proved.filter(pl.col("candidate").n_unique().over("phrase") == 1)
    return dict(single.select("phrase", "candidate").iter_rows())
