"""The outlet a page names as its source (来源), and the section its breadcrumb leads to."""

from __future__ import annotations

import polars as pl

from transforms.hanzi import HAN
from transforms.lines import fold
from transforms.metadata.judgement import Judgement

LONGEST_OUTLET, LONGEST_SECTION = 30, 12
# An outlet ends where a list, a bracket, a sentence or wide space begins.
_END = r"(?s)(?:[|;。!?\[【\n\t<>(,]|\s{2,}|\s[\d条]*<counted>|\s(?:\p{Han}{2,3}\s)?<complaint>|https?:).*$"
_BEFORE_WIDE_BLANK = r"^([^\x{3000}]*)"
_QUOTES = ' \u3000\xa0"“”《》）)：:-—'
# An account of WeChat is told by 原创 and stands behind its author.
_ACCOUNT = rf"^(原创\s+(?:[{HAN}A-Za-z·]{{2,8}}\s+)?)([{HAN}A-Za-z0-9·]{{2,16}})\s*$"
# A site as its breadcrumb begins with it; 体育新闻 is none.
_SITE = rf"^[{HAN}A-Za-z0-9]{{1,10}}<home>$"
# Who signs a page that names no source: in its promise of rights, its own work or its appeal to follow it.
_NAME = rf"[{HAN}A-Za-z0-9·]"
_SIGNED = (
    rf"^([(（]?本(?:文|作品|稿)(?:系|为|由)[“《【]?)({_NAME}{{2,12}}?)[”》】]?(?:独家)?<owned>",
    rf"^([^“]{{0,4}}<pressed>[^“。]{{0,6}}[“【《])({_NAME}{{2,12}}?)[”】》].{{0,4}}<subscribed>",
    r"(?i)^((?:copyright|©|\(c\)|[\s\d.©-])*)(<any_medium>)(?:[社集团股份有限责任]{0,8}公司)?[\s\d(（.©-]*(?:©|<claimed>)",
    rf"^(.*?<sought>[^“【《。]{{0,6}}[“【《])({_NAME}{{2,12}}?)(?:官方)?<account_kind>*[”】》]",
)
# Next to the moment; an aggregator says who wrote: 2025-03-04 由 江湾晚报 发表于社会.
_BESIDE = rf"^(.*[\s|·/,《]|)(<any_medium>|[{HAN}A-Za-z0-9]{{1,8}}号)[\s|·/,(》]*$"
_FOLLOWING = r"^([\s|·/,]*(?:由\s)?)(<any_medium>)(?:综合)?(?:$|[\s|·/,+])"
_ACCOUNT_OF_AGGREGATOR = rf"^([\s|·/,]*由\s?)({_NAME}{{2,16}}?)\s?(?:<sent_from>|$)"
# Of a site and the paper it has an article from: 某网-某报, 某网综合《某报》.
_OF_SITE = r"^(?:<any_medium>\s?[-–—]+\s?《?|[^《》]{1,16}《)(<any_medium>)》?$"
# As a paper opens its own report: 【明报专讯】.
_OWN_REPORT = r"^([(（【\[])(<any_medium>?)<own_report>[)）】\]]"
# As a page notes below the text which paper had it, and when: (某报 5月6日).
_EDITION = r"^([(【\[]《?)(<any_medium>)》?[\s,:(]*\d"
# Behind the moment of an account nothing stands but where it was sent from.
_PLACED = rf"^\s*<sent_from>?\s?[{HAN}]{{2,4}}$"
_OFFICIAL = rf"({_NAME}{{2,14}})<official_account>"
_SIGNING = ["copyright", "banner", "author_bio", "platform_notice", "contact"]
_MARKS = "《》 \u3000\xa0\t|｜·/／,，[]()（）【】"
# What stands before the stations: words for where one is, the number of a printed page.
_POSITION = r"^.*位置(?:是)?\s?[:：]|^第\s?[A-Z]?\d{1,3}\s?版\s*[:：|｜]"
_SEPARATOR = r"\s*-*(?:[>＞›»→|｜/／]|::)+\s*"


def outlets(cued: pl.DataFrame, alone: pl.DataFrame, judgement: Judgement) -> pl.DataFrame:
    """document_id, outlet: the first source a span names, in the original script; nobodies (网络, 本站) are none.

    One that is announced comes before one that stands beside the moment, that before a span which is nothing else
    (`alone`, see `spans.unannounced`).
    """
    found = (_announced(cued, judgement), _unannounced(cued, judgement), _on_own_line(alone, judgement))
    place = ("document_id", "ordinal", pl.col("ordinal_in_span").cast(pl.Int64))
    return (
        pl.concat([of_trust.select(*place, "outlet", trust=pl.lit(trust)) for trust, of_trust in enumerate(found)])
        .sort("document_id", "trust", "ordinal", "ordinal_in_span", maintain_order=True)
        .unique("document_id", keep="first", maintain_order=True)
        .select("document_id", "outlet")
    )


