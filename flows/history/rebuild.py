"""Everything once more, from the archive, under the rules of today: beside the working database, which it then replaces.

Until then nothing of the old one is touched: a rebuild that is killed, stopped or blocked leaves no trace but its entry
in the books. Afterwards the home is what a fresh one would be that saw the same nights.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace
from datetime import date

import polars as pl

from flows.endings import IO, NO_INPUT, Trouble
from flows.history.backfill import Backfill, PastNight
from flows.intake import archive, fetching
from flows.intake.delivery import Delivery, Terms
from flows.intake.sources import on_terms, terms_of
from flows.night import sweep
from flows.readers import INDEX, InputFile
from flows.settings import Home
from flows.work import log_of, prepared
from warehouse import shelf
from warehouse.faults import point
from warehouse.store import Store, sql

# What is not worked out from the archive: how earlier runs went.
BOOKS = ("ops.runs", "ops.stages", "ops.expectations", "ops.visits")


class Rebuild(Backfill):
    """A course over every night in the archive, on a database of its own until its tables have held."""

    def __init__(self, home: Home, store: Store, sources: pl.DataFrame, workers: int):
        """`store` is the working database so far. Raises Trouble if the archive is empty or not whole."""
        nights, self.lost = archived(home, store, sources)
        if not nights:
            raise Trouble(NO_INPUT, f"{home.archive} holds nothing yet; `wencang run` first")
        super().__init__(home, nights[-1].night, nights, store, sources, workers=workers)
        self.context.store = prepared(home.rebuilding)
        self.is_swapped = False

    def needs_release(self) -> bool:
        """Every table is judged anew; what comes of it is published."""
        return not self.is_swapped or super().needs_release()

    def ingest(self) -> None:
        """Take in every night again; what was seen first keeps its time."""
        super().ingest()
        seen = self.store.read("select record_id, first_seen_at_utc from raw.records")
        with self.context.store.given("seen", seen), self.context.store.together():
            self.context.store.execute(
                "update raw.records set first_seen_at_utc = seen.first_seen_at_utc from seen"
                " where seen.record_id = raw.records.record_id"
            )

    def publish(self) -> None:
        """Put the new database in the place of the old one, then publish from it."""
        self.context.crew.dismiss()
        self.keep_books()
        self.swap()
        super().publish()

    def keep_books(self) -> None:
        """Carry over what the archive does not know, and a revision no release has seen."""
        old, new = self.store, self.context.store
        with old.given("lost", self.lost):
            held = old.read(sql("rebuild/standing"))
        with new.given("held", held), new.transaction():
            new.execute(
                "insert into ops.quarantine by name select * from held anti join ops.quarantine using (quarantine_id)"
            )
            for table in BOOKS:
                with new.given("book", old.read(f"select * from {table}")):
                    new.execute(f"delete from {table}")
                    new.execute(f"insert into {table} by name select * from book")
            revision = max(self.revision(), int(new.rows("select revision from ops.revision")[0][0]))
            new.execute("update ops.revision set revision = $r", {"r": revision})
            new.note_redone("rebuild")
            point("rebuild:books")

    def swap(self) -> None:
        """One rename, both databases closed and without a write-ahead log."""
        if self.judge is not None:
            self.judge.close()
        self.store.close()
        self.context.store.close()
        for path in (self.home.work, self.home.rebuilding):
            if log_of(path).exists():
                raise Trouble(IO, f"{log_of(path)} is left; run again")
        shelf.fsync(self.home.rebuilding)
        point("rebuild:swap")
        self.home.rebuilding.replace(self.home.work)
        shelf.fsync(self.home.root)
        point("rebuild:swapped")
        self.is_swapped = True
        self.store = self.context.store = prepared(self.home.work)

    def finish(self, message: str | None = None) -> None:
        """Book the end; a rebuild that did not get there leaves nothing behind."""
        if not self.is_swapped:
            self.context.store.close()
            sweep(self.home)
        super().finish(message)


def archived(home: Home, store: Store, sources: pl.DataFrame) -> tuple[list[PastNight], pl.DataFrame]:
    """Every night with the files it brought, as they lie in the archive, and the rejected ones that do not.

    Raises Trouble if another is missing there.
    """
    arrived = store.read(sql("rebuild/arrived"))
    there = archive.found(home.archive, arrived.select("file_name", "file_sha256").iter_rows())
    is_there = [name in there for name in arrived.select("file_name", "file_sha256").iter_rows()]
    lost = arrived.filter(~pl.Series(is_there, dtype=pl.Boolean))
    if missing := lost.filter(~pl.col("is_rejected"))["file_name"].to_list():
        raise Trouble(
            IO, f"{home.archive} lacks {len(missing)} files, {missing[0]} first; bring them back from a backup"
        )
    terms = {str(row["source_id"]): terms_of(row) for row in sources.iter_rows(named=True)}
    files: dict[date, dict[str, dict[tuple[str, str], InputFile]]] = defaultdict(lambda: defaultdict(dict))
    for night, source, name, sha256, _, address, reader in arrived.filter(is_there).iter_rows():
        of_source = terms.get(source, Terms())
        # What lies here is read as its source says today, what was fetched as it was fetched.
        file = on_terms(there[name, sha256], of_source if address is None else replace(of_source, pages_a_night=None))
        files[night][source][file.file_name, sha256] = as_fetched(file, address, reader)
    return [PastNight(night, delivered(by_source, terms)) for night, by_source in sorted(files.items())], lost


def as_fetched(file: InputFile, address: str | None, reader: str | None) -> InputFile:
    """A file of the web is read as its source says today, else as it was when it came; what named pages still does."""
    if address is None:
        return file
    if reader == INDEX:
        return replace(file, address=address, reader=INDEX)
    wanted = fetching.reader_of(address, "", file.reader) if file.reader else reader
    return replace(file, address=address, reader=wanted)


def delivered(by_source: dict[str, dict[tuple[str, str], InputFile]], terms: dict[str, Terms]) -> Sequence[Delivery]:
    """The deliveries of a night, in a fixed order; a source that is gone has no terms."""
    return [Delivery(s, tuple(files.values()), terms=terms.get(s, Terms())) for s, files in sorted(by_source.items())]
