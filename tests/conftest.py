"""What many tests stand on: a home with the night of the sample articles, and nights without an orchestrator."""

from __future__ import annotations

import fcntl
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import settings

from flows import cli
from flows.engines.engine import Hire
from flows.history.rebuild import Rebuild
from flows.intake import sources
from flows.night import Course, Outcome
from flows.settings import Home, quiet_engines
from flows.work import opened
from transforms.tables.base import Table
from warehouse import sealed, shelf

PROJECT = Path(__file__).resolve().parents[1]
NIGHT = date(2026, 11, 20)
# How long an example takes is told by what else the machine does.
settings.register_profile("wencang", deadline=None)
settings.load_profile("wencang")


@dataclass(frozen=True)
class Answer:
    """What the command said."""

    code: int
    out: str
    err: str

    @property
    def document(self) -> Any:
        """The JSON document on stdout."""
        return json.loads(self.out)


Command = Callable[..., Answer]
"""Answers a verb and its arguments: see `said`."""


def wencang(*arguments: str | Path, home: Path) -> Answer:
    """Run the command as a user would, in a process of its own."""
    verb, *rest = map(str, arguments)
    done = subprocess.run(
        [sys.executable, "-m", "flows.cli", verb, *rest, "--home", str(home)],
        capture_output=True,
        text=True,
        cwd=PROJECT,
        env=os.environ | {"COLUMNS": "200"},
    )
    return Answer(done.returncode, done.stdout, done.stderr)


def night(home: Path, *paths: Path, on: date = NIGHT, workers: int = 1, engine: Hire | None = None) -> Outcome:
    """One night in this process, stage by stage, without Prefect."""
    place = Home(home)
    quiet_engines(place)
    with opened(place) as store:
        known = sources.declared(place)
        found = sources.deliveries([str(p) for p in paths], None, on, known)
        return walked(Course(place, on, found, store, known, workers=workers, engine=engine))


def rebuild(home: Path) -> Outcome:
    """Everything once more from the archive, in this process."""
    place = Home(home)
    with opened(place) as store:
        return walked(Rebuild(place, store, sources.declared(place), 1))


def unjudged(*_: object) -> None:
    """In the place of `Course.judge_table`: it has tests of its own, and takes most of the time of a small night."""


def judging_one(table: type[Table]) -> Callable[[Course, str, type[Table]], None]:
    """In the place of `Course.judge_table`: the other tables have no part in this."""
    judge_table = Course.judge_table

    def judge(course: Course, stage: str, written: type[Table]) -> None:
        if written is table:
            judge_table(course, stage, written)

    return judge


def walked(course: Course) -> Outcome:
    """Step after step, in this process also where the run before died: a worker knows nothing of what a test has changed."""
    course.context.is_wary = False
    for _, step in course.steps():
        step()
    return course.outcome


def digests(home: Path, *but: str) -> dict[str, Any]:
    """{table: rows and digest} of the release readers see, but of these tables."""
    told = shelf.manifest(home / "current")["tables"]
    return {name: table for name, table in told.items() if name not in but}


def release_id(home: Path) -> str:
    """The release readers of a home see."""
    return (home / "current").readlink().name


class Ask:
    """Questions to the current release of a home."""

    def __init__(self, home: Path):
        self.reader = sealed.Reader(home / "current" / shelf.FILE)

    def __call__(self, query: str, **parameters: Any) -> list[dict[str, Any]]:
        return self.reader.rows(query, parameters or None)


def made_once(factory: pytest.TempPathFactory, name: str, make: Callable[[Path], None]) -> Path:
    """A folder for all processes of a test run: the first that needs it makes it, others wait. Read only."""
    run = factory.getbasetemp()
    run = run.parent if "PYTEST_XDIST_WORKER" in os.environ else run
    folder, is_made = run / f"shared-{name}", run / f"shared-{name}.made"
    with (run / f"shared-{name}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not is_made.exists():
            shutil.rmtree(folder, ignore_errors=True)
            folder.mkdir()
            make(folder)
            is_made.touch()
    return folder


@pytest.fixture(scope="session")
def sample_run(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Answer]:
    """A fresh home after `wencang run` on the shipped articles, and what the command said, its log as JSON. Read only."""

    def make(folder: Path) -> None:
        answer = wencang("run", "--json", "--log-format", "json", "--night", str(NIGHT), home=folder / "home")
        (folder / "answer.json").write_text(json.dumps(asdict(answer)), encoding="utf-8")

    folder = made_once(tmp_path_factory, "sample", make)
    return folder / "home", Answer(**json.loads((folder / "answer.json").read_text(encoding="utf-8")))


@pytest.fixture
def sample_home(sample_run: tuple[Path, Answer], tmp_path: Path) -> Path:
    """A copy of the sample home that a test may change."""
    home = tmp_path / "home"
    shutil.copytree(sample_run[0], home, symlinks=True)
    return home


@pytest.fixture
def ask() -> Iterator[Callable[[Path], Ask]]:
    """Opens releases for questions, and closes them."""
    opened_: list[Ask] = []

    def open_(home: Path) -> Ask:
        opened_.append(Ask(home))
        return opened_[-1]

    yield open_
    for one in opened_:
        one.reader.close()


@pytest.fixture
def said(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Command:
    """Answer a command in this process: what `wencang` prints and the code it ends with."""
    monkeypatch.delenv("WENCANG_HOME", raising=False)

    def say(verb: str, *arguments: str | Path, home: Path) -> Answer:
        capsys.readouterr()
        try:
            code = cli.command([verb, *map(str, arguments), "--home", str(home)])
        except SystemExit as help_is_shown:
            code = int(help_is_shown.code or 0)
        out = capsys.readouterr()
        return Answer(code, out.out, out.err)

    return say
