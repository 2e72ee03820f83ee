"""Who said what: attributed speech, between quotation marks or without them; never a term, slogan or title."""

from __future__ import annotations

from typing import cast

import polars as pl

from transforms.quotes.attribution import Spoken, attribute
from transforms.quotes.indirect import ROW, unmarked
from transforms.quotes.interviews import interviews
from transforms.quotes.paragraphs import paragraphs
from transforms.quotes.quoted import Span, quoted_spans
from transforms.quotes.verbs import Verbs, verbs_of
from transforms.tables.base import empty
from transforms.tables.enrichment import Quote

__all__ = ["quotes"]


def quotes(
    documents: pl.DataFrame, speech_verbs: pl.DataFrame, speaker_patterns: pl.DataFrame, mentions: pl.DataFrame
) -> pl.DataFrame:
    """One row per attributed speech, sorted by its key; columns of `Quote`.

    `documents` has document_id and body_hans; `speech_verbs` and `speaker_patterns` are seeds; `mentions` (document_id,
    entity_type, name_hans, aliases, surface) names the people a speaker may be, and lets a pronoun or the subject of
    the next sentence be resolved. Offsets are code points of body_hans, quotation marks left out.
    """
    if documents.is_empty():
        return empty(Quote)
    verbs = verbs_of(speech_verbs, speaker_patterns)
    bodies = documents.select("document_id", text=pl.col("body_hans").fill_null("")).with_row_index("line")
    parted, people = paragraphs(bodies), _people(mentions, verbs)
    direct = _direct(parted, verbs, people)
    answers = interviews(parted, people)
    told = pl.concat([answers, _apart(direct, answers)])
    found = pl.concat([told, _unquoted(unmarked(bodies, parted, verbs, people, told), told)])
    return (
        found.sort("document_id", "start_offset", "end_offset")
        .with_columns(ordinal=pl.int_range(pl.len(), dtype=pl.Int64).over("document_id"))
        .select(Quote.column_names())
    )


def _unquoted(indirect: pl.DataFrame, direct: pl.DataFrame) -> pl.DataFrame:
    """The reports that hold nothing of the speech between quotation marks: what is said is told once."""
    row = indirect.with_row_index("row")
    told = row.join(direct.select("document_id", quoted="start_offset"), on="document_id").filter(
        pl.col("quoted").is_between("start_offset", "end_offset", closed="left")
    )
    return row.join(told, on="row", how="anti").drop("row")


def _apart(direct: pl.DataFrame, answers: pl.DataFrame) -> pl.DataFrame:
    """The quoted spans but those within an answer that are told as the answerer's own: the answer holds them."""
    if answers.is_empty():
        return direct
    row = direct.with_row_index("row")
    within = row.join(
        answers.select("document_id", "speaker", begin="start_offset", until="end_offset"),
        on=["document_id", "speaker"],
    ).filter(pl.col("start_offset").is_between("begin", "until", closed="left"))
    return row.join(within, on="row", how="anti").drop("row")


def _people(mentions: pl.DataFrame, verbs: Verbs) -> dict[str, list[str]]:
    """Every name of a person by document, the longest first; 古人云 and 上周三 may stand among them and are none."""
    if mentions.is_empty():
        return {}
    told = mentions.filter(pl.col("entity_type") == "person")
    aliases = told.select("document_id", name=pl.col("aliases").str.split(",")).drop_nulls("name").explode("name")
    names = (
        pl.concat([told.select("document_id", name="surface"), told.select("document_id", name="name_hans"), aliases])
        .filter(pl.col("name") != "", ~pl.col("name").str.contains(verbs.speakers.rules["no_name"].pattern))
        .unique()
        .sort("document_id", pl.col("name").str.len_chars(), "name", descending=[False, True, False])
        .group_by("document_id", maintain_order=True)
        .agg("name")
    )
    return dict(names.iter_rows())


def _direct(parted: pl.DataFrame, verbs: Verbs, people: dict[str, list[str]]) -> pl.DataFrame:
    """Quoted spans that somebody said."""
    rows: list[tuple[str, str | None, str | None, str, bool, int, int]] = []
    spoken: Spoken | None = None
    for row in quoted_spans(parted, verbs).iter_rows(named=True):
        span = cast(Span, row)
        last = spoken if spoken and spoken.document_id == span["document_id"] else None
        said = attribute(span, verbs, people.get(span["document_id"], []), last)
        if said is None:
            continue
        spoken = said
        rows.append((said.document_id, said.speaker, said.verb, span["text"], True, span["start"], span["end"]))
    return pl.DataFrame(rows, schema=ROW, orient="row")