def _announced(cued: pl.DataFrame, judgement: Judgement) -> pl.DataFrame:
    """The values behind the words that announce a source, with `outlet` as far as it is the name of one."""
    outlet, end = pl.col("outlet"), judgement.shaped(_END)
    return (
        cued.filter((pl.col("role") == "source") & ~pl.col("category").is_in(["photo_credit", "caption", "contact"]))
        .with_columns(lead=pl.col("value_folded").str.extract(r"^([\s:|/\"“《]*)").str.len_chars())
        .with_columns(told=pl.col("value").str.slice(pl.col("lead")).str.extract(_BEFORE_WIDE_BLANK).str.len_chars())
        .with_columns(
            chars=pl.col("value_folded").str.slice(pl.col("lead"), pl.col("told")).str.replace(end, "").str.len_chars()
        )
        .with_columns(outlet=pl.col("value").str.slice(pl.col("lead"), pl.col("chars")).str.strip_chars(_QUOTES))
        .with_columns(outlet=_of_site(judgement))
        .filter(outlet.str.len_chars().is_between(2, LONGEST_OUTLET) & outlet.str.contains(rf"[{HAN}A-Za-z]"))
        .filter(~fold(outlet).str.contains(judgement.framed("no_source")))
    )


def _on_own_line(alone: pl.DataFrame, judgement: Judgement) -> pl.DataFrame:
    """The lines that are nothing but the name of a medium or account; the last one first, which is nearest to the article."""
    told = pl.col("text").str.strip_chars(_MARKS)
    is_medium = fold(told).str.contains(judgement.shaped(f"^<any_medium>$|{_OF_SITE}"))
    return (
        alone.with_columns(
            outlet=pl.when(is_medium).then(told).otherwise(pl.col("text").str.extract(_ACCOUNT, 2)),
            ordinal=-pl.col("ordinal"),
            ordinal_in_span=pl.lit(0, pl.Int64),
        )
        .with_columns(outlet=_of_site(judgement))
        .filter(pl.col("outlet").is_not_null() & ~_is_section(judgement))
    )


def signed(parts: pl.DataFrame, judgement: Judgement) -> pl.DataFrame:
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
        told.with_columns(groups=pl.col("folded").str.extract_groups(judgement.shaped(shape))).select(
            "document_id",
            "ordinal",
            "text",
            trust=pl.lit(trust),
            lead=pl.col("groups").struct[0],
            name=pl.col("groups").struct[1],
        )
        for trust, shape in enumerate(_SIGNED)
    ]
    return (
        pl.concat(found)
        .drop_nulls("name")
        .filter(~pl.col("name").str.contains(rf"{judgement.framed('no_source')}|^本"))
        .sort("document_id", "trust", "ordinal", maintain_order=True)
        .unique("document_id", keep="first", maintain_order=True)
        .select(
            "document_id",
            # A paper's office owns the rights of the paper.
            outlet_signed=pl.col("text")
            .str.slice(pl.col("lead").str.len_chars(), pl.col("name").str.len_chars())
            .str.replace("([报報])社$", "$1"),
        )
    )


