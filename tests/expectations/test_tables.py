"""What must hold of tables as a whole: each told by a small table that holds and one that does not."""

from __future__ import annotations

from datetime import date, timedelta

import duckdb
import polars as pl
import pytest
import sqlalchemy

from expectations.judge import expectations_of
from expectations.no_rows import ExpectNoRows
from expectations.sample import BEGINNING
from flows.pipeline import PIPELINE
from tests.expectations.small import empty_database, found, put
from transforms.tables import core, enrichment, raw, stories
from transforms.tables.base import Table

FIRST = date(2026, 11, 1)
NIGHTS = [FIRST + timedelta(days=n) for n in range(5)]


@pytest.fixture
def database() -> duckdb.DuckDBPyConnection:
    return empty_database()


def nightly(counts: list[int], source_id: str = "harbour") -> pl.DataFrame:
    """So many records on each of the nights."""
    rows = [
        {"record_id": f"{source_id}-{night}-{n}", "source_id": source_id, "night": night}
        for night, count in zip(NIGHTS, counts, strict=True)
        for n in range(count)
    ]
    return pl.DataFrame(rows, schema={"record_id": pl.String, "source_id": pl.String, "night": pl.Date})


def quarantine(database: duckdb.DuckDBPyConnection, records: list[str], documents: list[str] | None = None) -> None:
    told = documents or []
    schema = {"record_id": pl.String, "document_id": pl.String, "fate": pl.String}
    rows = [{"record_id": r, "document_id": None, "fate": "quarantined"} for r in records]
    rows += [{"record_id": None, "document_id": d, "fate": "quarantined"} for d in told]
    put(database, "ops.quarantine", pl.DataFrame(rows, schema=schema))


@pytest.mark.parametrize(
    ("counts", "is_loud"),
    [
        ([30, 30, 30, 30, 0], True),
        ([30, 30, 30, 30, 5], True),
        ([30, 30, 30, 30, 7], False),
        ([3, 3, 3, 3, 300], False),
    ],
    ids=["silent", "down by five sixths", "down by three quarters", "a hundred times as much"],
)
def test_a_source_that_falls_silent_is_loud_one_that_grows_is_not(
    database: duckdb.DuckDBPyConnection, counts: list[int], is_loud: bool
) -> None:
    other = nightly([10] * 5, "river")
    put(database, "raw.records", pl.concat([nightly(counts), other]))
    rows = found(database, raw.Record, "sources that fell silent or lost four fifths")
    assert [row[0] for row in rows] == (["harbour"] if is_loud else [])


@pytest.mark.parametrize(("usual", "tonight", "is_told"), [(0, 12, True), (0, 8, False), (10, 18, False)])
def test_a_source_much_of_which_is_held_back_is_told(
    database: duckdb.DuckDBPyConnection, usual: int, tonight: int, is_told: bool
) -> None:
    records = nightly([40] * 5)
    held = [
        row["record_id"]
        for row in records.iter_rows(named=True)
        if int(row["record_id"].rpartition("-")[2]) < (tonight if row["night"] == NIGHTS[-1] else usual)
    ]
    put(database, "raw.records", records)
    unread = records.filter(~pl.col("record_id").is_in(held[::2]))
    documents = unread.select("record_id", document_id="record_id", is_retraction=False)
    put(database, "raw.documents", documents)
    put(database, "core.canonical_documents", documents.filter(~pl.col("record_id").is_in(held[1::2])))
    rows = found(database, core.CanonicalDocument, "sources much of which is held back")
    assert [row[0] for row in rows] == (["harbour"] if is_told else [])


@pytest.mark.parametrize(("tonight", "is_told"), [(0.6, True), (0.3, False)])
def test_a_source_that_suddenly_repeats_is_told(
    database: duckdb.DuckDBPyConnection, tonight: float, is_told: bool
) -> None:
    documents = nightly([40] * 5).rename({"record_id": "document_id"})
    ordinal = pl.col("document_id").str.extract(r"(\d+)$").cast(pl.Int64)
    share = pl.when(pl.col("night") == NIGHTS[-1]).then(tonight).otherwise(0.1)
    verdict = pl.when(ordinal < 40 * share).then(pl.lit("exact")).otherwise(pl.lit("original"))
    put(database, "core.dated_documents", documents)
    put(database, "core.copies", documents.select("document_id", verdict=verdict))
    rows = found(database, core.Copy, "sources whose share of copies changed")
    assert [row[0] for row in rows] == (["harbour"] if is_told else [])


def test_a_record_without_a_fate_is_found(database: duckdb.DuckDBPyConnection) -> None:
    documents = pl.DataFrame(
        {"record_id": ["published", "taken back", "held", "lost"], "document_id": ["d1", "d2", "d3", "d4"],
         "is_retraction": [False, True, False, False]}
    )  # fmt: skip
    put(database, "raw.records", pl.DataFrame({"record_id": ["unread", *documents["record_id"]]}))
    put(database, "raw.documents", documents)
    put(database, "core.copies", pl.DataFrame({"document_id": ["d1"]}))
    quarantine(database, ["unread"], ["d3"])
    assert found(database, core.Copy, "records without a fate") == [("lost",)]


