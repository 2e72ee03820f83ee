"""What is told of how a night went: in the sentence it ends with, and by the verbs asked in the morning."""

from __future__ import annotations

import shutil
from pathlib import Path

import duckdb
import pytest

from flows.commands import run
from flows.night import Course, Outcome
from flows.publication import all_held_back
from tests.conftest import NIGHT, PROJECT, Command, release_id


def test_a_run_that_died_is_never_called_running(sample_home: Path, said: Command) -> None:
    with duckdb.connect(str(sample_home / "work.duckdb")) as connection:
        connection.execute("update ops.runs set state = 'running', ended_at_utc = null").fetchall()
    told = said("status", "--json", home=sample_home).document
    assert told["running"] is None
    assert told["last_run"]["state"] == "died"
    assert [row["state"] for row in said("runs", "--json", home=sample_home).document] == ["died"]
    assert told["last_run"]["night"] == str(NIGHT)


def test_what_a_night_without_news_warned_of_is_told_in_the_morning(sample_home: Path, said: Command) -> None:
    (sample_home / "inbox").mkdir()
    shutil.copy(PROJECT / "seeds" / "articles" / "mirror" / "night-school-mirror.txt", sample_home / "inbox")
    there = f"source_id,location\ngone,{sample_home}/gone\nhere,{sample_home}/inbox/*.txt\n"
    (sample_home / "sources.csv").write_text(there, encoding="utf-8")
    before = said("run", home=sample_home).err.splitlines()
    assert before[-1].startswith(f"Release {release_id(sample_home)}: of 1 new record 0 published"), (
        "a copy, and the end"
    )
    again = said("run", home=sample_home)
    [warning] = [line for line in again.err.splitlines() if line.startswith("warning: source gone: ")]
    assert again.err.splitlines()[-1].startswith("Nothing new: 1 of 1 file were known, 1 warning, release ")
    status, runs = said("status", home=sample_home), said("runs", home=sample_home)
    assert "unchanged" in status.out
    assert f"warning    {warning.removeprefix('warning: ')}\n" in status.out
    assert [line.endswith(", 1 warning") for line in runs.out.splitlines()] == [False, True, True]
    told = said("status", "--json", home=sample_home).document["last_run"]
    assert told["warnings"] == [warning.removeprefix("warning: ")]
    # The release tells of the nights up to its own.
    with duckdb.connect(str(sample_home / "current" / "warehouse.duckdb"), read_only=True) as connection:
        published = connection.execute("select warnings from meta.run order by started_at_utc").fetchall()
    assert published == [(None,), (told["warnings"][0],)]


def test_what_an_engine_prints_is_no_part_of_the_answer(
    sample_home: Path, said: Command, monkeypatch: pytest.MonkeyPatch
) -> None:
    ingest = Course.ingest

    def noisy(course: Course) -> None:
        print("(raylet) A worker died")
        ingest(course)

    monkeypatch.setattr(Course, "ingest", noisy)
    answer = said("run", "--json", home=sample_home)
    assert answer.document["release_id"] == release_id(sample_home)
    assert "A worker died" in answer.err
    assert "A worker died" not in answer.out


def test_a_night_of_nothing_new_says_that_it_warned() -> None:
    outcome = Outcome("run", NIGHT, "unchanged", "r", files=2, known_files=2, warnings=["a", "b"])
    assert run.sentence(outcome) == "Nothing new: 2 of 2 files were known, 2 warnings, release r stays (0.0 s)."


@pytest.mark.parametrize(
    ("known", "said"),
    [
        (2, "Nothing new: 2 of 2 files were known, release r stays (0.0 s)."),
        (1, "Nothing new: 1 of 2 files were known, 1 rejected as before, release r stays (0.0 s)."),
    ],
)
def test_a_night_of_nothing_new_accounts_for_every_file(known: int, said: str) -> None:
    assert run.sentence(Outcome("run", NIGHT, "unchanged", "r", files=2, known_files=known)) == said


def test_a_night_that_does_everything_over_accounts_for_every_record() -> None:
    outcome = Outcome(
        "r", NIGHT, state="published", release_id="now", totals={"published": 5, "duplicate": 1}, seconds=2
    )
    assert run.sentence(outcome).startswith("Release now: of 6 known records 5 published, 1 duplicate, 0 superseded, ")


@pytest.mark.parametrize(
    ("fates", "told"),
    [({"quarantined": 3}, ["all 3 new records held back: `wencang quarantine list` says why"]),
     ({"quarantined": 3, "published": 1}, []), ({"rejected_file": 1}, []), ({}, [])],
)  # fmt: skip
def test_a_night_of_which_nothing_is_left_says_so(fates: dict[str, int], told: list[str]) -> None:
    assert all_held_back(fates) == told