def _unannounced(cued: pl.DataFrame, judgement: Judgement) -> pl.DataFrame:
    """Spans of a byline with `outlet`: what is named as outlets are and stands next to the moment."""
    beside, following = judgement.shaped(_BESIDE), judgement.shaped(_FOLLOWING)
    before, behind = pl.col("text").str.head(pl.col("start")), pl.col("value")
    lead, rest = pl.col("folded").str.head(pl.col("start")), pl.col("value_folded")
    moments = cued.filter(
        (pl.col("role") == "stamp")
        & pl.col("category").is_in(["byline", "nav_footer"])
        & (pl.col("ordinal_in_span") == 0)
    )
    sides = [
        (before, lead, beside),
        (before, lead, _ACCOUNT),
        (behind, rest, following),
        (behind, rest, judgement.shaped(_ACCOUNT_OF_AGGREGATOR)),
    ]
    found = [
        moments.with_columns(groups=folded.str.extract_groups(pattern), side=side)
        .with_columns(lead=pl.col("groups").struct[0].str.len_chars(), name=pl.col("groups").struct[1])
        .drop_nulls("name")
        .with_columns(outlet=pl.col("side").str.slice(pl.col("lead"), pl.col("name").str.len_chars()))
        .drop("groups", "side", "lead", "name")
        for side, folded, pattern in sides
    ]
    # An account of WeChat: `青禾周记 2021年05月06日 07:08 青禾`; a person may stand so, too.
    all_behind = pl.col("text").str.slice(pl.col("end"))
    account = moments.filter(fold(all_behind).str.contains(judgement.shaped(_PLACED))).with_columns(
        outlet=before.str.extract(rf"^({_NAME}{{3,16}})\s+$")
    )
    account = account.filter(~fold(pl.col("outlet")).str.contains(f"^{judgement.name_pattern}$"))
    official = moments.with_columns(outlet=all_behind.str.extract(judgement.shaped(_OFFICIAL)))
    return pl.concat([*found, account.drop_nulls("outlet"), official.drop_nulls("outlet")]).filter(
        ~fold(pl.col("outlet")).str.contains(judgement.framed("no_source")) & ~_is_section(judgement)
    )


def _is_section(judgement: Judgement) -> pl.Expr:
    return fold(pl.col("outlet")).str.contains(judgement.framed("section"))


def _of_site(judgement: Judgement) -> pl.Expr:
    """Of a site and the paper it has the article from (某网-某报) the paper."""
    outlet = pl.col("outlet")
    paper = fold(outlet).str.extract(judgement.shaped(_OF_SITE)).str.len_chars()
    return pl.when(paper.is_not_null()).then(outlet.str.strip_chars_end("》").str.tail(paper)).otherwise(outlet)


def datelined(found: pl.DataFrame, judgement: Judgement) -> pl.DataFrame:
    """document_id, outlet_datelined: the paper whose own report a text begins as (【明报专讯】), or that it is noted below
    to be from, in the original script."""
    shapes = {"dateline": _OWN_REPORT, "byline": _EDITION}
    named = pl.coalesce(
        pl.when(pl.col("category") == category).then(
            pl.col("folded").str.extract_groups(judgement.shaped(shape)).struct.rename_fields(["lead", "name"])
        )
        for category, shape in shapes.items()
    )
    return (
        found.filter(pl.col("category").is_in(list(shapes)) & pl.col("folded").str.contains(r"^[(（【\[]"))
        .with_columns(named.alias("named"))
        .unnest("named")
        .filter(pl.col("name").is_not_null() & ~pl.col("name").str.contains("^本"))
        .sort("document_id", "ordinal", maintain_order=True)
        .unique("document_id", keep="first", maintain_order=True)
        .select(
            "document_id",
            outlet_datelined=pl.col("text").str.slice(pl.col("lead").str.len_chars(), pl.col("name").str.len_chars()),
        )
    )


def sections(found: pl.DataFrame, titles: pl.DataFrame, judgement: Judgement) -> pl.DataFrame:
    """document_id, section, outlet_of_site: the stations of the breadcrumb, and the site it begins with if that is named.

    Home page, body and title are no stations of a section (joined by ' > '), nor is the site. `titles`: document_id, title_original.
    """
    station = pl.col("station")
    stations = pl.col("text").str.replace(_POSITION, "").str.replace_all(_SEPARATOR, "\x01").str.split("\x01")
    return (
        found.filter(pl.col("category") == "breadcrumb")
        .sort("document_id", "ordinal", maintain_order=True)
        .select("document_id", "ordinal", station=stations)
        .explode("station")
        .with_columns(station.str.strip_chars(" \u3000\xa0\t:：∙·"))
        .join(titles, on="document_id", how="left", maintain_order="left")
        .filter(station.str.len_chars().is_between(1, LONGEST_SECTION))
        .filter(~fold(station).str.contains(judgement.framed("no_station")))
        .filter(station.ne_missing(pl.col("title_original")))
        .filter(pl.col("ordinal") == pl.col("ordinal").first().over("document_id"))
        .with_columns(
            is_site=(pl.int_range(pl.len()).over("document_id") == 0)
            & fold(station).str.contains(judgement.shaped(_SITE))
        )
        .group_by("document_id", maintain_order=True)
        .agg(
            section=station.filter(~pl.col("is_site")).str.join(" > "), outlet_of_site=station.filter("is_site").first()
        )
        .with_columns(section=pl.when(pl.col("section") != "").then("section"))
    )
