"""wencang search: published articles by words, in any script."""

from __future__ import annotations

import argparse

from flows.endings import NO_INPUT, OK, Trouble, emit
from flows.settings import Home
from warehouse import sealed, shelf


def search(options: argparse.Namespace, home: Home) -> int:
    """Ask marts.search of the current release."""
    path = home.current / shelf.FILE
    if not path.exists():
        raise Trouble(NO_INPUT, f"nothing is published in {home.root} yet; `wencang run` first")
    reader = sealed.Reader(path)
    rows = reader.rows(
        """
        select round(found.score, 3) as score, a.article_id, a.title_hans, a.outlet, a.published_on, a.url
        from marts.search($text) as found
        join marts.fct_article as a using (article_key)
        order by found.score desc, a.article_key
        limit $limit
        """,
        {"text": options.text, "limit": options.limit},
    )
    reader.close()
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
