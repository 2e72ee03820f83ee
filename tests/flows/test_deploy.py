"""The deployment: what prefect.yaml names is there and takes what it is given; parameters are typed and checked."""

from __future__ import annotations

import inspect
import subprocess
import sys
from datetime import UTC, date, datetime
from pathlib import Path
from types import SimpleNamespace
from typing import Any
from urllib.request import proxy_bypass_environment  # pyright: ignore[reportAttributeAccessIssue]
from uuid import UUID
from zoneinfo import ZoneInfo

import httpx
import pytest
import yaml

from flows.endings import IO, Trouble
from flows.orchestration import schedule_server
from flows.pipeline import PIPELINE
from flows.reporting.notifications import News
from flows.settings import Home, quiet_engines
from tests.conftest import PROJECT
from tests.flows.web import served

DEPLOYMENTS = yaml.safe_load((PROJECT / "prefect.yaml").read_text(encoding="utf-8"))["deployments"]


@pytest.fixture(scope="module")
def nightly() -> Any:
    from prefect.flows import load_flow_from_entrypoint

    return load_flow_from_entrypoint(DEPLOYMENTS[0]["entrypoint"], use_placeholder_flow=False)


def test_the_deployment_for_work_pools_is_that_of_serve(nightly: Any) -> None:
    from prefect.schedules import Cron

    (one,) = DEPLOYMENTS
    assert (nightly.name, one["name"]) == ("nightly", "wencang")
    assert set(one["parameters"]) == set(inspect.signature(nightly.fn).parameters)
    assert nightly.validate_parameters(one["parameters"])["home"] == Path("var")
    (schedule,) = one["schedules"]
    assert Cron(schedule["cron"], timezone=schedule["timezone"]).timezone == "Asia/Shanghai"


def test_parameters_have_types(nightly: Any) -> None:
    given = {"home": "news", "night": "2026-11-20", "paths": ["inbox"], "source": None, "workers": 2}
    assert nightly.validate_parameters(given)["night"] == date(2026, 11, 20)


@pytest.mark.parametrize(
    ("planned", "night"),
    [
        (datetime(2026, 11, 19, 18, tzinfo=UTC), date(2026, 11, 20)),
        (datetime(2026, 11, 20, 15, 59, tzinfo=UTC), date(2026, 11, 20)),
        (datetime(2026, 11, 20, 16, tzinfo=UTC), date(2026, 11, 21)),
        (datetime(2026, 11, 20, 12, tzinfo=ZoneInfo("America/New_York")), date(2026, 11, 21)),
    ],
)
def test_a_run_that_begins_late_does_the_night_it_was_scheduled_for(
    planned: datetime, night: date, monkeypatch: pytest.MonkeyPatch
) -> None:
    from flows import deploy

    monkeypatch.setattr(deploy, "at_hand", SimpleNamespace(parameters={}, scheduled_start_time=planned))
    assert (deploy.scheduled_night(), deploy.title()) == (night, f"night {night}")


@pytest.mark.parametrize(
    "wrong",
    [{"night": "yesterday"}, {"night": "0026-11-20"}, {"workers": 0}, {"keep": 0}, {"paths": "inbox"}, {"home": 3}],
    ids=str,
)
def test_wrong_parameters_are_refused(nightly: Any, wrong: dict[str, Any]) -> None:
    from prefect.exceptions import ParameterTypeError

    with pytest.raises(ParameterTypeError, match=next(iter(wrong))):
        nightly.validate_parameters({"home": "news"} | wrong)


def test_only_what_reads_from_a_network_is_tried_again() -> None:
    from flows.nightly import retrying

    assert [stage for stage in ("ingest", *(s.name for s in PIPELINE), "publish") if retrying(stage)] == ["ingest"]


@pytest.mark.parametrize(("cron", "every"), [("0 2 * * *", None), ("no cron", 30)])
def test_a_schedule_is_in_shanghai_time(cron: str, every: int | None) -> None:
    from flows.deploy import schedule

    assert schedule(cron, every).timezone == "Asia/Shanghai"


def test_a_cron_that_is_none_is_refused() -> None:
    from flows.deploy import schedule

    with pytest.raises(ValueError, match="cron"):
        schedule("at night", None)


