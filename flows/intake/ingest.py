"""The first stage: bytes in. What arrives goes to the archive as it is, and into raw.records cut into records."""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from datetime import datetime
from pathlib import Path
from typing import NamedTuple

import polars as pl

from flows import readers
from flows.collecting import paused
from flows.history.backdating import backdate, backdate_rejected
from flows.history.quarantine import quarantine_id, reasons
from flows.intake import archive, drift
from flows.intake.delivery import Delivery
from flows.intake.fetching import FAILED, MAY_MEND, Visit, fetched
from flows.readers import Batch, FileRead, InputFile, RejectedFile, Shelf, name_of
from flows.runner import Night, StageReport
from transforms.identity import identifier_of
from transforms.tables import ops, raw
from transforms.tables.ref import ReasonCode
from warehouse.faults import point

STAGE = "ingest"
# Where in the archive files from elsewhere lie until they are archived.
FETCHED = ".fetched"
OF_ONE_FILE = "source_id = $source_id and file_name = $file_name and file_sha256 = $file_sha256"


@dataclass(slots=True)
class Arrival:
    """What the ingest of one night saw."""

    report: StageReport
    files: int = 0
    known_files: int = 0
    rejected_files: int = 0
    warnings: list[str] = field(default_factory=list[str])
    silent_sources: list[str] = field(default_factory=list[str])


class Brought(NamedTuple):
    """A batch of a source, and what of it was not seen before: which of its files, and their records.

    `goes_on`: its last file has more records in the next batch.
    """

    source_id: str
    batch: Batch
    new: list[int]
    records: pl.DataFrame
    goes_on: bool

    def files(self) -> list[FileRead]:
        """The files not seen before."""
        return [self.batch.files[index] for index in self.new]


def ingest(deliveries: Sequence[Delivery], night: Night, place: Path, seen_at_utc: datetime) -> Arrival:
    """Archive (at `place`) and cut every file not seen before.

    Of one seen before (name and bytes) only an earlier night is news. A source that brings nothing, or cannot be asked,
    leaves a warning and all it brought before.
    """
    arrival, started = Arrival(StageReport(STAGE)), time.perf_counter()
    known = visited(night)
    archive.open_for(place)
    with fetched(deliveries, known, place / FETCHED) as hauls:
        for delivery, haul in zip(deliveries, hauls, strict=True):
            told = [delivery.trouble] if delivery.trouble else haul.troubles
            arrival.warnings += [f"source {delivery.source_id}: {trouble}; its last state stays" for trouble in told]
            whole = replace(delivery, files=(*delivery.files, *haul.files))
            if told and not (whole.files or haul.unchanged):
                arrival.silent_sources.append(delivery.source_id)
            with paused():
                frozen = take_in(whole, night, place, seen_at_utc, arrival)
            arrival.files += haul.unchanged
            arrival.known_files += haul.unchanged
            remember(delivery.source_id, [visit.without_marks(frozen) for visit in haul.visits], night)
    arrival.report.seconds = time.perf_counter() - started
    return arrival


def take_in(delivery: Delivery, night: Night, place: Path, seen_at_utc: datetime, arrival: Arrival) -> set[Path]:
    """The files of one source that lie here; those its policy refuses, which another night may take."""
    known, frozen = known_files(night, delivery.source_id), set[Path]()
    counted: dict[tuple[str, str], int] = {}
    met: dict[tuple[str, str], InputFile] = {}
    watch = drift.Watch(delivery, night)
    for arrived, goes_on in batches(delivery, night.chunk_bytes, archive.shelf(place)):
        batch = watch.judged(each_once(arrived, met), known)
        # A file that was refused whole is not the last of its batch.
        goes_on = goes_on and batch.files[-1:] == arrived.files[-1:]
        new = [i for i, read in enumerate(batch.files) if name_of(read) not in known]
        records = batch.records.filter(pl.col("file_index").is_in(new))
        records = identified(records, delivery.source_id, night, seen_at_utc)
        brought = Brought(delivery.source_id, batch, new, records, goes_on)
        archive.keep(place, brought.files(), archived([read.sha256 for read in brought.files()], night))
        archive.keep_rejected(place, batch.rejected)
        commit(brought, watch.rows(batch), counted, night)
        backdate_rejected(rejected_files(batch.rejected, delivery.source_id, night), night)
        backdate([name_of(f) for f in batch.files if name_of(f) in known], delivery.source_id, night)
        count(arrival, brought)
        frozen |= {
            refused.file.path for refused in batch.rejected if refused.file and refused.reason_code == drift.REASON
        }
    arrival.warnings += watch.warnings()
    return frozen


def each_once(batch: Batch, met: dict[tuple[str, str], InputFile]) -> Batch:
    """The batch without files that came before under the same name with the same bytes: `met`, which takes in the others.

    Two addresses may lead to one page; a large file has several batches.
    """
    first = [met.setdefault(name_of(read), read.file) is read.file for read in batch.files]
    return (
        batch if all(first) else drift.without(batch, {index for index, is_first in enumerate(first) if not is_first})
    )


