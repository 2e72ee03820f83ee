"""wencang export: the marts as files; CSV is safe to open in a spreadsheet."""

from __future__ import annotations

import argparse
import fcntl
import os
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path

import polars as pl

from flows.commands.current import warehouse
from flows.endings import BUSY, OK, Trouble, emit, first_line
from flows.grammar import FORMATS
from flows.reporting.wording import counted
from flows.settings import Home
from transforms.tables import marts
from transforms.tables.base import Table
from warehouse.sealed import read_only

# A cell that begins like this is run as a formula by spreadsheets.
FORMULA = r"^([=+\-@\t\r])"


def export(options: argparse.Namespace, home: Home) -> int:
    """Write every table of marts into a folder, one file each."""
    file = warehouse(home)
    folder = Path(options.folder)
    folder.mkdir(parents=True, exist_ok=True)
    written: dict[str, int] = {}
    with alone_in(folder), read_only(file) as ask:
        for table in (*marts.TABLES, *marts.VIEWS):
            frame = ask(f"select * from {table.NAME} order by all")
            write(frame, folder / named(table), options.format)
            written[table.NAME] = frame.height
    if options.json:
        emit({"folder": str(folder), "format": options.format, "rows": written})
    else:
        print(f"{counted(len(written), 'table')}, {counted(sum(written.values()), 'row')} in {folder}")
    return OK


@contextmanager
def alone_in(folder: Path) -> Generator[None]:
    """No other export writes into the folder meanwhile; what a killed one had begun goes. Raises Trouble."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            told = f"another export writes into {folder}; wait for it, or name another folder"
            raise Trouble(BUSY, told) from None
        except OSError:
            # A share that knows no locks on folders.
            pass
        for table in (*marts.TABLES, *marts.VIEWS):
            for form in FORMATS:
                (folder / part_of(f"{named(table)}.{form}")).unlink(missing_ok=True)
        yield
    finally:
        os.close(handle)


def named(table: type[Table]) -> str:
    """What the file of a table is called, but for its ending."""
    return table.NAME.partition(".")[2]


def part_of(name: str) -> str:
    """What a file is called until it is whole."""
    return f".{name}.part"


def write(frame: pl.DataFrame, path: Path, form: str) -> None:
    """One table as one file, which is there when it is whole."""
    whole = path.with_suffix(f".{form}")
    part = whole.with_name(part_of(whole.name))
    # Opened here: in a locale of ASCII the engine takes no other name.
    with part.open("wb") as file:
        if form == "parquet":
            try:
                frame.write_parquet(file)
            except pl.exceptions.ComputeError as error:
                # So the engine tells of a full disk.
                raise OSError(first_line(error)) from error
        elif form == "jsonl":
            frame.write_ndjson(file)
        else:
            guarded = frame.with_columns(pl.col(pl.String).str.replace(FORMULA, "'$1"))
            # The byte-order mark is what makes Excel read UTF-8 as UTF-8.
            guarded.write_csv(file, include_bom=True)
    part.replace(whole)
