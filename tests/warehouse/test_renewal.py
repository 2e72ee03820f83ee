"""When a release may be renewed from the one before, and when it is built in full."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import duckdb
import pytest

from transforms.tables import ops
from warehouse import renewal, sealed, shelf
from warehouse.sealed import RowSums
from warehouse.store import Store

REVISION = 7


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    opened = Store(tmp_path / "work.duckdb", (ops.Redone, ops.Revision))
    opened.execute("insert into ops.revision values ($r)", {"r": REVISION})
    yield opened
    opened.close()


def earlier(folder: Path, **said: Any) -> Path:
    """A sealed release, if one of bytes alone; `said` differs in its manifest."""
    release = folder / "earlier"
    release.mkdir()
    (release / shelf.FILE).write_bytes(b"rows")
    told = {
        "footing": "same", "revision": REVISION, "file_sha256": shelf.file_digest(release / shelf.FILE), "file_bytes": 4,
        "last_full": {"file_bytes": 4, "rows": 100}, "tables": {"marts.t": {"rows": 100}},
    }  # fmt: skip
    (release / "manifest.json").write_text(json.dumps(told | said))
    return release


def test_the_first_release_is_built_in_full(store: Store, tmp_path: Path) -> None:
    assert renewal.copied(store, None, tmp_path / "new", "same") == "there is no earlier release"


def test_a_release_of_the_same_footing_is_copied(store: Store, tmp_path: Path) -> None:
    assert renewal.copied(store, earlier(tmp_path), tmp_path / "new", "same") is None
    assert (tmp_path / "new").read_bytes() == b"rows"


def test_a_few_rows_may_become_many_times_as_many(store: Store, tmp_path: Path) -> None:
    grown = earlier(tmp_path, tables={"marts.t": {"rows": 10_000}})
    assert renewal.copied(store, grown, tmp_path / "new", "same") is None


@pytest.mark.parametrize(
    ("said", "why"),
    [
        ({"footing": "another"}, "rules, tables or versions are not those"),
        ({"file_sha256": "0"}, "not as it was sealed"),
        ({"tables": {"marts.t": {"rows": 20_126}}}, "grown"),
        ({"file_bytes": 64 << 20}, "grown"),
    ],
    ids=["other rules", "other bytes", "many more rows", "much more room"],
)
def test_a_release_that_cannot_be_renewed_leaves_no_file(
    said: dict[str, Any], why: str, store: Store, tmp_path: Path
) -> None:
    assert why in (renewal.copied(store, earlier(tmp_path, **said), tmp_path / "new", "same") or "")
    assert not (tmp_path / "new").exists()


def test_a_release_of_an_earlier_version_is_not_renewed(store: Store, tmp_path: Path) -> None:
    release = earlier(tmp_path)
    (release / "manifest.json").write_text('{"revision": 7, "tables": {}}')
    assert "versions" in (renewal.copied(store, release, tmp_path / "new", "same") or "")


def test_work_done_over_is_built_in_full_until_a_release_holds_it(store: Store, tmp_path: Path) -> None:
    with store.transaction():
        store.note_redone("replay")
    before, after = tmp_path / "before", tmp_path / "after"
    before.mkdir()
    after.mkdir()
    assert "done over" in (renewal.copied(store, earlier(before), tmp_path / "new", "same") or "")
    assert renewal.copied(store, earlier(after, revision=REVISION + 1), tmp_path / "new", "same") is None


def test_sums_of_rows_are_carried_on() -> None:
    with duckdb.connect() as connection:
        connection.execute("create table t as select i, 'x' || i as text from range(9) as r(i)").fetchall()
        whole, none, some, rest = (
            sealed.row_sums(connection, "t", f"from t where {which}") for which in ("true", "false", "i < 4", "i >= 4")
        )
    assert some.plus(rest) == whole
    assert whole.minus(some) == rest
    assert whole.minus(whole) == none == RowSums("i,text", 0, 0, 0)
    assert sealed.sums_told("i,text", whole.told()) == whole
