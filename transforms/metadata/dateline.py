"""The dateline (电头): agency, place and day an agency dispatch opens or closes with."""

from __future__ import annotations

import polars as pl

from transforms.hanzi import HAN
from transforms.metadata import stamps
from transforms.metadata.judgement import Judgement

SPOKEN_BY = ["dateline", "byline", "banner"]
# The head before the date: agency or paper, reporters, place, in this order, all on one line.
_HEAD = r"(?P<head>[^0-9。!?;\n]{0,40}?)"
_DAY = (
    rf"(?P<date>(?:(?:19|20)[0-9]{{2}}年)?(?:{stamps.unnamed(stamps.MONTH)}月)?{stamps.unnamed(stamps.DAY)}日)"
    " ?(?:上午|下午|凌晨|晚)? ?<wired>"
)
PATTERN = rf"^[\s(\[【*]*据?{_HEAD} ?{_DAY}"
# An agency no list knows: its name ends in 社, and only agencies date their dispatches with 电.
_SOME_AGENCY = rf"^([{HAN}]{{1,6}}?社)(?:[{HAN}/、 ]|$)"
_NO_AGENCY = "(?:^[本该据]|<other_society>)社$"
# Reporter and place of a credit: `记者林某／台南报导`, `李某 报导 / 新北市`.
_FILED = (
    rf"(?:^|[\s\[(【])(?:[^\s/。,;:]{{0,14}}<filer>)?[{HAN}、\s]{{2,16}}/ ?(?P<there>[{HAN}]{{2,6}}?)<manner>*<reported>"
    rf"|<reported> ?/ ?(?P<behind>[{HAN}]{{2,3}})[\s\])】]*$"
)
# A paper or site that is no agency: its name goes before the place.
_OUTLET = rf"^(?:本[报刊台网社]|[{HAN}]{{1,8}}?<newsroom>)"


def datelines(found: pl.DataFrame, judgement: Judgement) -> pl.DataFrame:
    """One row per document with a dateline: document_id, agency, dateline_place, year, month, day, evidence.

    `found` is a frame of spans; agency is canonical Simplified, place in the original script, year and month may be
    NULL. Of several datelines the first with an agency counts.
    """
    undated = rf"^[\s(\[【*]*据?(?P<head>(?:{judgement.agency_pattern})[{HAN}]{{0,6}}?) ?专?电(?P<date>)(?:[\s(,:]|$)"
    dated = judgement.shaped(PATTERN)
    names, canonical = judgement.agencies["alias"].to_list(), judgement.agencies["agency"].to_list()
    head = pl.col("head")
    return (
        found.filter(pl.col("category").is_in(SPOKEN_BY) & pl.col("folded").str.contains(judgement.framed("wired")))
        .with_columns(_groups(dated, "head", "date"))
        .with_columns(_groups(undated, "head_undated", "no_date"))
        .with_columns(head=pl.coalesce("head", "head_undated"))
        .filter(head.is_not_null())
        .with_columns(
            alias=pl.coalesce(
                head.str.extract(f"^({judgement.agency_pattern})"),
                pl.when(pl.col("date").str.len_chars() > 0).then(_unlisted(head, judgement)),
            ),
            before=pl.col("folded").str.extract(r"^([\s(\[【*]*据?)").str.len_chars(),
            whole=pl.col("folded").str.extract(f"({stamps.unnamed(dated)})").str.len_chars(),
        )
        .with_columns(
            agency=pl.col("alias").replace_strict(names, canonical, default=pl.col("alias")),
            place_folded=_place(head, pl.col("alias"), judgement),
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
        .sort("document_id", pl.col("agency").is_null(), "ordinal", maintain_order=True)
        .unique("document_id", keep="first", maintain_order=True)
        .select("document_id", "agency", "dateline_place", "year", "month", "day", "evidence")
    )


def filed_from(found: pl.DataFrame, judgement: Judgement) -> pl.DataFrame:
    """document_id, filed_from: the place a credit says its reporter wrote from, in the original script."""
    groups = pl.col("folded").str.extract_groups(judgement.shaped(_FILED))
    place = pl.coalesce(groups.struct.field("there"), groups.struct.field("behind"))
    return (
        found.filter(pl.col("category").is_in(SPOKEN_BY) & pl.col("folded").str.contains(judgement.framed("reported")))
        .with_columns(place=place)
        .filter(_is_place(pl.col("place"), judgement))
        .with_columns(
            before=pl.col("folded").str.extract(r"^(.*/ ?)[^/]*$").str.len_chars(), size=pl.col("place").str.len_chars()
        )
        .filter(pl.col("folded").str.slice(pl.col("before"), pl.col("size")) == pl.col("place"))
        .sort("document_id", "ordinal", maintain_order=True)
        .unique("document_id", keep="first", maintain_order=True)
        .select("document_id", filed_from=pl.col("text").str.slice(pl.col("before"), pl.col("size")))
    )


def _unlisted(head: pl.Expr, judgement: Judgement) -> pl.Expr:
    """The agency a folded head begins with, by the form of its name; NULL for other kinds of 社."""
    name = head.str.extract(_SOME_AGENCY)
    return pl.when(~name.str.contains(judgement.shaped(_NO_AGENCY))).then(name)


def _is_place(place: pl.Expr, judgement: Judgement) -> pl.Expr:
    return place.str.contains(f"^(?:{judgement.place_pattern})$") | (
        place.str.contains(rf"^[{HAN}]{{2,6}}$") & ~place.str.contains(judgement.framed("nowhere"))
    )


def _groups(pattern: str, head: str, date: str) -> list[pl.Expr]:
    """Head and date of a dateline as two columns, NULL where the pattern does not match."""
    groups = pl.col("folded").str.extract_groups(pattern)
    return [groups.struct.field("head").alias(head), groups.struct.field("date").alias(date)]


def _place(head: pl.Expr, alias: pl.Expr, judgement: Judgement) -> pl.Expr:
    """The place at the end of a folded dateline head: a known one, or all that is left between agency and date."""
    outlet = judgement.shaped(_OUTLET)
    rest = (
        pl.when(alias.is_not_null()).then(head.str.slice(alias.str.len_chars())).otherwise(head.str.replace(outlet, ""))
    )
    listed = rest.str.extract(f"({judgement.place_pattern})$")
    whole = rest.str.extract(rf"^ ?([{HAN}]{{2,8}}(?:/[{HAN}]{{2,8}})?)$")
    has_reporter = rest.str.contains(judgement.framed("reporter"))
    by_outlet = head.str.contains(outlet) & ~whole.str.contains(judgement.framed("nowhere"))
    return pl.coalesce(listed, pl.when(~has_reporter & (alias.is_not_null() | by_outlet)).then(whole))
