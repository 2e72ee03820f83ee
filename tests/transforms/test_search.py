"""The word index: what a document and a query are cut into."""

from __future__ import annotations

import polars as pl
from hypothesis import given, settings
from hypothesis import strategies as st

import seeds
from tests.transforms.worded import documents
from transforms.search import search_tokens
from transforms.tables.enrichment import SearchToken, Segmentation
from transforms.words import BOUNDARY, segmentations, segmenter

STOPS = seeds.table("stop_words")
TEXTS = ["火星探测器发回照片。", "DeepSeek-R1开源了，我们都在用。", "果农把苹果装上卡车", "2025年，5G基站12座……"]


def indexed(frame: pl.DataFrame) -> pl.DataFrame:
    return search_tokens(segmentations(frame), STOPS)


def tokens_of(title: str | None, body: str) -> dict[str, int]:
    ((tokens, occurrences),) = indexed(documents((title, body))).select("tokens", "occurrences").iter_rows()
    return dict(zip(tokens.split(BOUNDARY), occurrences, strict=True))


def test_a_title_word_counts_three_times():
    assert tokens_of("彗星与望远镜", "望远镜看见彗星") == {"彗星": 4, "望远": 4, "望远镜": 4, "看见": 1}


def test_a_document_without_title_is_indexed():
    assert tokens_of(None, "渔船回港")["渔船"] == 1


def test_latin_words_are_lower_case_and_found_by_their_parts():
    assert {"deepseek-r1", "deepseek"} <= set(tokens_of(None, "团队发布DeepSeek-R1"))


def test_a_long_word_is_found_by_the_words_inside():
    assert {"中华人民共和国", "人民", "共和国"} <= set(tokens_of(None, "中华人民共和国"))


def test_stop_words_numbers_and_punctuation_are_no_tokens():
    assert set(tokens_of(None, "因为我们2025年……种了苹果，所以——")) == {"苹果"}


def test_a_keyword_stop_word_can_still_be_searched():
    assert "记者" in tokens_of(None, "记者来到果园")


def test_no_documents_no_tokens():
    assert indexed(documents()).height == 0


@settings(max_examples=20)
@given(st.lists(st.sampled_from(TEXTS), min_size=1, max_size=6))
def test_neither_order_nor_chunks_matter(texts: list[str]):
    frame = documents(*((text[:4], text) for text in texts))
    whole = indexed(frame)
    SearchToken.validate(whole, cast=True)
    assert whole.equals(indexed(frame.reverse()))
    assert whole.equals(pl.concat([indexed(row) for row in frame.iter_slices(1)]))


def test_a_segmentation_keeps_every_character():
    frame = documents(*((text[:3], text) for text in TEXTS))
    cut = segmentations(frame)
    Segmentation.validate(cut)
    assert cut["body_words"].str.replace_all(BOUNDARY, "").to_list() == frame["body_hans"].to_list()
    assert cut["title_words"].str.replace_all(BOUNDARY, "").to_list() == frame["title_hans"].to_list()


def test_every_stop_word_can_take_effect():
    assert [word for word in STOPS["word"].to_list() if segmenter().cut(word) != [word]] == []
