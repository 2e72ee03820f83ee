"""The judge: what follows from a declaration, what is added, and how it is told."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import ClassVar

import dataframely as dy
import polars as pl
import pytest

from expectations import own
from expectations.counted import ExpectColumnValuesToBeBetween
from expectations.judge import Crashed, Judge, Verdict, expectations_of
from flows.pipeline import PIPELINE
from transforms.tables import ops, raw
from transforms.tables.base import Table, about, choice
from warehouse.store import Store


class Apple(Table):
    """One row per apple."""

    NAME: ClassVar[str] = "core.apples"
    ABOUT: ClassVar[str] = "苹果 / one row per apple"

    name = dy.String(primary_key=True, metadata=about("名", "name"))
    colour = choice(["red", "green"], "色", "colour")
    weight = dy.Float64(min=0, nullable=True, metadata=about("重", "weight"))


class Basket(Table):
    """One row per basket and apple."""

    NAME: ClassVar[str] = "core.baskets"
    ABOUT: ClassVar[str] = "篮 / one row per basket and apple"

    basket = dy.Int64(primary_key=True, metadata=about("篮", "basket"))
    apple = dy.String(primary_key=True, metadata=about("苹果", "apple"))


GOOD = {"name": ["a", "b"], "colour": ["red", "green"], "weight": [1.0, None]}


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    opened = Store(tmp_path / "work.duckdb", (ops.Revision, Apple))
    opened.execute("insert into ops.revision values (0)")
    yield opened
    opened.close()


def verdict(store: Store, apples: Mapping[str, Sequence[object]], folder: Path) -> Verdict:
    with store.transaction():
        store.replace(Apple, pl.DataFrame(apples, schema=Apple.create_empty().schema))
    return Judge(store.dbapi, folder).judge(Apple)


def test_a_good_table_holds(store: Store, tmp_path: Path) -> None:
    found = verdict(store, {**GOOD}, tmp_path)
    assert (found.broken, found.warnings) == ((), ())
    assert sorted((j.expectation_type, j.column_name) for j in found.judgements) == [
        ("expect_column_values_to_be_between", "weight"),
        ("expect_column_values_to_be_in_set", "colour"),
        ("expect_column_values_to_be_unique", "name"),
        ("expect_column_values_to_not_be_null", "colour"),
        ("expect_column_values_to_not_be_null", "name"),
    ]


@pytest.mark.parametrize(
    ("column", "values", "expected"),
    [
        ("name", ["a", "a"], ("expect_column_values_to_be_unique", 2)),
        ("colour", ["red", "blue"], ("expect_column_values_to_be_in_set", 1)),
        ("weight", [1.0, -1.0], ("expect_column_values_to_be_between", 1)),
    ],
)
def test_a_broken_declaration_is_named_and_counted(
    store: Store, tmp_path: Path, column: str, values: list[object], expected: tuple[str, int]
) -> None:
    found = verdict(store, {**GOOD, column: values}, tmp_path)
    assert [(j.expectation_type, j.unexpected_count) for j in found.broken] == [expected]
    assert found.broken[0].column_name == column
    assert found.broken[0].query is not None
    assert len(store.rows(found.broken[0].query)) == expected[1]


def test_the_pages_count_what_breaks_and_do_not_show_it(store: Store, tmp_path: Path) -> None:
    (tmp_path / "apples.yaml").write_text(
        """
table: core.apples
expectations:
  - type: ExpectColumnValueLengthsToBeBetween
    column: colour
    max_value: 3
    severity: warn
    why: we like them red
""",
        encoding="utf-8",
    )
    with store.transaction():
        store.replace(Apple, pl.DataFrame({**GOOD, "colour": ["red", "secret"]}, schema=Apple.create_empty().schema))
    judge = Judge(store.dbapi, tmp_path)
    verdict = judge.judge(Apple)
    assert [told.unexpected_count for told in (*verdict.broken, *verdict.warnings)] == [1, 1]
    judge.write_docs(tmp_path / "pages")
    pages = [path.read_text(encoding="utf-8") for path in (tmp_path / "pages").rglob("*.html")]
    assert any("1 unexpected values found" in page for page in pages)
    assert not any("secret" in page for page in pages)


def test_an_expectation_whose_field_changes_is_another() -> None:
    told = ExpectColumnValuesToBeBetween(column="weight", min_value=0)
    assert told.configuration is told.configuration
    told.min_value = 1
    assert told.configuration.kwargs == {"column": "weight", "min_value": 1}


@pytest.mark.parametrize(("apples", "broken"), [(["a", "b", "a"], 0), (["a", "b", "b"], 1), (["a", "a", "a"], 1)])
def test_a_key_of_two_columns_that_comes_twice_is_broken(
    store: Store, tmp_path: Path, apples: list[str], broken: int
) -> None:
    store.create(Basket)
    rows = pl.DataFrame({"basket": [1, 2, 2], "apple": apples}, schema=Basket.create_empty().schema)
    with store.transaction():
        store.replace(Basket, rows)
    found = Judge(store.dbapi, tmp_path).judge(Basket).broken
    assert [(j.why, j.unexpected_count) for j in found] == [("the primary key names one row", 1)] * broken


def test_a_broken_expectation_names_its_first_rows_and_shows_no_text(store: Store, tmp_path: Path) -> None:
    (tmp_path / "apples.yaml").write_text(
        """
