"""Repairs at character level, in the order that keeps the evidence: what is invisible, forms, byte shift, pinyin, glyphs, stray spaces."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial

import polars as pl

from transforms.metadata.judgement import Judgement
from transforms.repair.gbk_shift import gbk_shift_edits
from transforms.repair.glyphs import FORM, form_edits, glyph_edits
from transforms.repair.pinyin import pinyin_edits
from transforms.repair.readings import CLOSING, LETTER, OPENING, TONED
from transforms.repair.spaces import STRAY, invisible_edits, space_edits
from transforms.spans import apply, compose

# No repair is made in a line without one of these, so that one cheap look decides for most lines.
DAMAGE = (
    rf"(?i)[?？\x{{fffd}}□★☆<>&{TONED}]|{STRAY}|{FORM}|/p>|[,，、。；;][,，、？?！!。；;：:※◆◇●○■□▲△▼▽◎*＊]"
    rf"|{OPENING} ?\p{{Bopomofo}}|{OPENING} ?{LETTER}|{LETTER}[1-5]?{CLOSING}|^{CLOSING}"
)


@dataclass(frozen=True)
class Repaired:
    """Lines with their edits carried out, the edits in coordinates of the original lines, and docs still damaged."""

    lines: pl.DataFrame
    edits: pl.DataFrame
    damaged: pl.Series


def repair_lines(lines: pl.DataFrame, judgement: Judgement) -> Repaired:
    """`lines` (doc, line, base, …) with a column `text`: `base` after every repair."""
    lines = lines.with_columns(text=pl.col("base"), is_suspect=pl.col("base").str.contains(DAMAGE))
    unseen = invisible_edits(lines)
    lines = apply(lines, unseen)
    forms = form_edits(lines)
    lines, edits = apply(lines, forms), compose(unseen, forms)
    shifted, damaged = gbk_shift_edits(lines.filter("is_suspect"))
    lines, edits = apply(lines, shifted), compose(edits, shifted)
    for step in (pinyin_edits, glyph_edits, partial(space_edits, judgement=judgement)):
        more = step(lines)
        lines = apply(lines, more)
        edits = compose(edits, more)
    return Repaired(lines.drop("is_suspect"), edits, damaged)
