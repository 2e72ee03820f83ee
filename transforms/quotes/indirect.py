"""Reported speech without quotation marks: 某某表示，… up to the end of the sentence, and a paragraph announced by a colon."""

from __future__ import annotations

import polars as pl

from transforms.lines import of_first
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

PHRASE = r"[^，。：；！？“”\n]+"
SAID = r"[^“”。！？\n]+(?:“[^“”，。！？\n]+”[^“”。！？\n]*)*"
"""What is reported: it may hold a term in quotation marks, never begin with one."""


def unmarked(
    bodies: pl.DataFrame, paragraphs: pl.DataFrame, verbs: Verbs, people: dict[str, list[str]]
) -> pl.DataFrame:
    """Columns of `Quote` but the ordinal. `bodies` has line, document_id, text; `paragraphs` are those of paragraphs.py."""
    # No counted repetitions: they make the automaton of the regex engine large and slow. Lengths are checked afterwards.
    reports = f"(?:{verbs.reporting})[，：]"
    reported = rf"^(?<lead>(?:{PHRASE}，)??)(?<who>{PHRASE}?)(?<verb>{verbs.reporting})[，：](?<said>{SAID}[。！？])$"
    announced = rf"{PHRASE}(?:{verbs.announcing})：\n[^“”\n]+[。！？](?:\n|$)"
    told = paragraphs.filter(pl.col("text").str.contains(reports))
    sentences = _sentences(told).filter(pl.col("text").str.contains(reports))
    spans = pl.concat([_parts(sentences, reported), _announced(bodies, announced, verbs)])
    spans = spans.filter(
        pl.col("said").str.len_chars().is_between(4, 200), pl.col("who").str.len_chars().is_between(1, 30)
    ).sort("document_id", "end", "start")
    rows: list[tuple[str, str, str, str, bool, int, int]] = []
    last: tuple[str, str, int] | None = None
    for document_id, lead, who, verb, text, start, end in spans.iter_rows():
        if not verbs.speakers.leads_in(lead) or verbs.speakers.is_fake(who, verb):
            continue
        follows = last and last[0] == document_id and last[2] == start and verbs.speakers.is_pronoun(who)
        speaker = last[1] if last and follows else verbs.speakers.speaker_in(who, people.get(document_id, []), "")
        if speaker is None:
            continue
        named = speaker in people.get(document_id, [])
        if named or verb in ("表述", "写道"):
            rows.append((document_id, speaker, verb, text, False, end - len(text), end))
            last = (document_id, speaker, end)
    return pl.DataFrame(rows, schema=ROW, orient="row").unique(["document_id", "start_offset"], keep="first")


def _sentences(paragraphs: pl.DataFrame) -> pl.DataFrame:
    """document_id, text and begin (its place in the body) of each sentence of paragraphs; quotations do not hold one together."""
    split = paragraphs.select(
        "document_id", "begin", text=pl.col("text").str.split("[。！？]", literal=False, inclusive=True)
    ).with_row_index("row")
    size = pl.col("text").str.len_chars().cast(pl.Int64)
    return (
        split.explode("text", empty_as_null=False)
        .with_columns(behind=size.cum_sum() - size)
        .with_columns(begin=pl.col("begin") + pl.col("behind") - of_first("behind", "row"))
        .drop("row", "behind")
    )


def _parts(texts: pl.DataFrame, pattern: str) -> pl.DataFrame:
    """Columns document_id, lead, who, verb, said, start, end of the texts that the pattern tells apart.

    `texts` has document_id, text, and begin, the place of the text in its body.
    """
    return (
        texts.select(
            "document_id",
            start="begin",
            end=pl.col("begin") + pl.col("text").str.len_chars().cast(pl.Int64),
            parts=pl.col("text").str.extract_groups(pattern),
        )
        .unnest("parts")
        .select("document_id", "lead", "who", "verb", "said", "start", "end")
        .drop_nulls("said")
    )


def _announced(bodies: pl.DataFrame, pattern: str, verbs: Verbs) -> pl.DataFrame:
    """The same of paragraphs that the one before announces: 某某的表述：."""
    texts = bodies.filter(pl.col("text").str.contains("：\n", literal=True))
    found = occurrences(texts.select("line", "text"), pattern).join(texts.select("line", "document_id"), on="line")
    parts = rf"^(?<lead>)(?<who>.*?)(?<verb>{verbs.announcing})：\n(?<said>.*[。！？])\n?$"
    return _parts(found.select("document_id", text=pl.col("match").str.strip_chars_end("\n"), begin="start"), parts)
