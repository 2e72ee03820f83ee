"""Dates: which days the dates of an article stand for, and the dated sentences of its body."""

from transforms.dates.events import events
from transforms.dates.grammar import BUSINESS, LASTED, LASTS, SEASON, SINCE
from transforms.dates.resolution import resolved

__all__ = ["BUSINESS", "LASTED", "LASTS", "SEASON", "SINCE", "events", "resolved"]
