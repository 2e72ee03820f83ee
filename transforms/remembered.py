"""Answers that are kept: for the frames asked about last, and for words, of which each is asked about once only."""

from __future__ import annotations

from collections.abc import Callable
from functools import update_wrapper, wraps
from typing import ParamSpec, TypeVar
from weakref import ref

import numpy as np
import polars as pl

from transforms.hashed import Hashed, Hashes, Places

Frames = ParamSpec("Frames")
Answer = TypeVar("Answer")

REMEMBERED = 2**18
"""Words whose answers are kept: the common vocabulary, bounded however long a backfill runs."""


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
    """A question about words and the answers known so far, which are told by the hash of a word."""

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
        row, is_known = self.known.places(hashed)
        if self.answers is None or not is_known.all():
            self.learn(words, hashed, np.flatnonzero(~is_known))
            row, _ = self.known.places(hashed)
        assert self.answers is not None
        return self.answers[row]

    def learn(self, words: pl.Series, hashed: Hashes, fresh: Places) -> None:
        """Ask about the `fresh` ones of the words; about all of them where too many are remembered."""
        if len(self.known) + len(fresh) > REMEMBERED:
            self.forget()
            fresh = np.arange(len(words))
        values, first = np.unique(hashed[fresh], return_index=True)
        answers = self.ask(words.gather(fresh[first]))
        self.known.add(values)
        self.answers = answers if self.answers is None else pl.concat([self.answers, answers], rechunk=True)

    def forget(self) -> None:
        """Begin anew."""
        self.answers: pl.DataFrame | None = None
        # The hash of each row of the answers.
        self.known = Hashed(np.zeros(0, np.uint64))
