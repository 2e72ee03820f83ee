"""The split of what a small night costs: parts that were measured one on top of the other, told apart."""

from __future__ import annotations

import pytest

from benchmarks.overhead import PARTS, Cost, split


def test_the_parts_told_apart_are_the_whole() -> None:
    measured = {
        "interpreter": 1.0, "own": 3.0, "prefect": 4.5, "judge": 6.0, "server": 5.0,
        "work": 10.0, "judged": 15.0, "command": 23.0,
    }  # fmt: skip
    assert set(measured) == set(PARTS)
    told = split({part: Cost(seconds, seconds) for part, seconds in measured.items()})
    assert sum(told.values()) == pytest.approx(23.0)
    assert told["import of Great Expectations"] == 3.0
    assert told["reading, transforming, storing, publishing"] == 7.0
    assert told["judging and data docs"] == 2.0
    assert told["flow and task runs, both sides"] == 2.5
