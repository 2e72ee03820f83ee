"""Sending rows that were held back through the timetable again, after a rule or a seed has changed."""

from __future__ import annotations

import hashlib
from datetime import date
from importlib.metadata import version

import polars as pl

from flows.history.forgetting import forget
from flows.night import Course, Step
from flows.pipeline import PIPELINE
from flows.runner import Night, StageReport
from flows.settings import Home
from warehouse.store import Store, sql

STAGE = "replay"
# What these stages hold back is a whole record or document; the others hold back single rows of one.
WHOLE = {"decode", "clean", "convert"}


class Replay(Course):
    """A course that takes nothing in: it forgets that rows were held back, so that their stages take them up again."""

    def __init__(self, home: Home, night: date, reason: str | None, store: Store, sources: pl.DataFrame):
        """`reason` picks the rows of one reason code, None takes all."""
        super().__init__(home, night, (), store, sources)
        self.reason = reason
        self.before = held_ids(store)
        self.replayed, self.moved_on, self.whole_units = 0, 0, True

    def steps(self) -> list[Step]:
        """Forget, then the night as ever."""
        return [(STAGE, self.forget), *super().steps()[1:]]

    def forget(self) -> None:
        """Drop the marks and the rows of every unit to be done again, in every stage that builds on it."""
        stages = [stage.name for stage in PIPELINE if stage.unit is not None]
        asked = {"stages": stages, "reason": self.reason, "footing": footing(self.context)}
        units = self.store.read(sql("replay/fresh"), asked)
        report = StageReport(STAGE, rows_in=units.height, rows_out=units.height)
        self.replayed, self.whole_units = units.height, set(units["stage"]) <= WHOLE
        if not units.is_empty():
            with self.store.transaction():
                self.store.note_redone("replay")
                forget(self.store, units)
                self.store.execute(
                    "insert into ops.replays select stage, unit_id, $f from replayed", {"f": asked["footing"]}
                )
        self.outcome.stages.append(report)
        self.book_stage(report)

    def publish(self) -> None:
        """Publish unless every record was held back again for the same reasons: then nothing has changed."""
        if self.whole_units and held_ids(self.store) == self.before:
            self.store.execute("update ops.revision set revision = $r", {"r": self.revision_before})
        self.moved_on = len(self.before - held_ids(self.store))
        super().publish()


def footing(night: Night) -> str:
    """The rules of today, those of this home among them: rows held back under them would be held back again."""
    own = "".join(night.seed_tables[name].write_csv() for name in ("sources", "furniture"))
    return f"{version('wencang')} {night.reference_digest} {hashlib.sha256(own.encode()).hexdigest()}"


def held_ids(store: Store) -> set[str]:
    """Every row held back."""
    return {str(row[0]) for row in store.rows("select quarantine_id from ops.quarantine")}
