"""One run at a time: the lock lives and dies with its process."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from flows import lock

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
