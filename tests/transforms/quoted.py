"""What is quoted in a body, as the shipped verbs and rules about speakers tell."""

from __future__ import annotations

import polars as pl

import seeds
from transforms.quotes import quotes
from transforms.tables.base import empty
from transforms.tables.enrichment import Mention, Quote

VERBS = seeds.table("speech_verbs")
SPEAKERS = seeds.table("speaker_patterns")
NOBODY = empty(Mention)


Said = tuple[str | None, str | None, str, bool]
"""Speaker, verb, text, whether it is direct."""


def found_in(bodies: list[str], people: tuple[str, ...] = ()) -> list[list[Said]]:
    """What is quoted in each body, where each of the `people` is mentioned."""
    ids = [f"{nth:016x}" for nth in range(len(bodies))]
    mentions = pl.DataFrame(
        [(document_id, "person", name, None, name) for document_id in ids for name in people],
        schema=dict.fromkeys(["document_id", "entity_type", "name_hans", "aliases", "surface"], pl.String),
        orient="row",
    )
    frame = quotes(pl.DataFrame({"document_id": ids, "body_hans": bodies}), VERBS, SPEAKERS, mentions)
    said: list[list[Said]] = [[] for _ in bodies]
    for row in Quote.validate(frame).iter_rows(named=True):
        nth = int(row["document_id"], 16)
        assert bodies[nth][row["start_offset"] : row["end_offset"]] == row["text"]
        said[nth].append((row["speaker"], row["verb"], row["text"], row["is_direct"]))
    return said


def found(body: str, people: tuple[str, ...] = ()) -> list[Said]:
    """What is quoted in one body."""
    return found_in([body], people)[0]
