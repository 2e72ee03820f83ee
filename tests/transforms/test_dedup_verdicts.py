"""Where the verdict on two texts turns: what their measures must reach to make them one article, or two of one template."""

from __future__ import annotations

from typing import Any

import polars as pl
import pytest

from transforms.dedup.verdicts import with_verdicts

# Two edited copies of 400 letters, under two titles, on one day: one article.
EDITED: dict[str, Any] = {
    "same_letters": False, "same_title": False, "is_misprinted": False,
    "short": 400, "long": 400, "containment": 0.85, "jaccard": 0.75, "start_share": 1.0, "end_share": 1.0,
    "aligned": 0, "differing": 0, "unlike": 0, "fewer": 0,
    "aligned_names": 0, "differing_names": 0, "apart_names": 0,
    "script": "Hans", "script_other": "Hans", "script_origin": None, "script_origin_other": "native",
    "published_on": 100, "published_on_other": 100,
}  # fmt: skip
CLOSE = {"containment": 0.95, "jaccard": 0.9}
TITLED = {"same_title": True}


def verdict_on(**measures: Any) -> str | None:
    """The verdict on two texts, `EDITED` but for these measures; 'template' where one was filled twice."""
    unknown = set(measures) - set(EDITED)
    assert not unknown
    described = pl.DataFrame(
        [EDITED | measures], schema_overrides={"script_origin": pl.String, "script_origin_other": pl.String}
    ).with_columns(pl.col("published_on", "published_on_other").cast(pl.Date))
    judged = with_verdicts(described).row(0, named=True)
    return "template" if judged["is_template"] else judged["verdict"]


@pytest.mark.parametrize(
    ("measures", "verdict"),
    [
        ({"containment": 0.82, "jaccard": 0.65}, "near"),
        ({"containment": 0.81}, None),
        ({"jaccard": 0.64}, None),
        (TITLED | {"containment": 0.65, "jaccard": 0.45}, "near"),
        (TITLED | {"containment": 0.64}, None),
        (TITLED | {"jaccard": 0.44}, None),
        (TITLED | {"containment": 0.7, "jaccard": 0.5, "short": 60, "long": 60}, "near"),
        (TITLED | {"containment": 0.7, "jaccard": 0.5, "short": 59, "long": 60}, None),
        ({"is_misprinted": True, "containment": 0.3, "jaccard": 0.2}, "near"),
    ],
)
def test_edited_copies_share_most_of_their_text_or_a_title_and_much_of_it(
    measures: dict[str, Any], verdict: str | None
) -> None:
    assert verdict_on(**measures) == verdict


@pytest.mark.parametrize(
    ("days", "measures", "verdict"),
    [
        (31, {}, "near"),
        (-32, {}, None),
        (32, TITLED, None),
        (32, {"is_misprinted": True}, None),
        (32, {"containment": 0.9, "jaccard": 0.8}, "near"),
        (32, {"containment": 0.89, "jaccard": 0.8}, None),
        (32, {"containment": 0.9, "jaccard": 0.79}, None),
    ],
)
def test_a_copy_of_months_later_is_a_close_one(days: int, measures: dict[str, Any], verdict: str | None) -> None:
    assert verdict_on(published_on_other=100 + days, **measures) == verdict


def test_where_a_day_is_not_known_the_texts_alone_decide() -> None:
    assert verdict_on(published_on_other=None) == "near"


CUT = {"short": 300, "long": 400, "containment": 0.9, "jaccard": 0.6, "end_share": 0.0}


@pytest.mark.parametrize(
    ("measures", "verdict"),
    [
        ({}, "truncated"),
        ({"containment": 0.89}, None),
        (TITLED | {"containment": 0.8, "jaccard": 0.4}, "truncated"),
        (TITLED | {"containment": 0.79, "jaccard": 0.4}, None),
        ({"end_share": 0.15}, "truncated"),
        ({"end_share": 0.16}, None),
        ({"start_share": 0.5}, "truncated"),
        ({"start_share": 0.49}, None),
        (TITLED | {"start_share": 0.0}, "truncated"),
        ({"short": 180}, "truncated"),
        ({"short": 179}, None),
        ({"short": 372}, "truncated"),
        ({"short": 373}, None),
        ({"short": 48, "long": 60}, "truncated"),
        ({"short": 49, "long": 60}, None),
    ],
)
def test_a_cut_copy_has_the_beginning_and_lacks_the_end(measures: dict[str, Any], verdict: str | None) -> None:
    assert verdict_on(**CUT | measures) == verdict


