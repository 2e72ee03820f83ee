"""wencang quarantine: the rows that were held back, and sending them through again."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING, Any

from flows import sheets
from flows.commands.arriving import declared
from flows.commands.current import no_runs_yet, working
from flows.conductor import CourseOf, alone, conduct
from flows.endings import OK, USAGE, Trouble, emit
from flows.reporting.summary import document
from flows.reporting.wording import counted, meant
from flows.settings import Home, tonight
from transforms.tables.ref import ReasonCode
from warehouse.store import sql

if TYPE_CHECKING:
    from flows.history.replay import Replay
    from flows.night import Course
    from warehouse.store import Store


# How much of a held-back text is shown: enough to see what it is.
SHOWN_LETTERS = 300


def quarantine(options: argparse.Namespace, home: Home) -> int:
    """List what was held back, or show one row with the meaning of its reason and the beginning of its text."""
    known_reason(options.reason)
    if options.action == "replay":
        return replay(options, home)
    if options.action == "show" and not options.id:
        raise Trouble(USAGE, "show needs the ID of a row; see `wencang quarantine list`")
    with working(home) as reader:
        rows = reader.rows(sql("ask/held"), {"reason": options.reason})
        begins = reader.rows(sql("ask/held_text"), {"id": options.id, "letters": SHOWN_LETTERS}) if options.id else []
    return shown(options, rows, begins) if options.action == "show" else listed(options, rows)


def listed(options: argparse.Namespace, rows: list[dict[str, Any]]) -> int:
    """One line for each row held back."""
    if options.json:
        emit(rows)
        return OK
    for row in rows:
        what = f"{row['stage']:<9} {row['reason_code']:<16} {row['source_id']}"
        print(f"{row['quarantine_id']}  {row['night']}  {what}  {subject(row)}")
    if not rows:
        print("nothing is held back" + (f" for {options.reason}" if options.reason else ""))
    return OK


def shown(options: argparse.Namespace, rows: list[dict[str, Any]], begins: list[dict[str, Any]]) -> int:
    """One row, with what its reason means and what cures it, and how its text begins. Raises Trouble if there is none of
    that id."""
    found = [row | meaning(row["stage"], row["reason_code"]) for row in rows if row["quarantine_id"] == options.id]
    # On a terminal nothing of a text is a command.
    plain = ["".join(letter if letter.isprintable() else " " for letter in row["begins"]) for row in begins]
    found = [row | {"begins": text} for row in found for text in plain] or found
    if not found:
        raise Trouble(USAGE, f"no held-back row {options.id!r}; see `wencang quarantine list`")
    if options.json:
        emit(found)
    else:
        print("\n".join(f"{name:<14} {value}" for name, value in found[0].items() if value is not None))
    return OK


def subject(row: dict[str, Any]) -> str:
    """Where what was held back came from: its file, and its place in it where it is a record."""
    place = "" if row["record_ordinal"] is None else f"#{row['record_ordinal']}"
    return f"{row['file_name'] or row['record_id'] or row['document_id'] or ''}{place}"


def known_reason(code: str | None) -> None:
    """Raises Trouble for a reason no row can have."""
    if code is None:
        return
    codes = sorted(set(sheets.shipped(ReasonCode)["reason_code"]))
    if code not in codes:
        raise Trouble(USAGE, f"{code!r} is no reason code{meant(code, codes)}; known: {', '.join(codes)}")


def replay(options: argparse.Namespace, home: Home) -> int:
    """Send rows that were held back through the timetable again."""
    if not home.work.exists():
        raise no_runs_yet(home)
    made: list[Replay] = []

    def order() -> CourseOf:
        from flows.history.replay import Replay

        known = declared(home)

        def course_of(store: Store) -> Course:
            made.append(Replay(home, tonight(), options.reason, store, known))
            return made[0]

        return course_of

    with alone(home, verb="replay"):
        outcome = conduct(home, order)
    course = made[0]
    if options.json:
        emit(document(outcome) | {"replayed": course.replayed, "moved_on": course.moved_on})
    elif course.replayed:
        of = counted(len(course.before), "held-back row")
        print(f"{course.replayed:,} sent through again, {course.moved_on:,} of {of} moved on")
    else:
        of = counted(len(course.before), "row")
        print(f"nothing to send through again: {of} held back under the rules of today; mend a rule or a seed first")
    return OK


def meaning(stage: str, reason_code: str) -> dict[str, Any]:
    """What a reason code means and what cures it, as seeds/reason_codes.csv says."""
    for row in sheets.shipped(ReasonCode).iter_rows(named=True):
        if row["reason_code"] == reason_code and row["stage"] in (stage, "any"):
            return {"meaning": f"{row['meaning_zh']} / {row['meaning_en']}", "cure": row["cure"]}
    return {}
