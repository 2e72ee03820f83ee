"""Who and what an article names: people, organisations, places, products, events and concepts."""

from __future__ import annotations

import polars as pl

from transforms.entities import aliases
from transforms.entities import gazetteer as gazetteer_names
from transforms.entities import lexicon as lexicons
from transforms.entities.choose import chosen
from transforms.entities.foreign import dotted, transliterated
from transforms.entities.locate import code_points, longest, occurrences
from transforms.entities.organisations import left_ends, organisations, teams
from transforms.entities.patterns import latin_tokens, patterned
from transforms.entities.persons import persons
from transforms.entities.places import places
from transforms.entities.tokens import Tokens, tokens_of
from transforms.tables.base import empty
from transforms.tables.enrichment import Mention

__all__ = ["mentions"]


def mentions(
    documents: pl.DataFrame,
    segmentations: pl.DataFrame,
    gazetteer: pl.DataFrame,
    surnames: pl.DataFrame,
    titles_roles: pl.DataFrame,
    org_suffixes: pl.DataFrame,
    name_characters: pl.DataFrame,
    context_words: pl.DataFrame,
) -> pl.DataFrame:
    """One row per document and entity it names, sorted by its key; columns of `Mention`.

    `documents` has document_id, title_hans, body_hans and headings (List of Struct with text_hans); `segmentations` are
    their words (see words.py). Headings bear witness to a name but are not counted. The longest name counts, the names
    inside it do not.
    """
    if documents.is_empty():
        return empty(Mention)
    texts = _texts(documents)
    names = gazetteer_names.surfaces(gazetteer)
    words = lexicons.lexicon(names, surnames, titles_roles, org_suffixes, name_characters, context_words)
    found = pl.concat(
        [_read(tokens_of(documents, segmentations, words), words), dotted(texts, words), patterned(texts)]
    )
    shields = latin_tokens(texts)
    hits = occurrences(texts, pl.concat([names["surface"], found["surface"], shields["surface"]]))
    entities = aliases.joined(chosen(pl.concat([gazetteer_names.known(hits, names), found]), hits), texts)
    return _folded(_counted(hits, entities, shields, texts), texts)


def _read(tokens: Tokens, words: lexicons.Lexicon) -> pl.DataFrame:
    """Candidates of the finders that go by words."""
    ends = left_ends(tokens)
    return pl.concat(
        [
            persons(tokens),
            transliterated(tokens),
            organisations(tokens, ends, words),
            teams(tokens),
            places(tokens, ends, words),
        ]
    )


def _counted(hits: pl.DataFrame, entities: pl.DataFrame, shields: pl.DataFrame, texts: pl.DataFrame) -> pl.DataFrame:
    """The occurrences that count, with the columns of `entities`; whole Latin words shield their parts."""
    asked = pl.concat([entities.select("doc", "surface"), shields.select("doc", "surface")]).unique()
    later = asked.join(hits, on=["doc", "surface"], how="anti")
    late = occurrences(texts.join(later, on="doc", how="semi"), later["surface"])
    placed = longest(pl.concat([hits, late]).join(asked, on=["doc", "surface"], how="semi"))
    return placed.join(entities, on=["doc", "surface"], maintain_order="left").filter(pl.col("entity_type") != "none")


def _texts(documents: pl.DataFrame) -> pl.DataFrame:
    """Columns doc, document_id, text (body, title and headings, one a line) and the byte where each part ends."""
    body, title = pl.col("body_hans").fill_null(""), pl.col("title_hans").fill_null("")
    headings = pl.col("headings").list.eval(pl.element().struct.field("text_hans")).list.join("\n").fill_null("")
    return documents.with_row_index("doc").select(
        "doc",
        "document_id",
        text=pl.concat_str([body, title, headings], separator="\n"),
        body_end=body.str.len_bytes().cast(pl.Int64),
        title_end=(body.str.len_bytes() + title.str.len_bytes() + 1).cast(pl.Int64),
    )


def _folded(hits: pl.DataFrame, texts: pl.DataFrame) -> pl.DataFrame:
    """Occurrences (doc, surface, offset, entity columns) folded into rows of `Mention`."""
    placed = hits.join(texts.select("doc", "body_end", "title_end"), on="doc", maintain_order="left").filter(
        pl.col("offset") < pl.col("title_end")
    )
    in_body = pl.col("offset") < pl.col("body_end")
    rows = placed.group_by("doc", "entity_type", "canonical").agg(
        entity_subtype=pl.col("entity_subtype").filter(pl.col("entity_subtype") != "").min(),
        aliases=pl.col("surface").filter(pl.col("surface") != pl.col("canonical")).unique().sort().str.join(","),
        mention_count=pl.len().cast(pl.Int64),
        in_title=(~in_body).any(),
        offset=pl.col("offset").filter(in_body).min(),
        surface=pl.col("surface").sort_by("offset").first(),
    )
    counted = code_points(texts, rows.filter(pl.col("offset").is_not_null()))
    return (
        pl.concat([counted, rows.filter(pl.col("offset").is_null())])
        .join(texts.select("doc", "document_id"), on="doc")
        .select(
            "document_id",
            entity_id=pl.concat_str("entity_type", pl.lit(":"), "canonical"),
            entity_type="entity_type",
            entity_subtype="entity_subtype",
            name_hans="canonical",
            aliases=pl.when(pl.col("aliases") != "").then("aliases"),
            mention_count="mention_count",
            in_title="in_title",
            first_offset="offset",
            surface="surface",
        )
        .sort("document_id", "entity_id")
    )