PART = {"containment": 0.9, "jaccard": 0.65, "short": 320, "start_share": 0.4}


@pytest.mark.parametrize(
    ("measures", "verdict"),
    [
        ({}, None),
        ({"start_share": 0.5}, "near"),
        ({"same_title": True}, "near"),
        ({"short": 321}, "near"),
        ({"containment": 0.89}, "near"),
        (TITLED | {"short": 240, "containment": 0.7, "jaccard": 0.6}, None),
        (TITLED | {"short": 241, "containment": 0.7, "jaccard": 0.6}, "near"),
        (TITLED | {"short": 240, "containment": 0.7, "jaccard": 0.61}, "near"),
    ],
)
def test_a_part_is_no_copy(measures: dict[str, Any], verdict: str | None) -> None:
    assert verdict_on(**PART | measures) == verdict


@pytest.mark.parametrize(
    ("differing", "aligned", "verdict"),
    [
        (1, 4, "template"), (1, 5, "near"), (2, 9, "near"),
        (3, 25, "template"), (3, 26, "near"), (2, 2, "template"),
    ],
)  # fmt: skip
def test_other_figures_in_the_same_places_make_two_fillings_of_a_template(
    differing: int, aligned: int, verdict: str
) -> None:
    assert verdict_on(differing=differing, aligned=aligned) == verdict


def test_figures_between_the_same_phrases_mean_nothing_where_little_else_is_the_same() -> None:
    filled = {"differing": 3, "aligned": 3, "containment": 0.3}
    assert verdict_on(jaccard=0.2, **filled) == "template"
    assert verdict_on(jaccard=0.19, **filled) is None


OTHER_FIGURES = {"unlike": 2, "fewer": 4}


@pytest.mark.parametrize(
    ("measures", "verdict"),
    [
        ({}, "template"),
        ({"fewer": 5}, "near"),
        ({"unlike": 1, "fewer": 2}, "near"),
        (TITLED, "near"),
        ({"containment": 0.9}, "near"),
        ({"containment": 0.81}, None),
    ],
)
def test_figures_that_stand_nowhere_in_the_other_text_make_another_report(
    measures: dict[str, Any], verdict: str | None
) -> None:
    assert verdict_on(**OTHER_FIGURES | measures) == verdict


@pytest.mark.parametrize(
    ("measures", "verdict"),
    [
        ({"differing_names": 1, "aligned_names": 2}, "template"),
        ({"differing_names": 1, "aligned_names": 3}, "near"),
        ({"differing_names": 2, "aligned_names": 5}, "near"),
        (TITLED | {"differing_names": 1, "aligned_names": 1}, "near"),
        (TITLED | {"differing_names": 2, "aligned_names": 4}, "template"),
        (TITLED | CLOSE | {"differing_names": 1, "aligned_names": 1}, "near"),
        (TITLED | CLOSE | {"differing_names": 1, "aligned_names": 1, "apart_names": 1}, "template"),
        (TITLED | {"differing_names": 1, "aligned_names": 1, "apart_names": 1}, "near"),
        (TITLED | CLOSE | {"differing_names": 1, "aligned_names": 1, "short": 59}, "template"),
        ({"script_other": "Hant", "differing_names": 1, "aligned_names": 1}, "cross_script"),
        ({"script_other": "Hant", "differing_names": 2, "aligned_names": 2}, "template"),
        ({"containment": 0.81, "differing_names": 2, "aligned_names": 2}, None),
    ],
)
def test_other_names_make_another_report_where_no_edit_explains_them(
    measures: dict[str, Any], verdict: str | None
) -> None:
    assert verdict_on(**measures) == verdict


@pytest.mark.parametrize(
    ("measures", "verdict"),
    [
        ({"same_letters": True}, "exact"),
        ({"same_letters": True, "script_other": "Hant"}, "cross_script"),
        ({"script_other": "Hant"}, "cross_script"),
        ({"script_origin": "converted_phrase"}, "cross_script"),
        (CUT | {"script_other": "Hant"}, "truncated"),
    ],
)
def test_a_copy_in_another_script_or_otherwise_converted_is_told_as_one_unless_it_is_cut(
    measures: dict[str, Any], verdict: str
) -> None:
    assert verdict_on(**measures) == verdict
