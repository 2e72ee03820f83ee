"""Nights whose every release is built twice: as it would be, and in full. The two must hold the same rows."""

from __future__ import annotations

from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import duckdb
import pytest

from warehouse import release, renewal, sealed, shelf
from warehouse.store import Store

# The digests leave moments out; these must agree as well.
MOMENTS = "select article_key, first_seen_at_utc from marts.fct_article"


@contextmanager
def both_ways(folder: Path) -> Generator[None]:
    """Meanwhile releases are renewed however small they are, each compared with one built in full below `folder`."""
    build = release.build

    def compared(
        store: Store, order: release.Order, building: Path, letters: release.Letters, earlier: Path | None
    ) -> release.Built:
        made = build(store, order, building, letters, earlier)
        if made.why_full is None:
            whole = folder / f"whole-{order.release_id}"
            whole.mkdir()
            assert (
                steady(made.tables)
                == steady(build(store, order, whole, letters).tables)
                == seen(building, made.tables)[0]
            )
            assert seen(building, made.tables) == seen(whole, made.tables)
        return made

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(release, "build", compared)
        patch.setattr(renewal, "MOST_GROWN", float("inf"))
        yield


def steady(tables: dict[str, Any]) -> dict[str, Any]:
    """What two equal releases agree in."""
    return {name: rows for name, rows in tables.items() if name not in sealed.VOLATILE_TABLES}


def seen(folder: Path, tables: dict[str, Any]) -> tuple[dict[str, Any], set[tuple[Any, ...]]]:
    """The digests of the rows that stand in a file, and the moments."""
    with duckdb.connect(str(folder / shelf.FILE), read_only=True) as connection:
        found = {name: sealed.table_digest(connection, name) for name in tables}
        return steady(found), set(connection.execute(MOMENTS).fetchall())
