"""An expectation that a query finds nothing, evaluated by counting once."""

from __future__ import annotations

from typing import Any, ClassVar

import great_expectations.expectations as gxe

from expectations.counted import Remembering

COUNT = "unexpected_rows_query.row_count"
NO_ROWS = "expect_no_rows"


class ExpectNoRows(Remembering, gxe.UnexpectedRowsExpectation):
    """The query finds no row. Great Expectations' own runs the query a second time for rows it then does not tell."""

    metric_dependencies: ClassVar[tuple[str, ...]] = (COUNT,)

    def _validate(self, metrics: dict[str, Any], *_: Any, **__: Any) -> dict[str, Any]:
        """Success and the number of rows found."""
        found = int(metrics[COUNT])
        return {"success": found == 0, "result": {"observed_value": found}}
