"""The lines a source says over and over: those of this home, which its owner has looked at."""

from __future__ import annotations

import polars as pl

from flows import sheets
from flows.settings import Home
from transforms.tables.ref import Furniture

FILE = "furniture.csv"


def declared(home: Home) -> pl.DataFrame:
    """The furniture of this home: what is shipped and the rows of HOME/furniture.csv, as `wencang learn` writes them.

    Columns beside source_id and line are for its reader. Raises BadSheet, OSError, and Trouble for what is shipped.
    """
    shipped = sheets.shipped(Furniture)
    own = home.root / FILE
    if not own.exists():
        return shipped
    rows = sheets.written(own)
    if missing := [name for name in Furniture.column_names() if name not in rows.columns]:
        raise sheets.BadSheet(f"no column {', '.join(missing)}")
    rows = rows.select(Furniture.column_names()).unique(maintain_order=True)
    return pl.concat([shipped, sheets.typed(rows, Furniture)]).unique(maintain_order=True)
