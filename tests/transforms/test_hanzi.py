"""Folding for matching keeps every offset."""

import polars as pl
from hypothesis import given, settings
from hypothesis import strategies as st

from transforms.hanzi import fold


def folded(*texts: str) -> list[str]:
    return pl.DataFrame({"text": texts}, schema={"text": pl.String}).select(fold(pl.col("text"))).to_series().to_list()


def test_traditional_and_full_width_become_simplified_and_ascii() -> None:
    assert folded("責任編輯：ＡＢＣ　（１２３）") == ["责任编辑:ABC (123)"]


def test_what_is_not_a_width_variant_stays() -> None:
    assert folded("10⁻⁶ ℃ ① “著作”。") == ["10⁻⁶ ℃ ① “著作”。"]


# The table is built for every question: many texts are asked at once.
@settings(max_examples=10)
@given(st.lists(st.text(), min_size=20))
def test_length_in_code_points_is_kept(texts: list[str]) -> None:
    assert [*map(len, folded(*texts))] == [*map(len, texts)]
