"""Material of others that the repository does not hold: real pages, feeds, test cases of other projects."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

FOLDER = Path(os.environ.get("WENCANG_MATERIAL") or Path(__file__).resolve().parents[2] / "shared")


def material(pattern: str) -> list[Path]:
    """The files of that pattern below the folder WENCANG_MATERIAL names (`shared` beside the repository, if it is not
    set), in the order of their paths; the test that asks for them is skipped where there is none."""
    files = sorted(FOLDER.glob(pattern))
    if not files:
        pytest.skip(f"no {pattern} below {FOLDER}, see WENCANG_MATERIAL in tests/material.py")
    return files
