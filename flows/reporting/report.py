"""The pages beside a release: the run report and the data dictionary. Self-contained, everything escaped."""

from __future__ import annotations

import json
from dataclasses import asdict
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from flows.reporting.wording import counted
from transforms.tables.base import Table, comment_of, values_of
from warehouse import release, sealed, shelf
from warehouse.store import sql

if TYPE_CHECKING:
    from flows.night import Outcome

TEMPLATES = Path(__file__).resolve().parent / "templates"

# Published table -> the stages it comes from, told in the dictionary.
LINEAGE = {
    "marts.fct_article": "decode → clean → convert → deduplicate → summarise",
    "marts.fct_article_version": "deduplicate, over all nights",
    "marts.fct_heading": "clean → convert",
    "marts.fct_copy": "key → compare → deduplicate",
    "marts.fct_relation": "compare → relate",
    "marts.fct_credit": "clean → convert",
    "marts.dim_story": "mark → order → link → bundle → follow",
    "marts.fct_story_article": "mark → order → link → bundle → follow",
    "marts.dim_entity": "segment → name",
    "marts.fct_mention": "segment → name",
    "marts.fct_figure": "measure",
    "marts.fct_event": "date",
    "marts.fct_quote": "quote",
    "marts.bridge_article_topic": "classify",
    "marts.bridge_article_keyword": "segment → name → extract",
    "marts.search_token": "segment → tokenise",
    "marts.search_word": "segment → tokenise",
    "meta.ledger": "every stage",
    "meta.removed": "clean",
    "meta.repair": "clean",
    "meta.pii": "clean",
    "meta.field_drift": "ingest",
    "meta.expectation": "every stage",
}


def write(folder: Path, manifest: dict[str, Any], previous: dict[str, Any] | None, outcome: Outcome) -> None:
    """Write report.html, report.json and dictionary.html beside the warehouse of a release.

    `previous` is the manifest of the release before it, None for the first.
    """
    ask = sealed.Reader(folder / shelf.FILE)
    try:
        facts = gathered(ask, manifest, outcome) | {"changed": changed(manifest, previous)}
        tables = dictionary(manifest, examples(ask))
    finally:
        ask.close()
    (folder / "report.json").write_text(
        json.dumps(facts, ensure_ascii=False, indent=2, default=str) + "\n", encoding="utf-8"
    )
    (folder / "report.html").write_text(page("report.html.jinja", **facts), encoding="utf-8")
    (folder / "dictionary.html").write_text(
        page("dictionary.html.jinja", manifest=manifest, tables=tables), encoding="utf-8"
    )


def changed(manifest: dict[str, Any], previous: dict[str, Any] | None) -> list[dict[str, Any]]:
    """Tables of marts whose rows are not those of the release before, with how many there were and are."""
    if previous is None:
        return []
    was = previous["tables"]
    return [
        {"table": name, "before": was.get(name, {}).get("rows", 0), "rows": told["rows"]}
        for name, told in manifest["tables"].items()
        if name.startswith("marts.") and told["digest"] != was.get(name, {}).get("digest")
    ]


def examples(ask: sealed.Reader) -> dict[str, dict[str, str]]:
    """{table: {column: a value}}: one row of each published table, its long texts cut short."""
    # The second row where there is one: in a dimension the first may be the unknown member.
    found = {table.NAME: ask.rows(f"from {table.NAME} limit 2")[-1:] for table in release.all_tables()}
    # Asked for any rows, a view would be worked out for all articles.
    first = "select article_key from marts.fct_article limit 1"
    found |= {view.NAME: ask.rows(f"from {view.NAME} where article_key in ({first})") for view in release.all_views()}
    return {
        name: {column: shown(value) for column, value in row.items()} for name, rows in found.items() for row in rows
    }


def shown(value: object, width: int = 40) -> str:
    """A value as an example: in one line, cut short."""
    text = "" if value is None else " ".join(str(value).split())
    return text if len(text) <= width else text[: width - 1] + "…"


