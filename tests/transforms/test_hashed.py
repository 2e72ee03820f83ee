"""Hashes are found where they are kept, however near each other they lie and in whatever batches they came."""

from __future__ import annotations

import numpy as np
from hypothesis import example, given
from hypothesis import strategies as st

from transforms.hashed import Hashed

# Of a few only, so that many share an address.
HASHES = st.integers(0, 3) | st.integers(2**63, 2**63 + 3) | st.integers(2**64 - 4, 2**64 - 2)


@given(known=st.lists(HASHES, unique=True), asked=st.lists(HASHES), first=st.integers(0, 4))
@example(known=[], asked=[0], first=0)
def test_each_hash_has_its_place(known: list[int], asked: list[int], first: int) -> None:
    hashed = Hashed(np.array(known[:first], np.uint64))
    hashed.add(np.array(known[first:], np.uint64))
    places, found = hashed.places(np.array(asked, np.uint64))
    said = [int(place) if is_known else None for place, is_known in zip(places, found, strict=True)]
    assert said == [known.index(one) if one in known else None for one in asked]
