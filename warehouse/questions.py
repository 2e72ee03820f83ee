"""The questions a warehouse is asked most, as the SQL files of `queries/`: `python -m warehouse.questions` lists them in docs/queries.md."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from warehouse.quoting import quoted

FOLDER = Path(__file__).resolve().parent / "queries"
PAGE = Path(__file__).resolve().parents[1] / "docs" / "queries.md"

ABOUT = "-- about: "


@dataclass(frozen=True, slots=True)
class Question:
    """One file of `queries/`: its first line is the comment `-- 中文 / English`, the rest one SELECT.

    A question about something has a second line, `-- about: WORD`: the literal of its SELECT another word may stand for.
    """

    name: str
    chinese: str
    english: str
    about: str | None
    sql: str

    def of(self, word: str) -> str:
        """The SELECT about another word. Raises ValueError where the question is about none."""
        if self.about is None:
            raise ValueError(f"{self.name} is about no word")
        return self.sql.replace(quoted(self.about), quoted(word))


def read(path: Path) -> Question:
    """One question. Raises ValueError where the first line does not state it in both languages, or the SELECT does not
    hold the word it is about."""
    first, _, query = path.read_text(encoding="utf-8").partition("\n")
    chinese, slash, english = first.removeprefix("-- ").partition(" / ")
    if not slash:
        raise ValueError(f"{path.name}: the first line must read `-- 中文 / English`")
    about = None
    if query.startswith(ABOUT):
        told, _, query = query.partition("\n")
        about = told.removeprefix(ABOUT)
        if quoted(about) not in query:
            raise ValueError(f"{path.name}: the second line says {about}, and no literal of the SELECT does")
    return Question(path.stem, chinese, english, about, query.strip())


def every() -> list[Question]:
    """Every question, by name."""
    return [read(path) for path in sorted(FOLDER.glob("*.sql"))]


def markdown() -> str:
    """The page of questions."""
    rows = "".join(
        f"| [{question.name}](../warehouse/queries/{question.name}.sql) | {question.chinese} | {question.english}"
        f" | {question.about or ''} |\n"
        for question in every()
    )
    return (
        "# Questions\n\n"
        "Each is one SELECT over the [published tables](tables.md), to be pasted into any client or made into a dashboard\n"
        "tile. `wencang queries` lists them, `wencang queries NAME` answers one from the current release, `--sql` prints it.\n"
        "A question about a word is asked of yours by `wencang queries NAME WORD` (the last column is the word it asks of\n"
        "otherwise, one of the sample articles); in its SQL that word stands between quotation marks. `wencang query\n"
        "'SELECT …'` answers a question of your own.\n\n"
        "Tests answer every one of them from the night of the sample articles; `make clients` from older clients.\n\n"
        f"| query | 问题 | question | about |\n|---|---|---|---|\n{rows}"
    )


if __name__ == "__main__":
    PAGE.write_text(markdown(), encoding="utf-8")
