"""When an article was published: forms, order of trust, inference, zones."""

from __future__ import annotations

import datetime as dt
import json
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.material import material
from tests.transforms.judgement import SHIPPED
from tests.transforms.test_metadata import frame, part, read_each
from transforms.metadata import metadata

Dated = tuple[str | None, str | None, str, bool]


def dated_each(*parts: dict[str, Any]) -> list[Dated]:
    """Day, moment, precision and whether they are inferred, of each page."""
    return [
        (
            row["published_on"] and str(row["published_on"]),
            row["published_at_utc"] and str(row["published_at_utc"]),
            row["published_precision"],
            row["published_is_inferred"],
        )
        for row in read_each(*parts)
    ]


def dated(*spans: tuple[str, str], **fields: Any) -> Dated:
    return dated_each(part(*spans, **fields))[0]


NEVER = (None, None, "none", False)


STATED = [
    ("2024-05-06T07:08:09+08:00", ("2024-05-06", "2024-05-05 23:08:09", "second", False)),
    ("2024-05-05T20:00:00Z", ("2024-05-06", "2024-05-05 20:00:00", "second", False)),
    ("2024-05-06 07:08:09", ("2024-05-06", "2024-05-05 23:08:09", "second", False)),
    ("2024-05-06T07:08:09.123456+00:00", ("2024-05-06", "2024-05-06 07:08:09", "second", False)),
    ("Mon, 06 May 2024 07:08:09 GMT", ("2024-05-06", "2024-05-06 07:08:09", "second", False)),
    ("6 May 2024", ("2024-05-06", None, "day", False)),
    ("06 May 2024 07:08 +0800", ("2024-05-06", "2024-05-05 23:08:00", "minute", False)),
    ("1714979289", ("2024-05-06", "2024-05-06 07:08:09", "second", False)),
    ("1714979289000", ("2024-05-06", "2024-05-06 07:08:09", "second", False)),
    ("20240506070809", ("2024-05-06", "2024-05-05 23:08:09", "second", False)),
    ("20240506", ("2024-05-06", None, "day", False)),
    ("2024/5/6", ("2024-05-06", None, "day", False)),
    ("2024年5月6日", ("2024-05-06", None, "day", False)),
    ("2024年5月6日 下午 3:05", ("2024-05-06", "2024-05-06 07:05:00", "minute", False)),
    ("民國113年5月6日", ("2024-05-06", None, "day", False)),
    ("113/05/06", ("2024-05-06", None, "day", False)),
    ("西元2024年5月6日", ("2024-05-06", None, "day", False)),
    ("2024-05", ("2024-05-01", None, "month", False)),
    ("2024", ("2024-01-01", None, "year", False)),
    ("3小时前", NEVER),
    ("昨天 14:20", NEVER),
    ("2012-2020", NEVER),
    ("2024-02-30", NEVER),
    ("", NEVER),
]


def test_a_stated_field_is_read_with_its_precision() -> None:
    assert dated_each(*(part(published_field=field) for field, _ in STATED)) == [expected for _, expected in STATED]


BYLINES = [
    ("2024-05-06 07:08:09來源:山海夜話", ("2024-05-06", "2024-05-05 23:08:09", "second", False)),
    ("來源:山海夜話2024-05-0607:08", ("2024-05-06", "2024-05-05 23:08:00", "minute", False)),
    ("發布時間：2024/5/6 17:48", ("2024-05-06", "2024-05-06 09:48:00", "minute", False)),
    ("2024-05-06 HKT 21:38", ("2024-05-06", "2024-05-06 13:38:00", "minute", False)),
    ("中華民國113年5月6日星期一", ("2024-05-06", None, "day", False)),
    ("民國一一三年五月六日", ("2024-05-06", None, "day", False)),
    ("中華民國一百一十三年五月十六日", ("2024-05-16", None, "day", False)),
    ("中華民國一百零五年五月六日", ("2016-05-06", None, "day", False)),
    ("西元2024年5月6日", ("2024-05-06", None, "day", False)),
    ("發布日期：113/05/06 07:08", ("2024-05-06", "2024-05-05 23:08:00", "minute", False)),
    ("113/05/06 來源：山海夜話", NEVER),
    ("May 6, 2024", ("2024-05-06", None, "day", False)),
    ("Posted on 6 May 2024 at 5:48 PM", ("2024-05-06", "2024-05-06 09:48:00", "minute", False)),
    ("2024年5月6日上午9时5分", ("2024-05-06", "2024-05-06 01:05:00", "minute", False)),
    ("更新时间:2024-05-09 08:00 发布时间:2024-05-06 07:00", ("2024-05-06", "2024-05-05 23:00:00", "minute", False)),
    ("今天是:2024年5月6日 星期一", NEVER),
    ("3小时前 来源:山海夜話", NEVER),
]


def test_a_byline_dates_its_page() -> None:
    assert dated_each(*(part(("byline", line)) for line, _ in BYLINES)) == [expected for _, expected in BYLINES]


def test_the_field_is_trusted_before_the_page_and_the_page_before_the_dateline() -> None:
    spans = (("byline", "2024-05-06 07:08"), ("dateline", "新华社拉萨2023年3月4日电"))
    assert dated(*spans, published_field="2024-05-07")[0] == "2024-05-07"
    assert dated(*spans)[0] == "2024-05-06"
    assert dated(spans[1]) == ("2023-03-04", None, "day", False)
    assert dated(*spans, published_field="刚刚")[0] == "2024-05-06"


