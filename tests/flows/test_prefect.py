"""A night seen from a Prefect server that stays: its flow run, its task runs, its tables."""

from __future__ import annotations

import json
import os
import re
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from flows.pipeline import PIPELINE
from tests.conftest import NIGHT, PROJECT, wencang

pytestmark = pytest.mark.slow


def ask(url: str, path: str, query: dict[str, Any] | None = None) -> Any:
    data = None if query is None else json.dumps(query).encode()
    request = urllib.request.Request(f"{url}/{path}", data, {"content-type": "application/json"})
    with urllib.request.urlopen(request, timeout=10) as answer:
        return json.loads(answer.read())


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The API of a real server on loopback, with a home of its own."""
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
    url = f"http://127.0.0.1:{port}/api"
    process = subprocess.Popen(
        [sys.executable, "-m", "prefect", "server", "start", "--host", "127.0.0.1", "--port", str(port)],
        env=os.environ | {
            "PREFECT_HOME": str(tmp_path_factory.mktemp("prefect")), "PREFECT_SERVER_ANALYTICS_ENABLED": "false",
            "DO_NOT_TRACK": "1",
        },
        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )  # fmt: skip
    for _ in range(600):
        try:
            ask(url, "health")
            break
        except OSError:
            assert process.poll() is None
            time.sleep(0.2)
    yield url
    process.terminate()
    process.wait()


def test_a_night_on_a_server_that_stays(server: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PREFECT_API_URL", server)
    articles = PROJECT / "seeds" / "articles" / "mirror"
    answer = wencang("run", articles, "--night", str(NIGHT), "--json", home=tmp_path / "home")
    assert answer.code == 0, answer.err
    told = answer.document

    runs = ask(server, "flow_runs/filter", {})
    assert [(run["name"], run["state_type"]) for run in runs] == [(f"night {NIGHT} {told['run_id']}", "COMPLETED")]
    tasks: list[Any] = []
    for _ in range(50):  # The server books task runs from events, a little later.
        tasks = ask(server, "task_runs/filter", {"sort": "EXPECTED_START_TIME_ASC"})
        if len(tasks) == len(PIPELINE) + 2 and all(task["state_type"] == "COMPLETED" for task in tasks):
            break
        time.sleep(0.2)
    assert {task["name"] for task in tasks} == {"ingest", *(stage.name for stage in PIPELINE), "publish"}

    artifacts = {artifact["key"]: artifact for artifact in ask(server, "artifacts/filter", {})}
    assert set(artifacts) == {"stages", "quarantine", "report"}
    assert [row["stage"] for row in json.loads(artifacts["stages"]["data"])] == [s["stage"] for s in told["stages"]]
    held = json.loads(artifacts["quarantine"]["data"])
    assert sum(row["rows"] for row in held) == told["quarantined"] == 1
    assert told["release_id"] in artifacts["report"]["data"]

    again = wencang("run", articles, "--night", str(NIGHT), "--json", home=tmp_path / "home")
    assert again.document["state"] == "unchanged"


def test_a_server_that_is_not_there_does_not_stop_the_night(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PREFECT_API_URL", "http://127.0.0.1:9/api")
    article = PROJECT / "seeds" / "articles" / "haijia" / "rice-robot.txt"
    answer = wencang("run", article, "--night", str(NIGHT), "--json", home=tmp_path / "home")
    assert answer.code == 0, answer.err
    assert answer.document["published"] == 1
    assert "warning: no record in Prefect" in answer.err
    assert "Traceback" not in answer.err


def test_a_scheduled_night_runs_to_its_end(tmp_path: Path) -> None:
    """`wencang serve` on a server of its own: the schedule begins a night, which publishes; nothing is left behind."""
    home = tmp_path / "home"
    home.mkdir(mode=0o700)
    articles = PROJECT / "seeds" / "articles" / "mirror"
    (home / "sources.csv").write_text(
        "source_id,name_hans,name_en,location,region,script,time_zone,homepage,trust,licence\n"
        f"inbox,收件箱,Inbox,{articles},,,Asia/Shanghai,,0.5,\n",
        encoding="utf-8",
    )
    process = subprocess.Popen(
        [sys.executable, "-m", "flows.cli", "serve", "--every", "30", "--home", str(home)],
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, cwd=PROJECT,
        env={name: value for name, value in os.environ.items() if name != "PREFECT_API_URL"},
    )  # fmt: skip
    try:
        assert process.stdout is not None
        process.stdout.readline()
        url = process.stdout.readline().split()[-1] + "/api"
        assert ask(url.removesuffix("/api"), "ui-settings")["api_url"] == url, "the page asks this very server"
        one = first_completed(url)
        assert one["name"].startswith("night 20")
        assert one["parameters"] == {"home": str(home), "keep": None}
        tasks = ask(url, "task_runs/filter", {"task_runs": {"flow_run_id": {"any_": [one["id"]]}}})
        names = {task["name"] for task in tasks}
        assert names - {"lock"} == {"ingest", *(stage.name for stage in PIPELINE), "publish"}
        assert {artifact["key"] for artifact in ask(url, "artifacts/filter", {})} >= {"stages", "quarantine", "report"}
    finally:
        process.terminate()
        asked_at = time.monotonic()
        _, err = process.communicate()
    assert time.monotonic() - asked_at < 30
    assert "Traceback" not in err
    assert re.search(r"^Release \S+: of .* published", err, re.MULTILINE), "the night ends with its sentence"
    assert "leaked" not in err, "native destructors keep quiet"
    assert wencang("status", "--json", home=home).document["articles"] > 0


def first_completed(url: str) -> Any:
    """The first flow run that came to its end, within some minutes."""
    for _ in range(400):
        done = ask(url, "flow_runs/filter", {"flow_runs": {"state": {"type": {"any_": ["COMPLETED"]}}}})
        if done:
            return done[0]
        time.sleep(1)
    raise AssertionError("no night came to its end")
