"""A disk that is full or broken, made so from outside: the kernel says no, to every write, sync and rename of a publish."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.conftest import wencang
from tests.faults.conftest import SECOND, Base, release_of, tables
from tests.faults.zygote import Ending, Zygote
from warehouse import sealed

# What a publish asks of a disk, and how often a thread does so at the very least.
CALLS = {"fsync": 5, "fdatasync": 0, "rename": 2, "pwrite64": 10, "write": 10, "ftruncate": 0}
# A home whose publish failed this many times must still get there.
IN_A_ROW = 25
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


def publishing(zygote: Zygote, home: Path, call: str, error: str, number: int) -> tuple[Ending, bool]:
    """Publish what is ready, the `number`-th `call` of each thread failing; whether any thread got so far."""
    log = home.with_name("strace.log")
    process = zygote.start(home, on=SECOND, only="publish", waits=True)
    try:
        until(lambda: Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0] == "T")
    except BaseException:
        os.killpg(process, signal.SIGKILL)
        zygote.wait()
        raise
    inject = f"inject={call}:error={error}:when={number}"
    # The engines write with pwrite64; with write their threads only wake each other, which no disk can refuse.
    threads = [] if call == "write" else ["-f"]
    tracer = subprocess.Popen(
        ["strace", *threads, "-qq", "-o", log, "-e", f"trace={call}", "-e", inject, "-p", str(process)],
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
    return ending, "(INJECTED)" in log.read_text()


def until(reached: Callable[[], bool], seconds: float = 120) -> None:
    """Wait for a state of another process."""
    ends = time.monotonic() + seconds
    while not reached():
        assert time.monotonic() < ends
        time.sleep(0.005)


@pytest.fixture
def ready(zygote: Zygote, base: Base, home: Path) -> Path:
    """A home whose second night has done everything but publish."""
    ending = zygote.night(home, *base.delivery, on=SECOND, faults=[("publish:begin", "kill", 0)])
    assert ending.signal == signal.SIGKILL
    return home


def readers_have_a_release(home: Path, ending: Ending, before: Path, what: str) -> None:
    """The failure is told for what it is, and readers see a release whose bytes are those that were sealed."""
    assert ending.signal == 0, what
    if ending.error is not None:
        assert "Errno" in ending.error or "StorageTrouble" in ending.error, f"{what}: {ending.error}"
    assert ending.error or ending.state is None or release_of(home) != before, f"{what}: published, and nothing is"
    assert sealed.bytes_as_sealed(release_of(home)), what


def gets_there(zygote: Zygote, base: Base, home: Path, what: str) -> None:
    """The night said again is the night."""
    assert zygote.night(home, *base.delivery, on=SECOND).state in ("published", "unchanged"), what
    assert tables(home) == base.tables, what
    assert not list((home / "releases").glob(".building*")), what


@pytest.mark.slow
@needs_strace
@pytest.mark.parametrize("error", ["ENOSPC", "EIO"])
@pytest.mark.parametrize("call", CALLS)
def test_every_write_sync_and_rename_of_a_publish_may_fail(
    call: str, error: str, zygote: Zygote, base: Base, ready: Path, tmp_path: Path
) -> None:
    """The first, the second, and so on until no thread of a publish makes so many; one home fails many times over.

    Set WENCANG_EVERY to a number n to try every n-th call only.
    """
    before, every = release_of(ready), int(os.environ.get("WENCANG_EVERY", "1"))
    home = Path(shutil.copytree(ready, tmp_path / "fails" / "home", symlinks=True))
    failed: list[str] = []
    number, is_reached = 1, True
    while is_reached:
        ending, is_reached = publishing(zygote, home, call, error, number)
        failed.append(f"{call} {number}: {error}")
        readers_have_a_release(home, ending, before, failed[-1])
        if not is_reached or release_of(home) != before or len(failed) == IN_A_ROW:
            gets_there(zygote, base, home, ", ".join(failed))
            shutil.rmtree(home)
            shutil.copytree(ready, home, symlinks=True)
            failed.clear()
        number += every
    print(f"{call}: {error}, up to the {number - 2 * every}th of a thread")
    assert number > CALLS[call]
