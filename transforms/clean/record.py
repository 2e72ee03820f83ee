"""The record of a cleaning: what was kept, what was cut, what was changed, what is doubtful."""

from __future__ import annotations

import polars as pl

from transforms.clean.assembly import documents_of, edits_in_text, separators
from transforms.clean.margins import IS_PIECE
from transforms.lines import WHITE, fold
from transforms.metadata.judgement import Judgement
from transforms.spans import apply

SHORT = 50
MOSTLY = 0.5
REMOVED = ["start_offset", "end_offset", "line_no", "category", "rule_id", "text"]
REPAIR = ["start_offset", "end_offset", "kind", "before", "after", "confidence"]
# 新华社贵阳2月12日电 题：山乡巨变: an agency says behind its dateline what a dispatch is about.
SUBJECT = r"[电電讯訊]\s*[题題]\s*[：:]\s*([^\s。][^。]{2,60}?)\s*$"
# Blanks that are strays in prose.
PARTING = ["space_beside_latin", "space_beside_mark"]
# A comma or colon between digits is of a number or a time of day.
CLAUSE = r".{4}.*?(?:[。!?;…]|[,:](?:[^0-9]|$))"
LONGEST_TITLE = 90


def parts(
    texts: pl.DataFrame,
    lines: pl.DataFrame,
    kept: pl.DataFrame,
    edits: pl.DataFrame,
    emptied: pl.Series,
    doubts: dict[str, pl.Series],
    judgement: Judgement,
) -> pl.DataFrame:
    """One row per text: title, body, headings, removed, told, repairs, quality_flags (see article.cleaned_parts).

    `lines` are classified, `kept` arranged, `edits` told in lines; `emptied` are lines of which the edits left nothing,
    `doubts` by flag: the documents it is raised for; `judgement` knows clauses that say nothing alone.
    """
    flags = kept.select("line", "joins_next", "glue")
    marked = (
        lines.join(flags, on="line", how="left", maintain_order="left")
        .with_columns(is_kept=pl.col("joins_next").is_not_null())
        .with_columns(pl.col("joins_next").fill_null(False), pl.col("glue").fill_null(""))
    )
    inside = edits_in_text(edits, marked.filter(pl.col("is_kept") | pl.col("line").is_in(emptied.implode())))
    between = separators(marked)
    removed = _removed(marked, edits, inside, between, texts)
    told = removed.filter((pl.col("category") != "whitespace") & (pl.col("said") != "")).with_columns(text="said")
    repairs = _repairs(inside, between)
    documents = (
        texts.select(
            "document_id", "doc", "title_field", "title_stated", chars=pl.col("text").str.len_chars().cast(pl.Int64)
        )
        .join(documents_of(kept), on="doc", how="left", maintain_order="left")
        .join(_gather(removed, "removed", REMOVED), on="doc", how="left", maintain_order="left")
        .join(_gather(told, "told", REMOVED), on="doc", how="left", maintain_order="left")
        .join(_gather(repairs, "repairs", REPAIR), on="doc", how="left", maintain_order="left")
        .with_columns(
            pl.col("body_original").fill_null(""),
            pl.col("headings").fill_null([]),
            pl.col("removed").fill_null([]),
            pl.col("told").fill_null([]),
            pl.col("repairs").fill_null([]),
        )
    )
    documents = _entitled(documents, judgement).with_columns(_is_short(documents["body_original"]).alias("is_short"))
    return documents.with_columns(quality_flags=_flags(doubts)).select(
        "document_id", "title_original", "title_stated", "title_start_offset", "title_is_inferred", "body_original",
        "headings", "removed", "told", "repairs", "quality_flags",
    )  # fmt: skip


