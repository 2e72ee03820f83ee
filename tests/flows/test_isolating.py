"""What raises in a chunk is found by halves; all else of the chunk is done as if that had not been there."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from flows.chunk import Sifted
from flows.endings import OutOfHands
from flows.engines import crew, ray_crew
from flows.engines.crew import Crew
from flows.engines.exchange import exchange_of
from flows.isolating import FEW, isolated
from flows.own_faults import REASON
from flows.pipeline import PIPELINE, Stage
from tests.conftest import NIGHT
from tests.flows import weak
from transforms.tables.core import CanonicalDocument, Pair

STAGES = {stage.name: stage for stage in PIPELINE}
CONVERT, KEY, COMPARE, BUNDLE = (STAGES[name] for name in ("convert", "key", "compare", "bundle"))
NOTHING = pl.DataFrame()


class Falls:
    """Passes documents on, and raises where one of them is in `over`, or where there are more than `most`."""

    def __init__(self, *over: str, error: BaseException | None = None, most: int = 1000):
        self.over, self.error, self.most, self.calls = over, error or IndexError("out of range"), most, 0

    def __call__(self, frames: Sequence[pl.DataFrame]) -> Sifted:
        self.calls += 1
        if frames[0].height > self.most or not set(self.over).isdisjoint(frames[0]["document_id"]):
            raise self.error
        return frames[0], NOTHING


def documents(*ids: str) -> list[pl.DataFrame]:
    return [pl.DataFrame({"document_id": ids}, schema={"document_id": pl.String})]


def numbered(count: int) -> list[str]:
    return [f"{number:03}" for number in range(count)]


def found(stage: Stage, frames: list[pl.DataFrame], work: Falls) -> tuple[list[str], list[str]]:
    """The documents done, and those held back."""
    good, held = isolated(stage, frames, work)
    assert held.is_empty() or set(held["reasons"].explode()) == {REASON}
    return (good["document_id"].to_list(), [] if held.is_empty() else held["document_id"].to_list())


@settings(max_examples=30)
@given(count=st.integers(1, 40), over=st.sets(st.integers(0, 39), max_size=FEW))
def test_exactly_what_raises_is_held_back(count: int, over: set[int]) -> None:
    ids, falling = numbered(count), {f"{number:03}" for number in over if number < count}
    good, held = found(CONVERT, documents(*ids), Falls(*falling))
    assert good == [one for one in ids if one not in falling]
    assert set(held) == falling


def test_a_chunk_without_a_fault_is_worked_on_once() -> None:
    work = Falls()
    assert found(CONVERT, documents(*numbered(30)), work) == (numbered(30), [])
    assert work.calls == 1


def test_what_is_raised_is_told_with_its_place() -> None:
    _, held = isolated(CONVERT, documents("001", "002"), Falls("002"))
    [detail] = held["detail"]
    assert detail.startswith("fault ") and detail.endswith(" in __call__: IndexError: out of range")
    _, other = isolated(CONVERT, documents("005"), Falls("005"))
    assert detail.split()[1] == other["detail"][0].split()[1], "one fault has one number"


def test_a_chunk_that_raises_though_none_of_its_documents_does_is_told_of() -> None:
    good, held = found(CONVERT, documents("001", "002", "003"), Falls(most=2))
    assert good == ["001", "002", "003"]
    assert held == [None]


@pytest.mark.parametrize(
    "error", [MemoryError(), OSError(28, "No space left"), OutOfHands("gone"), KeyboardInterrupt()]
)
def test_what_is_no_fault_of_ours_is_raised_as_it_is(error: BaseException) -> None:
    work = Falls("001", error=error)
    with pytest.raises(type(error)):
        isolated(CONVERT, documents("001", "002"), work)
    assert work.calls == 1


def test_neither_is_what_an_engine_makes_of_it() -> None:
    wrapped = pl.exceptions.ComputeError("in a function of ours")
    wrapped.__cause__ = MemoryError()
    with pytest.raises(pl.exceptions.ComputeError):
        isolated(CONVERT, documents("001", "002"), Falls("001", error=wrapped))


def test_an_article_that_speaks_of_such_an_error_is_held_back_as_any_other() -> None:
    good, held = found(CONVERT, documents("001", "002"), Falls("001", error=IndexError("no MemoryError: at 3")))
    assert (good, held) == (["002"], ["001"])


def test_what_raises_on_most_of_a_chunk_is_raised_soon() -> None:
    ids = numbered(200)
    work = Falls(*ids)
    with pytest.raises(IndexError):
        isolated(CONVERT, documents(*ids), work)
    assert work.calls < 4 * FEW


def test_what_raises_on_nothing_at_all_is_raised() -> None:
    for stage, frames in ((CONVERT, documents()), (COMPARE, [*documents(), *documents()])):
        with pytest.raises(IndexError):
            isolated(stage, frames, Falls(most=-1))


def test_days_are_no_documents() -> None:
    with pytest.raises(IndexError):
        isolated(BUNDLE, documents("001"), Falls("001"))


class FallsOverPairs:
    """Compares, and raises where one of these is among the two."""

    def __init__(self, *over: tuple[str, ...]):
        self.over = [set(one) for one in over]

    def __call__(self, frames: Sequence[pl.DataFrame]) -> Sifted:
        pairs = [{one.rstrip("~"), other.rstrip("~")} for one, other in frames[0].iter_rows()]
        if any(one <= pair for one in self.over for pair in pairs):
            raise IndexError
        return Pair.create_empty(), NOTHING


@pytest.mark.parametrize(
    ("over", "held"),
    [((("b",),), {"b"}), ((("a", "c"),), {"c"}), ((("a",), ("b", "c")), {"a", "c"})],
    ids=["one raises beside anyone", "two raise together alone", "both"],
)
def test_of_two_documents_the_one_that_raises_beside_itself_is_held_back(
    over: tuple[tuple[str, ...], ...], held: set[str]
) -> None:
    pairs = [("a", "b"), ("a", "c"), ("b", "c"), ("b", "d"), ("c", "d")]
    frames = [
        pl.DataFrame(pairs, schema=["document_id", "other_document_id"], orient="row"),
        pl.DataFrame({"document_id": list("abcd")}),
    ]
    _, rows = isolated(COMPARE, frames, FallsOverPairs(*over))
    assert set(rows["document_id"]) == held


IDS = [f"{number:015x}a" for number in range(3)]
BODIES = [
    "山路修通以后，村里的茶叶当天就能送到县城。",
    f"站台上停着{weak.MARKS['key']}。",
    "一盏路灯照着空无一人的站台。",
]


def canonical() -> pl.DataFrame:
    """Three documents, of which the stage `key` falls over the second."""
    blank = CanonicalDocument.create_empty().clear(3)
    return blank.with_columns(document_id=pl.Series(IDS), body_hans=pl.Series(BODIES), night=pl.lit(NIGHT))


def test_a_worker_holds_back_what_raises(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(crew, "begin", weak.begin)
    hired = Crew(1, {})
    try:
        [[(good, held, _)]] = hired.results((KEY,), [[canonical()]])
    finally:
        hired.dismiss()
    assert held["document_id"].to_list() == IDS[1:2]
    assert good["document_key"].n_unique() == 2


def test_so_does_a_task_on_a_cluster(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    weak.weaken(monkeypatch, (KEY,))
    exchange = exchange_of(tmp_path, None)
    [(good, held, _)] = ray_crew.work(exchange, ["key"], [exchange.write(canonical())])
    assert exchange.read(held)["document_id"].to_list() == IDS[1:2]
    assert exchange.read(good)["document_key"].n_unique() == 2
