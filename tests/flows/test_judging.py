"""From which row on a table is judged: only where all before it held, and nothing but new rows has been written."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any, ClassVar

import dataframely as dy
import polars as pl
import pytest

from flows.judging import Held
from transforms.tables import ops
from transforms.tables.base import Table, about
from warehouse.store import Store

BEFORE = {"core.peels": {"rows": 2, "yardstick": "metre"}}


class Peel(Table):
    """One row per apple and peel."""

    NAME: ClassVar[str] = "core.peels"
    ABOUT: ClassVar[str] = "果皮 / one row per apple and peel"

    apple = dy.String(primary_key=True, metadata=about("苹果", "apple"))
    ordinal = dy.Int64(primary_key=True, metadata=about("序号", "ordinal"))


def peels(*apples: str) -> pl.DataFrame:
    return pl.DataFrame({"apple": apples, "ordinal": range(len(apples))}, schema=Peel.create_empty().schema)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    """A table of two rows that another process has written."""
    first = Store(tmp_path / "work.duckdb", (ops.Revision, Peel))
    first.insert(Peel, peels("a", "b"))
    first.close()
    opened = Store(tmp_path / "work.duckdb", (ops.Revision, Peel))
    yield opened
    opened.close()


def test_where_all_held_only_new_rows_are_judged(store: Store) -> None:
    held = Held(store, BEFORE)
    store.insert(Peel, peels("c", "d", "e"))
    assert held.since(Peel, "metre") == 2
    held.note(Peel, "metre", rows_hold=True)
    assert held.now == {"core.peels": {"rows": 5, "yardstick": "metre"}}


def test_a_run_begins_where_the_one_before_ended(store: Store) -> None:
    store.insert(Peel, peels("c"))
    later = Held(store, {"core.peels": {"rows": 3, "yardstick": "metre"}})
    store.insert(Peel, peels("d"))
    assert later.since(Peel, "metre") == 3


def test_rows_taken_out_by_earlier_runs_leave_gaps_that_do_not_count(store: Store) -> None:
    with store.together():
        store.insert(Peel, peels("c", "d"))
        store.execute("delete from core.peels where apple = 'a'")
    store.altered.clear()
    held = Held(store, {"core.peels": {"rows": 3, "yardstick": "metre"}})
    store.insert(Peel, peels("e"))
    assert store.rows(f"select apple from core.peels where rowid >= {held.since(Peel, 'metre')}") == [("e",)]


@pytest.mark.parametrize(
    "before", [{}, {"core.peels": {"rows": 1, "yardstick": "metre"}}], ids=["unknown", "other rows"]
)
def test_a_table_that_is_not_as_it_held_is_judged_whole(store: Store, before: dict[str, Any]) -> None:
    held = Held(store, before)
    store.insert(Peel, peels("c"))
    assert held.since(Peel, "metre") is None


def test_another_yardstick_judges_the_whole_table(store: Store) -> None:
    held = Held(store, BEFORE)
    store.insert(Peel, peels("c"))
    assert held.since(Peel, "yard") is None


def test_a_table_without_a_new_row_is_judged_whole(store: Store) -> None:
    assert Held(store, BEFORE).since(Peel, "metre") is None


@pytest.mark.parametrize(
    "statement",
    [
        "update core.peels set ordinal = 9 where apple = 'a'",
        "UPDATE work.core.peels SET ordinal = 9",
        "delete from core.peels where apple = 'a'; insert into core.peels values ('z', 0)",
        "create or replace table core.peels as from core.peels",
    ],
)
def test_a_table_written_to_in_any_other_way_is_judged_whole(store: Store, statement: str) -> None:
    held = Held(store, BEFORE)
    store.insert(Peel, peels("q"))
    store.execute(statement)
    assert held.since(Peel, "metre") is None


def test_a_table_whose_rows_were_replaced_is_judged_whole(store: Store) -> None:
    held = Held(store, BEFORE)
    store.replace(Peel, peels("x", "y", "z"))
    assert held.since(Peel, "metre") is None


def test_rows_of_a_key_that_was_there_are_judged_with_it(store: Store) -> None:
    held = Held(store, BEFORE)
    store.insert(Peel, peels("c", "a"))
    assert held.since(Peel, "metre") is None


def test_rows_that_were_rolled_back_are_not_counted_on(store: Store) -> None:
    held = Held(store, BEFORE)
    with pytest.raises(ZeroDivisionError), store.together():
        store.insert(Peel, peels("c"))
        raise ZeroDivisionError
    assert held.since(Peel, "metre") is None


def test_where_a_row_breaks_what_is_expected_all_are_judged_again(store: Store) -> None:
    held = Held(store, BEFORE)
    held.note(Peel, "metre", rows_hold=False)
    assert held.now == {}