def visited(night: Night) -> dict[str, dict[str, dict[str, str]]]:
    """{source: {address: what its file came with last time}}."""
    found: dict[str, dict[str, dict[str, str]]] = {}
    rows = night.store.rows("select source_id, address, status, etag, last_modified from ops.visits")
    for source_id, place, status, etag, modified in rows:
        headers = {"etag": etag, "last-modified": modified, FAILED: "yes" if status == MAY_MEND else None}
        found.setdefault(source_id, {})[place] = {name: value for name, value in headers.items() if value}
    return found


def remember(source_id: str, made: Sequence[Visit], night: Night) -> None:
    """Note what addresses came with, once their files are safe: asked before, a lost file would count as unchanged."""
    if not made:
        return
    rows = [{"source_id": source_id, "night": night.night, **asdict(visit)} for visit in made]
    visits = pl.DataFrame(rows, schema=ops.Visit.create_empty().schema).unique("address", keep="last")
    with night.store.given("asked", visits):
        night.store.execute(
            "delete from ops.visits where (source_id, address) in (select source_id, address from asked)"
        )
    night.store.insert(ops.Visit, visits)


def batches(delivery: Delivery, chunk_bytes: int, shelf: Shelf) -> Iterator[tuple[Batch, bool]]:
    """Each batch of a delivery, and whether its last file goes on in the next one."""
    source = readers.read_many(delivery.files, chunk_bytes, shelf)
    batch = next(source, None)
    while batch is not None:
        following = next(source, None)
        ends_with = batch.files[-1].file if batch.files else None
        yield batch, bool(following and following.files and following.files[0].file is ends_with)
        batch = following


def count(arrival: Arrival, brought: Brought) -> None:
    """Add a batch to the account of the night."""
    files, rejected, records = len(brought.batch.files), len(brought.batch.rejected), brought.records
    broken = records.filter(pl.col("reason_code").is_not_null()).height
    arrival.files += files + rejected
    arrival.known_files += files - len(brought.new)
    arrival.rejected_files += rejected
    arrival.report.rows_in += records.height + rejected
    arrival.report.rows_out += records.height - broken
    arrival.report.quarantined += broken + rejected


def commit(brought: Brought, drifted: pl.DataFrame, counted: dict[tuple[str, str], int], night: Night) -> None:
    """Write one batch, all or nothing. `drifted`: what its records have more or less than is usual."""
    source_id, records = brought.source_id, brought.records
    seen = ended(brought, counted, night)
    rejected = rejected_files(brought.batch.rejected, source_id, night)
    held = held_once(pl.concat([broken_records(records, night), rejected]), night)
    fresh = unseen(records, night)
    # A file that broke in a later batch: what was read of it before does not count.
    broken = read_in_part(rejected, night)
    if fresh.is_empty() and held.is_empty() and seen.is_empty() and not broken:
        return
    with night.store.transaction():
        accepted([name_of(read) for read in brought.files()], source_id, night)
        drift.store(drifted, night)
        night.store.insert(ops.Fetched, fetched_files(brought, night))
        night.store.insert(raw.Record, fresh)
        night.store.insert(ops.Quarantined, held)
        night.store.insert(ops.File, seen)
        for parameters in broken:
            night.store.execute(f"delete from raw.records where {OF_ONE_FILE}", parameters)
        point("ingest:commit")
    point("ingest:committed")


def ended(brought: Brought, counted: dict[tuple[str, str], int], night: Night) -> pl.DataFrame:
    """Rows of ops.files: a file is remembered as seen once its last record is in. `counted` takes in the records of each."""
    here = dict(brought.records.group_by("file_index").len().iter_rows())
    seen: list[tuple[object, ...]] = []
    for index, read in zip(brought.new, brought.files(), strict=True):
        name = name_of(read)
        counted[name] = counted.get(name, 0) + int(here.get(index, 0))
        if not (brought.goes_on and index == len(brought.batch.files) - 1):
            seen.append((brought.source_id, *name, night.night, read.size, counted[name]))
    return pl.DataFrame(seen, schema=ops.File.create_empty().schema, orient="row")


def fetched_files(brought: Brought, night: Night) -> pl.DataFrame:
    """Rows of ops.fetched not stored yet: only when a page arrived was it known that it is one."""
    arrived = [(read.file, read.sha256) for read in brought.files()]
    arrived += [(refused.file, refused.sha256) for refused in brought.batch.rejected if refused.file and refused.sha256]
    rows = [
        (brought.source_id, file.file_name, sha, file.address, file.reader) for file, sha in arrived if file.address
    ]
    fetched = pl.DataFrame(rows, schema=ops.Fetched.create_empty().schema, orient="row")
    with night.store.given("incoming", fetched):
        return night.store.read(
            "select * from incoming anti join ops.fetched using (source_id, file_name, file_sha256) order by all"
        )


def accepted(files: Sequence[tuple[str, str]], source_id: str, night: Night) -> None:
    """Files that were refused before and are taken now are no longer held: a policy changed, or they came to rest."""
    refused = "from ops.quarantine where stage = 'ingest' and file_name is not null"
    held = night.store.rows(f"select file_name, file_sha256 {refused} and source_id = $s", {"s": source_id})
    for name, sha in set(held).intersection(files):
        parameters = {"source_id": source_id, "file_name": name, "file_sha256": sha}
        night.store.execute(f"delete {refused} and {OF_ONE_FILE}", parameters)
        night.store.execute(f"delete from ops.field_drift where {OF_ONE_FILE}", parameters)


