"""Records that differ from what their source is known to send: seen while they come in, judged by the source's policy.

`warn`: they go on, the run and its report tell of them. `quarantine`: decoding holds each back. `freeze`: the file that
brought them is refused as a whole, so that the source stays as it was.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import TYPE_CHECKING

import polars as pl

from flows.readers import Batch, RejectedFile, name_of
from transforms.decode import structured
from transforms.tables import ops, ref
from transforms.tables.ref_decode import FieldName
from warehouse.store import sql

if TYPE_CHECKING:
    from flows.intake.delivery import Delivery
    from flows.runner import Night

Name = tuple[str, str]
KINDS = ("unknown", "missing")
# Row of seeds/reason_codes.csv.
REASON = "fields_changed"
SHOWN = 5


class Watch:
    """What one delivery brings beside or short of what is expected of its source."""

    def __init__(self, delivery: Delivery, night: Night) -> None:
        """A source without a policy is not watched, which costs nothing."""
        terms = delivery.terms
        self.source_id = delivery.source_id
        self.policies = {"unknown": terms.unknown_fields, "missing": terms.missing_fields}
        self.counts: dict[Name, Counter[tuple[str, str]]] = {}
        self.frozen: set[Name] = set()
        is_on = any(self.policies.values())
        self.sources = structured.Sources(night.seed(FieldName), night.seed(ref.Source)) if is_on else None

    def judged(self, batch: Batch, known: set[Name]) -> Batch:
        """The batch, without the files a `freeze` refuses; what differs in files not `known` is counted."""
        if self.sources is None:
            return batch
        names = [name_of(read) for read in batch.files]
        new = [index for index, name in enumerate(names) if name not in known]
        rows = batch.records.filter(pl.col("file_index").is_in(new))
        rows = rows.select("file_index", "format", "payload", source_id=pl.lit(self.source_id))
        found = rows.select("file_index").hstack(structured.drifts(rows, self.sources))
        already = set(self.frozen)
        for kind in KINDS:
            fields = found.select("file_index", field=pl.col(kind)).explode("field").drop_nulls("field")
            for index, field, number in fields.group_by("file_index", "field").len().iter_rows():
                self.count(names[index], kind, field, number)
        refused = {index for index in new if names[index] in self.frozen}
        told = [
            RejectedFile(REASON, self.told(names[index]), batch.files[index].file, batch.files[index].sha256)
            for index in sorted(refused)
            if names[index] not in already
        ]
        return without(batch, refused, told) if refused else batch

    def count(self, name: Name, kind: str, field: str, number: int) -> None:
        """Count records that differ, if the source has a policy for that."""
        if self.policies[kind] is not None:
            self.counts.setdefault(name, Counter())[kind, field] += number
        if self.policies[kind] == "freeze":
            self.frozen.add(name)

    def told(self, name: Name) -> str:
        """What differs in a file, for people."""
        return ", ".join(sorted(f"{kind} {field}" for kind, field in self.counts[name])[:SHOWN])

    def rows(self, batch: Batch) -> pl.DataFrame:
        """What differs in the files of a batch, all of them seen so far, as rows of ops.field_drift."""
        named = [name_of(read) for read in batch.files]
        named += [(r.file.file_name, r.sha256 or "") for r in batch.rejected if r.file is not None]
        rows = [
            (self.source_id, *name, kind, field, self.policies[kind], number)
            for name in dict.fromkeys(named)
            for (kind, field), number in sorted(self.counts.get(name, Counter[tuple[str, str]]()).items())
        ]
        return pl.DataFrame(rows, schema=ops.FieldDrift.create_empty().schema, orient="row")

    def warnings(self) -> list[str]:
        """What to tell of the whole delivery."""
        total: Counter[tuple[str, str]] = sum(self.counts.values(), Counter())
        return [
            f"source {self.source_id}: {kind} fields ({self.policies[kind]}): {', '.join(told)}"
            for kind in KINDS
            if (told := [f"{field} in {number}" for (of, field), number in total.most_common() if of == kind][:SHOWN])
        ]


def without(batch: Batch, refused: set[int], told: Sequence[RejectedFile] = ()) -> Batch:
    """The batch with some files refused, by their index in it: nothing of them counts, they are not known."""
    kept = [index for index in range(len(batch.files)) if index not in refused]
    places = pl.DataFrame(
        {"file_index": kept, "place": range(len(kept))}, schema=dict.fromkeys(("file_index", "place"), pl.Int64)
    )
    records = batch.records.join(places, on="file_index", maintain_order="left")
    records = records.with_columns(file_index="place").select(batch.records.columns)
    return Batch(records, tuple(batch.files[index] for index in kept), (*batch.rejected, *told))


def store(rows: pl.DataFrame, night: Night) -> None:
    """Put rows of ops.field_drift in the place of those of the same files; part of the batch's transaction."""
    if rows.is_empty():
        return
    with night.store.given("drifted", rows.select("source_id", "file_name", "file_sha256").unique()):
        night.store.execute(sql("intake/drifted"))
    night.store.insert(ops.FieldDrift, rows)
