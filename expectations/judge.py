"""The judge: does a table hold as a whole? Great Expectations answers, on DuckDB itself."""

from __future__ import annotations

import hashlib
import importlib
import importlib.util
import json
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from importlib.metadata import version
from pathlib import Path
from typing import Any

import great_expectations as gx
from great_expectations.core.expectation_validation_result import ExpectationValidationResult
from great_expectations.data_context import EphemeralDataContext, set_context
from great_expectations.data_context.types.base import DataContextConfig, InMemoryStoreBackendDefaults
from great_expectations.expectations.expectation import Expectation

from expectations import evidence
from expectations import own as own_expectations
from expectations.baseline import baseline
from expectations.duckdb_source import DuckDBDatasource as DuckDBDatasource  # importing it registers the datasource
from expectations.no_rows import NO_ROWS
from expectations.severity import OF_ROWS, is_of_rows
from transforms.tables.base import Table

# How many rows break an expectation, and none of their values, whoever wrote it.
COUNTS = {"result_format": "BASIC", "partial_unexpected_count": 0}
SEVERITIES = {"critical": "fail", "warning": "warn", "info": "warn"}


class Crashed(Exception):
    """An expectation could not be evaluated: a fault of ours or of the engine, never bad data."""


@dataclass(frozen=True, slots=True)
class Judgement:
    """The verdict on one expectation."""

    table_name: str
    expectation_type: str
    column_name: str | None
    severity: str
    success: bool
    observed: str | None
    unexpected_count: int | None
    why: str
    query: str | None = None
    first_rows: str | None = None


@dataclass(frozen=True, slots=True)
class Verdict:
    """The verdict on a table. `rows_hold`: no row breaks what is expected of rows."""

    judgements: tuple[Judgement, ...]
    rows_hold: bool

    @property
    def broken(self) -> tuple[Judgement, ...]:
        """Expectations of severity `fail` that do not hold."""
        return tuple(j for j in self.judgements if not j.success and j.severity == "fail")

    @property
    def warnings(self) -> tuple[Judgement, ...]:
        """Expectations of severity `warn` that do not hold."""
        return tuple(j for j in self.judgements if not j.success and j.severity == "warn")


class Unwritten(EphemeralDataContext):
    """A context in memory whose YAML nobody reads: it would be written anew with every table."""

    def _save_project_config(self) -> None: ...


