"""Identifiers: stable, of one shape, and never mistaken for numbers."""

from __future__ import annotations

import re

from hypothesis import given
from hypothesis import strategies as st

from transforms.identity import identifier_of, lettered
from transforms.tables.base import ID_PATTERN


def test_equal_parts_have_an_equal_identifier_on_any_machine() -> None:
    assert identifier_of("cctv", "新闻", 3) == "c5413349e08ad42b"
    assert identifier_of("cctv", "新闻", 3) != identifier_of("cctv", "新闻3")


@given(st.lists(st.text(), min_size=1))
def test_an_identifier_begins_with_a_letter(parts: list[str]) -> None:
    assert re.fullmatch(ID_PATTERN, identifier_of(*parts))
    assert identifier_of(*parts)[0] in "abcdef"


def test_only_the_first_digit_changes() -> None:
    assert lettered("0123") == "a123"
    assert lettered("f123") == "d123"
