"""A home of its own and a site on loopback for every test that asks for them."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from flows.settings import Home
from flows.work import prepared
from tests.conftest import made_once
from tests.flows.web import Site, served


@pytest.fixture
def site() -> Iterator[Site]:
    with served() as site:
        site.page("/robots.txt", "", "text/plain")
        yield site


@pytest.fixture(scope="session")
def tables(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A working database with every table and no row. Read only."""

    def make(folder: Path) -> None:
        prepared(folder / "work.duckdb").close()

    return made_once(tmp_path_factory, "tables", make) / "work.duckdb"


@pytest.fixture
def home(tables: Path, tmp_path: Path) -> Home:
    home = Home(tmp_path / "home")
    home.make()
    shutil.copy(tables, home.work)
    return home
