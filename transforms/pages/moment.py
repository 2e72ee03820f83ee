"""When a page says its article was published: to machines, to readers beside the title, in its address."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Mapping, Sequence

from transforms.pages import calendars
from transforms.pages.wording import WEEKDAY, Words

# A page that is rewritten and says nothing else is as old as its last version, as where a text says 更新时间.
_JSON_LD = (
    re.compile(r'"(?:datePublished|pubDate)"\s*:\s*"(\d{4}[-/]\d{1,2}[-/]\d{1,2}[^"]{0,20})"'),
    re.compile(r'"dateCreated"\s*:\s*"(\d{4}[-/]\d{1,2}[-/]\d{1,2}[^"]{0,20})"'),
)
# What a page's own script calls the second its article came out, or was made: WeChat says it nowhere else.
_ASSIGNED = re.compile(r"=\s*[\"']((?:19|20)\d\d-\d\d-\d\d[^\"']{0,20}|1\d{9})[\"']")
_VARIABLE = re.compile(
    r"(?:var\s+|,\s*)(?:ct|\w{0,12}(?:[pP]ub(?:lish(?:ed)?)?|[cC]reated?|[rR]eleased?)_?(?:[tT]ime|[dD]ate|"
    r"_?[aA]t))\s*$"
)
VARIABLE_CHARACTERS = 40
# What the data a page is made from calls it; that of one article alone is that of the page's.
_HELD = re.compile(
    r"\"(?:publish|pub|create|release)d?_?(?:[tT]ime|[dD]ate|_?[aA]t)\"\s*:\s*"
    r"\"?((?:19|20)\d\d-\d\d-\d\d(?:[T ]\d\d:\d\d[^\"]{0,14})?|1\d{9}(?=\d{3}\D|\D))"
)
_SECONDS = re.compile(r"(1\d{9})(?:\d{3})?")
# Seconds are counted from here: what is midnight in Greenwich is eight o'clock in China.
_EPOCH = dt.datetime(1970, 1, 1, 8, tzinfo=dt.timezone(dt.timedelta(hours=8)))
DATE = re.compile(
    r"(?<!\d)(?:19|20)\d{2}\s?(?:[-/.]\s?[01]?\d\s?[-/.]\s?[0-3]?\d(?!\d)|年\s?[01]?\d\s?月\s?[0-3]?\d\s?日)"
    r"(?:[T\s,，]*[0-2]?\d[:：时][0-5]\d(?:[:：][0-5]\d)?)?"
)
_LABELLED = rf"<date_label>(?:[时時][间間]|日期|[于於])?\s?[:：]?\s?({DATE.pattern})"
_CLOSING = re.compile(rf"[(（\[【]?({DATE.pattern})[)）\]】]?.{{0,12}}$")
# A page that tells both says which was first.
_FIRST = rf"({DATE.pattern})\s*(?:<first_published>|首[发發])|<first_published>(?:[于於])?\s?[:：]?\s*({DATE.pattern})"
# The day of a paper, which stands with the moon's in its head.
_HEAD_OF_PAPER = re.compile(rf"^({DATE.pattern})\s*{WEEKDAY}.{{0,3}}[农農][历曆]")
# When somebody joined, or last changed what he wrote.
_JOINED = "<joined>.*"
# The day a page is looked at stands on many of them, mostly with its day of the week.
_WEEKDAY = re.compile(WEEKDAY)
_ADDRESS = re.compile(
    r"/(20\d{2})[-/]?([01]\d)[-/]?([0-3]\d)/|/(20\d{2})-([01]\d)/([0-3]\d)/|/t(20\d{2})([01]\d)([0-3]\d)_"
)


def published(
    words: Words,
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
    machine = _machine(words, page, stated)
    visible = _visible(words, [words.shaped[_JOINED].sub("", text) for text in near], behind)
    if machine and visible and ":" in visible and ":" not in machine and _day(machine) == _day(visible):
        return visible
    if found := machine or visible or _scripted(page) or pointed():
        return found
    if address := date_in(url) or _clocked(closing):
        return address
    return _dated(stated, words.listed["changed_meta"]) or _of_paper(near)


def is_dated(words: Words, line: str) -> bool:
    """Whether a line names a day, in whatever order or calendar."""
    return DATE.search(line) is not None or calendars.is_dated(words, line)


def tells_when(words: Words, line: str) -> bool:
    """Whether a line names the day something was written, not the one somebody joined or changed it."""
    return is_dated(words, words.shaped[_JOINED].sub("", line))


def written_out(text: str) -> str:
    """A count of seconds, or of thousandths of them, as a moment in China; anything else as it is."""
    found = _SECONDS.fullmatch(text)
    return (_EPOCH + dt.timedelta(seconds=int(found[1]))).isoformat() if found else text


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


def _machine(words: Words, page: str, stated: Mapping[str, str]) -> str | None:
    if date := _dated(stated, words.listed["published_meta"]):
        return date
    if '"date' not in page and '"pubDate"' not in page:
        return None
    found = next((found for pattern in _JSON_LD if (found := pattern.search(page))), None)
    return found[1] if found else None


def _visible(words: Words, near: Sequence[str], behind: Sequence[str]) -> str | None:
    """The date readers see: the first of two it tells, with a label, else with a time, else any near the title."""
    first = next((found[1] or found[2] for text in near if (found := words.shaped[_FIRST].search(text))), None)
    if first is not None:
        return first
    labelled = [found[1] for text in near if (found := words.shaped[_LABELLED].search(text))]
    plain = [
        (text, found[0]) for text in near if not words.shaped["<today>"].search(text) and (found := DATE.search(text))
    ]
    undoubted = [date for text, date in plain if not _WEEKDAY.search(text)]
    dates = labelled or undoubted or [date for _, date in plain]
    dates = dates or [found[1] for text in behind if (found := words.shaped[_LABELLED].search(text))][:1]
    return max(dates, key=lambda date: ":" in date, default=None)


def _of_paper(near: Sequence[str]) -> str | None:
    """The day in the head of a paper, on a page that names no other."""
    return next((found[1] for text in near if (found := _HEAD_OF_PAPER.search(text))), None)


def _clocked(closing: Sequence[str]) -> str | None:
    """The last moment, day and clock, that a line beginning with it tells: '(2024-05-01 08:30) 午间新闻'."""
    found = [found[1] for text in closing if (found := _CLOSING.match(text))]
    return next((date for date in reversed(found) if ":" in date), None)


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
    return written_out(moment)
