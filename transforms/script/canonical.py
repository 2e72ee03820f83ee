"""The canonical Simplified form of every document, converted once, as its origin asks."""

from __future__ import annotations

from typing import cast

import polars as pl

from transforms.script.aspect import turn_aspect
from transforms.script.converter import Converter
from transforms.script.detect import detect
from transforms.script.phrases import restore_phrases
from transforms.script.punctuation import canonical_punctuation
from transforms.script.rows import with_rows
from transforms.tables.core import CanonicalDocument

FLAG_PENALTY, FLAG_PENALTY_MOST = 0.05, 0.4
REMOVED_PENALTY = 0.3
REPAIR_PENALTY, REPAIRED_CHARS = 0.2, 20
_LINES = ["title_original", "agency", "outlet", "author_line", "dateline_place", "section"]


def simplify(texts: pl.Series) -> pl.Series:
    """Names and queries in canonical Simplified: characters, aspect 着, punctuation; a null stays null."""
    return canonical_punctuation(turn_aspect(Converter("t2s").convert(texts)), is_display_line=True)


def traditional(texts: pl.Series) -> pl.Series:
    """Simplified texts in OpenCC's standard Traditional; a null stays null."""
    return Converter("s2t").convert(texts)


def canonical_documents(clean: pl.DataFrame, overrides: pl.DataFrame) -> pl.DataFrame:
    """One row per clean document, sorted by `document_id`: the columns of `CanonicalDocument`.

    Reads the columns of `CleanDocument` and of `ScriptOverride`. Detects script and origin of `body_original` (the
    table stands in `detect`), then converts the whole document once: Simplified text is left as it is, text from
    s2twp has its phrases taken back, all other text is converted by character (t2s) with aspect 著 turned to 着;
    after that punctuation is made canonical. `quality_score` = 1
    - 0.05 for each quality flag, at most 0.4
    - 0.3 times the share of the original's characters that was removed
    - 0.2 times the share of the body touched by repairs, 20 characters each.
    """
    clean = clean.sort("document_id")
    found = detect(clean["body_original"], overrides)
    documents = clean.hstack(found)
    body = _to_hans(documents["body_original"], found, overrides, is_display_line=False)
    documents = _with_lines(documents.with_columns(body_hans=body), found, overrides)
    documents = documents.with_columns(_headings(documents, found, overrides), _credits(documents, found, overrides))
    documents = documents.with_columns(quality_flags=_flags()).with_columns(_counts())
    return documents.with_columns(_quality_score()).select(CanonicalDocument.column_names())


def _to_hans(texts: pl.Series, found: pl.DataFrame, overrides: pl.DataFrame, *, is_display_line: bool) -> pl.Series:
    """Each text converted as the document it belongs to was; `found` is aligned with `texts`."""
    is_phrase = ((found["script_origin"] == "converted_phrase") & texts.is_not_null()).fill_null(False)
    if is_phrase.any():
        rows = is_phrase.arg_true()
        texts = with_rows(texts, rows, restore_phrases(texts.gather(rows), overrides))
    rows = (found["script"] != "Hans").arg_true()
    if len(rows):
        texts = with_rows(texts, rows, turn_aspect(Converter("t2s").convert(texts.gather(rows))))
    return canonical_punctuation(texts, is_display_line=is_display_line)


def _with_lines(documents: pl.DataFrame, found: pl.DataFrame, overrides: pl.DataFrame) -> pl.DataFrame:
    # One call for all short fields: what a call costs hardly depends on how much it converts.
    joined = pl.concat([documents[name].cast(pl.String).alias("text") for name in _LINES])
    converted = _to_hans(joined, pl.concat([found] * len(_LINES)), overrides, is_display_line=True)
    size = len(documents)
    columns = [converted.slice(index * size, size).alias(name) for index, name in enumerate(_LINES)]
    title_hans = columns[0].alias("title_hans")
    is_hant = found["script"] == "Hant"
    title_hant = traditional(title_hans).zip_with(~is_hant, documents["title_original"]).alias("title_hant")
    return documents.with_columns(title_hans, title_hant, *columns[1:])


def _headings(documents: pl.DataFrame, found: pl.DataFrame, overrides: pl.DataFrame) -> pl.Series:
    rows = _items(documents, "headings")
    hans = _to_hans(rows["text_original"], found[rows["row"]], overrides, is_display_line=True)
    return _relisted(documents, rows.with_columns(text_hans=hans), "headings")


def _credits(documents: pl.DataFrame, found: pl.DataFrame, overrides: pl.DataFrame) -> pl.Series:
    rows = _items(documents, "credits")
    owners = found[rows["row"]]
    # A person's name is never a phrase.
    by_character = owners.with_columns(script_origin=pl.lit(None, pl.String))
    names = _to_hans(rows["name"], by_character, overrides, is_display_line=True)
    affiliations = _to_hans(rows["affiliation"], owners, overrides, is_display_line=True)
    return _relisted(documents, rows.with_columns(name_hans=names, affiliation=affiliations), "credits")


def _items(documents: pl.DataFrame, column: str) -> pl.DataFrame:
    """The structs of a list column, one a row, with the row of the document."""
    listed = documents.select(pl.int_range(pl.len(), dtype=pl.UInt32).alias("row"), column)
    return listed.filter(pl.col(column).list.len() > 0).explode(column).unnest(column)


def _relisted(documents: pl.DataFrame, items: pl.DataFrame, column: str) -> pl.Series:
    """The items as a list column of the declared type again, an empty list where a document has none."""
    declared = cast(pl.List, CanonicalDocument.columns()[column].dtype)
    fields = [field.name for field in cast(pl.Struct, declared.inner).fields]
    lists = items.group_by("row", maintain_order=True).agg(pl.struct(fields).alias(column))
    rows = documents.select(pl.int_range(pl.len(), dtype=pl.UInt32).alias("row"))
    return rows.join(lists, on="row", how="left", maintain_order="left")[column].cast(declared).fill_null([])


def _flags() -> pl.Expr:
    flags = pl.col("quality_flags").fill_null([])
    mixed = pl.when(pl.col("script") == "mixed").then(flags.list.concat(pl.lit(["mixed_script"]))).otherwise(flags)
    return mixed.list.unique(maintain_order=True)


def _counts() -> list[pl.Expr]:
    body = pl.col("body_hans")
    newlines = body.str.count_matches("\n", literal=True)
    item = pl.element().struct
    visible = pl.col("removed").list.eval(
        pl.when(item.field("category") != "whitespace").then(item.field("text").str.len_chars()).otherwise(0)
    )
    return [
        (body.str.len_chars() - newlines).cast(pl.Int64).alias("char_count"),
        (newlines + 1).cast(pl.Int64).alias("paragraph_count"),
        body.str.count_matches("[。！？…]+").clip(lower_bound=1).cast(pl.Int64).alias("sentence_count"),
        visible.list.sum().fill_null(0).cast(pl.Int64).alias("removed_char_count"),
        pl.col("repairs").list.len().fill_null(0).cast(pl.Int64).alias("repair_count"),
    ]


def _quality_score() -> pl.Expr:
    chars, removed = pl.col("char_count"), pl.col("removed_char_count")
    flagged = (FLAG_PENALTY * pl.col("quality_flags").list.len()).clip(upper_bound=FLAG_PENALTY_MOST)
    cut = REMOVED_PENALTY * removed / (removed + chars)
    repaired = REPAIR_PENALTY * (REPAIRED_CHARS * pl.col("repair_count") / chars).clip(upper_bound=1)
    return (1 - flagged - cut - repaired).clip(0, 1).round(4).alias("quality_score")