def spark(counts: list[int]) -> str:
    """The points of a line 100 wide and 20 high through counts, one a night, for an SVG polyline."""
    top, step = max(counts, default=0) or 1, 100 / max(len(counts) - 1, 1)
    return " ".join(f"{n * step:.1f},{19 - 18 * count / top:.1f}" for n, count in enumerate(counts))


def page(template: str, **facts: Any) -> str:
    """A page from a template; an unknown name is an error, every value is escaped."""
    return pages().get_template(template).render(**facts)


@cache
def pages() -> Environment:
    """The templates, each compiled once."""
    environment = Environment(loader=FileSystemLoader(TEMPLATES), autoescape=True, undefined=StrictUndefined)
    environment.filters["counted"] = counted  # pyright: ignore[reportArgumentType]
    environment.filters["thousands"] = lambda n: f"{n:,}"  # pyright: ignore[reportUnknownLambdaType]
    return environment


def gathered(ask: sealed.Reader, manifest: dict[str, Any], outcome: Outcome) -> dict[str, Any]:
    """What the report tells, read off the finished warehouse."""
    return {
        "manifest": {k: manifest[k] for k in ("release_id", "night", "built_at_utc", "code_version", "file_sha256")},
        "fates": outcome.fates,
        "totals": outcome.totals,
        "warnings": outcome.warnings,
        "stages": [asdict(stage) for stage in outcome.stages],
        "sources": [row | {"spark": spark(row["volumes"])} for row in ask.rows(sql("report/sources"))],
        "versions": ask.rows(sql("report/versions")),
        "records": ask.rows("select count(*) as records from meta.ledger")[0]["records"],
        "held": ask.rows(
            "select stage, reason_code, source_id, sum(records)::BIGINT as records from meta.quarantine_summary"
            " group by all order by records desc, stage, reason_code"
        ),
        "drift": ask.rows(
            "select night, source_id, kind, field, policy, records from meta.field_drift"
            " order by night desc, source_id, kind, records desc, field limit 100"
        ),
        "expectations": ask.rows(
            "select stage, table_name, expectation_type, column_name, severity, observed, unexpected_count, why,"
            " query, first_rows from meta.expectation where not success order by severity, table_name"
        ),
        "judged": ask.rows("select count(*) as judged from meta.expectation")[0]["judged"],
        "cuts": ask.rows(
            # A span is as long as its text, or nothing is published: that is told without unpacking any text.
            "select category, count(*) as spans, sum(end_offset - start_offset)::BIGINT as characters from meta.removed"
            " group by all order by spans desc"
        ),
        "stories": ask.rows(sql("report/stories")),
        "newest": ask.rows(
            "select title_hans, outlet, agency, published_on, script, script_origin, copy_count, char_count"
            " from marts.fct_article order by night desc, copy_count desc, article_key limit 25"
        ),
    }


def dictionary(manifest: dict[str, Any], rows: dict[str, dict[str, str]]) -> list[dict[str, Any]]:
    """Every published table with its columns, as declared, and the values of one of its `rows`."""
    return [
        {
            "name": table.NAME,
            "about": table.ABOUT,
            "rows": manifest["tables"].get(table.NAME, {}).get("rows"),
            "lineage": LINEAGE.get(table.NAME, "seeds and calendar" if "dim_" in table.NAME else "the tables above"),
            "columns": columns(table, rows.get(table.NAME, {})),
        }
        for table in (*release.all_tables(), *release.all_views())
    ]


def columns(table: type[Table], row: dict[str, str]) -> list[dict[str, Any]]:
    """Name, type, comment, listed values and an example of each column."""
    from warehouse.ddl import duckdb_type

    keys = table.primary_key()
    return [
        {
            "name": name,
            "type": duckdb_type(spec.dtype),
            "is_key": name in keys,
            "nullable": spec.nullable,
            "about": comment_of(spec),
            "values": values_of(spec),
            "example": row.get(name, ""),
        }
        for name, spec in table.columns().items()
    ]
