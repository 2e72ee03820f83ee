"""wencang learn: what each source says over and over, for its owner to look at."""

from __future__ import annotations

import argparse
import sys

import polars as pl

from flows.endings import OK, emit
from flows.settings import Home

READ = {"source_id": pl.String, "body_original": pl.String}


def learn(options: argparse.Namespace, home: Home) -> int:
    """Print the furniture of this home, known and new, as furniture.csv: what its owner leaves in is cut from then on."""
    from flows import furniture
    from flows.commands.arriving import declared
    from flows.commands.current import working
    from transforms.clean.furniture import furniture as repeated

    declared(home)
    with working(home) as reader:
        bodies = reader.rows("select source_id, body_original from core.clean_documents")
    found = repeated(pl.DataFrame(bodies, schema=READ))
    # What is known is cut already, and no longer found.
    rows = pl.concat([furniture.declared(home), found], how="diagonal").unique(
        ["source_id", "line"], keep="last", maintain_order=True
    )
    if options.json:
        emit(rows.to_dicts())
    else:
        # A sheet is UTF-8, whatever the terminal is.
        sys.stdout.buffer.write(rows.write_csv().encode())
    return OK
