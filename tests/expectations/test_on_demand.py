"""Libraries only rare expectations look into are not paid for by a night, and there for who asks."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


def told(program: str) -> str:
    """What a fresh process prints."""
    return subprocess.run(
        [sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=True
    ).stdout.strip()


def test_the_judge_comes_up_without_charts_and_distributions_and_who_looks_into_them_finds_them() -> None:
    comes_up = (
        "import expectations.judge, sys; print('altair.vegalite' in sys.modules, 'scipy.optimize' in sys.modules)"
    )
    looks = "from scipy import stats; import altair; print(stats.norm.cdf(0), altair.Chart.__name__)"
    assert told(f"{comes_up}; {looks}").split() == ["False", "False", "0.5", "Chart"]
