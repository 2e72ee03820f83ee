"""Judgement about bylines as data: agencies, cues, dateline places, surnames."""

from __future__ import annotations

from typing import ClassVar

import dataframely as dy

from transforms.tables.base import Table, about, choice

CUE_ROLES = [
    "author", "author_photographer", "reporter", "contributor", "editor", "photographer", "source", "publish_time",
    "update_time", "today", "bio", "other",
]  # fmt: skip


class Agency(Table):
    """One row per name a news agency goes by in datelines (seeds/agencies.csv)."""

    NAME: ClassVar[str] = "ref.agencies"
    ABOUT: ClassVar[str] = "通讯社 / one row per name of a news agency, with its proof"

    alias = dy.String(primary_key=True, metadata=about("电头名称", "name in a dateline, folded to Simplified"))
    agency = dy.String(metadata=about("通讯社", "canonical Simplified name"))
    name_en = dy.String(metadata=about("英文名", "English name"))
    country = dy.String(regex=r"^[A-Z]{2}$", metadata=about("国家地区", "ISO 3166 code of its seat"))
    hit = dy.String(metadata=about("正例", "a dateline that names it"))
    miss = dy.String(metadata=about("反例", "a dateline that does not, though the name occurs"))


class BylineCue(Table):
    """One row per cue that says what follows it in a byline (seeds/byline_cues.csv); earlier rows win."""

    NAME: ClassVar[str] = "ref.byline_cues"
    ABOUT: ClassVar[str] = "署名行提示词 / one row per cue of a byline, with its proof"

    cue_id = dy.String(primary_key=True, metadata=about("提示号", "name of the cue"))
    role = choice(CUE_ROLES, "角色", "what follows it: a credit role, the source, a time, or nothing of use")
    pattern = dy.String(metadata=about("模式", "Rust regular expression on the folded line"))
    hit = dy.String(metadata=about("正例", "a line it must recognise"))
    miss = dy.String(metadata=about("反例", "a line it must leave alone"))


class DatelinePlace(Table):
    """One row per place datelines are written from (seeds/dateline_places.csv)."""

    NAME: ClassVar[str] = "ref.dateline_places"
    ABOUT: ClassVar[str] = "电头地点 / one row per dateline place"

    place = dy.String(primary_key=True, metadata=about("地点", "name, folded to Simplified"))


class CreditSurname(Table):
    """One row per surname by which a name in a credit is known (seeds/credit_surnames.csv)."""

    NAME: ClassVar[str] = "ref.credit_surnames"
    ABOUT: ClassVar[str] = "署名姓氏 / one row per surname, single or compound"

    surname = dy.String(primary_key=True, metadata=about("姓氏", "surname, folded to Simplified"))
