"""One night, step by step: take in, go through the timetable, judge each table, publish. No Prefect here."""

from __future__ import annotations

import secrets
import shutil
import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import asdict, dataclass, field
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import polars as pl

from flows import furniture, publication, reference, runner, setting_aside, settings
from flows.endings import USAGE, Trouble
from flows.engines.engine import Hire, hire
from flows.intake import ingest
from flows.intake.delivery import Delivery
from flows.judging import Held
from flows.pipeline import PIPELINE, Stage
from flows.reporting import metrics
from flows.reporting.wording import counted, meant
from flows.runner import Night, StageReport
from flows.setting_aside import Standing
from flows.settings import CHUNK_BYTES, Home
from transforms.tables import ops, raw
from transforms.tables.base import Table
from warehouse import renewal, shelf
from warehouse.store import Store, sql

if TYPE_CHECKING:
    from expectations.judge import Judge, Judgement

Step = tuple[str, Callable[[], None]]
RESTORED = (
    "the working database does not know the release readers saw until now, as one restored from a backup: what has come in"
    " since that backup is published no more until it is delivered again"
)


class GateClosed(Exception):
    """A table does not hold as a whole: nothing is published, readers stay on the last release."""

    def __init__(self, stage: str, broken: Sequence[Judgement]):
        """`broken` are the expectations of severity `fail` that do not hold."""
        self.stage, self.broken = stage, tuple(broken)
        told = "; ".join(f"{j.table_name}: {j.why} ({j.unexpected_count or j.observed})" for j in self.broken)
        super().__init__(f"stage {stage} is blocked: {told}")


@dataclass(slots=True)
class Outcome:
    """What a run came to."""

    run_id: str
    night: date
    state: str = "running"
    release_id: str | None = None
    fates: dict[str, int] = field(default_factory=dict[str, int])
    totals: dict[str, int] = field(default_factory=dict[str, int])
    known_files: int = 0
    files: int = 0
    warnings: list[str] = field(default_factory=list[str])
    silent_sources: list[str] = field(default_factory=list[str])
    internal_faults: list[Standing] = field(default_factory=list["Standing"])
    stages: list[StageReport] = field(default_factory=list[StageReport])
    seconds: float = 0.0


def sweep(home: Home) -> None:
    """Remove what a run or a rebuild that was killed left half-built, or on its way between machines."""
    shelf.sweep(home.releases)
    shutil.rmtree(home.exchange, ignore_errors=True)
    # The database, one that has no name yet, and their write-ahead logs.
    for path in home.root.glob(f"{home.rebuilding.name}*"):
        path.unlink(missing_ok=True)


