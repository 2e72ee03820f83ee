"""Killed at random with its whole process group, again and again, while readers look: never an error, never a step back."""

from __future__ import annotations

import contextlib
import itertools
import json
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

SHIPPED = sorted((ARTICLES / "haijia").glob("*.txt"))
# What a wire sends again and again: a copy of the first article.
PARAGRAPHS = SHIPPED[0].read_text(encoding="utf-8").split("\n\n")[2:]
WIRE = {"id": "lanshan-1", "title": "转发：澜山银行三季报", "content": "\n".join(PARAGRAPHS[:4])}
# What articles nobody has seen are made of, and how often one comes: two of them share a sentence at most now and then,
# so none is a copy of another, and the number of articles only grows.
SENTENCES = sorted(
    {
        sentence
        for path in (*SHIPPED, *(ARTICLES / "chengjiang").glob("*.txt"))
        for sentence in path.read_text(encoding="utf-8").replace("\n", "。").split("。")[3:]
        if len(sentence) >= 20
    }
)
NEW_EVERY, SENTENCES_OF_ONE = 8, 6
# Every text is a chunk by itself: one that was worked on for a night that was killed comes again as it was.
CHUNK_BYTES = 1
LOOK_SECONDS = 0.01
OPEN_SECONDS = 2.0


class Reader(threading.Thread):
    """Opens what readers open, whenever it is turned and often between, and remembers what it saw."""

    def __init__(self, home: Path):
        super().__init__(daemon=True)
        self.current = home / "current"
        self.seen: list[int] = []
        self.errors: list[Exception] = []
        self.done = threading.Event()

    def run(self) -> None:
        opened, at = "", 0.0
        while not self.done.wait(LOOK_SECONDS):
            try:
                release, now = str(self.current.readlink()), time.monotonic()
                if release != opened or now - at >= OPEN_SECONDS:
                    opened, at = release, now
                    self.read()
            except Exception as error:
                self.errors.append(error)

    def read(self) -> None:
        """What a dashboard would ask."""
        path = (self.current / "warehouse.duckdb").resolve()
        with duckdb.connect(str(path), read_only=True, config={"threads": 1}) as connection:
            articles, in_ledger = connection.execute(
                "select (select count(*) from marts.fct_article),"
                " (select count(*) from meta.ledger where fate = 'published')"
            ).fetchall()[0]
        assert articles == in_ledger
        self.seen.append(int(articles))


def arrivals(inbox: Path, chance: random.Random) -> Iterator[Path]:
    """One file more with every step: those shipped, then a record that came before, and now and then another article."""
    yield from (Path(shutil.copy(path, inbox)) for path in SHIPPED)
    for number in itertools.count(1):
        if number % NEW_EVERY:
            file, text = f"wire-{number:04}.jsonl", json.dumps(WIRE, ensure_ascii=False)
        else:
            told = chance.sample(SENTENCES, SENTENCES_OF_ONE)
            file, text = f"new-{number:04}.txt", f"第{number}号综合消息：{told[0][:12]}\n\n{'。'.join(told)}。"
        (inbox / file).write_text(text, encoding="utf-8")
        yield inbox / file


@pytest.fixture
def home(base: Base) -> Iterator[Path]:
    """A copy of the home after its first night, in memory where there is such a place: a killed process loses no write."""
    memory = Path("/dev/shm")
    with tempfile.TemporaryDirectory(dir=memory if memory.is_dir() else None, prefix="wencang-kills-") as folder:
        yield Path(shutil.copytree(base.home, Path(folder) / "home", symlinks=True))


def kill(group: int) -> None:
    """End a night and all it has started, unless it has come to its end by itself."""
    with contextlib.suppress(ProcessLookupError):
        os.killpg(group, signal.SIGKILL)


def kill_at_random(zygote: Zygote, base: Base, home: Path, kills: int, seed: int) -> None:
    """Deliver one file more for every night, and kill the night after a random part of the time one takes."""
    chance, inbox = random.Random(seed), home.with_name("inbox")
    inbox.mkdir()
    files = arrivals(inbox, chance)
    reader = Reader(home)
    reader.start()
    done, typical = 0, 0.0
    while done < kills:
        next(files)
        group, began = zygote.start(home, inbox, on=SECOND, threads=1, chunk_bytes=CHUNK_BYTES), time.monotonic()
        timer = threading.Timer(chance.uniform(0, typical), kill, (group,))
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


def test_random_kills(zygote: Zygote, base: Base, home: Path) -> None:
    kill_at_random(zygote, base, home, kills=200, seed=1)


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(10))
def test_many_random_kills(seed: int, zygote: Zygote, base: Base, home: Path) -> None:
    """200 in all, from other seeds, or as many as WENCANG_KILLS says."""
    kill_at_random(zygote, base, home, kills=int(os.environ.get("WENCANG_KILLS", "200")) // 10, seed=100 + seed)
