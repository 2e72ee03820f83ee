"""A number and its unit taken apart: 近一个半月, 10至20万, 上千元, 五年多."""

from __future__ import annotations

import re

from transforms import numerals
from transforms.figures.amounts import Amount, Reading, amount, bounded, scaled
from transforms.figures.grammar import SPANNING, Grammar, Unit

SECONDS = {
    "ms": 1e-3,
    "s": 1.0,
    "min": 60.0,
    "h": 3600.0,
    "d": 86400.0,
    "wk": 604800.0,
    "mo": 2592000.0,
    "a": 31536000.0,
}
_MEASURED = {"duration", "age", "physical"}
_METRIC = {"n": 1e-9, "u": 1e-6, "m": 1e-3, "c": 1e-2, "k": 1e3, "M": 1e6, "G": 1e9}
# 翻番 beyond this is no quantity, and no floating point number either.
MOST_DOUBLINGS = 64
_GROWING = ("个月", "天", "周", "个星期")
"""Units of an infant's age: 3个月大; a 周年大会 is no age."""
_HALF_UNIT = re.compile(r"个[半多余](月|小时|星期|世纪)")
_TERRITORIES = ("省", "市", "县", "地")
"""六市, 三地: counted without a measure word; 两地 is as often both places."""
_SCALED_TAIL = re.compile("[万亿]+$")
_WRITTEN_OUT = re.compile("[十百千万亿]")
_ON_CHEQUES = ("伍", "陆")
_SO_MANY_LIANG = re.compile("[二三四五六七八九]两")
_COUNTABLE = re.compile("[十百千万亿兆]")
# 三四年 may be 1934; no year is written with 两.
_COUNTABLE_YEARS = re.compile("[十百千万亿半两]")
NOTHING_BUT_MULTIPLIERS = re.compile(r"[十百千万亿兆]+")


def quantity(text: str, grammar: Grammar) -> Reading | None:
    """The quantity of a number and its unit, or of a range of two."""
    found = grammar.quantity.fullmatch(text)
    if found is None:
        return None
    return measured_range(found, grammar) if found["number2"] else measured(found, grammar)


def measured_range(found: re.Match[str], grammar: Grammar) -> Reading | None:
    """Two numbers and the unit they share; falling ranges are suspect."""
    text1, unit1 = _unit(found, 1, grammar)
    text2, unit2 = _unit(found, 2, grammar)
    if unit2 is None and unit1 is None and not (found["mark1"] or found["mark2"]):
        unit_kind: Unit | None = None
    else:
        unit_kind = unit2 or unit1
    first, last = amount(found["number1"] + (found["more1"] or "")), amount(found["number2"] + (found["more2"] or ""))
    if first is None or last is None or first.low_or_value is None or last.high_or_value is None:
        return None
    low, high = first.low_or_value, last.high_or_value
    # 10至20万: the multiplier of the second number counts for the first as well.
    tail = _SCALED_TAIL.search(found["number2"])
    if tail and not unit1 and low < high and not _WRITTEN_OUT.search(found["number1"]) and low < 1e4:
        low *= numerals.value("一" + tail[0]) or 1.0
    mark = found["mark1"] or found["mark2"]
    if mark:
        unit_kind = Unit("money", grammar.currencies[mark], 1.0)
    if unit_kind is None:
        if NOTHING_BUT_MULTIPLIERS.fullmatch(found["number1"]) or len(found["number1"]) == len(found["number2"]) == 1:
            return None
        unit_kind = Unit("range", "", 1.0)
    # 1个至2个百分点: the 个 belongs to the unit behind.
    f1 = unit1.factor if unit1 and not (unit1.kind == "count" and unit_kind.kind == "percent") else unit_kind.factor
    low, high = low * f1, high * unit_kind.factor
    if unit1 and unit1.unit != unit_kind.unit and {unit1.kind, unit_kind.kind} <= _MEASURED:
        low, high, unit_kind = _in_smaller(low, unit1, high, unit_kind)
    kind = {"count": "range"}.get(unit_kind.kind, unit_kind.kind)
    falling = low is not None and high is not None and low > high
    if found["tail"] == "大" and (text2 or text1) in _GROWING:
        kind = "age"
    return Reading(
        0,
        found.end() if kind == "age" or not found["tail"] else found.start("tail"),
        kind,
        None,
        high if falling else low,
        low if falling else high,
        unit_kind.unit or None,
        is_suspect=falling,
        note="range runs downwards" if falling else None,
        unit_text=text2 or text1,
    )


def _in_smaller(low: float, first: Unit, high: float, last: Unit) -> tuple[float | None, float | None, Unit]:
    """Both ends of a range in the smaller of two units: 28个月至5年, 800米至2公里; none where neither holds the other."""
    times = _times_of(last.unit, first.unit)
    if times is None:
        return None, None, last
    return (low, high * times, last._replace(unit=first.unit)) if times > 1 else (low / times, high, last)


