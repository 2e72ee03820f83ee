"""One night, one result: wherever the machine stands, whatever its clock says, however the work is cut and shared."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest

from flows.settings import business_date
from tests.conftest import PROJECT, Ask
from tests.faults.conftest import ARTICLES, FIRST, SECOND, Base, tables
from tests.faults.zygote import Zygote

CIRCUMSTANCES: dict[str, dict[str, Any]] = {
    "New York, as its clocks go back; one thread, small chunks": {
        "threads": 1,
        "environment": {"TZ": "America/New_York", "POLARS_MAX_THREADS": "1"},
        "now": "2026-11-01T05:59:59.999999",
        "chunk_bytes": 6_000,
    },
    "midnight in Shanghai; two workers": {
        "environment": {"TZ": "Asia/Shanghai"},
        "now": "2026-11-20T15:59:59.999999",
        "chunk_bytes": 12_000,
        "workers": 2,
    },
}
MORE: dict[str, dict[str, Any]] = {
    "Lord Howe, half an hour of summer time": {
        "environment": {"TZ": "Australia/Lord_Howe"},
        "now": "2026-10-03T15:30:00",
    },
    "one thread": {"environment": {"POLARS_MAX_THREADS": "1"}},
    "many threads": {"environment": {"POLARS_MAX_THREADS": "7"}},
    "chunks of one document": {"chunk_bytes": 1},
    "three workers": {"chunk_bytes": 6_000, "workers": 3},
}


@pytest.mark.parametrize("how", CIRCUMSTANCES.values(), ids=CIRCUMSTANCES.keys())
def test_circumstances_do_not_matter(how: dict[str, Any], zygote: Zygote, base: Base, home: Path) -> None:
    assert zygote.night(home, *base.delivery, on=SECOND, workshop=None, **how).state == "published"
    assert tables(home) == base.tables


@pytest.mark.slow
@pytest.mark.parametrize("how", MORE.values(), ids=MORE.keys())
def test_other_circumstances_do_not_matter(how: dict[str, Any], zygote: Zygote, base: Base, home: Path) -> None:
    assert zygote.night(home, *base.delivery, on=SECOND, workshop=None, **how).state == "published"
    assert tables(home) == base.tables


def test_neither_the_order_of_files_nor_giving_them_twice_matters(zygote: Zygote, base: Base, home: Path) -> None:
    twice = [*reversed(base.delivery), *base.delivery]
    assert zygote.night(home, *twice, on=SECOND).state == "published"
    assert tables(home) == base.tables
    assert zygote.night(home, *twice, on=SECOND).state == "unchanged"


@pytest.mark.slow
def test_copies_under_other_names_change_no_article(
    zygote: Zygote, base: Base, home: Path, tmp_path: Path, ask: Callable[[Path], Ask]
) -> None:
    """Every file twice: the same articles, each with its copies."""
    once = Path(shutil.copytree(home, tmp_path / "once", symlinks=True))
    zygote.night(once, *base.delivery, on=SECOND)
    for folder in base.delivery:
        shutil.copytree(folder, tmp_path / "copies" / f"{folder.name}-again")
    assert zygote.night(home, *base.delivery, tmp_path / "copies", on=SECOND).state == "published"
    query = "select title_hans, body_hans, published_on, outlet from marts.fct_article order by all"
    assert ask(home)(query) == ask(once)(query)


@pytest.mark.slow
@pytest.mark.parametrize("seed", ["1", "4242"])
def test_the_hash_seed_of_python_does_not_matter(seed: str, base: Base, home: Path) -> None:
    """In a process of its own: the seed is fixed when the interpreter begins."""
    told = subprocess.run(
        [sys.executable, "-c", A_NIGHT, str(home), str(SECOND), *map(str, base.delivery)],
        cwd=PROJECT, env=os.environ | {"PYTHONHASHSEED": seed}, capture_output=True, text=True,
    )  # fmt: skip
    assert told.returncode == 0, told.stderr
    assert tables(home) == base.tables


A_NIGHT = """
import sys
from collections.abc import Callable
from datetime import date
from pathlib import Path
from flows.night import Course
from tests.conftest import night
Course.judge_table = lambda self, stage, table: None
night(Path(sys.argv[1]), *map(Path, sys.argv[3:]), on=date.fromisoformat(sys.argv[2]))
"""


@pytest.mark.parametrize(
    ("moment", "night"),
    [
        ("2026-11-20T15:59:59.999999", date(2026, 11, 20)),
        ("2026-11-20T16:00:00", date(2026, 11, 21)),
        ("2026-12-31T16:00:00", date(2027, 1, 1)),
        ("1988-06-01T15:30:00", date(1988, 6, 2)),
    ],
    ids=["before midnight", "midnight", "new year", "summer time of 1988"],
)
def test_the_night_is_the_date_in_shanghai(moment: str, night: date) -> None:
    assert business_date(datetime.fromisoformat(moment)) == night


def test_the_base_is_two_nights(base: Base) -> None:
    assert FIRST < SECOND
    assert base.tables["marts.fct_article"]["rows"] > len(list((ARTICLES / "hongkong").glob("*.txt")))
