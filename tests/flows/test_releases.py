"""Releases as a user meets them: damage is found out, the way back is open, old ones go when nobody needs them."""

from __future__ import annotations

import json
import shutil
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from flows import conductor, endings
from flows.night import RESTORED, Course, Outcome
from flows.reporting.progress import PlainProgress
from flows.settings import Home
from tests import conftest
from tests.conftest import Ask, Command, release_id, unjudged
from warehouse import shelf


def damaged(home: Path) -> None:
    file = home / "current" / "warehouse.duckdb"
    file.chmod(0o600)
    data = bytearray(file.read_bytes())
    data[len(data) // 2] ^= 0xFF
    file.write_bytes(data)


def cut_short(home: Path) -> None:
    file = home / "current" / "warehouse.duckdb"
    file.chmod(0o600)
    file.write_bytes(file.read_bytes()[:5000])


def lost(home: Path) -> None:
    (home / "current" / "warehouse.duckdb").unlink()


@pytest.mark.parametrize("harm", [damaged, cut_short, lost], ids=lambda f: f.__name__)
def test_a_damaged_release_is_found_out(harm: Callable[[Path], None], sample_home: Path, said: Command) -> None:
    harm(sample_home)
    people, programs = said("verify", home=sample_home), said("verify", "--json", home=sample_home)
    assert people.code == programs.code == endings.IO
    assert "`wencang rollback`" in people.err
    assert programs.document["holds"] is False
    assert programs.document["differences"]
    doctor = said("doctor", home=sample_home)
    assert doctor.code == endings.IO
    assert "CURE release" in doctor.out


def brought(home: Path, number: int, monkeypatch: pytest.MonkeyPatch) -> Outcome:
    """A night of one article."""
    monkeypatch.setattr(Course, "judge_table", unjudged)
    file = home.parent / f"{number}.jsonl"
    told = {
        "id": number,
        "title": f"第{number}号渡口开渡",
        "content": f"第{number}号渡口昨天开渡，头一班船载了{number}人。",
    }
    file.write_text(json.dumps(told, ensure_ascii=False), encoding="utf-8")
    return conftest.night(home, file)


def test_a_database_older_than_the_release_says_so_and_publishes_what_it_has(
    tmp_path: Path, ask: Callable[[Path], Ask], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Restored from a backup it counted its changes up to where the release stood, and took its news for published."""
    home, backup = tmp_path / "home", tmp_path / "backup"
    brought(home, 31, monkeypatch)
    shutil.copy(Home(home).work, backup)
    brought(home, 52, monkeypatch)
    shutil.copy(backup, Home(home).work)
    outcome = brought(home, 73, monkeypatch)
    assert outcome.warnings == [RESTORED]
    assert shelf.manifest(home / "current")["built"]["in_full_because"]
    titles = "select title_hans as title from marts.fct_article order by 1"
    assert [row["title"] for row in ask(home)(titles)] == ["第31号渡口开渡", "第73号渡口开渡"]
    again = brought(home, 52, monkeypatch)
    assert (again.warnings, again.totals) == ([], {"published": 3})


def test_a_release_that_was_removed_is_made_anew_by_the_next_night(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    home = tmp_path / "home"
    brought(home, 31, monkeypatch)
    shutil.rmtree(home / "releases" / release_id(home))
    outcome = brought(home, 31, monkeypatch)
    assert (outcome.state, outcome.warnings, outcome.totals) == ("published", [], {"published": 1})


def test_a_file_that_cannot_be_read_is_no_bug(sample_home: Path, said: Command) -> None:
    cut_short(sample_home)
    for question in [("search", "珊瑚"), ("explain", "rice-robot.txt"), ("export", str(sample_home / "out"))]:
        answer = said(*question, home=sample_home)
        assert answer.code == endings.IO, question
        assert "cannot be read" in answer.err
        assert "`wencang doctor`" in answer.err


def without_a_manifest(home: Path) -> None:
    (home / "current" / "manifest.json").unlink()


def without_its_release(home: Path) -> None:
    (home / "current").resolve().rename(home / "elsewhere")


def without_work(home: Path) -> None:
    (home / "work.duckdb").unlink()


@pytest.mark.parametrize(
    ("harm", "questions"),
    [
        (without_a_manifest, ["status", "verify", "report", "gc", "rollback"]),
        (without_its_release, ["status", "verify", "report", "gc", "rollback", "search 珊瑚", "query SELECT", "queries most_quoted"]),
        (without_work, ["quarantine list", "quarantine replay", "learn", "run --rebuild"]),
    ],
    ids=lambda told: getattr(told, "__name__", ""),
)  # fmt: skip
def test_what_is_damaged_is_never_told_as_not_yet_there(
    harm: Callable[[Path], None], questions: list[str], sample_home: Path, said: Command
) -> None:
    harm(sample_home)
    for question in questions:
        answer = said(*question.split(), home=sample_home)
        assert (answer.code, answer.out) == (endings.IO, ""), question
        assert "`wencang doctor`" in answer.err, question


def second_release(home: Path) -> tuple[str, str]:
    """A second release on the shelf, the child of the first and current; (first, second)."""
    first = release_id(home)
    second = "20261121-later"
    shutil.copytree(home / "releases" / first, home / "releases" / second)
    path = home / "releases" / second / "manifest.json"
    told: dict[str, Any] = json.loads(path.read_text("utf-8"))
    told |= {"release_id": second, "parent_release_id": first, "built_at_utc": "2036-11-21 00:00:00"}
    path.write_text(json.dumps(told), encoding="utf-8")
    (home / "current").unlink()
    (home / "current").symlink_to(Path("releases") / second)
    return first, second


def test_rollback_goes_to_the_parent_and_leaves_the_child(sample_home: Path, said: Command) -> None:
    first, second = second_release(sample_home)
    answer = said("rollback", "--json", home=sample_home)
    assert answer.document == {"release_id": first, "left": second}
    assert release_id(sample_home) == first
    assert said("rollback", second, home=sample_home).code == endings.OK
    assert release_id(sample_home) == second


def test_rollback_never_leads_to_a_damaged_release(sample_home: Path, said: Command) -> None:
    first, second = second_release(sample_home)
    file = sample_home / "releases" / first / "warehouse.duckdb"
    file.chmod(0o600)
    file.write_bytes(b"")
    answer = said("rollback", home=sample_home)
    assert answer.code == endings.IO
    assert f"{first} is damaged, readers stay on {second}" in answer.err
    assert release_id(sample_home) == second


def test_gc_spares_what_readers_see_and_the_way_back(sample_home: Path, said: Command) -> None:
    first, second = second_release(sample_home)
    shutil.copytree(sample_home / "releases" / first, sample_home / "releases" / "19990101-old")
    (sample_home / "releases" / ".building-19990101").mkdir()
    answer = said("gc", "--keep", "1", "--json", home=sample_home)
    assert answer.document == {"removed": ["19990101-old"], "in_use": []}
    assert sorted(p.name for p in (sample_home / "releases").iterdir()) == sorted([first, second])


def test_a_gc_that_dies_leaves_nothing_that_another_does_not_take_away(
    sample_home: Path, said: Command, monkeypatch: pytest.MonkeyPatch
) -> None:
    first, second = second_release(sample_home)
    releases = sample_home / "releases"
    shutil.copytree(releases / first, releases / "19990101-old")

    def dies(folder: Path) -> None:
        (folder / "manifest.json").unlink()
        raise OSError("killed")

    with monkeypatch.context() as killed:
        killed.setattr(shutil, "rmtree", dies)
        assert said("gc", "--keep", "1", home=sample_home).code == endings.IO
    assert shelf.folders(releases) == sorted([first, second])
    assert said("gc", "--keep", "1", home=sample_home).code == 0
    assert sorted(p.name for p in releases.iterdir()) == sorted([first, second])


def shelved(home: Path, name: str, night: str, built_at: str) -> None:
    """One more release on the shelf: a copy of the current one under another name, night and time."""
    folder = home / "releases" / name
    shutil.copytree(home / "releases" / release_id(home), folder)
    told: dict[str, Any] = json.loads((folder / "manifest.json").read_text("utf-8"))
    told |= {"release_id": name, "night": night, "built_at_utc": built_at}
    (folder / "manifest.json").write_text(json.dumps(told), encoding="utf-8")


def test_gc_keeps_the_last_release_of_each_of_the_newest_nights(sample_home: Path, said: Command) -> None:
    _, current = second_release(sample_home)
    for name, night, built_at in [
        ("again", "2020-01-03", "2020-01-04 02:00:00"),
        ("once", "2020-01-03", "2020-01-03 02:00:00"),
        ("older", "2020-01-02", "2020-01-05 02:00:00"),
        ("oldest", "2020-01-01", "2020-01-06 02:00:00"),
        ("tonight", "2036-01-01", "2035-01-01 00:00:00"),
    ]:
        shelved(sample_home, name, night, built_at)
    answer = said("gc", "--keep", "4", "--json", home=sample_home)
    assert answer.document == {"removed": ["once", "oldest"], "in_use": []}
    assert release_id(sample_home) == current


def test_a_night_that_keeps_so_many_leaves_the_older_ones_to_nobody(
    sample_home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    first, second = second_release(sample_home)
    shelved(sample_home, "older", "2020-01-02", "2020-01-05 02:00:00")
    conductor.thin(Home(sample_home), 1, PlainProgress(sys.stderr))
    assert sorted(p.name for p in (sample_home / "releases").iterdir()) == sorted([first, second])
    assert capsys.readouterr().err == "removed 1 release of older nights\n"
