"""What the fault tests stand on: a home that has seen one night, and the release an uninterrupted second night gives."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import PROJECT
from tests.faults.workshop import Workshop
from tests.faults.zygote import Zygote
from warehouse import sealed, shelf

FIRST, SECOND = date(2026, 11, 19), date(2026, 11, 20)
ARTICLES = PROJECT / "seeds" / "articles"


@dataclass(frozen=True)
class Base:
    """A home after its first night, what the second night brings, and what a release holds after it."""

    home: Path
    delivery: tuple[Path, ...]
    tables: dict[str, Any]


@pytest.fixture(scope="session")
def zygote(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Zygote]:
    """The parent of all nights of the session, and the process that works on their chunks."""
    workshop = Workshop(tmp_path_factory.mktemp("workshop"))
    one = Zygote(workshop.socket)
    yield one
    one.close()
    workshop.close()


@pytest.fixture(scope="session")
def base(zygote: Zygote, tmp_path_factory: pytest.TempPathFactory) -> Base:
    home, whole = tmp_path_factory.mktemp("faults") / "home", tmp_path_factory.mktemp("faults") / "whole"
    assert zygote.night(home, ARTICLES / "hongkong", on=FIRST).state == "published"
    delivery = (ARTICLES / "chengjiang", ARTICLES / "mirror")
    shutil.copytree(home, whole, symlinks=True)
    assert zygote.night(whole, *delivery, on=SECOND).state == "published"
    return Base(home, delivery, tables(whole))


@pytest.fixture
def home(base: Base, tmp_path: Path) -> Path:
    """A copy of the home after its first night."""
    shutil.copytree(base.home, tmp_path / "home", symlinks=True)
    return tmp_path / "home"


def release_of(home: Path) -> Path:
    """The release readers see."""
    return home / "releases" / str(shelf.current_id(home / "current"))


def tables(home: Path) -> dict[str, Any]:
    """{table: rows and digest} of the release readers see, which must be whole; without the books of the runs."""
    folder = release_of(home)
    assert sealed.verify(folder) == []
    assert not list(folder.glob("*.wal"))
    told = shelf.manifest(folder)["tables"]
    return {name: table for name, table in told.items() if name not in sealed.VOLATILE_TABLES}
