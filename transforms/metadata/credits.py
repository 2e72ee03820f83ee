"""Who made the article: credits by role, and the author line as it stood."""

from __future__ import annotations

import polars as pl

from transforms.hanzi import HAN
from transforms.lines import fold
from transforms.metadata.judgement import Judgement
from transforms.metadata.names import names
from transforms.metadata.spans import CREDITS_ONLY, FIELD
from transforms.tables.core import CREDIT_ROLES

CREDIT = pl.Struct({"role": pl.String, "name": pl.String, "affiliation": pl.String})
# The cue 文/图 stands for two roles at once.
BOTH = "author_photographer"
_NAMES = rf"[{HAN}]{{1,4}}(?:·[{HAN}]{{1,6}})?(?:[ 、/,]+[{HAN}]{{1,4}}){{0,6}}?"
# Names before their role: `李某 摄`, `张某／台北报导`; what comes before the names is the first group.
_PHOTOGRAPHED = (
    rf"(?s)^((?:.*[\s。(\[【,|:;/])?(?:[{HAN}]{{0,10}}<reporter>\s?)?)({_NAMES}) ?<photographed> ?(?:[)。.】\]]|$)"
)
_REPORTED = (
    rf"^((?:.*\d[\d:)]*\s+)?(?:[{HAN}]{{2,10}}<house>\s+)?[\s\[(【*]*)({_NAMES}) ?"
    rf"(?:/ ?(?:[{HAN}]{{2,6}}?)?<manner>?)?<reported>(?: ?/ ?[{HAN}]{{2,3}})?[\s\])】*]*$"
)
# From where and in what form: `李某（江湾特稿）`.
_FILED = rf"^((?:.*?[\s|·,/])?)({_NAMES}) ?[(][{HAN}]{{0,6}}<feature>[)]\s*$"
# 参与记者 (contributing reporters) names no employer.
_AFFILIATION = rf"^据?([{HAN}A-Za-z·]*?)(?:<posting>|<rank>|驻[{HAN}]{{1,6}}?)*<reporter>"
_MAY_SHOW = [*CREDITS_ONLY, "byline", "dateline"]
_NO_EMPLOYER = "^(?:参与.*)?$"
_POSTING = rf"((?:<posting>|驻[{HAN}]{{1,6}}?)+<reporter>)"
_INSTITUTE = rf"^([{HAN}A-Za-z·]{{2,20}}<institute>)"
_HEADED = rf"^([{HAN}A-Za-z·]{{3,20}}?)(?:联合|共同)?<head_of_firm>$"
# What stands behind the names of photographers is no part of the last one.
_PHOTO_LINE, _PHOTO_END = r"^[^。]{0,20}<photographed>[\s)。\]】]*$", r"\s?<photographed>[\s)。\]】]*$"


def credits(found: pl.DataFrame, cued: pl.DataFrame, alone: pl.DataFrame, judgement: Judgement) -> pl.DataFrame:
    """document_id, credits: every person credited, in order of appearance, each role and name once."""
    stated = pl.concat(
        [
            _after_cue(cued, judgement),
            _unannounced(alone, judgement),
            _beside_moment(cued, judgement),
            _of_account(cued, judgement),
            _before_role(found, ["byline"], judgement, "feature", _FILED, "author"),
            _before_role(found, _MAY_SHOW, judgement, "photographed", _PHOTOGRAPHED, "photographer"),
            _before_role(found, ["byline", "dateline", FIELD], judgement, "reported", _REPORTED, "reporter"),
        ]
    ).sort("document_id", "ordinal", "start", "role")
    is_sole_author = (pl.col("role") == "author") & ((pl.col("role") == "author").sum().over("document_id") == 1)
    return (
        names(stated, judgement)
        .sort("document_id", "ordinal", "start", "position", maintain_order=True)
        .unique(["document_id", "role", "name"], keep="first", maintain_order=True)
        .join(_offices(cued, judgement), on="document_id", how="left", maintain_order="left")
        .with_columns(affiliation=pl.coalesce("affiliation", pl.when(is_sole_author).then("office")))
        .group_by("document_id", maintain_order=True)
        .agg(credits=pl.struct("role", "name", "affiliation"))
    )


def author_lines(cued: pl.DataFrame) -> pl.DataFrame:
    """document_id, author_line: the author credit as it stood, else the reporter's."""
    line = (
        (pl.col("cue_text") + pl.col("value"))
        .str.strip_chars(" \u3000\xa0\t|｜/／-(（[【〔")
        .str.strip_chars_end(" \u3000)）]】〕,，。;；")
    )
    return (
        cued.filter(
            pl.col("role").is_in(["author", BOTH, "reporter"]) & ~pl.col("category").is_in([*CREDITS_ONLY, FIELD])
        )
        .filter(pl.col("value").str.contains(rf"[{HAN}]{{2}}|[{HAN}] [{HAN}]"))
        .sort("document_id", pl.col("role") == "reporter", "ordinal", "ordinal_in_span", maintain_order=True)
        .unique("document_id", keep="first", maintain_order=True)
        .select("document_id", author_line=line)
    )


