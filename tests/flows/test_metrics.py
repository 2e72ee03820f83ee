"""What Prometheus reads of a run: one gauge a line, in the text format."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from flows.night import Course
from flows.reporting import metrics
from flows.settings import Home
from tests.conftest import PROJECT, night

SAMPLE = re.compile(r'wencang_[a-z_]+(\{([a-z]+="[^"\\]*",?)+\})? [-+0-9.e]+')


def unjudged(*_: object) -> None:
    """In the place of the judge."""


def test_a_night_leaves_its_numbers(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Course, "judge_table", unjudged)
    outcome = night(tmp_path, PROJECT / "seeds" / "articles" / "haijia" / "rice-robot.txt")
    told = Home(tmp_path).metrics.read_text(encoding="utf-8").splitlines()
    samples = [line for line in told if not line.startswith("#")]
    assert [line for line in samples if not SAMPLE.fullmatch(line)] == []
    assert 'wencang_run_state{state="published"} 1' in samples
    assert 'wencang_stage_rows_in{stage="ingest"} 1' in samples
    assert 'wencang_source_records{source="adhoc"} 1' in samples
    assert len([line for line in samples if line.startswith("wencang_stage_seconds")]) == len(outcome.stages)


def test_labels_are_escaped() -> None:
    (_, line) = metrics.metric("x", "About.", [({"source": 'a"b\\c\nd'}, 1.0)])
    assert line == 'wencang_x{source="a\\"b\\\\c\\nd"} 1\n'
