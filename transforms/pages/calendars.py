"""Dates as pages write them in other orders and calendars, rewritten as year, month, day in digits."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import partial
from itertools import pairwise

from transforms import numerals
from transforms.pages.wording import Words

# As terminals print it: 'Wed May  1 08:30:00 2024'.
_CTIME = (
    r"(?<![A-Za-z])(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun) (<month>) {1,2}(\d{1,2}) ([0-2]\d:[0-5]\d:[0-5]\d) ((?:19|20)\d\d)\b"
)
# As software prints it that nobody translated: 'May 1, 2024'.
_ENGLISH = r"\b(<month>)[a-z]{0,6}\.? (\d{1,2})(?:st|nd|rd|th)?, ((?:19|20)\d\d)\b"
# As software prints it that was translated word for word, 'May' as 五月: '五月 1st, 2024', '5月 01, 2024'.
_MONTH_FIRST = re.compile(
    r"(?<![\d十])(十[一二]?|[一二三四五六七八九]|1[0-2]|0?[1-9])月 ?([0-3]?\d)(?:st|nd|rd|th)?, ?((?:19|20)\d\d)(?!\d)"
)
# As boards of pictures print it: '24/05/01(三)08:30:00'.
_SHORT_YEAR = re.compile(
    r"(?<![\d/-])([0-3]\d)[/-]([01]\d)[/-]([0-3]\d) ?[(（][日一二三四五六月火水木金土][)）] ?(?=[0-2]\d:[0-5]\d)"
)
_HALF = re.compile(
    r"(?<!\d)(1[0-2]|0?\d)(:[0-5]\d(?::[0-5]\d)?) ?(?:([ap])\.?m\b|([上下])午(?![\s:：]*\d))", re.IGNORECASE
)
# As Hong Kong, Malaysia and Singapore print it: '22/5/2013 8:47'.
_DAY_FIRST = re.compile(r"(?<![\d/])([0-3]?\d)/([0-3]?\d)/((?:19|20)\d\d)(?![\d/])")
# The years of the Republic, as Taiwan counts them: '114-03-12', '中華民國九十二年十月七日'.
_REPUBLIC = re.compile(r"(?<![\d./-])(1[01]\d)[-/.](0[1-9]|1[0-2])[-/.](0[1-9]|[12]\d|3[01])(?![\d./-])")
_NUMBER = r"(?:\d{1,3}|[元〇零一二三四五六七八九十百]{1,5})"
_ERA = re.compile(rf"(?:中[華华])?民[國国]\s?({_NUMBER})\s?年\s?({_NUMBER})\s?月\s?({_NUMBER})\s?日")
# As decrees and old papers write it: '二〇二四年五月一日'.
_NUMERALS = re.compile(
    r"([一二][〇○零Ｏ一二三四五六七八九]{3})年([一二三四五六七八九十]{1,2})月([一二三四五六七八九十]{1,3})日"
)
FIRST_YEAR = 1912
LAST_MONTH = 12
# A calendar leaf: the day in an element of its own, beside year and month.
_DAY = re.compile(r"([0-3]?\d)\s?日?")
_MONTH = re.compile(r"((?:19|20)\d\d)\s?[-/.年]\s?([01]?\d)\s?月?")

_FORMS = (_MONTH_FIRST, _SHORT_YEAR, _DAY_FIRST, _REPUBLIC, _ERA, _NUMERALS)


def is_dated(words: Words, line: str) -> bool:
    """Whether a line names a day in one of these forms."""
    return words.shaped[_ENGLISH].search(line) is not None or any(form.search(line) is not None for form in _FORMS)


def in_order(words: Words, lines: Sequence[str]) -> list[str]:
    """Lines with their dates as year, month, day: each in digits, those of calendar leaves put together."""
    leaves = [_leaf(one, other) or _leaf(other, one) for one, other in pairwise(lines)]
    return [_year_ordered(words, line) for line in lines] + [leaf for leaf in leaves if leaf]


def _year_ordered(words: Words, line: str) -> str:
    """A line with its date as year, month, day and its clock in 24 hours."""
    line = _NUMERALS.sub(_from_numerals, _ERA.sub(_from_era, line))
    if not any(sign.isdigit() for sign in line):
        return line
    line = _REPUBLIC.sub(_from_republic, _DAY_FIRST.sub(_from_day_first, line))
    line = words.shaped[_CTIME].sub(partial(_year_first, words), line)
    line = words.shaped[_ENGLISH].sub(partial(_from_english, words), line)
    if line.isascii() and "m" not in line.lower():
        return line
    return _HALF.sub(_of_24_hours, _SHORT_YEAR.sub(r"20\1-\2-\3 ", _MONTH_FIRST.sub(_from_month, line)))


def _from_month(found: re.Match[str]) -> str:
    month, day, year = found.groups()
    return f"{year}-{_number(month):02}-{day.zfill(2)}"


def _from_day_first(found: re.Match[str]) -> str:
    """The day first, unless no calendar has such a month."""
    day, month, year = (int(part) for part in found.groups())
    if month > LAST_MONTH >= day:
        day, month = month, day
    return f"{year}-{month:02}-{day:02}"


def _from_republic(found: re.Match[str]) -> str:
    year, month, day = found.groups()
    return f"{int(year) + FIRST_YEAR - 1}-{month}-{day}"


def _from_era(found: re.Match[str]) -> str:
    year, month, day = map(_number, found.groups())
    return f"{year + FIRST_YEAR - 1}-{month:02}-{day:02}"


def _from_numerals(found: re.Match[str]) -> str:
    """The year digit by digit."""
    year, month, day = found.groups()
    digits = "".join(str("〇一二三四五六七八九".find(sign) if sign not in "○零Ｏ" else 0) for sign in year)
    return f"{digits}-{_number(month):02}-{_number(day):02}"


def _number(text: str) -> int:
    """A numeral of any writing; the first year of an era is 元, and what is no numeral is 0."""
    return int(numerals.value(text.replace("元", "一")) or 0)


def _of_24_hours(found: re.Match[str]) -> str:
    hour, rest, english, chinese = found.groups()
    return f"{int(hour) % 12 + 12 * ((english or chinese) in 'pP下'):02}{rest}"


def _year_first(words: Words, found: re.Match[str]) -> str:
    month, day, time, year = found.groups()
    return f"{year}-{words.months[month]:02}-{day.zfill(2)} {time}"


def _from_english(words: Words, found: re.Match[str]) -> str:
    month, day, year = found.groups()
    return f"{year}-{words.months[month]:02}-{day.zfill(2)}"


def _leaf(day: str, month: str) -> str | None:
    """The date of a line that is a day and one that is year and month."""
    found, named = _DAY.fullmatch(day), _MONTH.fullmatch(month)
    return f"{named[1]}-{named[2].zfill(2)}-{found[1].zfill(2)}" if found and named else None
