"""Readings injected in other ways than in brackets behind each character; all of them a text must show several times."""

from __future__ import annotations

from functools import lru_cache

import polars as pl

from transforms.repair.readings import CLOSING, OPENING, TONE, TONED, TYPED, commons, keys, readings, toneless
from transforms.spans import OCCURRENCE, occurrences

_LETTERS = rf"(?i:[a-zü{TONED}]){{1,7}}"
# Signs that hold more than readings (能力<li>), and no sign at all: where a text has several with their tone, it has others
# without.
_SIGNED = rf"\p{{Han}}(?:[<＜〈]{TYPED}[>＞〉]|[{{｛]{TYPED}[}}｝]|/{TYPED}/|{_LETTERS})"
_BEFORE = rf"{OPENING} ?{TYPED} ?{CLOSING}\p{{Han}}"
_BOPOMOFO = rf"\p{{Han}}{OPENING} ?[\p{{Bopomofo}}ˉˊˇˋ˙]{{1,4}} ?{CLOSING}"
_WORD = rf"\p{{Han}}{{2,4}}{OPENING} ?{_LETTERS}(?:[ '’·-]?{_LETTERS}){{1,3}} ?{CLOSING}"
REMEMBERED = 1 << 12


def in_other_signs(lines: pl.DataFrame) -> pl.DataFrame:
    """line, start, end, is_toned: readings in other signs than brackets behind their character, or in none, in `lines`
    (line, text)."""
    found = occurrences(lines, _SIGNED)
    reading = pl.col("match").str.slice(1).str.replace_all("[<＜〈>＞〉{｛}｝/]", "")
    return _read(found.with_columns(pl.col("start") + 1), pl.col("match").str.head(1) + toneless(reading))


def before_characters(lines: pl.DataFrame) -> pl.DataFrame:
    """line, start, end, is_toned: readings in brackets before their character."""
    found = occurrences(lines, _BEFORE)
    reading = toneless(pl.col("match").str.extract(f"({TYPED})"))
    return _read(found.with_columns(pl.col("end") - 1), pl.col("match").str.tail(1) + reading)


def bopomofo(lines: pl.DataFrame) -> pl.DataFrame:
    """line, start, end, is_toned: Taiwanese phonetic letters in brackets behind a character; some characters are glossed."""
    lines = lines.filter(pl.col("text").str.contains("[ㄅ-ㄩ]"))
    is_common = pl.col("match").str.head(1).is_in(commons().implode())
    found = occurrences(lines, _BOPOMOFO) if lines.height else pl.DataFrame(schema=OCCURRENCE)
    return found.select("line", pl.col("start") + 1, "end", is_toned=is_common)


def spelt_words(lines: pl.DataFrame) -> pl.DataFrame:
    """line, start, end, is_toned: the readings of whole words in one bracket behind them."""
    found = occurrences(lines, _WORD)
    parts = pl.col("match").str.extract_groups(r"^(\p{Han}+)(.+)$")
    letters = toneless(parts.struct[1].str.replace_all(r"[^\p{Latin}]", ""))
    size = parts.struct[1].str.len_chars().cast(pl.Int64)
    told = found.select("line", "end", "match", start=pl.col("end") - size, word=parts.struct[0], letters=letters)
    is_spelt = [
        any(_spells(word[-size:], letters) for size in range(2, len(word) + 1))
        for word, letters in told.select("word", "letters").iter_rows()
    ]
    return told.filter(pl.Series(is_spelt, dtype=pl.Boolean)).select("line", "start", "end", is_toned=_toned())


@lru_cache(maxsize=REMEMBERED)
def _spells(word: str, letters: str) -> bool:
    """Whether the letters are readings of the characters, one after the other."""
    if not word:
        return not letters
    return any(
        word[0] + letters[:size] in keys() and _spells(word[1:], letters[size:])
        for size in range(1, min(7, len(letters)) + 1)
    )


def _read(found: pl.DataFrame, key: pl.Expr) -> pl.DataFrame:
    """Those of `found` whose key is a character and one of its readings."""
    told = found.with_columns(key=key).join(readings(), on="key", how="semi")
    return told.select("line", "start", "end", is_toned=_toned())


def _toned() -> pl.Expr:
    return pl.col("match").str.contains(TONE)
