"""However `wencang run` ends, it leaves no process behind, no half release, and says what happened in one line."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from flows import stopping
from tests.conftest import PROJECT, Command
from tests.faults.conftest import ARTICLES


@pytest.fixture
def running(tmp_path: Path) -> Iterator[subprocess.Popen[str]]:
    """`wencang run` in a fresh home, its first stage done."""
    process = subprocess.Popen(
        [sys.executable, "-m", "flows.cli", "run", str(ARTICLES / "haijia"), "--home", str(tmp_path / "home")],
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, cwd=PROJECT,
    )  # fmt: skip
    assert process.stderr is not None
    assert process.stderr.readline().startswith("ingest"), "one plain line a stage"
    yield process
    process.kill()
    process.communicate()


def children(parent: int) -> list[int]:
    """The processes a process has started."""
    found: list[int] = []
    for status in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = status.read_text().rpartition(")")[2].split()
        except OSError:
            continue
        if int(fields[1]) == parent:
            found.append(int(status.parent.name))
    return found


def gone(process: int) -> bool:
    """Whether a process has ended, within some seconds."""
    for _ in range(100):
        try:
            if Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0] == "Z":
                return True
        except OSError:
            return True
        time.sleep(0.05)
    return False


@pytest.mark.parametrize(
    ("number", "code"),
    [(signal.SIGINT, 130), (signal.SIGTERM, 143), (signal.SIGKILL, -9)],
    ids=["SIGINT", "SIGTERM", "SIGKILL"],
)
def test_a_run_that_is_stopped(
    number: int, code: int, running: subprocess.Popen[str], tmp_path: Path, said: Command
) -> None:
    servers = children(running.pid)
    assert servers, "the night has a Prefect server of its own"
    asked_at = time.monotonic()
    os.kill(running.pid, number)
    out, err = running.communicate()
    assert running.returncode == code, err
    assert time.monotonic() - asked_at < 10
    assert out == ""
    assert "Traceback" not in err
    if number != signal.SIGKILL:
        assert "stopped by" in err.splitlines()[-1]
    assert all(gone(process) for process in servers)
    told = said("status", "--json", home=tmp_path / "home").document
    assert told["running"] is None
    assert told["last_run"]["state"] in ("failed", "died")
    assert told["release_id"] is None
    assert said("status", home=tmp_path / "home").code == 0


def test_an_error_an_engine_makes_of_a_stop_is_the_stop(monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(RuntimeError, match="interrupted"), stopping.told():
        raise RuntimeError("Query interrupted")
    monkeypatch.setattr(stopping, "_asked", [signal.SIGTERM])
    with pytest.raises(stopping.Stopped, match="SIGTERM"), stopping.told():
        raise RuntimeError("Query interrupted")
