"""Numbers and rows are told as people say them."""

from __future__ import annotations

import pytest

from flows.reporting.wording import counted, either, listed, meant, show, spelt_out


@pytest.mark.parametrize(
    ("number", "noun", "many", "told"),
    [(0, "file", None, "0 files"), (1, "file", None, "1 file"), (1, "address", "addresses", "1 address"),
     (2, "address", "addresses", "2 addresses"), (12000, "row", None, "12,000 rows")],
)  # fmt: skip
def test_a_number_agrees_with_its_noun(number: int, noun: str, many: str | None, told: str) -> None:
    assert counted(number, noun, many) == told


def test_fates_are_told_from_the_most_frequent_on() -> None:
    assert listed({"rejected_file": 1, "published": 1200, "duplicate": 2}) == (
        "1,200 published, 2 duplicates, 1 rejected file"
    )
    assert listed({}) == "nothing"


def test_a_choice_is_told_with_or() -> None:
    assert [either(names) for names in (["CN"], ["CN", "TW"], ["CN", "TW", "HK"])] == ["CN", "CN or TW", "CN, TW or HK"]


@pytest.mark.parametrize(
    ("word", "told"), [("rnu", " (did you mean 'run'?)"), ("status", " (did you mean 'status'?)"), ("x", "")]
)
def test_a_word_is_told_its_nearest_neighbour(word: str, told: str) -> None:
    assert meant(word, ["run", "status"]) == told


def test_away_from_a_terminal_cells_stand_between_tabs(capsys: pytest.CaptureFixture[str]) -> None:
    show([{"title": "[视频]\n海底", "outlet": None, "copies": 1}])
    assert capsys.readouterr().out == "title\toutlet\tcopies\n[视频] 海底\t\t1\n"


def test_a_row_too_wide_for_a_terminal_is_told_cell_by_cell() -> None:
    assert spelt_out({"title": "海底", "published_on": None}) == "title         海底\npublished_on"
