"""Killed at random with its whole process group, again and again, while readers look: never an error, never a step back."""

from __future__ import annotations

import os
import random
import shutil
import signal
import tempfile
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import duckdb
import pytest

from tests.faults.conftest import ARTICLES, SECOND, Base, tables
from tests.faults.zygote import Zygote

DELIVERY = sorted(path for path in (ARTICLES / "haijia").glob("*.txt"))


class Reader(threading.Thread):
    """Opens what readers open, over and over, and remembers what it saw."""

    def __init__(self, home: Path):
        super().__init__(daemon=True)
        self.path = home / "current" / "warehouse.duckdb"
        self.seen: list[int] = []
        self.errors: list[Exception] = []
        self.done = threading.Event()

    def run(self) -> None:
        while not self.done.is_set():
            try:
                with duckdb.connect(str(self.path.resolve()), read_only=True) as connection:
                    articles, in_ledger = connection.execute(
                        "select (select count(*) from marts.fct_article),"
                        " (select count(*) from meta.ledger where fate = 'published')"
                    ).fetchall()[0]
                assert articles == in_ledger
                self.seen.append(int(articles))
            except Exception as error:
                self.errors.append(error)
            self.done.wait(0.05)


@pytest.fixture
def home(base: Base) -> Iterator[Path]:
    """A copy of the home after its first night, in memory where there is such a place: a killed process loses no write."""
    memory = Path("/dev/shm")
    with tempfile.TemporaryDirectory(dir=memory if memory.is_dir() else None, prefix="wencang-kills-") as folder:
        yield Path(shutil.copytree(base.home, Path(folder) / "home", symlinks=True))


def kill_at_random(zygote: Zygote, base: Base, home: Path, kills: int, seed: int) -> None:
    """Deliver one file more for every night, and kill the night after a random part of the time one takes."""
    chance, inbox, left = random.Random(seed), home.with_name("inbox"), list(DELIVERY)
    inbox.mkdir()
    reader = Reader(home)
    reader.start()
    done, typical = 0, 0.0
    while done < kills:
        if left:
            shutil.copy(left.pop(0), inbox)
        else:
            (inbox / f"again-{done}-{time.monotonic_ns()}.txt").write_bytes(DELIVERY[0].read_bytes())
        group, began = zygote.start(home, inbox, on=SECOND), time.monotonic()
        timer = threading.Timer(chance.uniform(0, typical), os.killpg, (group, signal.SIGKILL))
        if typical:
            timer.start()
        ending = zygote.wait()
        timer.cancel()
        done += ending.signal == signal.SIGKILL
        if ending.state is not None:
            typical = time.monotonic() - began
    assert zygote.night(home, inbox, on=SECOND).state in ("published", "unchanged")
    reader.done.set()
    reader.join()
    assert reader.errors == []
    assert reader.seen == sorted(reader.seen), "what was published is never taken back"
    assert reader.seen

    whole = home.with_name("whole")
    shutil.copytree(base.home, whole, symlinks=True)
    assert zygote.night(whole, inbox, on=SECOND).state == "published"
    assert tables(home) == tables(whole)


def test_a_few_random_kills(zygote: Zygote, base: Base, home: Path) -> None:
    kill_at_random(zygote, base, home, kills=30, seed=1)


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(10))
def test_many_random_kills(seed: int, zygote: Zygote, base: Base, home: Path) -> None:
    """200 in all, or as many as WENCANG_KILLS says."""
    kill_at_random(zygote, base, home, kills=int(os.environ.get("WENCANG_KILLS", "200")) // 10, seed=100 + seed)
