"""The benchmark runs and counts; how fast anything is, no test says."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import pytest

from benchmarks import night
from flows.night import Course
from tests.conftest import judging_one
from transforms.tables import core


def test_a_night_of_few_articles_is_measured(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(Course, "judge_table", judging_one(core.CleanDocument))
    # What the night tells the engines is of its own home, which goes with it.
    monkeypatch.setenv("PREFECT_HOME", str(tmp_path))
    command = ["night.py", "--articles", "4", "--characters", "200", "--workers", "1", "--results", str(tmp_path)]
    monkeypatch.setattr(sys, "argv", command)
    night.main()
    told = json.loads((tmp_path / "night-4.json").read_text(encoding="utf-8"))
    assert told == json.loads(capsys.readouterr().out)
    assert sum(told["fates"].values()) == told["articles"] == 4
    assert told["cpu_seconds"] > told["judging_cpu_seconds"] > 0
    assert told["peak_mib"]["committing"] > 0
    assert [stage["stage"] for stage in told["stages"]][0 :: len(told["stages"]) - 1] == ["ingest", "publish"]
