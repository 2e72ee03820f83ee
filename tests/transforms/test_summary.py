"""Summaries: the article's own sentences, in its own order, or none."""

from __future__ import annotations

import polars as pl
from hypothesis import given, settings
from hypothesis import strategies as st

import seeds
from transforms.keywords import keywords
from transforms.summary import summaries
from transforms.tables.base import empty
from transforms.tables.enrichment import Mention, Summary
from transforms.words import segmentations

STOPS, WORDING = seeds.table("stop_words"), seeds.table("wording_patterns")
SENTENCE = r"[^。！？\n]*[。！？]+[”’」』）)]*|[^。！？\n]+"
SENTENCES = [
    "青山镇的茶农今年第一次用无人机给茶园施肥。",
    "“省了一半人手！”茶农老周说。",
    "镇里的茶园一共有三千亩，分布在六个村子的山坡上。",
    "为什么是今年？",
    "无人机由县里的合作社统一购买，茶农按天租用。",
    "好消息。",
    "到了秋天，无人机还会帮茶农把鲜叶运下山去。",
]


def documents(*bodies: str) -> pl.DataFrame:
    ids = [f"{n:016x}" for n in range(len(bodies))]
    return pl.DataFrame(
        {"document_id": ids, "title_hans": ["茶园里的无人机"] * len(ids), "body_hans": list(bodies)},
        schema={"document_id": pl.String, "title_hans": pl.String, "body_hans": pl.String},
    )


def summarised(frame: pl.DataFrame) -> pl.DataFrame:
    frame = frame.with_columns(headings=pl.lit(None, pl.List(pl.Struct({"text_hans": pl.String}))))
    return summaries(frame, keywords(frame, segmentations(frame), empty(Mention), STOPS, WORDING), WORDING)


def summary_of(body: str) -> str | None:
    return summarised(documents(body))["summary_hans"][0]


def test_the_opening_and_another_central_sentence():
    assert summary_of("\n".join(SENTENCES)) == SENTENCES[0] + SENTENCES[2]


def test_what_was_said_already_counts_less_than_what_is_new():
    again = "青山镇的无人机给茶园施肥，茶园里只听见无人机。"
    frame = documents(SENTENCES[0] + again + SENTENCES[4])
    terms = {"无人机": 0.3, "茶园": 0.3, "施肥": 0.2, "合作社": 0.2}
    weighed = pl.DataFrame({"keyword_hans": terms.keys(), "weight": terms.values()}).join(frame, how="cross")
    assert summaries(frame, weighed, WORDING)["summary_hans"][0] == SENTENCES[0] + SENTENCES[4]


def test_a_sentence_that_leans_stands_behind_the_one_it_leans_on_or_not_at_all():
    leaning = "其中无人机施肥的茶园有一千亩，比去年多一倍。"
    assert summary_of(SENTENCES[0] + leaning + SENTENCES[5]) == SENTENCES[0] + leaning
    assert summary_of(SENTENCES[0] + SENTENCES[3] + leaning + SENTENCES[4]) == SENTENCES[0] + SENTENCES[4]


def test_the_last_scene_is_no_summary():
    scene = "临别时，茶农老周硬塞给记者一小包新茶。"
    body = "\n".join([SENTENCES[0], SENTENCES[2], SENTENCES[4], scene])
    assert scene not in (summary_of(body) or "")


def test_fewer_than_three_sentences_have_no_summary():
    assert summary_of(SENTENCES[0] + SENTENCES[2]) is None
    assert summary_of(SENTENCES[0] + "\n" + SENTENCES[2] + SENTENCES[4]) is not None


def test_questions_and_speech_torn_from_its_speaker_are_left_out():
    body = "\n".join(
        [SENTENCES[0], "茶园的无人机会不会伤到茶树和茶农？", "“茶园的无人机，我一开始很不放心。", SENTENCES[2]]
    )
    assert summary_of(body) == SENTENCES[0] + SENTENCES[2]


@settings(max_examples=30)
@given(st.lists(st.lists(st.sampled_from(SENTENCES), min_size=1, max_size=4), min_size=1, max_size=8))
def test_a_summary_is_made_of_literal_sentences_in_order(paragraphs: list[list[str]]):
    body = "\n".join("".join(sentences) for sentences in paragraphs)
    summary = summary_of(body)
    written = [
        s for paragraph in body.split("\n") for s in pl.Series([paragraph]).str.extract_all(SENTENCE)[0].to_list()
    ]
    if summary is None:
        return
    taken = pl.Series([summary]).str.extract_all(SENTENCE)[0].to_list()
    assert len(taken) in (2, 3)
    rest = iter(written)
    assert all(sentence in rest for sentence in taken)


def test_neither_order_nor_chunks_matter():
    frame = documents("\n".join(SENTENCES), "".join(SENTENCES), SENTENCES[0], "\n".join(reversed(SENTENCES)))
    whole = summarised(frame)
    Summary.validate(whole, cast=False)
    assert whole.height == frame.height
    assert whole.equals(summarised(frame.reverse()))
    assert whole.equals(pl.concat([summarised(row) for row in frame.iter_slices(1)]))


def test_no_documents_no_summaries():
    assert summarised(documents()).height == 0
