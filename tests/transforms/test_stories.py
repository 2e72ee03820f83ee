"""Stories: what an event is known by, what links two articles, what bundles a day and what carries it on."""

from __future__ import annotations

from datetime import date
from typing import Any

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.transforms.worded import documents
from transforms.stories import stories, story_bundles, story_days, story_links, story_terms
from transforms.tables import stories as tables
from transforms.tables.base import Table, empty
from transforms.tables.enrichment import Figure, Mention
from transforms.words import segmentations

DAY, NEXT = date(2026, 3, 2), date(2026, 3, 3)


def frame(table: type[Table], *rows: dict[str, Any]) -> pl.DataFrame:
    return pl.DataFrame(list(rows), schema=empty(table).schema)


def number(n: int) -> str:
    return f"{n:016x}"


# ---------------------------------------------------------------- terms


def cut_documents(*texts: tuple[str | None, str]) -> pl.DataFrame:
    return segmentations(documents(*texts))


def mention(name: str, surface: str, **told: Any) -> dict[str, Any]:
    row = {"document_id": number(0), "entity_id": f"person:{name}", "entity_type": "person", "entity_subtype": None}
    row |= {"name_hans": name, "aliases": None, "mention_count": 1, "in_title": False, "first_offset": 0}
    return row | {"surface": surface} | told


def figure(text: str, kind: str, value: float, unit: str, **told: Any) -> dict[str, Any]:
    row = {"document_id": number(0), "ordinal": 0, "text": text, "kind": kind, "value": value, "unit": unit}
    row |= {"start_offset": 0, "end_offset": len(text), "where_found": "body", "is_suspect": False}
    return row | told


def terms(
    *texts: tuple[str | None, str],
    mentions: list[dict[str, Any]] | None = None,
    figures: list[dict[str, Any]] | None = None,
) -> pl.DataFrame:
    found = story_terms(cut_documents(*texts), frame(Mention, *(mentions or [])), frame(Figure, *(figures or [])))
    tables.StoryTerm.validate(found, cast=False)
    return found


def term_weights(found: pl.DataFrame) -> dict[tuple[str, str], int]:
    return {(kind, term): weight for kind, term, weight in found.select("kind", "term", "weight").iter_rows()}


def test_everyday_words_name_no_event_and_rare_ones_do():
    found = term_weights(terms((None, "记者今天在中国的工作现场看见一颗彗星。")))
    assert ("word", "彗星") in found
    assert not {("word", word) for word in ("记者", "今天", "中国", "工作")} & set(found)


def test_a_word_of_the_title_weighs_more():
    plain, titled = (term_weights(terms((title, "天上有彗星。")))[("word", "彗星")] for title in (None, "彗星来了"))
    assert titled > plain


def test_a_name_counts_under_its_canonical_form():
    found = term_weights(terms((None, "川普来了。"), mentions=[mention("特朗普", "川普")]))
    assert ("name", "特朗普") in found


def test_a_word_that_is_a_name_is_one_term_that_weighs_more():
    text = (None, "天上有彗星。")
    alone = term_weights(terms(text))[("word", "彗星")]
    named = term_weights(terms(text, mentions=[mention("彗星", "彗星")]))
    assert named.keys() & {("word", "彗星"), ("name", "彗星")} == {("name", "彗星")}
    assert alone < named[("name", "彗星")] < 2 * alone


def test_a_figure_counts_by_value_and_unit_and_small_numbers_do_not():
    spelt = [figure("三百一十二家", "count", 312.0, "家"), figure("三家", "count", 3.0, "家", ordinal=1)]
    found = term_weights(terms((None, "无。"), figures=spelt))
    assert [term for kind, term in found if kind == "figure"] == ["312家"]


def test_dates_are_no_terms_for_every_article_of_the_day_has_them():
    assert terms((None, "无。"), figures=[figure("3月2日", "date", 20260302.0, "")]).is_empty()


def test_a_long_article_keeps_its_forty_weightiest():
    words = "彗星火山珊瑚冰川陨石鲸鱼峡谷沙漠瀑布溶洞化石恐龙琥珀翡翠珍珠玛瑙青铜陶俑竹简帛书壁画石窟佛塔城墙运河水闸灯塔码头帆船"
    assert terms((None, "、".join(words[n : n + 2] for n in range(0, len(words), 2)) * 2)).height <= 40


def test_no_articles_no_terms():
    assert terms().is_empty()


