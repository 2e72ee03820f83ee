"""Quantities that are more than a number and a unit: dates, ranks, fractions, spans of time, frost, comparisons."""

from __future__ import annotations

import re
from collections.abc import Callable

from transforms import numerals
from transforms.dates import grammar as dates
from transforms.figures.amounts import Reading, amount, bounded, scaled
from transforms.figures.grammar import OPENERS, SEP, Grammar, Unit
from transforms.figures.quantities import SECONDS, quantity

_RELATIVE_ONLY = re.compile(
    rf"(?:{dates.RELATIVE_DAY}|{dates.WEEKDAY}|{dates.WEEK}|{dates.RECENT}|{dates.FESTIVAL_DAY}|{dates.NEAR_YEAR}|{dates.NEAR_MONTH})"
)
_BYGONE = re.compile("公元(前?)([0-9]+)年")
_HAS_NUMBER = re.compile(r"[0-9０-９〇零一二两三四五六七八九十]|[上下]半年|元年|年[初底末]")


_LOST_POWER = re.compile(r"(?P<number>.+?) ?[×xX*] ?10(?P<power>[1-9１-９][0-9０-９]?)(?P<unit>[^0-9０-９]*)")
MOST_BEFORE_POWER, MOST_POWER = 100, 30
"""What is multiplied by a power of ten is a small number, and the power one that measures something: 1920×1080 and
2×1050MW are two numbers, 4×100 and 20×1000 have no power in them."""


def _broken(text: str, grammar: Grammar) -> Reading | None:
    """5×1021: a power of ten whose exponent is no longer raised."""
    found = _LOST_POWER.fullmatch(text)
    number = numerals.value(found["number"]) if found else None
    if found is None or number is None or number >= MOST_BEFORE_POWER or int(found["power"]) > MOST_POWER:
        return None
    power, unit = int(found["power"]), found["unit"].strip()
    note = f"exponent lost: perhaps {found['number']}×10^{power}"
    return Reading(0, len(text), "physical", number * 10.0**power, unit=unit or None, is_suspect=True, note=note)


def _date(text: str, grammar: Grammar) -> Reading | None:
    if (
        (_RELATIVE_ONLY.fullmatch(text) and "（" not in text)
        or not _HAS_NUMBER.search(text)
        or text.startswith(("周", "週", "星期", "礼拜", "禮拜"))
    ):
        return None
    is_range = re.search(dates.SEP, text) and not re.fullmatch(dates.ISO, text)
    kind = "date_range" if is_range or re.fullmatch(dates.MONTH_PAIR, text) else "date"
    return Reading(0, len(text), kind, date_text=text)


def _bygone(text: str, grammar: Grammar) -> Reading:
    """公元前120年至公元前50年: years before ours are negative; no date type has them."""
    years = [(-1 if before else 1) * float(year) for before, year in _BYGONE.findall(numerals.folded(text))]
    if len(years) == 1:
        return Reading(0, len(text), "date", years[0])
    return Reading(0, len(text), "date_range", low=min(years), high=max(years))


def _days(text: str, grammar: Grammar) -> Reading | None:
    """近5日, 刑1年6月: days or months, the word before them left out."""
    within = re.match(r"(.+)[日天](?:以|之)?内", numerals.folded(text))
    days = numerals.value(within[1]) if within else None
    if within:
        return None if days is None else Reading(0, within.end(1) + 1, "duration", days, unit="d", unit_text="天")
    found = re.search(r"(\d+)(?:日|年(?:(\d+)个?月)?)$", numerals.folded(text))
    if found is None:
        return None
    start = len(text) - len(found[0])
    if found[0].endswith("日"):
        return Reading(start, len(text), "duration", float(found[1]), unit="d", unit_text="天")
    if found[2] is None:
        return Reading(start, len(text), "duration", float(found[1]), unit="a", unit_text="年")
    return Reading(start, len(text), "duration", 12.0 * int(found[1]) + int(found[2]), unit="mo", unit_text="月")


def _time(text: str, grammar: Grammar) -> Reading:
    approx = bool(re.search(r"许|多|左右", text))
    return Reading(0, len(text), "time", qualifier="approx" if approx else None)


