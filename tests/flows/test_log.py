"""Standard error as JSON: one object a line, for a night that works and for one that does not."""

from __future__ import annotations

import io
import json
from pathlib import Path
from typing import Any

import pytest

from flows.pipeline import PIPELINE
from flows.reporting import log
from flows.reporting.progress import JsonProgress
from flows.runner import StageReport
from tests.conftest import NIGHT, Answer, wencang


def events(text: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in text.splitlines()]


def test_every_line_of_a_night_is_an_event(sample_run: tuple[Path, Answer]) -> None:
    told = events(sample_run[1].err)
    assert all({"at_utc", "event", "process"} <= set(one) for one in told)
    ended = [one["stage"] for one in told if one["event"] == "stage_end"]
    assert ended == ["ingest", *(stage.name for stage in PIPELINE), "publish"]
    assert [one["stage"] for one in told if one["event"] == "stage_begin"] == ended
    last = told[-1]
    assert (last["event"], last["published"], last["night"]) == ("run_end", 22, str(NIGHT))
    assert last["text"].startswith(f"Release {last['release_id']}: ")


def test_the_last_line_of_a_run_in_trouble_is_an_event(tmp_path: Path) -> None:
    trouble = wencang("run", tmp_path / "nothing.txt", "--log-format", "json", home=tmp_path / "home")
    (said,) = events(trouble.err)
    assert (said["event"], said["exit_code"]) == ("trouble", 5)
    assert "nothing.txt" in said["text"]


def test_what_a_stage_did_is_in_its_last_line() -> None:
    stream = io.StringIO()
    progress = JsonProgress(stream)
    progress.begin("clean")
    progress.share("clean", 0.5)
    progress.warn('the source "a"\nfell silent')
    progress.end(StageReport("clean", 3, 2, 1, 0.1234))
    begin, warning, end = events(stream.getvalue())
    assert begin["stage"] == "clean"
    assert warning["text"] == 'the source "a"\nfell silent'
    assert {name: end[name] for name in ("rows_in", "rows_out", "quarantined", "seconds")} == {
        "rows_in": 3, "rows_out": 2, "quarantined": 1, "seconds": 0.123,
    }  # fmt: skip


@pytest.mark.parametrize(("asked", "line"), [("text", "so it is\n"), (None, "so it is\n")])
def test_people_are_told_the_text_alone(asked: str | None, line: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(log.VARIABLE, raising=False)
    if asked:
        monkeypatch.setenv(log.VARIABLE, asked)
    stream = io.StringIO()
    log.say("run_end", "so it is", stream, published=1)
    assert stream.getvalue() == line
