"""The working database: read a table, write a table, all or nothing."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Generator, Iterable
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

import duckdb
import polars as pl

from transforms.tables.base import Table
from warehouse import ddl
from warehouse.quoting import quoted

# The format of the working file: the newest spends several times the CPU time of this one on texts.
FORMAT = "v1.2.0"
# Packing texts closely is for files that go out to readers: half of what it costs to write the working file would go
# into it, and a part of what it costs to read it, for half of its size.
COSTLY_COMPRESSION = "zstd,fsst,dict_fsst"
# Rows that lie together. What comes with one chunk fills several groups: they go to their place in the file at once, and
# what has to be logged on the way is so large a part of the rest that a checkpoint comes with the commit, in place of the
# log. In groups of the usual size a chunk would be logged whole, and the last group stored anew with every checkpoint.
GROUP_ROWS = 4096
CHECKPOINT_AT = "16MB"
# What the database may hold: while workers are at work, and while a release is built, when they have gone. Sorting the words
# of a hundred thousand articles, or packing their texts, goes to the disk and back with less.
MEMORY = "512MiB"
ALONE = "1792MiB"
CATALOG = "work"
SQL = Path(__file__).resolve().parent / "sql"
# How the engine's file system begins whatever it could not do to a file.
UNWRITTEN = "Could not "
# What the engine says where the machine gives it no more memory.
UNALLOCATED = "bad allocation"
Parameters = dict[str, Any] | list[Any] | None
# How a statement begins that writes to a table of ours, with the name of the table.
WRITING = re.compile(
    r"\b(?:into|delete\s+from|update|truncate(?:\s+table)?|(?:alter|drop|replace|create)\s+table(?:\s+if(?:\s+not)?\s+exists)?)"
    r"\s+(?:\w+\.)?((?:raw|core)\.\w+)",
    re.IGNORECASE,
)


def sql(name: str) -> str:
    """The text of `warehouse/sql/<name>.sql`."""
    return (SQL / f"{name}.sql").read_text(encoding="utf-8")


class StorageTrouble(OSError):
    """The disk or the file would not have it: no space, no permission, another process."""


class Store:
    """One open working database. Nobody else may open the file meanwhile: DuckDB allows one writing process."""

    def __init__(
        self,
        path: Path,
        tables: Iterable[type[Table]] = (),
        *,
        threads: int = 2,
        memory: str = MEMORY,
        read_only: bool = False,
    ):
        """Open or make the database at `path` and make every declared table that is not there yet.

        `read_only`: nothing but temporary tables can be written.
        """
        self.path, self.memory = path, memory
        # What has been written to the tables of `raw` and `core` since the database was opened: rows that `insert` has
        # appended to each, and those that any other statement has written to.
        self.appended: Counter[str] = Counter()
        self.altered: set[str] = set()
        config: dict[str, str | bool | int | float | list[str]] = {
            "threads": threads,
            "memory_limit": memory,
            "storage_compatibility_version": FORMAT,
            "checkpoint_threshold": CHECKPOINT_AT,
        }
        kept = "READ_ONLY" if read_only else f"ROW_GROUP_SIZE {GROUP_ROWS}"
        self.connection = duckdb.connect(config=config)
        try:
            self.connection.execute(f"ATTACH {quoted(str(path))} AS {CATALOG} ({kept})").fetchall()
        except duckdb.IOException as error:
            self.connection.close()
            raise StorageTrouble(f"{path} cannot be opened: {error}") from error
        self.connection.execute(f"USE {CATALOG}").fetchall()
        # Files the database spills to belong beside it, not into the folder of whoever started us.
        self.connection.execute(f"SET temp_directory = {quoted(str(path) + '.tmp')}").fetchall()
        self.connection.execute("SET preserve_insertion_order = false").fetchall()
        self.compress(closely=False)
        self.connection.execute("SET TimeZone = 'UTC'").fetchall()
        self.create(*tables)

    def close(self) -> None:
        """Close the database; an open transaction is rolled back."""
        self.connection.close()

    def create(self, *tables: type[Table]) -> None:
        """Make each table unless it is there. Comments are for those who read a release: a new home is made without."""
        there = {
            f"{schema}.{name}" for schema, name in self.rows("select schema_name, table_name from duckdb_tables()")
        }
        for table in tables:
            if table.NAME not in there:
                for statement in ddl.bare(table):
                    self.execute(statement)

    def execute(self, statement: str, parameters: Parameters = None) -> None:
        """Run a statement for its effect."""
        self.altered.update(name.lower() for name in WRITING.findall(statement))
        self.run(statement, parameters)

    def run(self, statement: str, parameters: Parameters = None) -> None:
        """Run a statement of which is known what it writes."""
        with self.troubles():
            self.connection.execute(statement, parameters).fetchall()

    def rows(self, query: str, parameters: Parameters = None) -> list[tuple[Any, ...]]:
        """The result of a query as tuples."""
        with self.troubles():
            return self.connection.execute(query, parameters).fetchall()

    def read(self, query: str, parameters: Parameters = None) -> pl.DataFrame:
        """The result of a query as a frame."""
        with self.troubles():
            return self.connection.sql(query, params=parameters).pl()

    @contextmanager
    def for_readers(self) -> Generator[None]:
        """While this lasts, what is written is packed closely, and there is room for it."""
        self.execute(f"SET memory_limit = {quoted(ALONE)}")
        self.compress(closely=True)
        try:
            yield
        finally:
            self.compress(closely=False)
            self.execute(f"SET memory_limit = {quoted(self.memory)}")

    def compress(self, *, closely: bool) -> None:
        """How all that is written from now on is stored: closely, as a file for readers is, or cheaply."""
        self.execute(f"SET disabled_compression_methods = {quoted('' if closely else COSTLY_COMPRESSION)}")

    @contextmanager
    def troubles(self) -> Generator[None]:
        """Tell a failing disk, or a machine without memory, from a fault of ours. Raises StorageTrouble, MemoryError."""
        try:
            yield
        except duckdb.OutOfMemoryException as error:
            # What goes beyond the bounds we set ourselves is a fault of ours.
            if UNALLOCATED not in str(error):
                raise
            raise MemoryError(str(error).splitlines()[0]) from error
        except (duckdb.IOException, duckdb.FatalException) as error:
            raise StorageTrouble(self.told(error)) from error
        except duckdb.TransactionException as error:
            # A commit the disk would not take comes as a fault of the transaction, with what the file system said.
            if UNWRITTEN not in str(error):
                raise
            raise StorageTrouble(self.told(error)) from error

    def told(self, error: duckdb.Error) -> str:
        """What the file system said, with the file: that of an attached release is named in the error itself."""
        said = str(error).splitlines()[0].rpartition("Original error: ")[2]
        return said if '"/' in said else f"{self.path}: {said}"

    def insert(self, table: type[Table], frame: pl.DataFrame) -> None:
        """Append rows. Columns are matched by name."""
        if frame.is_empty():
            return
        columns = ", ".join(f'"{name}"' for name in table.column_names())
        with self.given("incoming", frame.select(table.column_names())):
            self.run(f"insert into {table.NAME} ({columns}) select {columns} from incoming")
        self.appended[table.NAME] += frame.height

    def note(self, table: type[Table], row: dict[str, Any]) -> None:
        """Append one row of the books."""
        values = ", ".join(f"${name}" for name in row)
        self.execute(f"insert into {table.NAME} ({', '.join(row)}) values ({values})", row)

    def replace(self, table: type[Table], frame: pl.DataFrame) -> None:
        """Put these rows in the place of all rows of a table."""
        self.execute(f"delete from {table.NAME}")
        self.insert(table, frame)

    @contextmanager
    def given(self, name: str, frame: pl.DataFrame) -> Generator[None]:
        """Let SQL see a frame under a name for a while."""
        # As polars holds it: older forms of Arrow would have every string copied.
        self.connection.register(name, frame.to_arrow(compat_level=pl.CompatLevel.newest()))
        try:
            yield
        except BaseException:
            # In a transaction that failed nothing can be taken back by itself: what is told is why it failed.
            with suppress(duckdb.Error):
                self.connection.unregister(name)
            raise
        self.connection.unregister(name)

    @contextmanager
    def transaction(self) -> Generator[None]:
        """All or nothing, and a change of what the next release says: raises the revision."""
        with self.together():
            yield
            self.execute("update ops.revision set revision = revision + 1")

    def note_redone(self, why: str) -> None:
        """Note that rows of finished work give way to others: what was published of them cannot be carried on."""
        self.execute("insert into ops.redone select revision, $why from ops.revision", {"why": why})

    @contextmanager
    def together(self) -> Generator[None]:
        """All or nothing: commits at the end, rolls back on any exception, which is raised."""
        self.execute("begin transaction")
        try:
            yield
            self.execute("commit")
        except BaseException:
            # A commit that failed has ended the transaction: what is told is why, not that none is open.
            with suppress(duckdb.Error, StorageTrouble):
                self.execute("rollback")
            raise

    def dbapi(self) -> Any:
        """A connection of its own to this database, for SQLAlchemy: it sees what is committed and joins no transaction."""
        from duckdb_engine import ConnectionWrapper

        return ConnectionWrapper(self.cursor())

    def cursor(self) -> duckdb.DuckDBPyConnection:
        """A connection of its own to this database, which sees no temporary table of another."""
        cursor = self.connection.cursor()
        cursor.execute(f"USE {CATALOG}").fetchall()
        return cursor