def test_a_bare_moment_far_down_the_page_is_not_when_it_was_published() -> None:
    assert dated(("byline", "2024-05-06 07:08"), line_no=60) == NEVER
    assert dated(("byline", "发布时间:2024-05-06 07:08"), line_no=60)[0] == "2024-05-06"


@pytest.mark.parametrize(
    ("line", "on"),
    [
        ("江湾市交通局 二〇二四年三月五日", "2024-03-05"),
        ("二○一九年十二月二十一日", "2019-12-21"),
        ("2024年3月5日", "2024-03-05"),
        ("渡口写于2024年3月5日的傍晚", None),
    ],
)
def test_the_day_a_decree_is_signed_dates_it_where_nothing_else_does(line: str, on: str | None) -> None:
    assert dated(("byline", line), line_no=60)[0] == on
    assert dated(("byline", line), ("byline", "更新时间:2024-05-06"), line_no=60)[0] == "2024-05-06"


@pytest.mark.parametrize("category", ["copyright", "related", "photo_credit", "seo_spam"])
def test_other_noise_dates_nothing(category: str) -> None:
    assert dated((category, "2024-05-06 07:08:09")) == NEVER


YEARS = [
    ("2021年3月1日开工，2021年1月9日立项。明年2月完工。", "2021"),
    ("2020年12月20日动工。", "2021"),
    ("2021年2月1日动工，工程到2025年12月1日完工，2026年将通车。", "2021"),
    ("2021年3月10日将举行典礼，2021年2月20日已布展。", "2021"),
    ("2008年1月1日，故事开始。如今2019年的新桥已经通车。", None),
    ("去年冬天很冷。", None),
    ("今年是2022年，也是虎年。", "2022"),
    ("桥在去年（2021年）合龙。", "2022"),
    ("学校1994年创办，今年迎来30周年校庆。", "2024"),
    ("今年（2022年）不同于去年（2020年）。", None),
    ("2020年12月的一场雪，压弯了航标。", "2021"),
    ("到2020年12月为止。2026年还早。", None),
]


def test_the_year_of_a_dateline_comes_from_the_dates_of_the_article() -> None:
    dateline = ("dateline", "新华社拉萨3月4日电")
    found = dated_each(*(part(dateline, line_no=70, body_original=body) for body, _ in YEARS))
    assert found == [NEVER if year is None else (f"{year}-03-04", None, "day", True) for _, year in YEARS]


def test_a_dateline_without_month_dates_nothing() -> None:
    assert dated(("dateline", "（中央社記者林一帆台北4日電）"), body_original="2024年5月1日放假。") == NEVER


@pytest.mark.parametrize(("day", "on"), [("2月29日", "2024-02-29"), ("2月30日", None)])
def test_only_days_of_the_calendar(day: str, on: str | None) -> None:
    spans = ("dateline", f"新华社拉萨{day}电")
    assert dated(spans, line_no=70, body_original="2023年12月20日动工，2024年13月40日。")[0] == on


def test_evidence_is_what_it_was_read_from() -> None:
    got = metadata(frame(part(("byline", "發布時間：2024/5/6 17:48 作者"))), SHIPPED)
    assert got["published_evidence"].to_list() == ["2024/5/6 17:48"]


def test_zones_of_several_sources_in_one_frame() -> None:
    parts = frame(
        part(published_field="2024-05-06 07:00", document_id="a", time_zone="Asia/Taipei"),
        part(published_field="2024-05-06 07:00", document_id="b", time_zone="America/New_York"),
    )
    assert [str(at) for at in metadata(parts, SHIPPED)["published_at_utc"]] == [
        "2024-05-05 23:00:00",
        "2024-05-06 11:00:00",
    ]


SECONDS = st.datetimes(dt.datetime(1999, 1, 1), dt.datetime(2049, 12, 31)).map(lambda t: t.replace(microsecond=0))


@settings(max_examples=8)
@given(st.lists(SECONDS, min_size=1, max_size=30))
def test_a_moment_survives_every_way_of_writing_it(moments: list[dt.datetime]) -> None:
    written = [(moment, form) for moment in moments for form in ways_of_writing(moment)]
    got = metadata(
        frame(*(part(published_field=form, document_id=f"{n:04}") for n, (_, form) in enumerate(written))), SHIPPED
    )
    assert got["published_at_utc"].to_list() == [moment - dt.timedelta(hours=8) for moment, _ in written]
    assert got["published_on"].to_list() == [moment.date() for moment, _ in written]


def ways_of_writing(moment: dt.datetime) -> list[str]:
    return [
        moment.strftime("%Y-%m-%d %H:%M:%S"),
        moment.strftime("%Y年%m月%d日 %H:%M:%S"),
        moment.strftime("%Y/%m/%d %H:%M:%S"),
        moment.isoformat() + "+08:00",
        (moment - dt.timedelta(hours=8)).isoformat() + "Z",
        f"民國{moment.year - 1911}年{moment.month}月{moment.day}日 {moment:%H:%M:%S}",
    ]


def test_times_of_a_broadcaster_are_read_as_stated() -> None:
    files = material("data/corpora/xwlb/*/*.json")[:20]
    videos = [v["video_detail"] for f in files for v in json.loads(f.read_text())["videoList"] if v.get("video_detail")]
    times = [v["pubtime"] for v in videos if v.get("pubtime")]
    parts = [part(published_field=time, document_id=f"{n:04}") for n, time in enumerate(times)]
    got = (
        metadata(frame(*parts), SHIPPED)["published_at_utc"]
        .dt.offset_by("8h")
        .dt.strftime("%Y-%m-%d %H:%M:%S")
        .to_list()
    )
    assert got == times
