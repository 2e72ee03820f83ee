"""The column shapes of the published tables: BI-safe scalars, each with its bilingual comment."""

from __future__ import annotations

import dataframely as dy

from transforms.tables.base import about


def key(chinese: str, english: str, *, primary_key: bool = False) -> dy.Int64:
    """A surrogate key: signed BIGINT, stable across runs and machines, -1 for the unknown member."""
    return dy.Int64(primary_key=primary_key, metadata=about(chinese, english))


def text(chinese: str, english: str, *, primary_key: bool = False, nullable: bool = False) -> dy.String:
    """A VARCHAR column."""
    return dy.String(primary_key=primary_key, nullable=nullable, metadata=about(chinese, english))


def count(chinese: str, english: str, *, primary_key: bool = False, nullable: bool = False) -> dy.Int32:
    """An INTEGER column."""
    return dy.Int32(primary_key=primary_key, nullable=nullable, metadata=about(chinese, english))


def number(chinese: str, english: str, *, nullable: bool = False) -> dy.Float64:
    """A DOUBLE column."""
    return dy.Float64(nullable=nullable, metadata=about(chinese, english))


def yes_no(chinese: str, english: str) -> dy.Bool:
    """A BOOLEAN column."""
    return dy.Bool(metadata=about(chinese, english))


def day(chinese: str, english: str, *, nullable: bool = False) -> dy.Date:
    """A DATE column."""
    return dy.Date(nullable=nullable, metadata=about(chinese, english))


def moment(chinese: str, english: str, *, nullable: bool = False) -> dy.Datetime:
    """A TIMESTAMP column, UTC."""
    return dy.Datetime(nullable=nullable, metadata=about(chinese, english))
