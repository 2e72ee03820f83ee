"""Bytes in: one small module per format behind one interface."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import polars as pl

from flows.own_faults import RAISED, REASON, described, is_ours
from flows.readers import csv, feed, html, jsonl, packed, parquet, text, warc
from flows.readers.beginnings import MISTAKEN, begun_as
from flows.readers.discovery import InputFile, Span, discover
from flows.readers.opened import Cut, Cutter, NotKept, Opened, RejectedFile, Shelf, opened

__all__ = [
    "BY_ENDING",
    "INDEX",
    "RECORDS",
    "Batch",
    "Cut",
    "FileRead",
    "InputFile",
    "NotKept",
    "Opened",
    "RejectedFile",
    "Shelf",
    "Span",
    "discover",
    "name_of",
    "read_many",
]

# Reader, as a source may name it ('page' is an html file of the web, 'index' a feed of which only the pages count) ->
# (format of raw.records, the function that cuts a file into records, its endings).
READERS: dict[str, tuple[str, Cutter, tuple[str, ...]]] = {
    "text": ("text", text.cut, (".txt", ".text")),
    "html": ("html", text.cut, (".html", ".htm", ".xhtml", ".shtml")),
    "page": ("warc", html.cut_fetched, ()),
    "jsonl": ("json", jsonl.cut_lines, (".jsonl", ".ndjson")),
    "json": ("json", jsonl.cut, (".json",)),
    "csv": ("csv", csv.cut, (".csv", ".tsv")),
    "parquet": ("parquet", parquet.cut, (".parquet",)),
    "feed": ("feed", feed.cut, (".xml", ".rss", ".atom")),
    "index": ("feed", feed.cut_nothing, ()),
    "warc": ("warc", warc.cut, (".warc",)),
}
BY_ENDING = {ending: name for name, (_, _, endings) in READERS.items() for ending in endings}

# What names pages is a file like any other, but none of its items is a record.
INDEX = "index"

RECORDS = pl.Schema(
    {
        "file_index": pl.Int64,
        "file_name": pl.String,
        "file_sha256": pl.String,
        "record_ordinal": pl.Int64,
        "format": pl.String,
        "payload": pl.Binary,
        "reason_code": pl.String,
    }
)


@dataclass(frozen=True)
class FileRead:
    """One file whose records are in a batch; `data` is None where the file was too large to keep in memory."""

    file: InputFile
    sha256: str
    size: int
    data: bytes | None


def name_of(read: FileRead) -> tuple[str, str]:
    """What a file is known by: its name and the digest of its bytes."""
    return read.file.file_name, read.sha256


@dataclass(frozen=True)
class Batch:
    """Records of one or more files.

    `records` has the columns of RECORDS: `file_index` counts into `files`, `record_ordinal` goes on from batch to
    batch of a large file, `reason_code` is NULL for a record as it should be. `rejected` are files that could not be
    read (to the end): none of their records may count.
    """

    records: pl.DataFrame
    files: tuple[FileRead, ...]
    rejected: tuple[RejectedFile, ...] = ()


class _Gatherer:
    """Collects records of many files until there are bytes enough for a batch."""

    def __init__(self) -> None:
        """Starts without records."""
        self.files: list[FileRead] = []
        self.rejected: list[RejectedFile] = []
        self.rows: list[tuple[int, int, str, str | None]] = []
        self.payloads: list[bytes] = []
        self.size = 0

    def open(self, source: Opened) -> None:
        """The records that follow are of this file."""
        self.files.append(FileRead(source.file, source.sha256, source.size, source.kept))

    def add(self, cut: Cut, first_ordinal: int, form: str) -> None:
        """Take the next records of the file opened last."""
        index = len(self.files) - 1
        reasons = cut.reasons
        self.rows += [(index, first_ordinal + at, form, reasons.get(at)) for at in range(len(cut.payloads))]
        self.payloads += cut.payloads
        self.size += sum(map(len, cut.payloads))

    def close(self) -> None:
        """A file whose records are all in the batch before does not stand in this one."""
        is_empty = not self.rows or self.rows[-1][0] < len(self.files) - 1
        if self.files and is_empty and self.files[-1].file.reader != INDEX:
            self.files.pop()

    def reject(self, rejected: RejectedFile) -> None:
        """Forget the records of a file that turned out unreadable."""
        if self.files and self.files[-1].file is rejected.file:
            self.files.pop()
            while self.rows and self.rows[-1][0] == len(self.files):
                self.rows.pop()
                self.size -= len(self.payloads.pop())
        self.rejected.append(rejected)

    def batch(self) -> Batch:
        """Everything collected so far."""
        rows = pl.DataFrame(
            self.rows,
            schema={name: RECORDS[name] for name in ("file_index", "record_ordinal", "format", "reason_code")},
            orient="row",
        )
        index = rows["file_index"]
        names = pl.Series([file.file.file_name for file in self.files], dtype=pl.String)
        digests = pl.Series([file.sha256 for file in self.files], dtype=pl.String)
        records = rows.with_columns(
            file_name=names.gather(index),
            file_sha256=digests.gather(index),
            payload=pl.Series(self.payloads, dtype=pl.Binary),
        ).select(RECORDS.names())
        return Batch(records, tuple(self.files), tuple(self.rejected))


def read_many(files: Sequence[InputFile], chunk_bytes: int, shelf: Shelf | None = None) -> Iterator[Batch]:
    """The records of many files in batches of about `chunk_bytes`: small files share a batch, a large one has many.

    A file that cannot be read is in `rejected` of the batch that met it, with its digest where it has one. Large files
    and archives are put on the `shelf` before they are read. Raises NotKept.
    """
    gatherer = _Gatherer()
    for file in files:
        for source in _sources(file, chunk_bytes, shelf):
            if isinstance(source, RejectedFile):
                gatherer.reject(source)
                continue
            gatherer.open(source)
            try:
                for cut, ordinal, form in _cuts(source):
                    gatherer.add(cut, ordinal, form)
                    if gatherer.size >= chunk_bytes:
                        yield gatherer.batch()
                        gatherer = _Gatherer()
                        gatherer.open(source)
            except RejectedFile as rejected:
                gatherer.reject(rejected)
            gatherer.close()
    if gatherer.files or gatherer.rejected:
        yield gatherer.batch()


def _sources(file: InputFile, chunk_bytes: int, shelf: Shelf | None) -> Iterator[Opened | RejectedFile]:
    """What is to be cut into records: the file, or what is packed in it; what is unreadable stands as its rejection."""
    digest = None
    try:
        with opened(file, chunk_bytes, shelf) as source:
            digest = source.sha256
            yield from packed.contents(source)
    except RejectedFile as rejected:
        rejected.file, rejected.sha256 = file, rejected.sha256 or digest
        yield rejected
    except RAISED as error:
        yield refused(error, file, digest)


def _cuts(source: Opened) -> Iterator[tuple[Cut, int, str]]:
    """(records, ordinal of the first, format) of one source. Raises RejectedFile, with its file and digest."""
    try:
        reader = reader_of(source)
        if reader is None:
            raise RejectedFile("unknown_format", f"no reader for '{source.ending}'")
        form, cutter, _ = READERS[reader]
        ordinal = 0
        for cut in cutter(source):
            yield cut, ordinal, form
            ordinal += len(cut.payloads)
        if not ordinal and reader != INDEX:
            raise RejectedFile("empty_file", "no records")
    except RejectedFile as rejected:
        rejected.file, rejected.sha256 = source.file, source.sha256
        raise
    except OSError as error:
        detail = error.strerror or type(error).__name__
        raise RejectedFile("unreadable_file", detail, source.file, source.sha256) from error
    except RAISED as error:
        raise refused(error, source.file, source.sha256) from error


def reader_of(source: Opened) -> str | None:
    """How a file is read: as its source says, else by its ending, unless it plainly is something else."""
    reader = source.file.reader or BY_ENDING.get(source.ending)
    if source.file.reader or reader is None or reader not in MISTAKEN:
        return reader
    begun = begun_as(source.head())
    return "html" if begun == "page" else begun or reader


def refused(error: BaseException, file: InputFile, sha256: str | None) -> RejectedFile:
    """The rejection of a file our own code raised on: the others are read. Raises what is no fault of ours."""
    if not is_ours(error):
        raise error
    return RejectedFile(REASON, described(error), file, sha256)
