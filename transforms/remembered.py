"""Answers that are kept: for the frames asked about last, and for words, of which each is asked about once only."""

from __future__ import annotations

from collections.abc import Callable
from functools import update_wrapper, wraps
from typing import ParamSpec, TypeVar
from weakref import ref

import polars as pl

Frames = ParamSpec("Frames")
Answer = TypeVar("Answer")

REMEMBERED = 2**18
"""Words whose answers are kept: the common vocabulary, bounded however long a backfill runs."""


def latest(make: Callable[Frames, Answer]) -> Callable[Frames, Answer]:
    """`make`, a function of frames alone, with its answer kept for the very frames it was asked about last.

    Several tables are made of the words of one chunk, and the seeds are the same for all chunks of a night.
    """
    kept: list[tuple[list[ref[object]], Answer]] = []

    @wraps(make)
    def answer(*frames: Frames.args, **named: Frames.kwargs) -> Answer:
        if not kept or named or any(known() is not frame for known, frame in zip(kept[0][0], frames, strict=True)):
            kept[:] = [([ref(frame) for frame in frames], make(*frames, **named))]
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
        hashed = words.hash()
        place = self.place(hashed)
        if place.null_count() or self.answers is None:
            self.learn(words, hashed, place)
            place = self.place(hashed)
        assert self.answers is not None
        return self.answers[place]

    def place(self, hashed: pl.Series) -> pl.Series:
        """The row of the answer to each hash, NULL where it is not known."""
        asked = pl.DataFrame({"hash": hashed})
        return asked.join(self.index, on="hash", how="left", maintain_order="left")["place"]

    def learn(self, words: pl.Series, hashed: pl.Series, place: pl.Series) -> None:
        """Ask about the words without a `place`; about all of them where too many are remembered."""
        fresh = place.is_null().arg_true()
        if self.index.height + len(fresh) > REMEMBERED:
            self.forget()
            fresh = pl.int_range(len(words), eager=True)
        fresh = fresh.gather(hashed.gather(fresh).arg_unique())
        answers = self.ask(words.gather(fresh))
        self.answers = answers if self.answers is None else pl.concat([self.answers, answers], rechunk=True)
        known = pl.concat([self.index["hash"], hashed.gather(fresh).alias("hash")], rechunk=True)
        self.index = known.to_frame().with_row_index("place")

    def forget(self) -> None:
        """Begin anew."""
        self.answers: pl.DataFrame | None = None
        self.index = pl.DataFrame(schema={"place": pl.UInt32, "hash": pl.UInt64})
