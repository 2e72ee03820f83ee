"""wencang queries: the questions a warehouse is asked most, listed, printed as SQL or answered."""

from __future__ import annotations

import argparse
from typing import Any

from flows.endings import NO_INPUT, OK, USAGE, Trouble, emit
from flows.settings import Home
from warehouse import questions, sealed, shelf
from warehouse.questions import Question


def queries(options: argparse.Namespace, home: Home) -> int:
    """List the questions; with a name, answer one from the current release or print its SQL."""
    known = {question.name: question for question in questions.every()}
    if options.name is None:
        return listed(list(known.values()), as_json=options.json)
    if options.name not in known:
        raise Trouble(USAGE, f"{options.name!r} is none of the queries; known: {', '.join(known)}")
    asked = known[options.name]
    if options.sql:
        emit({"name": asked.name, "sql": asked.sql}) if options.json else print(asked.sql)
        return OK
    rows = answers(asked, home)
    if options.json:
        emit(rows)
    else:
        print(f"{asked.chinese} / {asked.english}\n")
        print(table(rows) if rows else "nothing")
    return OK


def listed(known: list[Question], *, as_json: bool) -> int:
    """Every question by name."""
    if as_json:
        emit([{"name": q.name, "chinese": q.chinese, "english": q.english} for q in known])
    else:
        for question in known:
            print(f"{question.name:<28} {question.chinese} / {question.english}")
    return OK


def answers(asked: Question, home: Home) -> list[dict[str, Any]]:
    """The rows the current release answers with. Raises Trouble if there is none."""
    path = home.current / shelf.FILE
    if not path.exists():
        raise Trouble(NO_INPUT, f"nothing is published in {home.root} yet; `wencang run` first")
    reader = sealed.Reader(path)
    try:
        return reader.rows(asked.sql)
    finally:
        reader.close()


def table(rows: list[dict[str, Any]]) -> str:
    """Rows as tab-separated lines below their names: spreadsheets and `column -t` take them."""
    told = [list(rows[0]), *(["" if value is None else str(value) for value in row.values()] for row in rows)]
    return "\n".join("\t".join(line) for line in told)
