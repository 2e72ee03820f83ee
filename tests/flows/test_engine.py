"""Engines: which there are, where their workers meet, and that the rows do not depend on them."""

from __future__ import annotations

import importlib.util
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any, TypeVar

import polars as pl
import pytest

from flows import night as nights
from flows.chunk import worked
from flows.engines import engine
from flows.engines.crew import Crew
from flows.engines.deadly import WorkerLost
from flows.engines.engine import NoEngine
from flows.engines.exchange import Exchange, exchange_of
from flows.engines.ray_crew import RayCrew
from flows.night import Course, sweep
from flows.pipeline import PIPELINE
from flows.settings import Home
from tests.conftest import NIGHT, Answer, digests, night, unjudged, wencang
from transforms.tables.core import CanonicalDocument

Result = TypeVar("Result")
IN_MEMORY = Exchange("memory://engine-test")


class Here(RayCrew):
    """A cluster of this process: files are exchanged as on any, nobody is called."""

    def outcomes(self, work: Callable[..., Result], jobs: Iterable[tuple[Any, ...]]) -> Iterator[Result | WorkerLost]:
        for job in jobs:
            yield work(*job)


def here(size: int, known: dict[str, pl.DataFrame]) -> Here:
    return Here(size, known, exchange=IN_MEMORY)


def test_a_night_of_a_cluster_is_that_of_one_machine(
    sample_run: tuple[Path, Answer], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Course, "judge_table", unjudged)
    monkeypatch.setattr(nights, "CHUNK_BYTES", 20_000)
    night(tmp_path / "home", workers=2, engine=here)
    told = digests(tmp_path / "home", "meta.expectation")
    assert told["marts.fct_copy"]["rows"] > told["marts.fct_article"]["rows"] > 10
    assert told == digests(sample_run[0], "meta.expectation")


DEADLY = "a000000000000001"


class Mortal(Here):
    """A cluster whose workers die over one document."""

    def outcomes(self, work: Callable[..., Result], jobs: Iterable[tuple[Any, ...]]) -> Iterator[Result | WorkerLost]:
        for exchange, stages, names in jobs:
            if DEADLY in exchange.read(names[0])["document_id"]:
                yield WorkerLost("given up")
            else:
                yield work(exchange, stages, names)


def test_of_a_task_a_cluster_gives_up_only_the_deadly_document_is_held_back() -> None:
    bodies = ["雨停了，渡轮照常开往对岸的码头。", "谁读到这一句，谁就没有了。", "码头的灯亮到天明，守夜的人没有睡。"]
    frame = CanonicalDocument.create_empty().clear(3)
    ids = [f"a{number:015x}" for number in range(3)]
    frame = frame.with_columns(document_id=pl.Series(ids), body_hans=pl.Series(bodies), night=pl.lit(NIGHT))
    key = next(stage for stage in PIPELINE if stage.name == "key")
    [[part]] = Mortal(2, {}, exchange=IN_MEMORY).results((key,), [[frame]])
    assert part.held.select("document_id", "reasons").rows() == [(DEADLY, ["internal_fault"])]
    assert part.good.equals(worked(key, [frame.filter(pl.col("document_id") != DEADLY)], {})[0])
    assert not part.good.is_empty()


def test_what_has_been_read_does_not_stay_in_the_exchange() -> None:
    system, folder = IN_MEMORY.place()
    assert not system.exists(folder) or system.find(folder) == []


def test_a_frame_comes_back_as_it_was_left(tmp_path: Path) -> None:
    frame = pl.DataFrame({"body_hans": ["茶园", None], "payload": [b"\x00\xff", b""], "spans": [[1, 2], []]})
    for place in (Exchange("memory://frames"), Exchange(tmp_path.as_uri())):
        name = place.write(frame)
        assert name != place.write(frame)
        assert place.read(name).equals(frame)
        place.drop([name])
        with pytest.raises(FileNotFoundError):
            place.read(name)
        place.clear()
        place.clear()


@pytest.mark.parametrize("name", ["新闻 一", "50%25", "a#b"])
def test_what_is_exchanged_in_a_home_lies_in_it_whatever_it_is_called(tmp_path: Path, name: str) -> None:
    """And goes with the next run, if the one that left it was killed, also where that has no cluster."""
    home = Home(tmp_path / name)
    exchange_of(home.root, None).write(pl.DataFrame({"a": [1]}))
    assert [path.name for path in tmp_path.iterdir()] == [name]
    assert len(list((home.root / "exchange").iterdir())) == 1
    home.make()
    sweep(home)
    assert not (home.root / "exchange").exists()


def test_a_place_nobody_can_reach_is_told(tmp_path: Path) -> None:
    with pytest.raises(NoEngine, match=r"exchange nowhere://a/wencang-.*: Protocol not known: nowhere"):
        engine.met_at(tmp_path, "nowhere://a")
    place = Exchange("memory://frames")
    with pytest.raises(OSError, match="the exchange memory://frames: no writer"), place.reached():
        raise RuntimeError("no writer")


def test_homes_that_share_a_place_keep_apart(tmp_path: Path) -> None:
    one, two = (exchange_of(tmp_path / name, "memory://shared/") for name in ("one", "two"))
    name = two.write(pl.DataFrame({"a": [1]}))
    one.write(pl.DataFrame({"a": [2]}))
    one.clear()
    assert two.read(name)["a"].to_list() == [1]
    assert exchange_of(tmp_path, None).url == f"file://{tmp_path}/exchange"


def test_the_processes_of_this_machine_are_the_engine_unless_another_is_named(tmp_path: Path) -> None:
    assert isinstance(engine.hire("processes", tmp_path, None)(1, {}), Crew)
    assert Crew(2, {}).worth(2)
    assert not Crew(2, {}).worth(1)
    assert not Crew(1, {}).worth(2)


def test_an_engine_nobody_knows_is_a_wrong_use(tmp_path: Path) -> None:
    said = wencang("run", "--engine", "spark", home=tmp_path / "home")
    assert said.code == 2
    assert "'spark'; there are processes and ray" in said.err
    assert not (tmp_path / "home" / "releases").exists()


def test_an_engine_that_is_not_installed_says_how_to_get_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def not_there(name: str) -> None:
        assert name == "ray"

    monkeypatch.setattr(importlib.util, "find_spec", not_there)
    with pytest.raises(NoEngine, match=r"pip install 'wencang\[ray\]'.*make setup-ray"):
        engine.hire("ray", tmp_path, None)