class Judge:
    """One Great Expectations context over one DuckDB, for as many tables as there are."""

    def __init__(self, connect: Callable[[], Any], own: Path):
        """`connect` gives a DB-API connection of its own on every call; `own` holds the user's YAML files, if any."""
        self.connect = connect
        self.names: set[str] = set()
        self.own = own_expectations.read(own)
        # No site of its own in a temporary folder: it would be built a second time and left behind.
        stores = InMemoryStoreBackendDefaults(init_temp_docs_sites=False)
        self.context: Any = Unwritten(DataContextConfig(store_backend_defaults=stores))
        set_context(self.context)
        self.context.variables.progress_bars = {"globally": False}
        data_sources: Any = self.context.data_sources
        self.source: Any = data_sources.add_duckdb(
            "warehouse", connection_string="duckdb://", kwargs={"creator": connect}
        )

    def judge(self, table: type[Table], since: int | None = None) -> Verdict:
        """Run every expectation of a table. Raises Crashed if one could not be evaluated.

        `since`: what is expected of rows holds for all rows below this row number, which share no value of the first
        column of the primary key with the others: only these are asked.
        """
        asked, everything = self.expectations(table), f"select * from {table.NAME}"
        of_rows = [expectation for expectation in asked if is_of_rows(expectation)]
        if since is None:
            results = self.results(table.NAME, everything, asked)
        else:
            results = self.results(table.NAME, everything, [one for one in asked if not is_of_rows(one)])
            results += self.results(f"{table.NAME}.new_rows", f"{everything} where rowid >= {since}", of_rows)
        told = tuple(self.with_evidence(judgement(table, r), r) for r in in_order(results))
        held = [bool(r.success) for r in results if (config(r).meta or {}).get(OF_ROWS)]
        return Verdict(told, all(held))

    def expectations(self, table: type[Table]) -> list[Expectation]:
        """All that is expected of a table, by us and by the user."""
        return [*expectations_of(table), *self.own.get(table.NAME, [])]

    def yardstick(self, table: type[Table]) -> str:
        """A digest of all that is expected of a table, and of whom it is asked by."""
        asked = [expectation.configuration for expectation in self.expectations(table)]
        told = sorted(json.dumps([a.type, a.severity, a.kwargs, a.meta], default=str, sort_keys=True) for a in asked)
        engines = [f"{name} {version(name)}" for name in ("wencang", "great-expectations", "duckdb")]
        return hashlib.sha256("\0".join([*engines, *told]).encode()).hexdigest()

    def results(self, name: str, query: str, asked: list[Expectation]) -> list[ExpectationValidationResult]:
        """What came of asking some expectations of the rows a query gives, under a name of their own."""
        if not asked:
            return []
        name = self.unused(name)
        suite = self.context.suites.add(gx.ExpectationSuite(name=name, expectations=asked))
        asset: Any = self.source.add_query_asset(name=name, query=query)
        batch = asset.add_batch_definition_whole_table("all")
        definition = gx.ValidationDefinition(name=name, data=batch, suite=suite)
        return list(self.context.validation_definitions.add(definition).run(result_format=COUNTS).results)

    def unused(self, name: str) -> str:
        """The name, with as many marks as it takes to be new: a table may be judged once more after it was done over."""
        while name in self.names:
            name += "_again"
        self.names.add(name)
        return name

    def with_evidence(self, told: Judgement, result: ExpectationValidationResult) -> Judgement:
        """Where an expectation does not hold: the query that shows it and the first rows it finds."""
        if told.success:
            return told
        query = evidence.query(told.table_name, config(result))
        return (
            told if query is None else replace(told, query=query, first_rows=evidence.first_rows(self.connect, query))
        )

    def close(self) -> None:
        """Let go of the database; verdicts and pages stay."""
        self.source.get_engine().dispose()

    def write_docs(self, folder: Path) -> None:
        """Great Expectations' own pages about everything judged so far, as a static site in `folder`."""
        store = {"class_name": "TupleFilesystemStoreBackend", "base_directory": str(folder)}
        site = {
            "class_name": "SiteBuilder",
            "store_backend": store,
            "site_index_builder": {"class_name": "DefaultSiteIndexBuilder"},
        }
        self.context.add_data_docs_site(site_name="release", site_config=site)
        self.context.build_data_docs(site_names=["release"])


def expectations_of(table: type[Table]) -> list[Expectation]:
    """The baseline of a table and what `expectations/tables/<table>.py` adds about it as a whole."""
    module = f"expectations.tables.{table.NAME.partition('.')[2]}"
    extra: list[Expectation] = []
    if importlib.util.find_spec(module):
        extra = importlib.import_module(module).expectations()
    return [*baseline(table), *extra]


def in_order(results: Iterable[ExpectationValidationResult]) -> list[ExpectationValidationResult]:
    """Results by type and column: Great Expectations gives them in any order."""
    return sorted(results, key=lambda r: (config(r).type, str(config(r).kwargs.get("column"))))


def config(result: ExpectationValidationResult) -> Any:
    """The configuration a result belongs to."""
    return result.expectation_config


def judgement(table: type[Table], result: ExpectationValidationResult) -> Judgement:
    """The verdict on one expectation. Raises Crashed if it was not evaluated."""
    asked = config(result)
    problem: Any = result.exception_info or {}
    problems = [problem] if "raised_exception" in problem else list(problem.values())
    if crashed := [p for p in problems if p.get("raised_exception")]:
        raise Crashed(f"{asked.type} on {table.NAME}: {crashed[0].get('exception_message')}")
    observed: dict[str, Any] = result.result or {}
    return Judgement(
        table_name=table.NAME,
        expectation_type=asked.type,
        column_name=asked.kwargs.get("column"),
        severity=SEVERITIES[str(getattr(asked.severity, "value", asked.severity))],
        success=bool(result.success),
        observed=None if observed.get("observed_value") is None else str(observed["observed_value"]),
        unexpected_count=observed["observed_value"] if asked.type == NO_ROWS else observed.get("unexpected_count"),
        why=str((asked.meta or {}).get("why", "")),
    )
