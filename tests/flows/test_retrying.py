"""Only what passes with time is tried again."""

from __future__ import annotations

from http.client import RemoteDisconnected
from urllib.error import HTTPError, URLError

import pytest

from flows.endings import BUSY, IO, Trouble
from flows.retrying import passes_with_time, tried


def answer(code: int) -> HTTPError:
    return HTTPError("http://127.0.0.1", code, "", None, None)  # pyright: ignore[reportArgumentType]


@pytest.mark.parametrize(
    "error",
    [Trouble(BUSY, "x"), URLError("x"), answer(503), answer(429), RemoteDisconnected("x"), TimeoutError(), ConnectionError()],
    ids=repr,
)  # fmt: skip
def test_a_network_or_a_lock_may_answer_later(error: Exception) -> None:
    assert passes_with_time(error)


@pytest.mark.parametrize("error", [Trouble(IO, "x"), answer(404), OSError(28, "x"), ValueError(), None], ids=repr)
def test_nothing_else_does(error: Exception | None) -> None:
    assert not passes_with_time(error)


def test_pauses_grow_by_chance_and_end() -> None:
    pauses: list[float] = []
    calls: list[int] = []

    def work() -> None:
        calls.append(1)
        raise TimeoutError

    with pytest.raises(TimeoutError):
        tried(work, (2.0, 4.0), pauses.append)
    assert len(calls) == 3
    assert 2 <= pauses[0] <= 3 and 4 <= pauses[1] <= 6


def test_a_fault_is_raised_at_once() -> None:
    def work() -> None:
        raise ValueError("wrong")

    with pytest.raises(ValueError, match="wrong"):
        tried(work, (1.0,), lambda pause: pytest.fail(f"slept {pause}"))
