"""Putting kept lines together and writing down every cut and change in coordinates of the original."""

from __future__ import annotations

import polars as pl

from transforms.lines import preceding, so_far, to_come
from transforms.points import begins, cut_out
from transforms.spans import apply


def separators(lines: pl.DataFrame) -> pl.DataFrame:
    """What becomes of the white space before each line: doc, line_no, start, end, before, glue, is_join.

    `lines` are all lines of the documents (doc, line, line_no, start, gap, is_kept, joins_next, glue). Behind a kept
    line that another follows, the first newline stays (or, where the two are one paragraph, goes as a repair); the rest
    is cut.
    """
    ordered = lines.sort("doc", "line").with_columns(
        later=to_come(pl.col("is_kept")),
        kept_before=preceding("is_kept").fill_null(False),
        joins=preceding("joins_next").fill_null(False),
    )
    gaps = ordered.select(
        "doc",
        "gap",
        start=pl.col("start") - pl.col("gap").str.len_chars().cast(pl.Int64),
        line_no=pl.col("line_no") - pl.col("gap").str.count_matches("\n", literal=True).cast(pl.Int64),
        separates=pl.col("kept_before") & (pl.col("later") > 0),
        joins=pl.col("joins") & pl.col("kept_before"),
        glue=preceding("glue").fill_null(""),
    ).filter(pl.col("gap") != "")
    stays = pl.col("separates") & ~pl.col("joins")
    head = pl.col("gap").str.extract(r"^([^\n]*)\n").fill_null("")
    pieces = [
        gaps.filter(~pl.col("separates")).with_columns(before="gap", is_join=pl.lit(False)),
        gaps.filter(stays).with_columns(before=head, is_join=pl.lit(False)),
        gaps.filter(stays).with_columns(
            start=pl.col("start") + head.str.len_chars().cast(pl.Int64) + 1,
            line_no=pl.col("line_no") + 1,
            before=pl.col("gap").str.replace(r"^[^\n]*\n", ""),
            is_join=pl.lit(False),
        ),
        gaps.filter(pl.col("separates") & pl.col("joins")).with_columns(before="gap", is_join=pl.lit(True)),
    ]
    return (
        pl.concat([piece.select("doc", "line_no", "start", "before", "glue", "is_join") for piece in pieces])
        .filter(pl.col("before") != "")
        .with_columns(end=pl.col("start") + pl.col("before").str.len_chars().cast(pl.Int64))
    )


def edits_in_text(edits: pl.DataFrame, lines: pl.DataFrame) -> pl.DataFrame:
    """Edits of lines told in the document: doc, line_no, start, end, before, after and what they are."""
    edited = lines.select("line", "doc", "line_no", "shown", line_start="start").join(edits, on="line", how="semi")
    place = pl.Series(begins(edited["shown"])[:-1], dtype=pl.Int64)
    told = edits.join(edited.drop("shown").with_columns(place=place), on="line", how="inner")
    before = cut_out(edited["shown"], *told.select(pl.col("start", "end") + pl.col("place")))
    return (
        told.with_columns(before=before)
        .with_columns(start=pl.col("start") + pl.col("line_start"), end=pl.col("end") + pl.col("line_start"))
        .select("doc", "line_no", "start", "end", "before", "after", "category", "kind", "rule_id", "confidence")
    )


def masked(lines: pl.DataFrame, edits: pl.DataFrame) -> pl.DataFrame:
    """`lines` with `text` made anew from `shown` where personal data is covered in it."""
    covered = lines.select(pl.col("line", "shown").filter("is_covered")).rename({"shown": "text"})
    if covered.is_empty():
        return lines
    again = apply(covered, edits.join(covered.select("line"), on="line", how="semi"))
    return (
        lines.join(again.rename({"text": "again"}), on="line", how="left", maintain_order="left")
        .with_columns(text=pl.coalesce("again", "text"))
        .drop("again")
    )


def documents_of(kept: pl.DataFrame) -> pl.DataFrame:
    """One row per doc: body, headings, title and its start, from kept lines in reading order.

    `kept` has doc, line, start, text, glue, is_title, is_heading, joins_next; a title, heading or paragraph is a chain
    of joined lines.
    """
    units = (
        _units(kept.sort("line"))
        .with_columns(is_paragraph=~pl.col("is_title") & ~pl.col("is_heading"))
        .with_columns(paragraph=so_far(pl.col("is_paragraph")))
    )
    paragraphs = (
        units.filter("is_paragraph")
        .group_by("doc", maintain_order=True)
        .agg(body_original=pl.col("text").str.join("\n"))
    )
    headings = (
        units.filter("is_heading")
        .group_by("doc", maintain_order=True)
        .agg(
            headings=pl.struct(
                ordinal=pl.int_range(pl.len(), dtype=pl.Int64),
                level=pl.lit(2, pl.Int64),
                text_original=pl.col("text"),
                before_paragraph=pl.col("paragraph"),
                start_offset=pl.col("start"),
            )
        )
    )
    titles = units.filter("is_title").select("doc", title_line="text", title_line_start="start")
    return (
        units.select("doc").unique(maintain_order=True)
        .join(paragraphs, on="doc", how="left")
        .join(headings, on="doc", how="left")
        .join(titles, on="doc", how="left")
    )  # fmt: skip


def _units(kept: pl.DataFrame) -> pl.DataFrame:
    """doc, text, start, is_title, is_heading: chains of joined lines as one; most lines are one by themselves."""
    goes_on = preceding("joins_next").fill_null(False)
    chained = kept.with_columns(goes_on=goes_on).with_columns(unit=(~pl.col("goes_on")).cum_sum())
    is_piece = pl.col("goes_on") | pl.col("joins_next")
    columns = ["unit", "doc", "text", "start", "is_title", "is_heading"]
    alone = chained.filter(~is_piece).select(*columns[:2], pl.col("text") + pl.col("glue"), *columns[3:])
    pieces = chained.filter(is_piece)
    if pieces.is_empty():
        return alone.drop("unit")
    joined = pieces.group_by("unit", maintain_order=True).agg(
        pl.col("doc", "start", "is_title", "is_heading").first(), (pl.col("text") + pl.col("glue")).str.join("")
    )
    return pl.concat([alone, joined.select(columns)]).sort("unit").drop("unit")
