"""Laws of quantities: literal offsets, free order, one reading however it is come by; and every seed proves itself."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.proofs import unproven
from tests.transforms.measured import IDIOMS, UNITS, documents, found
from transforms.figures import figures
from transforms.figures.grammar import Form, build
from transforms.figures.scan import CLAUSE_ENDS, NUMERAL, PER, marked, matched, scan
from transforms.rare import Alternatives
from transforms.tables.enrichment import Figure

FRAGMENTS = [
    "共3家",
    "，",
    "。",
    "\n",
    "近两年",
    "昨天",
    "《三国》",
    "百姓",
    "１２％",
    "第二",
    "每户",
    "-5℃",
    "x",
    "🙂",
    "十",
    "A4",
    "约",
    "一个",
]


@settings(max_examples=15)
@given(st.lists(st.lists(st.sampled_from(FRAGMENTS), max_size=12), min_size=1, max_size=6), st.randoms())
def test_offsets_are_literal_and_order_and_company_are_free(texts: list[list[str]], random: Any) -> None:
    bodies = ["".join(parts) for parts in texts]
    frame = documents(*bodies)
    table = figures(frame, UNITS, IDIOMS)
    by_id = dict(zip(frame["document_id"], bodies, strict=True))
    for row in table.to_dicts():
        assert by_id[row["document_id"]][row["start_offset"] : row["end_offset"]] == row["text"]
    order = list(range(1, len(bodies)))
    random.shuffle(order)
    alone, others = (figures(part, UNITS, IDIOMS) for part in (frame.head(1), frame[order]))
    assert pl.concat([alone, others]).equals(table)


@settings(max_examples=2)
@given(st.randoms(use_true_random=False))
def test_asking_for_rare_alternatives_only_where_they_stand_changes_nothing(random: Any) -> None:
    parts = [*FRAGMENTS, *IDIOMS["hit"], *UNITS["hit"]]
    texts = ["".join(random.choices(parts, k=random.randint(1, 4))) for _ in range(400)]
    clauses = pl.DataFrame({"clause": texts, "marked": texts})
    for form in build(UNITS, IDIOMS).scan:
        together = Form(Alternatives(form.pattern.whole, form.pattern.whole), form.cue)
        assert marked(clauses, form).equals(marked(clauses, together))


@pytest.mark.parametrize(
    ("body", "texts"),
    [
        ("今（14）晚开幕", ["今（14）晚"]),
        ("销量排名前两位", ["前两位"]),
        ("今晚20点零7分播出", ["20点零7分"]),
    ],
)
def test_a_quantity_is_read_whatever_else_its_clause_says(body: str, texts: list[str]) -> None:
    assert [row["text"] for row in found(body)] == texts
    assert [row["text"] for row in found(f"{body}与2024年5月3日相同")][: len(texts)] == texts


@settings(max_examples=3)
@given(st.randoms(use_true_random=False))
def test_a_clause_holds_nothing_but_what_its_runs_of_letters_hold(random: Any) -> None:
    parts = [*FRAGMENTS, *IDIOMS["hit"], *UNITS["hit"], "：", "www.", "由", "与会者"]
    clauses = ["".join(random.choices(parts, k=random.randint(1, 6))) for _ in range(200)]
    clauses = [clause for text in clauses for clause in re.split(f"[{CLAUSE_ENDS}]", text) if clause]
    known = build(UNITS, IDIOMS)
    always = replace(known, scan=tuple(form._replace(cue=None) for form in known.scan))
    whole = matched(pl.Series(clauses), always).with_row_index("text_no").explode("start", "stop", "is_per")
    texts = pl.DataFrame({"text": clauses}).with_row_index("text_no")
    expected = [
        (row, piece)
        for row, start, stop, _ in whole.drop_nulls("start").iter_rows()
        if not set(piece := clauses[row][start:stop]).isdisjoint(NUMERAL + PER)
    ]
    found = scan(texts, always, lambda pieces: pieces.to_frame("kind")).select("text_no", "piece").rows()
    assert [(row, piece) for row, piece in found if not set(piece).isdisjoint(NUMERAL + PER)] == expected


def test_an_idiom_is_made_of_the_letters_it_is_spelt_with() -> None:
    # Anything may follow only behind a letter that opens: 《[^》]*.
    openers_gone = {rule: re.sub(r"[^()|\[\]]\[\^[^\]]*\]", "", rule) for rule in IDIOMS["pattern"]}
    letters = {rule: re.sub(r"\[[^\]]*\]|\\[.]", "", gone) for rule, gone in openers_gone.items()}
    assert [rule for rule, left in letters.items() if re.search(r"\[\^|\\[a-zA-Z]|[.]", left)] == []


def test_an_empty_frame_gives_an_empty_table() -> None:
    assert figures(documents(), UNITS, IDIOMS).columns == list(Figure.column_names())


def test_a_noun_that_begins_like_a_measure_word_proves_itself() -> None:
    first = pl.coalesce("unit", pl.col("unit_text").str.head(1))
    nouns = UNITS.filter(kind="noun").with_columns(unit=first).with_row_index("n")
    number = pl.col("document_id").str.to_integer(base=16, dtype=pl.UInt32).alias("n")
    hits, misses = (
        nouns.join(figures(documents(*nouns[proof]), UNITS, IDIOMS).select(number, "unit"), on=["n", "unit"])
        for proof in ("hit", "miss")
    )
    assert hits.is_empty()
    assert misses["unit_text"].to_list() == nouns["unit_text"].to_list()


def test_a_number_that_designates_is_no_figure() -> None:
    designations = UNITS.filter(kind="designation")
    assert figures(documents(*designations["hit"]), UNITS, IDIOMS).is_empty()
    assert figures(documents(*designations["miss"]), UNITS, IDIOMS)["value"].to_list() == [203.0] * designations.height


def test_a_place_tells_whose_money_is_meant() -> None:
    homes = UNITS.filter(kind="home")
    hits, misses = (
        figures(documents(*homes[proof], region=None, origin="native"), UNITS, IDIOMS)["unit"].to_list()
        for proof in ("hit", "miss")
    )
    assert hits == homes["unit"].to_list()
    assert misses == ["CNY"] * homes.height


def test_every_unit_proves_itself() -> None:
    measures = UNITS.filter(~pl.col("kind").is_in(["noun", "designation", "home"]))
    # What a qualifier says stands in a column of its own.
    said = pl.coalesce("qualifier", "unit").alias("said")
    hits = figures(documents(*measures["hit"]), UNITS, IDIOMS).select("document_id", "unit", said)
    seen = hits.partition_by("document_id", as_dict=True)
    unseen = [
        row["unit_text"]
        for i, row in enumerate(measures.to_dicts())
        for column in ["said" if row["kind"].startswith("qualifier") else "unit"]
        if row["unit"] not in seen.get((f"{i:016x}",), hits.clear())[column]
    ]
    assert unseen == []
    misses = figures(documents(*measures["miss"]), UNITS, IDIOMS)
    wrong = {
        measures["unit_text"][int(i, 16)]
        for i, note, unit, qualifier in misses.select("document_id", "note", "unit", "qualifier").rows()
        if note or measures["unit"][int(i, 16)] in (unit, qualifier)
    }
    assert wrong - set(UNITS.filter(pl.col("kind").is_in(["money_cue", "money_noun"]))["unit_text"]) == set()


def test_every_idiom_proves_itself() -> None:
    assert unproven(IDIOMS) == []
