"""Mandarin readings of characters, toned and toneless, as data for joins and look-ups."""

from __future__ import annotations

from functools import cache

import polars as pl

TONED = "āáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜńňǹḿ"
PLAIN = "aaaaeeeeiiiioooouuuuüüüünnnm"
LETTER = f"[a-zêüɡɑ{TONED}]"
SYLLABLE = f"{LETTER}{{1,7}}"


def toneless(text: pl.Expr) -> pl.Expr:
    """A syllable without its tone mark; ü, as v or u, becomes u."""
    return text.str.replace_many([*TONED, "ü", "v", "ɡ", "ɑ"], [*PLAIN.replace("ü", "u"), "u", "u", "g", "a"])


@cache
def readings() -> pl.DataFrame:
    """One row per character and toneless reading: character, reading, key (both together), is_common.

    Common characters are those of the first level of GB 2312, in either script: nobody glosses their reading.
    """
    from pypinyin.pinyin_dict import pinyin_dict

    from transforms.lines import fold

    table = pl.DataFrame(
        {"character": [chr(code) for code in pinyin_dict], "reading": list(pinyin_dict.values())},
    )
    common = [
        bytes((row, cell)).decode("gbk")
        for row in range(0xB0, 0xD8)
        for cell in range(0xA1, 0xFF)
        if (row, cell) < (0xD7, 0xFA)
    ]
    return (
        table.with_columns(pl.col("reading").str.split(","))
        .explode("reading")
        .with_columns(toneless(pl.col("reading")), is_common=fold(pl.col("character")).is_in(common))
        .unique()
        .with_columns(key=pl.col("character") + pl.col("reading"))
        .sort("key")
    )


@cache
def readings_of(character: str) -> frozenset[str]:
    """The toneless readings of one character."""
    return frozenset(_by_character().get(character, ()))


@cache
def _by_character() -> dict[str, list[str]]:
    grouped = readings().group_by("character").agg("reading")
    return dict(zip(grouped["character"].to_list(), grouped["reading"].to_list(), strict=True))


@cache
def syllables() -> frozenset[str]:
    """Every toneless syllable of Mandarin."""
    return frozenset(readings()["reading"].to_list())
