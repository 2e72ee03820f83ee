"""Where a relation turns: what two different articles must share to be parts, updates or siblings of one another."""

from __future__ import annotations

from typing import Any

import polars as pl
import pytest

from transforms.dedup.parts import with_relations

# Two reports of 200 and 400 letters, of two sources, on one day, with a turn of phrase in common.
REPORTS: dict[str, Any] = {
    "verdict": None, "is_template": False, "short": 200, "long": 400, "shared": 60, "containment": 0.3, "jaccard": 0.15,
    "placed": 20, "told": 0, "slots": 0, "slotted": 0, "longest": 20, "start_short": 0, "start_long": 200,
    "unlike": 0, "fewer": 4, "title_hans": "新馆周六开放", "same_title": False, "same_headline": False,
    "has_toll": False, "has_toll_other": False, "is_correction": False, "is_correction_other": False,
    "source_id": "one", "source_id_other": "two", "published_on": 100, "published_on_other": 100,
}  # fmt: skip
SAME_SOURCE = {"source_id_other": "one"}


def relation_of(**measures: Any) -> str | None:
    """The relation of two articles, `REPORTS` but for these measures."""
    assert not set(measures) - set(REPORTS)
    judged = pl.DataFrame([REPORTS | measures], schema_overrides={"verdict": pl.String})
    return with_relations(judged.with_columns(pl.col("published_on", "published_on_other").cast(pl.Date)))["relation"][
        0
    ]


def test_reports_with_a_turn_of_phrase_in_common_are_not_related() -> None:
    assert relation_of() is None


def test_copies_have_no_relation() -> None:
    assert relation_of(verdict="near", told=200, containment=1.0) is None


EXCERPT = {"containment": 0.85, "told": 120, "longest": 60, "placed": 160}


@pytest.mark.parametrize(
    ("measures", "relation"),
    [
        ({}, "excerpt_of"),
        ({"containment": 0.84}, "overlaps"),
        ({"told": 119}, "overlaps"),
        ({"long": 250}, "excerpt_of"),
        ({"long": 249}, "overlaps"),
        ({"short": 50, "told": 30}, "excerpt_of"),
        ({"short": 48, "told": 29}, None),
        ({"told": 0, "longest": 20, "containment": 0.98}, "excerpt_of"),
        ({"told": 0, "longest": 19, "containment": 0.98}, None),
        ({"told": 0, "longest": 20, "containment": 0.97}, None),
    ],
)
def test_an_excerpt_stands_in_its_whole_nearly_all_in_a_piece_or_few(
    measures: dict[str, Any], relation: str | None
) -> None:
    assert relation_of(**EXCERPT | measures) == relation


@pytest.mark.parametrize(
    ("days", "told", "relation"),
    [(31, 120, "excerpt_of"), (32, 149, None), (32, 150, "excerpt_of"), (-32, 149, None), (None, 120, "excerpt_of")],
)
def test_an_excerpt_is_of_the_same_month_or_long(days: int | None, told: int, relation: str | None) -> None:
    later = None if days is None else 100 + days
    assert relation_of(**EXCERPT | {"told": told, "published_on_other": later}) == relation


OVERLAP = {"containment": 0.5, "told": 100, "placed": 100}


@pytest.mark.parametrize(
    ("measures", "relation"),
    [
        ({}, "overlaps"),
        ({"told": 85}, "overlaps"),
        ({"told": 84}, None),
        ({"told": 84, "short": 168}, "overlaps"),
        ({"told": 60, "short": 120}, "overlaps"),
        ({"told": 59, "short": 100}, None),
        ({"told": 90, "short": 300}, "overlaps"),
        ({"told": 90, "short": 301}, None),
        ({"published_on_other": 107}, "overlaps"),
        ({"published_on_other": 108}, None),
        ({"published_on_other": 108, "told": 150}, "overlaps"),
        ({"published_on_other": 108, "told": 149}, None),
        ({"published_on_other": None}, "overlaps"),
        ({"slots": 2, "slotted": 10}, None),
    ],
)
def test_an_overlap_is_a_good_part_of_the_shorter_text_in_the_same_week(
    measures: dict[str, Any], relation: str | None
) -> None:
    assert relation_of(**OVERLAP | measures) == relation


