"""A disk that is full or broken, made so from outside: the kernel says no, to every write, sync and rename of a publish."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import time
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.conftest import wencang
from tests.faults.conftest import SECOND, Base, release_of, tables
from tests.faults.zygote import Ending, Zygote

CALLS = ("fsync", "fdatasync", "rename", "renameat", "renameat2", "pwrite64", "write", "ftruncate")
needs_strace = pytest.mark.skipif(not shutil.which("strace"), reason="strace is not installed")


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A file system of its own, in memory; `resized` changes its size."""
    place = tmp_path / "disk"
    place.mkdir()
    if subprocess.run(["mount", "-t", "tmpfs", "-o", "size=64m", "tmpfs", place], capture_output=True).returncode:
        pytest.skip("this user may not mount a file system")
    yield place
    subprocess.run(["umount", "--lazy", place], check=True)


def resized(place: Path, size: int) -> None:
    subprocess.run(["mount", "-o", f"remount,size={size}", place], check=True)


def used(place: Path) -> int:
    usage = shutil.disk_usage(place)
    return usage.total - usage.free


def test_a_full_disk_leaves_the_last_release_and_room_gets_the_next(
    zygote: Zygote, base: Base, small_disk: Path
) -> None:
    home = Path(shutil.copytree(base.home, small_disk / "home", symlinks=True))
    before = release_of(home)
    resized(small_disk, used(small_disk) + (3 << 20))
    ending = zygote.night(home, *base.delivery, on=SECOND)
    assert ending.error is not None
    assert "No space left" in ending.error or "StorageTrouble" in ending.error
    assert release_of(home) == before
    assert not list((home / "releases").glob(".building*"))
    tables(home)
    resized(small_disk, 256 << 20)
    assert zygote.night(home, *base.delivery, on=SECOND).state == "published"
    assert tables(home) == base.tables


@pytest.mark.slow
def test_the_command_says_where_there_is_no_room(base: Base, small_disk: Path) -> None:
    home = Path(shutil.copytree(base.home, small_disk / "home", symlinks=True))
    resized(small_disk, used(small_disk) + (3 << 20))
    answer = wencang("run", *base.delivery, "--night", str(SECOND), home=home)
    assert answer.code == 4, answer.err
    last = answer.err.splitlines()[-1]
    assert str(home) in last
    assert "MiB free at" in last
    assert "Traceback" not in answer.err


def publishing(zygote: Zygote, base: Base, home: Path, *inject: str) -> tuple[Ending, Counter[str]]:
    """The second night, its publishing under strace; which of CALLS it made, how often."""
    log = home.with_name("strace.log")
    process = zygote.start(home, *base.delivery, on=SECOND, waits=True)
    try:
        until(lambda: Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0] == "T")
    except BaseException:
        os.killpg(process, signal.SIGKILL)
        zygote.wait()
        raise
    options = [option for one in inject for option in ("-e", f"inject={one}")]
    tracer = subprocess.Popen(
        ["strace", "-f", "-qq", "-o", log, "-e", f"trace={','.join(CALLS)}", *options, "-p", str(process)],
        stderr=subprocess.DEVNULL,
    )
    try:
        until(lambda: "TracerPid:\t0" not in Path(f"/proc/{process}/status").read_text())
        os.kill(process, signal.SIGCONT)
    except BaseException:
        os.killpg(process, signal.SIGKILL)
        raise
    finally:
        ending = zygote.wait()
        tracer.wait()
    made = Counter(line.split(None, 1)[1].partition("(")[0] for line in log.read_text().splitlines() if "(" in line)
    return ending, Counter({call: made[call] for call in CALLS})


def until(reached: Callable[[], bool], seconds: float = 120) -> None:
    """Wait for a state of another process."""
    ends = time.monotonic() + seconds
    while not reached():
        assert time.monotonic() < ends
        time.sleep(0.005)


def holds_and_gets_there(zygote: Zygote, base: Base, home: Path, ending: Ending, before: Path, what: str) -> None:
    """After a failure readers have a whole release, and the night said again is the night."""
    assert ending.signal == 0, what
    if ending.error is not None:
        assert "Errno" in ending.error or "StorageTrouble" in ending.error, f"{what}: {ending.error}"
    assert release_of(home) == before or ending.error is None or tables(home) == base.tables, what
    tables(home)
    assert zygote.night(home, *base.delivery, on=SECOND).state in ("published", "unchanged"), what
    assert tables(home) == base.tables, what
    assert not list((home / "releases").glob(".building*")), what


@pytest.mark.slow
@needs_strace
@pytest.mark.parametrize("error", ["ENOSPC", "EIO"])
def test_every_write_sync_and_rename_of_a_publish_may_fail(
    error: str, zygote: Zygote, base: Base, tmp_path: Path
) -> None:
    """Set WENCANG_EVERY to a number n to try every n-th call only."""
    every = int(os.environ.get("WENCANG_EVERY", "1"))
    whole = Path(shutil.copytree(base.home, tmp_path / "count" / "home", symlinks=True))
    ending, made = publishing(zygote, base, whole)
    assert ending.state == "published"
    # The last write is the answer of the process itself.
    made["write"] -= 1
    assert made["fsync"] > 5 and made["rename"] + made["renameat"] + made["renameat2"] >= 2 and made["pwrite64"] > 10
    for call, count in made.items():
        for number in range(1, count + 1, every if count > 20 else 1):
            what = f"{call} {number} of {count}: {error}"
            home = Path(shutil.copytree(base.home, tmp_path / "fails" / "home", symlinks=True))
            before = release_of(home)
            ending, _ = publishing(zygote, base, home, f"{call}:error={error}:when={number}")
            holds_and_gets_there(zygote, base, home, ending, before, what)
            shutil.rmtree(tmp_path / "fails")
