"""What becomes of documents our code raises on: they are set aside, out of every table, and the night goes on without them.

A document is a function of its own text up to the comparison, and of its cluster behind it. So one that raises late is
taken back to where it would be had it been held back early: its rows go, and what was compared with it is done over.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple

import polars as pl

from flows.chunk import Part, Parts
from flows.history.forgetting import forget
from flows.history.quarantine import quarantine_id
from flows.isolating import FEW, raising, without
from flows.own_faults import REASON
from flows.pipeline import PIPELINE, Stage
from flows.reporting.wording import counted
from warehouse.faults import point
from warehouse.store import Store, sql

if TYPE_CHECKING:
    from flows.runner import Night, StageReport

# A fault in more of a night than this is no matter of single documents.
MOST_SHARE = 0.01
# So many may be odd though they are most of what a stage did: small nights have no other articles to show that it works.
ODD = 2
CURE = f"once it is mended `wencang quarantine replay --reason {REASON}` takes them in; files, the next night that is given them"
# What a stage works on, where it is no document.
UNITS = {"ingest": "file", "decode": "record"}
# The stage behind whose rows of a document everything else of it stands.
FIRST = "clean"


class TooManyFaults(Exception):
    """Our code raises on so much of a night that what is left is not the night."""


class Standing(NamedTuple):
    """How many units stand held back for one fault."""

    stage: str
    fault: str
    units: int

    def told(self) -> str:
        """The same in words."""
        what = counted(self.units, UNITS.get(self.stage, "document"))
        return f"{what} held back by a fault of wencang itself in stage {self.stage} ({self.fault})"


class Fault(NamedTuple):
    """A unit a stage raised on, None where only a whole chunk raised; what was raised, and where."""

    stage: str
    unit_id: str | None
    detail: str


def parted(stages: Sequence[Stage], parts: Parts, night: Night) -> tuple[Parts, list[str]]:
    """What a chunk came to without the units that raised in one of the stages, and these.

    They are noted in `night.aside`, and nothing of them is written. Raises TooManyFaults.
    """
    if all(part.held.is_empty() for part in parts):
        return parts, []
    unit = f"{stages[0].unit}"
    told = [(stage.name, raising(part.held, unit)) for stage, part in zip(stages, parts, strict=True)]
    found = [Fault(stage, *row) for stage, rows in told for row in rows.iter_rows()]
    if not found:
        return parts, []
    night.oddities += [fault for fault in found if fault.unit_id is None]
    night.aside += [fault for fault in found if fault.unit_id is not None]
    units = [fault.unit_id for fault in found if fault.unit_id is not None]
    if units:
        bear(night)
    return [left(part, unit, units) for part in parts], units


def left(part: Part, unit: str, units: list[str]) -> Part:
    """A part without these units, and without the rows that tell of faults."""
    held = part.held.filter(~pl.col("reasons").list.contains(REASON))
    return Part(without(part.good, unit, units), without(held, unit, units), part.seconds)


def bear(night: Night) -> None:
    """Raises TooManyFaults where more is set aside than the odd document of the nights at work."""
    last = night.aside[-1]
    records, standing, _ = share(night, last.stage)
    count, most = standing + len({fault.unit_id for fault in night.aside}), max(FEW, int(records * MOST_SHARE))
    if count > most:
        raise TooManyFaults(
            f"{count:,} of {counted(records, 'record')} raise, up to {most:,} would be set aside;"
            f" the last one in stage {last.stage}, {last.detail}"
        )


def bear_each(night: Night) -> None:
    """Raises TooManyFaults where a stage raised on more of the nights at work than it has done: not even a few are odd then."""
    for stage, raised in Counter(stage for stage, _ in {fault[:2] for fault in night.aside}).items():
        done = share(night, stage)[2]
        if raised > max(ODD, done):
            last = [fault for fault in night.aside if fault.stage == stage][-1]
            raise TooManyFaults(
                f"{raised:,} of {raised + done:,} raise that came to stage {stage}, which is no matter of single ones;"
                f" the last one, {last.detail}"
            )


def share(night: Night, stage: str) -> tuple[int, int, int]:
    """How many records the nights at work brought, how many stand held back for a fault, and what the stage has done."""
    records, standing, done = night.store.rows(sql("aside/share"), {"reason": REASON, "stage": stage})[0]
    return int(records), int(standing), int(done)


def settle(stages: Sequence[Stage], night: Night, reports: Sequence[StageReport]) -> None:
    """Hold back what the stages raised on, once all chunks are committed: with its reason, and out of every table.

    Raises TooManyFaults.
    """
    if not night.aside:
        return
    bear_each(night)
    store, is_of_records = night.store, stages[0].unit == "record_id"
    origin = stages[0].name if is_of_records else FIRST
    rows = pl.DataFrame(
        [(quarantine_id(stage, f"{unit}", REASON), stage, unit, detail) for stage, unit, detail in night.aside],
        schema=["quarantine_id", "stage", "unit_id", "detail"],
        orient="row",
    ).unique("quarantine_id", keep="first", maintain_order=True)
    with store.given("aside", rows), store.transaction():
        if not is_of_records:
            take_back(store, rows.select(pl.lit(origin).alias("stage"), "unit_id").unique(), "fault")
        store.execute(sql("aside/held"), {"reason": REASON})
        told = {"origin": origin, "reference": night.reference_digest}
        store.execute("insert into ops.done select distinct $origin, unit_id, $reference from aside", told)
        point("aside:commit")
    point("aside:committed")
    for stage, report in zip(stages, reports, strict=True):
        raised = rows.filter(stage=stage.name).height
        report.rows_in += raised
        report.quarantined += raised
    night.aside.clear()
    night.taken_back = not is_of_records


def take_back(store: Store, units: pl.DataFrame, why: str) -> None:
    """Remove all that was made of documents (stage, unit_id); what one of them spoke for is to be compared by itself."""
    with store.given("back", units):
        if store.rows("select 1 from core.copies where document_id in (select unit_id from back) limit 1"):
            store.note_redone(why)
        store.execute(sql("aside/unspoken"))
    forget(store, units)


def compared_before(stage: Stage) -> tuple[Stage, ...]:
    """The stages, this one among them, whose rows change where a document is taken back at this stage."""
    names = [stage.name for stage in PIPELINE]
    return PIPELINE[names.index("compare") : names.index(stage.name) + 1]


def standing(store: Store) -> list[Standing]:
    """What stands held back for a fault of ours, whichever night found it."""
    return [Standing(*row) for row in store.rows(sql("aside/standing"), {"reason": REASON})]


def warnings(faults: Sequence[Standing], oddities: Sequence[Fault]) -> list[str]:
    """What is to be told of faults: every night, until they are mended."""
    told = [f"{fault.told()}; all others went on; please report it, and {CURE}" for fault in faults]
    for stage, _, detail in dict.fromkeys(oddities):
        where = detail.partition(": ")[0]
        told.append(
            f"stage {stage} raised on a chunk and on no document of it ({where}): nothing is lost, please report it"
        )
    return told
