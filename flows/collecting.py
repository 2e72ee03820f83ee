"""The collection of cyclic garbage, put off while libraries are imported: what they make stays, all looking is in vain.

A fifth to a quarter of the processor time of a large import goes into looking.
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
