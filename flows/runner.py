"""One stage: read, transform, sift, judge, commit. Nothing here knows Prefect."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import nullcontext
from dataclasses import asdict, dataclass, field
from datetime import date
from functools import partial
from typing import Any

import polars as pl

import seeds
from flows import setting_aside
from flows.chunk import Part, Parts, alone, carried, is_seed, seed, sift
from flows.engines import join
from flows.engines.crew import Crew
from flows.engines.engine import Engine, Hire
from flows.history.quarantine import held_back
from flows.history.restating import restated
from flows.intake.guard import MARKUP, Guard
from flows.pipeline import PIPELINE, Stage
from flows.setting_aside import Fault
from transforms.tables import core, enrichment, ops, raw, ref, views
from transforms.tables import stories as told
from transforms.tables.base import Table
from warehouse import candidates, near, regions
from warehouse import store as warehouse
from warehouse.faults import point
from warehouse.store import Store, sql

# What one unit of work weighs, as SQL over the table that lists the units: a chunk is bounded in bytes.
WEIGHTS = {
    raw.Record: "octet_length(payload)",
    # Cleaning and converting need little beside the text, and their fixed cost is the largest: chunks twice as long.
    raw.Document: "strlen(text) // 2",
    core.CleanDocument: "strlen(body_original) // 2",
    core.CanonicalDocument: "strlen(body_hans)",
    enrichment.Segmentation: "strlen(body_words)",
    # The articles a day is compared with, forty terms each, as numbers.
    told.StoryDay: "articles * 500",
}


@dataclass(slots=True)
class StageReport:
    """What a stage did: units taken up, rows written, rows held back, wall seconds."""

    stage: str
    rows_in: int = 0
    rows_out: int = 0
    quarantined: int = 0
    seconds: float = 0.0

    def told(self, digits: int) -> dict[str, Any]:
        """The report as it is told, its seconds rounded."""
        return asdict(self) | {"seconds": round(self.seconds, digits)}


@dataclass(slots=True)
class Night:
    """What every stage of one run shares."""

    run_id: str
    night: date
    store: Store
    chunk_bytes: int
    seed_tables: dict[str, pl.DataFrame] = field(default_factory=dict[str, pl.DataFrame])
    workers: int = 1
    progress: Callable[[str, float, str], None] = lambda stage, share, note: None
    engine: Hire = Crew
    reference_digest: str = field(default_factory=seeds.digest)
    # What stages have done already because an earlier one took them along.
    ahead: dict[str, StageReport] = field(default_factory=dict[str, StageReport])
    # What the stage at work has raised on, chunks that raised though none of their units does, and whether documents
    # were taken back that others may have been compared with.
    aside: list[Fault] = field(default_factory=list["Fault"])
    oddities: list[Fault] = field(default_factory=list["Fault"])
    taken_back: bool = False
    # The last run died, and this one may: workers do even what is little, since of them it is known what they die over.
    is_wary: bool = False
    crew: Engine = field(init=False)
    guard: Guard = field(init=False)

    def __post_init__(self) -> None:
        """The seed tables given are part of what the crew and the guard know."""
        self.crew = self.engine(self.workers, self.seed_tables)
        self.guard = Guard(self.workers, self.seed_tables)

    def seed(self, table: type[Table]) -> pl.DataFrame:
        """The rows of a seed table, read and checked once."""
        return seed(table, self.seed_tables)

    def expect_markup(self) -> None:
        """Call the process that parses markup if a record of the night will want it: it comes while tables are judged."""
        query = "select distinct format from raw.records where night = $night"
        formats = {str(told) for (told,) in self.store.rows(query, {"night": self.night})}
        if self.crew.cluster() is None and not MARKUP.isdisjoint(formats):
            self.guard.call(next(stage for stage in PIPELINE if stage.is_guarded))

    def brings_markup(self) -> bool:
        """Whether a record of `pending` goes through a parser of markup."""
        query = "select distinct format from raw.records where record_id in (select unit_id from pending)"
        return not MARKUP.isdisjoint(str(told) for (told,) in self.store.rows(query))

    def dismiss(self) -> None:
        """Let everybody go who works for this night."""
        self.crew.dismiss()
        self.guard.dismiss()


def run(stage: Stage, night: Night) -> StageReport:
    """Take up what the stage has not finished, a chunk at a time; every finished chunk is a committed checkpoint."""
    report, started = night.ahead.pop(stage.name, StageReport(stage.name)), time.perf_counter()
    if stage.region is not None:
        regional(stage, night, report)
    elif stage.unit is None:
        whole(stage, night, report)
    else:
        by_chunk(stage, night, report)
    report.seconds += time.perf_counter() - started
    return report


def whole(stage: Stage, night: Night, report: StageReport) -> None:
    """Do a table over from all of its inputs: for stages that work on keys, never on bodies."""
    inputs = [night.seed(t) if is_seed(t) else all_rows(t, stage, night) for t in stage.reads]
    good, _ = sift(stage, stage.transform(*inputs))
    if not same_rows(stage.writes, night.store.read(f"select * from {stage.writes.NAME}"), good):
        with night.store.transaction():
            night.store.replace(stage.writes, good)
            point(f"{stage.name}:commit")
    report.rows_in, report.rows_out = inputs[0].height, good.height


def all_rows(table: type[Table], stage: Stage, night: Night) -> pl.DataFrame:
    """All rows of an input. When articles are told is worked out once, for the first stage of stories that asks."""
    name = table.NAME
    if table is told.StoryArticle:
        name = "telling"
        if stage.writes is told.StoryDay:
            night.store.execute(sql("stories/telling"))
    return night.store.read(f"select * from {name}")


def same_rows(table: type[Table], there: pl.DataFrame, rows: pl.DataFrame) -> bool:
    """Whether the rows that are there are exactly these: an unchanged night must leave no trace."""
    columns = table.column_names()
    return there.height == rows.height and there.select(columns).sort(columns).equals(
        rows.select(columns).sort(columns)
    )


def regional(stage: Stage, night: Night, report: StageReport) -> None:
    """Do over the part of a table that the night touches; what must be done again is known from the store alone."""
    store, region = night.store, f"{stage.region}"
    if not regions.gather(store, region, night.seed(ref.Source)):
        return
    inputs = [night.seed(table) if is_seed(table) else regions.read(store, region, table) for table in stage.reads]
    made, _ = sift(stage, stage.transform(*inputs))
    with store.given("made", made):
        good = regions.within(store, region, "made")
    is_new = not same_rows(stage.writes, regions.within(store, region, stage.writes.NAME), good)
    with store.given("incoming", good), store.transaction() if is_new else store.together():
        regions.write(store, region, is_new=is_new, reference_digest=night.reference_digest)
        if is_new:
            point(f"{stage.name}:commit")
    report.rows_in, report.rows_out = inputs[0].height, good.height


def by_chunk(stage: Stage, night: Night, report: StageReport) -> None:
    """Commit chunk after chunk; several workers may be ahead of the one that is committed.

    Stages that need nothing but what is at hand are done with it (see `flows.chunk.carried`).
    """
    count, begun = planned(stage, night), time.perf_counter()
    # Asked only where it matters: the store knows the units of all stages.
    stages = carried(stage, finished(night.store)) if count and len(carried(stage)) > 1 else (stage,)
    reports = [report, *(night.ahead.setdefault(later.name, StageReport(later.name)) for later in stages[1:])]
    worked = [0.0] * len(stages)
    for number, parts in enumerate(worked_on(stages, night, count)):
        commit(stages, night, number, parts, reports)
        worked = [before + part.seconds for before, part in zip(worked, parts, strict=True)]
        night.progress(stage.name, (number + 1) / count, "")
    setting_aside.settle(stages, night, reports)
    share_out(time.perf_counter() - begun, worked, reports)


def share_out(seconds: float, worked: list[float], reports: list[StageReport]) -> None:
    """Book what the later stages took of the time of the first one, which books all of it: as they worked."""
    for of_stage, report in zip(worked[1:], reports[1:], strict=True):
        taken = seconds * of_stage / sum(worked)
        report.seconds += taken
        reports[0].seconds -= taken


def worked_on(stages: Sequence[Stage], night: Night, count: int) -> Iterator[Parts]:
    """What each chunk comes to in each of the stages, in order, by whoever may work on it."""
    cluster, first = night.crew.cluster(), stages[0]
    if count and views.Candidate in first.reads:
        candidates.gather(night.store, counting=partial(join.count_on, cluster) if cluster else candidates.counted)
        night.store.execute(sql("compare/met"))
    if count and told.StoryPair in first.reads:
        night.store.execute(sql("stories/unsettled"))
    chunks = (inputs(first, night, number) for number in range(count))
    if count and first.is_guarded and not cluster and night.brings_markup():
        several = min(night.workers, count) > 1
        return ([Part(good, held, 0.0)] for good, held in night.guard.results(first, chunks, several=several))
    # What takes the place of a day is worked out from a few keys: workers would cost more to call than all of it.
    is_small = first.replaces is not None and not cluster
    is_worth_it = (night.crew.worth(count) or night.is_wary) and not is_small
    return night.crew.results(stages, chunks) if is_worth_it else alone(stages, chunks, night.seed_tables)


def finished(store: Store) -> set[str]:
    """The stages that have finished a unit of `pending` already: they take up the rest when it is their turn."""
    return {str(stage) for (stage,) in store.rows(sql("units/finished"))}


def planned(stage: Stage, night: Night, wanted: str | None = None) -> int:
    """Fill the temporary table `pending` (unit_id, chunk_no) with all the stage has not finished; the number of chunks.

    `wanted` is SQL that says which units to take up instead; $stage is the name of the stage. Where nothing is left
    `pending` stays as it was.
    """
    store, listed = night.store, stage.lists or stage.reads[0]
    names = {"unit": stage.unit, "listed": listed.NAME, "wanted": wanted or sql("units/unfinished")}
    query = sql("units/wanted").format(**names)
    store.execute(f"create or replace temp table wanted as {query}", {"stage": stage.name})
    if not store.rows("select count(*) from wanted")[0][0]:
        return 0
    weight = next((weight for table, weight in WEIGHTS.items() if issubclass(listed, table)), "1")
    query = sql("units/pending").format(unit=stage.unit, weight=weight, stored=stored(listed))
    store.execute(
        f"create or replace temp table pending as {query}",
        {"bytes": night.chunk_bytes, "workers": night.workers},
    )
    return int(store.rows("select coalesce(max(chunk_no) + 1, 0) from pending")[0][0])


def inputs(stage: Stage, night: Night, number: int) -> list[pl.DataFrame]:
    """The rows of every input of one chunk, seeds left out; the temporary table `chunk` holds its units."""
    night.store.execute(
        f"create or replace temp table chunk as select unit_id as {stage.unit} from pending where chunk_no = $n",
        {"n": number},
    )
    return [rows_of_chunk(table, stage, night) for table in stage.reads if not is_seed(table)]


def rows_of_chunk(table: type[Table], stage: Stage, night: Night) -> pl.DataFrame:
    """The rows of one input that belong to the chunk at hand."""
    short = table.NAME.partition(".")[2]
    prepared = warehouse.SQL / "chunk" / f"{short}.sql"
    if prepared.exists():
        if table is told.StoryPair:
            with night.store.troubles():
                near.gather(night.store.connection)
        night.store.execute(f"create or replace temp table {short} as {prepared.read_text(encoding='utf-8')}")
        return night.store.read(f"select * from {short}")
    kept = stored(table)
    # Asked by row number, the store reads the blocks these rows lie in and no others.
    query = f"select * from {kept} where rowid in (select rowid from {kept} semi join chunk using ({stage.unit}))"
    if kept != table.NAME:
        key = ", ".join(table.primary_key())
        query += f" and ({key}) in (select ({key}) from {table.NAME} semi join chunk using ({stage.unit}))"
    return night.store.read(query)


def stored(table: type[Table]) -> str:
    """The name of the table whose rows are read: a view of the timetable gives some rows of the table it derives from."""
    return next(base.NAME for base in reversed(table.__mro__) if issubclass(base, Table) and "NAME" in vars(base))


def commit(stages: Sequence[Stage], night: Night, number: int, parts: Parts, reports: Sequence[StageReport]) -> None:
    """Write what a chunk came to in all of its stages together with their checkpoints: all or nothing."""
    parts, raising = setting_aside.parted(stages, parts, night)
    of_chunk = night.store.read("select unit_id from pending where chunk_no = $n", {"n": number})
    of_chunk = of_chunk.filter(~pl.col("unit_id").is_in(raising)) if raising else of_chunk
    with night.store.transaction():
        done: list[pl.DataFrame] = []
        for stage, part, report in zip(stages, parts, reports, strict=True):
            if stage.replaces:
                give_way(stage, night, number)
            rows = held_back(stage, part.held, night)
            insert(stage, part.good, night.store)
            night.store.insert(ops.Quarantined, rows)
            units = units_of(stage, stages, parts, of_chunk)
            done.append(units.select(pl.lit(stage.name).alias("stage"), "unit_id"))
            if stage.touches:
                with night.store.given("touching", touching(part, units)):
                    night.store.execute(sql("clusters/noted"))
            report.rows_in += units.height
            report.rows_out += part.good.height
            report.quarantined += rows.height
            point(f"{stage.name}:commit")
        with night.store.given("units", pl.concat(done)):
            told = {"reference": night.reference_digest}
            night.store.execute("insert into ops.done select stage, unit_id, $reference from units", told)
    for stage in stages:
        point(f"{stage.name}:committed")


def insert(stage: Stage, rows: pl.DataFrame, store: Store) -> None:
    """Write rows; records bring documents, which may be known already."""
    brings = stage.writes is raw.Document and not rows.is_empty()
    with restated(store, rows["document_id"]) if brings else nullcontext():
        store.insert(stage.writes, rows)


def touching(part: Part, units: pl.DataFrame) -> pl.DataFrame:
    """The documents a chunk was about, with the night of the record where it read records."""
    if {"document_id", "night"} <= set(part.good.columns):
        return part.good.select("document_id", "night")
    return units.select(document_id="unit_id", night=pl.lit(None, pl.Date))


def units_of(stage: Stage, stages: Sequence[Stage], parts: Parts, of_chunk: pl.DataFrame) -> pl.DataFrame:
    """The units a stage has finished with a chunk: those of the chunk, or those an earlier stage left of them."""
    for earlier, part in zip(stages, parts, strict=True):
        if earlier.writes is stage.reads[0]:
            return part.good.select(unit_id=f"{stage.unit}").unique()
    return of_chunk


def give_way(stage: Stage, night: Night, number: int) -> None:
    """Take out what earlier states of the units of this chunk came to, and what belongs to no unit any more.

    That these states were done is forgotten with it: one that comes back is another one.
    """
    told_by = {"replaces": stage.replaces, "unit": stage.unit, "listed": (stage.lists or stage.reads[0]).NAME}
    night.store.execute(sql("units/give_way").format(written=stage.writes.NAME, **told_by), {"n": number})
    night.store.execute(sql("units/overtaken").format(**told_by), {"stage": stage.name, "n": number})
