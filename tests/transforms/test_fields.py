"""Which field of a record states what: by the usual names, by a source's own map, and what differs from either."""

from __future__ import annotations

from typing import Any

import polars as pl
import pytest

from transforms.decode import structured
from transforms.decode.fields import BadFieldMap, FieldNames, as_text, field_map

USUAL = pl.DataFrame(
    [
        ("id", "id", 1), ("title", "title", 1), ("title", "headline", 2), ("text", "content", 1), ("text", "body", 2),
        ("text", "description", 3), ("published", "published", 1), ("url", "link", 1), ("author", "author", 1), ("status", "status", 1),
    ],
    schema=["meaning", "field_name", "rank"],
    orient="row",
)  # fmt: skip


def values(record: dict[str, Any], own: str | None = None) -> dict[str, str]:
    return FieldNames(USUAL, own).values(record)


def drift(record: dict[str, Any], own: str | None = None) -> tuple[tuple[str, ...], tuple[str, ...]]:
    return tuple(FieldNames(USUAL, own).drift(record))  # pyright: ignore[reportReturnType]


# ---------------------------------------------------------------- by the usual names
@pytest.mark.parametrize(
    ("record", "found"),
    [
        ({"headline": "甲", "title": "乙"}, {"title": "乙"}),
        ({"headline": "甲", "title": " "}, {"title": "甲"}),
        ({"Head_Line": "甲"}, {"title": "甲"}),
        ({"detail": {"title": "甲", "content": "乙"}}, {"title": "甲", "text": "乙"}),
        ({"author": {"title": "主任", "name": "覃书远"}, "body": "乙"}, {"author": "覃书远", "text": "乙"}),
        ({"body": ["一段", None, "二段"], "author": ["甲", "乙"]}, {"text": "一段\n二段", "author": "甲、乙"}),
        ({"body": "字\x00面"}, {"text": "字面"}),
        ({"views": 3}, {}),
    ],
    ids=["rank", "blank", "spelling", "embedded", "property", "lists", "zero byte", "none"],
)
def test_a_field_is_found_by_its_usual_names(record: dict[str, Any], found: dict[str, str]) -> None:
    assert values(record) == found


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ("", None), ("\x00", None), (" \x00 ", None), (None, None), (float("nan"), None), (1.5, "1.5"), (7, "7"),
        (True, "true"), ([], None), ([[1]], None), ({"name": "甲"}, "甲"), ({"name": {"x": 1}, "label": "乙"}, "乙"),
        ({"name": ["甲"]}, None), ({"href": "x"}, None),
    ],
)  # fmt: skip
def test_a_value_states_a_text_or_nothing(value: Any, text: str | None) -> None:
    assert as_text(value) == text


@pytest.mark.parametrize(
    ("record", "states"),
    [({"title": "甲"}, True), ({"detail": {"body": ""}}, True), ({"link": "x"}, False), (["title"], False)],
)
def test_an_object_that_names_a_text_or_a_title_states_an_article(record: object, states: bool) -> None:
    assert FieldNames(USUAL).states_article(record) is states


# ---------------------------------------------------------------- by a map
def test_what_a_map_names_stands_there_and_nowhere_else() -> None:
    own = "title=head|kopf; text=story.body"
    record = {"kopf": "甲", "title": "乙", "story": {"body": "丙"}, "content": "丁", "link": "https://example.org/1"}
    assert values(record, own) == {"title": "甲", "text": "丙", "url": "https://example.org/1"}
    assert values({"title": "乙", "story": "丙"}, own) == {}


def test_a_name_with_a_dot_is_a_name_before_it_is_a_way() -> None:
    assert values({"story.body": "甲", "story": {"body": "乙"}}, "text=story.body") == {"text": "甲"}


@pytest.mark.parametrize("text", ["headline=x", "title", "title=", "title=a; title=b"])
def test_a_map_that_cannot_be_understood_is_refused(text: str) -> None:
    with pytest.raises(BadFieldMap):
        field_map(text)


def test_an_empty_map_names_nothing() -> None:
    assert field_map(None) == field_map(" ; ") == {}


# ---------------------------------------------------------------- what differs
@pytest.mark.parametrize(
    ("record", "own", "differs"),
    [
        ({"content": "甲", "title": "乙"}, None, ((), ())),
        ({"content": "甲", "mood": 1, "views": 2}, None, (("mood", "views"), ())),
        ({"title": "乙"}, None, ((), ("text",))),
        ({"content": None}, None, ((), ())),
        ({"kopf": "甲", "views": 2, "mood": 1}, "title=kopf; ignored=views", (("mood",), ())),
        ({"title": "甲"}, "title=kopf; ignored=views", ((), ("title",))),
        ({"story": {"body": "甲"}}, "text=story.body", ((), ())),
        ({"story": {}}, "text=story.body", ((), ("text",))),
        ({"story": "甲"}, "text=story.body", ((), ("text",))),
        ({"status": "deleted", "id": 1}, None, ((), ())),
        ({"status": "deleted", "link": "x"}, None, ((), ())),
        ({"status": "deleted"}, None, ((), ("id",))),
    ],
)
def test_a_record_differs_by_fields_nobody_named_and_meanings_it_lacks(
    record: dict[str, Any], own: str | None, differs: tuple[tuple[str, ...], tuple[str, ...]]
) -> None:
    assert drift(record, own) == differs


@pytest.mark.parametrize(
    ("unknown_fields", "missing_fields", "record", "reason"),
    [
        ("quarantine", None, b'{"content": "x", "mood": 1}', "unknown_field"),
        ("quarantine", None, b'{"title": "x"}', None),
        (None, "quarantine", b'{"title": "x"}', "missing_field"),
        (None, "quarantine", b'{"content": "x", "mood": 1}', None),
        ("warn", "freeze", b'{"mood": 1}', None),
        ("quarantine", "quarantine", b'{"mood": 1}', "missing_field"),
        ("quarantine", "quarantine", b'{"content": "x"}', None),
    ],
)
def test_a_source_may_have_records_that_differ_held_back(
    unknown_fields: str | None, missing_fields: str | None, record: bytes, reason: str | None
) -> None:
    sources = pl.DataFrame(
        {
            "source_id": ["wire"],
            "fields": [None],
            "unknown_fields": [unknown_fields],
            "missing_fields": [missing_fields],
        },
        schema_overrides={"fields": pl.String, "unknown_fields": pl.String, "missing_fields": pl.String},
    )
    records = pl.DataFrame(
        {"row": [0], "source_id": ["wire"], "format": ["json"], "payload": [record], "hint": [None]},
        schema_overrides={"row": pl.UInt32, "hint": pl.String},
    )
    found = structured.fields(records, structured.Sources(USUAL, sources)).row(0, named=True)
    assert found["reason_code"] == reason
    assert (found["text"] is None) == (reason is not None or b"content" not in record)
