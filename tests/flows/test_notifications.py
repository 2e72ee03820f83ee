"""Who wants to know is told when the state changes and once a night; what cannot be sent stops nothing."""

from __future__ import annotations

import json
import sys
import threading
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from typing import Any

import pytest

from flows.endings import BLOCKED, IO, Trouble
from flows.night import Outcome
from flows.reporting import notifications
from flows.reporting.notifications import COMMAND, URL, News
from flows.settings import Home

FINE = News("fine", "night 2026-11-20: 3 published", "2026-11-20", "r1", "n1", {"published": 3})
BLOCKED_NEWS = News.of_trouble(Trouble(BLOCKED, "stage clean is blocked"))


class Listener:
    """A web server on loopback that keeps what it is sent; `codes` are what it answers, 200 once they are used up."""

    def __init__(self) -> None:
        self.heard: list[dict[str, Any]] = []
        self.codes: list[int] = []
        outer = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                code = outer.codes.pop(0) if outer.codes else 200
                body = self.rfile.read(int(self.headers["Content-Length"]))
                if code == 200:
                    outer.heard.append(json.loads(body))
                self.send_response(code)
                self.end_headers()

            def log_message(self, format: str, *args: object) -> None:
                """Tests are quiet."""

        self.server = HTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self.server.server_port}/hook?token=s3cret"
        threading.Thread(target=self.server.serve_forever, args=(0.01,), daemon=True).start()

    def events(self) -> list[tuple[str, str]]:
        return [(message["event"], message["state"]) for message in self.heard]


@pytest.fixture
def listener(monkeypatch: pytest.MonkeyPatch) -> Iterator[Listener]:
    monkeypatch.setattr(notifications, "PAUSES", (0.0, 0.0))
    one = Listener()
    yield one
    one.server.shutdown()
    one.server.server_close()


@pytest.fixture
def home(tmp_path: Path) -> Home:
    return Home(tmp_path)


def told(home: Home, news: News, environment: dict[str, str]) -> list[str]:
    """The warnings of sending."""
    warnings: list[str] = []
    notifications.send(home, news, warnings.append, environment=environment)
    return warnings


def test_a_change_of_state_is_told_once_and_a_night_once(home: Home, listener: Listener) -> None:
    for news in (FINE, FINE, BLOCKED_NEWS, BLOCKED_NEWS, FINE, replace(FINE, night="2026-11-21")):
        assert told(home, news, {URL: listener.url}) == []
    assert listener.events() == [
        ("digest", "fine"),
        ("state_changed", "blocked"),
        ("state_changed", "fine"),
        ("digest", "fine"),
    ]
    assert listener.heard[1]["text"] == "stage clean is blocked"
    assert listener.heard[2]["before"] == "blocked"
    assert listener.heard[0]["counts"] == {"published": 3}


def test_a_night_that_brought_nothing_has_no_digest(home: Home, listener: Listener) -> None:
    told(home, replace(FINE, counts={}), {URL: listener.url})
    assert listener.heard == []


def test_a_server_that_asks_for_patience_is_asked_again(home: Home, listener: Listener) -> None:
    listener.codes = [503, 429]
    assert told(home, FINE, {URL: listener.url}) == []
    assert listener.events() == [("digest", "fine")]


@pytest.mark.parametrize("code", [404, 410])
def test_a_server_that_refuses_is_not_asked_again_and_its_address_stays_secret(
    code: int, home: Home, listener: Listener
) -> None:
    listener.codes = [code]
    (warning,) = told(home, FINE, {URL: listener.url})
    assert "nobody was notified" in warning
    assert "s3cret" not in warning
    assert listener.heard == []
    assert told(home, FINE, {URL: listener.url}) == []
    assert listener.events() == [("digest", "fine")], "what was not sent is due again"


def test_a_command_is_given_the_message(home: Home) -> None:
    heard = home.root / "heard.json"
    command = f"{sys.executable} -c 'import sys; open(sys.argv[1], \"w\").write(sys.stdin.read())' {heard}"
    assert told(home, BLOCKED_NEWS, {COMMAND: command}) == []
    assert json.loads(heard.read_text())["state"] == "blocked"


@pytest.mark.parametrize(
    "environment",
    [
        {COMMAND: "/no/such/command --key s3cret"},
        {COMMAND: f"{sys.executable} -c 'raise SystemExit(1)' s3cret"},
        {COMMAND: "unclosed 'quote s3cret"},
        {URL: "file:///etc/passwd?s3cret"},
        {URL: "http://127.0.0.1:9/s3cret"},
    ],
)
def test_what_cannot_be_sent_is_a_warning_without_secrets(
    environment: dict[str, str], home: Home, listener: Listener
) -> None:
    (warning,) = told(home, FINE, environment)
    assert "s3cret" not in warning


def test_nobody_is_told_of_anything_unless_asked(home: Home) -> None:
    assert told(home, BLOCKED_NEWS, {}) == []
    assert not home.notified.exists()


def test_endings_have_their_states() -> None:
    assert News.of_trouble(Trouble(IO, "no space")).state == "disk"
    assert News.of_trouble(Trouble(2, "wrong")).state == "failed"
    assert News.of_trouble(KeyError("x")).state == "failed"
    outcome = Outcome("n1", date(2026, 11, 20), "published", "r1", {"published": 3})
    assert News.of_run(outcome) == replace(FINE, text="night 2026-11-20: 3 published; release r1, 0 warnings")


def test_a_night_in_which_a_source_fell_silent_is_not_fine_though_nothing_is_new(
    home: Home, listener: Listener
) -> None:
    outcome = Outcome("n1", date(2026, 11, 20), "unchanged", "r1", warnings=["source a: no connection"])
    outcome.silent_sources.append("a")
    news = News.of_run(outcome)
    for _ in range(2):
        assert told(home, news, {URL: listener.url}) == []
    assert listener.events() == [("state_changed", "incomplete")]
    assert listener.heard[0]["warnings"] == ["source a: no connection"]
    assert listener.heard[0]["text"] == (
        "night 2026-11-20: nothing new; release r1, 1 warning; nothing could be had from a"
    )
