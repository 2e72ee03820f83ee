"""How numbers, names and rows are told to people."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Mapping, Sequence
from difflib import get_close_matches
from typing import Any


def counted(number: int, noun: str, many: str | None = None) -> str:
    """`1 release`, `2,000 releases`: a number with its noun, `many` being the plural where an s does not make it."""
    return f"{number:,} {noun if number == 1 else many or f'{noun}s'}"


def listed(fates: Mapping[str, int]) -> str:
    """`22 published, 6 duplicates`: how many records had each fate, the most frequent first."""
    nouns = {"duplicate": "duplicate", "rejected_file": "rejected file"}
    ordered = sorted(fates.items(), key=lambda item: (-item[1], item[0]))
    told = [counted(number, nouns[fate]) if fate in nouns else f"{number:,} {fate}" for fate, number in ordered]
    return ", ".join(told) or "nothing"


def either(names: Sequence[str]) -> str:
    """`CN, TW or HK`: one of these."""
    *others, last = names
    return f"{', '.join(others)} or {last}" if others else last


def meant(word: str, known: Iterable[str]) -> str:
    """` (did you mean 'run'?)` after a word that is nearly one of the known, else nothing."""
    near = get_close_matches(word, list(known), n=1)
    return f" (did you mean {near[0]!r}?)" if near else ""


def show(rows: Sequence[Mapping[str, Any]]) -> None:
    """Rows on stdout: on a terminal a table, or a line a cell where it is too narrow for the names of the columns;
    elsewhere a line a row, cells between tabs, below their names."""
    if not sys.stdout.isatty():
        lines = (list(rows[0]), *map(told, rows))
        print("\n".join("\t".join(" ".join(cell.splitlines()).replace("\t", " ") for cell in cells) for cells in lines))
        return
    from rich.console import Console
    from rich.table import Table

    console = Console(markup=False, highlight=False)
    if sum(map(len, rows[0])) + 2 * len(rows[0]) > console.width:
        print("\n\n".join(spelt_out(row) for row in rows))
        return
    table = Table(box=None, pad_edge=False, header_style="dim")
    for name in rows[0]:
        # Chinese has no blanks to break at: a cell would be cut where it does not fit.
        table.add_column(name, overflow="fold")
    for row in rows:
        table.add_row(*told(row))
    console.print(table)


def spelt_out(row: Mapping[str, Any]) -> str:
    """A row as a line a column: its name, then its cell."""
    width = max(map(len, row))
    return "\n".join(f"{name:<{width}}  {cell}".rstrip() for name, cell in zip(row, told(row), strict=True))


def told(row: Mapping[str, Any]) -> list[str]:
    """The cells of a row as text; what is not there is empty."""
    return ["" if value is None else str(value) for value in row.values()]
