"""What stories cost a night of 20,000 articles: `python benchmarks/stories_cost.py HOME`.

HOME has published seven nights of feeds, as for stories.py. Their articles are laid out again and again over four days
until each day has 20,000; a rare term gets another name each time, as another week's names would be others. Then the last day is told. HOME is only read. The steps on the whole table (the list of days,
the threads of stories) are measured on a million articles.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import TypeVar

import duckdb
import polars as pl

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from transforms.stories import stories, story_bundles, story_days, story_links  # noqa: E402
from transforms.tables.base import empty  # noqa: E402
from transforms.tables.stories import StoryBundle, StoryLink  # noqa: E402
from warehouse import near  # noqa: E402

A_DAY = 20_000
DAYS = 4
MILLION = 1_000_000
RARE = 5
FIRST = date(2026, 7, 1)
Result = TypeVar("Result")


def timed(name: str, step: Callable[[], Result]) -> Result:
    """The result of a step whose CPU seconds are printed."""
    start = time.process_time()
    result = step()
    print(f"{name:46} {time.process_time() - start:6.2f} CPU s")
    return result


def laid_out(articles: pl.DataFrame, terms: pl.DataFrame) -> tuple[pl.DataFrame, pl.DataFrame]:
    """(articles, terms) of four days of 20,000."""
    rare = terms.group_by("term").len().filter(pl.col("len") <= RARE).select("term", is_rare=True)
    marked = terms.join(rare, on="term", how="left").with_columns(pl.col("is_rare").fill_null(False))
    rounds = -(-A_DAY * DAYS // articles.height)
    told = [renamed(articles, n) for n in range(rounds)]
    spread = pl.concat(told).head(A_DAY * DAYS).with_row_index("place")
    days = spread.with_columns(story_on=FIRST + pl.duration(days=pl.col("place") % DAYS)).drop("place")
    other = [
        renamed(marked, n).with_columns(
            term=pl.when("is_rare").then(pl.format("{}{}", "term", pl.lit(n))).otherwise("term")
        )
        for n in range(rounds)
    ]
    kept = pl.concat(other).drop("is_rare").join(days.select("document_id"), on="document_id", how="semi")
    return days, kept


def renamed(rows: pl.DataFrame, number: int) -> pl.DataFrame:
    """The rows with other identifiers."""
    ids = {"document_id", "article_id"} & set(rows.columns)
    return rows.with_columns(pl.concat_str(pl.col(name).str.slice(0, 13), pl.lit(f"{number:03x}")) for name in ids)


def a_day(home: Path) -> None:
    """Pairs, links and bundles of one day of 20,000 among 80,000."""
    with duckdb.connect(str(home / "work.duckdb"), read_only=True, config={"threads": 2}) as known:
        articles = known.sql("from core.story_articles").pl()
        terms = known.sql("select t.* from core.story_terms as t semi join core.survivors using (document_id)").pl()
    articles, terms = laid_out(articles, terms)
    days = story_days(articles)
    with duckdb.connect(config={"threads": 2, "memory_limit": "2GiB"}) as connection:
        connection.execute("set preserve_insertion_order = false").fetchall()
        connection.execute("create schema core").fetchall()
        told = {"story_articles": articles, "story_terms": terms, "story_days": days}
        for name, rows in (told | {"story_links": empty(StoryLink), "story_bundles": empty(StoryBundle)}).items():
            connection.register("rows", rows.to_arrow())
            connection.execute(f"create table core.{name} as from rows").fetchall()
        connection.execute("create table core.pairs (document_id varchar, other_document_id varchar, relation varchar)")
        connection.execute("create schema ops; create table ops.done (stage varchar, unit_id varchar)").fetchall()
        for name in ("telling", "unsettled"):
            connection.execute((ROOT / f"warehouse/sql/stories/{name}.sql").read_text("utf-8")).fetchall()
        connection.execute("create table chunk as select max(story_day) as story_day from core.story_days").fetchall()
        query = (ROOT / "warehouse/sql/chunk/story_pairs.sql").read_text("utf-8")
        timed(f"near of {A_DAY} articles among {articles.height}", lambda: near.gather(connection))
        pairs = timed("pairs of these", lambda: connection.sql(query).pl())
    links = timed(f"links: {pairs.height} pairs", lambda: story_links(pairs))
    last = articles.filter(pl.col("story_on") == articles["story_on"].max())
    timed(f"bundles of {last.height} articles", lambda: story_bundles(last, links.filter(pl.col("gap_days") == 0)))


def a_million() -> None:
    """The steps that look at every article there is."""
    ids = pl.select(document_id=pl.int_range(MILLION).hash(seed=1)).to_series()
    names = ids.to_frame().select(pl.format("{}", pl.col("document_id") % 10**15).str.zfill(16))["document_id"]
    days = pl.select(story_on=FIRST + pl.duration(days=pl.int_range(MILLION) // A_DAY)).to_series()
    articles = pl.DataFrame({"document_id": names, "article_id": names, "first_night": days, "story_on": days})
    bundles = articles.select("document_id", "story_on", bundle_id="document_id", centrality=pl.lit(0, pl.Int64))
    follows = pl.DataFrame({"bundle_id": names[A_DAY::3], "earlier_bundle_id": names[: len(names[A_DAY::3])]})
    timed("days of a million articles", lambda: story_days(articles))
    timed("stories of a million articles", lambda: stories(articles, bundles, follows))


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("home", type=Path)
    a_day(parser.parse_args().home)
    a_million()
