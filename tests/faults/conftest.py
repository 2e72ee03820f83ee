"""What the fault tests stand on: a home that has seen one night, and the release an uninterrupted second night gives."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import PROJECT, made_once
from tests.faults.workshop import Workshop
from tests.faults.zygote import Zygote
from warehouse import sealed, shelf

FIRST, SECOND = date(2026, 11, 19), date(2026, 11, 20)
ARTICLES = PROJECT / "seeds" / "articles"
DELIVERY = (ARTICLES / "chengjiang", ARTICLES / "mirror")


@dataclass(frozen=True)
class Base:
    """A home after its first night, what the second night brings, and what its stages read and a release holds then."""

    home: Path
    delivery: tuple[Path, ...]
    rows_in: dict[str, int]
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
    def make(folder: Path) -> None:
        assert zygote.night(folder / "home", ARTICLES / "hongkong", on=FIRST).state == "published"
        shutil.copytree(folder / "home", folder / "whole", symlinks=True)
        ending = zygote.night(folder / "whole", *DELIVERY, on=SECOND)
        assert ending.state == "published"
        (folder / "rows_in.json").write_text(json.dumps(ending.rows_in), encoding="utf-8")

    folder = made_once(tmp_path_factory, "faults", make)
    rows_in = json.loads((folder / "rows_in.json").read_text(encoding="utf-8"))
    return Base(folder / "home", DELIVERY, rows_in, tables(folder / "whole"))


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
