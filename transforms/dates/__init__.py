"""Dates: which days the dates of an article stand for, and the dated sentences of its body."""

from transforms.dates.events import events, of_business
from transforms.dates.grammar import AHEAD, LASTED, LASTS, SEASON, SEASONED, SINCE
from transforms.dates.resolution import resolved
from transforms.dates.slashed import in_calendar, is_slashed_day, slashed_parts

__all__ = [
    "AHEAD",
    "LASTED",
    "LASTS",
    "SEASON",
    "SEASONED",
    "SINCE",
    "events",
    "in_calendar",
    "is_slashed_day",
    "of_business",
    "resolved",
    "slashed_parts",
]