table: core.apples
expectations:
  - no_rows: "select name as apple_id, name as text from {batch}"
    severity: warn
    why: no apples today
""",
        encoding="utf-8",
    )
    [told] = verdict(store, {**GOOD}, tmp_path).warnings
    assert told.unexpected_count == 2
    assert told.query == "select name as apple_id, name as text from core.apples"
    assert told.first_rows is not None
    assert sorted(told.first_rows.splitlines()) == ["apple_id a", "apple_id b"]


def test_users_add_expectations_of_their_own(store: Store, tmp_path: Path) -> None:
    (tmp_path / "apples.yaml").write_text(
        """
table: core.apples
expectations:
  - type: ExpectColumnValuesToNotBeNull
    column: weight
    severity: warn
    why: our scales are never broken
  - no_rows: "select name from {batch} where name = 'b'"
    severity: fail
    why: b is a bad apple
""",
        encoding="utf-8",
    )
    found = verdict(store, {**GOOD}, tmp_path)
    assert [(j.why, j.unexpected_count) for j in found.warnings] == [("our scales are never broken", 1)]
    assert [j.why for j in found.broken] == ["b is a bad apple"]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("table: core.apples\nexpectations:\n  - type: ExpectNothing\n    severity: warn\n    why: x", "ExpectNothing"),
        ("table: core.apples\nexpectations:\n  - severity: perhaps\n    why: x", "'perhaps' is missing, or none"),
        ("a: [", "ParserError"),
        ("[]", "TypeError"),
    ],
)
def test_an_unusable_file_is_named(tmp_path: Path, text: str, told: str) -> None:
    (tmp_path / "mine.yaml").write_text(text, encoding="utf-8")
    with pytest.raises(own.Unusable, match=rf"mine\.yaml: .*{told}"):
        own.read(tmp_path)


def test_an_expectation_that_cannot_be_evaluated_is_no_verdict(store: Store, tmp_path: Path) -> None:
    (tmp_path / "apples.yaml").write_text(
        "table: core.apples\nexpectations:\n  - {no_rows: 'select nonsense from {batch}', severity: warn, why: x}",
        encoding="utf-8",
    )
    with pytest.raises(Crashed, match=r"core\.apples"):
        verdict(store, {**GOOD}, tmp_path)


@pytest.mark.parametrize("table", [raw.Record, *(stage.writes for stage in PIPELINE)], ids=lambda t: t.NAME)
def test_every_table_of_the_timetable_has_a_suite_with_reasons(table: type[Table]) -> None:
    suite = expectations_of(table)
    assert len(suite) >= 3
    assert all(e.meta and e.meta["why"] for e in suite)


def test_what_is_expected_of_rows_is_asked_of_new_rows_alone(store: Store, tmp_path: Path) -> None:
    with store.transaction():
        store.insert(Apple, pl.DataFrame({**GOOD, "colour": ["red", "blue"]}, schema=Apple.create_empty().schema))
        store.insert(Apple, pl.DataFrame({**GOOD, "name": ["c", "d"]}, schema=Apple.create_empty().schema))

    def judged(since: int | None = None) -> Verdict:
        return Judge(store.dbapi, tmp_path).judge(Apple, since)

    assert not judged().rows_hold
    assert [j.expectation_type for j in judged(1).broken] == ["expect_column_values_to_be_in_set"]
    assert (judged(2).broken, judged(2).rows_hold) == ((), True)


def test_what_is_expected_of_the_whole_is_asked_of_all_rows(store: Store, tmp_path: Path) -> None:
    (tmp_path / "apples.yaml").write_text(
        "table: core.apples\n"
        "expectations:\n"
        "  - {no_rows: 'select name from {batch}', severity: warn, why: no apples today}",
        encoding="utf-8",
    )
    with store.transaction():
        store.insert(Apple, pl.DataFrame(GOOD, schema=Apple.create_empty().schema))
    found = Judge(store.dbapi, tmp_path).judge(Apple, since=2)
    assert [(j.why, j.unexpected_count) for j in found.warnings] == [("no apples today", 2)]
    assert found.rows_hold


def test_another_expectation_is_another_yardstick(store: Store, tmp_path: Path) -> None:
    before = Judge(store.dbapi, tmp_path).yardstick(Apple)
    assert before == Judge(store.dbapi, tmp_path).yardstick(Apple)
    assert before != Judge(store.dbapi, tmp_path).yardstick(Basket)
    (tmp_path / "apples.yaml").write_text(
        "table: core.apples\nexpectations:\n  - {no_rows: 'from {batch}', severity: warn, why: x}", encoding="utf-8"
    )
    assert before != Judge(store.dbapi, tmp_path).yardstick(Apple)
