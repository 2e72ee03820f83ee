"""Mandarin readings of characters, toned and toneless, as data for joins and look-ups."""

from __future__ import annotations

from functools import cache
from importlib.machinery import PathFinder
from importlib.util import find_spec, module_from_spec

import polars as pl

TONED = "āáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜńňǹḿ"
PLAIN = "aaaaeeeeiiiioooouuuuüüüünnnm"
LETTER = f"[a-zêüɡɑ{TONED}]"
SYLLABLE = f"{LETTER}{{1,7}}"
# As they are typed as well: in capitals, ü as u:, the tone as a number.
TYPED = f"(?:[a-zA-ZêÊüÜɡɑ{TONED}{TONED.upper()}]|[uU]:){{1,7}}[1-5]?"
# A tone is marked, which no other writing of our texts does to so short a word.
TONE = rf"(?i:[{TONED}])|[a-zü:][1-5]"
# What a reading is put between.
OPENING, CLOSING = r"[(（\[［【]", r"[)）\]］】]"


def toneless(text: pl.Expr) -> pl.Expr:
    """A syllable in small letters without its tone; ü, as v, u: or u, becomes u."""
    bare = text.str.to_lowercase().str.replace_all("[1-5:]", "")
    return bare.str.replace_many([*TONED, "ü", "v", "ɡ", "ɑ"], [*PLAIN.replace("ü", "u"), "u", "u", "g", "a"])


@cache
def readings() -> pl.DataFrame:
    """One row per character and toneless reading: character, reading, key (both together), is_common.

    Common characters are those of the first level of GB 2312, in either script: nobody glosses their reading.
    """
    from transforms.lines import fold

    known = _dictionary()
    table = pl.DataFrame({"character": [chr(code) for code in known], "reading": list(known.values())})
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
def keys() -> frozenset[str]:
    """Every character with each of its toneless readings behind it."""
    return frozenset(readings()["key"].to_list())


@cache
def commons() -> pl.Series:
    """The characters of everyday writing, whose readings nobody glosses."""
    return readings().filter("is_common")["character"].unique().sort()


@cache
def syllables() -> frozenset[str]:
    """Every toneless syllable of Mandarin."""
    return frozenset(readings()["reading"].unique().to_list())


def _dictionary() -> dict[int, str]:
    """Code points and their toned readings, parted by commas, of the package pypinyin.

    Of the package one module alone is imported: all of it would train a segmenter that nobody here asks for anything.
    """
    package = find_spec("pypinyin")
    assert package is not None
    spec = PathFinder.find_spec("pinyin_dict", package.submodule_search_locations)
    assert spec is not None
    assert spec.loader is not None
    module = module_from_spec(spec)
    spec.loader.exec_module(module)
    return module.pinyin_dict
