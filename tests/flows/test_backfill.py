"""Past nights in one course: each under its own date, again without doing anything twice, any order the same tables."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

import seeds
from flows.commands.backfill import arrived, placed, told
from flows.endings import Trouble
from flows.history import backfill
from flows.intake import sources
from flows.night import Course
from flows.settings import Home, quiet_engines
from flows.work import opened
from tests.conftest import PROJECT, Ask, digests, night, unjudged
from warehouse import sealed

ARTICLES = PROJECT / "seeds" / "articles"
NIGHTS = {
    date(2026, 11, 1): ARTICLES / "chengjiang" / "bridge-sensors.txt",
    date(2026, 11, 3): ARTICLES / "chengjiang" / "bridge-sensors-brief.txt",
}


@pytest.fixture
def inbox(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """A folder a night, as a PATH with the date in it; the judge has no part in this."""
    monkeypatch.setattr(Course, "judge_table", unjudged)
    for on, article in NIGHTS.items():
        folder = tmp_path / "inbox" / f"{on:%Y}" / f"{on:%Y%m%d}"
        folder.mkdir(parents=True)
        shutil.copy(article, folder)
    return str(tmp_path / "inbox") + "/{night:%Y/%Y%m%d}"


def course(home: Path, inbox: str) -> backfill.Backfill:
    place, first, last = Home(home), date(2026, 11, 1), date(2026, 11, 4)
    quiet_engines(place)
    with opened(place) as store:
        nights = [
            backfill.PastNight(on, arrived({"adhoc": [inbox]}, on, seeds.table("sources")))
            for on in backfill.days(first, last)
        ]
        one = backfill.Backfill(place, last, nights, store, sources.declared(place))
        for _, step in one.steps():
            step()
        return one


def test_past_nights_are_those_nights_run_in_any_order_and_again_do_nothing(
    inbox: str, tmp_path: Path, ask: Callable[[Path], Ask]
) -> None:
    one = course(tmp_path / "home", inbox)
    assert [(n.night.day, n.arrival and n.arrival.report.rows_in) for n in one.nights] == [
        (1, 1),
        (2, 0),
        (3, 1),
        (4, 0),
    ]
    assert one.outcome.state == "published"
    nights = ask(tmp_path / "home")("select night::VARCHAR as night from meta.ledger order by all")
    assert [row["night"] for row in nights] == ["2026-11-01", "2026-11-03"]

    for on in sorted(NIGHTS, reverse=True):
        night(tmp_path / "backwards", Path(placed(inbox, on)), on=on)
    # meta.release bears the night of the run that published, which differs here.
    one_by_one, together = (
        digests(tmp_path / home, *sealed.VOLATILE_TABLES, "meta.release") for home in ("backwards", "home")
    )
    assert one_by_one == together

    again = course(tmp_path / "home", inbox)
    assert again.outcome.state == "unchanged"
    assert again.outcome.known_files == again.outcome.files == 2


@pytest.mark.parametrize(
    ("path", "written"),
    [("in/{night}", "in/2026-11-01"), ("{night:%Y/%Y%m%d}/*.txt", "2026/20261101/*.txt"), ("{night.year}", "2026")],
)
def test_the_date_stands_where_the_path_says(path: str, written: str) -> None:
    assert placed(path, date(2026, 11, 1)) == written


@pytest.mark.parametrize("path", ["in/all", "in/{nacht}", "in/{night", "in/{night.nothing}", "in/{}"])
def test_a_path_that_does_not_name_the_night_is_refused(path: str) -> None:
    with pytest.raises(Trouble, match="night"):
        placed(path, date(2026, 11, 1))


def test_each_date_is_told_of_also_one_that_brought_nothing() -> None:
    nights = [backfill.PastNight(date(2026, 11, 2), [])]
    assert list(told(nights, date(2026, 11, 1), date(2026, 11, 2))) == [
        "2026-11-01  no files",
        "2026-11-02  0 files, 0 known, 0 new records",
    ]
