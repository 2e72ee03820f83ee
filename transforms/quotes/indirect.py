"""Reported speech without quotation marks: 某某表示，… up to the end of the sentence, and a paragraph announced by a colon."""

from __future__ import annotations

import polars as pl

from transforms.quotes.verbs import Verbs
from transforms.spans import occurrences

ROW: dict[str, pl.DataType] = {
    "document_id": pl.String(),
    "speaker": pl.String(),
    "verb": pl.String(),
    "text": pl.String(),
    "is_direct": pl.Boolean(),
    "start_offset": pl.Int64(),
    "end_offset": pl.Int64(),
}

SAID = r"[^“”。！？\n]+(?:“[^“”，。！？\n]+”[^“”。！？\n]*)*"
"""What is reported: it may hold a term in quotation marks, never begin with one."""


def unmarked(
    bodies: pl.DataFrame, paragraphs: pl.DataFrame, verbs: Verbs, people: dict[str, list[str]]
) -> pl.DataFrame:
    """Columns of `Quote` but the ordinal. `bodies` has line, document_id, text; `paragraphs` are those of paragraphs.py."""
    # No counted repetitions: they make the automaton of the regex engine large and slow. Lengths are checked afterwards.
    reported = rf"(?:^|[。！？])[^，。：；！？“”\n]+(?:{verbs.reporting})[，：]{SAID}[。！？]"
    announced = rf"[^，。：；！？\n]+(?:{verbs.announcing})：\n[^“”\n]+[。！？](?:\n|$)"
    spans = pl.concat(
        [
            _spans(
                paragraphs.filter(pl.col("text").str.contains(f"(?:{verbs.reporting})[，：]")),
                reported,
                rf"^[。！？]?(?<who>.*?)(?<verb>{verbs.reporting})[，：](?<said>(?s).*)$",
            ),
            _spans(
                bodies.filter(pl.col("text").str.contains("：\n", literal=True)).with_columns(begin=pl.lit(0)),
                announced,
                rf"^(?<who>.*?)(?<verb>{verbs.announcing})：\n(?<said>(?s).*)$",
            ),
        ]
    )
    rows: list[tuple[str, str, str, str, bool, int, int]] = []
    for document_id, who, verb, text, end in spans.iter_rows():
        if verbs.speakers.is_fake(who, verb):
            continue
        speaker = verbs.speakers.speaker_in(who, people.get(document_id, []), "")
        named = speaker is not None and speaker in people.get(document_id, [])
        if speaker is not None and (named or verb in ("表述", "写道")):
            rows.append((document_id, speaker, verb, text, False, end - len(text), end))
    return pl.DataFrame(rows, schema=ROW, orient="row").unique(["document_id", "start_offset"], keep="first")


def _spans(texts: pl.DataFrame, pattern: str, parts: str) -> pl.DataFrame:
    """Columns document_id, who, verb, text, end of every match of the pattern.

    `texts` has line, document_id, text, and begin, the place of the text in its body.
    """
    found = occurrences(texts.select("line", "text"), pattern).join(
        texts.select("line", "document_id", "begin"), on="line"
    )
    return (
        found.select(
            "document_id", end=pl.col("end") + pl.col("begin"), parts=pl.col("match").str.extract_groups(parts)
        )
        .unnest("parts")
        .select("document_id", "who", "verb", "said", "end")
        .drop_nulls("said")
        .with_columns(pl.col("said").str.strip_chars_end("\n"), end=pl.col("end") - pl.col("said").str.ends_with("\n"))
        .filter(
            pl.col("said").str.len_chars().is_between(4, 200),
            pl.col("who").str.len_chars().is_between(2, 30),
        )
        .sort("document_id", "end")
    )
