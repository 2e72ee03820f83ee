"""Telling people how nights go: when the state changes, and once a night in numbers. Never the reason a night fails.

Where to is said by the environment, so that no secret stands in a home: WENCANG_NOTIFY_URL is sent each message as
JSON by POST, WENCANG_NOTIFY_COMMAND is run with the same JSON on its standard input.
"""

from __future__ import annotations

import json
import os
import shlex
import subprocess
import urllib.request
from collections.abc import Callable, Iterator, Mapping
from dataclasses import asdict, dataclass, field
from typing import TYPE_CHECKING, Any

from flows.endings import BLOCKED, IO, NO_INPUT, Trouble, first_line
from flows.reporting.wording import counted, listed
from flows.retrying import tried
from flows.settings import Home
from flows.stopping import Stopped

if TYPE_CHECKING:
    from flows.night import Outcome

URL, COMMAND = "WENCANG_NOTIFY_URL", "WENCANG_NOTIFY_COMMAND"
FINE, INCOMPLETE = "fine", "incomplete"
STATES = {BLOCKED: "blocked", IO: "disk", NO_INPUT: "no input"}
ANSWER_SECONDS = 10.0
PAUSES = (1.0, 3.0)


@dataclass(frozen=True)
class News:
    """How a run ended: `state` is `fine`, `incomplete` where a source brought nothing because it could not or documents
    are held back by a fault of ours, or the kind of trouble; `text` is a sentence for people."""

    state: str
    text: str
    night: str | None = None
    release_id: str | None = None
    run_id: str | None = None
    counts: Mapping[str, int] = field(default_factory=dict[str, int])
    warnings: tuple[str, ...] = ()

    @classmethod
    def of_run(cls, outcome: Outcome) -> News:
        """A run that came to its end."""
        told = listed(outcome.fates) if outcome.fates else "nothing new"
        silent = ", ".join(sorted(set(outcome.silent_sources)))
        of_sources = f"; nothing could be had from {silent}" if silent else ""
        of_faults = "".join(f"; {fault.told()}" for fault in outcome.internal_faults)
        return cls(
            INCOMPLETE if silent or of_faults else FINE,
            f"night {outcome.night}: {told}; release {outcome.release_id}, "
            f"{counted(len(outcome.warnings), 'warning')}{of_sources}{of_faults}",
            str(outcome.night),
            outcome.release_id,
            outcome.run_id,
            dict(outcome.fates),
            tuple(outcome.warnings),
        )

    @classmethod
    def of_trouble(cls, error: BaseException) -> News:
        """A run that did not."""
        if isinstance(error, Stopped | KeyboardInterrupt):
            return cls("stopped", str(error) or "stopped")
        state = STATES.get(error.code, "failed") if isinstance(error, Trouble) else "failed"
        return cls(state, first_line(error))


def send(home: Home, news: News, warn: Callable[[str], None], *, environment: Mapping[str, str] = os.environ) -> None:
    """Send what the news calls for. What cannot be sent is warned of, and due again after the next run."""
    if not (environment.get(URL) or environment.get(COMMAND)):
        return
    try:
        told = remembered(home)
        for event, learned in due(news, told):
            deliver({"event": event, "home": str(home.root), "before": told["state"]} | asdict(news), environment)
            told |= learned
            home.notified.write_text(json.dumps(told), encoding="utf-8")
    except Exception as error:
        # The address may hold a secret, and some errors repeat it.
        warn(f"nobody was notified: {withheld(first_line(error), environment)}")


def due(news: News, told: Mapping[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    """(event, what we know once it is told): a change of state, and the digest of a night not told of yet."""
    if news.state != told["state"]:
        yield "state_changed", {"state": news.state}
    if news.state in (FINE, INCOMPLETE) and news.counts and news.night not in told["digests"]:
        yield "digest", {"digests": [*told["digests"], news.night][-31:]}


def remembered(home: Home) -> dict[str, Any]:
    """What was told last; a home nobody was told of is taken to be fine."""
    try:
        return {"state": FINE, "digests": []} | dict(json.loads(home.notified.read_text(encoding="utf-8")))
    except (OSError, ValueError):
        return {"state": FINE, "digests": []}


def deliver(message: Mapping[str, Any], environment: Mapping[str, str]) -> None:
    """Send one message everywhere it should go. Raises what the last attempt raised."""
    body = json.dumps(message, ensure_ascii=False, default=str).encode()
    if url := environment.get(URL):
        tried(lambda: post(url, body), PAUSES)
    if command := environment.get(COMMAND):
        subprocess.run(
            shlex.split(command),
            input=body,
            check=True,
            timeout=ANSWER_SECONDS,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )


def post(url: str, body: bytes) -> None:
    """POST JSON to an http address. Raises URLError, HTTPError, ValueError."""
    if not url.startswith(("http://", "https://")):
        raise ValueError(f"{URL} is no http address")
    request = urllib.request.Request(url, body, {"Content-Type": "application/json; charset=utf-8"})
    with urllib.request.urlopen(request, timeout=ANSWER_SECONDS):
        pass


def withheld(text: str, environment: Mapping[str, str]) -> str:
    """The text without the addresses, which may hold secrets."""
    for name in (URL, COMMAND):
        if secret := environment.get(name):
            text = text.replace(secret, f"${name}")
            for word in secret.split():
                text = text.replace(word, f"${name}")
    return text
