"""Interviews printed as a dialogue: what stands behind 周岚： in paragraphs that name by turns who speaks."""

from __future__ import annotations

import polars as pl

from transforms.quotes.indirect import ROW

_TURN = "^(?<who>[^，。：；！？“”《》（）\n]{2,12})：(?<said>[^“\n].*)$"
_FEWEST_TURNS = 2
"""Answers of one person that make a dialogue: one alone may be a label, 出品人：周岚."""
_ENDS = "[。！？…]”?$"


def interviews(paragraphs: pl.DataFrame, people: dict[str, list[str]]) -> pl.DataFrame:
    """Columns of `Quote` but the ordinal: one row per paragraph of an answer. `paragraphs` are those of paragraphs.py.

    Who answers is one of `people` (names by document); questions of an outlet are nobody's. A paragraph without a label
    goes on with the answer above it if a question follows.
    """
    turns = paragraphs.filter(pl.col("text").str.contains(_TURN))
    if turns.is_empty():
        return pl.DataFrame(schema=ROW)
    said = turns.with_columns(parts=pl.col("text").str.extract_groups(_TURN)).unnest("parts")
    answers = _answers(said, people)
    if answers.is_empty():
        return pl.DataFrame(schema=ROW)
    whole = (
        paragraphs.filter(pl.col("document_id").is_in(answers["document_id"].implode()))
        .join(said.select("line", "who", "said"), on="line", how="left")
        .join(answers.select("line", speaker="who"), on="line", how="left")
        .sort("line")
    )
    # A turn of nobody known ends the answer before it as well.
    turn = pl.when(pl.col("who").is_not_null()).then("line")
    # What a programme says between two who speak is not theirs: only a question follows what is still an answer.
    is_question = pl.when(pl.col("who").is_not_null()).then(pl.col("said").str.contains("[？?]”?$"))
    told = (
        whole.with_columns(
            turn=turn.forward_fill().over("document_id"),
            is_asked=is_question.backward_fill().over("document_id").fill_null(value=False),
        )
        .with_columns(speaker=pl.col("speaker").first().over("document_id", "turn"))
        .filter(
            pl.col("speaker").is_not_null(),
            pl.col("said").is_not_null() | (pl.col("is_asked") & pl.col("text").str.contains(_ENDS)),
        )
    )
    end = pl.col("begin") + pl.col("text").str.len_chars().cast(pl.Int64)
    text = pl.coalesce("said", "text")
    return told.select(
        "document_id",
        "speaker",
        verb=pl.lit(None, dtype=pl.String),
        text=text,
        is_direct=pl.lit(value=True),
        start_offset=end - text.str.len_chars().cast(pl.Int64),
        end_offset=end,
    ).select(list(ROW))


def _answers(said: pl.DataFrame, people: dict[str, list[str]]) -> pl.DataFrame:
    """The turns (document_id, who, said, …) of people who have several."""
    named = pl.DataFrame(
        [(document_id, name) for document_id in said["document_id"].unique() for name in people.get(document_id, [])],
        schema={"document_id": pl.String, "who": pl.String},
        orient="row",
    )
    return said.join(named, on=["document_id", "who"]).filter(
        pl.len().over("document_id", "who") >= _FEWEST_TURNS, pl.col("said").str.contains(_ENDS)
    )
