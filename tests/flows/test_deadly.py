"""What costs worker after worker is looked for in halves, and only what kills alone is held back."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import polars as pl
import pytest

from flows.chunk import Frames, Part, Parts
from flows.engines.deadly import FAULT, MOST, WorkerLost, survived
from flows.pipeline import PIPELINE, Stage

STAGES = {stage.name: stage for stage in PIPELINE}
CHAIN = (STAGES["segment"], STAGES["name"], STAGES["measure"])


def documents(count: int) -> list[pl.DataFrame]:
    """A chunk of so many documents, and a second frame about them."""
    ids = pl.DataFrame({"document_id": [f"d{number}" for number in range(count)]})
    return [ids, ids.with_columns(text=pl.lit("…"))]


def attempted(deadly: dict[str, str], tried: list[int]) -> Callable[[Sequence[Stage], Frames], Parts | None]:
    """Workers that give documents back as they are, and die over those of `deadly` in the stage they name."""

    def attempt(stages: Sequence[Stage], frames: Frames) -> Parts | None:
        tried.append(frames[0].height)
        units = frames[0]["document_id"].to_list()
        if any(deadly.get(unit) in {stage.name for stage in stages} for unit in units):
            return None
        return [Part(frames[0], frames[0].clear(), 0.0) for _ in stages]

    return attempt


def test_the_documents_workers_die_over_are_held_back_in_their_stages_and_all_others_are_done() -> None:
    parts = survived(CHAIN, documents(9), attempted({"d2": "measure", "d7": "segment"}, []))
    assert [part.good["document_id"].to_list() for part in parts] == [["d0", "d1", "d3", "d4", "d5", "d6", "d8"]] * 3
    assert [part.held.rows() for part in parts] == [
        [("d7", ["internal_fault"], f"{FAULT}: killed or out of memory")],
        [],
        [("d2", ["internal_fault"], f"{FAULT}: killed or out of memory")],
    ]


def test_one_of_many_is_found_by_halving() -> None:
    tried: list[int] = []
    survived(CHAIN, documents(1000), attempted({"d700": "name"}, tried))
    # Two halves each time, what is left alone in one stage and in two, and the rest of the chunk.
    assert len(tried) <= 2 * 10 + 3


def test_what_dies_but_not_over_single_documents_is_done_in_the_end() -> None:
    parts = survived(CHAIN, documents(4), attempted({}, []))
    assert parts[0].good.height == 4
    assert parts[0].held.is_empty()


def test_more_than_a_few_deadly_documents_are_no_matter_of_documents() -> None:
    deadly = {f"d{number}": "name" for number in range(MOST + 1)}
    with pytest.raises(WorkerLost, match="no article of one chunk is to blame"):
        survived(CHAIN, documents(100), attempted(deadly, []))


@pytest.mark.parametrize("name", ["compare", "link"])
def test_pairs_and_days_are_not_halved(name: str) -> None:
    with pytest.raises(WorkerLost):
        survived((STAGES[name],), documents(4), attempted({}, []))
