"""Annotated articles are read as they are written, and what is found in them is counted."""

from __future__ import annotations

import re
from pathlib import Path

import polars as pl
import pytest

from benchmarks.names.annotated import FOLDER, KINDS, MARK, articles
from benchmarks.names.measure import measured, stated

FILES = sorted(FOLDER.rglob("*.txt"))
TEXT = """# [青禾县|L]通桥

[周建国|P]说，《[远山|C]》写的是[青禾县|L]。
路通了。

# 雨

下雨了。
"""


def test_marks_become_names_with_their_places(tmp_path: Path) -> None:
    (tmp_path / "one.txt").write_text(TEXT, encoding="utf-8")
    read = articles([tmp_path / "one.txt"])
    assert read["title_hans"].to_list() == ["青禾县通桥", "雨"]
    assert read["body_hans"].to_list() == ["周建国说，《远山》写的是青禾县。\n路通了。", "下雨了。"]
    text = read["body_hans"][0] + "\n" + read["title_hans"][0]
    names = [(text[name["begin"] : name["end"]], name["entity_type"]) for name in read["names"][0]]
    assert names == [("周建国", "person"), ("青禾县", "place"), ("青禾县", "place")]
    assert sorted(stated(read).rows()) == [("00000000", "person", "周建国"), ("00000000", "place", "青禾县")]


def test_a_name_counts_by_any_of_its_forms_and_only_with_its_type() -> None:
    names = {"document_id": "a", "kind": ["person", "place", "organisation"], "name": ["周建国", "青禾", "远山"]}
    found = {
        "document_id": "a",
        "kind": ["person", "place", "place", "place"],
        "entity": ["周建国", "青禾县", "青禾县", "远山"],
        "name": ["周建国", "青禾县", "青禾", "远山"],
    }
    told = {str(row[0]): row[1:] for row in measured(pl.DataFrame(names), pl.DataFrame(found)).iter_rows()}
    assert told["person"] == (1, 1, 1, 1)
    assert told["place"] == pytest.approx((1 / 2, 1, 2 / 3, 1))
    assert told["organisation"] == (0, 0, 0, 1)
    assert told["all"] == pytest.approx((2 / 3, 2 / 3, 2 / 3, 3))


@pytest.mark.parametrize("file", FILES, ids=[f"{file.parent.name}-{file.stem}" for file in FILES])
def test_every_mark_is_closed_and_of_a_known_type(file: Path) -> None:
    text = file.read_text(encoding="utf-8")
    assert not re.search(r"[\[\]|]", MARK.sub("", text))
    assert {letter for _, letter in MARK.findall(text)} <= KINDS.keys()
    assert text.startswith("# ")
    assert text.endswith("\n")
