"""How the command ends, and which run it tells of, where the machine is at fault."""

from __future__ import annotations

from pathlib import Path

import duckdb
import pytest

from flows import cli, endings
from flows.commands import run
from flows.settings import Home
from tests.conftest import Command


def test_a_machine_without_memory_is_no_fault_of_ours(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def without_memory(*_: object) -> int:
        raise MemoryError("Failed to allocate block of 2097152 bytes")

    monkeypatch.setattr(run, "run", without_memory)
    assert cli.command(["run", "--home", str(tmp_path)]) == endings.IO
    assert (
        "wencang run: no memory left (Failed to allocate block of 2097152 bytes); free some" in capsys.readouterr().err
    )


def test_the_last_run_is_the_one_that_came_last_whatever_the_clock_said(home: Home, said: Command) -> None:
    """A machine that woke up in 2031 for a night and was set right."""
    with duckdb.connect(str(home.work)) as books:
        for run_id, state, began in (
            ("a", "published", "2031-05-01 18:00:00"),
            ("b", "blocked", "2026-11-21 18:00:00"),
        ):
            values = [run_id, "2026-11-20", state, began]
            books.execute("insert into ops.runs (run_id, night, state, started_at_utc) values (?, ?, ?, ?)", values)
    assert said("status", "--json", home=home.root).document["last_run"]["state"] == "blocked"
