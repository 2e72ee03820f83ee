"""The questions a warehouse is asked most, as the SQL files of `queries/`: `python -m warehouse.questions` lists them in docs/queries.md."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

FOLDER = Path(__file__).resolve().parent / "queries"
PAGE = Path(__file__).resolve().parents[1] / "docs" / "queries.md"


@dataclass(frozen=True, slots=True)
class Question:
    """One file of `queries/`: its first line is the comment `-- 中文 / English`, the rest one SELECT."""

    name: str
    chinese: str
    english: str
    sql: str


def read(path: Path) -> Question:
    """One question. Raises ValueError where the first line does not state it in both languages."""
    first, _, query = path.read_text(encoding="utf-8").partition("\n")
    chinese, slash, english = first.removeprefix("-- ").partition(" / ")
    if not slash:
        raise ValueError(f"{path.name}: the first line must read `-- 中文 / English`")
    return Question(path.stem, chinese, english, query.strip())


def every() -> list[Question]:
    """Every question, by name."""
    return [read(path) for path in sorted(FOLDER.glob("*.sql"))]


def markdown() -> str:
    """The page of questions."""
    rows = "".join(
        f"| [{question.name}](../warehouse/queries/{question.name}.sql) | {question.chinese} | {question.english} |\n"
        for question in every()
    )
    return (
        "# Questions\n\n"
        "Each is one SELECT over the published tables, to be pasted into any client or made into a dashboard tile.\n"
        "`wencang queries` lists them, `wencang queries NAME` answers one from the current release, `--sql` prints it;\n"
        "`wencang query 'SELECT …'` answers yours.\n"
        "Tests answer every one of them from the night of the sample articles; `make clients` from older clients.\n\n"
        f"| query | 问题 | question |\n|---|---|---|\n{rows}"
    )


if __name__ == "__main__":
    PAGE.write_text(markdown(), encoding="utf-8")