class Course:
    """The steps of one run, in order. `steps` may be run one after the other by whoever orchestrates."""

    def __init__(
        self,
        home: Home,
        night: date,
        deliveries: Sequence[Delivery],
        store: Store,
        sources: pl.DataFrame,
        *,
        workers: int = 1,
        engine: Hire | None = None,
    ):
        """Nothing happens yet but the entry in ops.runs. `sources` are those declared in this home.

        Where no `engine` is named, processes of this machine do the work.
        """
        self.home, self.deliveries, self.store = home, deliveries, store
        self.started_at_utc = settings.now_utc()
        self.begun = time.perf_counter()
        self.outcome = Outcome(f"{night:%Y%m%d}-{secrets.token_hex(4)}", night)
        known = {"sources": sources, "furniture": furniture.declared(home)}
        engine = engine or hire("processes", home.root, None)
        self.context = Night(self.outcome.run_id, night, store, CHUNK_BYTES, known, workers, engine=engine)
        self.judge: Judge | None = None
        self.revision_before = self.revision()
        self.held = Held(store, self.held_before())
        sweep(home)
        store.execute("update ops.runs set state = 'failed', message = 'died' where state = 'running'")
        [(self.context.is_wary,)] = store.rows(sql("units/wary"))
        self.record_run()

    def steps(self) -> list[Step]:
        """Every step of the night: ingest, the timetable, publish."""
        return [
            ("ingest", self.ingest),
            *((stage.name, lambda stage=stage: self.stage(stage)) for stage in PIPELINE),
            ("publish", self.publish),
        ]

    def writes(self, name: str) -> str:
        """The table a step writes, '' for one that writes no table of its own."""
        return {"ingest": raw.Record.NAME, **{stage.name: stage.writes.NAME for stage in PIPELINE}}.get(name, "")

    def ingest(self) -> None:
        """Take in what was delivered."""
        arrival = ingest.ingest(self.deliveries, self.context, self.home.archive, self.started_at_utc)
        self.outcome.files, self.outcome.known_files = arrival.files, arrival.known_files
        self.outcome.warnings += arrival.warnings
        self.outcome.silent_sources += arrival.silent_sources
        if arrival.report.rows_out:
            self.context.expect_markup()
        self.close_stage(arrival.report, raw.Record)

    def stage(self, stage: Stage) -> None:
        """One row of the timetable; again, from the comparison on, where documents were taken back from it."""
        self.context.taken_back = False
        report = runner.run(stage, self.context)
        again = setting_aside.compared_before(stage) if self.context.taken_back else ()
        if not again:
            self.close_stage(report, stage.writes)
            return
        self.context.ahead[stage.name] = report
        for earlier in again:
            self.reopen(earlier)
            self.stage(earlier)

    def reopen(self, stage: Stage) -> None:
        """Take back that a stage was closed, if it was: it is booked and judged once, with all it did."""
        for report in [report for report in self.outcome.stages if report.stage == stage.name]:
            self.outcome.stages.remove(report)
            self.context.ahead[stage.name] = report
        for table in (ops.StageRun, ops.Expectation):
            told = {"run_id": self.outcome.run_id, "stage": stage.name}
            self.store.execute(f"delete from {table.NAME} where run_id = $run_id and stage = $stage", told)

    def close_stage(self, report: StageReport, table: type[Table]) -> None:
        """Book the stage and judge its table. Raises GateClosed."""
        self.outcome.stages.append(report)
        self.book_stage(report)
        if self.needs_release():
            self.judge_table(report.stage, table)

    def needs_release(self) -> bool:
        """Whether there is anything the last release does not hold yet."""
        told = self.last_release()
        now = (self.revision(), self.context.reference_digest)
        return (told.get("revision"), told.get("reference_digest")) != now

    def held_before(self) -> dict[str, Any]:
        """What held of each table when the last release was made; nothing if anything was written since."""
        told = self.last_release()
        return told.get("held", {}) if told.get("revision") == self.revision() else {}

    def is_restored(self) -> bool:
        """Whether readers see what this database does not know: it is older than that."""
        return not self.last_release() and shelf.current_folder(self.home.current) is not None

    def last_release(self) -> dict[str, Any]:
        """The manifest of the release readers see; {} before the first, and for one this database knows nothing of."""
        folder = shelf.current_folder(self.home.current)
        told = shelf.manifest(folder) if folder else {}
        return told if renewal.is_of(self.store, told) else {}

    def judge_table(self, stage: str, table: type[Table]) -> None:
        """Let Great Expectations judge a table as a whole. Raises GateClosed if it must not be published."""
        if self.judge is None:
            self.judge = self.called_judge()
        yardstick = self.judge.yardstick(table)
        verdict = self.judge.judge(table, self.held.since(table, yardstick))
        self.held.note(table, yardstick, rows_hold=verdict.rows_hold)
        rows = [{"run_id": self.outcome.run_id, "stage": stage} | asdict(j) for j in verdict.judgements]
        self.store.insert(ops.Expectation, pl.DataFrame(rows, schema=ops.Expectation.create_empty().schema))
        told = map(unexpected, verdict.warnings)
        self.outcome.warnings += [warning for warning in told if warning not in self.outcome.warnings]
        if verdict.broken:
            raise GateClosed(stage, verdict.broken)

    def called_judge(self) -> Judge:
        """The judge of this run. Raises Trouble where the user's expectations cannot be used, or are of no table."""
        from expectations.judge import Judge
        from expectations.own import Unusable

        place = self.home.root / "expectations"
        try:
            judge = Judge(self.context.store.dbapi, place)
        except Unusable as wrong:
            raise Trouble(USAGE, str(wrong)) from None
        judged = [raw.Record.NAME, *(stage.writes.NAME for stage in PIPELINE)]
        for name in judge.own:
            if name not in judged:
                raise Trouble(USAGE, f"{place}: no stage writes a table {name!r}{meant(name, judged)}; see README.md")
        return judge

    def publish(self) -> None:
        """Build and flip to a new release, or leave the last one if nothing is new."""
        started = time.perf_counter()
        # The release wants the memory, and has no chunks.
        self.context.crew.dismiss()
        self.outcome.internal_faults = setting_aside.standing(self.store)
        self.outcome.warnings += setting_aside.warnings(self.outcome.internal_faults, self.context.oddities)
        if self.is_restored():
            self.outcome.warnings.append(RESTORED)
        if not self.needs_release():
            self.outcome.state, self.outcome.release_id = "unchanged", shelf.current_id(self.home.current)
        else:
            reference.load(self.store, self.context)
            self.outcome.release_id = publication.publish(self)
            self.outcome.state = "published"
        report = StageReport("publish", seconds=time.perf_counter() - started)
        report.rows_in = report.rows_out = self.outcome.fates.get("published", 0)
        self.outcome.stages.append(report)
        self.book_stage(report)
        self.finish()

    def write_data_docs(self, folder: Path) -> None:
        """Great Expectations' own pages about every suite of this run."""
        folder.mkdir(mode=0o700)
        if self.judge is not None:
            self.judge.write_docs(folder)

    def finish(self, message: str | None = None) -> None:
        """Book the end of the run."""
        self.context.dismiss()
        if self.judge is not None:
            self.judge.close()
        self.outcome.seconds = time.perf_counter() - self.begun
        if self.outcome.state == "running":
            self.outcome.state = "failed"
        self.record_run(ended=True, message=message)
        # A night that is published is published, whether or not there is room to count it.
        with suppress(OSError):
            metrics.write(self)

    def revision(self) -> int:
        """Changes the working database has seen."""
        return int(self.store.rows("select revision from ops.revision")[0][0])

    def book_stage(self, report: StageReport) -> None:
        """Write the stage into ops.stages."""
        self.store.note(ops.StageRun, {"run_id": self.outcome.run_id} | asdict(report))

    def record_run(self, *, ended: bool = False, message: str | None = None) -> None:
        """Write the run into ops.runs."""
        row = {
            "run_id": self.outcome.run_id,
            "night": self.outcome.night,
            "state": self.outcome.state,
            "started_at_utc": self.started_at_utc,
            "ended_at_utc": settings.now_utc() if ended else None,
            "release_id": self.outcome.release_id,
            "message": message,
            "warnings": "\n".join(" ".join(warning.split()) for warning in self.outcome.warnings) or None,
        }
        self.store.execute("delete from ops.runs where run_id = $run_id", {"run_id": self.outcome.run_id})
        self.store.note(ops.Run, row)


def unexpected(found: Judgement) -> str:
    """What a table is not that it was expected to be, in one line."""
    count = found.unexpected_count
    told = found.observed or "something" if count is None else counted(count, "row")
    return f"{found.table_name}: {told} not as expected: {found.why}"
