"""The night of the sample articles comes out as seeds/expected/articles.json says, record by record."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import PROJECT, Answer
from warehouse import sealed, shelf

EXPECTED: dict[str, Any] = json.loads((PROJECT / "seeds" / "expected" / "articles.json").read_text("utf-8"))
RECORDS: list[dict[str, Any]] = EXPECTED["records"]
PUBLISHED = [record for record in RECORDS if record["fate"] == "published"]
# What the expectations state of an article wherever its page states it.
COLUMNS = (
    "title_hans", "script", "script_region", "script_origin", "outlet", "agency", "dateline_place", "published_on",
    "published_at_utc", "published_precision", "paragraph_count", "char_count", "headings", "pii",
)  # fmt: skip


def name(record: dict[str, Any]) -> str:
    return f"{record['file']}#{record['record_ordinal']}"


@pytest.fixture(scope="module")
def found(sample_run: tuple[Path, Answer]) -> dict[str, dict[str, Any]]:
    """{file#ordinal: the ledger row and, where there is one, the article}."""
    reader = sealed.Reader(sample_run[0] / "current" / shelf.FILE)
    rows = reader.rows(
        """
        select l.*, a.* exclude (document_id, article_id, night), c.verdict, c.script as copy_script,
            c.script_origin as copy_origin
        from meta.ledger as l
        left join marts.fct_article as a on a.article_id = l.article_id
        left join marts.fct_copy as c on c.document_id = l.document_id
        """
    )
    for row in rows:
        key, document = row["article_key"], row["document_id"]
        row["headings"] = reader.rows(
            "select text_hans, before_paragraph from marts.fct_heading where article_key = $k order by ordinal",
            {"k": key},
        )
        row["credits"] = reader.rows("select role, name_hans from marts.fct_credit where article_key = $k", {"k": key})
        row["pii"] = sorted(
            {r["kind"] for r in reader.rows("select kind from meta.pii where document_id = $d", {"d": document})}
        )
        row["relations"] = reader.rows(
            """
            select r.relation, l.file_name || '#' || l.record_ordinal as other
            from marts.fct_relation as r
            join marts.fct_article as o on o.article_key = r.other_article_key
            join meta.ledger as l on l.document_id = o.document_id
            where r.article_key = $k
            """,
            {"k": key},
        )
    reader.close()
    return {f"{row['file_name']}#{row['record_ordinal']}": row for row in rows}


def test_the_run_says_what_it_did(sample_run: tuple[Path, Answer]) -> None:
    _, answer = sample_run
    assert answer.code == 0, answer.err
    told, totals = answer.document, EXPECTED["totals"]
    assert {
        k: told[k] for k in ("records_in", "published", "duplicates", "quarantined", "rejected_files", "superseded")
    } == {
        "records_in": totals["records"],
        "published": totals["published"],
        "duplicates": totals["duplicate"],
        "quarantined": totals["quarantined"],
        "rejected_files": totals["rejected_file"],
        "superseded": 0,
    }
    assert [stage["stage"] for stage in told["stages"]][:3] == ["ingest", "decode", "clean"]
    assert "Prefect" not in answer.err, "its own server answered all that Prefect asked"
    said = json.loads(answer.err.splitlines()[-1])["text"]
    assert said.startswith(f"Release {told['release_id']}: of 34 new records 22 published")


def test_every_record_is_in_the_ledger_once(found: dict[str, dict[str, Any]]) -> None:
    assert sorted(found) == sorted(map(name, RECORDS))


@pytest.mark.parametrize("record", RECORDS, ids=name)
def test_every_record_meets_its_fate(record: dict[str, Any], found: dict[str, dict[str, Any]]) -> None:
    row = found[name(record)]
    assert row["fate"] == record["fate"]
    assert (row["verdict"] if record["fate"] == "published" else row["reason_code"]) == record["reason"]
    if "same_article_as" in record:
        assert row["article_id"] == found[record["same_article_as"]]["article_id"]


@pytest.mark.parametrize(
    ("record", "column"),
    [(record, column) for record in PUBLISHED for column in COLUMNS if column in record],
    ids=lambda value: value if isinstance(value, str) else name(value),
)
def test_an_article_says_of_itself(record: dict[str, Any], column: str, found: dict[str, dict[str, Any]]) -> None:
    value = found[name(record)][column]
    if column in ("published_on", "published_at_utc") and value is not None:
        value = value.isoformat()
    assert value == record[column]


@pytest.mark.parametrize("record", PUBLISHED, ids=name)
def test_the_body_is_the_article_and_nothing_else(record: dict[str, Any], found: dict[str, dict[str, Any]]) -> None:
    body = found[name(record)]["body_hans"]
    assert body.startswith(record["body_starts"])
    assert body.endswith(record["body_ends"])
    assert [text for text in record["must_contain"] if text not in body] == []
    assert [text for text in record["must_not_contain"] if text in body] == []


@pytest.mark.parametrize("record", [record for record in PUBLISHED if "same_story_as" in record], ids=name)
def test_articles_about_one_event_are_one_story(record: dict[str, Any], found: dict[str, dict[str, Any]]) -> None:
    row, other = found[name(record)], found[record["same_story_as"]]
    assert row["article_key"] != other["article_key"]
    assert row["story_key"] == other["story_key"]


@pytest.mark.parametrize("record", PUBLISHED, ids=name)
def test_credits_and_relations(record: dict[str, Any], found: dict[str, dict[str, Any]]) -> None:
    row = found[name(record)]
    if "credits" in record:
        assert sorted(map(str, row["credits"])) == sorted(map(str, record["credits"]))
    assert sorted(map(str, row["relations"])) == sorted(map(str, record["relations"]))
