"""Versioned judgement as data. Nothing here decides anything; `table` hands a seed file to whoever asks."""

from __future__ import annotations

import hashlib
from pathlib import Path

import polars as pl

FOLDER = Path(__file__).resolve().parent


def table(name: str) -> pl.DataFrame:
    """The seed file `seeds/<name>.csv` as a frame of strings; an empty cell is null."""
    path = FOLDER / f"{name}.csv"
    return pl.read_csv(path, infer_schema=False)


def names() -> list[str]:
    """Every seed table, in a fixed order: 'noise_rules', 'gazetteer/places', …"""
    found = (path.relative_to(FOLDER) for path in FOLDER.rglob("*.csv"))
    return sorted(path.with_suffix("").as_posix() for path in found if path.parts[0] != "articles")


def text(name: str) -> str:
    """The seed file as it stands."""
    return (FOLDER / f"{name}.csv").read_text(encoding="utf-8")


def digest() -> str:
    """SHA-256 over every seed table: the version of our judgement."""
    total = hashlib.sha256()
    for name in names():
        total.update(name.encode())
        total.update((FOLDER / f"{name}.csv").read_bytes())
    return total.hexdigest()
