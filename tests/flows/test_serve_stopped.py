"""`wencang serve` told to stop while a night is at work: the night is stopped too, nothing is left behind or half done."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from flows import lock
from tests.conftest import NIGHT, PROJECT, wencang

pytestmark = pytest.mark.slow


def descendants(process: int) -> set[int]:
    """Every process a process has begun, and those they have begun (Linux proc(5))."""
    lists = Path(f"/proc/{process}/task").glob("*/children")
    own = {int(child) for one in lists for child in one.read_text(encoding="ascii").split()}
    return own.union(*map(descendants, own))


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT], ids=["SIGTERM", "SIGINT"])
def test_serve_stopped_in_the_middle_of_a_night(number: int, tmp_path: Path) -> None:
    home = tmp_path / "home"
    process = subprocess.Popen(
        [sys.executable, "-m", "flows.cli", "serve", "--every", "20", "--home", str(home)],
        stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True, cwd=PROJECT,
        env={name: value for name, value in os.environ.items() if name != "PREFECT_API_URL"},
    )  # fmt: skip
    try:
        assert process.stderr is not None
        assert any(line.startswith("ingest") for line in process.stderr), "a night has begun"
        family = descendants(process.pid)
        night = (lock.holder(home / "lock") or {})["pid"]
        assert night in family
        process.send_signal(number)
        asked_at = time.monotonic()
        _, err = process.communicate(timeout=60)
        assert time.monotonic() - asked_at < 30
        ends = asked_at + 40
        while any(Path(f"/proc/{one}").exists() for one in family):
            assert time.monotonic() < ends, "no process is left behind"
            time.sleep(0.05)
    finally:
        for one in {process.pid, *descendants(process.pid)} if process.poll() is None else ():
            os.kill(one, signal.SIGKILL)
    assert "Traceback" not in err
    told = wencang("status", "--json", home=home).document
    assert told["running"] is None
    assert told["release_id"] is None
    assert told["last_run"]["state"] in ("failed", "died")
    assert wencang("run", "--night", str(NIGHT), "--json", home=home).document["published"] > 10
