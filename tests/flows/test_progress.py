"""What people see of a long stage: lines now and then, a bar on a terminal, and how long it will still take."""

from __future__ import annotations

import io
import json
import os

import pytest
from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn

from flows.reporting.progress import BarProgress, JsonProgress, PlainProgress, seconds_left, with_rest
from flows.runner import StageReport


class Clock:
    """Seconds that pass when a test says so."""

    def __init__(self) -> None:
        self.now = 100.0

    def __call__(self) -> float:
        return self.now


@pytest.mark.parametrize(
    ("taken", "done", "left"), [(60.0, 0.25, 180.0), (60.0, 1.0, 0.0), (60.0, 0.0, None), (1.0, 0.5, None)]
)
def test_the_rest_takes_as_long_as_what_is_done(taken: float, done: float, left: float | None) -> None:
    assert seconds_left(taken, done) == left


@pytest.mark.parametrize(
    ("note", "left", "told"),
    [("", None, ""), ("", 119.4, "119 s left"), ("night 3", 150.0, "night 3, 2 min left"), ("done", 0.0, "done")],
)
def test_an_estimate_in_words(note: str, left: float | None, told: str) -> None:
    assert with_rest(note, left) == told


def test_plain_lines_come_now_and_then() -> None:
    stream, clock = io.StringIO(), Clock()
    progress = PlainProgress(stream, clock)
    progress.begin("ingest")
    for hundredth in range(1, 101):
        clock.now += 1
        progress.share("ingest", hundredth / 100, f"night {hundredth} of 100")
    progress.end(StageReport("ingest", 100, 98, 2, 100.0))
    assert stream.getvalue().splitlines() == [
        "ingest            30% night 30 of 100, 70 s left",
        "ingest            60% night 60 of 100, 40 s left",
        "ingest            90% night 90 of 100, 10 s left",
        "ingest            100 in        98 out   100.0 s, 2 held back",
    ]


@pytest.mark.parametrize("form", [PlainProgress, JsonProgress])
def test_a_night_nobody_listens_to_any_more_goes_on(form: type[PlainProgress]) -> None:
    reading, writing = os.pipe()
    with os.fdopen(writing, "w", encoding="utf-8") as stream:
        progress = form(stream)
        os.close(reading)
        for stage in ("ingest", "decode"):
            progress.begin(stage)
            progress.end(StageReport(stage))
            progress.warn("nobody hears this")


def test_json_tells_the_seconds() -> None:
    stream, clock = io.StringIO(), Clock()
    progress = JsonProgress(stream, clock)
    progress.begin("clean")
    clock.now += 40
    progress.share("clean", 0.8)
    told = json.loads(stream.getvalue().splitlines()[-1])
    assert (told["event"], told["share"], told["seconds_left"]) == ("stage_progress", 0.8, 10)


def test_a_bar_on_a_terminal_moves_and_says_what_is_left() -> None:
    screen, clock = io.StringIO(), Clock()
    bars = Progress(
        TextColumn("{task.description}"), BarColumn(bar_width=10), TextColumn("{task.fields[note]}"),
        console=Console(file=screen, force_terminal=True, width=100), auto_refresh=False,
    )  # fmt: skip
    with bars:
        progress = BarProgress(bars, clock)
        progress.begin("ingest")
        clock.now += 90
        progress.share("ingest", 0.25, "night 3 of 12")
        bars.refresh()
        assert "night 3 of 12, 4 min left" in screen.getvalue()
        progress.end(StageReport("ingest", 12, 12, 0, 120.0))
    assert bars.tasks[0].finished
    assert "12 in        12 out   120.0 s" in screen.getvalue()
    assert "ingest" not in bars.tasks[0].fields["note"], "the bar bears the name of its stage already"