def _rank(text: str, grammar: Grammar) -> Reading | None:
    parts = re.findall(
        r"[0-9]+\.[0-9]+|[0-9０-９零〇一二两三四五六七八九十百千万亿壹贰叁肆伍陆柒捌玖拾]+", text.replace("个百年", "")
    )
    numbers = [number for part in parts for number in numerals.neighbours(part) or (numerals.value(part),)]
    stated = [number for number in numbers if number is not None]
    if not stated:
        return None
    if len(stated) > 1:
        return Reading(0, len(text), "range", low=min(stated[:2]), high=max(stated[:2]))
    tail = re.search(r"^[^0-9０-９一二三四五六七八九十百千万]*[0-9０-９〇零一二三四五六七八九十百千万.]+(.*)$", text)
    unit = tail[1] if tail else ""
    # 全国第一 says where; of 全球第四家 and 排名前十 the number is the rank.
    begin = max(text.find("第"), text.find("前")) if unit or "前" in text else 0
    is_rank = text[begin] != "第" or unit in ("", "名", "位") or "个" in unit
    return Reading(begin, len(text), "rank" if is_rank else "ordinal", stated[0], unit=unit or None)


def _fraction(text: str, grammar: Grammar) -> Reading | None:
    lead = re.match(r"近|不到|不足", text)
    # 近1/3 is quoted as 1/3: the adverb before an Arabic number is a qualifier, not part of the number.
    start = lead.end() if lead and lead[0] == "近" and text[1:2].isdigit() else 0
    body = text[lead.end() :] if lead else text
    if body.startswith("百分之"):
        reading = _percent(body)
    elif _VAGUE_SHARE.match(body):
        reading = _vague_share(body)
    else:
        number = (
            numerals.value(re.sub(r"(\d+) (\d+)[/／]", r"\1又\2/", body)) if " " not in body.strip() else _mixed(body)
        )
        reading = None if number is None else Reading(0, 0, "ratio", number, unit="ratio")
    if reading is None:
        return None
    reading = reading._replace(start=start, end=len(text))
    return bounded(reading, "less_than") if lead else reading


_VAGUE_SHARE = re.compile("[几数](?P<parts>[十百千万亿]+) ?分 ?之 ?(?P<share>.+)")


def _vague_share(text: str) -> Reading | None:
    """几万分之一: between one in ninety thousand and one in twenty thousand."""
    found = _VAGUE_SHARE.fullmatch(text)
    parts = numerals.value("一" + found["parts"]) if found else None
    share = numerals.value(found["share"]) if found else None
    if not parts or share is None:
        return None
    return Reading(0, 0, "ratio", None, share / (9 * parts), share / (2 * parts), "ratio", "approx")


def _mixed(text: str) -> float | None:
    whole = re.fullmatch(r"([0-9０-９]+) ([0-9０-９]+[/／][0-9０-９]+)", text)
    if not whole:
        return numerals.value(text)
    a, b = numerals.value(whole[1]), numerals.value(whole[2])
    return None if a is None or b is None else a + b


def _percent(text: str) -> Reading | None:
    parts = [part for part in re.split(r"百分之|~|～|-|–|—|至|到", text) if part]
    read_parts = [amount(part) for part in parts]
    known = [part for part in read_parts if part is not None]
    if len(known) != len(parts) or not known:
        return None
    if len(known) == 2:
        low, high = scaled(known[0].low_or_value, 0.01), scaled(known[1].high_or_value, 0.01)
        reading = Reading(0, 0, "percent", None, low, high, "ratio")
        if low is None or high is None or low <= high:
            return reading
        return reading._replace(low=high, high=low, is_suspect=True, note="range runs downwards")
    one = known[0]
    return Reading(
        0,
        0,
        "percent",
        scaled(one.value, 0.01),
        scaled(one.low, 0.01),
        scaled(one.high, 0.01),
        "ratio",
        one.qualifier,
    )


def _half(text: str, grammar: Grammar) -> Reading:
    if text.startswith("过"):
        return Reading(0, len(text), "ratio", low=0.5, unit="ratio", qualifier="more_than")
    return Reading(0, len(text), "ratio", 0.5, unit="ratio")


