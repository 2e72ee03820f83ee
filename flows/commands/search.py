"""wencang search: published articles by words, in any script."""

from __future__ import annotations

import argparse

from flows.commands.current import reading
from flows.endings import OK, emit
from flows.settings import Home
from warehouse.store import sql


def search(options: argparse.Namespace, home: Home) -> int:
    """Ask marts.search of the current release."""
    with reading(home) as reader:
        rows = reader.rows(sql("ask/found"), {"text": options.text, "limit": options.limit})
    if options.json:
        emit(rows)
        return OK
    for row in rows:
        print(
            f"{row['score']:>7.3f}  {row['article_id']}  {row['title_hans']}  {row['outlet'] or ''}  {row['published_on'] or ''}"
        )
    if not rows:
        print(f"no article holds {options.text!r}")
    return OK
