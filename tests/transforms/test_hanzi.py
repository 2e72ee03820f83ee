"""Folding for matching keeps every offset."""

import polars as pl
from hypothesis import given
from hypothesis import strategies as st

from transforms.hanzi import fold


def folded(text: str) -> str:
    return pl.DataFrame({"text": [text]}).select(fold(pl.col("text"))).item()


def test_traditional_and_full_width_become_simplified_and_ascii() -> None:
    assert folded("責任編輯：ＡＢＣ　（１２３）") == "责任编辑:ABC (123)"


def test_what_is_not_a_width_variant_stays() -> None:
    assert folded("10⁻⁶ ℃ ① “著作”。") == "10⁻⁶ ℃ ① “著作”。"


@given(st.text())
def test_length_in_code_points_is_kept(text: str) -> None:
    assert len(folded(text)) == len(text)
