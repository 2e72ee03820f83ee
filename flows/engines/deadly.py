"""A chunk that costs worker after worker: the units over which one dies alone are looked for, as those that raise are.

A text may make code of ours ask for more memory than there is, and whoever asks is killed without a word, or raises
that there is none.
"""

from __future__ import annotations

import os
import resource
from collections.abc import Callable, Sequence
from typing import TypeAlias

import polars as pl

from flows.chunk import Frames, Part, Parts
from flows.endings import OutOfHands
from flows.isolating import compares, halves, without
from flows.own_faults import REASON
from flows.pipeline import Stage

Attempt: TypeAlias = "Callable[[Sequence[Stage], Frames], Parts | None]"
"""Does a chunk in the stages; None: the worker died."""
# Those that raise are told by a number and a place; here nobody was left to tell.
FAULT = "fault deadly, a worker died over it alone"
# Of one chunk. More of them are no matter of single articles: then memory is short, or somebody kills.
MOST = 5


class WorkerLost(OutOfHands):
    """Workers die whatever they are given: killed, or out of memory."""


def bound_memory() -> None:
    """More than the machine has nobody can be given: a worker that asks for it dies at once, and others live on."""
    _, hardest = resource.getrlimit(resource.RLIMIT_DATA)
    most = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
    resource.setrlimit(
        resource.RLIMIT_DATA, (most if hardest == resource.RLIM_INFINITY else min(most, hardest), hardest)
    )


def survived(stages: Sequence[Stage], frames: Frames, attempt: Attempt) -> Parts:
    """What a chunk that cost two workers comes to without the units over which one dies alone, twice; these are held back.

    Raises WorkerLost where units have no half, where no unit is to blame, and where more than MOST are.
    """
    first, unit = stages[0], f"{stages[0].unit}"
    if first.replaces or compares(first) or frames[0].is_empty():
        raise lost(first)
    deadly = found(stages, frames, attempt)
    rest = [without(frame, unit, [*deadly]) for frame in frames]
    parts = attempt(stages, rest)
    if parts is None:
        raise lost(first)
    return [
        held(stage, part, [u for u, name in deadly.items() if name == stage.name])
        for stage, part in zip(stages, parts, strict=True)
    ]


def found(stages: Sequence[Stage], frames: Frames, attempt: Attempt) -> dict[str, str]:
    """The units over which a worker dies alone, and the stage it dies in. Raises WorkerLost."""
    parts = list(halves(stages[0], frames))
    if not parts:
        [one] = frames[0][f"{stages[0].unit}"].unique()
        return {one: name} if (name := fatal(stages, frames, attempt)) else {}
    deadly: dict[str, str] = {}
    for part in parts:
        if attempt(stages, part) is None:
            deadly |= found(stages, part, attempt)
        if len(deadly) > MOST:
            raise lost(stages[0])
    return deadly


def fatal(stages: Sequence[Stage], frames: Frames, attempt: Attempt) -> str | None:
    """The stage a worker dies in over one unit. None: it lives this time, and what it died of was something else."""
    for count in range(1, len(stages) + 1):
        if attempt(stages[:count], frames) is None:
            return stages[count - 1].name
    return None


def held(stage: Stage, part: Part, units: list[str]) -> Part:
    """A part with the units held back over which its worker died."""
    if not units:
        return part
    rows = {
        f"{stage.unit}": units,
        "reasons": [[REASON]] * len(units),
        "detail": [f"{FAULT}: killed or out of memory"] * len(units),
    }
    return part._replace(held=pl.concat([part.held, pl.DataFrame(rows)], how="diagonal_relaxed"))


def lost(stage: Stage) -> WorkerLost:
    """What is told where no unit is to blame."""
    return WorkerLost(
        f"workers of stage {stage.name} die again and again, and no article of one chunk is to blame;"
        " free memory, or run again with --workers 1"
    )