def _span(text: str, grammar: Grammar) -> Reading | None:
    """8天20小时, 一年零三个月: one duration in the smallest unit it names."""
    if text.endswith("半时") and not text.endswith("个半时"):
        # 三天半时间: 时 belongs to the next word.
        return quantity(text.removesuffix("时"), grammar)
    names = sorted((name for name, unit in grammar.units.items() if unit.kind == "duration"), key=len, reverse=True)
    pattern = re.compile(rf" ?又?零?(?P<number>[^又]+?)(?P<half>个?半)? ?(?P<unit>{'|'.join(names)}|时|分)")
    seconds, smallest, at = 0.0, "s", 0
    for part in pattern.finditer(text):
        number = numerals.value(part["number"].strip("余多 "))
        unit = {"时": "h", "分": "min"}.get(part["unit"]) or grammar.units[part["unit"]].unit
        if number is None or part.start() != at:
            return None
        seconds += number * SECONDS.get(unit, 0)
        smallest, at = unit, part.end()
    rest = text[at:]
    if rest:
        seconds += int(numerals.folded(rest)) / 10 ** len(rest)
    # A year is twelve months, whatever their days.
    years, rest_of_year = divmod(seconds, SECONDS["a"]) if smallest == "mo" else (0.0, seconds)
    value = years * 12 + rest_of_year / SECONDS.get(smallest, 1.0)
    return Reading(0, len(text), "duration", value, unit=smallest)


_DEGREES = re.compile(r"([-−－]?)([0-9０-９.]+) ?(?:℃|°C|摄氏度)")


_BELOW_ZERO = re.compile(r"零下.*?(?:℃|°C|摄氏度|度).")
"""零下40摄氏度到150摄氏度: frost has its own unit, so what follows lies above zero."""


def _cold(text: str, grammar: Grammar) -> Reading | None:
    if text.startswith("摄氏") or _BELOW_ZERO.match(text):
        return _warm(text)
    # -40℃至85℃: the upper bound may be above zero; 零下 counts for both.
    signed = [(-1 if sign else 1) * (numerals.value(number) or 0.0) for sign, number in _DEGREES.findall(text)]
    if "零下" not in text and len(signed) == 2:
        return Reading(0, len(text), "temperature", None, min(signed), max(signed), "Cel")
    numbers = [
        numerals.value(n) for n in re.findall(r"[0-9０-９.]+|[一二两三四五六七八九十零百]+", text.replace("零下", ""))
    ]
    stated = [-abs(number) for number in numbers if number is not None]
    stated = stated or [-number for number in numerals.neighbours(re.sub("零下|摄氏度|度| ", "", text)) or ()]
    if not stated:
        return None
    if len(stated) > 1:
        return Reading(0, len(text), "temperature", None, min(stated), max(stated), "Cel")
    return Reading(0, len(text), "temperature", stated[0], unit="Cel")


def _warm(text: str) -> Reading | None:
    """摄氏105度, 零下40摄氏度到150摄氏度: each side with the sign it says."""
    parts = [part for part in re.split(r"(?:~|～|-|–|—|－|至|到|─)", text) if part]
    numbers = [amount(re.sub("零[上下]|摄氏度?|℃|°C|度| ", "", part)) for part in parts]
    stated = [number for number in numbers if number is not None]
    if not stated or len(stated) != len(parts):
        return None
    if len(stated) == 1:
        return Reading(0, len(text), "temperature", *stated[0][:3], "Cel", stated[0].qualifier)
    signed = [
        -(number.low_or_value or 0.0) if "零下" in part else (number.high_or_value or 0.0)
        for part, number in zip(parts, stated, strict=True)
    ]
    return Reading(0, len(text), "temperature", None, min(signed), max(signed), "Cel")


def _notation(text: str, grammar: Grammar) -> Reading | None:
    start = 1 if text[0] in OPENERS else 0
    owed = quantity(text[start + 1 :], grammar) if text[start] in "-−－" else None
    if owed is not None and owed.value is not None and owed.kind in ("money", "percent"):
        return owed._replace(start=start, end=owed.end + start + 1, value=-owed.value)
    found = re.fullmatch(r"(.*?[0-9０-９][万亿]*)([^0-9０-９万亿]*)", text[start:])
    if not found:
        return None
    number = numerals.value(numerals.folded(found[1]).replace("ｅ", "e"))
    return None if number is None else Reading(start, len(text), "count", number, unit=found[2] or None)


_ENDS = re.compile(r"(?P<number>[负0-9０-９.,〇零一二两三四五六七八九十百千万亿兆点半]+)(?P<unit>.*)", re.DOTALL)


