"""A fault of ours on one document is a matter of that document: what raises in a chunk is looked for in halves of it.

This runs wherever a chunk is worked on. What becomes of the documents found is decided in flows/setting_aside.py.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, TypeAlias

import polars as pl

from flows.own_faults import RAISED, REASON, described, is_ours
from flows.pipeline import Stage
from transforms.tables import views

if TYPE_CHECKING:
    from flows.chunk import Frames, Sifted

# So many may raise before it is asked how many do not.
FEW = 20
Work: TypeAlias = "Callable[[Frames], Sifted]"


def isolated(stage: Stage, frames: Frames, work: Work) -> Sifted:
    """What a chunk comes to. Where `work` raises, the units that raise alone are held back and all others are done.

    A unit held back has a row of its id, `reasons` and `detail`; one without an id tells of a chunk that raised though
    none of its units does. Raises what is no fault of ours, what raises in a stage whose units are no documents, and
    what raises in more than half of all.
    """
    try:
        return work(frames)
    except RAISED as error:
        if stage.replaces or not is_ours(error):
            raise
        return Search(stage, work).through(frames, error)


@dataclass(slots=True)
class Search:
    """The search of a chunk for the units that raise, and what the others come to."""

    stage: Stage
    work: Work
    done: list[Sifted] = field(default_factory=list["Sifted"])
    raising: dict[str, str] = field(default_factory=dict[str, str])
    fine: int = 0

    def through(self, frames: Frames, error: BaseException) -> Sifted:
        """What a chunk comes to that raised as a whole."""
        self.apart(frames, error)
        columns = self.stage.writes.column_names()
        good = [good for good, _ in self.done if not good.is_empty()]
        held = [held for _, held in self.done if not held.is_empty()]
        return (
            pl.concat(good) if good else self.stage.writes.create_empty().select(columns),
            pl.concat([*held, self.found(error)], how="diagonal_relaxed"),
        )

    def apart(self, frames: Frames, error: BaseException) -> None:
        """Do the halves of what raised; what cannot be halved is held back."""
        parts = list(halves(self.stage, frames))
        if not parts:
            self.hold(frames, error)
        for part in parts:
            try:
                self.done.append(self.work(part))
                self.fine += part[0].height
            except RAISED as again:
                if not is_ours(again):
                    raise
                self.apart(part, again)

    def hold(self, frames: Frames, error: BaseException) -> None:
        """Hold back what raised alone. Raises its error if there is no unit, or if it is no matter of single ones."""
        units = frames[0][f"{self.stage.unit}"].unique().to_list()
        if units and compares(self.stage):
            units = self.of_pair(frames)
        self.raising |= dict.fromkeys(units, described(error))
        if not units or (len(self.raising) > FEW and len(self.raising) > self.fine):
            raise error

    def of_pair(self, frames: Frames) -> list[str]:
        """Of two documents that raise together, those that raise beside themselves; else the one with the larger id."""
        pair, texts = frames[0].row(0), frames[1]
        return [one for one in pair if self.raises_beside_itself(texts.filter(document_id=one))] or [max(pair)]

    def raises_beside_itself(self, text: pl.DataFrame) -> bool:
        """Whether a document raises when it is compared with a twin."""
        twin = text.with_columns(document_id=pl.col("document_id") + "~")
        pair = text.select("document_id", other_document_id=twin["document_id"])
        try:
            self.work([pair, pl.concat([text, twin])])
        except RAISED as error:
            if not is_ours(error):
                raise
            return True
        return False

    def found(self, error: BaseException) -> pl.DataFrame:
        """The rows that hold the raising units back; one without an id where there are none."""
        raising = self.raising or {None: described(error)}
        rows = {
            f"{self.stage.unit}": list(raising),
            "reasons": [[REASON]] * len(raising),
            "detail": [*raising.values()],
        }
        return pl.DataFrame(rows, schema_overrides={f"{self.stage.unit}": pl.String})


def raising(held: pl.DataFrame, unit: str) -> pl.DataFrame:
    """The rows among those held back that tell of a fault: the unit that raised, `detail`."""
    if held.is_empty() or "detail" not in held.columns:
        return pl.DataFrame(schema={unit: pl.String, "detail": pl.String})
    return held.filter(pl.col("reasons").list.contains(REASON)).select(unit, "detail")


def without(rows: pl.DataFrame, unit: str, units: Sequence[str]) -> pl.DataFrame:
    """Rows that tell of none of these units."""
    named = [name for name in (unit, f"other_{unit}") if name in rows.columns]
    return rows.filter(~pl.any_horizontal(pl.col(named).is_in(units)).fill_null(False)) if named else rows


def compares(stage: Stage) -> bool:
    """Whether the stage works on pairs of documents: it is they that are halved."""
    return views.Candidate in stage.reads


def halves(stage: Stage, frames: Frames) -> Iterator[Sequence[pl.DataFrame]]:
    """The two halves of a chunk by its units, of one that compares by its pairs; none of what cannot be halved."""
    first, *others = frames
    if compares(stage):
        middle = first.height // 2
        parts = [[half, *others] for half in (first.head(middle), first.tail(first.height - middle))]
    else:
        units = first[f"{stage.unit}"].unique(maintain_order=True)
        middle = units.len() // 2
        of_unit = pl.col(f"{stage.unit}")
        parts = [
            [frame.filter(of_unit.is_in(half.implode())) for frame in frames]
            for half in (units.head(middle), units.tail(units.len() - middle))
        ]
    if middle:
        yield from parts