def _removed(
    marked: pl.DataFrame, edits: pl.DataFrame, inside: pl.DataFrame, between: pl.DataFrame, texts: pl.DataFrame
) -> pl.DataFrame:
    """Every cut: whole lines, cuts inside kept lines, white space between lines and at the end of the text.

    `said` is the text of a cut as it was before it was damaged, where that is known: what a byline says.
    """
    columns = ["doc", "start_offset", "end_offset", "line_no", "category", "rule_id", "text", "said"]
    whole = _said(marked.filter(pl.col("category").is_not_null()), edits).select(
        "doc",
        "line_no",
        "category",
        "rule_id",
        start_offset="start",
        end_offset="end",
        text="shown",
        said="said",
    )
    within = _said_within(inside.filter(pl.col("category").is_not_null()), marked).select(
        "doc", "line_no", "category", "rule_id", "said", start_offset="start", end_offset="end", text="before"
    )
    blank = between.filter(~pl.col("is_join")).select(
        "doc", "line_no", start_offset="start", end_offset="end", text="before"
    )
    last = marked.group_by("doc").agg(pl.col("line_no").max())
    tail = (
        texts.join(last, on="doc", how="left")
        .with_columns(
            tail=pl.col("text").str.extract(rf"({WHITE}+)$"), size=pl.col("text").str.len_chars().cast(pl.Int64)
        )
        .filter(pl.col("tail").is_not_null())
        .select(
            "doc",
            line_no=pl.col("line_no").fill_null(1),
            start_offset=pl.col("size") - pl.col("tail").str.len_chars().cast(pl.Int64),
            end_offset="size",
            text="tail",
        )
    )
    white = pl.concat([blank.select(tail.columns), tail]).with_columns(
        category=pl.lit("whitespace"), rule_id=pl.lit("blank"), said="text"
    )
    return pl.concat([whole.select(columns), within.select(columns), white.select(columns)]).sort("doc", "start_offset")


def _said(cut: pl.DataFrame, edits: pl.DataFrame) -> pl.DataFrame:
    """`cut` lines (line, shown, whole, category) with `said`: what they say without what damaged them.

    Blanks beside numbers and marks part what a byline states, and stay. What a margin cut in pieces the first says whole,
    the others say nothing.
    """
    mended = edits.filter(~pl.col("rule_id").is_in(PARTING).fill_null(value=False))
    cut = cut.with_columns(said=apply(cut.select("line", text="shown"), mended)["text"])
    pieces = cut.filter(pl.len().over("whole", "category") > 1)
    if pieces.is_empty():
        return cut
    whole = pieces.group_by("whole", "category", maintain_order=True).agg(
        pl.col("line").first(), again=(pl.col("said") + _parting()).str.join("")
    )
    told = pieces.select("line").join(whole.select("line", "again"), on="line", how="left")
    return (
        cut.join(told, on="line", how="left", maintain_order="left")
        .with_columns(
            said=pl.when(pl.col("line").is_in(told["line"].implode()))
            .then(pl.col("again").fill_null(""))
            .otherwise("said")
        )
        .drop("again")
    )


def _said_within(cuts: pl.DataFrame, marked: pl.DataFrame) -> pl.DataFrame:
    """`cuts` inside lines (doc, line_no, start, end, before, rule_id) with `said`: of one that goes on over a margin the
    first piece says it whole."""
    cuts = cuts.with_columns(said="before")
    pieces = marked.filter(IS_PIECE).select("doc", "line_no", "whole", "is_parted", begin="start", last="end")
    if pieces.is_empty() or cuts.is_empty():
        return cuts
    placed = cuts.sort("doc", "start").join(pieces, on=["doc", "line_no"], how="left", maintain_order="left")
    is_same = (pl.col("whole") == pl.col("whole").shift(1)) & (pl.col("rule_id") == pl.col("rule_id").shift(1))
    goes_on = is_same & (pl.col("end") == pl.col("last")).shift(1) & (pl.col("start") == pl.col("begin"))
    placed = placed.with_columns(unit=(~goes_on.fill_null(value=False)).cum_sum(), glue=_parting())
    whole = (pl.col("before") + pl.col("glue").fill_null("")).str.join("").over("unit")
    is_first = (pl.col("unit") != pl.col("unit").shift(1)).fill_null(value=True)
    return placed.with_columns(said=pl.when(is_first).then(whole.str.strip_chars_end(" ")).otherwise(pl.lit("")))


def _parting() -> pl.Expr:
    """What stood between a piece and the next."""
    return pl.when("is_parted").then(pl.lit(" ")).otherwise(pl.lit(""))


def _repairs(inside: pl.DataFrame, between: pl.DataFrame) -> pl.DataFrame:
    """Every change: inside kept lines, and the breaks inside a paragraph."""
    columns = ["doc", *REPAIR]
    within = inside.filter(pl.col("kind").is_not_null()).select(
        "doc", "kind", "before", "after", "confidence", start_offset="start", end_offset="end"
    )
    joined = between.filter("is_join").select(
        "doc",
        "before",
        kind=pl.lit("paragraph_join"),
        after="glue",
        confidence=pl.lit(0.9),
        start_offset="start",
        end_offset="end",
    )
    return pl.concat([within.select(columns), joined.select(columns)]).sort("doc", "start_offset")


