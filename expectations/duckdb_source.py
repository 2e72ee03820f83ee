"""DuckDB as a datasource of Great Expectations: every result is read before its connection goes back to the pool."""

from __future__ import annotations

from typing import Any, Literal

from great_expectations.datasource.fluent import SQLDatasource
from great_expectations.datasource.fluent.config_str import ConfigStr
from great_expectations.execution_engine import SqlAlchemyExecutionEngine


class DuckDBExecutionEngine(SqlAlchemyExecutionEngine):
    """Runs SQL on DuckDB."""

    def execute_query(self, query: Any) -> Any:
        """The result of a query, already fetched: DuckDB drops an unread result with its connection."""
        with self.engine.connect() as connection:
            return connection.execute(query).freeze()()


class DuckDBDatasource(SQLDatasource):
    """A DuckDB database; importing this class registers `data_sources.add_duckdb`."""

    type: Literal["duckdb"] = "duckdb"  # pyright: ignore[reportIncompatibleVariableOverride]
    connection_string: ConfigStr | str

    @property
    def execution_engine_type(self) -> type[SqlAlchemyExecutionEngine]:
        """The engine that runs this datasource's queries."""
        return DuckDBExecutionEngine
