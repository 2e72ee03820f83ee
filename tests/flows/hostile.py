"""A stage whose parser falls for what some records hold: it hangs, dies, eats memory or raises."""

from __future__ import annotations

import os
import re
import time

import polars as pl

from transforms import decode


def documents(records: pl.DataFrame, *reference: pl.DataFrame) -> pl.DataFrame:
    """Decode, by a parser with weaknesses. A record that was refused is not parsed."""
    parsed = records.filter(pl.col("reason_code").is_null()) if "reason_code" in records.columns else records
    for payload in parsed["payload"]:
        weakness = re.search(rb"please (\w+)", payload)
        if weakness:
            FALLS[weakness[1]]()
    return decode.documents(records, *reference)


def hang() -> None:
    """Time without end inside one call of C."""
    re.match(r"(a+)+$", "a" * 64 + "b")


def die() -> None:
    """What a crash of a parser looks like from outside."""
    os.abort()


def eat() -> None:
    """Memory without end."""
    hoard = [bytearray(1 << 26)]
    while True:
        hoard.append(bytearray(1 << 26))


def sleep() -> None:
    """Waiting without end uses no processor time."""
    time.sleep(3600)


class Panic(BaseException):
    """What a panic of a Rust library looks like in Python."""


def panic() -> None:
    """No Exception, and still no end of the world."""
    raise Panic("index out of bounds")


FALLS = {b"hang": hang, b"die": die, b"eat": eat, b"sleep": sleep, b"panic": panic}
