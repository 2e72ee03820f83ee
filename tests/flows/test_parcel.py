"""What crosses between processes arrives as it was sent, by whichever way, and leaves nothing behind."""

from __future__ import annotations

import pickle
from datetime import date
from pathlib import Path

import polars as pl
import pytest
from polars.testing import assert_frame_equal

from flows.engines import parcel
from flows.engines.crew import Crew
from flows.engines.parcel import Parcel

FRAME = pl.DataFrame(
    {
        "document_id": ["a0", "b1", "c2"],
        "payload": [b"\x00", None, b""],
        "told_on": [date(2026, 3, 1), None, date(1999, 12, 31)],
        "weight": [0.5, None, -1.0],
        "removed": [[{"text": "责任编辑", "at": 3}], [], None],
        "nothing": pl.Series([None, None, None], dtype=pl.Null),
    }
)


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder by which every frame crosses, however small."""
    monkeypatch.setattr(parcel, "LARGE_BYTES", 0)
    (tmp_path / "crossing").mkdir()
    return tmp_path / "crossing"


def crossed(frame: pl.DataFrame, folder: Path | None) -> pl.DataFrame:
    return pickle.loads(pickle.dumps(Parcel(frame, folder)))


@pytest.mark.parametrize("frame", [FRAME, FRAME.clear(), pl.concat([FRAME, FRAME], rechunk=False)])
def test_a_frame_arrives_as_it_was_sent(frame: pl.DataFrame, folder: Path) -> None:
    assert_frame_equal(crossed(frame, folder), frame)
    assert_frame_equal(crossed(frame, None), frame)


def test_a_file_is_there_until_it_is_taken(folder: Path) -> None:
    sent = pickle.dumps(Parcel(FRAME, folder))
    assert len(list(folder.iterdir())) == 1
    arrived = pickle.loads(sent)
    assert not list(folder.iterdir())
    assert_frame_equal(arrived, FRAME)


def test_a_small_frame_needs_no_file(tmp_path: Path) -> None:
    pickle.dumps(Parcel(FRAME, tmp_path))
    assert not list(tmp_path.iterdir())


def test_a_frame_the_disk_would_not_have_crosses_all_the_same(folder: Path) -> None:
    assert_frame_equal(crossed(FRAME, folder / "missing"), FRAME)
    assert not list(folder.iterdir())


def test_what_a_killed_run_left_on_its_way_goes_with_the_next(folder: Path) -> None:
    pickle.dumps(Parcel(FRAME, folder))
    Crew(2, {}, folder)
    assert not folder.exists()
