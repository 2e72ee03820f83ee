"""What a run must not do: connect anywhere, or let a secret out."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.conftest import NIGHT, PROJECT, Ask, night
from tests.faults.conftest import ARTICLES, SECOND, Base, tables
from tests.faults.zygote import Zygote

CANARY = "canary-7f3e9a"
PRIVATE = {"phone": "13911112222", "email": "canary7f3e9a@example.org"}
ADDRESS = re.compile(r"sin6?_addr=inet_(?:addr|pton)\((?:AF_INET6, )?\"([^\"]+)\"")


def test_a_night_without_any_network_is_the_same_night(zygote: Zygote, base: Base, home: Path) -> None:
    ending = zygote.night(home, *base.delivery, on=SECOND, workshop=None, isolated=True)
    if ending.error and "no network namespace" in ending.error:
        pytest.skip("this user may not make a network namespace")
    assert ending.state == "published"
    assert tables(home) == base.tables


@pytest.mark.slow
@pytest.mark.skipif(not shutil.which("strace"), reason="strace is not installed")
def test_the_command_connects_to_loopback_alone(tmp_path: Path) -> None:
    log, home = tmp_path / "connects", tmp_path / "home"
    command = [sys.executable, "-m", "flows.cli", "run", str(ARTICLES / "mirror"), "--home", str(home)]
    traced = ["strace", "-f", "-qq", "--seccomp-bpf", "-e", "trace=connect,sendto", "-o", str(log), *command]
    assert subprocess.run(traced, cwd=PROJECT, capture_output=True).returncode == 0
    addresses = set(ADDRESS.findall(log.read_text(encoding="utf-8", errors="replace")))
    assert addresses <= {"127.0.0.1", "::1"}
    assert addresses, "Prefect was talked to"


@pytest.mark.slow
def test_the_command_runs_where_there_is_no_network(tmp_path: Path) -> None:
    if subprocess.run(["unshare", "-n", "true"], capture_output=True).returncode:
        pytest.skip("this user may not make a network namespace")
    command = [sys.executable, "-m", "flows.cli", "run", str(ARTICLES / "mirror"), "--home", str(tmp_path / "home")]
    done = subprocess.run(["unshare", "-n", *command], cwd=PROJECT, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    assert "no record in Prefect" in done.stderr
    assert "Traceback" not in done.stderr


def test_no_secret_gets_out(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, ask: Callable[[Path], Ask], capsys: pytest.CaptureFixture[str]
) -> None:
    """Secrets of the environment reach no file of the home, private data of an article no cell of the release."""
    for name in ("PREFECT_API_KEY", "AWS_SECRET_ACCESS_KEY", "WENCANG_NOTIFY_URL", "DATABASE_PASSWORD"):
        monkeypatch.setenv(name, CANARY)
    article = tmp_path / "article.txt"
    text = (ARTICLES / "haijia" / "rice-robot.txt").read_text(encoding="utf-8")
    article.write_text(f"{text}\n联系电话：{PRIVATE['phone']}，邮箱：{PRIVATE['email']}\n", encoding="utf-8")
    home = tmp_path / "home"
    assert night(home, article, on=NIGHT).state == "published"

    said = capsys.readouterr()
    assert CANARY not in said.out + said.err
    files = [path for path in home.rglob("*") if path.is_file()]
    assert [path.name for path in files if CANARY.encode() in path.read_bytes()] == []
    beside = [path for path in (home / "releases").rglob("*") if path.suffix in (".html", ".json")]
    assert len(beside) >= 4
    for secret in PRIVATE.values():
        assert [path.name for path in beside if secret in path.read_text(encoding="utf-8")] == []

    reader = ask(home)
    columns = reader(
        "select schema_name, table_name, column_name from duckdb_columns()"
        " where data_type = 'VARCHAR' and schema_name in ('marts', 'meta')"
    )
    assert len(columns) > 50
    for column in columns:
        place = "{schema_name}.{table_name}".format(**column)
        for secret in (CANARY, *PRIVATE.values()):
            found = reader(
                f'select count(*) as n from {place} where contains("{column["column_name"]}", $secret)', secret=secret
            )
            assert found == [{"n": 0}], (place, column["column_name"], json.dumps(secret))


def test_a_release_is_read_only_and_a_home_is_private(base: Base) -> None:
    assert base.home.stat().st_mode & 0o777 == 0o700
    release = (base.home / "current").resolve()
    modes = {path.name: oct(path.stat().st_mode & 0o777) for path in release.rglob("*") if path.is_file()}
    assert set(modes.values()) == {"0o444"}, modes
