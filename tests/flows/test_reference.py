"""Reference data the marts join with is put where SQL can see it, the longest table of it only where it has changed."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from flows import reference
from flows.runner import Night
from flows.settings import CHUNK_BYTES, Home
from flows.work import opened
from tests.conftest import NIGHT


def test_names_are_loaded_once_for_each_state_of_the_seeds(tmp_path: Path) -> None:
    with opened(Home(tmp_path)) as store:
        night = Night("run", NIGHT, store, CHUNK_BYTES)
        counts: list[int] = []
        for one in (night, night, replace(night, reference_digest="of another version")):
            reference.load(store, one)
            counts.append(store.rows("select count(*) from ref.gazetteer where parent is not null")[0][0])
            store.execute("delete from ref.gazetteer")
    assert counts[0] == counts[2] > 1000
    assert counts[1] == 0