@pytest.mark.parametrize(("word", "is_told"), [("新馆", False), ("锟斤拷", True)])
def test_a_night_that_speaks_of_nothing_spoken_of_before_is_told(
    database: duckdb.DuckDBPyConnection, word: str, is_told: bool
) -> None:
    documents = nightly([60] * 5).rename({"record_id": "document_id"})
    ranks = pl.DataFrame({"rank": range(10)})
    usual = pl.concat_str(pl.lit("新馆"), "rank")
    said = pl.when(pl.col("night") == NIGHTS[-1]).then(pl.concat_str(pl.lit(word), "rank")).otherwise(usual)
    put(database, "core.canonical_documents", documents)
    put(database, "core.keywords", documents.join(ranks, how="cross").with_columns(keyword_hans=said))
    assert bool(found(database, enrichment.Keyword, "a night that speaks of nothing spoken of before")) == is_told


@pytest.mark.parametrize(
    ("title", "body", "is_refused"),
    [
        ("渡口", "进口13800001111吨，合同号13800001111，订13.5元一张。", False),
        ("渡口", "问●●●●●●●●●●●，进口13800001111吨。", False),
        ("渡口", "找13800001111吨位最大的船", True),
        ("电话13800001111元", "渡口开了。", True),
        ("渡口", "写信到 desk@example.com。", True),
    ],
)
def test_personal_data_is_told_from_other_numbers_as_who_covers_it_tells_it(
    database: duckdb.DuckDBPyConnection, title: str, body: str, is_refused: bool
) -> None:
    put(
        database,
        "core.canonical_documents",
        pl.DataFrame({"document_id": ["a"], "title_hans": [title], "body_hans": [body]}),
    )
    assert bool(found(database, core.CanonicalDocument, "personal data in a title or body")) == is_refused


@pytest.mark.parametrize(
    ("body", "is_told"),
    [("渡口開了，記者問過。", False), ("渡口的船夫說這會來。", True), ("渡口的船夫说这会来。", False)],
    ids=["one in a clause", "three in a clause", "converted"],
)
def test_a_body_that_was_not_converted_is_told(database: duckdb.DuckDBPyConnection, body: str, is_told: bool) -> None:
    put(database, "core.canonical_documents", pl.DataFrame({"document_id": ["a"], "body_hans": [body]}))
    assert bool(found(database, core.CanonicalDocument, "Traditional sentences in a Simplified body")) == is_told