def _times_of(unit: str, other: str) -> float | None:
    """How many of the other a unit is: 12 months a year, 1000 m a km. A year is twelve months, whatever their days."""
    if {unit, other} == {"mo", "a"}:
        return 12.0 if unit == "a" else 1 / 12
    if unit in SECONDS and other in SECONDS:
        return SECONDS[unit] / SECONDS[other]
    if unit[1:] == other or unit == other[1:]:
        return _METRIC.get(unit[0]) if unit[1:] == other else 1 / _METRIC[other[0]] if other[0] in _METRIC else None
    return None


def measured(found: re.Match[str], grammar: Grammar) -> Reading | None:
    """One number with its unit, None where it counts nothing (一个, 百姓)."""
    number, lead, tail = found["number1"], found["lead"] or "", (found["tail"] or "").strip()
    unit_text, unit = _unit(found, 1, grammar)
    found_amount = amount(number + (found["more1"] or ""))
    if found_amount is None or _is_no_number(found, unit):
        return None
    if found["mark1"]:
        mark_end = found.end() if unit is None or unit.kind == "money" else found.start("unit1")
        priced = Unit("money", grammar.currencies[found["mark1"]], 1.0)
        return _priced(found, found_amount, mark_end, priced)
    kind = ("percent" if tail.startswith("成") else "count") if unit is None else unit.kind
    reading = Reading(
        0,
        found.end(),
        kind,
        *found_amount[:3],
        unit.unit or None if unit else None,
        found_amount.qualifier,
        unit_text=unit_text,
    )
    reading = _halves(reading, number, unit_text, tail)
    reading = _times(reading, unit, tail)
    reading = _tail(reading, found)
    if reading.kind == "duration" and reading.unit is None:
        return None
    if lead == "上" and number[0] not in "十百千万亿":
        return reading._replace(start=1)
    if lead == "上":
        return reading._replace(low=reading.value or reading.low, value=None, high=None, qualifier="at_least")
    if lead == "这":
        is_group = reading.kind == "count" and number[0] in "两三四五六七八九十"
        return reading if is_group else reading._replace(start=1)
    if lead in SPANNING or lead.endswith("前"):
        return reading._replace(start=len(lead))
    if lead == "最近":
        return reading._replace(start=0 if tail else 2)
    if lead:
        return bounded(reading._replace(start=2 if lead == "逼近" else 0), "less_than")
    return reading._replace(is_bare=unit is None and not tail)


def _unit(found: re.Match[str], side: int, grammar: Grammar) -> tuple[str, Unit | None]:
    text = (found[f"unit{side}"] or "").strip()
    if not text:
        return text, None
    compound = _HALF_UNIT.fullmatch(text)
    return text, grammar.units.get("个" + compound[1] if compound else text)


def _vague_one(number: str, unit_text: str, unit: Unit) -> bool:
    """一 before a measure word is an article, not a number: 一个, 一名, 一项; 一年 is no duration either."""
    if number not in ("一", "壹") or unit.factor > 1:
        return False
    return unit.kind == "count" or unit_text in ("年", "天", "周", "块", "分", "世纪", "里", "星期", "度")


def _priced(found: re.Match[str], found_amount: Amount, end: int, unit: Unit) -> Reading:
    """A price whose currency stands before the number: US$40."""
    start = found.start("mark1")
    return Reading(start, end, "money", *found_amount[:3], unit.unit, found_amount.qualifier)


def _is_no_number(found: re.Match[str], unit: Unit | None) -> bool:
    """Whether what is written like a number is a word, or part of one."""
    number, text, tail = found["number1"], (found["unit1"] or "").strip(), (found["tail"] or "").strip()
    if text == "大":
        return len(number) > 1 or number not in "两三四五六七八九十"
    if found["mark1"]:
        # 日币一直跌 is no price.
        return number in ("数", "几", "半") or (number == "一" and not text)
    # 二两 are so many liang, no number. 登陆台湾, 伍家: as one letter these numerals of cheques are rather words.
    if _SO_MANY_LIANG.search(number) or number in _ON_CHEQUES:
        return True
    if unit is None and tail.startswith("成"):
        return numerals.neighbours(number) is None and (
            len(number) > 1 or number not in "一二两三四五六七八九123456789"
        )
    return number[0] not in "0123456789０１２３４５６７８９" and _is_no_numeral(found, number, unit, text, tail)


