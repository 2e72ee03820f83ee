"""What taking in costs: `python benchmarks/ingest.py [RECORDS]`.

Writes RECORDS made-up articles into a folder that is removed afterwards, as one JSONL file and as small text files, and
takes both in (discovery, digests, archive, cutting, decoding), all but the database. Prints MB and files per CPU-second.
"""

from __future__ import annotations

import argparse
import datetime as dt
import json
import sys
import tempfile
import time
from pathlib import Path

import polars as pl

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

import seeds  # noqa: E402
from flows import readers  # noqa: E402
from flows.collecting import paused  # noqa: E402
from flows.intake import archive  # noqa: E402
from transforms import decode  # noqa: E402

CHUNK_BYTES = 32 << 20
SENTENCE = "昨天上午，第{number}座社区图书馆在河边开放，前来借书的居民排起了长队，馆长说座位比去年多了三倍。"


def write(folder: Path, records: int) -> None:
    """The two inputs: `lines/all.jsonl` and `files/N.txt`."""
    (folder / "lines").mkdir()
    (folder / "files").mkdir()
    with (folder / "lines" / "all.jsonl").open("w", encoding="utf-8") as file:
        for number in range(records):
            text = SENTENCE.format(number=number)
            row = {"id": number, "title": f"第{number}座图书馆开放", "content": text * 30, "date": "2026-01-01"}
            file.write(json.dumps(row, ensure_ascii=False) + "\n")
    for number in range(records // 5):
        (folder / "files" / f"{number}.txt").write_text(SENTENCE.format(number=number) * 30, encoding="utf-8")


def take_in(folder: Path) -> tuple[int, int, float]:
    """(files, bytes, CPU-seconds) of reading and decoding everything in a folder."""
    fields = (seeds.table("field_names"), seeds.table("field_values"))
    sources = pl.DataFrame({"source_id": ["adhoc"], "script": ["Hans"]})
    words = (pl.concat(map(seeds.table, ("html_words", "html_names"))), seeds.table("month_names"))
    started, size = time.process_time(), 0
    files = readers.discover([str(folder)])
    place = Path(tempfile.mkdtemp(dir=folder.parent))
    archive.open_for(place)
    with paused():
        for batch in readers.read_many(files, CHUNK_BYTES):
            archive.keep(place, batch.files, set())
            rows = batch.records.with_columns(
                record_id=pl.int_range(pl.len()).cast(pl.String), source_id=pl.lit("adhoc"), night=dt.date(2026, 1, 1)
            )
            decode.documents(rows, *fields, sources, *words)
            size += int(rows["payload"].bin.size().sum())
    return len(files), size, time.process_time() - started


def main(records: int) -> None:
    """Measure both inputs."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        write(folder, records)
        for kind in ("lines", "files"):
            files, size, seconds = take_in(folder / kind)
            print(f"{kind}: {size / seconds / 1e6:.0f} MB, {files / seconds:.0f} files per CPU-second")


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("records", type=int, nargs="?", default=20_000, help="default: %(default)s")
    main(parser.parse_args().records)