def read_in_part(rejected: pl.DataFrame, night: Night) -> list[dict[str, str]]:
    """The rejected files of which some records are stored, as parameters of OF_ONE_FILE."""
    if rejected.is_empty():
        return []
    # Asked for all at once: of a folder of pictures every file is rejected, every night.
    name = "source_id, file_name, file_sha256"
    with night.store.given("refused", rejected.select(name.split(", "))):
        query = f"select distinct {name} from raw.records semi join refused using ({name})"
        return night.store.read(query).to_dicts()


def known_files(night: Night, source_id: str) -> set[tuple[str, str]]:
    """(file name, SHA-256) of every file of a source seen before."""
    rows = night.store.rows("select file_name, file_sha256 from raw.files where source_id = $s", {"s": source_id})
    return {(str(name), str(sha)) for name, sha in rows}


def archived(digests: Sequence[str], night: Night) -> set[str]:
    """Those of some digests whose files are known from any source: their bytes lie in the archive."""
    with night.store.given("arrived", pl.DataFrame({"file_sha256": digests}, schema={"file_sha256": pl.String})):
        rows = night.store.rows("select distinct file_sha256 from raw.files semi join arrived using (file_sha256)")
    return {str(sha256) for (sha256,) in rows}


def identified(records: pl.DataFrame, source_id: str, night: Night, seen_at_utc: datetime) -> pl.DataFrame:
    """Reader rows with the columns of raw.records; record_id hashes source, file name, file bytes and ordinal."""
    columns = records.select("file_name", "file_sha256", "record_ordinal").iter_rows()
    ids = [record_id(source_id, name, sha, ordinal) for name, sha, ordinal in columns]
    return records.with_columns(
        record_id=pl.Series(ids, dtype=pl.String),
        source_id=pl.lit(source_id),
        night=pl.lit(night.night),
        first_seen_at_utc=pl.lit(seen_at_utc, pl.Datetime("us")),
    )


def record_id(source_id: str, file_name: str, file_sha256: str, ordinal: int) -> str:
    """The identity of a record."""
    return identifier_of(source_id, file_name, file_sha256, ordinal)


def unseen(records: pl.DataFrame, night: Night) -> pl.DataFrame:
    """Records not stored yet: a run killed inside a large file starts that file over."""
    with night.store.given("incoming_ids", records.select("record_id")):
        there = night.store.read("select record_id from raw.records semi join incoming_ids using (record_id)")
    return records.join(there, on="record_id", how="anti")


def broken_records(records: pl.DataFrame, night: Night) -> pl.DataFrame:
    """Quarantine rows for records their reader found broken."""
    broken = records.filter(pl.col("reason_code").is_not_null())
    return held_rows(
        (
            {**row, "file_name": None, "file_sha256": None, "detail": None, "fate": "quarantined"}
            for row in broken.drop("payload").iter_rows(named=True)
        ),
        night,
    )


def rejected_files(rejected: Sequence[RejectedFile], source_id: str, night: Night) -> pl.DataFrame:
    """Quarantine rows for files that could not be read at all: each is one record of the ledger."""
    return held_rows(
        (
            {
                "record_id": record_id(source_id, rejected_name(r), r.sha256 or "", 0),
                "source_id": source_id,
                "file_name": rejected_name(r),
                "file_sha256": r.sha256 or "",
                "night": night.night,
                "reason_code": r.reason_code,
                "detail": r.detail,
            }
            for r in rejected
        ),
        night,
    )


def rejected_name(rejected: RejectedFile) -> str:
    """The name a rejected file has in the ledger."""
    return rejected.file.file_name if rejected.file else "?"


def held_rows(rows: Iterable[Mapping[str, object]], night: Night) -> pl.DataFrame:
    """Rows of ops.quarantine, the fate looked up in seeds/reason_codes.csv."""
    known = reasons(STAGE, night.seed(ReasonCode))
    told = [
        {
            **{k: row[k] for k in ("record_id", "source_id", "file_name", "file_sha256", "night", "detail")},
            "quarantine_id": quarantine_id(STAGE, str(row["record_id"]), str(row["reason_code"])),
            "stage": STAGE,
            "reason_code": row["reason_code"],
            "fate": row.get("fate") or known[str(row["reason_code"])][1],
            "document_id": None,
        }
        for row in rows
    ]
    schema = ops.Quarantined.create_empty().schema
    return pl.DataFrame(told, schema=schema)


def held_once(held: pl.DataFrame, night: Night) -> pl.DataFrame:
    """Quarantine rows not stored yet."""
    with night.store.given("incoming_ids", held.select("quarantine_id")):
        there = night.store.read(
            "select quarantine_id from ops.quarantine semi join incoming_ids using (quarantine_id)"
        )
    return held.join(there, on="quarantine_id", how="anti").unique("quarantine_id", maintain_order=True)