def test_places_are_looked_up_in_the_beginning_of_a_book_alone(database: duckdb.DuckDBPyConnection) -> None:
    body = "渡口开了。" * (BEGINNING // 4)
    starts = pl.DataFrame({"ordinal": [0, 1, 2], "start_offset": [5, 6, BEGINNING]})
    told = starts.with_columns(
        document_id=pl.lit("a"), text=pl.lit("渡口"), end_offset=pl.col("start_offset") + 2, where_found=pl.lit("body")
    )
    short = told.with_columns(document_id=pl.lit("b"))
    put(database, "core.canonical_documents", pl.DataFrame({"document_id": ["a", "b"], "body_hans": [body, body[:10]]}))
    put(database, "core.figures", pl.concat([told, short]))
    rows = found(database, enrichment.Figure, "figures that are not where they say")
    assert sorted(rows) == [("a", 1), ("b", 1), ("b", 2)]


@pytest.mark.parametrize("table", [stage.writes for stage in PIPELINE], ids=lambda table: table.NAME)
def test_no_query_holds_what_is_taken_for_the_name_of_a_parameter(table: type[Table]) -> None:
    queries = [str(e.unexpected_rows_query) for e in expectations_of(table) if isinstance(e, ExpectNoRows)]
    assert [sqlalchemy.text(query).compile().params for query in queries] == [{}] * len(queries)


# ---------------------------------------------------------------- shares that tell of something broken
def many(count: int, **columns: object) -> pl.DataFrame:
    """So many documents of one source, all with these columns."""
    ids = pl.DataFrame({"document_id": [str(number) for number in range(count)]})
    return ids.with_columns(source_id=pl.lit("harbour"), **{name: pl.lit(value) for name, value in columns.items()})


@pytest.mark.parametrize(("lossy", "whole", "is_told"), [(2, 18, True), (1, 19, False), (2, 17, False)])
def test_a_source_of_which_much_is_lost_in_decoding_is_told(
    database: duckdb.DuckDBPyConnection, lossy: int, whole: int, is_told: bool
) -> None:
    put(database, "raw.documents", pl.concat([many(lossy, encoding="big5-lossy"), many(whole, encoding="big5")]))
    rows = found(database, raw.Document, "more than a twentieth of a source decoded with losses")
    assert rows == ([("harbour",)] if is_told else [])


@pytest.mark.parametrize(("count", "length", "is_told"), [(20, 19, True), (20, 20, False), (19, 19, False)])
def test_a_source_with_hardly_any_text_is_told(
    database: duckdb.DuckDBPyConnection, count: int, length: int, is_told: bool
) -> None:
    put(database, "raw.documents", many(count, text="灯" * length))
    assert found(database, raw.Document, "sources with hardly any text") == ([("harbour",)] if is_told else [])


@pytest.mark.parametrize(
    ("count", "category", "length", "is_told"),
    [(20, "banner", 11, True), (20, "banner", 10, False), (19, "banner", 11, False), (20, "pinyin", 11, False)],
)
def test_a_source_of_which_more_is_cut_than_kept_is_told(
    database: duckdb.DuckDBPyConnection, count: int, category: str, length: int, is_told: bool
) -> None:
    cut = pl.Series([[{"category": category, "text": "享" * length}]] * count)
    put(database, "core.clean_documents", many(count, body_original="灯" * 10).with_columns(removed=cut))
    rows = found(database, core.CleanDocument, "sources whose cleaner takes more than it leaves")
    assert rows == ([("harbour",)] if is_told else [])


@pytest.mark.parametrize(("texts", "is_told"), [(200, False), (201, True)])
def test_a_cluster_of_hundreds_of_texts_is_told(database: duckdb.DuckDBPyConnection, texts: int, is_told: bool) -> None:
    put(database, "core.copies", many(texts, article_id="a").with_columns(body_hash=pl.int_range(pl.len())))
    assert found(database, core.Copy, "clusters of more than 200 different texts") == ([("a",)] if is_told else [])


@pytest.mark.parametrize(("articles", "is_told"), [(500, False), (501, True)])
def test_a_story_of_hundreds_of_articles_is_told(
    database: duckdb.DuckDBPyConnection, articles: int, is_told: bool
) -> None:
    put(database, "core.stories", many(articles, story_id="a"))
    assert found(database, stories.Story, "stories of more than 500 articles") == ([("a",)] if is_told else [])


@pytest.mark.parametrize(("articles", "named", "is_told"), [(50, 24, True), (50, 25, False), (49, 0, False)])
def test_that_most_articles_name_no_one_is_told(
    database: duckdb.DuckDBPyConnection, articles: int, named: int, is_told: bool
) -> None:
    put(database, "core.articles", many(articles))
    put(database, "core.mentions", many(named))
    assert bool(found(database, enrichment.Mention, "articles that name no one")) is is_told


@pytest.mark.parametrize(("articles", "told", "is_told"), [(50, 24, True), (50, 25, False), (49, 0, False)])
def test_that_most_articles_have_no_summary_is_told(
    database: duckdb.DuckDBPyConnection, articles: int, told: int, is_told: bool
) -> None:
    put(database, "core.canonical_documents", many(articles, sentence_count=5))
    has_one = pl.col("document_id").cast(pl.Int64) < told
    put(database, "core.summaries", many(articles).with_columns(summary_hans=pl.when(has_one).then(pl.lit("灯亮了。"))))
    assert bool(found(database, enrichment.Summary, "most articles without a summary")) is is_told


@pytest.mark.parametrize(
    ("articles", "is_linked", "is_told"), [(1000, False, True), (999, False, False), (1000, True, False)]
)
def test_a_day_of_a_thousand_articles_without_a_link_is_told(
    database: duckdb.DuckDBPyConnection, articles: int, is_linked: bool, is_told: bool
) -> None:
    put(database, "core.story_bundles", many(articles, story_on=FIRST))
    put(database, "core.story_links", many(1, story_on=FIRST if is_linked else FIRST - timedelta(days=1)))
    rows = found(database, stories.StoryLink, "a thousand articles without a link")
    assert rows == ([(FIRST,)] if is_told else [])


@pytest.mark.parametrize(("before", "tonight", "is_told"), [(0.0, 0.6, True), (0.0, 0.4, False), (0.9, 0.3, True)])
def test_a_source_whose_script_changes_is_told(
    database: duckdb.DuckDBPyConnection, before: float, tonight: float, is_told: bool
) -> None:
    documents = nightly([20] * 4 + [20]).rename({"record_id": "document_id"})
    ordinal = pl.col("document_id").str.extract(r"(\d+)$").cast(pl.Int64)
    share = pl.when(pl.col("night") == NIGHTS[-1]).then(tonight).otherwise(before)
    script = pl.when(ordinal < 20 * share).then(pl.lit("Hant")).otherwise(pl.lit("Hans"))
    put(database, "core.canonical_documents", documents.with_columns(script=script))
    rows = found(database, core.CanonicalDocument, "sources whose script changed")
    assert rows == ([("harbour",)] if is_told else [])


@pytest.mark.parametrize(("words", "tokens", "is_found"), [(100, "", True), (99, "", False), (100, "灯", False)])
def test_an_article_of_some_length_that_no_search_finds_is_told(
    database: duckdb.DuckDBPyConnection, words: int, tokens: str, is_found: bool
) -> None:
    put(database, "core.segmentations", many(2, body_words="灯" * words))
    put(database, "core.search_tokens", many(1, tokens=tokens))
    rows = found(database, enrichment.SearchToken, "articles no search finds")
    # The second has no row in the index at all.
    assert sorted(rows) == [("0",)] * is_found + [("1",)] * (words >= 100)
