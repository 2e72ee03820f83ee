"""Ray: two machines of one worker each give the release of one process, whoever is killed; memory stays bounded.

Run by `make test-ray`, which installs the extra.
"""

from __future__ import annotations

import importlib
import importlib.util
import os
import signal
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from flows.chunk import worked
from flows.engines import ray_crew
from flows.engines.deadly import FAULT, WorkerLost
from flows.engines.exchange import Exchange
from flows.engines.ray_crew import RayCrew, work
from flows.intake import sources
from flows.night import Course
from flows.pipeline import PIPELINE
from flows.settings import Home, quiet_engines
from flows.work import opened
from tests.conftest import NIGHT, Answer
from transforms.tables.core import CanonicalDocument
from warehouse import shelf

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(importlib.util.find_spec("ray") is None, reason="the extra wencang[ray] is not installed"),
]

MACHINE = {"num_cpus": 1, "object_store_memory": 1 << 27}
DEADLY = f"a{4:015x}"
KEY = next(stage for stage in PIPELINE if stage.name == "key")


@pytest.fixture(scope="module")
def machines() -> Iterator[Any]:
    """A cluster as Ray's own tests make one: two machines with one worker each."""
    os.environ |= {"RAY_USAGE_STATS_ENABLED": "0"}
    made: Any = importlib.import_module("ray.cluster_utils").Cluster(initialize_head=True, head_node_args=MACHINE)
    made.add_node(**MACHINE)
    made.wait_for_nodes()
    os.environ["RAY_ADDRESS"] = made.address
    yield made
    del os.environ["RAY_ADDRESS"]
    made.shutdown()


@pytest.fixture
def crew(machines: Any, tmp_path: Path) -> Iterator[RayCrew]:
    hired = RayCrew(2, {}, exchange=Exchange((tmp_path / "exchange").as_uri()))
    yield hired
    hired.dismiss()


def canonical(number: int, letters: int = 30) -> pl.DataFrame:
    """One document as the stage `key` reads it."""
    body = f"第{number}号渡轮清晨离开码头，船上载着三百箱橘子。" * (letters // 22 + 1)
    blank = CanonicalDocument.create_empty().clear(1)
    return blank.with_columns(document_id=pl.lit(f"a{number:015x}"), body_hans=pl.lit(body), night=pl.lit(NIGHT))


def process() -> int:
    """The worker's process."""
    return os.getpid()


def dies_once(marker: str) -> str:
    """Kills its worker the first time it is called."""
    if not Path(marker).exists():
        Path(marker).touch()
        os.kill(os.getpid(), signal.SIGKILL)
    return "done again"


def always_dies() -> None:
    """Kills every worker that is given it."""
    os.kill(os.getpid(), signal.SIGKILL)


def of_deadly(frames: Sequence[pl.DataFrame]) -> bool:
    """Whether one of the documents is the deadly one."""
    return DEADLY in frames[0]["document_id"]


def dies_over_one(exchange: Exchange, stages: list[str], names: list[str]) -> list[tuple[str, str, float]]:
    """Work that kills its worker over one document."""
    if of_deadly([exchange.read(name) for name in names]):
        os.kill(os.getpid(), signal.SIGKILL)
    return work(exchange, stages, names)


def starves_over_one(exchange: Exchange, stages: list[str], names: list[str]) -> list[tuple[str, str, float]]:
    """Work that asks for more memory than its machine has over one document."""
    if of_deadly([exchange.read(name) for name in names]):
        bytearray(1 << 50)
    return work(exchange, stages, names)


def raises() -> None:
    """A fault of the work itself."""
    raise KeyError("a column that is not there")


def resident() -> int:
    """Bytes of memory of this process."""
    return int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1]) * os.sysconf("SC_PAGE_SIZE")


