"""The laws no linter knows: transforms see frames alone, and one function reads the clock."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.conftest import PROJECT

# The world outside: clock, chance, files, network, environment, processes.
OUTSIDE = {
    "asyncio", "glob", "http", "locale", "multiprocessing", "os", "pathlib", "random", "requests", "secrets",
    "shutil", "socket", "subprocess", "sys", "tempfile", "threading", "time", "urllib", "uuid",
}  # fmt: skip
CLOCKS = {"now", "utcnow", "today", "fromtimestamp"}
# The dictionaries of OpenCC are files of a package, read where they are turned into frames.
READS_FILES = {"transforms/script/dictionaries.py": {"pathlib"}}
MODULES = sorted(path.relative_to(PROJECT).as_posix() for path in (PROJECT / "transforms").rglob("*.py"))
PACKAGES = ("flows", "transforms", "warehouse", "expectations", "seeds")


def tree(module: str) -> ast.Module:
    return ast.parse((PROJECT / module).read_text(encoding="utf-8"))


def imported(code: ast.AST) -> Iterator[str]:
    """The top-level packages a module imports."""
    for node in ast.walk(code):
        if isinstance(node, ast.Import):
            yield from (name.name.partition(".")[0] for name in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module.partition(".")[0]


def called(code: ast.AST) -> Iterator[str]:
    """The names of the methods and functions a module calls."""
    for node in ast.walk(code):
        if isinstance(node, ast.Call):
            yield node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")


def built_in(code: ast.AST) -> Iterator[str]:
    """The names of the functions a module calls that are no methods."""
    for node in ast.walk(code):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
            yield node.func.id


@pytest.mark.parametrize("module", MODULES)
def test_a_transform_knows_no_clock_file_network_or_chance(module: str) -> None:
    code = tree(module)
    assert OUTSIDE & set(imported(code)) <= READS_FILES.get(module, set())
    assert not {"open", "eval", "exec", "input", "print"} & set(built_in(code))
    assert not CLOCKS & set(called(code))
    assert not [
        name for name in called(code) if name.startswith(("scan_", "read_csv", "read_parquet", "sink_", "write_"))
    ]
    assert not {"sample", "shuffle"} & set(called(code))


def test_one_function_reads_the_clock() -> None:
    reading = [
        path.relative_to(PROJECT).as_posix()
        for package in PACKAGES
        for path in sorted((PROJECT / package).rglob("*.py"))
        if {"now", "utcnow", "today"} & set(called(ast.parse(path.read_text(encoding="utf-8"))))
    ]
    assert reading == ["flows/settings.py"]


def test_sql_asks_no_clock_and_no_chance() -> None:
    words = ("now(", "current_date", "current_timestamp", "today(", "random(", "uuid(", "gen_random_uuid")
    found = [
        f"{path.name}: {word}"
        for path in sorted((PROJECT / "warehouse").rglob("*.sql"))
        for word in words
        if word in path.read_text(encoding="utf-8").lower()
    ]
    assert found == []


def test_the_law_is_not_empty() -> None:
    assert len(MODULES) > 50
    assert set(imported(tree("flows/lock.py"))) & OUTSIDE
    assert {"now"} <= set(called(tree("flows/settings.py")))
    assert Path(PROJECT / "transforms" / "script" / "dictionaries.py").exists()
