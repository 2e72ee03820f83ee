"""What the README and the pages below docs/ show is what the product does, and their links lead somewhere."""

from __future__ import annotations

import re
import shlex
from collections.abc import Callable
from pathlib import Path
from typing import Any

import duckdb
import polars
import pytest

from flows.grammar import parser
from tests.conftest import PROJECT, Answer, Ask, Command
from warehouse.release import all_tables, all_views

README = (PROJECT / "README.md").read_text(encoding="utf-8")


def answered(ask: Ask) -> str:
    """The answer to the README's question as a Markdown table."""
    query = re.search(r"```sql\n(.*?)```", README, re.DOTALL)
    assert query is not None
    rows = ask(query[1].rstrip().rstrip(";"))
    head = f"| {' | '.join(rows[0])} |\n|{'---|' * len(rows[0])}\n"
    return head + "".join(f"| {' | '.join(str(value) for value in row.values())} |\n" for row in rows)


def test_the_question_has_the_answer_shown(sample_run: tuple[Path, Answer], ask: Callable[[Path], Ask]) -> None:
    shown = re.search(r"<!-- answer -->\n(.*?)<!-- /answer -->", README, re.DOTALL)
    assert shown is not None
    assert shown[1] == answered(ask(sample_run[0]))


def test_the_page_shown_is_the_page_shipped() -> None:
    page = (PROJECT / "seeds" / "articles" / "mirror" / "night-school-mirror.txt").read_text(encoding="utf-8")
    block = re.search(r"```text\n(.*?)```", README, re.DOTALL)
    assert block is not None
    assert [line for line in block[1].splitlines() if line.rstrip("…") not in page] == []


PAGES = [
    PROJECT / "README.md",
    PROJECT / "SECURITY.md",
    PROJECT / "CHANGELOG.md",
    *sorted(PROJECT.glob("docs/**/*.md")),
]


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.relative_to(PROJECT).as_posix())
def test_every_link_leads_somewhere(page: Path) -> None:
    links = re.findall(r"\]\(([^)#:]*)#?([^)#:]*)\)", page.read_text(encoding="utf-8"))
    assert [(file, place) for file, place in links if not is_there(page.parent / file if file else page, place)] == []


def is_there(file: Path, place: str) -> bool:
    """Whether a file is there, and the heading in it that a link names."""
    if not place or not file.exists():
        return file.exists()
    headings = re.findall(r"^#+ (.*)$", file.read_text(encoding="utf-8"), re.MULTILINE)
    return place in {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.relative_to(PROJECT).as_posix())
def test_every_command_shown_is_one(page: Path) -> None:
    for block in re.findall(r"```sh\n(.*?)```", page.read_text(encoding="utf-8"), re.DOTALL):
        for line in re.findall(r"^(?:\S+=\S+ )*(?:\.venv/bin/)?wencang (.*)$", block, re.MULTILINE):
            parser().parse_args(shlex.split(line.partition(" > ")[0], comments=True))


def test_every_option_told_of_is_one(tmp_path: Path, said: Command) -> None:
    commands = [command for page in PAGES for command in re.findall(r"`wencang ([^`]+)`", page.read_text("utf-8"))]
    told = {(command.split()[0], option) for command in commands for option in re.findall(r" (--[a-z-]+)", command)}
    shown = {verb: said(verb, "--help", home=tmp_path).out for verb in {verb for verb, _ in told} - {"--help", "VERB"}}
    assert [(verb, option) for verb, option in sorted(told) if verb in shown and option not in shown[verb]] == []


def test_every_column_told_of_is_published() -> None:
    columns = {table.NAME: set(table.columns()) for table in (*all_tables(), *all_views())}
    told = {
        (page.name, found)
        for page in PAGES
        for found in re.findall(
            r"\b((?:marts|meta)\.[a-z]+(?:_[a-z]+)*)(?:\.([a-z]+(?:_[a-z]+)*))?\b", page.read_text("utf-8")
        )
    }
    macros = {"marts.search", "marts.search_articles"}
    assert [
        (page, table, column)
        for page, (table, column) in sorted(told)
        if table not in macros and (table not in columns or not (column == "" or column in columns[table]))
    ] == []


def test_what_the_page_of_tables_shows_can_be_done(sample_run: tuple[Path, Answer], tmp_path: Path) -> None:
    page, file = (PROJECT / "docs" / "tables.md").read_text(encoding="utf-8"), "var/current/warehouse.duckdb"
    opened, handed = re.findall(r"```python\n(.*?)```", page, re.DOTALL)
    (own,) = re.findall(r"```sql\n(.*?)```", page, re.DOTALL)
    there = str(sample_run[0] / "current" / "warehouse.duckdb")
    shown: dict[str, Any] = {"polars": polars}
    exec(f"{opened.replace(file, there)}\n{handed}", shown)
    shown["connection"].close()
    with duckdb.connect(str(tmp_path / "mine.duckdb")) as mine:
        mine.execute("create table desks as select '滇池新闻网' as outlet, '社会' as desk").fetchall()
        assert mine.execute(own.replace(file, there)).fetchall()
        assert mine.execute("from marts.search('機器人')").fetchall()


def test_every_page_can_be_reached_from_the_readme() -> None:
    found, pages = set[Path](), [PROJECT / "README.md"]
    while pages:
        page = pages.pop()
        links = re.findall(r"\]\(([^)#:]+\.md)(?:#[^)]*)?\)", page.read_text(encoding="utf-8"))
        fresh = {(page.parent / link).resolve() for link in links} - found
        found |= fresh
        pages += sorted(fresh)
    assert sorted(set(PAGES) - found - {PROJECT / "README.md"}) == []
