"""Transforms that fall over what some documents say: each stage over the one mark that names it."""

from __future__ import annotations

from collections.abc import Callable, Iterable

import polars as pl
import pytest

from flows.engines import crew
from flows.pipeline import PIPELINE, Stage

CHUNKED = tuple(stage for stage in PIPELINE if stage.unit is not None and stage.replaces is None)
LETTERS = "赤橙黄绿青蓝紫黑白灰粉棕银金铜"
# What the stage of that name falls over, as a word no other article of a test has.
MARKS = {stage.name: f"「{letter}鲸号」" for stage, letter in zip(CHUNKED, LETTERS, strict=True)}
Transform = Callable[..., pl.DataFrame]


def weakened(transform: Transform, mark: str) -> Transform:
    """The transform, but for documents that say `mark`."""
    name = mark.strip("「」")

    def weak(*frames: pl.DataFrame) -> pl.DataFrame:
        for frame in frames:
            for column in frame.select(pl.col(pl.String, pl.Binary)):
                texts = column.cast(pl.Binary).bin.encode("hex")
                said = texts.str.replace_all("1f", "").str.contains(name.encode().hex(), literal=True)
                if said.any():
                    raise IndexError("list index out of range")
        return transform(*frames)

    return weak


def weaken(patch: pytest.MonkeyPatch, stages: Iterable[Stage] = CHUNKED) -> None:
    """Let every one of these stages fall over its mark until the patch is undone."""
    for stage in stages:
        transform = weakened(stage.transform, MARKS[stage.name])
        # A row of the timetable is frozen, so that nobody changes it but a test.
        patch.setattr(type(stage), "__setattr__", object.__setattr__)
        patch.setattr(stage, "transform", transform)


def begin(given: dict[str, pl.DataFrame]) -> None:
    """What a worker does first whose stages are weak."""
    weaken(pytest.MonkeyPatch())
    strong_begin(given)


strong_begin = crew.begin