def _gather(rows: pl.DataFrame, name: str, fields: list[str]) -> pl.DataFrame:
    """doc and the list of its rows as structs with an ordinal, in order of the text."""
    return rows.group_by("doc", maintain_order=True).agg(
        pl.struct(pl.int_range(pl.len(), dtype=pl.Int64).alias("ordinal"), *fields).alias(name)
    )


def _entitled(documents: pl.DataFrame, judgement: Judgement) -> pl.DataFrame:
    """`documents` with its title: stated by the source, else read from the text, else inferred."""
    stated = pl.col("title_field").is_not_null() & (pl.col("title_field") != "")
    found = pl.col("title_line").is_not_null()
    lost = documents.filter(~stated & ~found)
    # Patterns are compiled where they are asked for, and hardly a chunk has a text without title.
    inferred = lost.select("doc", inferred=pl.lit(None, pl.String) if lost.is_empty() else _inferred(judgement))
    return documents.join(inferred, on="doc", how="left", maintain_order="left").with_columns(
        title_original=pl.when(stated).then("title_field").when(found).then("title_line").otherwise("inferred"),
        title_start_offset=pl.when(stated).then(None).otherwise("title_line_start"),
        title_is_inferred=pl.col("inferred").is_not_null(),
    )


def _inferred(judgement: Judgement) -> pl.Expr:
    """What a text without title could be called: what its dateline says it is about, its first heading, its first clause."""
    datelines = pl.col("removed").list.filter(pl.element().struct.field("category") == "dateline")
    told = datelines.list.first().struct.field("text").str.extract(SUBJECT)
    heading = pl.col("headings").list.first().struct.field("text_original")
    return pl.coalesce(told, heading, first_clause(pl.col("body_original").str.extract(r"^([^\n]+)"), judgement))


def first_clause(line: pl.Expr, judgement: Judgement) -> pl.Expr:
    """The clause of a line that says something: behind those that tell a time, with the one that tells who says it."""
    idle, telling = (f"(?:{judgement.parts[part]})" for part in ("idle_clause", "telling_clause"))
    folded = fold(line)
    passed = folded.str.extract(f"^((?:{idle},)+)").str.len_chars().fill_null(0)
    said = folded.str.slice(passed).str.extract(f"^((?:(?:{telling}|{idle})[,:]){{0,2}}{CLAUSE})").str.len_chars() - 1
    clause = pl.when(said <= LONGEST_TITLE).then(said).otherwise(30)
    return line.str.slice(passed, clause).str.strip_chars("“「『‘。，：；！？、")


def _is_short(bodies: pl.Series) -> pl.Series:
    """Whether a body has few Han characters; nearly every other shows so in its first lines."""
    few = bodies.str.head(3 * SHORT // 2).str.count_matches(r"\p{Han}") < SHORT
    rows = few.arg_true()
    return few.scatter(rows, bodies.gather(rows).str.count_matches(r"\p{Han}") < SHORT)


def _flags(doubts: dict[str, pl.Series]) -> pl.Expr:
    """What is doubtful about a document, as a list of codes in fixed order."""
    cut = pl.col("removed").list.eval(
        pl.when(pl.element().struct.field("category") != "whitespace")
        .then(pl.element().struct.field("end_offset") - pl.element().struct.field("start_offset"))
        .otherwise(0)
    ).list.sum()  # fmt: skip
    spam = pl.col("removed").list.eval(pl.element().struct.field("category") == "seo_spam").list.any()
    joined = pl.col("repairs").list.eval(pl.element().struct.field("kind") == "paragraph_join").list.any()
    conditions = {
        **{code: pl.col("doc").is_in(docs.implode()) for code, docs in doubts.items()},
        "title_inferred": pl.col("title_is_inferred"),
        "paragraphs_joined": joined,
        "short": pl.col("is_short"),
        "spam_cut": spam,
        "mostly_noise": cut.fill_null(0) > MOSTLY * pl.col("chars"),
    }
    codes = [pl.when(condition.fill_null(False)).then(pl.lit(code)) for code, condition in conditions.items()]
    return pl.concat_list(codes).list.drop_nulls()