@settings(max_examples=10)
@given(st.permutations([("彗星", "天上有彗星。"), ("珊瑚", "海里有珊瑚。"), (None, "火山喷发，火山灰很厚。")]))
def test_terms_of_an_article_do_not_depend_on_the_others(texts: list[tuple[str | None, str]]):
    whole = terms(*texts)
    for n, text in enumerate(texts):
        alone = terms(text).select("kind", "term", "weight")
        assert alone.equals(whole.filter(pl.col("document_id") == number(n)).select("kind", "term", "weight"))


# ---------------------------------------------------------------- days


def article(n: int, on: date = DAY, first_night: date = DAY) -> dict[str, Any]:
    told = {"document_id": number(n), "article_id": number(n), "voice_id": number(n)}
    return told | {"first_night": first_night, "story_on": on}


def days(*articles: dict[str, Any]) -> dict[date, str]:
    found = story_days(frame(tables.StoryArticle, *articles))
    tables.StoryDay.validate(found, cast=False)
    return dict(found.select("story_on", "story_day").iter_rows())


def test_a_day_counts_its_articles_and_those_of_the_three_days_before():
    told = [article(n, date(2026, 3, n)) for n in (1, 2, 5)]
    assert story_days(frame(tables.StoryArticle, *told))["articles"].to_list() == [1, 2, 2]


def test_a_day_is_another_where_an_article_is_compared_through_another_document():
    told = article(1), article(2)
    assert days(*told) != days(told[0], told[1] | {"voice_id": number(7)})
    assert days(*told) != days(told[0] | {"voice_id": number(2)}, told[1] | {"voice_id": number(1)})


def test_a_new_article_changes_its_day_and_the_three_after_and_no_other():
    told = [article(n, date(2026, 3, n)) for n in range(1, 10)]
    before, after = days(*told), days(*told, article(99, date(2026, 3, 4)))
    assert [on.day for on in before if before[on] != after[on]] == [4, 5, 6, 7]


def test_an_article_that_moves_to_another_day_changes_both():
    before, after = days(article(1), article(2), article(3, NEXT)), days(article(1), article(2, NEXT), article(3, NEXT))
    assert before[DAY] != after[DAY]
    assert before[NEXT] != after[NEXT]


# ---------------------------------------------------------------- links


def pair(one: int, two: int, cosine: float, gap: int = 0, relation: str | None = None) -> dict[str, Any]:
    row = {"story_on": DAY, "document_id": number(max(one, two)), "other_document_id": number(min(one, two))}
    row |= {"gap_days": gap, "product": int(cosine * 1_000_000), "norm": 1_000_000, "other_norm": 1_000_000}
    return row | {"relation": relation, "evidence": "彗星,冷湖"}


def scores(*pairs: dict[str, Any]) -> list[int]:
    found = story_links(frame(tables.StoryPair, *pairs))
    tables.StoryLink.validate(found, cast=False)
    return found["score"].to_list()


def test_a_score_is_a_cosine_that_fades_from_day_to_day():
    assert scores(pair(1, 2, 0.4)) == [4000]
    assert scores(pair(1, 2, 0.4, gap=2)) == [2800]


def test_a_faint_pair_is_no_link():
    assert scores(pair(1, 2, 0.14)) == []


def test_two_fillings_of_one_template_are_kept_apart_whatever_they_share():
    assert scores(pair(1, 2, 0.95, relation="sibling")) == [-10_000]


@pytest.mark.parametrize("relation", ["excerpt_of", "overlaps", "update_of"])
def test_an_excerpt_or_update_belongs_to_its_whole(relation: str):
    assert scores(pair(1, 2, 0.2, relation=relation)) == [5000]


# ---------------------------------------------------------------- bundles


def link(one: int, two: int, score: int) -> dict[str, Any]:
    row = {"story_on": DAY, "document_id": number(max(one, two)), "other_document_id": number(min(one, two))}
    row |= {"gap_days": 0, "product": max(0, score), "norm": 10_000, "other_norm": 10_000}
    return row | {"score": score, "evidence": "彗星"}


def bundles(count: int, *links: dict[str, Any]) -> list[list[int]]:
    found = story_bundles(
        frame(tables.StoryArticle, *(article(n) for n in range(count))), frame(tables.StoryLink, *links)
    )
    tables.StoryBundle.validate(found, cast=False)
    assert found.height == count
    together = found.group_by("bundle_id").agg(pl.col("document_id").sort())
    return sorted([int(name, 16) for name in names] for names in together["document_id"].to_list())


