"""What the README shows is what the product does."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

from tests.conftest import PROJECT, Answer, Ask

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


def test_every_document_the_readme_names_is_there() -> None:
    links = re.findall(r"\]\(([^)#:]+)\)", README)
    assert [link for link in links if not (PROJECT / link).exists()] == []
