"""The calendar: one row per day with its Chinese holiday, working day and lunar date."""

from __future__ import annotations

from datetime import date
from functools import cache

import chinese_calendar
import polars as pl
from lunar_python import Solar

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
    facts = pl.DataFrame(
        [_facts(day) for day in frame["date"].to_list()],
        schema={"is_workday_cn": pl.Boolean, "holiday_name": pl.String, "lunar_date": pl.String},
        orient="row",
    )
    day = pl.col("date")
    weekday = day.dt.weekday()
    return (
        pl.concat([frame, facts], how="horizontal")
        .with_columns(
            date_key=day.dt.strftime("%Y%m%d").cast(pl.Int32),
            year=day.dt.year().cast(pl.Int32),
            quarter=day.dt.quarter().cast(pl.Int32),
            month=day.dt.month().cast(pl.Int32),
            iso_week=day.dt.week().cast(pl.Int32),
            weekday_zh=weekday.replace_strict(dict(enumerate(WEEKDAYS, start=1)), return_dtype=pl.String),
            is_weekend=weekday >= 6,
            is_holiday_cn=pl.col("holiday_name").is_not_null(),
        )
        .select(COLUMNS)
    )


@cache
def _facts(day: date) -> tuple[bool, str | None, str]:
    """Whether it is a working day, its holiday, its lunar date such as 乙巳年正月初八."""
    lunar = Solar.fromYmd(day.year, day.month, day.day).getLunar()
    lunar_date = f"{lunar.getYearInGanZhi()}年{lunar.getMonthInChinese()}月{lunar.getDayInChinese()}"
    try:
        is_off, english = chinese_calendar.get_holiday_detail(day)
    except NotImplementedError:
        return day.isoweekday() < 6, None, lunar_date
    # A Saturday worked to make up for a holiday carries the holiday's name too; it is no holiday.
    holiday = HOLIDAY_NAMES.get(english or "", english) if is_off and english else None
    return not is_off, holiday, lunar_date
