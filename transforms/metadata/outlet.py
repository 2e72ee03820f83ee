"""The outlet a page names as its source (来源), and the section its breadcrumb leads to."""

from __future__ import annotations

import polars as pl

from transforms.lines import fold

LONGEST_OUTLET, LONGEST_SECTION = 30, 12
# An outlet ends where a list, a bracket, a sentence or wide space begins.
_END = r"(?s)(?:[|;。!?\[【\n\t<>(,]|\s{2,}|https?:).*$"
_NOBODY = r"^(?:网络(?:整理)?|互联网|本站(?:原创|整理)?|原创|未知|佚名|综合(?:整理|报道)?|转载|其他|其它|不详|暂无|网友(?:投稿)?|投稿|admin|无)$"
_QUOTES = ' \u3000\xa0"“”《》）)：:-—'
# An outlet no word announces: alone before or behind the moment of a byline, and named as outlets are.
_PLAIN = r"^[㐀-鿿A-Za-z0-9·]{1,14}(?:报|网|社|台|刊|杂志|新闻|在线|客户端|频道|资讯|传媒|之声|观察|财经|公社|参考)$"
# Who signs a page that names no source: in its promise of rights, its own work or its appeal to follow it.
_NAME = r"[㐀-鿿A-Za-z0-9·]"
_MEDIUM = rf"{_NAME}{{1,13}}(?:报|网|社|台|刊|杂志|新闻|在线|客户端|频道|资讯|传媒|之声|观察|财经|公社|参考)"
_SIGNED = (
    rf"^([(（]?本(?:文|作品|稿)(?:系|为|由)[“《【]?)({_NAME}{{2,12}}?)[”》】]?(?:独家)?(?:原创|授权|首发)",
    rf"(?i)^((?:copyright|©|\(c\)|[\s\d.©-])*)({_MEDIUM})[\s\d(（.©-]*(?:©|版权所有|copyright)",
    rf"^(.*?(?:关注|点看|搜索|订阅)[^“【《。]{{0,6}}[“【《])({_NAME}{{2,12}}?)(?:官方)?(?:微信|视频号|影片号|公众号|电子报)*[”】》]",
)
_SIGNING = ["copyright", "banner", "author_bio", "platform_notice", "contact"]
_MARKS = "《》 \u3000\xa0\t|｜·/／,，[]()（）【】"
_POSITION = r"^.*位置(?:是)?\s?[:：]"
_SEPARATOR = r"\s*-*(?:[>＞›»→|｜/／]|::)+\s*"
_STATION = (
    r"^(?:.*首页|(?:新闻|文章|资讯)?正文|详情|详细内容|内容|主页|查看(?:文章|新闻|内容)|您?当前位置|返回.*|(?i:home))$"
)


def outlets(cued: pl.DataFrame) -> pl.DataFrame:
    """document_id, outlet: the first source a span names, in the original script; nobodies (网络, 本站) are none."""
    outlet = pl.col("outlet")
    labelled = (
        cued.filter((pl.col("role") == "source") & ~pl.col("category").is_in(["photo_credit", "caption", "contact"]))
        .with_columns(lead=pl.col("value_folded").str.extract(r"^([\s:|/\"“《]*)").str.len_chars())
        .with_columns(chars=pl.col("value_folded").str.slice(pl.col("lead")).str.replace(_END, "").str.len_chars())
        .with_columns(outlet=pl.col("value").str.slice(pl.col("lead"), pl.col("chars")).str.strip_chars(_QUOTES))
        .filter(outlet.str.len_chars().is_between(2, LONGEST_OUTLET) & outlet.str.contains(r"[㐀-鿿A-Za-z]"))
        .filter(~fold(outlet).str.contains(_NOBODY))
    )
    plain = _unannounced(cued)
    return (
        pl.concat(
            [
                found.select("document_id", "ordinal", "ordinal_in_span", "outlet", announced=pl.lit(found is labelled))
                for found in (labelled, plain)
            ]
        )
        .sort("document_id", ~pl.col("announced"), "ordinal", "ordinal_in_span")
        .unique("document_id", keep="first", maintain_order=True)
        .select("document_id", "outlet")
    )


def signed(parts: pl.DataFrame) -> pl.DataFrame:
    """document_id, outlet_signed: who claims the rights to the page or asks to be followed, in the original script.

    `parts`: document_id, removed.
    """
    told = (
        parts.select(
            "document_id", pl.col("removed").list.filter(pl.element().struct.field("category").is_in(_SIGNING))
        )
        .explode("removed", empty_as_null=False)
        .unnest("removed")
        .select("document_id", "ordinal", "text", folded=fold(pl.col("text")))
    )
    found = [
        told.with_columns(groups=pl.col("folded").str.extract_groups(pattern)).select(
            "document_id",
            "ordinal",
            "text",
            trust=pl.lit(trust),
            lead=pl.col("groups").struct[0],
            name=pl.col("groups").struct[1],
        )
        for trust, pattern in enumerate(_SIGNED)
    ]
    return (
        pl.concat(found)
        .drop_nulls("name")
        .filter(~pl.col("name").str.contains(rf"{_NOBODY}|^本"))
        .sort("document_id", "trust", "ordinal")
        .unique("document_id", keep="first", maintain_order=True)
        .select(
            "document_id",
            outlet_signed=pl.col("text").str.slice(pl.col("lead").str.len_chars(), pl.col("name").str.len_chars()),
        )
    )


def _unannounced(cued: pl.DataFrame) -> pl.DataFrame:
    """Spans of a byline with `outlet`, where that is all that stands before or behind its moment."""
    before = pl.col("text").str.head(pl.col("start")).str.strip_chars(_MARKS)
    behind = pl.col("value").str.strip_chars(_MARKS)
    moments = cued.filter(
        (pl.col("role") == "stamp")
        & pl.col("category").is_in(["byline", "nav_footer"])
        & (pl.col("ordinal_in_span") == 0)
    )
    sides = [moments.with_columns(outlet=side) for side in (before, behind)]
    return pl.concat(sides).filter(fold(pl.col("outlet")).str.contains(_PLAIN))


def sections(found: pl.DataFrame, titles: pl.DataFrame) -> pl.DataFrame:
    """document_id, section: the stations of the breadcrumb without home page, body and title, joined by ' > '.

    `titles`: document_id, title_original.
    """
    station = pl.col("station")
    stations = pl.col("text").str.replace(_POSITION, "").str.replace_all(_SEPARATOR, "\x01").str.split("\x01")
    return (
        found.filter(pl.col("category") == "breadcrumb")
        .sort("document_id", "ordinal")
        .unique("document_id", keep="first", maintain_order=True)
        .select("document_id", station=stations)
        .explode("station")
        .with_columns(station.str.strip_chars(" \u3000\xa0\t:："))
        .join(titles, on="document_id", how="left", maintain_order="left")
        .filter(station.str.len_chars().is_between(1, LONGEST_SECTION) & ~fold(station).str.contains(_STATION))
        .filter(station.ne_missing(pl.col("title_original")))
        .group_by("document_id", maintain_order=True)
        .agg(section=station.str.join(" > "))
    )
