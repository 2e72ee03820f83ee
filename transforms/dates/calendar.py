"""The calendar: what a reading means on the day an article was published."""

from __future__ import annotations

from calendar import monthrange
from datetime import date, timedelta
from functools import lru_cache
from typing import NamedTuple

from lunar_python import LunarYear, Solar

from transforms.dates.reading import Reading

# Month and day; lunar where the third is true.
FESTIVALS = {
    "春节": (1, 1, True), "元宵": (1, 15, True), "端午": (5, 5, True), "七夕": (7, 7, True), "中秋": (8, 15, True),
    "重阳": (9, 9, True), "元旦": (1, 1, False), "妇女节": (3, 8, False), "清明": (4, 4, False),
    "五一": (5, 1, False), "劳动节": (5, 1, False), "儿童节": (6, 1, False), "建党节": (7, 1, False),
    "建军节": (8, 1, False), "教师节": (9, 10, False), "国庆": (10, 1, False), "双十一": (11, 11, False),
    "圣诞": (12, 25, False),
}  # fmt: skip
# A date without a year lies in the past eight months or the next four: news tells more than it announces.
PAST_DAYS = 245
MONTH_AHEAD = 45
"""Days ahead up to which a month of next year goes without 明年."""
# The lunar calendar of news; a year beyond is a slip of the pen, and reckoning one costs a millisecond.
LUNAR_YEARS = range(1600, 2201)


class Span(NamedTuple):
    """The days a date stands for, both ends included."""

    first: date
    last: date
    precision: str


class Anchor(NamedTuple):
    """What a date is read against: the day of publication, the year and month last named, and whether it is still to come."""

    published_on: date | None
    year: int | None
    month: int | None
    is_ahead: bool = False


@lru_cache(maxsize=65536)
def resolve(reading: Reading, anchor: Anchor) -> Span | None:
    """The days a reading stands for; None where nothing stated tells its year or no such day exists."""
    try:
        if reading.end is None:
            return _single(reading, anchor)
        first = _single(_centred(reading, reading.end, anchor), anchor)
        if first is None:
            return None
        # 12月28日至1月3日
        turns = (reading.month or 0) > (reading.end.month or 12) and reading.end.year is None
        last = _single(reading.end, anchor._replace(year=first.first.year + turns, month=first.first.month))
        return Span(first.first, last.last, "range") if last and last.last >= first.first else None
    except (ValueError, OverflowError):
        return None


def _centred(reading: Reading, end: Reading, anchor: Anchor) -> Reading:
    """The beginning of months or days without a year, with the year that brings their middle near the publication: in November
    1—10月 are those gone by, in April 7月至8月 those to come."""
    stated = (reading.year, reading.year_shift, reading.month_shift, anchor.year, end.year, end.year_shift)
    if anchor.published_on is None or reading.month is None or end.month is None or any(t is not None for t in stated):
        return reading
    for year in (anchor.published_on.year + shift for shift in (1, 0, -1)):
        first, last = _start(reading, year), _start(end, year + (end.month < reading.month))
        if first and last and _is_near((first + (last - first) / 2 - anchor.published_on).days):
            return reading._replace(year=year)
    return reading


def _is_near(days: int) -> bool:
    return -PAST_DAYS <= days < 365 - PAST_DAYS


def _single(reading: Reading, anchor: Anchor) -> Span | None:
    published = anchor.published_on
    if reading.last_year is not None and reading.year is not None:
        return Span(date(reading.year, 1, 1), date(reading.last_year, 12, 31), "range")
    if reading.day_shift is not None or reading.week_shift is not None or reading.weekday is not None:
        return _near(reading, published, is_ahead=anchor.is_ahead) if published else None
    year = _year(reading, anchor)
    if year is None:
        return None
    if reading.festival:
        return _whole_day(_festival(reading.festival, year))
    if reading.is_lunar and reading.month and reading.day:
        return _whole_day(_lunar(year, reading.month, reading.day))
    return _in_year(reading, anchor, year)


def _in_year(reading: Reading, anchor: Anchor, year: int) -> Span | None:
    month = reading.month
    published = anchor.published_on
    if reading.month_shift is not None:
        if published is None:
            return None
        shifted = year * 12 + published.month - 1 + reading.month_shift
        year, month = shifted // 12, shifted % 12 + 1
    if month is None and reading.day is not None:
        return _lone_day(reading.day, anchor)
    if month is None:
        return Span(date(year, 1, 1), date(year, 12, 31), "year")
    if reading.day is None:
        last = reading.last_month or month
        return Span(date(year, month, 1), date(year, last, monthrange(year, last)[1]), reading.precision)
    return _whole_day(date(year, month, reading.day))


def _whole_day(day: date) -> Span:
    return Span(day, day, "day")


