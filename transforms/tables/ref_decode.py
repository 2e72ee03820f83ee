"""Judgement about arriving bytes: the field names structured sources use, and what the fields say."""

from __future__ import annotations

from typing import ClassVar

import dataframely as dy

from transforms.tables.base import Table, about, choice

FIELD_MEANINGS = ["id", "title", "text", "published", "url", "outlet", "author", "section", "status", "retracted"]


class FieldName(Table):
    """One row per meaning and field name that states it (seeds/field_names.csv)."""

    NAME: ClassVar[str] = "ref.field_names"
    ABOUT: ClassVar[str] = "字段名 / one row per meaning and field name, with its proof"

    meaning = choice(FIELD_MEANINGS, "含义", "what the field states", primary_key=True)
    field_name = dy.String(
        primary_key=True,
        min_length=1,
        metadata=about("字段名", "name; case, underscores, hyphens and blanks do not count"),
    )
    rank = dy.Int64(min=1, metadata=about("次序", "1 = asked first among the names of a meaning"))
    hit = dy.String(metadata=about("正例", "a spelling it must recognise"))
    miss = dy.String(metadata=about("反例", "a name it must leave alone"))


class FieldValue(Table):
    """One row per field and value that takes an article back (seeds/field_values.csv)."""

    NAME: ClassVar[str] = "ref.field_values"
    ABOUT: ClassVar[str] = "字段取值 / one row per meaning and value that takes an article back, with its proof"

    meaning = choice(["status", "retracted"], "含义", "what the field states", primary_key=True)
    field_value = dy.String(
        primary_key=True,
        min_length=1,
        metadata=about("取值", "value; case and blanks around it do not count"),
    )
    hit = dy.String(metadata=about("正例", "a spelling it must recognise"))
    miss = dy.String(metadata=about("反例", "a value it must leave alone"))
