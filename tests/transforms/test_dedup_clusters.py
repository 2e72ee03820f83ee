"""Duplicates, from pairs to articles: clusters and their survivors, relations between articles."""

from __future__ import annotations

import datetime as dt
from typing import Any

import polars as pl
import pytest

from transforms import dedup
from transforms.dedup.titles import padded
from transforms.tables import core

# ---------------------------------------------------------------- clusters
SOURCES = pl.DataFrame({"source_id": ["high", "low"], "trust": [0.9, 0.2]})
NIGHT = dt.date(2025, 3, 1)


def document(letter: str, **given: Any) -> dict[str, Any]:
    return {
        "document_id": letter * 16,
        "source_id": "low",
        "natural_id": None,
        "night": NIGHT,
        "title_hans": "新馆开放",
        "published_at_utc": None,
        "published_on": None,
        "body_hash": None,
        "char_count": 100,
        "repair_count": 0,
        "script": "Hans",
        "script_origin": "native",
        "retracted_night": None,
    } | given


def frame(*documents: dict[str, Any]) -> pl.DataFrame:
    types = {
        "natural_id": pl.String,
        "body_hash": pl.Int64,
        "published_at_utc": pl.Datetime("us"),
        "published_on": pl.Date,
        "retracted_night": pl.Date,
    }
    return pl.DataFrame(list(documents), schema_overrides=types, infer_schema_length=None)


def copied(*links: tuple[str, str, str]) -> pl.DataFrame:
    """Pairs of core.Pair from (letter, letter, verdict or relation)."""
    copies = {"exact", "cross_script", "near", "truncated"}
    schema = {name: column.dtype for name, column in core.Pair.columns().items()}
    rows = [
        {
            "document_id": one * 16,
            "other_document_id": two * 16,
            "is_copy": kind in copies,
            "verdict": kind if kind in copies else None,
            "relation": None if kind in copies else kind,
            "is_reversed": False,
            "jaccard": 0.8,
            "containment": 0.9,
            "evidence": "shared figures 2",
        }
        for one, two, kind in links
    ]
    return pl.DataFrame(rows, schema=schema)


def clustered(pairs: pl.DataFrame, *documents: dict[str, Any]) -> dict[str, tuple[str, str]]:
    """{letter: (survivor, verdict)}."""
    found = dedup.copies(pairs, frame(*documents), SOURCES)
    core.Copy.validate(found)
    return {row["document_id"][0]: (row["survivor_document_id"][0], row["verdict"]) for row in found.to_dicts()}


def test_a_document_alone_is_its_own_original() -> None:
    found = dedup.copies(copied(), frame(document("a")), SOURCES)
    assert found.rows() == [("a" * 16, None, "a" * 16, "a" * 16, 0, False, None, "original", None, None, None)]


@pytest.mark.parametrize(
    ("worse", "better"),
    [
        ({"char_count": 89}, {"script_origin": "converted_char"}),
        ({"script_origin": "converted_char"}, {"char_count": 90}),
        ({"script_origin": "converted_phrase", "source_id": "high"}, {}),
        ({"published_on": dt.date(2025, 2, 1)}, {"source_id": "high"}),
        ({"published_on": dt.date(2025, 3, 1)}, {"published_on": dt.date(2025, 2, 28)}),
        ({}, {"published_on": dt.date(2025, 2, 28)}),
        ({"repair_count": 3}, {"repair_count": 1}),
    ],
)
def test_the_better_copy_survives(worse: dict[str, Any], better: dict[str, Any]) -> None:
    found = clustered(copied(("a", "b", "near")), document("a", **worse), document("b", **better))
    assert [survivor for survivor, _ in found.values()] == ["b", "b"]


def test_copies_word_for_word_need_no_pair() -> None:
    same = [document("a", body_hash=1), document("b", body_hash=1), document("c", body_hash=1, script="Hant")]
    found = dedup.copies(copied(), frame(*same), SOURCES)
    assert found.select("survivor_document_id", "verdict", "jaccard", "containment").rows() == [
        ("a" * 16, "original", None, None),
        ("a" * 16, "exact", 1.0, 1.0),
        ("a" * 16, "cross_script", 1.0, 1.0),
    ]


