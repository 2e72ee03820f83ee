"""The judge: does a table hold as a whole? Great Expectations answers, on DuckDB itself."""

from __future__ import annotations

import importlib
import importlib.util
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import great_expectations as gx
from great_expectations.core.expectation_validation_result import ExpectationValidationResult
from great_expectations.data_context import EphemeralDataContext, set_context
from great_expectations.data_context.types.base import DataContextConfig, InMemoryStoreBackendDefaults
from great_expectations.expectations.expectation import Expectation

# Importing the class registers the datasource with Great Expectations.
from expectations import evidence
from expectations import own as own_expectations
from expectations.baseline import baseline
from expectations.duckdb_source import DuckDBDatasource as DuckDBDatasource
from expectations.no_rows import NO_ROWS
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
    """The verdict on a table."""

    judgements: tuple[Judgement, ...]

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

    def judge(self, table: type[Table]) -> Verdict:
        """Run every expectation of a table. Raises Crashed if one could not be evaluated."""
        suite = gx.ExpectationSuite(
            name=table.NAME, expectations=[*expectations_of(table), *self.own.get(table.NAME, [])]
        )
        if not suite.expectations:
            return Verdict(())
        asset: Any = self.source.add_query_asset(name=table.NAME, query=f"select * from {table.NAME}")
        definition = gx.ValidationDefinition(
            name=table.NAME,
            data=asset.add_batch_definition_whole_table("all"),
            suite=self.context.suites.add(suite),
        )
        result = self.context.validation_definitions.add(definition).run(result_format=COUNTS)
        return Verdict(tuple(self.with_evidence(judgement(table, r), r) for r in in_order(result.results)))

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
