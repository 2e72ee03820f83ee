"""wencang at the tasks of bench.py: the functions of the timetable, called as a night calls them."""

from __future__ import annotations

import contextlib
import io
import json
import tempfile
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import polars as pl

import seeds
from flows.chunk import is_seed, seed, worked
from flows.intake import sources
from flows.night import Course
from flows.pipeline import PIPELINE
from flows.settings import Home, cores, quiet_engines
from flows.work import opened
from transforms import dedup
from transforms.script.converter import Converter
from transforms.tables import core
from transforms.tables.core import CanonicalDocument
from transforms.tables.raw import Record
from warehouse.candidates import TABLES, gather
from warehouse.store import Store, sql

NIGHT = date(2026, 11, 20)
_stages = {stage.name: stage for stage in PIPELINE}
_known: dict[str, pl.DataFrame] = {
    "sources": pl.DataFrame({"source_id": ["adhoc"], "script": ["Hans"], "trust": [0.5]})
}

Items = list[list[str]]


def identity(number: int) -> str:
    """The id of a text: the first 60 bits tell documents apart, as those of digests do."""
    return f"{number:015x}0"


def canonical(texts: Items) -> pl.DataFrame:
    """(id, text, perhaps title) as the stages behind `convert` read it, numbered: their ids are no digests."""
    blank = CanonicalDocument.create_empty().clear(len(texts))
    return blank.with_columns(
        document_id=pl.Series([identity(number) for number in range(len(texts))], dtype=pl.String),
        body_hans=pl.Series([row[1] for row in texts], dtype=pl.String),
        title_hans=pl.Series([row[2] if len(row) > 2 else None for row in texts], dtype=pl.String),
        published_on=pl.lit(NIGHT),
    )


def run(stage: str, *frames: pl.DataFrame) -> pl.DataFrame:
    """A stage's rows, its rules checked."""
    return worked(_stages[stage], frames, _known)[0]


def conversion(texts: Items) -> list[str]:
    """Traditional to Simplified."""
    return Converter("t2s").convert(pl.Series([text for _, text in texts], dtype=pl.String)).to_list()


def pages(items: Items) -> list[str]:
    """HTML pages to the text of their article."""
    records = Record.create_empty().clear(len(items))
    records = records.with_columns(
        record_id=pl.Series([f"{number:016x}" for number in range(len(items))]),
        source_id=pl.lit("adhoc"),
        file_name=pl.Series([f"{name}.html" for name, _ in items]),
        night=pl.lit(NIGHT),
        format=pl.lit("html"),
        payload=pl.Series([page.encode() for _, page in items]),
    )
    stage = _stages["decode"]
    given = [seed(table, _known) for table in stage.reads if is_seed(table)]
    found = dict(stage.transform(records, *given).select("record_id", "text").iter_rows())
    return [found.get(record, "") for record in records["record_id"]]


def segmentation(texts: Items) -> int:
    """Texts to words; how many."""
    return int(run("segment", canonical(texts))["body_words"].str.count_matches("\x1f").sum())


def figures(texts: Items) -> list[list[float]]:
    """Texts to the values of the quantities stated."""
    found = run("measure", canonical(texts)).filter(pl.col("value").is_not_null())
    values = dict(found.group_by("document_id").agg("value").iter_rows())
    return [values.get(identity(number), []) for number in range(len(texts))]


def deduplication(texts: Items) -> dict[str, str]:
    """Canonical texts to {document: article}, by a working database of their own."""
    documents = canonical(texts).with_columns(
        pl.col("body_hans").str.len_chars().cast(pl.Int64).alias("char_count"),
        script=pl.lit("Hans"),
        night=pl.lit(NIGHT),
    )
    keys = dedup.clauses(documents)
    with tempfile.TemporaryDirectory() as folder:
        store = Store(Path(folder) / "work.duckdb", TABLES)
        store.execute(sql("macros"))
        with store.given("sizes", documents.select("document_id", "night", "char_count")):
            store.execute("create table core.canonical_documents as select * from sizes")
            store.execute("create temp table pending as select document_id as unit_id, 0 as chunk_no from sizes")
        store.insert(core.Clause, keys)
        gather(store)
        found = store.read("select document_id, other_document_id from found")
        pairs = dedup.pairs(found, documents, seeds.table("comparison_patterns"))
        store.close()
    bodies = keys.select("document_key", "body_hash").unique("document_key")
    key = pl.col("document_id").str.head(15).str.to_integer(base=16)
    accepted = (
        documents.with_columns(document_key=key)
        .join(bodies, on="document_key", how="left")
        .with_columns(
            retracted_night=pl.lit(None, pl.Date),
            repair_count=pl.lit(0),
            published_at_utc=pl.lit(None, pl.Datetime("us")),
            natural_id=pl.lit(None, pl.String),
            source_id=pl.lit("adhoc"),
        )
    )
    copies = dedup.copies(pairs, accepted, _known["sources"])
    named = copies.select(pl.col("document_id", "article_id").str.to_integer(base=16) // 16).iter_rows()
    return {texts[document][0]: texts[article][0] for document, article in named}


def night(articles: list[dict[str, str]]) -> dict[str, str]:
    """A whole night in a fresh home, release and expectations and all: {id of the article: article}."""
    with tempfile.TemporaryDirectory() as folder, contextlib.redirect_stdout(io.StringIO()):
        corpus = Path(folder) / "corpus.jsonl"
        corpus.write_text("".join(json.dumps(one, ensure_ascii=False) + "\n" for one in articles), "utf-8")
        home = Home(Path(folder) / "home")
        quiet_engines(home)
        with opened(home) as store:
            known = sources.declared(home)
            course = Course(
                home, NIGHT, sources.deliveries([str(corpus)], None, NIGHT, known), store, known, workers=cores()
            )
            for _, step in course.steps():
                step()
            rows = store.rows(
                "select record_ordinal, article_id from raw.records join raw.documents using (record_id)"
                " join core.copies using (document_id)"
            )
    return {articles[ordinal]["id"]: article for ordinal, article in rows}


SYSTEMS: dict[str, Callable[[Any], Any]] = {
    "deduplication": deduplication,
    "conversion": conversion,
    "pages": pages,
    "segmentation": segmentation,
    "figures": figures,
    "night": night,
}
