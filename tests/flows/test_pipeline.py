"""The timetable: every row names a function, the tables it reads and the table it writes, and they agree."""

from __future__ import annotations

import inspect

import pytest

from flows import timetable
from flows.chunk import carried
from flows.pipeline import PIPELINE, Stage
from transforms.tables import raw
from transforms.tables.base import Table


@pytest.mark.parametrize("stage", PIPELINE, ids=lambda s: s.name)
def test_a_transform_takes_one_frame_per_table_it_reads(stage: Stage) -> None:
    parameters = inspect.signature(stage.transform).parameters.values()
    needed = [p for p in parameters if p.default is p.empty]
    assert len(needed) <= len(stage.reads) <= len(parameters)


@pytest.mark.parametrize("stage", PIPELINE, ids=lambda s: s.name)
def test_a_transform_is_named_for_the_table_it_writes(stage: Stage) -> None:
    assert stage.transform.__name__ == stage.writes.NAME.partition(".")[2]


def test_every_table_is_written_once_and_before_it_is_read() -> None:
    written = [raw.Record, *(stage.writes for stage in PIPELINE)]
    assert len(set(written)) == len(written)
    known: set[type[Table]] = {raw.Record}
    for stage in PIPELINE:
        for table in stage.reads:
            base = next((b for b in table.__mro__ if b in written), None)
            assert base is None or base in known, f"{stage.name} reads {table.NAME} before it is written"
        known.add(stage.writes)


def test_stages_are_verbs_used_once() -> None:
    names = [stage.name for stage in PIPELINE]
    assert len(set(names)) == len(names)
    assert all(name.isalpha() and name.islower() for name in names)


def test_the_readme_shows_the_timetable_of_today() -> None:
    text = timetable.README.read_text(encoding="utf-8")
    assert "<!-- timetable -->" in text
    assert timetable.filled(text) == text, "run `python -m flows.timetable`"


def carried_by(name: str, *done: str) -> list[str]:
    """The names of the stages done at once with the one of that name."""
    return [stage.name for stage in carried(next(s for s in PIPELINE if s.name == name), done)]


def test_a_text_is_taken_up_once_for_all_that_is_read_out_of_it() -> None:
    assert carried_by("clean") == ["clean", "convert", "key"]
    whole = ["segment", "name", "measure", "date", "quote", "tokenise", "extract", "classify", "summarise", "mark"]
    assert carried_by("segment") == whole


def test_what_is_done_is_not_done_again_and_what_builds_on_it_waits_for_its_turn() -> None:
    assert carried_by("segment", "name") == ["segment", "measure", "date", "tokenise", "classify"]


@pytest.mark.parametrize("name", ["decode", "compare", "deduplicate", "link", "bundle"])
def test_a_stage_behind_which_the_store_must_be_asked_takes_none_along(name: str) -> None:
    assert carried_by(name) == [name]
