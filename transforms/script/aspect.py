"""The character 著 in Simplified text: 着 where it marks aspect, 著 where it means to write or be manifest."""

from __future__ import annotations

import polars as pl

from transforms.script.rows import with_rows

# 着 unless one of these claims it.
_KEPT = [
    "著名",
    "著作",
    "著述",
    "著书",
    "著者",
    "著称",
    "著录",
    "著文",
    "著译",
    "著说",
    "著有",
    "著写",
    "著撰",
    "著于",
    "著《",
    "》著",
    "显著",
    "卓著",
    "昭著",
    "彰著",
    "原著",
    "名著",
    "专著",
    "编著",
    "合著",
    "巨著",
    "论著",
    "遗著",
    "译著",
    "拙著",
    "所著",
    "土著",
    "撰著",
    "主著",
    "见著",
]
# Verbs that take the particle even before 名, 作, 书 …: 随着名单 is not 随 + 著名.
_TURNED = [
    "随着",
    "意味着",
    "沿着",
    "朝着",
    "顺着",
    "跟着",
    "接着",
    "看着",
    "围绕着",
    "伴随着",
    "走着",
    "拿着",
    "带着",
    "想着",
    "说着",
    "笑着",
    "站着",
    "坐着",
    "等着",
    "忙着",
    "穿着",
    "执着",
    "沉着",
    "附着",
    "胶着",
    "向着",
    "对着",
    "为着",
    "指着",
    "怀着",
    "靠着",
    "凭着",
    "本着",
    "借着",
    "握着",
    "抱着",
    "面临着",
    "承担着",
    "扮演着",
]
_WORDS = {word: word for word in _KEPT} | {word.replace("着", "著"): word for word in _TURNED} | {"著": "着"}
_TABLE = {pattern: _WORDS[pattern] for pattern in sorted(_WORDS, key=len, reverse=True)}


def turn_aspect(texts: pl.Series) -> pl.Series:
    """Every Simplified text with its aspect 著 written 着; OpenCC leaves that character alone."""
    rows = texts.str.contains("著", literal=True).fill_null(False).arg_true()
    if rows.is_empty():
        return texts
    return with_rows(texts, rows, texts.gather(rows).str.replace_many(_TABLE, leftmost=True))