def test_what_is_said_of_the_smallest_id_of_a_body_holds_for_its_other_documents() -> None:
    same = [document(letter, body_hash=1) for letter in "bd"]
    found = clustered(copied(("a", "b", "near")), document("a"), *same, document("c", body_hash=1, script="Hant"))
    assert found == {"a": ("a", "original"), "b": ("a", "near"), "c": ("a", "cross_script"), "d": ("a", "near")}


def test_many_copies_of_a_cut_text_do_not_outlive_the_whole() -> None:
    cut = [document(letter, body_hash=1, char_count=80, source_id="high") for letter in "bcd"]
    found = clustered(copied(("a", "b", "truncated")).with_columns(is_reversed=True), document("a"), *cut)
    assert found["d"] == ("a", "truncated")


def test_what_half_of_the_copies_show_to_be_cut_may_be_whole() -> None:
    links = copied(("a", "b", "truncated"), ("a", "c", "near"), ("b", "c", "near"))
    found = clustered(links, document("a", source_id="high"), document("b"), document("c"))
    assert found["a"] == ("a", "original")


def test_a_superseded_document_still_speaks_for_its_body() -> None:
    old = document("a", natural_id="1", source_id="high", body_hash=1)
    new = document("b", natural_id="1", source_id="high", night=NIGHT + dt.timedelta(days=1))
    found = clustered(copied(("a", "d", "near")), old, new, document("c", body_hash=1), document("d"))
    assert (found["c"], found["d"]) == (("c", "original"), ("c", "near"))


def test_a_title_with_words_slipped_in_is_outvoted_by_the_copies() -> None:
    spam = document("a", title_hans="新馆周六开放游客免费注册送彩金参观", source_id="high")
    clean = [document(letter, title_hans="新馆周六开放游客免费参观") for letter in "bc"]
    pairs = copied(("a", "b", "near"), ("a", "c", "near"), ("b", "c", "near"))
    assert clustered(pairs, spam, *clean)["a"] == ("b", "near")
    # A subtitle is no spam.
    subtitled = spam | {"title_hans": "新馆周六开放游客免费参观：镇上等了十年"}
    assert clustered(pairs, subtitled, *clean)["b"] == ("a", "near")
    # One copy alone outvotes nobody: its title may have lost a subtitle.
    assert clustered(pairs.head(1), spam, clean[0])["b"] == ("a", "near")


def titled(*titles: str) -> list[str]:
    """Of copies of these titles, all of each other, those whose title has words slipped in."""
    documents = pl.DataFrame(
        {"document_id": [*titles], "body": [*titles], "title_hans": [t.rstrip("*") for t in titles]}
    )
    links = documents.select(one="body").join(documents.select(two="body"), how="cross")
    return padded(documents, links.filter(pl.col("one") != pl.col("two")))["document_id"].sort().to_list()


@pytest.mark.parametrize(
    ("titles", "found"),
    [
        (("馆在周六开放", "馆在周六开放*", "馆在周六包赢开放"), ["馆在周六包赢开放"]),
        (("馆在周六开放", "馆在周六开放*", "包赢馆在周六开放"), ["包赢馆在周六开放"]),
        (("馆在周六开放", "馆在周六开放*", "馆在周六开放包"), ["馆在周六开放包"]),
        (("馆周六开放", "馆周六开放*", "馆周六包赢开放"), []),
        (("馆在周六开放", "馆在周六开放*", "馆在周六包赢开放", "馆在周六包赢开放*"), []),
        (("馆在周六开放", "馆在周六开放*", "馆包在周六赢开放"), []),
    ],
    ids=["within", "before", "behind", "too short", "as many votes", "in two places"],
)
def test_words_slipped_in_stand_in_one_place_of_a_title_more_copies_bear(
    titles: tuple[str, ...], found: list[str]
) -> None:
    assert titled(*titles) == found


def test_equals_are_decided_by_the_smaller_id() -> None:
    found = clustered(copied(("a", "b", "exact")), document("a"), document("b"))
    assert found == {"a": ("a", "original"), "b": ("a", "exact")}