def test_two_fillings_of_a_template_are_siblings_where_a_quarter_of_the_text_is_the_same() -> None:
    assert relation_of(is_template=True, jaccard=0.25) == "sibling"
    assert relation_of(is_template=True, jaccard=0.24) is None


FILLED = {"jaccard": 0.3, "placed": 100, "told": 30, "slots": 2, "slotted": 10}


@pytest.mark.parametrize(
    ("measures", "relation"),
    [
        ({}, "sibling"),
        ({"slots": 1}, None),
        ({"slotted": 9}, None),
        ({"long": 401}, None),
        ({"jaccard": 0.29}, None),
        ({"placed": 99}, None),
        ({"told": 29}, None),
    ],
)
def test_passages_that_alternate_with_other_words_are_a_template(
    measures: dict[str, Any], relation: str | None
) -> None:
    assert relation_of(**FILLED | measures) == relation


PARALLEL = {
    "jaccard": 0.3, "placed": 100, "told": 60, "long": 285, "unlike": 2, "fewer": 6, "start_short": 20, "start_long": 71,
}  # fmt: skip


@pytest.mark.parametrize(
    ("measures", "relation"),
    [
        ({}, "sibling"),
        ({"long": 286}, None),
        ({"start_long": 72}, None),
        ({"told": 59}, None),
        ({"fewer": 7}, None),
    ],
)
def test_a_passage_in_the_same_place_of_like_texts_with_other_figures_is_a_template(
    measures: dict[str, Any], relation: str | None
) -> None:
    assert relation_of(**PARALLEL | measures) == relation


RETURNS = {"jaccard": 0.3, "placed": 100, "told": 30, "same_title": True, "published_on_other": 132}


@pytest.mark.parametrize(
    ("measures", "relation"),
    [
        ({}, "sibling"),
        ({"published_on_other": 131}, None),
        ({"published_on_other": None}, None),
        ({"same_title": False}, None),
        ({"long": 401}, None),
    ],
)
def test_a_title_that_returns_after_a_month_is_a_template(measures: dict[str, Any], relation: str | None) -> None:
    assert relation_of(**RETURNS | measures) == relation


UPDATE = SAME_SOURCE | {"same_title": True, "jaccard": 0.2, "published_on_other": 103}


@pytest.mark.parametrize(
    ("measures", "relation"),
    [
        ({}, "update_of"),
        ({"published_on_other": 97}, "update_of"),
        ({"published_on_other": 104}, None),
        ({"published_on_other": None}, None),
        ({"jaccard": 0.19}, None),
        ({"source_id_other": "two"}, None),
        ({"title_hans": "周六新开放"}, None),
        ({"same_title": False}, None),
        (FILLED, "update_of"),
        (FILLED | {"is_template": True}, "sibling"),
    ],
)
def test_an_update_tells_it_again_under_the_same_title_in_the_next_days(
    measures: dict[str, Any], relation: str | None
) -> None:
    assert relation_of(**UPDATE | measures) == relation


TOLL = SAME_SOURCE | {
    "is_template": True, "jaccard": 0.5, "same_headline": True, "has_toll": True, "has_toll_other": True,
}  # fmt: skip
MENDED = SAME_SOURCE | {"is_template": True, "jaccard": 0.5, "containment": 0.65, "is_correction_other": True}


@pytest.mark.parametrize(
    ("measures", "relation"),
    [
        (TOLL, "update_of"),
        (TOLL | {"same_headline": False}, "sibling"),
        (TOLL | {"has_toll": False}, "sibling"),
        (TOLL | {"has_toll_other": False}, "sibling"),
        (TOLL | {"source_id_other": "two"}, "sibling"),
        (TOLL | {"published_on_other": 104}, "sibling"),
        (MENDED, "update_of"),
        (MENDED | {"containment": 0.64}, "sibling"),
        (MENDED | {"is_correction": True}, "sibling"),
    ],
)
def test_a_toll_that_grows_and_a_correction_have_other_figures_and_are_updates(
    measures: dict[str, Any], relation: str
) -> None:
    assert relation_of(**measures) == relation
