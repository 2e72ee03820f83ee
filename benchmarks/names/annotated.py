"""Annotated articles: text with every name in brackets, `[周建国|P]`, read into frames (see README.md)."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import polars as pl

FOLDER = Path(__file__).resolve().parent / "annotated"
MARK = re.compile(r"\[([^\[\]|]+)\|([POLTEC])\]")
KINDS = {"P": "person", "O": "organisation", "L": "place", "T": "product", "E": "event", "C": "concept"}
"""The letter of a mark and the type of entity it stands for."""
WORK = ("《", "》")
"""What stands in these is a work, with them: rules find those, and nothing is learned of them."""
NAME = pl.Struct({"begin": pl.Int64, "end": pl.Int64, "entity_type": pl.String})
ARTICLE = {
    "document_id": pl.String,
    "title_hans": pl.String,
    "body_hans": pl.String,
    "headings": pl.List(pl.Struct({"text_hans": pl.String})),
    "names": pl.List(NAME),
}


def articles(files: list[Path]) -> pl.DataFrame:
    """One row per article of the files, in their order: columns ARTICLE. `begin` and `end` of a name are code points of
    body and title, a line's end between them."""
    blocks = [block for file in files for block in re.split(r"\n(?=# )", file.read_text("utf-8").strip())]
    rows = [article(block) | {"document_id": f"{place:08}"} for place, block in enumerate(blocks)]
    return pl.DataFrame(rows, schema=ARTICLE)


def article(block: str) -> dict[str, Any]:
    """The texts and names of one article: its title behind `# `, its paragraphs a line each."""
    title, *paragraphs = [line.strip() for line in block.splitlines() if line.strip()]
    body, inside = unmarked("\n".join(paragraphs))
    title, above = unmarked(title.removeprefix("#").strip())
    behind = len(body) + 1
    names = inside + [name | {"begin": name["begin"] + behind, "end": name["end"] + behind} for name in above]
    return {"title_hans": title, "body_hans": body, "headings": [], "names": names}


def unmarked(text: str) -> tuple[str, list[dict[str, Any]]]:
    """The text without its marks, and the names they stood around but for works."""
    plain, names, read = "", [], 0
    for mark in MARK.finditer(text):
        plain += text[read : mark.start()]
        read = mark.end()
        beside = (plain[-1:], text[read : read + 1])
        if beside != WORK:
            names.append({"begin": len(plain), "end": len(plain) + len(mark[1]), "entity_type": KINDS[mark[2]]})
        plain += mark[1]
    return plain + text[read:], names