def test_a_cut_copy_never_survives_a_whole_one() -> None:
    found = clustered(copied(("a", "b", "truncated")), document("a", source_id="high"), document("b"))
    assert found == {"a": ("b", "truncated"), "b": ("b", "original")}


def test_one_bloated_copy_does_not_make_all_others_incomplete() -> None:
    links = copied(("a", "b", "near"), ("a", "c", "near"), ("b", "c", "near"))
    found = clustered(links, document("a"), document("b"), document("c", char_count=112))
    assert {survivor for survivor, _ in found.values()} == {"a"}


def test_a_chain_is_cut_where_the_survivor_knows_no_pair() -> None:
    links = copied(("a", "b", "near"), ("b", "c", "near"), ("c", "d", "near"))
    found = clustered(links, *(document(letter) for letter in "abcd"))
    assert found == {"a": ("a", "original"), "b": ("a", "near"), "c": ("c", "original"), "d": ("c", "near")}


def test_siblings_are_not_copies() -> None:
    found = clustered(copied(("a", "b", "sibling")), document("a"), document("b"))
    assert found == {"a": ("a", "original"), "b": ("b", "original")}


def test_an_article_keeps_the_id_of_its_first_member() -> None:
    late = document("a", night=NIGHT + dt.timedelta(days=1), source_id="high")
    found = dedup.copies(copied(("a", "b", "exact")), frame(late, document("b")), SOURCES)
    assert found["article_id"].unique().to_list() == ["b" * 16]
    assert found["survivor_document_id"].unique().to_list() == ["a" * 16]


def test_an_older_version_of_a_record_is_superseded() -> None:
    old = document("a", natural_id="https://example.org/1", title_hans="旧题", source_id="high")
    new = document("b", natural_id="https://example.org/1", source_id="high", night=NIGHT + dt.timedelta(days=1))
    found = dedup.copies(copied(), frame(old, new), SOURCES)
    assert found.select("article_id", "survivor_document_id", "is_superseded", "verdict", "jaccard").rows() == [
        ("a" * 16, "b" * 16, True, "near", None),
        ("a" * 16, "b" * 16, False, "original", None),
    ]


def test_of_two_versions_of_one_night_the_one_published_later_is_current() -> None:
    early = document("b", natural_id="1", published_on=dt.date(2025, 2, 27))
    late = document("a", natural_id="1", published_on=dt.date(2025, 2, 28))
    assert clustered(copied(), early, late) == {"a": ("a", "original"), "b": ("a", "near")}


def test_an_older_version_is_measured_against_the_survivor_where_they_share_text() -> None:
    old = document("a", natural_id="1")
    new = document("b", natural_id="1", night=NIGHT + dt.timedelta(days=1))
    found = dedup.copies(copied(("a", "b", "truncated")), frame(old, new), SOURCES)
    assert found.select("verdict", "matched_document_id", "jaccard").row(0) == ("truncated", "b" * 16, 0.8)


def test_a_superseded_document_gives_its_copies_no_survivor() -> None:
    old = document("a", natural_id="1", source_id="high")
    new = document("b", natural_id="1", source_id="high", night=NIGHT + dt.timedelta(days=1))
    found = clustered(copied(("a", "b", "near"), ("a", "c", "exact")), old, new, document("c"))
    assert found == {"a": ("b", "near"), "b": ("b", "original"), "c": ("c", "original")}


def test_an_id_used_for_two_articles_makes_no_versions() -> None:
    old = document("a", natural_id="17", title_hans="台风过境")
    new = document("b", natural_id="17", night=NIGHT + dt.timedelta(days=1))
    assert clustered(copied(), old, new) == {"a": ("a", "original"), "b": ("b", "original")}


