"""What changed rules would do to what is there: found without writing anything, and exactly."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import polars as pl
import pytest

import seeds
from flows.commands.plan import compared, lines, rules_told
from flows.history.rule_changes import rows_of
from flows.settings import Home
from flows.work import opened
from tests.conftest import Answer, Ask


@pytest.fixture(scope="module")
def home(sample_run: tuple[Path, Answer], tmp_path_factory: pytest.TempPathFactory) -> Home:
    """A copy of the sample home: nothing here writes into it."""
    return Home(Path(shutil.copytree(sample_run[0], tmp_path_factory.mktemp("plan") / "home", symlinks=True)))


@pytest.fixture
def own_seeds(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of the seeds that a test may change."""
    shutil.copytree(seeds.FOLDER, tmp_path / "seeds")
    monkeypatch.setattr(seeds, "FOLDER", tmp_path / "seeds")
    return tmp_path / "seeds"


def test_under_the_same_rules_nothing_is_touched(home: Home) -> None:
    assert rules_told(home)["state"] == "same"


def test_a_rule_that_is_gone_touches_the_articles_it_cut(
    home: Home, own_seeds: Path, ask: Callable[[Path], Ask]
) -> None:
    cut = ask(home.root)(
        "select rule_id, list(distinct document_id order by document_id) as documents from meta.removed group by all"
    )
    rules = pl.read_csv(own_seeds / "noise_rules.csv", infer_schema=False)
    rule = min((row for row in cut if row["rule_id"] in set(rules["rule_id"])), key=lambda row: str(row["rule_id"]))
    rules.filter(pl.col("rule_id") != rule["rule_id"]).write_csv(own_seeds / "noise_rules.csv")

    told = rules_told(home)
    assert told["state"] == "changed"
    assert [(c["seed"], c["added"], c["removed"]) for c in told["changes"]] == [("noise_rules", [], [rule["rule_id"]])]
    assert told["stages"] == ["clean"]
    assert set(told["documents"]) >= set(rule["documents"])
    assert len(told["documents"]) < told["units"]
    assert {row["article_id"] for row in told["articles"]} <= {
        row["article_id"] for row in ask(home.root)("select article_id from marts.fct_article")
    }
    assert any(rule["rule_id"] in line for line in lines(told))


def test_a_rule_that_fits_nothing_touches_nothing(home: Home, own_seeds: Path) -> None:
    stops = pl.read_csv(own_seeds / "stop_words.csv", infer_schema=False)
    unheard_of = stops.head(1).with_columns(pl.lit("无此词语").alias(stops.columns[0]))
    pl.concat([stops, unheard_of]).write_csv(own_seeds / "stop_words.csv")
    told = rules_told(home)
    assert told["state"] == "changed"
    assert told["stages"] and told["documents"] == []


def test_a_plan_writes_nothing(home: Home, own_seeds: Path) -> None:
    before = home.work.read_bytes()
    (own_seeds / "topics.csv").write_text(
        "".join((own_seeds / "topics.csv").read_text(encoding="utf-8").splitlines(keepends=True)[:-1]), encoding="utf-8"
    )
    found = compared(home)
    assert found is not None and found.stages == ["classify"]
    assert home.work.read_bytes() == before


def test_a_home_of_an_earlier_version_is_not_compared(home: Home, tmp_path: Path) -> None:
    older = Home(Path(shutil.copytree(home.root, tmp_path / "older", symlinks=True)))
    with opened(older) as store:
        store.execute("alter table core.keywords add column forgotten INTEGER")
    assert rules_told(older)["state"] == "older"


def test_an_empty_home_has_no_rules_to_compare(tmp_path: Path) -> None:
    assert rules_told(Home(tmp_path))["state"] == "none"
    assert lines(rules_told(Home(tmp_path))) == []


def test_rows_of_a_seed_are_those_below_the_head() -> None:
    assert list(rows_of('rule_id,pattern\na,"x,y"\nb,z\n')) == [("a", "x,y"), ("b", "z")]
