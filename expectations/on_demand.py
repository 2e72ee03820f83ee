"""What Great Expectations imports for charts and tests nobody asks for here: loaded when first looked into.

A third of its import time goes into two libraries, one that draws histograms and one that compares distributions.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from importlib.abc import MetaPathFinder
from importlib.machinery import ModuleSpec, PathFinder
from importlib.util import LazyLoader
from types import ModuleType

RARE = frozenset(("altair", "scipy.stats"))


class OnDemand(MetaPathFinder):
    """Finds the rare modules as anybody would, and puts off running them."""

    def find_spec(
        self, fullname: str, path: Sequence[str] | None = None, target: ModuleType | None = None
    ) -> ModuleSpec | None:
        """The spec of a rare module; None leaves every other to whoever comes next."""
        spec = PathFinder.find_spec(fullname, path, target) if fullname in RARE else None
        if spec is not None and spec.loader is not None:
            spec.loader = LazyLoader(spec.loader)
        return spec


def begin() -> None:
    """From now on in this process; said twice it does nothing."""
    if not any(isinstance(finder, OnDemand) for finder in sys.meta_path):
        sys.meta_path.insert(0, OnDemand())
