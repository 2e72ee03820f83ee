"""A release renewed from the one before holds what one built in full holds, row by row, whatever the nights bring.

The nights of test_changes are compared in the same way at every push.
"""

from __future__ import annotations

import json
import random
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from flows.night import Course
from tests.conftest import NIGHT, night, unjudged
from tests.e2e.both_ways import both_ways
from warehouse import shelf

LIGHTHOUSE = (
    "望海角灯塔昨晚重新点亮，{count}名渔民和家属在码头上鼓掌。\n守塔人沈海生说，新灯的光程达到二十二海里，"
    "雾天还会自动鸣笛。\n灯塔建于一九一二年，停用已有{years}年，修缮费用由县里和渔业合作社各出一半。"
)
REOPENED = (
    "停了多年的望海角灯塔又亮了。县文物所介绍，工匠按照一九一二年的图纸补好了塔身的石块。\n"
    "沈海生是第三代守塔人，他表示将把祖父留下的值班日记捐给灯塔陈列室。\n游客今后可以在退潮时沿石阶登塔。"
)
KITE = (
    "风筝厂的订单排到了明年三月，车间里每天糊好{count}只沙燕风筝。\n厂长吴巧玲说，今年第一次用上了可以降解的骨架，"
    "成本只高了一成。\n下周起，学校可以免费预约参观。"
)
WELL = (
    "镇上的老井水位比去年同期高出{count}厘米，水务站决定恢复三处街边取水点。\n站长高远提醒居民，取来的水要烧开再喝。\n"
    "取水点每天早上六点开放，晚上九点关闭。"
)
# What a record may be told of, and may be told anew with other figures.
REPORTS = {
    "lighthouse": ("灯塔重亮", LIGHTHOUSE), "reopened": ("望海角灯塔恢复使用", REOPENED),
    "kite": ("风筝厂订单排到明年", KITE), "well": ("老井水位回升", WELL),
}  # fmt: skip
Record = dict[str, Any]


def told(name: str, count: int = 40, **stated: Any) -> Record:
    """A report as a record; the same figures give the same text."""
    title, text = REPORTS[name]
    return {"id": name, "title": title, "content": text.format(count=count, years=count + 3), **stated}


def cut(name: str, **stated: Any) -> Record:
    """The report without its last paragraph, under another id."""
    whole = told(name)
    return whole | {"id": f"{name}-cut", "content": whole["content"].rpartition("\n")[0], **stated}


NIGHTS: Sequence[Sequence[Record]] = (
    (told("lighthouse", date="2026-11-19"), cut("kite"), told("well"), told("well", id="well-copy")),
    # A survivor better than the one so far, a corrected report, another report of an event told before.
    (told("kite"), told("well", 55), told("reopened", date="2026-11-20")),
    # One withdrawn for good, one whose copy stands in for it; a night of nothing but that.
    ({"id": "reopened", "status": "withdrawn"}, {"id": "well", "status": "deleted"}),
    (told("lighthouse", 41, date="2026-11-19"), {"id": "nothing", "title": "空"}),
)


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A home whose every release is compared with one built in full."""
    monkeypatch.setattr(Course, "judge_table", unjudged)
    with both_ways(tmp_path):
        yield tmp_path / "home"


def run(home: Path, records: Sequence[Record], on: date) -> dict[str, Any]:
    """One night; the manifest of its release."""
    inbox = home.with_name(f"inbox-{on}") / "wire.jsonl"
    inbox.parent.mkdir()
    inbox.write_text("\n".join(json.dumps(record, ensure_ascii=False) for record in records), encoding="utf-8")
    night(home, inbox.parent, on=on)
    return shelf.manifest(home / "current")


@pytest.mark.slow
def test_whatever_a_night_brings_the_renewed_release_is_as_one_built_in_full(home: Path) -> None:
    made = [run(home, records, NIGHT + timedelta(number)) for number, records in enumerate(NIGHTS)]
    assert [told["built"]["from"] for told in made] == [None, *(told["release_id"] for told in made[:-1])]
    assert len({told["tables"]["marts.fct_article"]["digest"] for told in made}) == len(NIGHTS)


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(8))
def test_nights_drawn_by_lot_are_as_built_in_full(seed: int, home: Path) -> None:
    """Any of the records in any order, some of them twice, on nights that may lie before earlier ones."""
    chance = random.Random(seed)
    deck = [record for records in NIGHTS for record in records] * 2
    chance.shuffle(deck)
    for number in chance.sample(range(9), 6):
        run(home, [deck.pop() for _ in range(chance.randint(1, 4)) if deck], NIGHT + timedelta(number))
