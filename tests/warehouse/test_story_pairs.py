"""The search for pairs of articles that may tell of one event, and for the earlier bundle a bundle carries on."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import duckdb
import polars as pl

import warehouse
from transforms.stories import story_days
from transforms.tables.base import empty
from transforms.tables.stories import StoryArticle, StoryPair, StoryTerm

SQL = Path(warehouse.__file__).parent / "sql"
DAY = date(2026, 3, 2)
COMET = ["彗星", "冷湖", "望远镜", "滤光片"]


def number(n: int) -> str:
    return f"{n:016x}"


def pairs(
    articles: dict[int, tuple[int, list[str]]],
    related: dict[tuple[int, int], str] | None = None,
    voices: dict[int, int] | None = None,
) -> pl.DataFrame:
    """The pairs of all days; an article is its day (counted from DAY) and its terms, each of weight 700.

    `voices` are the documents that were compared in the place of an article.
    """
    listed = pl.DataFrame(
        [
            {
                "document_id": number(n),
                "article_id": number(n),
                "voice_id": number((voices or {}).get(n, n)),
                "first_night": DAY,
                "story_on": DAY + timedelta(days),
            }
            for n, (days, _) in articles.items()
        ],
        schema=empty(StoryArticle).schema,
    )
    marked = pl.DataFrame(
        [
            {"document_id": number(n), "kind": "word", "term": term, "weight": 700}
            for n, (_, terms) in articles.items()
            for term in terms
        ],
        schema=empty(StoryTerm).schema,
    )
    known = pl.DataFrame(
        [(number(one), number(two), relation) for (one, two), relation in (related or {}).items()],
        schema={"document_id": pl.String, "other_document_id": pl.String, "relation": pl.String},
        orient="row",
    )
    tables = {"story_articles": listed, "story_days": story_days(listed), "story_terms": marked, "pairs": known}
    with duckdb.connect() as connection:
        connection.execute("create schema core")
        for name, rows in tables.items():
            connection.register("rows", rows)
            connection.execute(f"create table core.{name} as from rows")
        connection.execute("create table chunk as select story_day from core.story_days")
        found = connection.sql((SQL / "chunk" / "story_pairs.sql").read_text("utf-8")).pl()
    assert found.schema == empty(StoryPair).schema
    return found.sort("document_id", "other_document_id")


def met(found: pl.DataFrame) -> list[tuple[int, int]]:
    return [(int(one, 16), int(two, 16)) for one, two in found.select("document_id", "other_document_id").iter_rows()]


def test_articles_that_share_three_rare_terms_meet_later_one_first():
    found = pairs({1: (1, COMET), 2: (0, COMET), 3: (0, ["珊瑚", "潜水", "海龟"])})
    assert met(found) == [(1, 2)]
    assert found.row(0, named=True) == {
        "story_on": DAY + timedelta(1),
        "document_id": number(1),
        "other_document_id": number(2),
        "gap_days": 1,
        "product": 4 * 700 * 700,
        "norm": 4 * 700 * 700,
        "other_norm": 4 * 700 * 700,
        "relation": None,
        "evidence": "冷湖,彗星,望远镜,滤光片",
    }


def test_two_shared_terms_are_chance():
    assert met(pairs({1: (0, COMET[:2]), 2: (0, COMET[:2])})) == []


def test_a_pair_four_days_apart_is_another_event():
    assert met(pairs({1: (0, COMET), 2: (3, COMET)})) == [(2, 1)]
    assert met(pairs({1: (0, COMET), 2: (4, COMET)})) == []


def test_terms_of_a_running_head_that_many_carry_link_nothing():
    column = ["股市", "收盘", "栏目", "除息"]
    carried = {n: (0, [*column, f"公司{n}"]) for n in range(6)}
    others = {n: (0, [f"甲{n}", f"乙{n}"]) for n in range(100, 110)}
    assert len(met(pairs(carried | others))) == 6 * 5 // 2
    assert met(pairs({n: (0, [*column, f"公司{n}"]) for n in range(16)})) == []


def test_what_is_known_of_two_texts_comes_with_the_pair():
    found = pairs({1: (0, COMET), 2: (0, COMET)}, {(1, 2): "sibling"})
    assert found["relation"].to_list() == ["sibling"]


def test_what_is_known_of_a_text_is_known_through_the_document_that_speaks_for_it():
    found = pairs({2: (0, COMET), 3: (0, COMET)}, {(1, 3): "sibling"}, voices={2: 1})
    assert found["relation"].to_list() == ["sibling"]


def follows(bundles: dict[int, tuple[int, ...]], links: list[tuple[int, int, int]]) -> dict[int, int]:
    """{bundle: earlier bundle} from the articles of bundles and (later, earlier, score) of links over a day."""
    with duckdb.connect() as connection:
        connection.execute("create schema core")
        connection.execute("create table core.story_bundles (document_id integer, bundle_id integer)")
        connection.execute(
            "create table core.story_links (document_id integer, other_document_id integer, gap_days integer, score bigint)"
        )
        for bundle, articles in bundles.items():
            for one in articles:
                connection.execute("insert into core.story_bundles values (?, ?)", [one, bundle])
        for later, earlier, score in links:
            connection.execute("insert into core.story_links values (?, ?, 1, ?)", [later, earlier, score])
        return dict(connection.sql((SQL / "views" / "story_follows.sql").read_text("utf-8")).fetchall())


def test_a_bundle_carries_on_the_earlier_one_it_is_closest_to():
    assert follows({1: (1, 2), 3: (3,), 9: (9,)}, [(9, 1, 4000), (9, 2, 4000), (9, 3, 3900)]) == {9: 1}


def test_one_good_link_into_a_large_bundle_does_not_carry_it_on():
    assert follows({1: (1, 2, 3), 9: (9,)}, [(9, 1, 7000)]) == {}
