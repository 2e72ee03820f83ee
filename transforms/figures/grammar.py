"""How quantities are written: one pattern built from the seeds, read by polars (Rust) and Python alike."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import NamedTuple

import polars as pl

from transforms.dates import eras
from transforms.dates.grammar import BEFORE_OURS, COMMON_DATE, DATE, PART_OF_DAY, RANGE, RARE_DATES
from transforms.rare import Alternatives

_D = "[0-9０-９]"
_ARABIC = rf"(?:{_D}{{1,3}}(?:,{_D}{{3}})+(?:[.．]{_D}+)?|[０-９]{{1,3}}(?:，[０-９]{{3}})+|{_D}+(?:[.．]{_D}+)?)"
# Traditional numerals stand in the rare text that mixes scripts; reading folds them.
_DIGIT = "[〇零一二两兩三四五六七八九壹贰貳叁參肆伍陆陸柒捌玖俩倆]"
_MULTIPLIER = "[十百千万萬亿億兆拾佰仟廿卅]"
_CHAR = "[〇零一二两兩三四五六七八九壹贰貳叁參肆伍陆陸柒捌玖俩倆十百千万萬亿億兆拾佰仟廿卅]"
# 7万5千4百, 3万4000, 1兆5,127亿: Arabic digits between Chinese multipliers.
_MIXED = rf"{_ARABIC}(?: ?[十百千万亿兆]{{1,3}}(?: ?零?(?:{_D}{{1,3}}(?:,{_D}{{3}})+|{_D}+)(?: ?[百千万亿]{{1,2}}))*(?:零?(?:{_D}{{1,3}}(?:,{_D}{{3}})+|{_D}{{1,4}}))?)?"
_CHINESE = rf"[数几半]?{_CHAR}(?: ?{_CHAR})*(?: ?点 ?{_DIGIT}+{_MULTIPLIER}*)?|[数几半]"
_POWER = rf"(?:{_ARABIC} ?[×xX*] ?)?10[⁻⁺]?[⁰¹²³⁴⁵⁶⁷⁸⁹]+"
_MORE = r"(?: ?[余多几来](?: ?[十百千万亿兆]{1,3})?)"
WHOLE = rf"(?:{_POWER}|{_MIXED}|{_CHINESE})"
NUMBER = rf"(?:负?{WHOLE}{_MORE}?)"
SEP = r"(?: ?(?:~|～|-|–|—|——|－|至|到|─) ?)"
# Whatever may be a number, cheaply: the scan takes the run, the reading judges it.
_RUN_ON = rf"(?:{_D}|[.．]{_D}|[,，]{_D}{{3}}|[十百千万萬亿億] {_D}| ?{_CHAR}| ?[点點] ?{_DIGIT}| ?[余餘多几幾来來]| ?[×xX*] ?10[⁻⁺⁰¹²³⁴⁵⁶⁷⁸⁹]+|[⁻⁺]?[⁰¹²³⁴⁵⁶⁷⁸⁹]+)"
_RUN = rf"(?:[负負]?(?:(?:{_D}|{_CHAR}){_RUN_ON}*|[数數几幾半](?:{_CHAR}{_RUN_ON}*)?))"
_HALF_UNIT = "(?:(?:个半|个多|个余)(?:月|小时|星期|世纪))"
_SIGNED = rf"[-−－]?{_D}+(?:\.{_D}+)?"
_TIME_OF_DAY = "(?:凌晨|清晨|早上|早晨|早|上午|中午|下午|傍晚|晚上|晚间|晚|深夜|夜里|午夜|当地时间|北京时间)"
TIME = (
    rf"(?:{_TIME_OF_DAY} ?(?:{_D}{{1,2}}|[一二两三四五六七八九十零]{{1,3}})(?:时|点钟?|[:：]{_D}{{2}})(?:零?{_D}{{1,2}}分(?:{_D}{{1,2}}秒)?|半|[一二三四五六七八九十零]{{1,3}}分?|一刻)?(?:许|多|左右)?"
    rf"|{_D}{{1,2}}[:：]{_D}{{2}}(?:[:：]{_D}{{2}})?|{_D}{{1,2}}(?:时|点){_D}{{1,2}}分?(?:{_D}{{1,2}}秒)?(?:许|左右)?|零[时点]{_D}{{1,2}}分|{_D}{{1,2}}(?:时|点)(?:许|半|左右)|{_D}{{1,2}}时)"
)
_DEGREE = "(?:℃|°C|摄氏度|度)"
_SCOPE = "(?:全球|世界|全国|亚洲|全省|全市|国内|国际|行业|全区|全县|全校|欧洲|中国|我国|本省|同比|环比|总成绩|总分)"
_ORDINAL_TAIL = "(?:代|财季|季|个工作日|个交易日|个百年|个年头|阶段|梯队|梯次|方阵|赛段|赛季|轮次)"
FRACTION = (
    rf"(?:(?:负?{WHOLE} ?又 ?)?(?:负?{WHOLE}) ?分 ?之 ?(?:负?{WHOLE})(?:{_MULTIPLIER})?|(?:{_D}+ )?{_D}+[/／]{_D}+)"
)
OPENERS = "[有为是到达在于约的由从益润额率值幅比速，：（( ]"
"""What a minus sign must stand behind to be one."""
SPANNING = ("过去", "未来", "为期", "历时", "长达", "整整")
"""Before one year or one day that lasts: without them 一年 is as often no number."""
BEFOREHAND = "[提此之婚产赛术]前"
"""提前7个月 is no 前7个月, from January on."""
_NEARLY = "最近|接近|将近|逼近|不到|不足|近"
_TAIL = "[多余半](?:以前|前)?|级|大|以?来|前| ?成[一二三四五六七八九多余半]?"
"""What belongs to a number before it, and behind its unit."""
# 近5日, 刑1年6月: a span of time, though it looks like a date.
DAYS = rf"(?:(?:近|连续|连|逾|满|达|为期|历时|长达|[需时期]约|共){_D}{{1,2}}日|(?:{_D}{{1,3}}|[一二三四五六七八九十]{{1,3}})[日天](?:以|之)?内|刑期?{_D}{{1,2}}年(?:{_D}{{1,2}}个?月)?)"
HALF = "(?:半数|一半|过半数?)"
_PERCENTS = rf"[0-9.]+%{SEP}[0-9.]+%|[0-9.]+%[多余]?"
"""5%至8% is a range, of 下滑6.2%至8.13亿元 only the share."""
_WON_OR_LOST = "(?:战胜|击败|不敌|取胜|获胜|逆转|险胜|大胜|完胜|轻取|力克|战平|横扫|领先|落后|完败|惜败)"
_SCORE = "(?:[0-9]{1,3}|[一二三四五六七八九十]{1,2})"
SCORE = (
    rf"(?:{_SCORE}[比∶]{_SCORE}|(?:以|[战打踢扳]成|比分|比例|配比|比率)[约为是达的]{{0,2}}{_SCORE}[:：-]{_SCORE}"
    rf"|{_SCORE}[:：]{_SCORE}{_WON_OR_LOST}|队{_SCORE}[:：]{_SCORE}{_WON_OR_LOST}?)"
)
"""29比21, 以3:2, 3:0横扫: two numbers against each other; without such words 3:20 is a time of day."""
HEIGHT = f"[12]米{_D}{{2}}"
"""1米93: how tall somebody is."""
COINS = f"(?:{_D}{{1,3}}|[两三四五六七八九十])块(?:{_D}|[一二三四五六七八九])毛?"
"""3块9: a price as it is spoken."""
_UNIT_LETTERS = r"[A-Za-zΩμ]+[⁻⁰¹²³]*(?:[·⋅/][A-Za-zΩμ]+[⁻⁰¹²³]*)+"
_COMPOUND = rf"{_ARABIC}(?:{SEP}{_ARABIC})? ?(?:[kMmμnGcdh]?(?:mol|g|m|s|A|V|W|Wh|J|Pa|Hz|L|l|Sv|Bq|eV|cal|b|B|IU|U|N|lm|Gy)[⁻⁰¹²³]*)(?:[·⋅/][A-Za-zΩμ]+[⁻⁰¹²³]*)+"
"""0.12μSv/h, 11.2μmol·m⁻²·s⁻¹: a unit made of others."""
# Where none of these stands, no form of that pass can.
_DATE_CUE = r"[年月日号周週期拜旬季世《+@/.\[-]|www|[0-9]{3}|[今昨明前] ?[（(]"
_MARK_CUE = "[第届大会比∶氏×xX*时点:：分秒钟半之/／零−－-]|个[月星世礼季]|[年天周]零?[0-9〇零一二三四五六七八九十]|前[0-9０-９一二两三四五六七八九十百]|[0-9]版|°|℃"
_RARE_CUE = rf"[A-Za-zΩμ⁻⁰¹²³][·⋅/][A-Za-zΩμ]|[间^eEｅ]|{OPENERS}[-−－.]"
# 5×1021: the exponent lost its raised position somewhere on the way.
BROKEN_POWER = rf"{_ARABIC} ?[×xX*] ?10{_D}{{1,3}}(?: ?{_UNIT_LETTERS}| ?[A-Za-z]{{1,4}}|年)?"

_UNIT_COLUMNS = ["unit_text", "kind", "unit", "factor"]
WORDS_AROUND = [
    "money_cue", "money_noun", "price_cue", "home", "qualifier_before", "qualifier_behind", "noun", "designation",
    "heat_cue", "angle_cue", "power_cue", "power_use",
]  # fmt: skip
"""Kinds of seeds/units.csv that are no unit: what stands around a quantity or tells of the article."""
_IDIOM_COLUMNS = ["rule_id", "precedes", "pattern"]


class Unit(NamedTuple):
    """What the text of a unit stands for."""

    kind: str
    unit: str
    factor: float
    only_arabic: bool = False


class Form(NamedTuple):
    """What one pass of the scan looks for.

    pattern: quantities, and what only looks like one and is taken before it; cue: without it none can stand in a clause.
    """

    pattern: Alternatives
    cue: str | None = None

    @classmethod
    def after(cls, idioms: list[str], quantities: str, cue: str | None = None) -> Form:
        """Quantities, and idioms that only look like one and are taken before them.

        All in one, the idioms outgrow the regex engine's cache; in two patterns they are found in a third of the time.
        """
        halves = tuple("|".join(half) for half in (idioms[::2], idioms[1::2]) if half)
        return cls(Alternatives("|".join([*idioms, quantities]), quantities, halves), cue)


@dataclass(frozen=True, eq=False)
class Grammar:
    """The patterns of one set of seeds; one object per set, so that what was read by it can be remembered."""

    scan: tuple[Form, ...]
    idiom: str
    per: str
    priced: str
    forms: re.Pattern[str]
    quantity: re.Pattern[str]
    units: dict[str, Unit]
    currencies: dict[str, str]

    @cached_property
    def unit_table(self) -> pl.DataFrame:
        """The units as a frame: unit_text, kind, unit; a number is multiplied by `times` or else divided by `share`."""
        rows = [
            (text, unit.kind, unit.unit or None, max(unit.factor, 1.0), max(round(1 / unit.factor), 1.0))
            for text, unit in self.units.items()
        ]
        schema = {
            "unit_text": pl.String,
            "kind": pl.String,
            "unit": pl.String,
            "times": pl.Float64,
            "share": pl.Float64,
        }
        return pl.DataFrame(rows, schema=schema, orient="row")


def alternatives(texts: list[str]) -> str:
    """One of these literal texts, the longest that fits; those of one character share a class, which is asked last."""
    long = sorted((text for text in texts if len(text) > 1), key=lambda text: (-len(text), text))
    short = "".join(re.escape(text) for text in sorted(texts) if len(text) == 1)
    return "(?:" + "|".join([re.escape(text) for text in long] + ([f"[{short}]"] if short else [])) + ")"


def one_of(units: pl.DataFrame, kind: str) -> str:
    """One of the texts of a kind of seeds/units.csv."""
    return alternatives(units.filter(kind=kind)["unit_text"].to_list())


def build(units: pl.DataFrame, idioms: pl.DataFrame) -> Grammar:
    """The patterns for seeds/units.csv and seeds/figure_idioms.csv (frames of strings)."""
    numbered = idioms.filter(~pl.col("precedes").is_in(["event", "quarter"]))
    return _built(tuple(units.select(_UNIT_COLUMNS).iter_rows()), tuple(numbered.select(_IDIOM_COLUMNS).iter_rows()))


@lru_cache(maxsize=4)
def _built(unit_rows: tuple[tuple[str, ...], ...], idiom_rows: tuple[tuple[str, ...], ...]) -> Grammar:
    units = pl.DataFrame(unit_rows, schema=dict.fromkeys(_UNIT_COLUMNS, pl.String), orient="row")
    idioms = pl.DataFrame(idiom_rows, schema=dict.fromkeys(_IDIOM_COLUMNS, pl.String), orient="row")
    marks = units.filter(kind="currency_mark")
    measures = units.filter(~pl.col("kind").is_in(["currency_mark", *WORDS_AROUND]))
    known = {row["unit_text"]: _unit(row) for row in measures.to_dicts()}
    unit = alternatives(list(known))
    mark = alternatives(marks["unit_text"].to_list())
    forms, runs = _forms(unit, known, mark, NUMBER), _forms(unit, known, mark, _RUN)
    looks = {str(stage): _grouped(part) for (stage,), part in idioms.partition_by("precedes", as_dict=True).items()}
    idiom = {stage: "|".join(patterns) for stage, patterns in looks.items()}
    per = idioms.filter(pl.col("rule_id") == "every")["pattern"][0]
    spoken = "|".join(f"(?P<{name}>{pattern})" for name, pattern in forms.items())
    return Grammar(
        scan=_scan(looks, forms, runs, known),
        idiom=rf"^(?:{'|'.join(idiom[stage] for stage in sorted(idiom))})$",
        per=rf"^(?:{per})$",
        priced=rf"^{mark}",
        forms=re.compile(spoken),
        quantity=_quantity(unit, _prefixed(known), mark),
        units=known,
        currencies=dict(marks.select("unit_text", "unit").iter_rows()),
    )


def _scan(
    looks: dict[str, list[str]], forms: dict[str, str], runs: dict[str, str], known: dict[str, Unit]
) -> tuple[Form, ...]:
    """The passes of the scan, in order. `looks` are idioms by what they precede, `forms` and `runs` what _forms gives.

    An automaton that outgrows the regex engine's cache is 20 times slower: hence four passes, and runs for numbers.
    """
    date, after = ("|".join(looks[stage]) for stage in ("date", "after"))
    # 日元 begins like a day of the month.
    dated = alternatives([text for text in known if text[0] in "年月日号" and len(text) > 1])
    powers = rf"{_ARABIC} ?[×xX*] ?10{_D}{{1,3}}年|{_ARABIC} ?{dated}|{DAYS}|{BEFOREHAND}{WHOLE}个?月"
    # 今（14）日 上午: the part of the day is none of the date, but of the hour behind it.
    common = COMMON_DATE.replace(PART_OF_DAY, "")
    marked = "|".join(runs[name] for name in ("broken", "time", "span", "against", "rank", "fraction", "half", "cold"))
    rare = "|".join(forms[name] for name in ("compound", "notation", "between"))
    return (
        Form(
            Alternatives(
                whole=f"{eras.DATE}|{BEFORE_OURS}|{date}|{powers}|{RANGE}|{common}",
                common=f"{powers}|{common}",
                rare=(date, BEFORE_OURS, *RARE_DATES),
            ),
            _DATE_CUE,
        ),
        Form.after(looks["mark"], marked, _MARK_CUE),
        Form(Alternatives(rare, rare), _RARE_CUE),
        # 提高6.8个百分点至47.2% is no range.
        Form.after(
            looks["quantity"],
            f"{HEIGHT}|{COINS}|[0-9.]+ ?个?(?:百分点|基点)|{_PERCENTS}|{runs['quantity']}|{after}",
        ),
    )


def _grouped(idioms: pl.DataFrame) -> list[str]:
    return [f"(?:{pattern})" for pattern in idioms["pattern"]]


def _unit(row: dict[str, str]) -> Unit:
    kind = row["kind"]
    return Unit(kind.removesuffix("_arabic"), row["unit"] or "", float(row["factor"] or 1), kind.endswith("_arabic"))


def _forms(unit: str, known: dict[str, Unit], mark: str, number: str) -> dict[str, str]:
    """The forms in the order they are tried; both engines take the first that fits at the leftmost place."""
    times = alternatives([text for text, found in known.items() if found.kind == "duration"])
    part = rf"(?:{number}个?半? ?(?:{times}|时|分))"
    end = rf"(?:{_HALF_UNIT}| ?{unit})"
    count = alternatives([text for text, found in known.items() if found.kind == "count"])
    owed = alternatives([text for text, found in known.items() if found.kind in ("money", "percent")])
    # 12千克: the first character of such a unit is no multiplier of the number.
    measured = rf"(?:{_ARABIC} ?{_prefixed(known)}|(?:{mark} ?)?{number}{end}?)"
    lead = f"(?:{_NEARLY}|这|{'|'.join(SPANNING)}|{BEFOREHAND})"
    # 上百万人, but 50元以上 / 200元以下.
    dozens = rf"上{_MULTIPLIER}(?:{_MULTIPLIER}|余|多)*{end}?"
    return {
        "broken": BROKEN_POWER,
        "days": DAYS,
        "bygone": BEFORE_OURS,
        "date": DATE,
        "time": TIME,
        "rank": rf"{_SCOPE}?第{WHOLE}(?:(?:{SEP}|和)第?{WHOLE})?(?:{_ORDINAL_TAIL}|{unit}|之间)?|(?:排名|{_SCOPE}|位列|跻身|位居)前{WHOLE}(?:名|强|位)?|前{WHOLE}[名强]",
        "height": HEIGHT,
        "coins": COINS,
        "compound": _COMPOUND,
        "against": rf"{_D}{{1,3}}\.{_D}+比1|{SCORE}",
        "notation": rf"(?:[-−－]?(?:{_D}+(?:\.{_D}+)?|\.{_D}+)(?:[eEｅ][-+－]?{_D}+|\^[-+]{{0,2}}{_D}+)|{OPENERS}(?:[-−－]\.?|\.){_D}+(?:\.{_D}+)?(?:[/／]{_D}+|[eEｅ][-+－]?{_D}+|\^[-+]{{0,2}}{_D}+)?[万亿]*)(?:{count}|{owed})?",
        "between": rf"{number}{end}?(?:和|与|到|至|、){number}(?:{end})?之?间",
        "fraction": rf"(?:近|不到|不足)?(?:百分之{number}(?:{SEP}(?:百分之)?{number})?|{FRACTION})",
        "half": HALF,
        "span": rf"{part}(?: ?又? ?{part})+(?:{_D}{{1,2}})?|{_D}{{1,3}}秒{_D}{{2}}",
        "cold": rf"零下 ?{number}(?: ?{_DEGREE})?(?:{SEP}(?:零[上下])? ?{number})?(?: ?{_DEGREE})|摄氏{number}(?:{SEP}{number})?度|[-−－]{_D}+(?:\.{_D}+)? ?(?:℃|°C|摄氏度)(?:{SEP}{_SIGNED} ?(?:℃|°C|摄氏度))?",
        "quantity": rf"(?:一(?:年|周|个?星期)[之以]?内|{lead}?{measured}(?:{SEP}{measured})?|{dozens})(?:{_TAIL})?",
    }


def _prefixed(known: dict[str, Unit]) -> str:
    return alternatives([text for text in known if text[0] in "百千兆" and len(text) > 1])


def _quantity(unit: str, prefixed: str, mark: str) -> re.Pattern[str]:
    def side(n: int) -> str:
        return rf"(?:(?P<mark{n}>{mark}) ?)?(?P<number{n}>(?:{_ARABIC}[万亿]{{0,2}}|{_CHAR}+[万亿])(?= ?{prefixed})|负?{WHOLE})(?P<more{n}> ?[余多几来](?P<times{n}> ?(?:[万亿](?= ?{prefixed})|[十百千万亿兆]{{1,3}}))?)?(?P<unit{n}>个[半多余](?:月|小时|星期|世纪)| ?{unit})?"

    return re.compile(
        rf"(?P<lead>{_NEARLY}|上|这|{'|'.join(SPANNING)}|{BEFOREHAND})?{side(1)}(?:{SEP}{side(2)})?(?P<tail>{_TAIL}|[之以]?内)?"
    )