def test_a_night_that_was_cancelled_is_told_as_stopped(monkeypatch: pytest.MonkeyPatch) -> None:
    from prefect.client.schemas.objects import FlowRun
    from prefect.states import Cancelled, Cancelling, Crashed

    from flows import deploy

    told: list[str] = []

    def send(home: Home, news: News, warn: object) -> None:
        told.append(news.state)

    monkeypatch.setattr(deploy.notifications, "send", send)
    one = FlowRun(flow_id=UUID(int=1), name="night 2026-11-20", parameters={"home": "news"})
    for state in (Cancelling(), Cancelled(), Crashed()):
        deploy.tell_of_crash(deploy.nightly, one, state)
    # In the process of the night, which Prefect asks for its state before it is cancelled.
    monkeypatch.setattr(deploy.stopping, "asked", lambda: deploy.stopping.Stopped(15))
    deploy.tell_of_crash(deploy.nightly, one, Crashed())
    assert told == ["stopped", "stopped", "died", "stopped"]


GONE = httpx.ConnectError("All connection attempts failed")
GIVEN_UP = ExceptionGroup("unhandled errors", [ExceptionGroup("", [RuntimeError("Service exceeded error threshold.")])])


@pytest.mark.parametrize("raised", [GONE, GIVEN_UP, httpx.UnsupportedProtocol("no protocol")], ids=repr)
def test_a_server_that_does_not_answer_is_no_fault_of_ours(raised: Exception, monkeypatch: pytest.MonkeyPatch) -> None:
    from flows import deploy

    def serve(**_: object) -> None:
        raise raised

    monkeypatch.setenv("PREFECT_API_URL", "http://prefect.example/api")
    monkeypatch.setattr(deploy.nightly, "serve", serve)
    monkeypatch.setattr(deploy.signal, "signal", print)
    with pytest.raises(Trouble, match=r"the Prefect server at http://prefect\.example/api does not answer") as told:
        deploy.serve_nightly(Home(Path("news")), deploy.schedule("0 2 * * *", None), None)
    assert told.value.code == IO


@pytest.mark.parametrize("before", ["", "intranet.example,127.0.0.1", "*"])
def test_servers_of_this_machine_are_not_asked_through_a_proxy(before: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Prefect's client and ours take the proxy of the environment for all that it does not leave out."""
    for name in ("http_proxy", "HTTP_PROXY"):
        monkeypatch.setenv(name, "http://proxy.example:3128")
    for name in ("no_proxy", "NO_PROXY"):
        monkeypatch.setenv(name, before)
    quiet_engines(Home(Path("news")))
    asked = {host: bool(proxy_bypass_environment(host)) for host in ("127.0.0.1", "localhost", "intranet.example")}
    assert asked == {"127.0.0.1": True, "localhost": True, "intranet.example": before != ""}


class Machine:
    """A server that answers as it is told, the last time for ever; time passes where somebody rests."""

    def __init__(self, *answers: bool | None, ends_after: float = float("inf")) -> None:
        self.answers, self.ends_after, self.moment = list(answers), ends_after, 0.0

    def is_there(self) -> bool | None:
        return self.answers.pop(0) if len(self.answers) > 1 else self.answers[0]

    def noticed_after(self) -> float:
        def rest(seconds: float) -> None:
            self.moment += seconds

        schedule_server.until_gone(self.is_there, lambda: self.moment >= self.ends_after, rest, lambda: self.moment)
        return self.moment


def test_a_server_that_is_gone_is_noticed_and_one_that_stumbles_is_waited_for() -> None:
    """Prefect's runner gives up on it within a minute, and then neither works nor ends."""
    assert Machine(True, ends_after=30.0).noticed_after() == 30.0
    assert Machine(True, False, False, True, False).noticed_after() == 4 * 5.0 + schedule_server.REFUSED_SECONDS
    assert Machine(True, None, False, None).noticed_after() == 5.0 + schedule_server.SILENT_SECONDS


def test_any_answer_is_one_but_that_of_a_server_in_trouble() -> None:
    with served() as site:
        site.pages["/well"], site.pages["/who"], site.pages["/ill"] = (200, {}, b""), (401, {}, b""), (503, {}, b"")
        found = [schedule_server.answers(f"{site.root}/{name}") for name in ("well", "who", "ill")]
    assert found == [True, True, False]
    assert schedule_server.answers(f"{site.root}/well") is False


def test_a_server_that_does_not_come_up_tells_where_it_says_why(tmp_path: Path) -> None:
    process = subprocess.Popen([sys.executable, "-c", "raise SystemExit(1)"])
    process.wait()
    with pytest.raises(Trouble, match=r"server\.log says why"):
        schedule_server.wait(process, "http://127.0.0.1:9/health", tmp_path / "server.log")
