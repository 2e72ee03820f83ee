"""The seed tables are in order: tidy cells, proofs in pairs, names once, and places that agree with their codes."""

from __future__ import annotations

import re

import polars as pl
import pytest

import seeds
from flows.pipeline import PIPELINE
from tests.conftest import PROJECT
from transforms.tables.base import Table, seed_files
from transforms.tables.ref import ReasonCode
from transforms.tables.ref_entities import GazetteerName

NAMES = pl.concat(map(seeds.table, GazetteerName.SEEDS))
OF_STAGES = [table for stage in PIPELINE for table in stage.reads if table.NAME.startswith("ref.")]
DECLARED: list[type[Table]] = list(dict.fromkeys([*OF_STAGES, ReasonCode]))
PLACES = {row["name_hans"]: row for row in seeds.table("gazetteer/places").iter_rows(named=True)}
BY_CODE = {row["code"]: name for name, row in PLACES.items()}
CHINESE = re.compile(r"\d{6}")
KIND_OF_CODE = {
    "0000": {"province"},
    "00": {"city", "prefecture"},
    "": {"county", "district", "county_level_city"},
}


def endings(code: str) -> str:
    """The zeros that say at which level a code of GB/T 2260 stands."""
    return next(zeros for zeros in KIND_OF_CODE if code.endswith(zeros))


@pytest.mark.parametrize("table", DECLARED, ids=[t.NAME for t in DECLARED])
def test_every_seed_keeps_its_declaration(table: type[Table]) -> None:
    rows = table.validate(pl.concat(map(seeds.table, seed_files(table))), cast=True)
    assert rows.height > 0
    assert set(rows.columns) == set(table.column_names())


@pytest.mark.parametrize("name", seeds.names())
def test_cells_are_tidy_and_no_row_stands_twice(name: str) -> None:
    text, table = seeds.text(name), seeds.table(name)
    assert "\r" not in text
    assert text.endswith("\n")
    assert not text.endswith("\n\n")
    assert table.filter(table.is_duplicated()).is_empty()
    untidy = pl.any_horizontal(pl.all().str.strip_chars() != pl.all()).fill_null(False)
    assert table.filter(untidy).is_empty()


@pytest.mark.parametrize("name", [name for name in seeds.names() if "hit" in seeds.table(name).columns])
def test_a_proof_is_a_hit_and_a_miss(name: str) -> None:
    hit, miss = pl.col("hit"), pl.col("miss")
    lacking = pl.any_horizontal(hit.is_null(), miss.is_null(), hit == miss)
    assert seeds.table(name).filter(lacking).is_empty()


def test_every_seed_is_declared() -> None:
    assert sorted(file for table in DECLARED for file in seed_files(table)) == seeds.names()


@pytest.mark.parametrize("name", seeds.names())
def test_every_seed_is_explained(name: str) -> None:
    assert f"`{name}.csv`" in (PROJECT / "docs" / "seeds.md").read_text(encoding="utf-8")


def test_another_name_of_something_is_not_a_name_of_its_own() -> None:
    others = NAMES.with_columns(surface=pl.col("aliases").str.split("|")).explode("surface").drop_nulls("surface")
    assert others.filter(pl.struct("surface", "entity_type").is_duplicated()).is_empty()
    own = NAMES.select("entity_type", surface="name_hans")
    assert others.join(own, on=["surface", "entity_type"]).is_empty()


@pytest.mark.parametrize(
    ("file", "kinds"),
    [("confusables", {"none"}), ("places", {"place"}), ("organisations", {"organisation"}), ("people", {"person"}),
     ("products", {"product"}), ("concepts", {"concept", "event"})],
)  # fmt: skip
def test_a_name_stands_in_the_file_of_its_kind(file: str, kinds: set[str]) -> None:
    assert set(seeds.table(f"gazetteer/{file}")["entity_type"]) == kinds


def test_codes_of_places_are_unique() -> None:
    codes = [row["code"] for row in PLACES.values() if row["code"]]
    assert len(set(codes)) == len(codes)


def wholes(code: str) -> list[str]:
    """The prefecture, province and country an administrative code lies in."""
    return [BY_CODE[whole] for whole in (f"{code[:4]}00", f"{code[:2]}0000", "CN") if whole in BY_CODE]


def test_a_place_of_china_lies_in_the_place_its_code_names() -> None:
    coded = [row for row in PLACES.values() if CHINESE.fullmatch(row["code"] or "")]
    assert [row for row in coded if not any(whole.startswith(row["parent"]) for whole in wholes(row["code"]))] == []


def test_a_place_elsewhere_lies_in_a_place_with_a_row() -> None:
    others = [row for row in PLACES.values() if row["parent"] and not CHINESE.fullmatch(row["code"] or "")]
    assert [row for row in others if row["parent"] not in PLACES] == []


def test_the_code_of_a_place_tells_its_level() -> None:
    coded = [row for row in PLACES.values() if CHINESE.fullmatch(row["code"] or "")]
    assert [row for row in coded if row["entity_subtype"] not in KIND_OF_CODE[endings(row["code"])]] == []
