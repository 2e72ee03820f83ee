"""The split of what a small night costs: parts that were measured one on top of the other, told apart."""

from __future__ import annotations

import pytest

from benchmarks.overhead import JUDGING, PARTS, WORK, Cost, split


def test_the_parts_told_apart_are_the_whole() -> None:
    measured = {
        "interpreter": 1.0, "own": 3.0, "prefect": 4.5, "judge": 6.0, "server": 5.0,
        "work": 10.0, "judged": 15.0, "command": 23.0,
    }  # fmt: skip
    assert set(measured) == set(PARTS)
    told = split({part: Cost(seconds, seconds) for part, seconds in measured.items()})
    assert sum(one.cpu for one in told.values()) == sum(one.wall for one in told.values()) == pytest.approx(23.0)
    assert [round(one.cpu, 1) for one in told.values()] == [1.0, 2.0, 1.5, 2.5, 3.0, 7.0, 2.0, 4.0]
    assert (told[WORK].cpu, told[JUDGING].cpu) == (7.0, 2.0)
