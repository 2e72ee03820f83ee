"""How far a night is, on stderr: bars on a terminal, one plain line a stage elsewhere, JSON where it is wanted."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Generator
from contextlib import contextmanager
from typing import TYPE_CHECKING, TextIO

from flows.reporting import log

if TYPE_CHECKING:
    from rich.progress import Progress, TaskID

    from flows.runner import StageReport

# A stage that takes longer than this says how far it is, now and then.
PLAIN_PAUSE_SECONDS = 30.0
# What a stage has done in less time than this says little about the rest.
GLIMPSE_SECONDS = 2.0
Clock = Callable[[], float]


def line(report: StageReport) -> str:
    """What a stage did, in one line."""
    held = f", {report.quarantined:,} held back" if report.quarantined else ""
    return f"{report.stage:<12}{report.rows_in:>9,} in {report.rows_out:>9,} out {report.seconds:>7.1f} s{held}"


def seconds_left(taken: float, done: float) -> float | None:
    """Seconds the rest of a stage will take if it goes on as before; None where that cannot be told yet."""
    return taken * (1 - done) / done if done > 0 and taken >= GLIMPSE_SECONDS else None


def with_rest(note: str, left: float | None) -> str:
    """A note with the estimate in words: minutes from two on, seconds below."""
    if not left:
        return note
    rest = f"{left / 60:.0f} min left" if left >= 120 else f"{left:.0f} s left"
    return f"{note}, {rest}" if note else rest


class PlainProgress:
    """One line a stage, and one now and then within a long one."""

    def __init__(self, stream: TextIO, clock: Clock = time.monotonic):
        """Lines go to `stream`."""
        self.stream, self.clock = stream, clock
        self.began_at = self.spoke_at = clock()

    def begin(self, stage: str) -> None:
        """Nothing to say yet."""
        self.began_at = self.spoke_at = self.clock()

    def share(self, stage: str, done: float, note: str = "") -> None:
        """`done` of the stage, 0..1, is behind us."""
        if self.clock() - self.spoke_at >= PLAIN_PAUSE_SECONDS and done < 1:
            self.halfway(stage, done, note, seconds_left(self.clock() - self.began_at, done))

    def halfway(self, stage: str, done: float, note: str, left: float | None) -> None:
        """How far a long stage is."""
        self.say(f"{stage:<12}{done:>9.0%} {with_rest(note, left)}".rstrip())

    def end(self, report: StageReport) -> None:
        """What the stage did."""
        self.say(line(report))

    def warn(self, message: str) -> None:
        """Something people should know."""
        self.say(f"warning: {message}")

    def say(self, text: str) -> None:
        """One line, at once."""
        self.spoke_at = self.clock()
        log.put(text, self.stream)


class JsonProgress(PlainProgress):
    """One JSON line for every event of a stage."""

    def begin(self, stage: str) -> None:
        """A stage is at work."""
        super().begin(stage)
        self.say(log.event("stage_begin", stage=stage))

    def halfway(self, stage: str, done: float, note: str, left: float | None) -> None:
        """How far a long stage is."""
        rest = None if left is None else round(left)
        self.say(log.event("stage_progress", stage=stage, share=round(done, 4), text=note, seconds_left=rest))

    def end(self, report: StageReport) -> None:
        """What the stage did."""
        self.say(log.event("stage_end", **report.told(digits=3)))

    def warn(self, message: str) -> None:
        """Something people should know."""
        self.say(log.event("warning", text=message))


class BarProgress:
    """A bar a stage on a terminal."""

    def __init__(self, bars: Progress, clock: Clock = time.monotonic):
        """`bars` is live."""
        self.bars, self.clock, self.began_at = bars, clock, clock()
        self.tasks: dict[str, TaskID] = {}

    def begin(self, stage: str) -> None:
        """A new bar."""
        self.began_at = self.clock()
        self.tasks[stage] = self.bars.add_task(stage, total=1.0, note="")

    def share(self, stage: str, done: float, note: str = "") -> None:
        """`done` of the stage, 0..1, is behind us."""
        left = seconds_left(self.clock() - self.began_at, done)
        self.bars.update(self.tasks[stage], completed=done, note=with_rest(note, left))

    def end(self, report: StageReport) -> None:
        """The bar is full and says what the stage did."""
        note = line(report).removeprefix(f"{report.stage:<12}")
        self.bars.update(self.tasks[report.stage], completed=1.0, note=note)

    def warn(self, message: str) -> None:
        """Something people should know."""
        self.bars.console.print(f"warning: {message}", style="yellow", markup=False, highlight=False)


@contextmanager
def shown() -> Generator[PlainProgress | BarProgress]:
    """Progress as it suits stderr."""
    stream = sys.stderr
    if log.is_json():
        yield JsonProgress(stream)
        return
    if not stream.isatty():
        yield PlainProgress(stream)
        return
    from rich.console import Console
    from rich.progress import BarColumn, Progress, SpinnerColumn, TaskProgressColumn, TextColumn

    bars = Progress(
        SpinnerColumn(finished_text="✓"),
        TextColumn("{task.description:<12}"),
        BarColumn(bar_width=24),
        TaskProgressColumn(),
        TextColumn("{task.fields[note]}"),
        console=Console(file=stream),
    )
    with bars:
        yield BarProgress(bars)
