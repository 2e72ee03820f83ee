"""Who and what an article names: people, organisations, places, products, events and concepts."""

from __future__ import annotations

import polars as pl

from transforms.entities import aliases
from transforms.entities import gazetteer as gazetteer_names
from transforms.entities import lexicon as lexicons
from transforms.entities.choose import chosen
from transforms.entities.clauses import clauses_of, tagged
from transforms.entities.locate import code_points, locate
from transforms.entities.patterns import latin_tokens, patterned
from transforms.tables.base import empty
from transforms.tables.enrichment import Mention

__all__ = ["mentions"]


def mentions(
    documents: pl.DataFrame,
    gazetteer: pl.DataFrame,
    surnames: pl.DataFrame,
    titles_roles: pl.DataFrame,
    org_suffixes: pl.DataFrame,
    name_characters: pl.DataFrame,
) -> pl.DataFrame:
    """One row per document and entity it names, sorted by its key; columns of `Mention`.

    `documents` has document_id, title_hans, body_hans and headings (List of Struct with text_hans). Headings bear
    witness to a name but are not counted. The longest name counts, the names inside it do not.
    """
    if documents.is_empty():
        return empty(Mention)
    texts = _texts(documents)
    names = gazetteer_names.surfaces(gazetteer)
    words = lexicons.lexicon(names, surnames, titles_roles, org_suffixes, name_characters)
    clauses = clauses_of(texts)
    found = pl.concat([gazetteer_names.known(texts, names), tagged(clauses, words), patterned(texts, clauses)])
    entities = aliases.joined(chosen(found, texts), texts)
    shields = latin_tokens(texts).join(entities, on=["doc", "surface"], how="anti")
    everything = pl.concat([entities.select("doc", "surface"), shields]).unique()
    hits = locate(texts, everything).join(entities, on=["doc", "surface"], maintain_order="left")
    return _folded(hits.filter(pl.col("entity_type") != "none"), texts)


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
