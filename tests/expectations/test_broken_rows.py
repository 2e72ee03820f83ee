"""Rows that break what is expected of a table, each beside rows that do not: the names of those found."""

from __future__ import annotations

from datetime import date, timedelta

import polars as pl
import pytest

from tests.expectations.small import empty_database, found, put
from transforms.tables import core, enrichment, raw, stories
from transforms.tables.base import Table

FIRST = date(2026, 11, 1)


def span(text: str, end: int, said: str = "text") -> dict[str, object]:
    return {"start_offset": 2, "end_offset": end, "category": "banner", said: text}


def document(letter: str, **given: object) -> dict[str, object]:
    return {"document_id": letter, **given}


def copy(letter: str, article: str, survivor: str, verdict: str) -> dict[str, object]:
    return document(letter, article_id=article, survivor_document_id=survivor, verdict=verdict)


BROKEN: list[tuple[type[Table], str, dict[str, list[dict[str, object]]], list[str]]] = [
    (
        core.CleanDocument,
        "spans not as long as their text",
        {"core.clean_documents": [
            document("a", removed=[span("分享", 4)]),
            document("b", removed=[span("分享", 4), span("分享", 5)]),
            document("c", removed=[span("", 2)]),
        ]},
        ["b", "c"],
    ),
    (
        core.CleanDocument,
        "repairs not as long as the text before",
        {"core.clean_documents": [
            document("a", repairs=[span(",,", 4, "before"), span("", 2, "before")]),
            document("b", repairs=[span(",,", 3, "before")]),
        ]},
        ["b"],
    ),
    (
        core.CleanDocument,
        "publication days after the night",
        {"core.clean_documents": [
            document("a", night=FIRST, published_on=FIRST + timedelta(days=2)),
            document("b", night=FIRST, published_on=FIRST + timedelta(days=3)),
        ]},
        ["b"],
    ),
    (
        core.CleanDocument,
        "publication days before 1990",
        {"core.clean_documents": [
            document("a", published_on=date(1990, 1, 1)), document("b", published_on=date(1989, 12, 31)),
        ]},
        ["b"],
    ),
    (
        core.Copy,
        "articles without exactly one original",
        {"core.copies": [
            copy("a", "good", "a", "original"), copy("b", "good", "a", "near"),
            copy("c", "two survivors", "c", "original"), copy("d", "two survivors", "d", "near"),
            copy("e", "two originals", "e", "original"), copy("f", "two originals", "e", "original"),
            copy("g", "none", "g", "near"),
            copy("h", "another", "i", "original"), copy("i", "another", "i", "near"),
        ]},
        ["another", "none", "two originals", "two survivors"],
    ),
    (
        core.Copy,
        "canonical documents without an article",
        {"core.copies": [document("a")], "core.canonical_documents": [document("a"), document("b")]},
        ["b"],
    ),
    (
        core.Pair,
        "pairs the wrong way round",
        {"core.pairs": [document("a", other_document_id="b"), document("c", other_document_id="c")]},
        ["c"],
    ),
    (
        core.Pair,
        "copies that are also relations",
        {"core.pairs": [
            document("a", is_copy=True, verdict="near", relation=None),
            document("b", is_copy=False, verdict=None, relation="sibling"),
            document("c", is_copy=True, verdict="near", relation="sibling"),
            document("d", is_copy=True, verdict=None, relation=None),
            document("e", is_copy=False, verdict="near", relation=None),
        ]},
        ["c", "d", "e"],
    ),
    (
        core.Relation,
        "articles related to themselves",
        {"core.relations": [{"article_id": "a", "other_article_id": "b"}, {"article_id": "c", "other_article_id": "c"}]},
        ["c"],
    ),
    (
        core.Relation,
        "relations of articles that are not there",
        {
            "core.relations": [
                {"article_id": one, "other_article_id": two} for one, two in (("a", "b"), ("b", "lost"), ("gone", "a"))
            ],
            "core.copies": [{"article_id": "a"}, {"article_id": "b"}],
        },
        ["b", "gone"],
    ),
    (
        enrichment.Mention,
        "affiliations with what the article does not name",
        {"core.mentions": [
            document("a", entity_id="person:甲", affiliation_id="organisation:乙"),
            document("a", entity_id="organisation:乙", affiliation_id=None),
            document("b", entity_id="person:甲", affiliation_id="organisation:乙"),
        ]},
        ["b"],
    ),
    (
        enrichment.Mention,
        "roles and affiliations that no body states",
        {
            "core.mentions": [
                document("a", entity_id="person:甲", role_hans="院长", affiliation_hans="大学"),
                document("a", entity_id="place:乙", role_hans=None, affiliation_hans=None),
                document("b", entity_id="person:甲", role_hans="校长", affiliation_hans=None),
                document("c", entity_id="person:甲", role_hans="院长", affiliation_hans="医院"),
            ],
            "core.canonical_documents": [document(letter, body_hans="大学院长说了话。") for letter in "abc"],
        },
        ["b", "c"],
    ),
    (
        enrichment.Figure,
        "bounds the wrong way round",
        {"core.figures": [
            document("a", value_min=1.0, value_max=2.0, is_suspect=False),
            document("b", value_min=2.0, value_max=1.0, is_suspect=True),
            document("c", value_min=2.0, value_max=1.0, is_suspect=False),
        ]},
        ["c"],
    ),
    (
        enrichment.Keyword,
        "ranks with gaps or more than ten",
        {"core.keywords": [
            *(document("a", rank=rank) for rank in range(1, 11)), *(document("b", rank=rank) for rank in range(1, 12)),
            document("c", rank=2), document("d", rank=1), document("d", rank=1),
        ]},
        ["b", "c", "d"],
    ),
    (
        enrichment.DocumentTopic,
        "weights that sum to more than one",
        {"core.document_topics": [
            document("a", weight=0.5), document("a", weight=0.5), document("b", weight=0.5), document("b", weight=0.6),
        ]},
        ["b"],
    ),
    (
        enrichment.Summary,
        "summaries that do not begin with the article's own words",
        {
            "core.summaries": [document("a", summary_hans="灯亮了。"), document("b", summary_hans="灯灭了。")],
            "core.canonical_documents": [document(letter, body_hans="渡口的灯亮了。") for letter in "ab"],
        },
        ["b"],
    ),
    (
        stories.Story,
        "articles without a story",
        {"core.stories": [document("a")], "core.survivors": [document("a"), document("b")]},
        ["b"],
    ),
    (
        stories.Story,
        "stories not named for an article of theirs",
        {"core.stories": [
            {"story_id": "a", "article_id": "a"}, {"story_id": "a", "article_id": "b"},
            {"story_id": "c", "article_id": "d"},
        ]},
        ["c"],
    ),
    (
        stories.StoryLink,
        "articles linked with themselves",
        {"core.story_links": [document("a", other_document_id="b"), document("c", other_document_id="c")]},
        ["c"],
    ),
    (
        raw.Record,
        "ordinals with gaps",
        {"raw.records": [
            {"source_id": source, "file_name": "f", "file_sha256": "0", "record_ordinal": ordinal}
            for source, ordinal in (("whole", 0), ("whole", 1), ("gap", 0), ("gap", 2))
        ]},
        ["gap"],
    ),
]  # fmt: skip


@pytest.mark.parametrize(("table", "what", "rows", "broken"), BROKEN, ids=[what for _, what, *_ in BROKEN])
def test_a_row_that_breaks_what_is_expected_is_found(
    table: type[Table], what: str, rows: dict[str, list[dict[str, object]]], broken: list[str]
) -> None:
    database = empty_database()
    for name, given in rows.items():
        put(database, name, pl.DataFrame(given, infer_schema_length=None))
    assert sorted({str(row[0]) for row in found(database, table, what)}) == broken