def _near(reading: Reading, published: date, *, is_ahead: bool) -> Span:
    if reading.day_shift is not None:
        return _whole_day(_counted(published + timedelta(reading.day_shift), reading.day))
    monday = published - timedelta(published.weekday()) + timedelta(weeks=reading.week_shift or 0)
    if reading.weekday is None:
        return Span(monday, monday + timedelta(6), "range")
    day = monday + timedelta(reading.weekday - 1)
    if reading.precision == "range":
        return Span(day, day + timedelta(1), "range")
    # 周三 alone is the last one gone by, today included; what happens 将于周三 does so then or on the next one.
    if reading.week_shift is None and is_ahead:
        return _whole_day(day + timedelta(7) if day < published else day)
    return _whole_day(day - timedelta(7) if reading.week_shift is None and day > published else day)


def _counted(day: date, stated: int | None) -> date:
    """今（13）日 in an article that appeared on the 14th is the 13th: the day stated, if it is near."""
    near = [day + timedelta(shift) for shift in (0, -1, 1, -2, 2, -3)]
    return next((other for other in near if stated is None or other.day == stated), day)


def _year(reading: Reading, anchor: Anchor) -> int | None:
    published = anchor.published_on
    if reading.year is not None:
        return reading.year
    if reading.year_shift is not None or reading.month_shift is not None:
        return published.year + (reading.year_shift or 0) if published else None
    if anchor.year is not None:
        return anchor.year
    if published is None:
        return None
    if reading.month is None and reading.festival is None:
        return published.year
    # 年底: of the year of writing, however far it is.
    if reading.last_month == reading.month is not None:
        return published.year
    candidates = [_start(reading, published.year + shift) for shift in (1, 0, -1, -2, -3, -4)]
    fitting = [day for day in candidates if day is not None]
    if anchor.is_ahead and reading.month is not None:
        # 将于3月2日 in an article of the week after is not of next year.
        return min((day.year for day in fitting if (published - day).days <= MONTH_AHEAD), default=None)
    window = [day for day in fitting if _is_near((day - published).days)]
    past = [day for day in fitting if day <= published]
    chosen = window or past or fitting
    if not chosen:
        return None
    # In October 1月 is the one gone by: of the next one is said 明年1月.
    far = reading.day is None and reading.festival is None and (chosen[0] - published).days > MONTH_AHEAD
    return chosen[0].year - (far and chosen[0].year > published.year)


def _start(reading: Reading, year: int) -> date | None:
    """First day of the reading (of its last month, if it has several) in that year, None where the year lacks it (29 February)."""
    try:
        if reading.festival:
            return _festival(reading.festival, year).replace(year=year)
        return date(year, reading.last_month or reading.month or 1, reading.day or 1)
    except ValueError:
        return None


def _lone_day(day: int, anchor: Anchor) -> Span | None:
    """14日: of the month last named, else of the publication's month, or of the one before if still far ahead."""
    published = anchor.published_on
    if anchor.year is not None and anchor.month is not None:
        return _whole_day(date(anchor.year, anchor.month, day))
    if published is None:
        return None
    year, month = published.year, published.month
    for _ in range(12):
        if day <= monthrange(year, month)[1] and (date(year, month, day) - published).days <= 10:
            return _whole_day(date(year, month, day))
        year, month = (year, month - 1) if month > 1 else (year - 1, 12)
    return None


def _festival(name: str, year: int) -> date:
    if name in ("除夕", "大年三十"):
        return _lunar(year, 1, 1) - timedelta(1)
    if name.startswith("大年初"):
        return _lunar(year, 1, "一二三四五六七八".index(name[3]) + 1)
    key = next(key for key in FESTIVALS if name.startswith(key) or name.endswith(key))
    month, day, lunar = FESTIVALS[key]
    if lunar:
        return _lunar(year, month, day)
    return date(year, month, day)


def _lunar(year: int, month: int, day: int) -> date:
    """The Gregorian day of a lunar one. Raises ValueError for a day the calendar lacks."""
    if year not in LUNAR_YEARS:
        raise ValueError(f"no lunar calendar of {year}")
    first, days = _lunar_months(year).get(month, (date.min, 0))
    if not 1 <= day <= days:
        raise ValueError(f"no lunar day {year}-{month}-{day}")
    return first + timedelta(day - 1)


@lru_cache(maxsize=1024)
def _lunar_months(year: int) -> dict[int, tuple[date, int]]:
    """The Gregorian first day and the days of each month of a lunar year; a leap month has a negative number."""
    return {
        month.getMonth(): (_gregorian(month.getFirstJulianDay()), month.getDayCount())
        for month in LunarYear.fromYear(year).getMonthsInYear()
    }


def _gregorian(julian_day: float) -> date:
    solar = Solar.fromJulianDay(julian_day)
    return date(solar.getYear(), solar.getMonth(), solar.getDay())
