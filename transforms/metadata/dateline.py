"""The dateline (电头): agency, place and day an agency dispatch opens or closes with."""

from __future__ import annotations

import polars as pl

from transforms.metadata import stamps
from transforms.metadata.judgement import Judgement

SPOKEN_BY = ["dateline", "byline", "banner"]
# The head before the date: agency or paper, reporters, place, in this order, all on one line.
_HEAD = r"(?P<head>[^0-9。!?;\n]{0,40}?)"
_DAY = (
    rf"(?P<date>(?:(?:19|20)[0-9]{{2}}年)?(?:{stamps.unnamed(stamps.MONTH)}月)?{stamps.unnamed(stamps.DAY)}日)"
    r" ?(?:上午|下午|凌晨|晚)? ?(?:(?:综合外电|外电|综合)(?:报道|报导)|专电|急电|综合电|外电|电|讯)"
)
PATTERN = rf"^[\s(\[【*]*据?{_HEAD} ?{_DAY}"
# A paper or site that is no agency: its name goes before the place.
_OUTLET = r"^(?:本[报刊台网社]|[㐀-鿿]{1,8}?(?:日报|晚报|早报|晨报|时报|都市报|商报|快报|报|新闻网|在线|电视台|广播电台|网|台|新闻|客户端|社))"


def datelines(found: pl.DataFrame, judgement: Judgement) -> pl.DataFrame:
    """One row per document with a dateline: document_id, agency, dateline_place, year, month, day, evidence.

    `found` is a frame of spans; agency is canonical Simplified, place in the original script, year and month may be
    NULL. Of several datelines the first with an agency counts.
    """
    undated = rf"^[\s(\[【*]*据?(?P<head>(?:{judgement.agency_pattern})[㐀-鿿]{{0,6}}?) ?专?电(?P<date>)(?:[\s(,:]|$)"
    names, canonical = judgement.agencies["alias"].to_list(), judgement.agencies["agency"].to_list()
    head = pl.col("head")
    return (
        found.filter(pl.col("category").is_in(SPOKEN_BY) & pl.col("folded").str.contains("电|讯|报道|报导"))
        .with_columns(_groups(PATTERN, "head", "date"))
        .with_columns(_groups(undated, "head_undated", "no_date"))
        .with_columns(head=pl.coalesce("head", "head_undated"))
        .filter(head.is_not_null())
        .with_columns(
            alias=head.str.extract(f"^({judgement.agency_pattern})"),
            before=pl.col("folded").str.extract(r"^([\s(\[【*]*据?)").str.len_chars(),
            whole=pl.col("folded").str.extract(f"({stamps.unnamed(PATTERN)})").str.len_chars(),
        )
        .with_columns(
            agency=pl.col("alias").replace_strict(names, canonical, default=None),
            place_folded=_place(head, pl.col("alias"), judgement.place_pattern),
        )
        .with_columns(
            dateline_place=pl.col("text").str.slice(
                pl.col("before") + head.str.len_chars() - pl.col("place_folded").str.len_chars(),
                pl.col("place_folded").str.len_chars(),
            ),
            evidence=pl.col("text").str.head(pl.col("whole")).str.strip_chars(" (（[【〔*\u3000"),
            year=pl.col("date").str.extract(r"^([0-9]{4})年").cast(pl.Int32),
            month=pl.col("date").str.extract(r"([0-9]{1,2})月").cast(pl.Int8),
            day=pl.col("date").str.extract(r"([0-9]{1,2})日").cast(pl.Int8),
        )
        .sort("document_id", pl.col("agency").is_null(), "ordinal")
        .unique("document_id", keep="first", maintain_order=True)
        .select("document_id", "agency", "dateline_place", "year", "month", "day", "evidence")
    )


def _groups(pattern: str, head: str, date: str) -> list[pl.Expr]:
    """Head and date of a dateline as two columns, NULL where the pattern does not match."""
    groups = pl.col("folded").str.extract_groups(pattern)
    return [groups.struct.field("head").alias(head), groups.struct.field("date").alias(date)]


def _place(head: pl.Expr, alias: pl.Expr, known: str) -> pl.Expr:
    """The place at the end of a folded dateline head: a known one, or all that is left between agency and date."""
    rest = (
        pl.when(alias.is_not_null())
        .then(head.str.slice(alias.str.len_chars()))
        .otherwise(head.str.replace(_OUTLET, ""))
    )
    listed = rest.str.extract(f"({known})$")
    whole = rest.str.extract(r"^ ?([㐀-鿿]{2,8}(?:/[㐀-鿿]{2,8})?)$")
    has_reporter = rest.str.contains("记者")
    return pl.coalesce(listed, pl.when(~has_reporter & alias.is_not_null()).then(whole))