def test_an_article_that_stands_alone_is_a_bundle_of_one():
    assert bundles(2) == [[0], [1]]


def test_articles_linked_well_enough_are_one_bundle():
    assert bundles(3, link(0, 1, 5000), link(1, 2, 4000), link(0, 2, 1500)) == [[0, 1, 2]]


def test_one_article_that_speaks_of_two_events_does_not_join_them():
    one, two = [link(0, 1, 9000), link(0, 2, 9000), link(1, 2, 9000)], [link(4, 5, 8000)]
    between = [link(2, 3, 3900), link(3, 4, 3000)]
    assert bundles(6, *one, *two, *between) == [[0, 1, 2], [3], [4, 5]]


def test_siblings_are_not_joined_by_an_article_that_resembles_both():
    assert bundles(3, link(0, 1, -10_000), link(0, 2, 5000), link(1, 2, 4500)) == [[0, 2], [1]]


def test_the_most_central_article_shares_most_with_its_bundle():
    links = [link(0, 1, 6000), link(1, 2, 6000), link(0, 2, 2000)]
    found = story_bundles(frame(tables.StoryArticle, *(article(n) for n in range(3))), frame(tables.StoryLink, *links))
    assert found["centrality"].to_list() == [8000, 12_000, 8000]


@settings(max_examples=60)
@given(
    st.dictionaries(
        st.tuples(st.integers(0, 7), st.integers(0, 7)).filter(lambda two: two[0] < two[1]),
        st.sampled_from([-10_000, 1500, 2000, 3000, 3000, 5000, 9000]),
        max_size=20,
    ),
    st.randoms(use_true_random=False),
)
def test_bundles_do_not_depend_on_the_order_of_links(scored: dict[tuple[int, int], int], random: Any):
    links = [link(one, two, score) for (one, two), score in scored.items()]
    shuffled = random.sample(links, len(links))
    found = bundles(8, *links)
    assert found == bundles(8, *shuffled)
    assert sorted(n for bundle in found for n in bundle) == list(range(8))


# ---------------------------------------------------------------- stories


def told(articles: list[dict[str, Any]], of: dict[int, int], follows: dict[int, int]) -> dict[int, int]:
    """{article: story} where `of` names the bundle of every article and `follows` the earlier bundle of a bundle."""
    rows = [
        {
            "document_id": a["document_id"],
            "story_on": a["story_on"],
            "bundle_id": number(of[int(a["document_id"], 16)]),
            "centrality": 0,
        }
        for a in articles
    ]
    carried = [{"bundle_id": number(one), "earlier_bundle_id": number(two)} for one, two in follows.items()]
    found = stories(
        frame(tables.StoryArticle, *articles), frame(tables.StoryBundle, *rows), frame(tables.StoryFollow, *carried)
    )
    tables.Story.validate(found, cast=False)
    return {int(d, 16): int(s, 16) for d, s in found.select("document_id", "story_id").iter_rows()}


def test_a_story_goes_on_over_days_however_many():
    articles = [article(n, date(2026, 3, 1 + n), date(2026, 3, 1 + n)) for n in range(20)]
    chain = {n: n - 1 for n in range(1, 20)}
    assert set(told(articles, {n: n for n in range(20)}, chain).values()) == {0}


def test_two_days_may_carry_on_the_same_day():
    articles = [article(n) for n in range(3)]
    assert told(articles, {0: 0, 1: 1, 2: 2}, {1: 0, 2: 0}) == {0: 0, 1: 0, 2: 0}


def test_a_story_is_named_for_its_article_of_the_first_night():
    articles = [article(1, DAY, NEXT), article(2, NEXT, DAY), article(3, NEXT, NEXT)]
    assert set(told(articles, {1: 1, 2: 2, 3: 2}, {2: 1}).values()) == {2}


def test_the_older_of_two_joined_stories_keeps_its_name_and_so_does_the_older_part_of_one_that_falls_apart():
    articles = [article(1, DAY, DAY), article(2, DAY, DAY), article(3, NEXT, NEXT)]
    apart = told(articles, {1: 1, 2: 2, 3: 3}, {3: 2})
    joined = told(articles, {1: 1, 2: 1, 3: 3}, {3: 1})
    assert apart == {1: 1, 2: 2, 3: 2}
    assert joined == {1: 1, 2: 1, 3: 1}


def test_no_articles_no_stories():
    assert told([], {}, {}) == {}
