"""A file that an earlier night brings after a later one: it belongs to the earlier night, whatever came first."""

from __future__ import annotations

from collections.abc import Sequence

import polars as pl

from flows.history.restating import restated
from flows.runner import Night
from warehouse.store import sql


def backdate(files: Sequence[tuple[str, str]], source_id: str, night: Night) -> None:
    """Give known files (name, SHA-256) of a source, and all that was read out of them, this night if it is earlier."""
    names, digests = zip(*files, strict=True) if files else ((), ())
    seen = pl.DataFrame(
        {"file_name": names, "file_sha256": digests}, schema={"file_name": pl.String, "file_sha256": pl.String}
    )
    given, later = {"source_id": source_id, "night": night.night}, sql("intake/later")
    records = f"select record_id from raw.records semi join ({later}) using (source_id, file_name, file_sha256)"
    with night.store.given("seen_again", seen):
        if not night.store.rows(later, given):
            return
        query = f"select document_id from raw.documents where record_id in ({records})"
        documents = night.store.read(query, given)["document_id"]
        with night.store.transaction(), restated(night.store, documents):
            for table in ("raw.documents", "ops.quarantine", "raw.records"):
                night.store.execute(f"update {table} set night = $night where record_id in ({records})", given)
            night.store.execute(
                f"update raw.files set night = $night where (source_id, file_name, file_sha256) in ({later})", given
            )


def backdate_rejected(rejected: pl.DataFrame, night: Night) -> None:
    """Give files that were rejected before, as rows of ops.quarantine, this night if it is earlier."""
    later = "night > $night and quarantine_id in (select quarantine_id from seen_again)"
    on = {"night": night.night}
    with night.store.given("seen_again", rejected.select("quarantine_id")):
        if night.store.rows(f"select 1 from ops.quarantine where {later} limit 1", on):
            with night.store.transaction():
                night.store.execute(f"update ops.quarantine set night = $night where {later}", on)
