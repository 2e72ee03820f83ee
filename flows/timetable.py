"""The timetable as a table for people: `python -m flows.timetable` writes it into README.md."""

from __future__ import annotations

import re
from pathlib import Path

from flows.pipeline import PIPELINE
from transforms.tables import raw

README = Path(__file__).resolve().parents[1] / "README.md"
BLOCK = re.compile(r"(<!-- timetable -->\n).*?(<!-- /timetable -->)", re.DOTALL)


def markdown() -> str:
    """One line a stage: verb, what it reads, what it writes, the grain of what it writes."""
    rows = [("ingest", "files of every source", raw.Record.NAME, raw.Record.ABOUT)]
    rows += [(s.name, ", ".join(t.NAME for t in s.reads), s.writes.NAME, s.writes.ABOUT) for s in PIPELINE]
    rows.append(("publish", "all of the above", "a release", "发布 / sealed, then flipped to in one step"))
    lines = [f"| {verb} | {reads} | {writes} | {about.partition(' / ')[2]} |" for verb, reads, writes, about in rows]
    return "\n".join(["| stage | reads | writes | grain |", "|---|---|---|---|", *lines]) + "\n"


def filled(text: str) -> str:
    """The text with the timetable of today between its marks."""
    return BLOCK.sub(lambda marks: marks[1] + markdown() + marks[2], text)


if __name__ == "__main__":
    README.write_text(filled(README.read_text(encoding="utf-8")), encoding="utf-8")
