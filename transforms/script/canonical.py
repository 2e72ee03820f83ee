"""The canonical Simplified form of every document, converted once, as its origin asks."""

from __future__ import annotations

from itertools import accumulate
from typing import NamedTuple, cast

import polars as pl

from transforms.script.characters import by_character
from transforms.script.converter import Converter
from transforms.script.detect import detect, is_traditional
from transforms.script.embedded import FEWEST, converted_sentences
from transforms.script.phrases import restore_phrases
from transforms.script.punctuation import canonical_punctuation
from transforms.script.rows import with_rows
from transforms.tables.core import CanonicalDocument

FLAG_PENALTY, FLAG_PENALTY_MOST = 0.05, 0.4
REMOVED_PENALTY = 0.3
REPAIR_PENALTY, REPAIRED_CHARS = 0.2, 20
_LINES = ["title_original", "agency", "outlet", "author_line", "dateline_place", "section"]


def traditional(texts: pl.Series) -> pl.Series:
    """Simplified texts in OpenCC's standard Traditional; a null stays null."""
    return Converter("s2t").convert(texts)


def canonical_documents(clean: pl.DataFrame, overrides: pl.DataFrame) -> pl.DataFrame:
    """One row per clean document, sorted by `document_id`: the columns of `CanonicalDocument`.

    Reads the columns of `CleanDocument` and of `ScriptOverride`. Detects script and origin of `body_original` (the
    table stands in `detect`), then converts the whole document once: Simplified text is left as it is but for whole
    sentences of the other script, text from s2twp has its phrases taken back, all other text is converted by character
    (t2s) with what that leaves, aspect 著 and its like, turned; after that punctuation is made canonical. `quality_score` = 1
    - 0.05 for each quality flag, at most 0.4
    - 0.3 times the share of the original's characters that was removed
    - 0.2 times the share of the body touched by repairs, 20 characters each; of an empty body all is touched by any.
    """
    clean = clean.sort("document_id")
    found = detect(clean["body_original"], overrides)
    headings, credited = _items(clean, "headings"), _items(clean, "credits")
    every = pl.int_range(clean.height, dtype=pl.UInt32, eager=True)
    bodies, *rest = _to_hans(
        [
            Part(clean["body_original"], every),
            *(Part(clean[name], every) for name in _LINES),
            Part(headings["text_original"], headings["row"]),
            # A person's name is never a phrase.
            Part(credited["name"], credited["row"], may_be_phrase=False),
            Part(credited["affiliation"], credited["row"]),
        ],
        found,
        overrides,
    )
    lines, (headings_hans, names, affiliations) = rest[: len(_LINES)], rest[len(_LINES) :]
    headings = headings.with_columns(text_hans=headings_hans)
    credited = credited.with_columns(name_hans=names, affiliation=affiliations)
    documents = clean.hstack(found).with_columns(
        bodies.alias("body_hans"),
        lines[0].alias("title_hans"),
        traditional(lines[0]).zip_with(found["script"] != "Hant", clean["title_original"]).alias("title_hant"),
        *(line.alias(name) for name, line in zip(_LINES[1:], lines[1:], strict=True)),
        _relisted(clean, headings, "headings"),
        _relisted(clean, credited, "credits"),
        quality_flags=_flags(found["script"]),
    )
    return documents.with_columns(_counts()).with_columns(_quality_score()).select(CanonicalDocument.column_names())


class Part(NamedTuple):
    """Texts of one kind and, text by text, the row of the document each belongs to."""

    texts: pl.Series
    rows: pl.Series
    may_be_phrase: bool = True


def _to_hans(parts: list[Part], found: pl.DataFrame, overrides: pl.DataFrame) -> list[pl.Series]:
    """The texts of each part in Simplified, converted as `found` says of their documents; the first part is running text,
    the others are display lines.

    All in one call: what a call costs hardly depends on how much it converts.
    """
    texts = pl.concat([part.texts.cast(pl.String).alias("text") for part in parts])
    rows = pl.concat([part.rows for part in parts])
    may_be = pl.concat([pl.repeat(part.may_be_phrase, len(part.texts), dtype=pl.Boolean, eager=True) for part in parts])
    is_phrase = (found["script_origin"] == "converted_phrase").fill_null(False).gather(rows)
    phrases = (is_phrase & may_be & texts.is_not_null()).arg_true()
    if len(phrases):
        texts = with_rows(texts, phrases, restore_phrases(texts.gather(phrases), overrides))
    running = len(parts[0].texts)
    is_other = (found["script"] != "Hans").gather(rows)
    # A line may be of the other script than the text it belongs to, as that of an outlet below a Latin headline.
    is_other = is_other.head(running).append(is_other.slice(running) | is_traditional(texts.slice(running)))
    others = (is_other & texts.is_not_null()).arg_true()
    if len(others):
        texts = with_rows(texts, others, by_character(texts.gather(others), overrides))
    # A Simplified text may quote whole sentences of the other script.
    holds_both = (found["script"] == "Hans") & (
        found["script_evidence"].str.extract(r"^T=(\d+)").cast(pl.Int64) >= FEWEST
    )
    quoting = (holds_both.fill_null(value=False).gather(rows) & texts.is_not_null()).arg_true()
    if len(quoting):
        texts = with_rows(texts, quoting, converted_sentences(texts.gather(quoting), overrides))
    texts = canonical_punctuation(texts.head(running)).append(
        canonical_punctuation(texts.slice(running), is_display_line=True)
    )
    ends = list(accumulate(len(part.texts) for part in parts))
    return [texts.slice(end - len(part.texts), len(part.texts)) for end, part in zip(ends, parts, strict=True)]


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


def _flags(script: pl.Series) -> pl.Expr:
    flags = pl.col("quality_flags").fill_null([])
    mixed = pl.when(script == "mixed").then(flags.list.concat(pl.lit(["mixed_script"]))).otherwise(flags)
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
    cut = REMOVED_PENALTY * removed / (removed + chars).clip(lower_bound=1)
    repaired = REPAIR_PENALTY * (REPAIRED_CHARS * pl.col("repair_count") / chars.clip(lower_bound=1)).clip(
        upper_bound=1
    )
    return (1 - flagged - cut - repaired).clip(0, 1).round(4).alias("quality_score")
