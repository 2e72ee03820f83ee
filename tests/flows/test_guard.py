"""Parsing where it can be ended: whatever a record does to its parser, its neighbours are read."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

import polars as pl
import pytest

from flows.chunk import worked
from flows.intake.guard import Bounds, Guard
from flows.pipeline import PIPELINE
from tests.flows import hostile
from transforms import decode
from transforms.tables import raw

DECODE = next(stage for stage in PIPELINE if stage.name == "decode")
WEAK = replace(DECODE, transform=hostile.documents)
BOUNDS = Bounds(seconds=0.5, seconds_a_megabyte=1.0, memory_bytes=300 << 20, patience=4.0)
BODY = "<html><body><article><p>第{}座图书馆周六开馆，首日接待读者两千人，二楼的旧报阅览室最受欢迎。{}</p></article></body></html>"


def chunk(*notes: str, form: str = "html", first: int = 0) -> list[pl.DataFrame]:
    """Pages, each with a note to its parser."""
    numbers = range(first, first + len(notes))
    rows = {
        "record_id": [f"a{n:015x}" for n in numbers],
        "source_id": "adhoc",
        "file_name": [f"{n}.html" for n in numbers],
        "file_sha256": "0" * 64,
        "record_ordinal": 0,
        "night": date(2026, 1, 1),
        "format": form,
        "payload": [BODY.format(n, note).encode() for n, note in zip(numbers, notes, strict=True)],
        "first_seen_at_utc": None,
    }
    return [pl.DataFrame(rows, schema=raw.Record.create_empty().schema)]


@pytest.fixture
def guard() -> Iterator[Guard]:
    guard = Guard(2, {}, BOUNDS)
    yield guard
    assert (guard.idle, guard.busy) == ([], [])


def read(guard: Guard, *notes: str) -> dict[str, str | None]:
    """{note: reason the page was held back for, None for one that was read}."""
    [(good, held)] = guard.results(WEAK, [chunk(*notes)], several=False)
    reasons = {row["record_id"]: row["reasons"][0] for row in held.iter_rows(named=True)}
    found = dict.fromkeys(good["record_id"]) | reasons
    return {note: found[f"a{number:015x}"] for number, note in enumerate(notes)}


def test_a_page_that_stops_its_parser_is_held_back_alone(guard: Guard) -> None:
    assert read(guard, "fine", "please hang", "good", "please panic") == {
        "fine": None,
        "please hang": "parser_stopped",
        "good": None,
        "please panic": "parser_stopped",
    }


@pytest.mark.slow
@pytest.mark.parametrize("weakness", ["die", "eat", "sleep"])
def test_so_is_one_that_crashes_eats_memory_or_falls_asleep(weakness: str, guard: Guard) -> None:
    assert read(guard, "fine", f"please {weakness}") == {"fine": None, f"please {weakness}": "parser_stopped"}


def test_results_are_those_of_this_process_in_the_order_of_the_chunks(guard: Guard) -> None:
    chunks = [chunk("一", "二", first=2 * n) for n in range(5)]
    expected = [worked(DECODE, frames, {})[0] for frames in chunks]
    found = [good for good, _ in guard.results(DECODE, chunks, several=True)]
    assert all(good.equals(own) for good, own in zip(found, expected, strict=True))


def test_what_holds_no_markup_needs_no_cell(guard: Guard, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Guard, "begun", None)
    [(good, _)] = guard.results(DECODE, [chunk("", form="text")], several=False)
    assert good.height == 1


def test_the_stage_that_reads_pages_is_guarded() -> None:
    assert [stage.name for stage in PIPELINE if stage.transform is decode.documents and stage.is_guarded] == ["decode"]
