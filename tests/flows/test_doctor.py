"""A home broken in many ways: the doctor finds each, says what to do, and doing it helps."""

from __future__ import annotations

import argparse
import json
import shutil
from collections.abc import Callable
from pathlib import Path

import duckdb
import pytest

from flows import settings, work
from flows.commands.doctor import Finding, findings
from flows.commands.releases import rollback
from flows.settings import Home
from warehouse import sealed as sealed_release
from warehouse import shelf

OLD, NEW = "20261119-old", "20261120-new"


def sealed(home: Home, release_id: str, parent: str | None) -> None:
    """A release of no tables."""
    folder = home.releases / release_id
    folder.mkdir()
    with duckdb.connect(str(folder / shelf.FILE)):
        pass
    (folder / shelf.FILE).chmod(0o444)
    told = {
        "release_id": release_id, "built_at_utc": release_id, "night": release_id[:8], "parent_release_id": parent,
        "file_sha256": shelf.file_digest(folder / shelf.FILE), "tables": {},
    }  # fmt: skip
    (folder / "manifest.json").write_text(json.dumps(told))


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home with two releases, and files taken in and archived."""
    home = Home(tmp_path_factory.mktemp("doctor") / "home")
    home.make()
    store = work.prepared(home.work)
    store.execute("insert into raw.files values ('adhoc', 'a.txt', '0', date '2026-11-20', 1, 1)")
    store.close()
    (home.archive / "pack").touch()
    sealed(home, OLD, None)
    sealed(home, NEW, OLD)
    shelf.flip(home.current, NEW)
    return home.root


@pytest.fixture
def home(whole: Path, tmp_path: Path) -> Home:
    shutil.copytree(whole, tmp_path / "home", symlinks=True)
    return Home(tmp_path / "home")


def ill(home: Home) -> list[Finding]:
    return [finding for finding in findings(home) if not finding.ok]


def written(path: Path, text: str) -> None:
    path.unlink(missing_ok=True)
    path.write_text(text)


def of_a_later_version(home: Home) -> None:
    with duckdb.connect(str(home.work)) as connection:
        connection.execute("update ops.layout set version = 99")


def turned_to_nothing(home: Home) -> None:
    home.current.unlink()
    home.current.symlink_to("releases/nothing")


HARM: dict[str, tuple[Callable[[Home], object], str, str]] = {
    "other bytes": (lambda home: written(home.current / shelf.FILE, "x"), "release", "wencang rollback"),
    "no file": (lambda home: (home.current / shelf.FILE).unlink(), "release", "wencang rollback"),
    "no manifest": (lambda home: (home.current / "manifest.json").unlink(), "release", "wencang rollback"),
    "half a manifest": (lambda home: written(home.current / "manifest.json", "{"), "release", "wencang rollback"),
    "turned to nothing": (turned_to_nothing, "release", "wencang rollback"),
    "not turned": (lambda home: home.current.unlink(), "release", "wencang rollback"),
    "an older manifest": (lambda home: written(home.releases / OLD / "manifest.json", ""), "releases", "remove"),
    "may be written": (lambda home: (home.current / shelf.FILE).chmod(0o644), "sealed", "chmod 444"),
    "work lost": (lambda home: home.work.unlink(), "work", "backup"),
    "work damaged": (lambda home: written(home.work, "nonsense"), "work", "backup"),
    "work of a later version": (of_a_later_version, "work", "install the wencang that wrote it"),
    "archive lost": (lambda home: (home.archive / "pack").unlink(), "archive", "backup"),
    "open to others": (lambda home: home.root.chmod(0o755), "private", "chmod 700"),
    "half a release": (lambda home: (home.releases / ".building-x").mkdir(), "left", "the next `wencang run`"),
    "sources": (lambda home: written(home.root / "sources.csv", "a,b\n1,2"), "sources", "mend or remove"),
    "furniture": (lambda home: written(home.root / "furniture.csv", "a,b\n1,2"), "furniture", "mend or remove"),
    "a file for a folder": (lambda home: (shutil.rmtree(home.releases), home.releases.touch()), "home", "move"),
    "a folder for a lock": (lambda home: home.lock.mkdir(), "lock", "remove"),
}


def test_a_home_that_is_well(home: Home) -> None:
    assert ill(home) == []


def test_the_sources_of_a_home_are_counted_without_the_one_every_home_has(home: Home) -> None:
    written(home.root / "sources.csv", "source_id\nriver\nhill\n")
    assert [finding.told for finding in findings(home) if finding.check == "sources"] == ["2 sources"]


@pytest.mark.parametrize(("harm", "check", "cure"), HARM.values(), ids=HARM.keys())
def test_every_finding_names_its_cure(harm: Callable[[Home], object], check: str, cure: str, home: Home) -> None:
    harm(home)
    [finding] = [finding for finding in ill(home) if finding.check == check]
    assert cure in finding.cure
    if cure == "wencang rollback":
        assert rollback(argparse.Namespace(id=None, json=True), home) == 0
        assert [finding.check for finding in ill(home) if finding.check == "release"] == []


def test_too_little_address_space_is_found(home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    """The engines reserve more than they use, and abort where they cannot: nobody can say why afterwards."""
    allowed = 2 << 30

    def getrlimit(what: int) -> tuple[int, int]:
        return allowed, -1

    monkeypatch.setattr(settings.resource, "getrlimit", getrlimit)
    [found] = [finding for finding in findings(home) if not finding.ok]
    assert (found.check, found.told) == ("limits", "2048 MiB of address space")
    allowed = -1
    assert all(finding.ok for finding in findings(home))


def test_the_only_release_damaged_leads_to_a_new_one(home: Home) -> None:
    shutil.rmtree(home.releases / OLD)
    written(home.current / shelf.FILE, "x")
    [finding] = [finding for finding in ill(home) if finding.check == "release"]
    assert finding.cure == f"remove {home.current}, then `wencang run`"


def test_no_night_begins_anew_under_a_published_release(home: Home) -> None:
    home.work.unlink()
    with pytest.raises(OSError, match=r"work\.duckdb is missing, and a release is published"), work.opened(home):
        pass
    assert not home.work.exists()


def test_what_is_published_while_it_looks_is_no_release_without_a_manifest(
    home: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It took its list of releases before it read the current one, and told to remove what had come since."""

    def meanwhile(folder: Path) -> list[str]:
        if not (home.releases / "20261121-newest").exists():
            sealed(home, "20261121-newest", NEW)
        return []

    monkeypatch.setattr(sealed_release, "verify", meanwhile)
    assert ill(home) == []
