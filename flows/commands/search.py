"""wencang search: published articles by words, in any script."""

from __future__ import annotations

import argparse

from flows.commands.current import reading
from flows.endings import OK, emit
from flows.settings import Home

FOUND = """
    select round(found.score, 3) as score, a.article_id, a.title_hans, a.outlet, a.published_on, a.url
    from marts.search($text) as found
    join marts.fct_article as a using (article_key)
    order by found.score desc, a.article_key
    limit $limit
"""


def search(options: argparse.Namespace, home: Home) -> int:
    """Ask marts.search of the current release."""
    with reading(home) as reader:
        rows = reader.rows(FOUND, {"text": options.text, "limit": options.limit})
    if options.json:
        emit(rows)
        return OK
    for row in rows:
        print(
            f"{row['score']:>7}  {row['article_id']}  {row['title_hans']}  {row['outlet'] or ''}  {row['published_on'] or ''}"
        )
    if not rows:
        print(f"no article holds {options.text!r}")
    return OK
