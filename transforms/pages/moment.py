"""When a page says its article was published: to machines, to readers beside the title, in its address."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Mapping, Sequence
from itertools import pairwise

_NAMES = (
    "article:published_time", "og:published_time", "datepublished", "pubdate", "publishdate", "publish_time",
    "publishtime", "pubtime", "publication_date", "firstpublishedtime", "dc.date.issued", "article:create_at",
    "apub:time", "og:time", "og:release_date", "firstcreatetime", "date.available", "datecreated", "date", "dc.date",
    "weibo: article:create_at",
)  # fmt: skip
# A page that is rewritten and says nothing else is as old as its last version, as where a text says 更新时间.
_CHANGED_NAMES = ("datemodified", "dateupdate", "article:modified_time", "og:updated_time")
_JSON_LD = (
    re.compile(r'"(?:datePublished|pubDate)"\s*:\s*"(\d{4}[-/]\d{1,2}[-/]\d{1,2}[^"]{0,20})"'),
    re.compile(r'"dateCreated"\s*:\s*"(\d{4}[-/]\d{1,2}[-/]\d{1,2}[^"]{0,20})"'),
)
# What a page's own script calls the second its article came out, or was made: WeChat says it nowhere else.
_ASSIGNED = re.compile(r"=\s*[\"']((?:19|20)\d\d-\d\d-\d\d[^\"']{0,20}|1\d{9})[\"']")
_VARIABLE = re.compile(
    r"(?:var\s+|,\s*)(?:ct|\w{0,12}(?:[pP]ub(?:lish(?:ed)?)?|[cC]reated?)_?(?:[tT]ime|[dD]ate|_?[aA]t))\s*$"
)
VARIABLE_CHARACTERS = 40
# What the data a page is made from calls it; that of one article alone is that of the page's.
_HELD = re.compile(
    r"\"(?:publish|pub|create)d?_?(?:[tT]ime|[dD]ate|_?[aA]t)\"\s*:\s*"
    r"\"?((?:19|20)\d\d-\d\d-\d\d(?:[T ]\d\d:\d\d[^\"]{0,14})?|1\d{9}(?=\d{3}\D|\D))"
)
# Seconds are counted from here: what is midnight in Greenwich is eight o'clock in China.
EPOCH = dt.datetime(1970, 1, 1, 8, tzinfo=dt.timezone(dt.timedelta(hours=8)))
DATE = re.compile(
    r"(?<!\d)(?:19|20)\d{2}\s?(?:[-/.]\s?[01]?\d\s?[-/.]\s?[0-3]?\d(?!\d)|年\s?[01]?\d\s?月\s?[0-3]?\d\s?日)"
    r"(?:[T\s,，]*[0-2]?\d[:：时][0-5]\d(?:[:：][0-5]\d)?)?"
)
_LABELLED = re.compile(
    rf"(?:[发發][布佈表]|[时時][间間]|日期|刊登|上[传傳]|[编編][辑輯][于於]|[Pp]osted (?:@|on))(?:[时時][间間]|日期|[于於])?\s?[:：]?\s?({DATE.pattern})"
)
# As terminals print it: 'Wed May  1 08:30:00 2024'.
_CTIME = re.compile(
    r"(?<![A-Za-z])(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun) (Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec) {1,2}(\d{1,2}) "
    r"([0-2]\d:[0-5]\d:[0-5]\d) ((?:19|20)\d\d)\b"
)
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
# As software prints it that nobody translated: 'May 1, 2024'.
_ENGLISH = re.compile(
    r"\b(Jan|Feb|Mar|Apr|May|June?|July?|Aug|Sept?|Oct|Nov|Dec)[a-z]{0,6}\.? (\d{1,2})(?:st|nd|rd|th)?, ((?:19|20)\d\d)\b"
)
# As software prints it that was translated word for word, 'May' as 五月: '五月 1st, 2024', '5月 01, 2024'.
_MONTH_FIRST = re.compile(
    r"(?<![\d十])(十[一二]?|[一二三四五六七八九]|1[0-2]|0?[1-9])月 ?([0-3]?\d)(?:st|nd|rd|th)?, ?((?:19|20)\d\d)(?!\d)"
)
# As boards of pictures print it: '24/05/01(三)08:30:00'.
_SHORT_YEAR = re.compile(
    r"(?<![\d/-])([0-3]\d)[/-]([01]\d)[/-]([0-3]\d) ?[(（][日一二三四五六月火水木金土][)）] ?(?=[0-2]\d:[0-5]\d)"
)
_DIGITS_OF = {
    "一": 1,
    "二": 2,
    "三": 3,
    "四": 4,
    "五": 5,
    "六": 6,
    "七": 7,
    "八": 8,
    "九": 9,
    "十": 10,
    "十一": 11,
    "十二": 12,
}
_HALF = re.compile(r"(?<!\d)(1[0-2]|0?\d)(:[0-5]\d(?::[0-5]\d)?) ?([ap])\.?m\b", re.IGNORECASE)
_CLOSING = re.compile(rf"[(（\[【]?({DATE.pattern})[)）\]】]?.{{0,12}}$")
# A page that tells both says which was first.
_FIRST = re.compile(
    rf"({DATE.pattern})\s*(?:首次[发發][布佈表]|首[发發])|首次[发發][布佈表](?:[于於])?\s?[:：]?\s*({DATE.pattern})"
)
# A calendar leaf: the day in an element of its own, beside year and month.
_DAY = re.compile(r"([0-3]?\d)\s?日?")
_MONTH = re.compile(r"((?:19|20)\d\d)\s?[-/.年]\s?([01]?\d)\s?月?")
# A copyright begins in a year, and the day a page is looked at stands on many of them, mostly with its day of the week.
_NO_DATELINE = re.compile(r"©|今[天日]|[农農][历曆]")
# When somebody joined, or last changed what he wrote.
_JOINED = re.compile(r"(?:[注註][册冊]|加入[于於日时時]|最[后後](?:[登访訪在编編更回]|由 )).*")
_WEEKDAY = re.compile(r"星期|[周週][一二三四五六日]")
_ADDRESS = re.compile(
    r"/(20\d{2})[-/]?([01]\d)[-/]?([0-3]\d)/|/(20\d{2})-([01]\d)/([0-3]\d)/|/t(20\d{2})([01]\d)([0-3]\d)_"
)


def published(
    page: str,
    stated: Mapping[str, str],
    near: Sequence[str],
    behind: Sequence[str],
    closing: Sequence[str],
    pointed: Callable[[], str | None],
    url: str | None,
) -> str | None:
    """The date as the page states it, the exacter of two equal ones.

    `near`: the lines around the beginning of the article that are no prose; `behind`: those below its end, where only
    a date with a label counts; `closing`: those of the article's own end, where one with a clock counts that stands
    nowhere else; `stated`: the page's meta elements; `pointed` tells the moment that only attributes name.
    """
    machine, visible = _machine(page, stated), _visible([_JOINED.sub("", text) for text in near], behind)
    if machine and visible and ":" in visible and ":" not in machine and _day(machine) == _day(visible):
        return visible
    if found := machine or visible or _scripted(page) or pointed():
        return found
    if address := date_in(url) or _clocked(closing):
        return address
    return _dated(stated, _CHANGED_NAMES)


def is_dated(line: str) -> bool:
    """Whether a line names a day, in digits, in English, or as translated software has it."""
    return any(form.search(line) is not None for form in (DATE, _ENGLISH, _MONTH_FIRST, _SHORT_YEAR))


def dates(line: str) -> bool:
    """Whether a line names the day something was written, not the one somebody joined or changed it."""
    return is_dated(_JOINED.sub("", line))


def date_in(url: str | None) -> str | None:
    """The day an address names as a folder, as news sites do."""
    found = _ADDRESS.search(url or "")
    return "-".join(part for part in found.groups() if part) if found else None


def _day(text: str) -> list[str]:
    return [number.zfill(2) for number in re.findall(r"\d+", text)[:3]]


def _dated(stated: Mapping[str, str], names: Sequence[str]) -> str | None:
    """The first of these elements that holds a date."""
    for name in names:
        if found := DATE.search(stated.get(name, "")):
            return stated[name] if len(stated[name]) <= 40 else found[0]
    return None


def _machine(page: str, stated: Mapping[str, str]) -> str | None:
    if date := _dated(stated, _NAMES):
        return date
    if '"date' not in page and '"pubDate"' not in page:
        return None
    found = next((found for pattern in _JSON_LD if (found := pattern.search(page))), None)
    return found[1] if found else None


def _visible(near: Sequence[str], behind: Sequence[str]) -> str | None:
    """The date readers see: the first of two it tells, with a label, else with a time, else any near the title."""
    first = next((found[1] or found[2] for text in near if "首" in text and (found := _FIRST.search(text))), None)
    if first is not None:
        return first
    labelled = [found[1] for text in near if (found := _LABELLED.search(text))]
    plain = [(text, found[0]) for text in near if not _NO_DATELINE.search(text) and (found := DATE.search(text))]
    undoubted = [date for text, date in plain if not _WEEKDAY.search(text)]
    dates = labelled or undoubted or [date for _, date in plain]
    dates = dates or [found[1] for text in behind if (found := _LABELLED.search(text))][:1]
    return max(dates, key=lambda date: ":" in date, default=None)


def _clocked(closing: Sequence[str]) -> str | None:
    """The last moment, day and clock, that a line beginning with it tells: '(2024-05-01 08:30) 午间新闻'."""
    found = [found[1] for text in closing if (found := _CLOSING.match(text))]
    return next((date for date in reversed(found) if ":" in date), None)


def in_order(lines: Sequence[str]) -> list[str]:
    """Lines with their dates as year, month, day: those of terminals, and those of calendar leaves put together."""
    leaves = [_leaf(one, other) or _leaf(other, one) for one, other in pairwise(lines)]
    return [_year_ordered(line) for line in lines] + [leaf for leaf in leaves if leaf]


def _year_ordered(line: str) -> str:
    """A line with its date as year, month, day and its clock in 24 hours."""
    if not any(sign.isdigit() for sign in line):
        return line
    line = _ENGLISH.sub(_from_english, _CTIME.sub(_year_first, line))
    if line.isascii() and "m" not in line.lower():
        return line
    return _HALF.sub(_of_24_hours, _SHORT_YEAR.sub(r"20\1-\2-\3 ", _MONTH_FIRST.sub(_from_month, line)))


def _from_month(found: re.Match[str]) -> str:
    month, day, year = found.groups()
    return f"{year}-{_DIGITS_OF.get(month) or int(month):02}-{day.zfill(2)}"


def _of_24_hours(found: re.Match[str]) -> str:
    hour, rest, half = found.groups()
    return f"{int(hour) % 12 + 12 * (half in 'pP'):02}{rest}"


def _year_first(found: re.Match[str]) -> str:
    month, day, time, year = found.groups()
    return f"{year}-{_MONTHS.index(month) + 1:02}-{day.zfill(2)} {time}"


def _from_english(found: re.Match[str]) -> str:
    month, day, year = found.groups()
    return f"{year}-{_MONTHS.index(month[:3]) + 1:02}-{day.zfill(2)}"


def _leaf(day: str, month: str) -> str | None:
    """The date of a line that is a day and one that is year and month."""
    found, named = _DAY.fullmatch(day), _MONTH.fullmatch(month)
    return f"{named[1]}-{named[2].zfill(2)}-{found[1].zfill(2)}" if found and named else None


def _scripted(page: str) -> str | None:
    """The date in the page's own script, else the only one in its data; a count of seconds is written out."""
    assigned = (
        found[1]
        for found in _ASSIGNED.finditer(page)
        if _VARIABLE.search(page[max(0, found.start() - VARIABLE_CHARACTERS) : found.start()])
    )
    moment = next(assigned, None)
    held = set(_HELD.findall(page)) if moment is None else {moment}
    if len(held) != 1:
        return None
    moment = held.pop()
    return (EPOCH + dt.timedelta(seconds=int(moment))).isoformat() if moment.isdigit() else moment
