"""A home of its own and a site on loopback for every test that asks for them."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from flows.settings import Home
from tests.flows.web import Site, served


@pytest.fixture
def site() -> Iterator[Site]:
    with served() as site:
        site.page("/robots.txt", "", "text/plain")
        yield site


@pytest.fixture
def home(tmp_path: Path) -> Home:
    home = Home(tmp_path / "home")
    home.make()
    return home
