"""What a verb is to take in: its paths and the sources of the home, looked at before anything is begun."""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

from flows.endings import NO_INPUT, USAGE, Trouble, first_line
from flows.settings import Home

if TYPE_CHECKING:
    import polars as pl

    from flows.intake.delivery import Delivery
    from warehouse.store import Store


def is_address(path: str) -> bool:
    """Whether a PATH is on a network. The engines behind sources are imported for nothing less."""
    from flows.intake import sources

    return sources.is_address(path)


def there(paths: Sequence[str]) -> None:
    """Fail before anything is begun for a path that is nothing. Raises Trouble."""
    for path in paths:
        if not (os.path.lexists(path) or set("*?[{") & set(path) or is_address(path)):
            raise Trouble(NO_INPUT, f"no such file or folder: {path}; check the spelling, or give a glob in quotes")


def declared(home: Home) -> pl.DataFrame:
    """The sources of this home. Raises Trouble if its sources.csv or furniture.csv cannot be understood."""
    from flows import furniture
    from flows.intake import sources
    from flows.sheets import BadSheet

    file = furniture.FILE
    try:
        furniture.declared(home)
        file = "sources.csv"
        return sources.declared(home)
    except (BadSheet, OSError) as error:
        raise Trouble(
            USAGE, f"{home.root / file} cannot be read: {first_line(error, 400)}; mend or remove it"
        ) from None


def delivered(home: Home, paths: Sequence[str], source: str | None, night: date) -> list[Delivery]:
    """The files of a night. Raises Trouble."""
    from flows.intake import sources

    try:
        return not_of(home, sources.deliveries(paths, source, night, declared(home)))
    except sources.UnknownSource as unknown:
        raise Trouble(USAGE, f"{unknown}; add a row to {home.root / 'sources.csv'}") from None


def not_of(home: Home, found: Sequence[Delivery]) -> list[Delivery]:
    """What was found but for what the home keeps for itself: it may lie in a folder that is read."""
    from flows.readers.discovery import outside

    return [
        replace(delivery, files=outside(delivery.files, home.owns), lists=outside(delivery.lists, home.owns))
        for delivery in found
    ]


def unmixed(home: Home, store: Store) -> None:
    """Fail where the sample articles, read for want of a sources.csv, would come among other articles. Raises Trouble."""
    if store.rows("select 1 from raw.files where source_id <> 'sample' limit 1"):
        refuse_samples(home)


def refuse_samples(home: Home) -> None:
    """Fail where the sample articles would be read for want of a sources.csv. Raises Trouble."""
    if not (home.root / "sources.csv").exists():
        raise Trouble(
            NO_INPUT,
            f"{home.root} has no sources.csv, and the sample articles do not belong among what it holds; "
            "give a PATH, or write one",
        )


def nothing_in(found: Sequence[Delivery], paths: Sequence[str]) -> str:
    """Where nothing was found to read, and what can be done."""
    missing = "".join(f"; source {delivery.source_id}: {delivery.trouble}" for delivery in found if delivery.trouble)
    return f"no files in {' '.join(paths) or 'any source'}{missing}; give a PATH or see sources.csv"