def test_a_release_is_the_same_though_a_worker_is_killed_in_every_stage(
    machines: Any, sample_run: tuple[Path, Answer], tmp_path: Path
) -> None:
    place = Home(tmp_path / "home")
    quiet_engines(place)
    with opened(place) as store:
        known = sources.declared(place)
        exchange = Exchange((tmp_path / "exchange").as_uri())

        def hire(size: int, given: dict[str, pl.DataFrame]) -> RayCrew:
            return RayCrew(size, given, exchange=exchange)

        deliveries = sources.deliveries([], None, NIGHT, known)
        course = Course(place, NIGHT, deliveries, store, known, workers=2, engine=hire)
        course.context.chunk_bytes = 20_000
        killed: list[int] = []
        for name, step in course.steps():
            if name in {"convert", "compare", "measure"}:
                assert isinstance(course.context.crew, RayCrew)
                killed += course.context.crew.run(process, [()])
                os.kill(killed[-1], signal.SIGKILL)
            step()
    assert len(set(killed)) == 3
    own = shelf.manifest(Home(sample_run[0]).current)["tables"]
    assert shelf.manifest(place.current)["tables"] == own
    assert not (tmp_path / "exchange").exists()


def test_a_worker_that_dies_over_a_task_costs_only_time(crew: RayCrew, tmp_path: Path) -> None:
    jobs = [(str(tmp_path / f"died-{number}"),) for number in range(3)]
    assert list(crew.run(dies_once, jobs)) == ["done again"] * 3


def test_a_task_that_kills_every_worker_ends_the_night(crew: RayCrew) -> None:
    with pytest.raises(WorkerLost, match="after 3 retries"):
        list(crew.run(always_dies, [()]))


@pytest.mark.parametrize("deadly_work", [dies_over_one, starves_over_one])
def test_a_document_that_kills_every_worker_is_held_back_alone(
    deadly_work: Callable[..., object], crew: RayCrew, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ray_crew, "work", deadly_work)
    chunks = [[pl.concat(map(canonical, numbers))] for numbers in (range(3), range(3, 6))]
    found = [part for [part] in crew.results((KEY,), iter(chunks))]
    rest = chunks[1][0].filter(pl.col("document_id") != DEADLY)
    for part, frame in zip(found, (chunks[0][0], rest), strict=True):
        assert part.good.equals(worked(KEY, [frame], {})[0]) and not part.good.is_empty()
    assert found[0].held.is_empty()
    told = found[1].held.select("document_id", "reasons", "detail").rows()
    assert told == [(DEADLY, ["internal_fault"], f"{FAULT}: killed or out of memory")]
    assert not list((Path(crew.exchange.url.removeprefix("file://"))).iterdir())


def test_a_fault_of_the_work_is_told_as_it_is(crew: RayCrew) -> None:
    with pytest.raises(KeyError, match="not there"):
        list(crew.run(raises, [()]))


def test_a_machine_that_leaves_takes_nothing_with_it(machines: Any, crew: RayCrew) -> None:
    chunks = [[canonical(number)] for number in range(8)]
    results = crew.results((KEY,), iter(chunks))
    first = next(results)
    machines.remove_node(machines.list_all_nodes()[-1], allow_graceful=False)
    expected = [worked(KEY, frames, {})[0] for frames in chunks]
    assert expected[0].height > 0
    found = [parts[0].good for parts in (first, *results)]
    machines.add_node(**MACHINE)
    assert all(one.equals(other) for one, other in zip(found, expected, strict=True))


def test_the_memory_of_the_run_does_not_grow_with_the_night(crew: RayCrew) -> None:
    asked = done = ahead = 0

    def chunks() -> Iterator[list[pl.DataFrame]]:
        nonlocal asked
        for _ in range(24):
            asked += 1
            yield [pl.concat(canonical(number, 30_000) for number in range(100))]

    list(crew.results((KEY,), iter([[canonical(0)]])))
    before, most, seen = resident(), 0, 0
    for [(good, _, _)] in crew.results((KEY,), chunks()):
        done += 1
        ahead = max(ahead, asked - done)
        seen += int(good.estimated_size())
        most = max(most, resident() - before)
    assert (done, ahead) == (24, crew.size)
    assert seen > 0
    # 24 chunks of 8.5 MB went out.
    assert most < 100 << 20, f"{most >> 20} MiB more for {seen >> 20} MiB of rows"
