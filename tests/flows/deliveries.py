"""What sources deliver: a sheet of them, a night that takes them in, and what it leaves."""

from __future__ import annotations

import json
from collections.abc import Generator
from contextlib import contextmanager
from datetime import date, datetime
from typing import Any

from flows import runner
from flows.intake import ingest, sources
from flows.intake.ingest import Arrival
from flows.pipeline import PIPELINE
from flows.runner import Night
from flows.settings import Home
from flows.work import opened
from tests.conftest import NIGHT
from warehouse.store import Store

DECODE = next(stage for stage in PIPELINE if stage.name == "decode")
BODY = "河边的新图书馆周六开馆，首日接待读者两千人，二楼的旧报阅览室最受欢迎，馆长说座位比去年多了三倍。"


def declare(home: Home, *rows: dict[str, str]) -> None:
    """Write a sources.csv of just the columns used."""
    columns = list(dict.fromkeys(name for row in rows for name in row))
    lines = [columns, *([row.get(name, "") for name in columns] for row in rows)]
    text = "".join(",".join(f'"{cell}"' for cell in line) + "\n" for line in lines)
    (home.root / "sources.csv").write_text(text, encoding="utf-8")


@contextmanager
def taken(home: Home, *paths: str, source: str | None = None, on: date = NIGHT) -> Generator[tuple[Store, Arrival]]:
    """Take in and decode one night."""
    with opened(home) as store:
        known = sources.declared(home)
        night = Night("run", on, store, 1 << 20, {"sources": known})
        found = sources.deliveries(paths, source, on, known)
        arrival = ingest.ingest(found, night, home.archive, datetime(2026, 11, 20, 18))
        runner.run(DECODE, night)
        yield store, arrival


def documents(store: Store) -> list[tuple[Any, ...]]:
    return store.rows("select title_field, text, url from raw.documents order by title_field")


def held(store: Store) -> list[tuple[Any, ...]]:
    return store.rows("select stage, reason_code, fate from ops.quarantine order by all")


def lines(*rows: dict[str, Any]) -> str:
    return "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)