def _after_cue(cued: pl.DataFrame, judgement: Judgement) -> pl.DataFrame:
    """Credits whose cue comes first."""
    is_photo_line = pl.col("value_folded").str.contains(judgement.shaped(_PHOTO_LINE))
    roles = (
        pl.when(pl.col("role") == BOTH).then(pl.lit(["author", "photographer"], pl.List(pl.String)))
        .when((pl.col("role") == "reporter") & is_photo_line).then(pl.lit(["photographer"], pl.List(pl.String)))
        .otherwise(pl.concat_list("role"))
    )  # fmt: skip
    chars = pl.col("value_folded").str.replace(judgement.shaped(_PHOTO_END), "").str.len_chars()
    employer = pl.col("cue").str.extract(judgement.shaped(_AFFILIATION))
    return (
        cued.filter(pl.col("role").is_in([*CREDIT_ROLES, BOTH]))
        .with_columns(role=roles, chars=chars)
        .explode("role")
        .filter(~pl.col("category").is_in(CREDITS_ONLY) | (pl.col("role") == "photographer"))
        .select(
            "document_id",
            "ordinal",
            "start",
            "role",
            pl.col("value").str.head(pl.col("chars")),
            pl.col("value_folded").str.head(pl.col("chars")),
            affiliation=pl.when(~employer.str.contains(_NO_EMPLOYER))
            .then(
                pl.col("cue_text").str.slice(
                    pl.col("cue").str.extract("^(据?)").str.len_chars(), employer.str.len_chars()
                )
            )
            .otherwise(pl.col("cue").str.extract(judgement.shaped(_POSTING))),
            is_labelled=pl.col("cue").str.contains(r"[:|/]\s*$"),
        )
    )


def _unannounced(alone: pl.DataFrame, judgement: Judgement) -> pl.DataFrame:
    """Authors no word announces: names alone on a line, or behind the outlet or the column."""
    name = judgement.name_pattern
    groups = pl.col("folded").str.extract_groups(
        rf"^(\s*(?:[{HAN}A-Za-z0-9]{{2,12}}\s+)??)({name}(?:[\s、/]+{name}){{0,3}})[\s©]*$"
    )
    people = alone.filter(~groups.struct[1].str.contains(judgement.shaped("<house>$")))
    return _without_cue(people, groups, "text", "author", pl.lit(0, pl.Int64))


def _beside_moment(cued: pl.DataFrame, judgement: Judgement) -> pl.DataFrame:
    """Authors who stand behind the moment and the outlet: 2025.03.04 18:42 江湾时报 李某."""
    # Between a paper and the end of the line a name of three may begin like a word.
    name = rf"(?:{judgement.name_pattern}|{judgement.surname_pattern}[{HAN}]{{2}})"
    groups = pl.col("value_folded").str.extract_groups(
        rf"^([\s|·/,]*{judgement.medium_pattern}[\s|·/,]+)({name}(?:[\s、/]+{name}){{0,3}})\s*$"
    )
    moments = cued.filter(
        (pl.col("role") == "stamp")
        & (pl.col("category") == "byline")
        & (pl.col("ordinal_in_span") == 0)
        & (pl.col("text").str.slice(pl.col("end")) == pl.col("value"))
        & ~groups.struct[1].str.contains(r"[报网社台刊版页区]$")
    )
    return _without_cue(moments, groups, "value", "author", pl.col("end"))


def _of_account(cued: pl.DataFrame, judgement: Judgement) -> pl.DataFrame:
    """Authors before the account and the moment: 原创 李某 江湾周记 2025-03-04 18:42."""
    groups = (
        pl.col("folded")
        .str.head(pl.col("start"))
        .str.extract_groups(rf"^(原创\s+)({judgement.name_pattern})\s+[{HAN}A-Za-z0-9·]{{2,16}}\s*$")
    )
    moments = cued.filter((pl.col("role") == "stamp") & (pl.col("ordinal_in_span") == 0))
    return _without_cue(moments, groups, "text", "author", pl.col("lead"))


def _before_role(
    found: pl.DataFrame, categories: list[str], judgement: Judgement, did: str, shape: str, role: str
) -> pl.DataFrame:
    """Credits whose names come before the word for what they did."""
    told = found.filter(pl.col("category").is_in(categories) & pl.col("folded").str.contains(judgement.framed(did)))
    groups = pl.col("folded").str.extract_groups(judgement.shaped(shape))
    return _without_cue(told, groups, "text", role, pl.col("lead"))


def _without_cue(found: pl.DataFrame, groups: pl.Expr, told_in: str, role: str, start: pl.Expr) -> pl.DataFrame:
    """Credits of one role that stand behind no word for it. `groups` are, of the folded column `told_in`, the letters before the
    names and the names; `lead` is the length of the former."""
    return (
        found.with_columns(lead=groups.struct[0].str.len_chars(), listed=groups.struct[1])
        .filter(pl.col("listed").is_not_null())
        .select(
            "document_id",
            "ordinal",
            start=start.cast(pl.Int64),
            role=pl.lit(role),
            value=pl.col(told_in).str.slice(pl.col("lead"), pl.col("listed").str.len_chars()),
            value_folded="listed",
            affiliation=pl.lit(None, pl.String),
            is_labelled=pl.lit(value=False),
        )
    )


def _offices(cued: pl.DataFrame, judgement: Judgement) -> pl.DataFrame:
    """document_id, office: where the author works, from the biographical line (作者简介)."""
    piece = pl.col("piece")
    shapes = (judgement.shaped(shape) for shape in (_INSTITUTE, _HEADED))
    length = pl.coalesce(fold(piece).str.extract(pattern) for pattern in shapes).str.len_chars()
    return (
        cued.filter(pl.col("role") == "bio")
        .select("document_id", "ordinal", piece=pl.col("value").str.replace_all("[，、；;。]", ",").str.split(","))
        .explode("piece")
        .with_columns(piece.str.strip_chars(" 。\u3000"))
        .with_columns(office=piece.str.head(length))
        .filter(pl.col("office").is_not_null())
        .unique("document_id", keep="first", maintain_order=True)
        .select("document_id", "office")
    )
