"""Answers that are kept: for the frames asked about last, and for words, of which each is asked about once only."""

from __future__ import annotations

from collections.abc import Callable
from functools import update_wrapper, wraps
from typing import ParamSpec, TypeVar
from weakref import ref

import numpy as np
import numpy.typing as npt
import polars as pl

Hashes = npt.NDArray[np.uint64]
Rows = npt.NDArray[np.int64]
Frames = ParamSpec("Frames")
Answer = TypeVar("Answer")

REMEMBERED = 2**18
"""Words whose answers are kept: the common vocabulary, bounded however long a backfill runs."""
GREATEST = np.uint64(2**64 - 1)


def latest(make: Callable[Frames, Answer]) -> Callable[Frames, Answer]:
    """`make`, a function of frames alone, with its answer kept for the very frames it was asked about last, while they live.

    Several tables are made of the words of one chunk, and the seeds are the same for all chunks of a night.
    """
    kept: list[tuple[list[ref[object]], Answer]] = []

    def forget(_: ref[object]) -> None:
        kept.clear()

    @wraps(make)
    def answer(*frames: Frames.args, **named: Frames.kwargs) -> Answer:
        if not kept or named or any(known() is not frame for known, frame in zip(kept[0][0], frames, strict=True)):
            told = make(*frames, **named)
            # The old answer may be the last that holds its frames: they are forgotten before the new ones are known.
            kept.clear()
            kept.append(([ref(frame, forget) for frame in frames], told))
        return kept[0][1]

    return answer


class Remembered:
    """A question about words and the answers known so far, which are told by the hash of a word.

    Two of a million words share a hash with a chance of 1 in 30 million.
    """

    def __init__(self, ask: Callable[[pl.Series], pl.DataFrame]) -> None:
        """`ask` answers for distinct words (String): one row each, in their order, always the same columns.

        An answer must depend on nothing but the word.
        """
        update_wrapper(self, ask)
        self.ask = ask
        self.forget()

    def __call__(self, words: pl.Series) -> pl.DataFrame:
        """The answers for the words, one row each, in their order."""
        hashed = words.hash().to_numpy()
        row, is_known = self.rows(hashed)
        if self.answers is None or not is_known.all():
            self.learn(words, hashed, np.flatnonzero(~is_known))
            row, _ = self.rows(hashed)
        assert self.answers is not None
        return self.answers[row]

    def rows(self, hashed: Hashes) -> tuple[Rows, npt.NDArray[np.bool_]]:
        """The row of the answer to each hash, and whether there is one."""
        if not len(self.hashes):
            return np.zeros(len(hashed), np.int64), np.zeros(len(hashed), bool)
        # Hashes spread evenly: the first bits of one say where it lies but for a few places.
        near = self.begins[hashed >> self.shift]
        late = np.flatnonzero(self.hashes[near] < hashed)
        while len(late):
            near[late] += 1
            late = late[self.hashes[near[late]] < hashed[late]]
        return self.order[near], self.hashes[near] == hashed

    def learn(self, words: pl.Series, hashed: Hashes, fresh: Rows) -> None:
        """Ask about the `fresh` ones of the words; about all of them where too many are remembered."""
        if self.known + len(fresh) > REMEMBERED:
            self.forget()
            fresh = np.arange(len(words))
        values, first = np.unique(hashed[fresh], return_index=True)
        answers = self.ask(words.gather(fresh[first]))
        order = np.concatenate([self.order[: self.known], self.known + np.arange(len(values)), [0]])
        # Behind them all stands a greatest hash, which belongs to nobody.
        hashes = np.concatenate([self.hashes[: self.known], values, [GREATEST]])
        # Two sorted runs are merged, which is much less than sorting.
        sorted_ = np.argsort(hashes, kind="stable")
        self.hashes, self.order = hashes[sorted_], order[sorted_]
        self.known += len(values)
        # As many addresses as there are hashes: filling in a quarter of a million of them for a hundred would be dear.
        bits = len(self.hashes).bit_length()
        self.shift = np.uint64(64 - bits)
        addresses = np.bincount((self.hashes >> self.shift).astype(np.int64), minlength=1 << bits)
        self.begins = np.cumsum(addresses) - addresses
        self.answers = answers if self.answers is None else pl.concat([self.answers, answers], rechunk=True)

    def forget(self) -> None:
        """Begin anew."""
        self.answers: pl.DataFrame | None = None
        self.known = 0
        # The hashes in order, for each of them the row of its answer, and where those of an address begin.
        self.hashes: Hashes = np.zeros(0, np.uint64)
        self.order: Rows = np.zeros(0, np.int64)
        self.begins: Rows = np.zeros(0, np.int64)
        self.shift = np.uint64(63)