def _between(text: str, grammar: Grammar) -> Reading | None:
    """20和30之间: one range, 之间 left out."""
    body = text.removesuffix("间").removesuffix("之")
    parts = re.split("[和与到至、]", body)
    sides = _two(parts[0], parts[1], grammar) if len(parts) == 2 else None
    if sides is None:
        return None
    first, last, unit = sides
    kind = unit.kind if unit and unit.kind != "count" else "range"
    reading = Reading(0, len(body), kind, None, min(first, last), max(first, last), unit.unit if unit else None)
    return reading if first <= last else reading._replace(is_suspect=True, note="range runs downwards")


def _two(first: str, last: str, grammar: Grammar) -> tuple[float, float, Unit | None] | None:
    a, b = _ENDS.fullmatch(first.strip()), _ENDS.fullmatch(last.strip())
    if not a or not b:
        return None
    low, high = numerals.value(a["number"]), numerals.value(b["number"])
    before, unit = grammar.units.get(a["unit"].strip()), grammar.units.get(b["unit"].strip())
    # 6个月至1岁 are no six years.
    if before and unit and before.unit != unit.unit:
        return None
    unit = unit or before
    factor = unit.factor if unit else 1.0
    return None if low is None or high is None else (low * factor, high * factor, unit)


_SIDES = re.compile("(?P<first>[0-9.]+|[一二三四五六七八九十]+)[比∶:：-](?P<last>[0-9]+|[一二三四五六七八九十]+)")


def _against(text: str, grammar: Grammar) -> Reading | None:
    """3比1, 以29比21: one number against another, the words around them left out; to nil there is no ratio."""
    sides = _SIDES.search(text)
    if sides is None:
        return None
    # 球队19:30出发
    if text[0] == "队" and text.endswith(sides["last"]) and len(sides["last"]) > 1:
        return Reading(*sides.span(), "time")
    first, last = numerals.value(sides["first"]), numerals.value(sides["last"])
    if first is None or last is None:
        return None
    return Reading(*sides.span(), "ratio", first / last if last else None, unit="ratio", note="one against another")


_COMPOUND = re.compile(rf"(?P<first>[0-9０-９.,．，]+)(?:{SEP}(?P<last>[0-9０-９.,．，]+))? ?(?P<unit>[A-Za-zμ].*)")


def _compound(text: str, grammar: Grammar) -> Reading | None:
    """0.12μSv/h, 105～150 U/L: the unit as it is written, unless it is a listed one."""
    found = _COMPOUND.fullmatch(text)
    numbers = [numerals.value(number) for number in (found["first"], found["last"]) if number] if found else []
    stated = [number for number in numbers if number is not None]
    if found is None or not stated or len(stated) != len(numbers):
        return None
    kind, unit, factor, _ = grammar.units.get(found["unit"]) or Unit("physical", found["unit"], 1.0)
    reading = Reading(0, len(text), kind, unit=unit or None, unit_text=found["unit"])
    if len(stated) == 1:
        return reading._replace(value=stated[0] * factor)
    return reading._replace(low=min(stated) * factor, high=max(stated) * factor)


def _height(text: str, grammar: Grammar) -> Reading | None:
    """1米93: metres and centimetres."""
    metre = grammar.units["米"]
    value = float(numerals.folded(text).replace("米", "."))
    return Reading(0, len(text), metre.kind, value * metre.factor, unit=metre.unit, unit_text="米")


def _coins(text: str, grammar: Grammar) -> Reading | None:
    """3块9: yuan and tenths of one."""
    yuan, tenths = (numerals.value(part) for part in text.removesuffix("毛").split("块"))
    if yuan is None or tenths is None:
        return None
    return Reading(0, len(text), "money", yuan + tenths / 10, unit="CNY", unit_text="块")


READERS: dict[str, Callable[[str, Grammar], Reading | None]] = {
    "broken": _broken, "bygone": _bygone, "date": _date, "time": _time, "rank": _rank, "fraction": _fraction, "half": _half,
    "notation": _notation, "days": _days, "between": _between,
    "against": _against, "compound": _compound, "height": _height, "coins": _coins, "span": _span, "cold": _cold, "quantity": quantity,
}  # fmt: skip
