"""What is worth trying again: a network that does not answer, a lock another run holds. Nothing else gets better."""

from __future__ import annotations

import random
import time
from collections.abc import Callable, Sequence
from http.client import HTTPException
from typing import TypeVar
from urllib.error import HTTPError, URLError

from flows.endings import BUSY, Trouble

T = TypeVar("T")
# "Come back later" in HTTP: request timeout, too early, too many requests, and what a server says of itself.
LATER = frozenset((408, 425, 429, 500, 502, 503, 504))


def passes_with_time(error: object) -> bool:
    """Whether the same call may succeed a little later."""
    if isinstance(error, Trouble):
        return error.code == BUSY
    if isinstance(error, HTTPError):
        return error.code in LATER
    return isinstance(error, URLError | HTTPException | ConnectionError | TimeoutError)


def tried(work: Callable[[], T], pauses: Sequence[float], sleep: Callable[[float], None] = time.sleep) -> T:
    """What `work` returns, tried again after each pause (seconds, up to half as long again) as long as it is worth it."""
    for pause in pauses:
        try:
            return work()
        except Exception as error:
            if not passes_with_time(error):
                raise
        sleep(pause * random.uniform(1, 1.5))
    return work()
