"""A match taken apart: what it says, its context left aside."""

from __future__ import annotations

import re
from functools import lru_cache

from transforms.figures.amounts import Reading, scaled
from transforms.figures.grammar import Grammar
from transforms.figures.phrases import READERS
from transforms.figures.quantities import measured, measured_range

REMEMBERED = 2**17
"""Readings kept between chunks: news repeats itself."""
_DATE_LIKE = re.compile(
    r"[0-9０-９]{3} ?年|[月日号]|世纪|年代|季度|[周星礼]|半年|[今明昨去上本民]|[〇零○一二三四五六七八九两][千〇零○一二三四五六七八九]{1,3}年"
    r"|[0-9０-９][-/. ][0-9０-９]+[-/. ]|^[12][0-9]{3} ?[-–—~～至到]"
)


_CALENDAR_DATE = re.compile(r"(?=.*[年月日])(?:[12]\d{3}年)?(?:(?:0?[1-9]|1[0-2])月)?(?:(?:[0-2]?[1-9]|[123]0|31)日)?")
_DIGITS = re.compile(r"(\d+(?:\.\d+)?)(万?亿?)([余多]?)(\D*)")
_EXPONENTS = {"": "", "万": "e4", "亿": "e8", "万亿": "e12"}
_SPECIAL = ("番", "打", "折", "点")
"""Units whose number is more than a number: 两番 is fourfold, 一打 twelve."""


def _plain(text: str, grammar: Grammar) -> Reading | None:
    """The two forms that make up most of the news, without the long patterns: 2019年5月6日 and 37.5万元."""
    found = _DIGITS.fullmatch(text)
    unit = grammar.units.get(found[4]) if found else None
    if found is None or unit is None or found[4] in _SPECIAL or (found[4] == "年" and len(found[1]) == 4):
        return Reading(0, len(text), "date", date_text=text) if _CALENDAR_DATE.fullmatch(text) else None
    exact = scaled(float(found[1] + _EXPONENTS[found[2]]), unit.factor)
    if found[3]:
        return Reading(0, len(text), unit.kind, None, exact, None, unit.unit or None, "more_than", unit_text=found[4])
    return Reading(0, len(text), unit.kind, exact, None, None, unit.unit or None, unit_text=found[4])


@lru_cache(maxsize=REMEMBERED)
def read(text: str, grammar: Grammar) -> Reading | None:
    """The quantity a match states, None where it states none (一个, 百姓, 三 without a unit)."""
    fast = _plain(text, grammar)
    if fast is not None:
        return fast
    # Most matches are a number and its unit: asked first wherever no date can be meant.
    plain = None if _DATE_LIKE.search(text) else grammar.quantity.fullmatch(text)
    if plain is None:
        found = grammar.forms.fullmatch(text)
        if found is not None and found.lastgroup is not None:
            return READERS[found.lastgroup](text, grammar)
        # The scan takes any run of numerals; what states a number is its beginning.
        plain = grammar.quantity.match(text)
    if plain is None:
        return None
    return measured_range(plain, grammar) if plain["number2"] else measured(plain, grammar)
