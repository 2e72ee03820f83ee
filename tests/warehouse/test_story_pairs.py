"""The search for pairs of articles that may tell of one event, and for the earlier bundle a bundle carries on."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

import duckdb
import polars as pl
from hypothesis import given, settings
from hypothesis import strategies as st

import warehouse
from transforms.stories import story_bundles, story_days, story_links
from transforms.tables.base import empty
from transforms.tables.stories import StoryArticle, StoryBundle, StoryDay, StoryLink, StoryPair, StoryTerm
from warehouse import near

SQL = Path(warehouse.__file__).parent / "sql"
DAY = date(2026, 3, 2)
COMET = ["彗星", "冷湖", "望远镜", "滤光片"]


def number(n: int) -> str:
    return f"{n:016x}"


# An article is its day (counted from DAY) and its terms.
Articles = dict[int, tuple[int, list[str]]]
Weigh = Callable[[int, str], int]


def alike(article: int, term: str) -> int:
    """The weight of every term where weights do not matter."""
    return 700


def listed(articles: Articles, voices: dict[int, int]) -> pl.DataFrame:
    """Rows of core.story_articles; `voices` are the documents that were compared in the place of an article."""
    rows = [
        (number(n), number(n), number(voices.get(n, n)), DAY, DAY + timedelta(days))
        for n, (days, _) in articles.items()
    ]
    return pl.DataFrame(rows, schema=empty(StoryArticle).schema, orient="row")


class Stories:
    """What a working database holds for stories. `given` puts a state of the articles in the place of the one before."""

    def __init__(self, connection: duckdb.DuckDBPyConnection) -> None:
        """No article yet, no link."""
        self.connection = connection
        connection.execute(
            "create schema core; create schema ops; create table ops.done (stage varchar, unit_id varchar)"
        )
        for table in (StoryArticle, StoryDay, StoryTerm, StoryLink, StoryBundle):
            self.put(table.NAME, empty(table))

    def put(self, name: str, rows: pl.DataFrame) -> None:
        """Put these rows in the place of a table."""
        self.connection.register("rows", rows)
        self.connection.execute(f"create or replace table {name} as from rows")

    def given(
        self,
        articles: Articles,
        related: dict[tuple[int, int], str],
        voices: dict[int, int],
        weigh: Weigh = alike,
    ) -> None:
        """Articles, and what is known of two texts."""
        here = listed(articles, voices)
        terms = [(number(n), "word", term, weigh(n, term)) for n, (_, terms) in articles.items() for term in terms]
        known = [(number(one), number(two), relation) for (one, two), relation in related.items()]
        self.put("core.story_articles", here)
        self.put("core.story_days", story_days(here))
        # Terms are of documents: those of one that is published no more stay.
        marked = pl.DataFrame(terms, schema=empty(StoryTerm).schema, orient="row")
        left = self.connection.sql("from core.story_terms").pl().join(marked, on="document_id", how="anti")
        self.put("core.story_terms", pl.concat([marked, left]))
        names = ("document_id", "other_document_id", "relation")
        self.put("core.pairs", pl.DataFrame(known, schema=dict.fromkeys(names, pl.String), orient="row"))

    def pairs(self) -> pl.DataFrame:
        """The pairs of all days, of which those of earlier links are among them."""
        for name in ("telling", "unsettled"):
            self.connection.execute((SQL / "stories" / f"{name}.sql").read_text("utf-8"))
        self.connection.execute("create or replace temp table chunk as select story_day from core.story_days")
        near.gather(self.connection)
        found = self.connection.sql((SQL / "chunk" / "story_pairs.sql").read_text("utf-8")).pl()
        assert found.schema == empty(StoryPair).schema
        return found.sort("document_id", "other_document_id")

    def links(self, *, ends_early: bool = False) -> pl.DataFrame:
        """The links of all days, which are kept; `ends_early`: the run ends before bundles are made of them."""
        links = story_links(self.pairs())
        self.put("core.story_links", links)
        stages = ["link"] if ends_early else ["link", "bundle"]
        for stage in stages:
            self.connection.execute("delete from ops.done where stage = ?", [stage])
            self.connection.execute("insert into ops.done select ?, story_day from core.story_days", [stage])
        if not ends_early:
            articles = self.connection.sql("from core.story_articles").pl()
            self.put("core.story_bundles", story_bundles(articles, links))
        return links


def pairs(
    articles: Articles,
    related: dict[tuple[int, int], str] | None = None,
    voices: dict[int, int] | None = None,
    weigh: Weigh = alike,
) -> pl.DataFrame:
    """The pairs of all days of articles that came at once."""
    with duckdb.connect() as connection:
        stories = Stories(connection)
        stories.given(articles, related or {}, voices or {}, weigh)
        return stories.pairs()


def one_by_one(articles: Articles, weigh: Weigh) -> set[tuple[int, int, int, int, int, int, str]]:
    """(later, earlier, gap, product, norm, other norm, evidence), every article compared with every other."""
    found: set[tuple[int, int, int, int, int, int, str]] = set()
    for later, (day, _) in articles.items():
        near = {n: told for n, (told, _) in articles.items() if day - 3 <= told <= day}
        carriers = Counter(term for n in near for term in articles[n][1])
        common = {term for term, count in carriers.items() if count > min(4 + len(near) ** 0.5, 200)}
        rare = {n: {term: weigh(n, term) for term in articles[n][1] if term not in common} for n in near}
        norms = {n: sum(weight**2 for weight in terms.values()) for n, terms in rare.items()}
        for earlier in (n for n, told in near.items() if (told, n) < (day, later)):
            strengths = {term: rare[later][term] * rare[earlier][term] for term in rare[later] if term in rare[earlier]}
            product = sum(strengths.values())
            if len(strengths) >= 3 and product >= 0.15 * (float(norms[later]) * norms[earlier]) ** 0.5:
                strongest = sorted(strengths, key=lambda term: (-strengths[term], term))[:6]
                gap = day - near[earlier]
                found.add((later, earlier, gap, product, norms[later], norms[earlier], ",".join(strongest)))
    return found


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


@settings(max_examples=8)
@given(st.integers(0, 2**32))
def test_pairs_are_those_of_comparing_every_article_with_every_other(seed: int):
    draw = random.Random(seed)
    # Of few terms some are common, and many pairs share three; of long articles their cosines fall on both sides of .15.
    terms = [f"词{n}" for n in range(draw.randrange(28, 80))]
    articles = {n: (draw.randrange(6), draw.sample(terms, draw.randrange(3, 28))) for n in range(40)}
    weights = {(n, term): draw.choice([300, 700, 900, 3_000]) for n in articles for term in terms}

    def weigh(article: int, term: str) -> int:
        return weights[article, term]

    found = pairs(articles, weigh=weigh)
    columns = ("document_id", "other_document_id", "gap_days", "product", "norm", "other_norm", "evidence")
    rows = {(int(one, 16), int(two, 16), *rest) for one, two, *rest in found.select(columns).iter_rows()}
    assert len(rows) == found.height
    assert rows == one_by_one(articles, weigh)


def test_what_is_known_of_two_texts_comes_with_the_pair():
    found = pairs({1: (0, COMET), 2: (0, COMET)}, {(1, 2): "sibling"})
    assert found["relation"].to_list() == ["sibling"]


def test_what_is_known_of_a_text_is_known_through_the_document_that_speaks_for_it():
    found = pairs({2: (0, COMET), 3: (0, COMET)}, {(1, 3): "sibling"}, voices={2: 1})
    assert found["relation"].to_list() == ["sibling"]


@settings(max_examples=6)
@given(st.integers(0, 2**32))
def test_links_worked_out_night_by_night_are_those_of_articles_that_came_at_once(seed: int):
    draw = random.Random(seed)
    # About half of the articles carry a term, so that one more or less makes it common or rare.
    texts = {n: draw.sample("甲乙丙丁戊己庚辛壬癸子丑寅卯", 6) for n in range(20)}
    days = {n: draw.randrange(2) for n in texts}
    related = {
        (n, m): draw.choice(["sibling", "overlaps"]) for n in texts for m in range(n + 1, 20) if draw.random() < 0.2
    }
    with duckdb.connect() as connection:
        stories = Stories(connection)
        for _ in range(3):
            state = {n: (days[n], texts[n]) for n in draw.sample(sorted(texts), draw.randrange(14, 18))}
            days[draw.choice(list(texts))] = draw.randrange(5)
            spoken_for = {n: n + 1 for n in state if draw.random() < 0.1}
            # What was known of two texts may be taken back; what is not known now is not known without a new text.
            related = {pair: relation for pair, relation in related.items() if draw.random() < 0.8}
            stories.given(state, related, spoken_for)
            found = stories.links(ends_early=draw.random() < 0.3)
            assert found.equals(story_links(pairs(state, related, spoken_for)))


def test_two_articles_neither_of_which_has_changed_are_not_compared_again():
    with duckdb.connect() as connection:
        stories = Stories(connection)
        stories.given({1: (0, COMET), 2: (0, COMET)}, {}, {})
        links = stories.links().with_columns(evidence=pl.lit("as it was"))
        stories.put("core.story_links", links)
        stories.given({1: (0, COMET), 2: (0, COMET), 3: (1, COMET)}, {}, {})
        assert stories.links()["evidence"].to_list().count("as it was") == 1


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
