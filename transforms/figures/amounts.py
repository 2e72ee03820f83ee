"""What a quantity can state: an exact number or bounds, a kind and a unit."""

from __future__ import annotations

import re
from typing import NamedTuple

from transforms import numerals

_LOOSE = re.compile("[数几余多来]")
_VAGUE = re.compile(r"([数几])([十百千万亿兆]*)")
_SEVERAL = re.compile(r"(.*[十百千零〇]|[1-9]0)几([十百千万亿兆]*)")
_MORE = re.compile(r"(.*[0-9十百千万亿兆])[余多来]([十百千万亿兆]*)")


class Reading(NamedTuple):
    """One quantity as its own text states it: where it lies in the match, its kind, value or bounds, and unit."""

    start: int
    end: int
    kind: str
    value: float | None = None
    low: float | None = None
    high: float | None = None
    unit: str | None = None
    qualifier: str | None = None
    date_text: str | None = None
    is_suspect: bool = False
    note: str | None = None
    is_bare: bool = False
    unit_text: str | None = None


class Amount(NamedTuple):
    """A number with what it leaves open."""

    value: float | None
    low: float | None
    high: float | None
    qualifier: str | None

    @property
    def low_or_value(self) -> float | None:
        """The lower end."""
        return self.low if self.low is not None else self.value

    @property
    def high_or_value(self) -> float | None:
        """The upper end."""
        return self.high if self.high is not None else self.value


def amount(text: str) -> Amount | None:
    """三百 -> 300 exactly; 数百 -> 200 to 999; 两三千 -> 2000 to 3000; 十几万 -> 100,000 to 199,999; 650余 -> at least 650."""
    guess = numerals.neighbours(text)
    if guess is not None:
        return Amount(None, *guess, "approx")
    if not _LOOSE.search(text):
        number = numerals.value(text)
        return None if number is None else Amount(number, None, None, None)
    return _loose(numerals.folded(text))


def _loose(text: str) -> Amount | None:
    vague = _VAGUE.fullmatch(text)
    if vague:
        times = numerals.value("一" + vague[2]) or 1.0
        return Amount(None, 2 * times, 10 * times - 1 if times < 1e4 else 9.99 * times, "approx")
    several = _SEVERAL.fullmatch(text)
    if several:
        times = numerals.value("一" + several[2]) or 1.0
        base = numerals.value(several[1].rstrip("零〇") + several[2])
        return None if base is None else Amount(None, base, base + 9 * times, "approx")
    more = _MORE.fullmatch(text)
    if more is None:
        return None
    base = numerals.value(more[1] + more[2])
    return None if base is None else Amount(None, base, None, "approx" if "来" in text else "more_than")


def scaled(number: float | None, factor: float) -> float | None:
    """The number times the factor."""
    return None if number is None else number * factor


def bounded(reading: Reading, qualifier: str) -> Reading:
    """The exact value turned into the upper bound it is."""
    if reading.value is None:
        return reading
    return reading._replace(value=None, high=reading.value, qualifier=qualifier)
