"""wencang queries, query: what a warehouse is asked most, and what its reader asks in SQL."""

from __future__ import annotations

import argparse
from typing import Any

from flows.commands.current import reading
from flows.endings import OK, USAGE, Trouble, emit
from flows.reporting.wording import meant, show
from flows.settings import Home
from warehouse import questions, sealed
from warehouse.questions import Question


def queries(options: argparse.Namespace, home: Home) -> int:
    """List the questions; with a name, answer one from the current release, about another word if one is given, or print
    its SQL."""
    known = {question.name: question for question in questions.every()}
    if options.name is None:
        return listed(list(known.values()), as_json=options.json)
    if options.name not in known:
        near = meant(options.name, known)
        raise Trouble(USAGE, f"{options.name!r} is none of the queries{near}; known: {', '.join(known)}")
    asked = known[options.name]
    sql = worded(asked, options.word)
    if options.sql:
        emit({"name": asked.name, "sql": sql}) if options.json else print(sql)
        return OK
    with reading(home) as reader:
        rows = reader.rows(sql)
    if not options.json:
        print(f"{asked.chinese} / {asked.english}\n")
    if not (rows or options.json or asked.about is None):
        word = options.word or asked.about
        print(f"nothing about {word!r}; another word: `wencang queries {asked.name} WORD`")
        return OK
    return answered(rows, as_json=options.json)


def worded(asked: Question, word: str | None) -> str:
    """The SQL of a question, about this word if one is given. Raises Trouble where the question is about none."""
    if word is None:
        return asked.sql
    if asked.about is None:
        about = [question.name for question in questions.every() if question.about]
        raise Trouble(USAGE, f"{asked.name} asks about no word; these do: {', '.join(about)}")
    return asked.of(word)


def query(options: argparse.Namespace, home: Home) -> int:
    """Answer a question in SQL from the current release, which it cannot change, nor reach beyond."""
    with reading(home) as reader:
        try:
            rows = reader.asked(options.sql)
        except sealed.BadQuery as bad:
            raise Trouble(USAGE, f"{bad}\nevery table and column: {home.current / 'dictionary.html'}") from None
    return answered(rows, as_json=options.json)


def listed(known: list[Question], *, as_json: bool) -> int:
    """Every question by name."""
    if as_json:
        emit([{"name": q.name, "about": q.about, "chinese": q.chinese, "english": q.english} for q in known])
    else:
        for question in known:
            name = f"{question.name} {question.about!r}" if question.about else question.name
            print(f"{name}\n    {question.chinese}\n    {question.english}")
    return OK


def answered(rows: list[dict[str, Any]], *, as_json: bool) -> int:
    """Say what came out."""
    if as_json:
        emit(rows)
    elif rows:
        show(rows)
    else:
        print("nothing")
    return OK
