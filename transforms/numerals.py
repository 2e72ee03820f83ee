"""Numerals to numbers: Arabic, Chinese and mixed writing, one float per numeral."""

from __future__ import annotations

import re
from functools import lru_cache
from math import isfinite

import polars as pl

DIGITS = "〇零一二两三四五六七八九"
_DIGIT_VALUES = {"〇": 0, "零": 0, "一": 1, "二": 2, "两": 2, "三": 3, "四": 4} | {
    "五": 5, "六": 6, "七": 7, "八": 8, "九": 9,
}  # fmt: skip
_MULTIPLIER_VALUES = {"十": 1e1, "百": 1e2, "千": 1e3, "万": 1e4, "亿": 1e8, "兆": 1e12}
_ZEROS = {"十": 1, "百": 2, "千": 3, "万": 4, "亿": 8, "兆": 12}
# Financial, Traditional and full-width characters, folded one to one so that no later step knows of them.
_FOLD = str.maketrans(
    "０１２３４５６７８９．－−＋／％ＯO○壹贰貳叁參肆伍陆陸柒捌玖拾佰仟萬億兩倆負點餘幾",
    "0123456789.--+/%〇〇〇一二二三三四五六六七八九十百千万亿两两负点余几",
)
_GROUPING = re.compile(r"(?<=\d)[,，](?=\d{3})|\s")
_SUPERSCRIPT = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹⁻⁺", "0123456789-+")
_PLAIN = re.compile(r"[-+]?(?:\d+\.?\d*|\.\d+)(?:e[-+]?\d+)?", re.IGNORECASE)
_POWER = re.compile(r"(?:(?P<times>[-+]?[\d.]+)[×xX*])?10(?P<exponent>[⁻⁺]?[⁰¹²³⁴⁵⁶⁷⁸⁹]+)")
_CARET = re.compile(r"(?P<base>[-+]?[\d.]+)\^(?P<exponent>[-+]*\d+)")
# 两三千, 十七八, 三五百: two neighbouring digits are no place values but the two ends of a guess.
_PAIRS = "一二|一两|二三|两三|三四|四五|五六|六七|七八|八九|三五"
_GUESS = re.compile(rf"((?:.*[十百千万亿兆])?)({_PAIRS}|三两)([十百千万亿兆]*)")
# 两三万一平米: what stands behind a guess is no lower place of it but one of something.
_GUESS_EACH = re.compile(rf".*(?:{_PAIRS}|三两)[百千万亿][一二三四五六七八九]")
_WEIGHED = re.compile(".*[十百千万]两")
_METRIC = {"k": 1e3, "K": 1e3, "M": 1e6}


def folded(text: str) -> str:
    """The numeral with full-width, financial and Traditional characters folded, blanks and grouping commas gone."""
    return _GROUPING.sub("", text.translate(_FOLD)).replace("廿", "二十").replace("卅", "三十")


@lru_cache(maxsize=65536)
def value(text: str) -> float | None:
    """The number a numeral stands for, None where it is none: 三百五又三分之一 -> 350.33, 4.78万亿 -> 4.78e12.

    A numeral beyond all floating point numbers (10⁹⁹⁹) is none, and so is one of thousands of parts.
    """
    guess = _GUESS.fullmatch(folded(text))
    if (guess and (guess[1] or guess[3])) or _GUESS_EACH.fullmatch(folded(text)):
        return None
    # 二十两 weighs so much: 两 is no lowest place.
    if _WEIGHED.fullmatch(folded(text)):
        return None
    power = _POWER.fullmatch(text)
    try:
        number = _power(power) if power else _signed(folded(text))
    except (ValueError, ZeroDivisionError, OverflowError, RecursionError):
        return None
    return number if isfinite(number) else None


def _power(found: re.Match[str]) -> float:
    """5×10²¹."""
    return float(found["times"] or 1) * 10.0 ** int(found["exponent"].translate(_SUPERSCRIPT))


@lru_cache(maxsize=4096)
def neighbours(text: str) -> tuple[float, float] | None:
    """The two numbers a guess by neighbouring digits lies between: 两三千 -> 2000, 3000; 十七八 -> 17, 18; else None."""
    guess = _GUESS.fullmatch(folded(text))
    if guess is None:
        return None
    first, last = sorted(guess[2], key=_DIGIT_VALUES.__getitem__)
    low, high = value(guess[1] + first + guess[3]), value(guess[1] + last + guess[3])
    return None if low is None or high is None else (low, high)


def values(texts: pl.Series) -> pl.Series:
    """The numbers of a column of numerals (Float64, null where a text is no numeral); each distinct text is read once."""
    distinct = texts.drop_nulls().unique()
    read = [value(text) for text in distinct]
    return texts.replace_strict(distinct, pl.Series(read, dtype=pl.Float64), default=None, return_dtype=pl.Float64)


def _signed(text: str) -> float:
    if text[:1] in ("负", "-") and len(text) > 1:
        return -_signed(text[1:])
    if "分之" in text:
        return _fraction(text)
    if "/" in text:
        above, below = text.split("/")
        return _signed(above) / _signed(below)
    caret = _CARET.fullmatch(text)
    if caret:
        return float(caret["base"]) ** int(caret["exponent"].replace("+", ""))
    if text[-1:] in _METRIC and _PLAIN.fullmatch(text[:-1]):
        return float(text[:-1]) * _METRIC[text[-1]]
    return _decimal(text)


def _fraction(text: str) -> float:
    below, _, above = text.partition("分之")
    whole, _, below = below.rpartition("又")
    return (_signed(whole) if whole else 0.0) + _signed(above) / _signed(below)


def _decimal(text: str) -> float:
    if _PLAIN.fullmatch(text):
        return float(text)
    whole, point, rest = text.partition("点")
    if not point:
        return _whole(text)
    if not rest:
        raise ValueError(text)
    # 三点二亿: the multiplier behind the decimals counts for the whole numeral.
    tail = rest.lstrip(DIGITS)
    decimals = "".join(str(_DIGIT_VALUES[c]) for c in rest[: len(rest) - len(tail)])
    return (_whole(whole) + float(f"0.{decimals}")) * (_whole("一" + tail) if tail else 1.0)


def _whole(text: str) -> float:
    """A numeral without decimals, split at its greatest multiplier: what stands before it times it, plus the rest."""
    if text == "半":
        return 0.5
    if _PLAIN.fullmatch(text):
        return float(text)
    found = [c for c in text if c in _MULTIPLIER_VALUES]
    if not found:
        return float("".join(str(_DIGIT_VALUES.get(c, c)) for c in text))
    greatest = max(found, key=_MULTIPLIER_VALUES.__getitem__)
    multiplier = _MULTIPLIER_VALUES[greatest]
    before, _, after = text.rpartition(greatest)
    if not after and _PLAIN.fullmatch(before):
        # 1.1亿 is 110,000,000 and not the 110,000,000.00000001 that 1.1 times a hundred million comes to.
        return float(f"{before}e{_ZEROS[greatest]}")
    times = 0.0 if not before else _whole(before.lstrip("零〇") or "一")
    return (times if before else 1.0) * multiplier + _rest(after, multiplier)


def _rest(text: str, multiplier: float) -> float:
    if not text:
        return 0.0
    # 一万三 = 13,000, 四百五 = 450: a lone digit counts the next smaller multiplier unless a zero stands before it.
    if len(text) == 1 and text not in "零〇半":
        return _whole(text) * multiplier / 10
    if text == "半":
        return multiplier / 2
    bare = text.lstrip("零〇")
    return _whole(bare) if bare else 0.0
