"""The benchmark runs and counts; how fast anything is, no test says."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

from tests.conftest import PROJECT


def test_a_night_of_few_articles_is_measured(tmp_path: Path) -> None:
    command = [sys.executable, "benchmarks/night.py", "--articles", "4", "--characters", "200", "--workers", "1"]
    done = subprocess.run(
        [*command, "--results", str(tmp_path)], cwd=PROJECT, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    told = json.loads((tmp_path / "night-4.json").read_text(encoding="utf-8"))
    assert told == json.loads(done.stdout)
    assert sum(told["fates"].values()) == told["articles"] == 4
    assert told["cpu_seconds"] > told["judging_cpu_seconds"] > 0
    assert told["peak_mib"]["committing"] > 0
    assert [stage["stage"] for stage in told["stages"]][0 :: len(told["stages"]) - 1] == ["ingest", "publish"]
