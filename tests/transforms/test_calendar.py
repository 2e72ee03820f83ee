"""The calendar knows Chinese holidays, make-up working days and lunar dates."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import polars as pl
import pytest
from chinese_calendar import holidays
from hypothesis import given, settings
from hypothesis import strategies as st

from transforms.calendar import days
from transforms.tables.marts import DimDate
from transforms.tables.marts.dimensions import NOTICES


def on(year: int, month: int, day: int) -> dict[str, Any]:
    return days(date(year, month, day), date(year, month, day)).to_dicts()[0]


def test_a_day_carries_every_column():
    assert on(2025, 2, 5) == {
        "date_key": 20250205,
        "date": date(2025, 2, 5),
        "year": 2025,
        "quarter": 1,
        "month": 2,
        "iso_week": 6,
        "weekday_zh": "星期三",
        "is_weekend": False,
        "is_holiday_cn": False,
        "is_workday_cn": True,
        "holiday_name": None,
        "lunar_date": "乙巳年正月初八",
    }


def test_the_dictionary_names_the_years_whose_notices_are_known():
    known = {day.year for day in holidays}
    assert f"{min(known)} to {max(known)}" == NOTICES
    assert NOTICES in str(DimDate.is_holiday_cn.metadata)


@pytest.mark.parametrize(
    ("day", "holiday", "is_workday"),
    [
        ((2025, 10, 1), "国庆节", False),
        ((2026, 2, 17), "春节", False),
        ((2026, 2, 14), None, True),  # a Saturday worked before the Spring Festival
        ((2025, 6, 14), None, False),  # an ordinary Saturday
        ((2025, 6, 16), None, True),
        ((1999, 10, 1), None, True),  # no notice known: the weekday decides
        ((2031, 10, 4), None, False),
    ],
)
def test_holidays_and_working_days(day: tuple[int, int, int], holiday: str | None, is_workday: bool):
    row = on(*day)
    assert (row["holiday_name"], row["is_holiday_cn"], row["is_workday_cn"]) == (
        holiday,
        holiday is not None,
        is_workday,
    )


def test_lunar_leap_month_and_new_year_eve():
    assert on(2025, 8, 5)["lunar_date"] == "乙巳年闰六月十二"
    assert on(2025, 1, 28)["lunar_date"] == "甲辰年腊月廿九"


@settings(max_examples=15)
@given(st.dates(date(1990, 1, 1), date(2040, 1, 1)), st.integers(0, 40))
def test_every_day_stands_once_and_the_table_holds(first: date, more: int):
    frame = days(first, first + timedelta(days=more))
    assert frame["date"].to_list() == [first + timedelta(days=n) for n in range(more + 1)]
    assert not frame.filter(pl.col("is_holiday_cn") & pl.col("is_workday_cn")).height
    DimDate.validate(frame, cast=False)


def test_a_calendar_cannot_run_backwards():
    with pytest.raises(ValueError, match="before it begins"):
        days(date(2025, 1, 2), date(2025, 1, 1))