def test_those_who_would_be_published_next_stand_in_line_older_versions_last() -> None:
    day = dt.timedelta(days=1)
    links = copied(("a", "b", "exact"), ("b", "c", "near"), ("b", "d", "near"), ("a", "c", "near"), ("a", "d", "near"))
    found = dedup.copies(
        links,
        frame(
            document("a"),
            document("b", natural_id="1", source_id="high", night=NIGHT + 2 * day),
            document("c", natural_id="1", source_id="high", night=NIGHT),
            document("d", natural_id="1", source_id="high", night=NIGHT + day),
        ),
        SOURCES,
    )
    assert found["survivor_rank"].to_list() == [1, 0, 3, 2]


def test_what_was_taken_back_survives_only_among_its_like_and_keeps_its_place() -> None:
    best, second = document("a", source_id="high", retracted_night=NIGHT), document("b")
    found = dedup.copies(copied(("a", "b", "near")), frame(best, second), SOURCES)
    assert found.select("survivor_document_id", "survivor_rank").rows() == [("b" * 16, 0), ("b" * 16, 1)]
    taken = second | {"retracted_night": NIGHT}
    assert clustered(copied(("a", "b", "near")), best, taken) == {"a": ("a", "original"), "b": ("a", "near")}


# ---------------------------------------------------------------- relations
def related(pairs: pl.DataFrame, *documents: dict[str, Any]) -> list[tuple[str, str, str]]:
    found = dedup.relations(pairs, dedup.copies(pairs, frame(*documents), SOURCES))
    core.Relation.validate(found)
    return [(one[0], two[0], kind) for one, two, kind, *_ in found.iter_rows()]


def test_an_excerpt_relates_to_its_whole() -> None:
    pairs = copied(("a", "b", "excerpt_of"))
    assert related(pairs, document("a"), document("b")) == [("a", "b", "excerpt_of")]
    turned = pairs.with_columns(is_reversed=True)
    assert related(turned, document("a"), document("b")) == [("b", "a", "excerpt_of")]


def test_relations_of_copies_are_those_of_their_articles() -> None:
    pairs = copied(("a", "b", "exact"), ("a", "c", "overlaps"), ("b", "c", "overlaps"))
    found = related(pairs, *(document(letter) for letter in "abc"))
    assert found == [("a", "c", "overlaps"), ("c", "a", "overlaps")]


@pytest.mark.parametrize("relation", ["sibling", "overlaps"])
def test_what_holds_both_ways_stands_under_either_article(relation: str) -> None:
    pairs = copied(("a", "b", relation))
    assert related(pairs, document("a"), document("b")) == [("a", "b", relation), ("b", "a", relation)]


def test_the_evidence_names_the_figures_of_the_first_article_first() -> None:
    pairs = copied(("a", "b", "sibling")).with_columns(evidence=pl.lit("shared figures 1, differing 2: 3|4 8.5|9.1"))
    found = dedup.relations(pairs, dedup.copies(pairs, frame(document("a"), document("b")), SOURCES))
    assert found["evidence"].to_list() == [
        "shared figures 1, differing 2: 3|4 8.5|9.1",
        "shared figures 1, differing 2: 4|3 9.1|8.5",
    ]


def test_within_one_article_nothing_is_related() -> None:
    pairs = copied(("a", "b", "exact"), ("a", "c", "near"), ("b", "c", "overlaps"))
    assert related(pairs, *(document(letter) for letter in "abc")) == []


def test_superseded_documents_relate_to_nothing() -> None:
    old = document("a", natural_id="1")
    new = document("b", natural_id="1", night=NIGHT + dt.timedelta(days=1))
    assert related(copied(("a", "c", "sibling"), ("a", "b", "near")), old, new, document("c")) == []


def test_articles_taken_back_relate_to_nothing() -> None:
    assert related(copied(("a", "b", "sibling")), document("a", retracted_night=NIGHT), document("b")) == []


def test_of_several_pairs_of_one_relation_the_best_counts() -> None:
    pairs = copied(("a", "b", "exact"), ("a", "c", "overlaps"), ("b", "c", "overlaps"))
    pairs = pairs.with_columns(containment=pl.Series([1.0, 0.5, 0.7]))
    found = dedup.relations(pairs, dedup.copies(pairs, frame(*(document(letter) for letter in "abc")), SOURCES))
    assert found["score"].to_list() == [0.7, 0.7]
