"""Years counted from the beginning of a reign, 康熙五十四年: the first year of each as histories give it."""

from __future__ import annotations

import re

from transforms import numerals

FIRST_YEARS = {
    "贞观": 627, "永徽": 650, "神龙": 705, "开元": 713, "天宝": 742, "至德": 756, "元和": 806, "会昌": 841,
    "建隆": 960, "太平兴国": 976, "咸平": 998, "景德": 1004, "大中祥符": 1008, "庆历": 1041, "嘉祐": 1056, "熙宁": 1068,
    "元丰": 1078, "元祐": 1086, "绍圣": 1094, "崇宁": 1102, "政和": 1111, "宣和": 1119, "靖康": 1126, "建炎": 1127,
    "绍兴": 1131, "淳熙": 1174, "嘉定": 1208, "至正": 1341, "洪武": 1368, "建文": 1399, "永乐": 1403, "宣德": 1426,
    "正统": 1436, "景泰": 1450, "天顺": 1457, "成化": 1465, "弘治": 1488, "正德": 1506, "嘉靖": 1522, "隆庆": 1567,
    "万历": 1573, "天启": 1621, "崇祯": 1628, "顺治": 1644, "康熙": 1662, "雍正": 1723, "乾隆": 1736, "嘉庆": 1796,
    "道光": 1821, "咸丰": 1851, "同治": 1862, "光绪": 1875, "宣统": 1909, "明治": 1868, "昭和": 1926, "平成": 1989,
    "令和": 2019,
}  # fmt: skip
_NAMES = "|".join(sorted(FIRST_YEARS, key=lambda name: (-len(name), name)))
YEAR = rf"(?:(?:{_NAMES})(?:元|[一二三四五六七八九十]{{1,3}}|[0-9]{{1,2}})年)"
# Months and days of those calendars are no months of ours: the year is all that is said.
DATE = rf"(?:{YEAR}(?:闰?[正腊一二三四五六七八九十]{{1,2}}月(?:初?[一二三四五六七八九十廿]{{1,3}}日?)?)?)"
_PARTS = re.compile(rf"(?P<era>{_NAMES})(?P<year>.+?)年")


def year_of(text: str) -> int | None:
    """The year of the common era that a date of a reign lies in: 康熙五十四年 -> 1715."""
    found = _PARTS.match(text)
    if found is None:
        return None
    ordinal = 1.0 if found["year"] == "元" else numerals.value(found["year"])
    return None if ordinal is None else FIRST_YEARS[found["era"]] + int(ordinal) - 1
