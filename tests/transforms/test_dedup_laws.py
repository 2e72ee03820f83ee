"""Laws of duplicate detection: order, chunking and nights change nothing."""

from __future__ import annotations

import datetime as dt

import polars as pl
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.transforms.judgement import COMPARING
from transforms import dedup

IDS = [f"{number}".ljust(16, "0") for number in range(8)]
KINDS = ["exact", "near", "truncated", "sibling"]
SOURCES = pl.DataFrame({"source_id": ["high", "low"], "trust": [0.9, 0.2]})
SENTENCES = [
    "清早的菜市场已经人来人往，",
    "摊主把带着露水的青菜码放整齐。",
    "隔壁早点铺的油条刚刚出锅，",
    "排队的街坊互相打着招呼。",
    "送货的三轮车停在3号门外，",
    "管理员提醒司机不要堵住通道。",
]
bodies = st.lists(st.sampled_from(SENTENCES), min_size=1, max_size=12).map("".join)
links = st.dictionaries(
    st.tuples(st.sampled_from(IDS), st.sampled_from(IDS)).filter(lambda pair: pair[0] < pair[1]),
    st.tuples(st.sampled_from(KINDS), st.booleans()),
)
documents = st.tuples(
    *(
        st.fixed_dictionaries(
            {
                "document_id": st.just(document_id),
                "source_id": st.sampled_from(["high", "low"]),
                "natural_id": st.sampled_from([None, None, "1", "https://example.org/2"]),
                "night": st.dates(dt.date(2025, 3, 1), dt.date(2025, 3, 3)),
                "title_hans": st.sampled_from(["市场", "早点", None]),
                "published_at_utc": st.none(),
                "published_on": st.one_of(st.none(), st.dates(dt.date(2025, 2, 1), dt.date(2025, 2, 3))),
                "body_hash": st.sampled_from([None, None, 1, 2]),
                "char_count": st.integers(50, 150),
                "repair_count": st.integers(0, 2),
                "script": st.sampled_from(["Hans", "Hant"]),
                "script_origin": st.sampled_from([None, "native", "converted_char"]),
                "retracted_night": st.sampled_from([None, None, dt.date(2025, 3, 2)]),
            }
        )
        for document_id in IDS
    )
)


def documents_frame(rows: list[dict[str, object]]) -> pl.DataFrame:
    types = {
        "natural_id": pl.String,
        "body_hash": pl.Int64,
        "title_hans": pl.String,
        "script_origin": pl.String,
        "published_at_utc": pl.Datetime("us"),
        "published_on": pl.Date,
        "retracted_night": pl.Date,
    }
    return pl.DataFrame(rows, schema_overrides=types, infer_schema_length=None)


def pairs_frame(found: dict[tuple[str, str], tuple[str, bool]]) -> pl.DataFrame:
    rows = [
        (
            one,
            two,
            kind != "sibling",
            None if kind == "sibling" else kind,
            "sibling" if kind == "sibling" else None,
            turned,
        )
        for (one, two), (kind, turned) in found.items()
    ]
    names = ["document_id", "other_document_id", "is_copy", "verdict", "relation", "is_reversed"]
    types = [pl.String, pl.String, pl.Boolean, pl.String, pl.String, pl.Boolean]
    frame = pl.DataFrame(rows, schema=dict(zip(names, types, strict=True)), orient="row")
    return frame.with_columns(jaccard=pl.lit(0.8), containment=pl.lit(0.9), evidence=pl.lit("shared figures 1"))


@settings(max_examples=30)
@given(documents, links, st.randoms(use_true_random=False))
def test_the_order_of_rows_changes_no_article(rows, found, random) -> None:  # type: ignore[no-untyped-def]
    frame, pairs = documents_frame(list(rows)), pairs_frame(found)
    expected = dedup.copies(pairs, frame, SOURCES)
    order = random.sample(range(len(rows)), len(rows))
    links_order = random.sample(range(pairs.height), pairs.height)
    again = dedup.copies(pairs[links_order], frame[order], SOURCES.reverse())
    assert again.equals(expected)
    assert dedup.relations(pairs[links_order], again).equals(dedup.relations(pairs, expected))


@settings(max_examples=30)
@given(documents, links)
def test_every_document_has_one_article_with_one_survivor_verified_against_it(rows, found) -> None:  # type: ignore[no-untyped-def]
    frame, pairs = documents_frame(list(rows)), pairs_frame(found)
    copies = dedup.copies(pairs, frame, SOURCES)
    assert copies["document_id"].to_list() == IDS
    assert (
        copies.group_by("article_id").agg(pl.col("survivor_document_id").n_unique())["survivor_document_id"].max() == 1
    )
    survivors = copies.filter(pl.col("verdict") == "original")
    assert survivors["survivor_document_id"].to_list() == survivors["document_id"].to_list()
    assert not survivors["is_superseded"].any()
    bodies = dict(frame.select("document_id", "body_hash").iter_rows())
    speaker = {one: min(two for two in IDS if two == one or bodies[one] == bodies[two] is not None) for one in IDS}
    for row in copies.filter(~pl.col("is_superseded") & (pl.col("verdict") != "original")).to_dicts():
        one, two = sorted((speaker[row["document_id"]], speaker[row["survivor_document_id"]]))
        kind = "exact" if one == two else found[one, two][0]
        assert row["verdict"] in {kind, "cross_script"} - ({"cross_script"} if kind == "truncated" else set())


@settings(max_examples=10)
@given(st.lists(bodies, min_size=2, max_size=4), st.randoms(use_true_random=False))
def test_keys_and_verdicts_depend_on_the_documents_alone(texts, random) -> None:  # type: ignore[no-untyped-def]
    documents = pl.DataFrame(
        {
            "document_id": IDS[: len(texts)],
            "title_hans": "市场",
            "body_hans": texts,
            "script": "Hans",
            "script_origin": None,
            "source_id": "high",
            "published_on": None,
            "night": dt.date(2025, 3, 1),
        },
        schema_overrides={"script_origin": pl.String, "published_on": pl.Date},
    )
    candidates = (
        documents.select("document_id")
        .join(documents.select(other_document_id="document_id"), how="cross")
        .filter(pl.col("document_id") < pl.col("other_document_id"))
    )
    shuffled = documents[random.sample(range(documents.height), documents.height)]
    apart = pl.concat([dedup.clauses(row) for row in documents.iter_slices(1)])
    assert apart.equals(dedup.clauses(shuffled))
    expected = dedup.pairs(candidates, documents, COMPARING)
    each = pl.concat([dedup.pairs(row, shuffled, COMPARING) for row in candidates.iter_slices(1)])
    assert each.sort("document_id", "other_document_id").equals(expected)
