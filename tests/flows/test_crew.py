"""Workers: the same release whoever worked on the chunks and however large they were, also when a worker dies."""

from __future__ import annotations

import io
import multiprocessing
import os
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from pathlib import Path

import polars as pl
import pytest

from flows import night as nights
from flows import runner
from flows.chunk import Frames, Parts, worked
from flows.conductor import performed
from flows.endings import IO, Trouble
from flows.engines import crew
from flows.engines.crew import Crew, work
from flows.engines.deadly import FAULT, WorkerLost
from flows.intake import sources
from flows.night import Course, Step
from flows.pipeline import PIPELINE, Stage
from flows.reporting.progress import PlainProgress
from flows.settings import Home, quiet_engines
from flows.work import opened
from tests.conftest import NIGHT, Answer, digests, night, unjudged
from transforms.tables.core import CanonicalDocument

KEY = next(stage for stage in PIPELINE if stage.name == "key")


def canonical(*bodies: str) -> pl.DataFrame:
    """Documents as the stage `key` reads them."""
    blank = CanonicalDocument.create_empty().clear(len(bodies))
    numbers = [f"a{number:015x}" for number in range(len(bodies))]
    return blank.with_columns(document_id=pl.Series(numbers), body_hans=pl.Series(bodies), night=pl.lit(NIGHT))


@pytest.fixture
def two() -> Iterator[Crew]:
    hired = Crew(2, {})
    yield hired
    hired.dismiss()


def by_itself(stage: Stage, *_: object) -> tuple[Stage, ...]:
    """A stage that takes none along."""
    return (stage,)


def test_neither_workers_nor_chunks_nor_stages_taken_along_change_a_release(
    sample_run: tuple[Path, Answer], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Course, "judge_table", unjudged)
    monkeypatch.setattr(nights, "CHUNK_BYTES", 20_000)
    monkeypatch.setattr(runner, "carried", by_itself)
    night(tmp_path / "home", workers=2)
    told = digests(tmp_path / "home", "meta.expectation")
    assert told["marts.fct_article"]["rows"] > 10
    assert told == digests(sample_run[0], "meta.expectation")


def test_results_come_in_the_order_of_the_chunks_and_equal_those_of_one_process(two: Crew) -> None:
    chunks = [[canonical(f"第{number}号渡轮清晨离开码头，船上载着三百箱橘子。")] for number in range(6)]
    expected = [worked(KEY, frames, {})[0] for frames in chunks]
    assert expected[0].height > 0
    for [(good, held, _)], own in zip(two.results((KEY,), iter(chunks)), expected, strict=True):
        assert good.equals(own)
        assert held.is_empty()


def test_a_small_night_calls_no_workers(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Course, "judge_table", unjudged)
    article = tmp_path / "article.txt"
    article.write_text(
        "河边的新图书馆开馆\n\n市图书馆新馆周六开馆，首日接待读者两千人，二楼的旧报阅览室最受欢迎。\n", "utf-8"
    )
    place = Home(tmp_path / "home")
    quiet_engines(place)
    with opened(place) as store:
        known = sources.declared(place)
        course = Course(place, NIGHT, sources.deliveries([str(article)], None, NIGHT, known), store, known, workers=2)
        for name, step in course.steps():
            if name != "publish":
                step()
            crew = course.context.crew
            assert isinstance(crew, Crew) and crew.pool is None, name


def test_the_run_after_one_that_died_calls_a_worker_for_the_smallest_chunk(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Course, "judge_table", unjudged)
    article = tmp_path / "article.txt"
    article.write_text("渡口停航\n\n今晨大雾，渡口停航两小时，三百名乘客改走大桥。\n", "utf-8")
    place = Home(tmp_path / "home")
    quiet_engines(place)
    with opened(place) as store:
        known = sources.declared(place)
        deliveries = sources.deliveries([str(article)], None, NIGHT, known)
        died = Course(place, NIGHT, deliveries, store, known, workers=1)
        assert not died.context.is_wary
        course = Course(place, NIGHT, deliveries, store, known, workers=1)
        for name, step in course.steps():
            step()
            if name == "clean":
                break
        assert isinstance(course.context.crew, Crew) and course.context.crew.pool is not None
        course.finish()
        assert not Course(place, NIGHT, deliveries, store, known, workers=1).context.is_wary


def test_a_chunk_whose_worker_dies_is_done_again(two: Crew) -> None:
    frames = [canonical("山路修通以后，村里的茶叶当天就能送到县城。")]
    list(two.results((KEY,), [frames]))
    for process in multiprocessing.active_children():
        process.kill()
        process.join()
    [[(good, _, _)]] = two.results((KEY,), [frames])
    assert good.equals(worked(KEY, frames, {})[0])


def test_a_lost_worker_is_told_as_trouble_of_the_machine(home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    def lost(_: Course) -> None:
        raise WorkerLost("a worker died")

    def one_by_one(_: Course, steps: Sequence[Step], run: Callable[[Step], None]) -> None:
        list(map(run, steps))

    monkeypatch.setattr(Course, "ingest", lost)
    course_of = partial(Course, home, NIGHT, (), sources=sources.declared(home))
    with pytest.raises(Trouble, match=r"a worker died; [0-9]+ MiB free") as caught:
        performed(home, lambda: course_of, PlainProgress(io.StringIO()), one_by_one)
    assert caught.value.code == IO


def test_a_chunk_that_kills_every_worker_ends_the_night(two: Crew, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(crew, "begin", os._exit)
    with pytest.raises(WorkerLost, match="no article of one chunk is to blame"):
        list(two.results((KEY,), [[canonical("一盏路灯照着空无一人的站台。")]]))


DEADLY = "谁读到这一句，谁就没有了。"


def dying(stages: list[str], frames: Frames, folder: Path | None) -> Parts:
    """Work, but over one sentence."""
    if DEADLY in str(frames[0]["body_hans"].to_list()):
        os._exit(9)
    return work(stages, frames, folder)


def starving(stages: list[str], frames: Frames, folder: Path | None) -> Parts:
    """Work, but for one sentence there is no memory."""
    if DEADLY in str(frames[0]["body_hans"].to_list()):
        raise MemoryError
    return work(stages, frames, folder)


@pytest.mark.parametrize("worker", [dying, starving])
def test_an_article_that_kills_every_worker_is_held_back_alone(
    worker: Callable[..., Parts], two: Crew, monkeypatch: pytest.MonkeyPatch
) -> None:
    two.size = 1
    monkeypatch.setattr(crew, "work", worker)
    frames = canonical("雨停了，渡轮照常开往对岸的码头。", DEADLY)
    [[(good, held, _)]] = two.results((KEY,), [[frames]])
    assert good.equals(worked(KEY, [frames.head(1)], {})[0])
    told = held.select("document_id", "reasons", "detail").rows()
    assert told == [("a000000000000001", ["internal_fault"], f"{FAULT}: killed or out of memory")]
