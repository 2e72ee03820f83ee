"""Short pages with their answers: what is kept, what is cut and as what, and what the page says of itself.

A case begins with `==== name`, options behind it: gap=N newlines between lines (2), wrap=N characters a line of a
paragraph, indent, crlf. Its lines are, in order of the page: `T` title, `H` heading,
`P` paragraph, `- category` a line cut as that, `> category` and `} category` a piece cut from the head of the next or
the tail of the last line, `=` what the page states (`= credit: role name`, `= field: value`). `<` below a line is how
the page writes it, where that differs; several of them are several lines of the page. `@name text` names a text that
`P @name` stands for. A case without `T` has lost its title.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import polars as pl
import pytest

import seeds
from tests.transforms.judgement import PAGES
from transforms.clean import clean_documents
from transforms.spans import rebuild

RULES, SOURCES = seeds.table("noise_rules"), seeds.table("sources")
FIELDS = ["natural_id", "title_field", "url", "published_field", "author_field", "outlet_field", "section_field"]


@dataclass
class Line:
    """A line of the answer and how the page writes it."""

    kind: str
    text: str
    category: str = ""
    shown: list[str] = field(default_factory=list)


@dataclass
class Case:
    """A page and its answer."""

    name: str
    options: dict[str, str]
    lines: list[Line] = field(default_factory=list)
    states: list[tuple[str, str]] = field(default_factory=list)

    @property
    def text(self) -> str:
        width = int(self.options.get("wrap", 0))
        physical: list[str] = []
        head = ""
        for line in self.lines:
            shown = line.shown or [line.text]
            if line.kind == ">":
                head = shown[0]
                continue
            if line.kind == "}":
                physical[-1] += shown[0]
                continue
            shown, head = [head + shown[0], *shown[1:]], ""
            if width and line.kind == "P":
                shown = [piece[at : at + width] for piece in shown for at in range(0, len(piece), width)]
            if "indent" in self.options and line.kind == "P":
                shown[0] = "\u3000\u3000" + shown[0]
            physical += ["\n".join(shown)] if width else shown
        newline = "\r\n" if "crlf" in self.options else "\n"
        return ("\n" * int(self.options.get("gap", 2))).join(physical).replace("\n", newline)

    def of(self, kind: str) -> list[str]:
        return [line.text for line in self.lines if line.kind == kind]


def cases() -> list[Case]:
    found: list[Case] = []
    named: dict[str, str] = {}
    for path in sorted(Path(__file__).parent.glob("*.txt")):
        for row in path.read_text(encoding="utf-8").splitlines():
            if row.startswith("===="):
                name, *options = row[4:].split()
                found.append(
                    Case(name, {key: value for key, _, value in (option.partition("=") for option in options)})
                )
            elif row.startswith("= "):
                name, _, value = row[2:].partition(": ")
                found[-1].states.append((name, value))
            elif row.startswith("@"):
                name, _, text = row.partition(" ")
                named[name] = text
            elif row[:2] in ("- ", "> ", "} "):
                category, _, text = row[2:].partition(" ")
                found[-1].lines.append(Line(row[0], text, category))
            elif row.startswith("< "):
                found[-1].lines[-1].shown.append(row[2:].replace("\\u00a0", "\u00a0"))
            elif row:
                found[-1].lines.append(Line(row[0], named.get(row[2:], row[2:])))
    return found


CASES = cases()


@pytest.fixture(scope="module")
def cleaned() -> dict[str, dict[str, Any]]:
    """Every page cleaned in one frame, by name."""
    frame = pl.DataFrame(
        {
            "document_id": [f"{number:016x}" for number in range(len(CASES))],
            "source_id": "adhoc",
            "night": dt.date(2026, 11, 20),
            "text": [case.text for case in CASES],
        }
    ).with_columns(pl.lit(None, pl.String).alias(name) for name in FIELDS)
    rows = clean_documents(frame, RULES, SOURCES, *PAGES).sort("document_id").to_dicts()
    return {case.name: row for case, row in zip(CASES, rows, strict=True)}


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_the_article_the_whole_article_and_nothing_else(case: Case, cleaned: dict[str, dict[str, Any]]) -> None:
    row = cleaned[case.name]
    assert row["body_original"].split("\n") == case.of("P")
    if case.of("T"):
        assert (row["title_original"], row["title_is_inferred"]) == (case.of("T")[0], False)
    else:
        assert row["title_is_inferred"]
    before = {
        line.text: sum(other.kind == "P" for other in case.lines[:number])
        for number, line in enumerate(case.lines)
        if line.kind == "H"
    }
    assert {h["text_original"]: h["before_paragraph"] for h in row["headings"]} == before


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_every_cut_is_of_its_kind_and_can_be_undone(case: Case, cleaned: dict[str, dict[str, Any]]) -> None:
    row = cleaned[case.name]
    cut = [r for r in row["removed"] if r["category"] not in ("whitespace", "pinyin", "html")]
    wanted = [
        (line.category, piece) for line in case.lines if line.kind in "->}" for piece in (line.shown or [line.text])
    ]
    text = case.text
    spans = [(r["category"], text[r["start_offset"] : r["end_offset"]]) for r in cut]
    assert spans == wanted
    rebuilt = rebuild(
        row["title_original"],
        row["title_start_offset"],
        row["headings"],
        row["body_original"],
        row["removed"],
        row["repairs"],
    )
    covered = {at for p in row["pii"] for at in range(p["start_offset"], p["end_offset"])}
    assert rebuilt == "".join("●" if at in covered else letter for at, letter in enumerate(text))


@pytest.mark.parametrize("case", [case for case in CASES if case.states], ids=lambda case: case.name)
def test_the_page_says_of_itself(case: Case, cleaned: dict[str, dict[str, Any]]) -> None:
    row = cleaned[case.name]
    credits = [value for name, value in case.states if name == "credit"]
    if credits:
        assert sorted(f"{c['role']} {c['name']}" for c in row["credits"]) == sorted(credits)
    for name, value in case.states:
        if name != "credit":
            assert (name, str(row[name])) == (name, value)
