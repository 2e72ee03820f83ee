"""Judgement about scripts as data: the seed table of the script room."""

from __future__ import annotations

from typing import ClassVar

import dataframely as dy

from transforms.tables.base import Table, about, choice

KINDS = [
    "char_map", "genuine", "bug", "standard_variant", "taiwan_variant", "vocabulary", "taiwan_phrase",
    "mainland_phrase", "mainland_word", "restore", "protect", "simplified",
]  # fmt: skip


class ScriptOverride(Table):
    """One row per rule about scripts (seeds/script_overrides.csv).

    Evidence, `pattern` is a Rust regular expression counted in Traditional text: `char_map` what only a character
    map writes, `genuine` what it never writes, `bug` what only a phrase converter gets wrong so, `standard_variant`
    and `taiwan_variant` forms of characters, `vocabulary` words of the region in `replacement`, `taiwan_phrase` and
    `mainland_phrase` the two sides of phrase conversion, `mainland_word` what it leaves.
    Words, `pattern` is literal: `restore` a Taiwan phrase and its Simplified original, `protect` a word that only
    looks like one, `simplified` a word as character by character conversion leaves it and what it is to be: itself where
    it only looks like one that is to change.
    """

    NAME: ClassVar[str] = "ref.script_overrides"
    ABOUT: ClassVar[str] = "文字规则 / one row per rule about scripts, with its proof"

    rule_id = dy.String(primary_key=True, metadata=about("规则号", "name of the rule"))
    kind = choice(KINDS, "种类", "what the rule is for")
    pattern = dy.String(metadata=about("模式", "regular expression of evidence, or the literal word"))
    replacement = dy.String(nullable=True, metadata=about("替换", "what the word becomes; the region of vocabulary"))
    hit = dy.String(metadata=about("正例", "a text in which the rule fires"))
    miss = dy.String(metadata=about("反例", "a text the rule leaves alone"))
