"""One run at a time: the lock lives and dies with its process."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NoReturn

import pytest

from flows import lock, work
from flows.commands.current import working
from flows.commands.doctor import layout_of
from flows.commands.status import run_rows
from flows.endings import BUSY, Trouble
from flows.settings import Home
from warehouse import sealed, store
from warehouse.store import StorageTrouble

HOLD = """
import sys
from pathlib import Path
from typing import Any
from flows import lock
with lock.held(Path(sys.argv[1]), run_id="r1"):
    print("held", flush=True)
    sys.stdin.read()
"""


def other_process(path: Path) -> subprocess.Popen[str]:
    process = subprocess.Popen(
        [sys.executable, "-c", HOLD, str(path)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    assert process.stdout is not None
    assert process.stdout.readline() == "held\n"
    return process


def test_the_second_run_is_told_who_is_first(tmp_path: Path) -> None:
    first = other_process(tmp_path / "lock")
    try:
        assert lock.holder(tmp_path / "lock") == {"pid": first.pid, "run_id": "r1"}
        with pytest.raises(lock.Busy, match=f"run_id r1 .process {first.pid}. holds"), lock.held(tmp_path / "lock"):
            pass
    finally:
        first.communicate("")


def test_a_killed_process_holds_nothing(tmp_path: Path) -> None:
    first = other_process(tmp_path / "lock")
    first.kill()
    first.communicate()
    assert lock.holder(tmp_path / "lock") is None
    with lock.held(tmp_path / "lock", run_id="r2"):
        assert (tmp_path / "lock").read_text().endswith('"run_id": "r2"}')


def test_nobody_holds_a_lock_that_is_not_there(tmp_path: Path) -> None:
    assert lock.holder(tmp_path / "lock") is None


def test_who_asks_for_the_holder_needs_no_right_to_write(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "lock").touch()
    modes: list[str] = []
    real = Path.open

    def spied(path: Path, mode: str = "r") -> Any:
        modes.append(mode)
        return real(path, mode)

    monkeypatch.setattr(Path, "open", spied)
    assert lock.holder(tmp_path / "lock") is None
    assert modes == ["r"]


LOOK = """
import sys
import duckdb
open_for_reading = duckdb.connect(sys.argv[1], read_only=True)
print("open", flush=True)
sys.stdin.read()
"""


@pytest.fixture
def looked_into(tmp_path: Path) -> Iterator[tuple[Path, subprocess.Popen[str]]]:
    """A working database, and a process that has it open for reading, as `wencang status` does for moments."""
    path = tmp_path / "work.duckdb"
    work.begin(path)
    looking = subprocess.Popen(
        [sys.executable, "-c", LOOK, str(path)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    assert looking.stdout is not None
    assert looking.stdout.readline() == "open\n"
    yield path, looking
    looking.kill()
    looking.communicate()


def test_a_night_waits_for_whoever_looks_into_its_database(
    looked_into: tuple[Path, subprocess.Popen[str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    path, looking = looked_into
    waited: list[float] = []

    def wait(seconds: float) -> None:
        waited.append(seconds)
        looking.communicate("")

    monkeypatch.setattr(work.time, "sleep", wait)
    work.attached(path).close()
    assert len(waited) == 1


def test_it_does_not_wait_for_ever(
    looked_into: tuple[Path, subprocess.Popen[str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(work, "GLANCES", 3)
    monkeypatch.setattr(work, "GLANCE_SECONDS", 0)
    with pytest.raises(StorageTrouble, match=r"cannot be opened: .*lock"):
        work.attached(looked_into[0])


def test_what_a_run_opened_a_moment_ago_is_busy_and_not_damaged(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nobody held the lock when it was asked for; when the database is opened somebody does."""
    home = Home(tmp_path)
    home.work.touch()
    answers = iter([None, {"pid": 4711, "verb": "run"}] * 3)

    def holder(path: Path) -> dict[str, Any] | None:
        return next(answers) if path == home.lock else None

    monkeypatch.setattr(lock, "holder", holder)
    monkeypatch.setattr(sealed, "Reader", refused)
    with pytest.raises(Trouble, match=r"`wencang run` .process 4711. is at work") as caught, working(home):
        pass
    assert caught.value.code == BUSY
    assert run_rows(home) == []
    monkeypatch.setattr(store, "Store", refused)
    assert layout_of(home) == []


def refused(*_: object, **__: object) -> NoReturn:
    raise sealed.Unreadable("Could not set lock on file")
