"""A date expression taken apart: what it says of year, month and day, before any calendar is asked."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from transforms import numerals
from transforms.dates import eras, grammar

NEAR_YEARS = {"前年": -2, "去年": -1, "上年": -1, "今年": 0, "本年": 0, "本年度": 0, "明年": 1, "后年": 2}
NEAR_DAYS = {"大前": -3, "前": -2, "昨": -1, "今": 0, "明": 1, "后": 2, "大后": 3}
NEAR_WEEKS = {"上上": -2, "上": -1, "本": 0, "这": 0, "下": 1, "下下": 2}
WEEKDAYS = "一二三四五六日"
QUARTERS = {"一": 1, "二": 2, "三": 3, "四": 4, "1": 1, "2": 2, "3": 3, "4": 4}
# First and last month of the parts of a year; a lone month keeps month precision.
YEAR_PARTS = {"上半年": (1, 6), "下半年": (7, 12), "初": (1, 1), "底": (12, 12), "末": (12, 12), "年中": (6, 6)}
# 9月末, 9月中旬: no single day is said, and readers take either for the month.
WHOLE_MONTH = ("", "份", "中", "初", "底", "末", "上旬", "中旬", "下旬", "上中旬", "中下旬")
CENTURY_PARTS = {"初": (0, 30), "末": (70, 99), "中叶": (30, 69), "中期": (30, 69), "后期": (70, 99)} | {
    "上半叶": (0, 49), "前半叶": (0, 49), "下半叶": (50, 99), "后半叶": (50, 99),
}  # fmt: skip
DECADE_PARTS = {"初": (0, 3), "末": (7, 9), "中期": (3, 6), "后期": (6, 9)}


class Reading(NamedTuple):
    """What one date expression states. Null: not stated. Shifts count from the publication date."""

    precision: str
    year: int | None = None
    year_shift: int | None = None
    month: int | None = None
    month_shift: int | None = None
    last_month: int | None = None
    day: int | None = None
    day_shift: int | None = None
    week_shift: int | None = None
    weekday: int | None = None
    festival: str | None = None
    is_lunar: bool = False
    last_year: int | None = None
    end: Reading | None = None


_YEAR = re.compile(
    rf"(?:农历)?(?P<year>{grammar.YEAR}|1[01]\d年(?=.*月|初$|底$|[上下]半年$|第?[一二三四1-4]季度?$|$))(?P<rest>.*)",
    re.DOTALL,
)
_NEAR_YEAR = re.compile(rf"(?P<year>{grammar.NEAR_YEAR})(?P<rest>.*)", re.DOTALL)
_MONTH = re.compile(rf"(?P<lunar>农历)?(?P<month>{grammar.MONTH}|{grammar.NEAR_MONTH})(?P<rest>.*)", re.DOTALL)
_PAIR = re.compile(rf"(?P<year>{grammar.YEAR}|{grammar.NEAR_YEAR})?(?P<months>{grammar.PAIR})月份?")
_DAY = re.compile(grammar.DAY_AFTER_MONTH)
_RELATIVE_DAY = re.compile(r"(大前|大后|今|昨|前|明|后)(?:[天日晚晨早夜]|[（(](?P<day>[0-9]{1,2}))")
_WEEKDAY = re.compile(r"(上上|上|本|这|下下|下)?个?(?:周|星期|礼拜)([一二三四五六日天])?(末)?")
_DECADE = re.compile(
    r"(?:(?P<century>[0-9０-９]{1,2}|[一二三四五六七八九十]{1,3}|上个?)世纪)?(?:(?P<decade>[0-9０-９]{2,4}|[一二三四五六七八九]十|[一二][〇零○一二三四五六七八九]{3})年代)?(?P<part>初|末|中叶|中期|后期|[上下前后]半叶)?期?"
)
_RANGE = re.compile(rf"(?P<a>.+?)(?:{grammar.SEP})(?P<b>.+)", re.DOTALL)
_DAY_LIST = re.compile(grammar.DAY_LIST)
_BETWEEN = re.compile(r"、(?:\d+、)*")
_SLASHED = re.compile(r"(\d{1,2})[/／](\d{1,2})")
_ISO = re.compile(r"(\d{1,4})[-/. ](\d{1,2})[-/. ](\d{1,4})")

TOLD_YEARS = ("次年", "翌年", "同年", "当年")

# Most dates of the news, told apart from the rest by one pattern.
_PLAIN = re.compile("(?:([0-9]{4})年(?![0-9]+[日号]))?(?:(0?[1-9]|1[0-2])月)?(?:(0?[1-9]|[12][0-9]|3[01])[日号])?")


@lru_cache(maxsize=65536)
def read(text: str) -> Reading | None:
    """What a date expression states; None where it is no date after all (13月, 40日)."""
    text = text.replace(" ", "") if not _ISO.fullmatch(text) else text
    text = text.replace("週", "周").replace("禮拜", "礼拜").replace("個", "个")
    if text.startswith(TOLD_YEARS):
        text = text[2:]
    try:
        pair = _PAIR.fullmatch(text)
        if pair:
            return _range(_as_range(pair))
        if _DAY_LIST.fullmatch(text):
            return _range(_BETWEEN.sub("至", text))
        single = _plain(text) or _single(text)
        return single if single is not None else _range(text)
    except (ValueError, KeyError):
        return None


def _plain(text: str) -> Reading | None:
    """2019年5月6日 in Arabic digits, or a part of it."""
    found = _PLAIN.fullmatch(text)
    if found is None or not text:
        return None
    year, month, day = (int(part) if part else None for part in found.groups())
    precision = "day" if day else "month" if month else "year"
    return Reading(precision, year=year, month=month, day=day)


def _as_range(pair: re.Match[str]) -> str:
    """去年七八月 as 去年七月至八月."""
    months = pair["months"].replace("、", "")
    first, last = ("十一", "十二") if months in ("十一二", "十一十二") else (months[0], months[1:])
    return f"{pair['year'] or ''}{first}月至{last}月"


def _number(text: str) -> int:
    found = numerals.value(text)
    if found is None:
        raise ValueError(text)
    return int(found)


def _range(text: str) -> Reading | None:
    parts = _RANGE.fullmatch(text)
    if not parts:
        return None
    first, last = parts["a"], parts["b"]
    a, b = _end(first, last), _end(last, first)
    if a is None or b is None:
        return None
    if b.month is None and b.day is not None and a.month is not None:
        b = b._replace(month=a.month)
    return a._replace(end=b, precision="range")


def _end(text: str, other: str) -> Reading | None:
    """One end of a range: what it leaves out (年, 月, 日) is borrowed from the other end."""
    if re.fullmatch(r"[12]\d{3}", text):
        return _single(text + "年")
    if re.fullmatch(r"\d{1,2}", text):
        return _single(text + ("月" if "月" in other and "日" not in other else "日"))
    bare = re.fullmatch(rf"((?:{grammar.YEAR}|{grammar.NEAR_YEAR}))(\d{{1,2}})", text)
    if bare:
        return _single(text + "月")
    trimmed = re.fullmatch(rf".*{grammar.MONTH}\d{{1,2}}|{grammar.NEAR_MONTH}\d{{1,2}}", text)
    return _single(text + "日" if trimmed else text)


def _single(text: str) -> Reading | None:
    for form in (_iso, _era, _fixed_period, _relative, _decade, _festival):
        found = form(text)
        if found is not None:
            return found
    year = _YEAR.fullmatch(text)
    if year:
        return _in_year(year["rest"], year=_year(year["year"]), is_lunar="农历" in text)
    near = _NEAR_YEAR.fullmatch(text)
    if near:
        return _in_year(near["rest"], year_shift=NEAR_YEARS[near["year"]], is_lunar="农历" in text)
    return _in_month(text, Reading("month"))


def _year(text: str) -> int:
    numeral = text.removeprefix("中华").removesuffix("年").strip()
    if numeral.startswith("民国"):
        return 1911 + _number(numeral[2:])
    return _number(numeral) + (1911 if re.fullmatch(r"1[01]\d", numeral) else 0)


def _iso(text: str) -> Reading | None:
    slashed = _SLASHED.fullmatch(text)
    if slashed:
        return _dated(Reading("day", month=int(slashed[1]), day=int(slashed[2])))
    found = _ISO.fullmatch(text)
    if not found:
        return None
    a, month, b = (_number(part) for part in found.groups())
    year, day = (a, b) if a > 31 else (b, a)
    return _dated(Reading("day", year=year, month=month, day=day))


def _era(text: str) -> Reading | None:
    year = eras.year_of(text)
    return None if year is None else Reading("year", year=year)


def _fixed_period(text: str) -> Reading | None:
    if text in ("近日", "日前"):
        return Reading("month", year_shift=0, month_shift=0)
    if re.fullmatch(f"{grammar.YEAR_PART}|{grammar.FIRST_MONTHS}|前三季度", text):
        return _in_year(text, year=None)
    return None


def _relative(text: str) -> Reading | None:
    day = _RELATIVE_DAY.match(text)
    if day:
        return Reading("day", day_shift=NEAR_DAYS[day[1]], day=_number(day["day"]) if day["day"] else None)
    week = _WEEKDAY.fullmatch(text)
    if not week:
        return None
    shift = NEAR_WEEKS[week[1]] if week[1] else None
    if week[2]:
        return Reading("day", week_shift=shift, weekday=WEEKDAYS.index(week[2].replace("天", "日")) + 1)
    return Reading("range", week_shift=shift, weekday=6 if week[3] else None)


def _decade(text: str) -> Reading | None:
    if text.startswith("公元前"):
        return None
    text = text.removeprefix("公元")
    found = _DECADE.match(text)
    if not found or not (found["century"] or found["decade"]):
        return None
    rest = text[found.end() :]
    start, last = _span(found)
    following = _decade(rest) if rest else None
    if rest and following is None:
        return None
    return Reading("range", year=start, last_year=(following.last_year if following else None) or last)


def _span(found: re.Match[str]) -> tuple[int, int]:
    century, decade, part = found["century"], found["decade"], found["part"]
    start = 1900 if century in ("上", "上个", None) else (_number(century) - 1) * 100
    if decade is None:
        low, high = CENTURY_PARTS[part] if part else (0, 99)
        return start + low, start + high
    years = _number(decade)
    start = years if years >= 1000 else start + years
    low, high = DECADE_PARTS[part] if part else (0, 9)
    return start + low, start + high


def _festival(text: str, within: Reading | None = None) -> Reading | None:
    found = re.fullmatch(rf"的?({grammar.FESTIVAL})(?:夜|当[天日晚])?", text)
    if not found:
        return None
    return (within or Reading("day"))._replace(precision="day", festival=found[1])


def _in_year(
    rest: str, *, year: int | None = None, year_shift: int | None = None, is_lunar: bool = False
) -> Reading | None:
    base = Reading("year", year=year, year_shift=year_shift, is_lunar=is_lunar)
    rest = rest.removeprefix("年农历").removeprefix("农历") if is_lunar else rest
    rest = "" if rest == "度" else rest
    part = rest.removeprefix("年") if rest != "年中" else rest
    if not rest:
        return base
    if part in YEAR_PARTS:
        first, last = YEAR_PARTS[part]
        return base._replace(precision="range" if first != last else "month", month=first, last_month=last)
    quarter = re.fullmatch(r"(前?)第?([一二三四1-4])季度?", rest)
    if quarter:
        last = QUARTERS[quarter[2]] * 3
        first = 1 if quarter[1] else last - 2
        return base._replace(precision="range" if quarter[1] else "quarter", month=first, last_month=last)
    months = re.fullmatch(r"[前首](.+?)个?月", rest)
    if months:
        return base._replace(precision="range", month=1, last_month=_number(months[1]))
    return _festival(rest, base) or _in_month(rest, base)


def _in_month(text: str, base: Reading) -> Reading | None:
    found = _MONTH.fullmatch(text)
    if not found:
        return _day(text, base)
    name, rest = found["month"].removesuffix("月"), found["rest"]
    if found["lunar"] or name in "正腊" or rest.startswith("初"):
        base = base._replace(is_lunar=bool(found["lunar"]) or name in "正腊" or len(rest) > 1 or base.is_lunar)
    if re.fullmatch(grammar.NEAR_MONTH, found["month"]):
        shift = {"上": -1, "本": 0, "这": 0, "下": 1}[name[0]]
        base = base._replace(precision="month", month_shift=shift)
    else:
        base = base._replace(precision="month", month={"正": 1, "腊": 12}.get(name) or _number(name))
    if rest in WHOLE_MONTH:
        return _dated(base)
    return _day(rest, base)


def _day(text: str, base: Reading) -> Reading | None:
    if not _DAY.fullmatch(text):
        return None
    return _dated(base._replace(precision="day", day=_number(text.rstrip("日号").removeprefix("初"))))


def _dated(reading: Reading) -> Reading | None:
    """The reading, None where no calendar has such a month or day."""
    month, day = reading.month, reading.day
    fits = (month is None or 1 <= month <= 12) and (day is None or 1 <= day <= 31)
    return reading if fits else None
