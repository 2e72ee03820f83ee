"""A sealed warehouse: read it as clients do, digest its tables, verify it."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Generator, Iterable
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from typing import Any

import duckdb
import polars as pl

from warehouse import shelf

# What two equal runs may differ in: left out of the digests.
VOLATILE_COLUMNS = ("release_id", "parent_release_id", "run_id", "seconds")
VOLATILE_TABLES = ("meta.run", "meta.stage")


class Unreadable(OSError):
    """The file is no warehouse, or is damaged, or not ours to read."""


class BadQuery(ValueError):
    """A query the engine does not take, with what it says of it."""


class Reader:
    """A sealed warehouse, open for reading as clients open it."""

    def __init__(self, path: Path):
        """Open the file read-only, shut off from the outside."""
        config: dict[str, Any] = {"enable_external_access": "false", "autoload_known_extensions": "false"}
        try:
            self.connection = duckdb.connect(str(path), read_only=True, config=config)
        except duckdb.Error as error:
            raise Unreadable(f"{path} cannot be read: {str(error).splitlines()[0]}") from error

    def rows(self, query: str, parameters: dict[str, Any] | None = None) -> list[dict[str, Any]]:
        """The result of a query as dictionaries."""
        self.connection.execute(query, parameters)
        names = told_apart(str(column[0]) for column in self.connection.description or ())
        return [dict(zip(names, row, strict=True)) for row in self.connection.fetchall()]

    def asked(self, query: str) -> list[dict[str, Any]]:
        """The result of a query somebody else wrote. Raises BadQuery."""
        try:
            if len(self.connection.extract_statements(query)) > 1:
                raise BadQuery("one question at a time: of several statements only the last would be answered")
            return self.rows(query)
        except duckdb.Error as error:
            raise BadQuery(str(error)) from error

    def close(self) -> None:
        """Let go of the file."""
        self.connection.close()


def told_apart(names: Iterable[str]) -> list[str]:
    """Names of columns, a repeated one numbered as the engine does in a subquery: x, x_1, x_2."""
    found: dict[str, None] = {}
    for name in names:
        numbered = (f"{name}_{number}" for number in count(1))
        found[name if name not in found else next(one for one in numbered if one not in found)] = None
    return list(found)


@dataclass(frozen=True, slots=True)
class RowSums:
    """What the digest of a table is made of: sums over its rows, whatever their order, to which rows can be added."""

    columns: str
    rows: int
    total: int
    parity: int

    def plus(self, rows: RowSums) -> RowSums:
        """The sums with these rows added."""
        return RowSums(self.columns, self.rows + rows.rows, self.total + rows.total, self.parity ^ rows.parity)

    def minus(self, rows: RowSums) -> RowSums:
        """The sums with these rows taken out."""
        return RowSums(self.columns, self.rows - rows.rows, self.total - rows.total, self.parity ^ rows.parity)

    def told(self) -> dict[str, Any]:
        """As a manifest tells them: {"rows", "digest"}, and what the digest can be carried on from."""
        total, parity = (self.total, self.parity) if self.rows else (None, None)
        said = f"{self.columns}|{self.rows}|{total}|{parity}"
        digest = hashlib.sha256(said.encode()).hexdigest()
        # Numbers of 128 bits are no numbers to most readers of JSON.
        return {"rows": self.rows, "digest": digest, "total": f"{self.total:x}", "parity": f"{self.parity:x}"}


def sums_told(columns: str, told: dict[str, Any]) -> RowSums:
    """The sums of a table as its manifest tells them."""
    return RowSums(columns, int(told["rows"]), int(told["total"], 16), int(told["parity"], 16))


def columns_there(connection: duckdb.DuckDBPyConnection, name: str) -> list[str]:
    """The columns a stored table has."""
    return [str(column) for (column,) in connection.execute(f"select column_name from (describe {name})").fetchall()]


def digested(name: str, columns: Iterable[str]) -> list[str]:
    """Of the columns of a published table those two equal runs agree in, in a fixed order; none of a volatile table."""
    if name.removeprefix("published.") in VOLATILE_TABLES:
        return []
    return sorted(c for c in columns if c not in VOLATILE_COLUMNS and not c.endswith("_at_utc"))


def row_sums(
    connection: duckdb.DuckDBPyConnection, name: str, rows: str | None = None, *, of: Iterable[str] | None = None
) -> RowSums:
    """The sums of a published table, or of the rows a query gives in its place. `of`: its columns, asked for if None."""
    columns = digested(name, columns_there(connection, name) if of is None else of) or ["1"]
    fields = ", ".join(f'"{c}"' if c != "1" else "1" for c in columns)
    # One MD5 a row; sum and exclusive-or of the rows do not depend on their order. The sum keeps what the
    # exclusive-or loses of equal rows. The engine's own `hash` is faster and may change with its version.
    count, total, parity = connection.execute(
        f"""
        select count(*), sum((digest >> 64)::UBIGINT), bit_xor(digest)
        from (select md5_number(to_json(row({fields}))::VARCHAR) as digest from ({rows or f"from {name}"}))
        """
    ).fetchall()[0]
    return RowSums(",".join(columns), int(count), int(total or 0), int(parity or 0))


def table_digest(
    connection: duckdb.DuckDBPyConnection, name: str, *, of: Iterable[str] | None = None
) -> dict[str, Any]:
    """{"rows", "digest", …} of a table: independent of row order, of volatile columns and of the machine."""
    return row_sums(connection, name, of=of).told()


def verify(folder: Path) -> list[str]:
    """Recompute every digest of a release; the differences, one sentence each."""
    said = shelf.manifest(folder)
    path = folder / shelf.FILE
    if not path.exists():
        return [f"{path.name}: is missing"]
    wrong: list[str] = []
    if shelf.file_digest(path) != said["file_sha256"]:
        wrong.append(f"{path.name}: its bytes are not those that were sealed")
    try:
        with duckdb.connect(str(path), read_only=True) as connection:
            for name, told in said["tables"].items():
                found = table_digest(connection, name)
                if found["digest"] != told["digest"]:
                    wrong.append(f"{name}: {found['rows']} rows, {told['rows']} sealed; the digests differ")
    except duckdb.Error as error:
        wrong.append(f"{path.name}: cannot be read: {str(error).splitlines()[0]}")
    return wrong


def bytes_as_sealed(folder: Path) -> bool:
    """Whether the file of a release is there, byte for byte."""
    path = folder / shelf.FILE
    return path.exists() and shelf.file_digest(path) == shelf.manifest(folder)["file_sha256"]


@contextmanager
def read_only(path: Path) -> Generator[Callable[[str], pl.DataFrame]]:
    """A sealed warehouse as a function from a query to a frame. Raises Unreadable."""
    reader = Reader(path)
    try:
        yield lambda query: reader.connection.sql(query).pl()
    finally:
        reader.close()
