"""The calendar: one row per day with its Chinese holiday, working day and lunar date."""

from __future__ import annotations

from datetime import date, timedelta
from functools import cache

import polars as pl
from chinese_calendar import holidays, workdays
from lunar_python import LunarYear
from lunar_python.util import LunarUtil

WEEKDAYS = ["星期一", "星期二", "星期三", "星期四", "星期五", "星期六", "星期日"]
HOLIDAY_NAMES = {
    "New Year's Day": "元旦",
    "Spring Festival": "春节",
    "Tomb-sweeping Day": "清明节",
    "Labour Day": "劳动节",
    "Dragon Boat Festival": "端午节",
    "National Day": "国庆节",
    "Mid-autumn Festival": "中秋节",
    "Anti-Fascist 70th Day": "抗战胜利70周年纪念日",
}
# The Julian day that begins at noon of this day has number 0 counted from here.
JULIAN_EPOCH, JULIAN_EPOCH_DAY = date(1970, 1, 1), 2_440_588
COLUMNS = [
    "date_key", "date", "year", "quarter", "month", "iso_week", "weekday_zh", "is_weekend", "is_holiday_cn",
    "is_workday_cn", "holiday_name", "lunar_date",
]  # fmt: skip


def days(first: date, last: date) -> pl.DataFrame:
    """Every day from `first` to `last`, both included: the columns of marts.dim_date, sorted by day.

    A holiday is a day off by government notice; an ordinary weekend is neither holiday nor working day.
    Outside the years the notices are known for, working days follow the weekday and no holiday is named.
    Raises ValueError when `last` lies before `first`.
    """
    if last < first:
        raise ValueError(f"the calendar ends on {last} before it begins on {first}")
    frame = pl.select(date=pl.date_range(first, last, closed="both"))
    frame = frame.join(_lunar_dates(first.year, last.year), on="date", how="left", maintain_order="left")
    day = pl.col("date")
    weekday = day.dt.weekday()
    return frame.with_columns(
        date_key=day.dt.strftime("%Y%m%d").cast(pl.Int32),
        year=day.dt.year().cast(pl.Int32),
        quarter=day.dt.quarter().cast(pl.Int32),
        month=day.dt.month().cast(pl.Int32),
        iso_week=day.dt.week().cast(pl.Int32),
        weekday_zh=weekday.replace_strict(dict(enumerate(WEEKDAYS, start=1)), return_dtype=pl.String),
        is_weekend=weekday >= 6,
        is_holiday_cn=day.is_in(list(holidays)),
        # The notices also name the days worked to make up for a holiday.
        is_workday_cn=day.is_in(list(workdays)) | ((weekday < 6) & ~day.is_in(list(holidays))),
        holiday_name=day.replace_strict(holidays, default=None, return_dtype=pl.String).replace(HOLIDAY_NAMES),
    ).select(COLUMNS)


def _lunar_dates(first: int, last: int) -> pl.DataFrame:
    """`date` and `lunar_date`, such as 乙巳年正月初八, of every day of these years: a lunar year is worked out once."""
    days = [
        (starts + timedelta(days=number), f"{name}{LunarUtil.DAY[number + 1]}")
        for year in range(first - 1, last + 1)
        for starts, length, name in lunar_months(year)
        for number in range(length)
    ]
    return pl.DataFrame(days, schema={"date": pl.Date, "lunar_date": pl.String}, orient="row")


@cache
def lunar_months(year: int) -> list[tuple[date, int, str]]:
    """(first day, days, name with its year) of every month of a lunar year, leap months included."""
    lunar = LunarYear.fromYear(year)
    return [
        (
            JULIAN_EPOCH + timedelta(days=month.getFirstJulianDay() - JULIAN_EPOCH_DAY),
            month.getDayCount(),
            f"{lunar.getGanZhi()}年{'闰' if month.isLeap() else ''}{LunarUtil.MONTH[abs(month.getMonth())]}月",
        )
        for month in lunar.getMonths()
        if month.getYear() == year
    ]
