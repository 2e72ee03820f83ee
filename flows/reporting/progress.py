"""How far a night is, on stderr: bars on a terminal, one plain line a stage elsewhere, JSON where it is wanted."""

from __future__ import annotations

import sys
import time
from collections.abc import Generator
from contextlib import contextmanager
from typing import TYPE_CHECKING, TextIO

from flows.reporting import log

if TYPE_CHECKING:
    from rich.progress import Progress, TaskID

    from flows.runner import StageReport

# A stage that takes longer than this says how far it is, now and then.
PLAIN_PAUSE_SECONDS = 30.0


def line(report: StageReport) -> str:
    """What a stage did, in one line."""
    held = f", {report.quarantined:,} held back" if report.quarantined else ""
    return f"{report.stage:<12}{report.rows_in:>9,} in {report.rows_out:>9,} out {report.seconds:>7.1f} s{held}"


class PlainProgress:
    """One line a stage, and one now and then within a long one."""

    def __init__(self, stream: TextIO):
        """Lines go to `stream`."""
        self.stream, self.spoke_at = stream, time.monotonic()

    def begin(self, stage: str) -> None:
        """Nothing to say yet."""
        self.spoke_at = time.monotonic()

    def share(self, stage: str, done: float, note: str = "") -> None:
        """`done` of the stage, 0..1, is behind us."""
        if time.monotonic() - self.spoke_at >= PLAIN_PAUSE_SECONDS and done < 1:
            self.say(f"{stage:<12}{done:>9.0%} {note}".rstrip())

    def end(self, report: StageReport) -> None:
        """What the stage did."""
        self.say(line(report))

    def warn(self, message: str) -> None:
        """Something people should know."""
        self.say(f"warning: {message}")

    def say(self, text: str) -> None:
        """One line, at once."""
        self.spoke_at = time.monotonic()
        print(text, file=self.stream, flush=True)


class JsonProgress(PlainProgress):
    """One JSON line for every event of a stage."""

    def begin(self, stage: str) -> None:
        """A stage is at work."""
        self.say(log.event("stage_begin", stage=stage))

    def share(self, stage: str, done: float, note: str = "") -> None:
        """`done` of the stage, 0..1, is behind us."""
        if time.monotonic() - self.spoke_at >= PLAIN_PAUSE_SECONDS and done < 1:
            self.say(log.event("stage_progress", stage=stage, share=round(done, 4), text=note))

    def end(self, report: StageReport) -> None:
        """What the stage did."""
        told = {name: getattr(report, name) for name in ("stage", "rows_in", "rows_out", "quarantined")}
        self.say(log.event("stage_end", **told, seconds=round(report.seconds, 3)))

    def warn(self, message: str) -> None:
        """Something people should know."""
        self.say(log.event("warning", text=message))


class BarProgress:
    """A bar a stage on a terminal."""

    def __init__(self, bars: Progress):
        """`bars` is live."""
        self.bars = bars
        self.tasks: dict[str, TaskID] = {}

    def begin(self, stage: str) -> None:
        """A new bar."""
        self.tasks[stage] = self.bars.add_task(stage, total=1.0, note="")

    def share(self, stage: str, done: float, note: str = "") -> None:
        """`done` of the stage, 0..1, is behind us."""
        self.bars.update(self.tasks[stage], completed=done, note=note)

    def end(self, report: StageReport) -> None:
        """The bar is full and says what the stage did."""
        note = line(report).removeprefix(f"{report.stage:<12}").strip()
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
