"""What every table declaration shares: a name, a grain, bilingual comments, row rules."""

from __future__ import annotations

from typing import Any, ClassVar

import dataframely as dy
import polars as pl

ID_PATTERN = r"^[0-9a-f]{16}$"


def about(chinese: str, english: str) -> dict[str, Any]:
    """The comment of a column in both languages, as `metadata` of the column."""
    return {"about": f"{chinese} / {english}"}


class Table(dy.Schema):
    """A table declared once: DDL, comments, baseline expectations and dictionary derive from it.

    NAME is `schema.table`; ABOUT is the bilingual comment, whose English half begins with the grain.
    """

    NAME: ClassVar[str]
    ABOUT: ClassVar[str]
    # Seed files the rows of a `ref` table come from, where it is not the one file of its name.
    SEEDS: ClassVar[tuple[str, ...]] = ()


def comment_of(column: dy.Column) -> str:
    """The bilingual comment of a column, '' where none was declared."""
    return str((column.metadata or {}).get("about", ""))


def seed_files(table: type[Table]) -> tuple[str, ...]:
    """The seed files the rows of a `ref` table come from, by the names `seeds.table` knows."""
    return table.SEEDS or (table.NAME.removeprefix("ref."),)


def empty(table: type[Table]) -> pl.DataFrame:
    """A frame of this table's columns and types without rows."""
    return table.create_empty()


def identifier(chinese: str, english: str, *, primary_key: bool = False, nullable: bool = False) -> dy.String:
    """A 16-hex-digit identifier column."""
    return dy.String(primary_key=primary_key, nullable=nullable, regex=ID_PATTERN, metadata=about(chinese, english))


def choice(
    values: list[str], chinese: str, english: str, *, primary_key: bool = False, nullable: bool = False
) -> dy.String:
    """A column with a closed list of values; the list stands in its metadata for the checks and the dictionary."""
    return dy.String(
        primary_key=primary_key,
        nullable=nullable,
        check={"not_listed": lambda column: column.is_in(values)},
        metadata=about(chinese, english) | {"values": values},
    )


def values_of(column: dy.Column) -> list[str] | None:
    """The closed list of values of a column, None where any value goes."""
    return (column.metadata or {}).get("values")