def _is_no_numeral(found: re.Match[str], number: str, unit: Unit | None, text: str, tail: str) -> bool:
    """The same of a number in Chinese characters, with the `text` of its unit and what stands behind that."""
    lead = found["lead"] or ""
    bound = found["more1"] or lead in ("近", "上", "不到", "接近", "将近", "不足")
    if text == "角":
        return True
    if number in ("零", "〇"):
        return unit is None or unit.kind == "count"
    if unit is not None and unit.only_arabic and len(number) < 2:
        return not (text in _TERRITORIES and number in "三四五六七八九")
    # 这几年, 近几天: a time, not how long it was.
    if number == "几" and lead in ("这", "近", "最近"):
        return True
    if number in ("数", "几"):
        return unit is None or unit.kind in ("count", "multiple") or text in ("块", "分", "度", "里")
    if number == "半":
        return unit is None or unit.kind not in ("duration", "physical", "multiple") or text in ("天", "分", "P", "度")
    if NOTHING_BUT_MULTIPLIERS.fullmatch(number) and number != "十":
        return not bound and not (
            unit is not None and (unit.kind in ("age", "money") or len(number) > 1 or found["tail"])
        )
    if unit is None:
        if bound and lead != "上":
            # 走近一看 comes near to nothing.
            return number == "一"
        if lead == "上":
            return not NOTHING_BUT_MULTIPLIERS.fullmatch(number)
        # 五点八 is a number by itself, 五 is none.
        return number == "十" or not (_COUNTABLE.search(number) or "点" in number)
    if unit.unit == "a" and found["unit1"] == "年" and len(number) > 1 and not _COUNTABLE_YEARS.search(number):
        return True
    lasting = lead in ("近", "最近", "不到", *SPANNING)
    # 一度大跌: what happened once is no angle.
    is_one = number == "一" and text == "度"
    return bool(_vague_one(number, text, unit) and (is_one or not tail) and not lasting) or (
        number in ("一", "壹") and unit.kind == "count" and unit.factor == 1
    )


def _halves(reading: Reading, number: str, unit_text: str, tail: str) -> Reading:
    """一个半月 -> 1.5, 三年半 -> 3.5; 两个多月 -> more than 2."""
    half = "半" in unit_text or (tail.startswith("半") and reading.kind in ("duration", "age"))
    if half and reading.value is not None and number != "半":
        return reading._replace(value=reading.value + 0.5)
    if ("多" in unit_text or "余" in unit_text) and reading.value is not None:
        return reading._replace(low=reading.value, value=None, qualifier="more_than")
    return reading


def _times(reading: Reading, unit: Unit | None, tail: str) -> Reading:
    """Apply the factor of the unit; 两番 -> fourfold, 三成五 -> 0.35."""
    if tail.startswith("成") and reading.kind == "percent" and unit is None:
        if reading.value is None:
            tenths = {"low": scaled(reading.low, 0.1), "high": scaled(reading.high, 0.1)}
            return reading._replace(**tenths, unit="ratio", unit_text="成")
        if tail[1:] in ("多", "余"):
            share = scaled(reading.value, 0.1)
            return reading._replace(value=None, low=share, qualifier="more_than", unit="ratio", unit_text="成")
        digits = 5.0 if tail[1:] == "半" else numerals.value(tail[1:]) if len(tail) > 1 else 0.0
        return reading._replace(value=((reading.value or 0) * 10 + (digits or 0)) / 100, unit="ratio", unit_text="成")
    if unit is None:
        return reading
    if reading.unit_text == "折" and reading.value is not None and reading.value >= 10:
        # 85折 is written without its point.
        return reading._replace(value=reading.value / 100)
    if reading.unit_text == "个数量级":
        fold = None if reading.value is None or reading.value > MOST_DOUBLINGS else 10.0**reading.value
        return reading._replace(value=fold, unit="ratio")
    if reading.unit_text == "番":
        fold = None if reading.value is None or reading.value > MOST_DOUBLINGS else 2.0**reading.value
        return reading._replace(value=fold, unit="ratio")
    return reading._replace(
        value=scaled(reading.value, unit.factor),
        low=scaled(reading.low, unit.factor),
        high=scaled(reading.high, unit.factor),
    )


def _tail(reading: Reading, found: re.Match[str]) -> Reading:
    """What stands behind the unit: 多 or 余 opens the value upwards, 前 makes a date, 大 an age."""
    tail, kind = found["tail"] or "", reading.kind
    if tail[:1] in ("多", "余"):
        reading = reading._replace(low=reading.value or reading.low, value=None, high=None, qualifier="more_than")
        if reading.unit_text == "番":
            return reading._replace(end=reading.end - len(tail))
    if tail.endswith("前") and kind == "duration" and not found["lead"]:
        return reading._replace(
            kind="date", value=None, low=None, high=None, qualifier=None, unit=None, note="before the day of writing"
        )
    if tail == "大" and reading.unit_text in _GROWING:
        return reading._replace(kind="age")
    if tail == "级":
        if kind == "money" and reading.value is not None:
            return reading._replace(low=reading.value, value=None, qualifier="at_least")
        return reading._replace(end=reading.end - 1)
    if tail in ("来", "以来") and kind == "duration" and found["lead"] in ("近", "最近"):
        return reading
    if (
        tail in ("大", "来", "以来", "前", "以前", "成", "内", "以内", "之内")
        and not (tail == "成" and kind == "percent")
    ) or (tail[:1] == "半" and kind not in ("duration", "age")):
        return reading._replace(end=reading.end - len(tail))
    return reading
