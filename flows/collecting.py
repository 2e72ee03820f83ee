"""The collection of cyclic garbage, put off where all looking is in vain: imports, files being read, a chunk at work.

A fifth to a quarter of the processor time of a large import goes into looking, and a tenth of that of a chunk.
"""

from __future__ import annotations

import gc
from collections.abc import Generator
from contextlib import contextmanager


@contextmanager
def put_off() -> Generator[None]:
    """No collection within the block; what is there at its end is never looked at again."""
    gc.disable()
    try:
        yield
    finally:
        gc.freeze()
        gc.enable()


@contextmanager
def paused() -> Generator[None]:
    """No collection within the block; what it leaves is looked at once, afterwards."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()
