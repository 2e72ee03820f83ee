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
    r" ?(?:上午|下午|凌晨|晚)? ?(?:(?:综合外电|外电|综合)(?:报道|报导)|专电|急电|综合电|外电|电|讯)"
)
PATTERN = rf"^[\s(\[【*]*据?{_HEAD} ?{_DAY}"
# An agency no list knows: its name ends in 社, and only agencies date their dispatches with 电.
_SOME_AGENCY = rf"^([{HAN}]{{1,6}}?社)(?:[{HAN}/、 ]|$)"
_NO_AGENCY = r"(?:^[本该据]|合作|旅行|报|杂志|出版|印|书|诗|文学|琴|学|公)社$"
# Reporter and place of a credit: `记者林某／台南报导`, `李某 报导 / 新北市`.
_FILED = (
    rf"(?:^|[\s\[(【])(?:[^\s/。,;:]{{0,14}}(?:记者|特派员|编译))?[{HAN}、\s]{{2,16}}/ ?(?P<there>[{HAN}]{{2,6}}?)(?:即时|综合|连线|专题|特稿|现场)*(?:报道|报导)"
    rf"|(?:报道|报导) ?/ ?(?P<behind>[{HAN}]{{2,3}})[\s\])】]*$"
)
_NOWHERE = r"综合|连线|专题|专访|编译|即时|外电|整理|独家|采访|特别|现场|深度|国际|两岸|财经|体育|政治|社会|生活|娱乐|地方|中心|实习|文字|调查|科技|新闻|汽车|房产|频道|客户端|在线|记者|快讯|今|昨|午|日|消息|专电|据|[网台报社]"
# A paper or site that is no agency: its name goes before the place.
_OUTLET = rf"^(?:本[报刊台网社]|[{HAN}]{{1,8}}?(?:日报|晚报|早报|晨报|时报|都市报|商报|快报|报|新闻网|在线|电视台|广播电台|网|台|新闻|客户端|社))"


def datelines(found: pl.DataFrame, judgement: Judgement) -> pl.DataFrame:
    """One row per document with a dateline: document_id, agency, dateline_place, year, month, day, evidence.

    `found` is a frame of spans; agency is canonical Simplified, place in the original script, year and month may be
    NULL. Of several datelines the first with an agency counts.
    """
    undated = rf"^[\s(\[【*]*据?(?P<head>(?:{judgement.agency_pattern})[{HAN}]{{0,6}}?) ?专?电(?P<date>)(?:[\s(,:]|$)"
    names, canonical = judgement.agencies["alias"].to_list(), judgement.agencies["agency"].to_list()
    head = pl.col("head")
    return (
        found.filter(pl.col("category").is_in(SPOKEN_BY) & pl.col("folded").str.contains("电|讯|报道|报导"))
        .with_columns(_groups(PATTERN, "head", "date"))
        .with_columns(_groups(undated, "head_undated", "no_date"))
        .with_columns(head=pl.coalesce("head", "head_undated"))
        .filter(head.is_not_null())
        .with_columns(
            alias=pl.coalesce(
                head.str.extract(f"^({judgement.agency_pattern})"),
                pl.when(pl.col("date").str.len_chars() > 0).then(_unlisted(head)),
            ),
            before=pl.col("folded").str.extract(r"^([\s(\[【*]*据?)").str.len_chars(),
            whole=pl.col("folded").str.extract(f"({stamps.unnamed(PATTERN)})").str.len_chars(),
        )
        .with_columns(
            agency=pl.col("alias").replace_strict(names, canonical, default=pl.col("alias")),
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


def filed_from(found: pl.DataFrame, judgement: Judgement) -> pl.DataFrame:
    """document_id, filed_from: the place a credit says its reporter wrote from, in the original script."""
    groups = pl.col("folded").str.extract_groups(_FILED)
    place = pl.coalesce(groups.struct.field("there"), groups.struct.field("behind"))
    return (
        found.filter(pl.col("category").is_in(SPOKEN_BY) & pl.col("folded").str.contains("报道|报导"))
        .with_columns(place=place)
        .filter(_is_place(pl.col("place"), judgement.place_pattern))
        .with_columns(
            before=pl.col("folded").str.extract(r"^(.*/ ?)[^/]*$").str.len_chars(), size=pl.col("place").str.len_chars()
        )
        .filter(pl.col("folded").str.slice(pl.col("before"), pl.col("size")) == pl.col("place"))
        .sort("document_id", "ordinal")
        .unique("document_id", keep="first", maintain_order=True)
        .select("document_id", filed_from=pl.col("text").str.slice(pl.col("before"), pl.col("size")))
    )


def _unlisted(head: pl.Expr) -> pl.Expr:
    """The agency a folded head begins with, by the form of its name; NULL for other kinds of 社."""
    name = head.str.extract(_SOME_AGENCY)
    return pl.when(~name.str.contains(_NO_AGENCY)).then(name)


def _is_place(place: pl.Expr, known: str) -> pl.Expr:
    return place.str.contains(f"^(?:{known})$") | (
        place.str.contains(rf"^[{HAN}]{{2,6}}$") & ~place.str.contains(_NOWHERE)
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
    whole = rest.str.extract(rf"^ ?([{HAN}]{{2,8}}(?:/[{HAN}]{{2,8}})?)$")
    has_reporter = rest.str.contains("记者")
    by_outlet = head.str.contains(_OUTLET) & ~whole.str.contains(_NOWHERE)
    return pl.coalesce(listed, pl.when(~has_reporter & (alias.is_not_null() | by_outlet)).then(whole))
