"""Dates: which days the dates of an article stand for, and the dated sentences of its body."""

from transforms.dates.events import events, of_business
from transforms.dates.grammar import LASTED, LASTS, SEASON, SINCE
from transforms.dates.resolution import resolved

__all__ = ["LASTED", "LASTS", "SEASON", "SINCE", "events", "of_business", "resolved"]
