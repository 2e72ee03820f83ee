"""The lines a source says over and over: those of this home, which its owner has looked at."""

from __future__ import annotations

import polars as pl
from dataframely.exc import ValidationError

import seeds
from flows.settings import Home
from transforms.tables.ref import Furniture

FILE = "furniture.csv"


class BadFurniture(ValueError):
    """A furniture.csv that cannot be understood."""


def declared(home: Home) -> pl.DataFrame:
    """The furniture of this home: what is shipped and the rows of HOME/furniture.csv, as `wencang learn` writes them.

    Columns beside source_id and line are for its reader. Raises BadFurniture.
    """
    shipped = Furniture.validate(seeds.table("furniture"), cast=True)
    own = home.root / FILE
    if not own.exists():
        return shipped
    try:
        rows = pl.read_csv(own, infer_schema=False).select(Furniture.column_names()).unique(maintain_order=True)
        return pl.concat([shipped, Furniture.validate(rows, cast=True)]).unique(maintain_order=True)
    except (ValidationError, pl.exceptions.PolarsError) as error:
        raise BadFurniture(f"{FILE}: {' '.join(str(error).split())[:300]}") from error
