"""Great Expectations' own expectations of a column, under their own names, evaluated by counting alone.

As they come they ask for the values that break them too, a query each, and show them on the pages of a release, where
nothing held back or masked may stand: `evidence` names the rows instead. That, and telling its configuration afresh
eighty times a validation, is half of what judging costs.
"""

from __future__ import annotations

from typing import Any

import great_expectations.expectations as gxe
from great_expectations.compatibility.pydantic import PrivateAttr
from great_expectations.expectations.expectation import ColumnMapExpectation, Expectation


class Remembering(Expectation):
    """An expectation that remembers its configuration until one of its fields changes."""

    _told: Any = PrivateAttr(default=None)

    def __setattr__(self, name: str, value: Any) -> None:
        """Another value, another configuration."""
        super().__setattr__(name, value)
        if name != "_told":
            self._told = None

    @property
    def configuration(self) -> Any:
        """The configuration, made once."""
        if self._told is None:
            self._told = super().configuration
        return self._told


class Counted(Remembering, ColumnMapExpectation):
    """An expectation of every value of a column that knows how many break it, not which."""

    def get_validation_dependencies(self, *args: Any, **kwargs: Any) -> Any:
        """What must be known: all but the values."""
        needed = super().get_validation_dependencies(*args, **kwargs)
        needed.metric_configurations.pop(f"{self.map_metric}.unexpected_values", None)
        return needed

    def _validate(self, metrics: dict[str, Any], *args: Any, **kwargs: Any) -> Any:
        """The verdict, with no value told."""
        return super()._validate({f"{self.map_metric}.unexpected_values": [], **metrics}, *args, **kwargs)


class ExpectColumnValuesToBeUnique(Counted, gxe.ExpectColumnValuesToBeUnique):
    """No value comes twice."""


class ExpectColumnValuesToNotBeNull(Counted, gxe.ExpectColumnValuesToNotBeNull):
    """No value is missing."""


class ExpectColumnValuesToBeInSet(Counted, gxe.ExpectColumnValuesToBeInSet):
    """Every value is one of a list."""


class ExpectColumnValuesToBeBetween(Counted, gxe.ExpectColumnValuesToBeBetween):
    """Every value is within bounds."""
